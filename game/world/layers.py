"""Lays a level's overlays over the ground: heights, soils, craters, rocks."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream
from game.world.crater_field import CraterField
from game.world.craters import Craters, crater_table, joined
from game.world.lattice import hashed, lattice_key
from game.world.overlays import (
    UNPAINTED,
    CraterOverlay,
    FlatOverlay,
    HeightGrid,
    MoundOverlay,
    OpenGround,
    Overlay,
    RockOverlay,
    SoilPaint,
)
from game.world.rocks import Rocks, joined_rocks
from game.world.spec import TerrainSpec
from game.world.squares import Box
from game.world.window import Window

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class OwnCraters:
    """Craters with a known place: the site's landmarks and a level's own."""

    craters: Craters
    reach: float

    def merged(self, field: CraterField, box: Box, smallest_m: float) -> Craters:
        """Return seeded and own craters of a size and more that touch a box, oldest first."""
        seeded = field.touching(box, smallest_m)
        if not len(self.craters):
            return seeded
        own, (x0, y0, x1, y1) = self.craters, box
        reach_m = own.diameter_m * (self.reach / 2.0)
        is_near = (own.diameter_m >= smallest_m) & (own.x_m + reach_m >= x0)
        is_near &= (own.x_m - reach_m <= x1) & (own.y_m + reach_m >= y0) & (own.y_m - reach_m <= y1)
        return joined([seeded, own.taken(is_near)]) if is_near.any() else seeded


def own_craters(spec: TerrainSpec) -> OwnCraters:
    """Gather landmarks and crater overlays of a world."""
    is_open = any(isinstance(overlay, OpenGround) for overlay in spec.overlays)
    found: list[Any] = [] if is_open else list(spec.site.landmarks)
    found += [overlay for overlay in spec.overlays if isinstance(overlay, CraterOverlay)]
    names = ("x_m", "y_m", "diameter_m", "depth_ratio", "age_frac")
    columns = [np.array([getattr(one, name) for one in found], dtype=np.float64) for name in names]
    key = lattice_key(spec.seed, Stream.CRATER, 99)
    number = np.arange(len(found), dtype=np.int64)
    columns.append(hashed(number, number, key).astype(np.float64) * 2.0**-32)
    return OwnCraters(crater_table(columns), spec.recipe.crater.reach_fresh)


def apply_heights(overlays: tuple[Overlay, ...], window: Window, height_m: Array) -> Array:
    """Raise, lower and replace heights, in the order of the overlays [m]."""
    x, y = window.x_m()[None, :], window.y_m()[:, None]
    for overlay in overlays:
        match overlay:
            case MoundOverlay():
                r2 = (x - overlay.x_m) ** 2 + (y - overlay.y_m) ** 2
                rest = np.clip(1.0 - r2 / overlay.radius_m**2, 0.0, None)
                height_m = height_m + overlay.height_m * rest * rest
            case FlatOverlay():
                inside = np.minimum(
                    np.minimum(x - overlay.x0_m, overlay.x1_m - x),
                    np.minimum(y - overlay.y0_m, overlay.y1_m - y),
                )
                share = np.clip(inside / overlay.blend_m, 0.0, 1.0)
                share = share * share * (3.0 - 2.0 * share)
                height_m = height_m + (overlay.height_m - height_m) * share
            case HeightGrid():
                height_m = _with_grid(overlay, x, y, height_m)
            case _:
                pass
    return height_m


def _with_grid(grid: HeightGrid, x: Array, y: Array, height_m: Array) -> Array:
    """Add a grid of heights, or put it in place, straight between its nodes [m]."""
    z = np.frombuffer(grid.heights, "<f4").reshape(grid.rows, grid.columns).astype(np.float64)
    u, v = (x - grid.x0_m) / grid.cell_m, (y - grid.y0_m) / grid.cell_m
    is_in = (u >= 0.0) & (u <= grid.columns - 1) & (v >= 0.0) & (v <= grid.rows - 1)
    i = np.clip(u.astype(np.int64), 0, grid.columns - 2)
    j = np.clip(v.astype(np.int64), 0, grid.rows - 2)
    fu, fv = u - i, v - j
    low = z[j, i] * (1.0 - fu) + z[j, i + 1] * fu
    high = z[j + 1, i] * (1.0 - fu) + z[j + 1, i + 1] * fu
    value = low * (1.0 - fv) + high * fv
    return np.where(is_in, value + (height_m if grid.is_added else 0.0), height_m)


def apply_soils(
    overlays: tuple[Overlay, ...], window: Window, soil: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """Paint soils, in the order of the overlays."""
    for overlay in overlays:
        if isinstance(overlay, SoilPaint):
            paint = np.frombuffer(overlay.soils, np.uint8).reshape(overlay.rows, overlay.columns)
            i = np.floor((window.x_m() - overlay.x0_m) / overlay.cell_m).astype(np.int64)
            j = np.floor((window.y_m() - overlay.y0_m) / overlay.cell_m).astype(np.int64)
            columns = np.flatnonzero((i >= 0) & (i < overlay.columns))
            rows = np.flatnonzero((j >= 0) & (j < overlay.rows))
            if len(columns) and len(rows):
                part = np.ix_(rows, columns)
                value = paint[np.ix_(j[rows], i[columns])]
                soil[part] = np.where(value == UNPAINTED, soil[part], value)
    return soil


def with_rocks(spec: TerrainSpec, rocks: Rocks, box: Box, smallest_m: float) -> Rocks:
    """Add the rocks a level put down by hand."""
    x0, y0, x1, y1 = box
    own = [
        one
        for one in spec.overlays
        if isinstance(one, RockOverlay)
        and one.diameter_m >= smallest_m
        and x0 <= one.x_m < x1
        and y0 <= one.y_m < y1
    ]
    if not own:
        return rocks
    rock = spec.recipe.rock
    diameter_m = np.array([one.diameter_m for one in own])
    number = np.array([math.floor(one.x_m * 64) ^ math.floor(one.y_m * 64) << 8 for one in own])
    shape = hashed(number, number, lattice_key(spec.seed, Stream.ROCK, 1))
    added = Rocks(
        np.array([one.x_m for one in own]),
        np.array([one.y_m for one in own]),
        diameter_m,
        diameter_m * (rock.height_low + rock.height_high) / 2.0,
        shape,
        (shape.astype(np.float64) * 2.0**-32).astype(np.float32),
    )
    return joined_rocks([rocks, added])
