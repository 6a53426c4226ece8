"""Colours of sunlight and skylight on the ground, from the radiative-transfer table."""

import math

import numpy as np

from game.render.colour import Rgbs

_ELEVATIONS_DEG = (3.0, 8.0, 20.0, 45.0, 75.0)
_TAUS = (0.44, 1.0, 3.0)
_GLOBAL = np.array(
    [
        [
            [0.0201, 0.0175, 0.0128],
            [0.0736, 0.0664, 0.0554],
            [0.2625, 0.2483, 0.2271],
            [0.6491, 0.6271, 0.5930],
            [0.9241, 0.8993, 0.8594],
        ],
        [
            [0.0158, 0.0127, 0.0083],
            [0.0532, 0.0442, 0.0300],
            [0.1997, 0.1760, 0.1414],
            [0.5702, 0.5286, 0.4686],
            [0.8558, 0.8034, 0.7306],
        ],
        [
            [0.0089, 0.0060, 0.0029],
            [0.0298, 0.0206, 0.0100],
            [0.1041, 0.0750, 0.0421],
            [0.3494, 0.2792, 0.1962],
            [0.5943, 0.4990, 0.3826],
        ],
    ]
)
_DEPTH = np.array([1.019, 1.0, 0.981])  # optical depth of R, G, B per that of G
_FADE_DEG = 3.5
_DARK_DEG = -10.0


def light_rgb(sun_elevation_rad: float, tau: float) -> tuple[Rgbs, Rgbs]:
    """Return light on a plane facing the Sun, and of the sky on level ground, per unit flux."""
    elevation = math.degrees(sun_elevation_rad)
    shown = min(max(elevation, _ELEVATIONS_DEG[0]), _ELEVATIONS_DEG[-1])
    rows = [[np.interp(shown, _ELEVATIONS_DEG, table[:, k]) for k in range(3)] for table in _GLOBAL]
    total = np.array([np.interp(tau, _TAUS, column) for column in np.array(rows).T])
    sun = _direct(max(shown, 3.0), tau)
    sky = total - sun * math.sin(math.radians(shown))
    fade = 10.0 ** (min(0.0, max(elevation, _DARK_DEG) - _ELEVATIONS_DEG[0]) / _FADE_DEG)
    return sun * (1.0 if elevation >= 3 else max(0.0, elevation / 3.0)), sky * fade


def _direct(elevation_deg: float, tau: float) -> Rgbs:
    sine = math.sin(math.radians(elevation_deg))
    return np.asarray(np.exp(-tau * _DEPTH / sine))
