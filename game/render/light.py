"""The light of a moment, and a tile of ground in it."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from game.render.colour import (
    ALBEDOS,
    LIGHT_MAX,
    LIGHTS,
    REDNESSES,
    SKY_LIGHT,
    SUN_LIGHT,
    Grade,
    Packed,
    Rgbs,
    look_up,
)
from game.render.exposure import at, evening, exposed, knot, mixed, shown_light, sprite_tint
from game.render.fields import Field, Fields
from game.render.look import look
from game.render.look_parts import Rgb
from game.render.noise import dither
from game.render.shadow import resample, shadow_line

_LOWEST_RISE = 0.012  # tangent: shadows of a Sun at the horizon end somewhere
_HIGHEST_RISE = 6.0  # above it shadows are shorter than their edges
_BASES: WeakKeyDictionary[Fields, NDArray[np.int32]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True, eq=False)
class Light:
    """The light of one moment on tiles of one level; make it with `light_state`.

    Parameters
    ----------
    sun_elevation_rad, sun_azimuth_rad : float
        Where the Sun is; azimuth clockwise from north [rad].
    tau : float
        Optical depth of the dust [-].
    level : int
        Level of the tiles it is for.
    sun_rgb, sky_rgb : array
        Light on a plane facing the Sun, and from the open sky, as they are shown [-].
    grade : Grade
        Exposure, saturation and haze.
    slope_gain : float
        How much slopes are lifted [-].
    storm_frac, night_frac : float
        How much of the storm and of the night look, 0 to 1 [-].
    tint : tuple of float
        What sprites are multiplied with, 0 to 1 [-].
    glow_rgb, glow_frac : tuple of float and float
        Light to be added from the Sun's side of the screen (8 bit) and how much of it [-].
    table : array
        Packed colours by albedo, redness and light.
    """

    sun_elevation_rad: float
    sun_azimuth_rad: float
    tau: float
    level: int
    sun_rgb: Rgbs
    sky_rgb: Rgbs
    grade: Grade
    slope_gain: float
    storm_frac: float
    night_frac: float
    tint: Rgb
    glow_rgb: Rgb
    glow_frac: float
    table: Packed


@lru_cache(maxsize=16)
def light_state(sun_elevation_rad: float, sun_azimuth_rad: float, tau: float, level: int) -> Light:
    """Return the light of a moment, ready for tiles of one level; parameters of `bare_light`."""
    bare = bare_light(sun_elevation_rad, sun_azimuth_rad, tau, level)
    return replace(bare, table=look_up(look().ramp, bare.sun_rgb, bare.sky_rgb, bare.grade))


@lru_cache(maxsize=64)
def bare_light(sun_elevation_rad: float, sun_azimuth_rad: float, tau: float, level: int) -> Light:
    """Return the light of a moment without its table of colours, which is most of the work.

    Parameters
    ----------
    sun_elevation_rad, sun_azimuth_rad : float
        Place of the Sun [rad]; azimuth clockwise from north.
    tau : float
        Optical depth of the dust in visible light [-].
    level : int
        Level of the tiles; far views are shown as processed pictures.
    """
    numbers = look().light
    elevation = math.degrees(sun_elevation_rad)
    storm = float(np.interp(tau, numbers.tau, numbers.storm))
    sun, sky = shown_light(numbers, sun_elevation_rad, sun_azimuth_rad, tau)
    sky = sky * np.interp(level, numbers.level, numbers.level_sky)
    grade = exposed(numbers, sun_elevation_rad, storm, sun, sky)
    grade = replace(
        grade, saturation=grade.saturation * at(level, numbers.level, numbers.level_saturation)
    )
    twilight = knot(numbers, elevation, "twilight") * (1.0 - storm)
    west = evening(sun_azimuth_rad)
    glow = mixed(numbers.dawn_glow, numbers.dusk_glow, west)
    strength = numbers.dawn_glow_frac * (1 - west) + numbers.dusk_glow_frac * west
    return Light(
        sun_elevation_rad,
        sun_azimuth_rad,
        tau,
        level,
        sun,
        sky,
        grade,
        knot(numbers, elevation, "slope_gain") * at(level, numbers.level, numbers.level_gain),
        storm,
        knot(numbers, elevation, "night"),
        sprite_tint(numbers, elevation, sun, sky, sun_elevation_rad),
        glow,
        strength * twilight,
        np.zeros(0, np.uint32),
    )


def relight(fields: Fields, light: Light) -> Packed:
    """Return a tile in this light as packed 0xRRGGBB, (ny, nx), row 0 in the NORTH.

    Parameters
    ----------
    fields : Fields
        The tile, from `surface.tile_fields`.
    light : Light
        From `light_state` for the tile's level.
    """
    index = light_index(fields, light_value(fields, light))
    index += kept_base(fields)
    return light.table.take(index, mode="clip")[::-1]


def light_value(fields: Fields, light: Light) -> Field:
    """Return the light value of each cell of the tile: 0.5 is open sky, more is Sun [-]."""
    direct, sky, _ = shade(fields, light)
    value = np.minimum(sky, np.float32(1))
    value *= np.float32(SKY_LIGHT)
    direct *= np.float32(SUN_LIGHT)
    value += direct
    return value


def shade(fields: Fields, light: Light) -> tuple[Field, Field, Field]:
    """Return how squarely the Sun meets each cell, the open share of sky, and the sunlit share.

    The first has shadows in it already.
    """
    numbers = look().light
    east, north, up = sun_vector(light)
    slope_x, slope_y = _slopes(fields, light.slope_gain)
    inverse = slope_x * slope_x
    inverse += slope_y * slope_y
    inverse += np.float32(1)
    np.sqrt(inverse, out=inverse)
    np.divide(np.float32(1), inverse, out=inverse)
    level = max(math.hypot(east, north), 1e-6)
    slope_x *= np.float32(east / level)
    slope_y *= np.float32(north / level)
    lean = np.add(slope_x, slope_y, out=slope_x)
    lean *= inverse
    sky = np.multiply(lean, np.float32(-numbers.sky_side), out=slope_y)
    sky += np.float32(1)
    open_frac = inverse * np.float32(0.5)
    open_frac += np.float32(0.5)
    sky *= open_frac
    sky *= fields.hollow[fields.inner]
    np.clip(sky, 0, 1.25, out=sky)
    if up <= 0:
        return np.zeros_like(sky), sky, np.zeros_like(sky)
    lean *= np.float32(-level)
    inverse *= np.float32(up)
    inverse += lean
    direct = np.maximum(inverse, np.float32(0), out=inverse)
    rise = max(up / level, _LOWEST_RISE) / max(1.0, math.sqrt(light.slope_gain))
    if rise > _HIGHEST_RISE:
        return direct, sky, np.ones_like(sky)
    lit = sunlit(fields, (east / level, north / level), rise)
    direct *= lit
    return direct, sky, lit


def sunlit(fields: Fields, toward: tuple[float, float], rise: float) -> Field:
    """Return 1 in the Sun, 0 in full shadow, with a soft edge, for the cells of the tile [-].

    Shadows that come from beyond the margin are taken from the coarser surroundings.
    """
    cell = fields.grid.cell_m
    height = fields.height_m
    if rise < 1:
        height = height.copy()
        wide = shadow_line(fields.outer_m, fields.outer.cell_m, toward, rise)
        _seed_edges(height, fields, wide)
    line = shadow_line(height, cell, toward, rise)[fields.inner]
    depth = np.empty(line.shape, np.float32)
    np.subtract(line, fields.height_m[fields.inner], out=depth)
    soft = look().light.shadow_soft * cell * max(0.25, rise)
    depth *= np.float32(-1 / soft)
    depth += np.float32(1)
    return np.clip(depth, 0, 1, out=depth)


def sun_vector(light: Light) -> tuple[float, float, float]:
    """Return the direction to the Sun: east, north, up (unit vector)."""
    flat = math.cos(light.sun_elevation_rad)
    return (
        flat * math.sin(light.sun_azimuth_rad),
        flat * math.cos(light.sun_azimuth_rad),
        math.sin(light.sun_elevation_rad),
    )


def kept_base(fields: Fields) -> NDArray[np.int32]:
    """Return `base_index`, made once for each tile."""
    found = _BASES.get(fields)
    if found is None:
        found = _BASES[fields] = base_index(fields)
    return found


def base_index(fields: Fields) -> NDArray[np.int32]:
    """Return where the colours of each cell begin in the look-up, dithered."""
    grid = fields.grid
    albedo = fields.albedo[fields.inner] * np.float32(ALBEDOS - 1)
    albedo += dither(grid.i0 + 17, grid.j0 + 29, grid.nx, grid.ny)
    index = np.clip(albedo, 0, ALBEDOS - 1, out=albedo).astype(np.int32)
    index *= REDNESSES
    redness = fields.redness[fields.inner] * np.float32(REDNESSES - 1)
    redness += dither(grid.i0 + 37, grid.j0 + 5, grid.nx, grid.ny)
    index += np.clip(redness, 0, REDNESSES - 1, out=redness).astype(np.int32)
    index *= LIGHTS
    return index


def light_index(fields: Fields, value: Field) -> NDArray[np.int32]:
    """Return the step of each cell's light in the look-up, dithered."""
    grid = fields.grid
    steps = value * np.float32((LIGHTS - 1) / LIGHT_MAX)
    steps += dither(grid.i0, grid.j0, grid.nx, grid.ny)
    return np.asarray(np.clip(steps, 0, LIGHTS - 1, out=steps).astype(np.int32))


