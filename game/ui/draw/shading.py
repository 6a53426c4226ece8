"""Light on the things that stand on the ground: the same Sun, sky and film curve as the ground."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

from game.render.colour import Grade, film, srgb
from game.ui.draw.relief import Field, Relief

Rgb = tuple[float, float, float]

TABLE_STEPS = 2048
TABLE_MAX = 4.0  # exposed light beyond which everything is white
SHADOW_STEPS = 10
SHADOW_TALLEST_M = 0.5  # how far parts stand above their neighbours
SHADOW_REACH_M = 1.0


@dataclass(frozen=True, slots=True)
class SpriteLight:
    """What falls on a standing thing.

    Attributes
    ----------
    sun_rgb, sky_rgb : tuple of float
        Direct light on a plane facing the Sun, and sky light on a level plane. [-]
    azimuth_rad, elevation_rad : float
        Where the Sun is, clockwise from north and above the horizon. [rad]
    grade : Grade
        Exposure, saturation and haze of the ground at this moment.
    """

    sun_rgb: Rgb
    sky_rgb: Rgb
    azimuth_rad: float
    elevation_rad: float
    grade: Grade


@dataclass(frozen=True, slots=True)
class Finish:
    """How matter answers light, by eye.

    Attributes
    ----------
    albedo_scale : float
        Man-made white is far brighter than soil; toned down so that the film holds it. [-]
    dust_rgb : tuple of float
        Linear albedo of settled dust. [0-1]
    shine, shine_power : float
        Strength and sharpness of the glint. [-]
    sky_sheen : float
        Share of sky mirrored by full gloss. [-]
    """

    albedo_scale: float
    dust_rgb: Rgb
    shine: float
    shine_power: float
    sky_sheen: float


@lru_cache(maxsize=1)
def _film_table() -> NDArray[np.uint32]:
    steps = np.linspace(0.0, TABLE_MAX, TABLE_STEPS)
    return np.asarray(np.rint(255.0 * srgb(film(steps))), np.uint32)


def lit(
    relief: Relief, finish: Finish, light: SpriteLight, heading_rad: float, dust_frac: float
) -> pygame.Surface:
    """Return the picture of a shape with its front up, with the Sun where it would then stand.

    Parameters
    ----------
    relief : Relief
        Fields of the shape.
    finish : Finish
        How its surfaces answer.
    light : SpriteLight
        Sun and sky in the frame of the ground.
    heading_rad : float
        Where the front will point, clockwise from north. [rad]
    dust_frac : float
        Share of the surface that dust covers. [0-1]
    """
    azimuth_rad = light.azimuth_rad - heading_rad
    low = max(light.elevation_rad, math.radians(2.0))
    sun = (
        math.cos(azimuth_rad) * math.cos(low),
        math.sin(azimuth_rad) * math.cos(low),
        math.sin(low),
    )
    facing = relief.slope_forward * np.float32(sun[0]) + relief.slope_right * np.float32(sun[1])
    facing += np.float32(sun[2])
    shade = 1.0 - _self_shadow(relief, azimuth_rad, math.tan(low))
    # The half vector lies between the Sun and an eye straight above.
    glint = (facing + 1.0) * relief.inverse / np.float32(math.sqrt(2.0 + 2.0 * sun[2]))
    shine = np.maximum(glint, 0.0) ** np.float32(finish.shine_power) * relief.gloss
    shine *= shade * np.float32(finish.shine)
    direct = np.maximum(facing * relief.inverse, 0.0) * shade
    open_sky = np.float32(0.6) + np.float32(0.4) * relief.inverse
    dusty = np.clip(np.float32(dust_frac) * (0.4 + 1.2 * relief.grain), 0.0, 0.9)
    clean = 1.0 - dusty
    shine *= clean
    mirrored_sky = relief.gloss * clean * np.float32(finish.sky_sheen)
    exposed = np.empty_like(relief.colour)
    for i in range(3):
        sun_light = np.float32(light.sun_rgb[i] * light.grade.exposure)
        sky_light = np.float32(light.sky_rgb[i] * light.grade.exposure)
        albedo = relief.colour[i] * np.float32(finish.albedo_scale) * clean
        albedo += np.float32(finish.dust_rgb[i]) * dusty
        exposed[i] = albedo * (sun_light * direct + sky_light * open_sky)
        exposed[i] += sun_light * shine + sky_light * mirrored_sky
    return _picture(exposed, relief, light.grade)


def _picture(exposed: Field, relief: Relief, grade: Grade) -> pygame.Surface:
    haze = np.float32(grade.haze_frac)
    hazy = haze * np.asarray(grade.haze_rgb, np.float32)[:, None]
    steps = (exposed * (1 - haze) + hazy) * np.float32((TABLE_STEPS - 1) / TABLE_MAX)
    screen = _film_table()[np.clip(steps, 0, TABLE_STEPS - 1).astype(np.int32)]
    packed = np.zeros(relief.size_px * relief.size_px, np.uint32)
    packed[relief.where] = (
        relief.alpha | (screen[0] << np.uint32(16)) | (screen[1] << np.uint32(8)) | screen[2]
    )
    packed[relief.fringe] = packed[relief.fringe_from] & np.uint32(0xFFFFFF)
    surface = pygame.Surface((relief.size_px, relief.size_px), pygame.SRCALPHA)
    pygame.surfarray.pixels2d(surface)[:] = packed.reshape(relief.size_px, relief.size_px).T
    return surface


def _self_shadow(relief: Relief, azimuth_rad: float, rise: float) -> Field:
    """Return how much of the Sun higher parts take from each covered pixel [0-1]."""
    height = relief.steps_m
    scale_px_m = relief.scale_px_m / 2
    shadow = np.zeros_like(height)
    reach_m = min(SHADOW_TALLEST_M / rise, SHADOW_REACH_M)
    for step in range(1, SHADOW_STEPS + 1):
        ahead_m = reach_m * step / SHADOW_STEPS
        rows = round(math.cos(azimuth_rad) * ahead_m * scale_px_m)
        columns = -round(math.sin(azimuth_rad) * ahead_m * scale_px_m)
        over = np.roll(height, (rows, columns), (0, 1)) - height
        np.maximum(shadow, over - np.float32(ahead_m * rise), out=shadow)
    soft_m = max(rise, 0.3) / scale_px_m
    flat = np.clip(shadow * np.float32(1.0 / soft_m), 0.0, 1.0).ravel()
    return np.asarray(flat[relief.half_where], np.float32)
