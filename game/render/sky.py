"""The sky as the camera sees it: dust light, the glow around the Sun, the disc itself."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.tables import table_columns
from game.render.colour import Rgbs
from game.render.fields import Field
from game.render.look import look

Real = NDArray[np.float64]
_TURNS_DEG = (0.0, 30.0, 90.0, 180.0)
_VIEWS_DEG = (5.0, 15.0, 30.0, 60.0, 90.0)
_STEP_DEG = 1.0
_SMOOTH = 21  # steps over which the kinks between the table's directions are rounded
_FADE_DEG = 3.5  # twilight: a factor of ten for this much depression
_DARKEST_DEG = -12.0


@dataclass(frozen=True, slots=True)
class Air:
    """Where the Sun is and how much dust hangs in the air.

    Parameters
    ----------
    sun_elevation_rad, sun_azimuth_rad : float
        The Sun; azimuth clockwise from north [rad].
    tau : float
        Optical depth of the dust [-].
    """

    sun_elevation_rad: float
    sun_azimuth_rad: float
    tau: float


def sky_radiance(air: Air, east: Field, north: Field, up: Field) -> Field:
    """Return the light of the sky without the Sun's disc, (3, ...) per unit flux above the air.

    Parameters
    ----------
    air : Air
        Sun and dust.
    east, north, up : array
        Directions, unit vectors; under the horizon the horizon's light is returned.

    Notes
    -----
    The table holds a backward Monte Carlo run. Its logarithm, with the dust's phase function
    taken out, is smooth and is what is interpolated.
    """
    elevation = math.degrees(air.sun_elevation_rad)
    lifted = max(air.sun_elevation_rad, math.radians(-1.0))
    flat = math.cos(lifted)
    sun = (
        flat * math.sin(air.sun_azimuth_rad),
        flat * math.cos(air.sun_azimuth_rad),
        math.sin(lifted),
    )
    cosine = np.clip(east * sun[0] + north * sun[1] + up * sun[2], -1, 1)
    apart = np.degrees(np.arccos(cosine))
    view = np.degrees(np.arcsin(np.clip(up, 0, 1)))
    turn = np.arctan2(east, north) - air.sun_azimuth_rad
    series = _series(air.tau, elevation)
    phase = table_columns("dust_phase")
    row, row_part = _between(view * np.float32(1 / _STEP_DEG), series.shape[1])
    turn = np.degrees(np.arccos(np.clip(np.cos(turn), -1, 1)))
    column, column_part = _between(turn * np.float32(1 / _STEP_DEG), series.shape[2])
    at = row * series.shape[2] + column
    out = np.empty((3, *np.shape(up)), np.float32)
    for k in range(3):
        flat = series[k].ravel()
        low = flat.take(at) * (1 - column_part) + flat.take(at + 1) * column_part
        at_high = at + series.shape[2]
        high = flat.take(at_high) * (1 - column_part) + flat.take(at_high + 1) * column_part
        lobe = np.interp(apart, phase["theta_deg"], _lobes()[k]).astype(np.float32)
        smooth = low + (high - low) * row_part
        out[k] = np.exp(smooth + np.float32(_lobe_share(air.tau)) * lobe)
    below = min(0.0, max(elevation, _DARKEST_DEG) - 3.0)
    return np.asarray(out * np.float32(10.0 ** (below / _FADE_DEG)))


def sun_disc(air: Air, east: Field, north: Field, up: Field, pixel_rad: float) -> Field:
    """Return the share of the Sun's disc on each ray, soft over one pixel [-]."""
    flat = math.cos(air.sun_elevation_rad)
    dx = east - flat * math.sin(air.sun_azimuth_rad)
    dy = north - flat * math.cos(air.sun_azimuth_rad)
    dz = up - math.sin(air.sun_elevation_rad)
    radius = math.radians(look().camera.sun_radius_deg)
    away = np.sqrt(dx * dx + dy * dy + dz * dz)
    return np.asarray(np.clip((radius - away) / np.float32(pixel_rad) + 0.5, 0, 1))