def _seed_edges(height: Field, fields: Fields, wide: Field) -> None:
    """Raise the outermost ring of `height` to the shadow line of the surroundings."""
    ratio = 2 ** (fields.outer.level - fields.grid.level)
    first_row = (fields.grid.j0 - fields.margin) / ratio - fields.outer.j0
    first = (fields.grid.i0 - fields.margin) / ratio - fields.outer.i0
    rows, columns = height.shape
    for row in (0, rows - 1):
        line = resample(wide, (first_row + row / ratio, first), 1 / ratio, (1, columns))[0]
        np.maximum(height[row], line, out=height[row])
    for column in (0, columns - 1):
        line = resample(wide, (first_row, first + column / ratio), 1 / ratio, (rows, 1))[:, 0]
        height[:, column] = np.maximum(height[:, column], line)


def _slopes(fields: Fields, gain: float) -> tuple[Field, Field]:
    """Return lifted slopes to the east and north; steep ones are lifted less [-]."""
    rows, columns = fields.inner
    z = fields.relief_m[rows.start - 1 : rows.stop + 1, columns.start - 1 : columns.stop + 1]
    factor = np.float32(gain / (2 * fields.grid.cell_m))
    slope_x = z[1:-1, 2:] - z[1:-1, :-2]
    slope_y = z[2:, 1:-1] - z[:-2, 1:-1]
    slope_x *= factor
    slope_y *= factor
    if gain > 1:
        steep = slope_x * slope_x
        steep += slope_y * slope_y
        np.sqrt(steep, out=steep)
        steep *= np.float32(1.1 * (gain - 1) / gain)
        steep += np.float32(1)
        slope_x /= steep
        slope_y /= steep
    return slope_x, slope_y
