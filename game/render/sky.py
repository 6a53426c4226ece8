"""The sky as the camera sees it: dust light, the glow around the Sun, the disc itself."""

import math
from dataclasses import dataclass

import numpy as np

from game.environment.sky_colour import light_rgb, sky_rgb
from game.render.colour import Rgbs
from game.render.fields import Field
from game.render.look import look

_DARKEST_RAD = math.radians(-12.0)  # end of twilight: the sky stays as it is then
_STEEPEST = 200.0  # tangent of directions that are all but straight up


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


def sky_radiance(air: Air, azimuth_rad: Field, rise: Field) -> Field:
    """Return the light of the sky without the Sun's disc, (3, ...) per unit flux above the air.

    Parameters
    ----------
    air : Air
        Sun and dust.
    azimuth_rad : array
        Directions of view, clockwise from north [rad].
    rise : array
        Tangents of their elevations; under the horizon its own light is returned [-].
    """
    view = np.arctan(np.clip(rise, 0.0, _STEEPEST))
    light = sky_rgb(
        view.astype(np.float64),
        (azimuth_rad - air.sun_azimuth_rad).astype(np.float64),
        max(air.sun_elevation_rad, _DARKEST_RAD),
        air.tau,
    )
    return np.asarray(np.moveaxis(light, -1, 0), np.float32)


def sun_disc(air: Air, azimuth_rad: Field, rise: Field, pixel_rad: float) -> Field:
    """Return the share of the Sun's disc on each ray, soft over one pixel [-]."""
    view = np.arctan(rise)
    high = view - air.sun_elevation_rad
    turn = np.sin(azimuth_rad - air.sun_azimuth_rad) * np.cos(view)
    behind = np.cos(azimuth_rad - air.sun_azimuth_rad) < 0
    away = np.hypot(turn, high) + behind
    radius = math.radians(look().camera.sun_radius_deg)
    return np.asarray(np.clip((radius - away) / pixel_rad + 0.5, 0, 1))


def direct_light(air: Air) -> Rgbs:
    """Return the Sun's light on a plane facing it, (3,) per unit flux above the air."""
    return light_rgb(max(air.sun_elevation_rad, _DARKEST_RAD), air.tau)[0]