def direct_light(air: Air) -> Rgbs:
    """Return the Sun's light on a plane facing it, (3,) per unit flux above the air."""
    sine = math.sin(max(air.sun_elevation_rad, math.radians(1.0)))
    return np.asarray(np.exp(-air.tau * np.array([1.019, 1.0, 0.981]) / sine))


def _lobe_share(tau: float) -> float:
    """Return how much of the phase function's shape is left: many scatterings wash it out [-]."""
    return 0.9 - 0.12 * min(tau, 3.0)


@lru_cache(maxsize=1)
def _lobes() -> Real:
    """Return logarithms of the phase function, (3, angles): in colour near the Sun only.

    Away from it light has been scattered so often that the colours of one scattering are gone.
    """
    phase = table_columns("dust_phase")
    logs = np.log(np.stack([phase[name] for name in ("P_R", "P_G", "P_B")]))
    share = np.interp(phase["theta_deg"], (20.0, 60.0), (1.0, 0.0))
    return np.asarray(logs.mean(0) + (logs - logs.mean(0)) * share)


@lru_cache(maxsize=8)
def _series(tau: float, sun_elevation_deg: float) -> Field:
    """Return logarithms without the lobe by colour, view elevation and turn from the Sun."""
    table = table_columns("sky_radiance")
    taus, suns = np.unique(table["tau"]), np.unique(table["sun_el_deg"])
    share = _lobe_share(tau)
    total: Real = np.zeros(())
    for t, tau_part in _neighbours(taus, tau):
        for s, sun_part in _neighbours(suns, sun_elevation_deg):
            total = total + tau_part * sun_part * _node(float(taus[t]), float(suns[s]), share)
    return total.astype(np.float32)


@lru_cache(maxsize=32)
def _node(tau: float, sun_deg: float, share: float) -> Real:
    table, phase = table_columns("sky_radiance"), table_columns("dust_phase")
    here = (table["tau"] == tau) & (table["sun_el_deg"] == sun_deg)
    coarse = np.zeros((3, len(_VIEWS_DEG), len(_TURNS_DEG)))
    for v, view in enumerate(_VIEWS_DEG):
        rows = here & (table["view_el_deg"] == view)
        turns = table["view_rel_az_deg"][rows]
        nearest = [int(np.argmin(np.abs(turns - turn))) for turn in _TURNS_DEG]
        apart = table["sun_separation_deg"][rows]
        for k, name in enumerate("RGB"):
            lobe = np.interp(apart, phase["theta_deg"], _lobes()[k])
            coarse[k, v] = (np.log(table[f"L_{name}"][rows]) - share * lobe)[nearest]
    # Elevations are spaced by their logarithm: the light changes fastest near the horizon.
    views = np.arange(0.0, 90.0 + _STEP_DEG, _STEP_DEG)
    fine = _resampled(coarse, np.log(np.array(_VIEWS_DEG) + 4), np.log(views + 4), 1)
    turns = np.arange(0.0, 180.0 + _STEP_DEG, _STEP_DEG)
    return _resampled(fine, np.array(_TURNS_DEG), turns, 2)


def _resampled(values: Real, knots: Real, wanted: Real, axis: int) -> Real:
    """Return values between knots along an axis, with the kinks rounded."""
    pad = _SMOOTH // 2

    def line(row: Real) -> Real:
        padded = np.pad(np.interp(wanted, knots, row), pad, mode="reflect")
        return np.convolve(padded, np.hanning(_SMOOTH + 2)[1:-1] * 2 / (_SMOOTH + 1), mode="valid")

    return np.apply_along_axis(line, axis, values)


def _between(steps: Field, count: int) -> tuple[NDArray[np.int32], Field]:
    low = np.clip(steps.astype(np.int32), 0, count - 2)
    return low, (steps - low).astype(np.float32)


def _neighbours(knots: Real, value: float) -> list[tuple[int, float]]:
    """Return the two knots around a value and their shares; linear in the logarithm."""
    logs = np.log(np.maximum(knots, 1e-3))
    at = float(np.clip(math.log(max(value, 1e-3)), logs[0], logs[-1]))
    k = min(int(np.searchsorted(logs, at, side="right")) - 1, len(knots) - 2)
    part = (at - logs[k]) / (logs[k + 1] - logs[k])
    return [(k, 1.0 - part), (k + 1, part)]
