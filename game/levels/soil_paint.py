"""Soil painted in square tiles or drawn as outlines, given the ragged edges that ground has."""

import numpy as np
from numpy.typing import NDArray

from game.levels.level import Points, SoilGrid
from game.levels.overlay_shapes import bounds_m, centres_m, inside
from game.rng import Stream, generator
from game.world.overlays import UNPAINTED, SoilPaint

# A tile is cut into this many squares each way, as long as the whole stays below MAX_SQUARES.
CUTS, MAX_SQUARES = 4, 2048
# How far edges wander, in tiles: less than half, so that a single painted tile never vanishes.
WANDER_TILES = 0.42
# Over this many tiles from the edge of the map the paint thins out into the ground around it.
FRINGE_TILES = 5.0
# The same map gives the same edges whatever the seed of the mission.
SEED = 1

# Outlines are filled with squares of this size; large ones with larger squares.
PATCH_CELL_M, MAX_PATCH_SQUARES = 0.5, 768
# The border of an outline wanders by so many squares, over lengths of PATCH_CUTS squares.
PATCH_WANDER, PATCH_CUTS = 1.6, 6

Field = NDArray[np.float64]


def frayed(soil: SoilGrid) -> SoilPaint:
    """Return a painted grid in finer squares whose borders wander a little.

    Returns
    -------
    SoilPaint
        Squares of a quarter of a tile; the outermost tiles thin out, so that the map has no
        straight border in the landscape.
    """
    cuts = max(1, min(CUTS, MAX_SQUARES // max(soil.columns, soil.rows)))
    columns, rows = soil.columns * cuts, soil.rows * cuts
    y, x = np.mgrid[0:rows, 0:columns]
    x, y = (x + 0.5) / cuts, (y + 0.5) / cuts
    size = (soil.rows, soil.columns)
    column = np.floor(x + WANDER_TILES * _noise(size, cuts, 0)).astype(np.int64)
    row = np.floor(y + WANDER_TILES * _noise(size, cuts, 1)).astype(np.int64)
    codes = np.frombuffer(soil.codes, dtype=np.uint8).reshape(size)
    painted = codes[np.clip(row, 0, soil.rows - 1), np.clip(column, 0, soil.columns - 1)]
    border = np.minimum(np.minimum(x, soil.columns - x), np.minimum(y, soil.rows - y))
    fringe = min(FRINGE_TILES, min(size) / 4.0)
    is_bare = border / fringe < 0.5 + 0.5 * _noise(size, cuts, 2)
    painted = np.where(is_bare, np.uint8(UNPAINTED), painted)
    cell = soil.cell_m / cuts
    return SoilPaint(soil.x_m, soil.y_m, cell, columns, rows, painted.tobytes())


def painted(points_m: Points, code: int) -> SoilPaint:
    """Return squares of one soil inside an outline whose border wanders a little [m]."""
    x0, y0, x1, y1 = bounds_m(points_m)
    cell = max(PATCH_CELL_M, (x1 - x0) / MAX_PATCH_SQUARES, (y1 - y0) / MAX_PATCH_SQUARES)
    # A frame around the outline, so that the border may wander outwards, too.
    frame = cell * np.ceil(PATCH_WANDER)
    x, y = centres_m(x0 - frame, x1 + frame, cell), centres_m(y0 - frame, y1 + frame, cell)
    grid_x, grid_y = np.meshgrid(x, y)
    size = (len(y) // PATCH_CUTS + 1, len(x) // PATCH_CUTS + 1)
    shift_x, shift_y = (
        PATCH_WANDER * cell * _noise(size, PATCH_CUTS, number)[: len(y), : len(x)]
        for number in (3, 4)
    )
    is_inside = inside(points_m, grid_x + shift_x, grid_y + shift_y)
    soils = np.where(is_inside, np.uint8(code), np.uint8(UNPAINTED))
    west, south = float(x[0] - cell / 2.0), float(y[0] - cell / 2.0)
    return SoilPaint(west, south, float(cell), len(x), len(y), soils.tobytes())


def _noise(size: tuple[int, int], cuts: int, number: int) -> Field:
    """Return smooth noise between -1 and 1 on the fine squares, one lattice point a tile."""
    values = generator(SEED, Stream.TERRAIN, number).uniform(-1.0, 1.0, (size[0] + 2, size[1] + 2))
    return _stretched(_stretched(values, cuts).T, cuts).T[: size[0] * cuts, : size[1] * cuts]


def _stretched(values: Field, cuts: int) -> Field:
    """Interpolate between rows, `cuts` fine rows to each."""
    at = (np.arange((len(values) - 1) * cuts) + 0.5) / cuts
    low = at.astype(np.int64)
    part = at - low
    part = (part * part * (3.0 - 2.0 * part))[:, None]
    return np.asarray(values[low] * (1.0 - part) + values[low + 1] * part)
