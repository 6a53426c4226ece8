"""What is made of sunlight before it is shown: low Suns lifted, nights blue, all exposed."""

import math
from dataclasses import replace

import numpy as np

from game.environment.sky_colour import light_rgb
from game.render.colour import Grade, Rgbs, develop, luma, ramp
from game.render.look import LightLook, look
from game.render.look_parts import Rgb

_DARKEST_RAD = math.radians(-10.0)  # later the night looks the same


def shown_light(
    numbers: LightLook, sun_elevation_rad: float, sun_azimuth_rad: float, tau: float
) -> tuple[Rgbs, Rgbs]:
    """Return Sun and sky light as they are shown: a low Sun is stronger, the night is blue."""
    elevation = math.degrees(sun_elevation_rad)
    sun, sky = light_rgb(max(sun_elevation_rad, _DARKEST_RAD), tau)
    sun = sun * knot(numbers, elevation, "direct_gain")
    twilight = knot(numbers, elevation, "twilight") * evening(sun_azimuth_rad)
    sky = sky * (1 + (np.array(numbers.dusk_sky) - 1) * twilight)
    night = knot(numbers, elevation, "night")
    sky = sky * (1 - night) + luma(sky) * np.array(numbers.night_sky) * night
    return sun, sky


def exposed(
    numbers: LightLook, sun_elevation_rad: float, storm: float, sun: Rgbs, sky: Rgbs
) -> Grade:
    """Return the grade with which the median ground has the brightness the art asks for."""
    elevation = math.degrees(sun_elevation_rad)
    clear = knot(numbers, elevation, "median_luma")
    day = clear / max(numbers.median_luma)
    target = clear * (1 - storm) + storm * numbers.storm_luma * day
    haze = numbers.clear_haze * (1 - storm) + numbers.storm_haze * storm
    colour = np.array(mixed(numbers.clear_haze_rgb, numbers.storm_haze_rgb, storm)) * day**2
    saturation = knot(numbers, elevation, "saturation") * (1 - storm)
    grade = Grade(
        1.0, saturation + storm * numbers.storm_saturation, haze, (colour[0], colour[1], colour[2])
    )
    soil = ramp(
        look().ramp, np.array(numbers.reference_albedo), np.array(numbers.reference_redness)
    )
    light = soil * (sky + sun * max(0.0, math.sin(sun_elevation_rad)))
    low, high = -3.0, 7.0
    for _ in range(4):
        powers = np.linspace(low, high, 33)
        seen = luma(develop(light * 10.0 ** powers[:, None], grade))
        k = min(max(int(np.searchsorted(seen, target)), 1), len(powers) - 1)
        low, high = float(powers[k - 1]), float(powers[k])
    exposure = 10.0 ** (0.5 * (low + high))
    contrast = 1 + (knot(numbers, elevation, "contrast") - 1) * (1 - storm)
    pivot = float(luma(light)) * exposure
    return replace(grade, exposure=exposure, contrast=contrast, pivot=pivot)


def sprite_tint(
    numbers: LightLook, elevation: float, sun: Rgbs, sky: Rgbs, sun_elevation_rad: float
) -> Rgb:
    """Return the colour that sprites take on: that of the light, as bright as the ground."""
    light = sky + sun * max(0.0, math.sin(sun_elevation_rad))
    colour = light / max(float(light.max()), 1e-12)
    bright = (knot(numbers, elevation, "median_luma") / max(numbers.median_luma)) ** 0.8
    red, green, blue = (float(v) for v in np.clip(colour**0.7 * bright, 0.0, 1.0))
    return red, green, blue


def knot(numbers: LightLook, elevation_deg: float, row: str) -> float:
    """Return a row of knots at an elevation of the Sun."""
    return float(np.interp(elevation_deg, numbers.elevation_deg, getattr(numbers, row)))


def at(value: float, knots: tuple[float, ...], row: tuple[float, ...]) -> float:
    """Return a row at a value between its knots."""
    return float(np.interp(value, knots, row))


def evening(sun_azimuth_rad: float) -> float:
    """Return 1 with the Sun in the west, 0 in the east, and a smooth change in between [-]."""
    return 0.5 - 0.5 * math.sin(sun_azimuth_rad)


def mixed(first: Rgb, second: Rgb, share: float) -> Rgb:
    """Return a colour between two, `share` of the second."""
    red, green, blue = (a * (1 - share) + b * share for a, b in zip(first, second, strict=True))
    return red, green, blue
