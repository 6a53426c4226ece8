"""The ground as four fields, tile by tile, from the terrain and from its own fine layers."""

import math

import numpy as np

from game.render.canvas import Canvas, blank, ground_arrays
from game.render.crust import paint_crust, paint_ripples
from game.render.devils import paint_devils
from game.render.fields import Field, Fields, Grid
from game.render.look import look
from game.render.look_parts import Row
from game.render.mantle import paint_mantle
from game.render.noise import box_blur
from game.render.scars import paint_craters
from game.render.soil import paint_grain, paint_pebbles, paint_smear, paint_soil
from game.render.source import Ground
from game.render.stones import paint_stones, raise_stones

MARGIN = 24  # cells beyond a tile: for blur, smear and shadows
_OUTER_STEPS = 3  # levels between a tile and its surroundings
_OUTER_MARGIN = 40
_COARSEST = 6


def tile_fields(terrain: Ground, level: int, i0: int, j0: int, nx: int, ny: int) -> Fields:
    """Return the fields of a tile; the same place looks the same in every tile.

    Parameters
    ----------
    terrain : Ground
        The terrain.
    level : int
        Cells are 2**level metres wide, -8 to 6. Below -6 the terrain is subdivided.
    i0, j0 : int
        Number of the western column and southern row.
    nx, ny : int
        Size of the tile in cells.
    """
    tile = Grid(level, i0, j0, nx, ny)
    canvas = painted(terrain, tile.grown(MARGIN))
    paint_stones(canvas, terrain)
    return finished(terrain, canvas, tile)


def painted(terrain: Ground, grid: Grid, body_m: float = math.inf) -> Canvas:
    """Return the ground of a grid with all layers but rocks.

    Pebbles of a width of `body_m` and more are only listed [m].
    """
    canvas = blank(terrain, grid)
    paint_soil(canvas)
    paint_mantle(canvas)
    plate = paint_crust(canvas)
    paint_ripples(canvas)
    paint_craters(canvas, terrain)
    paint_devils(canvas)
    paint_smear(canvas)
    paint_grain(canvas, plate)
    paint_pebbles(canvas, body_m)
    return canvas


def finished(terrain: Ground, canvas: Canvas, tile: Grid) -> Fields:
    """Return the fields of a painted canvas: hollows, relief for shading, surroundings."""
    hollow, relief = hollows(canvas.height_m, canvas.dust, canvas.grid.level)
    lift = at(canvas.grid.level, look().hollows.relief_lift)
    if lift > 0:
        relief += np.float32(lift) * canvas.lift_m
        ridge_m = at(canvas.grid.level, look().hollows.relief_ridge_m)
        relief += np.float32(ridge_m) * canvas.ridge
    into = np.float32(look().hollows.into_albedo)
    albedo = hollow * into
    albedo += 1 - into
    albedo *= canvas.albedo
    outer, outer_m = surroundings(terrain, tile)
    return Fields(
        tile,
        (canvas.grid.nx - tile.nx) // 2,
        canvas.height_m,
        relief,
        np.clip(albedo, 0, 1, out=albedo),
        np.clip(canvas.redness, 0, 1),
        hollow,
        outer_m,
        outer,
    )


def hollows(height_m: Field, dust: Field, level: int) -> tuple[Field, Field]:
    """Return the open share of the sky and the relief to be shaded.

    Parameters
    ----------
    height_m : array
        The ground [m].
    dust : array
        Where a mantle of dust lies on it, 0 to 1 [-].
    level : int
        Cells are 2**level metres wide.
    """
    numbers = look().hollows
    # Depth counts by width: gains are for cells of 1/64 m.
    scale = 1.0 / max(1.0, 64.0 * 2.0**level) ** 0.8
    hollow = np.ones_like(height_m)
    for cells, gain in (
        (numbers.near_cells, numbers.near_gain),
        (numbers.far_cells, numbers.far_gain),
    ):
        depth = box_blur(height_m, cells)
        depth -= height_m
        np.maximum(depth, np.float32(0), out=depth)
        depth *= np.float32(gain * scale)
        hollow -= depth
    np.clip(hollow, np.float32(numbers.floor), 1, out=hollow)
    if at(level, numbers.relief_near) + at(level, numbers.relief_far) <= 0:
        return hollow, height_m
    return hollow, far_relief(height_m, dust, level)


def far_relief(height_m: Field, dust: Field, level: int) -> Field:
    """Return the relief that is shaded on far views, as processed pictures show it [m].

    Notes
    -----
    Three bands: grain of a cell or two, shapes of a few cells, and broad ones. The first two are
    weaker where dust lies, the last are lifted.
    """
    numbers = look().hollows
    plain = box_blur(height_m, 1)
    broad = box_blur(height_m, numbers.relief_near_cells)
    softer = np.float32(1) - np.float32(at(level, numbers.relief_dust)) * dust
    relief = height_m - plain
    relief *= np.float32(at(level, numbers.relief_fine))
    plain -= broad
    plain *= np.float32(at(level, numbers.relief_middle))
    relief += plain
    relief *= softer
    broad *= np.float32(1 + at(level, numbers.relief_near))
    relief += broad
    blurred = box_blur(height_m, numbers.relief_far_cells)
    blurred *= np.float32(at(level, numbers.relief_far))
    relief += blurred
    return relief


def at(level: int, row: Row) -> float:
    """Return a row of the relief's numbers at a level."""
    return float(np.interp(level, look().hollows.relief_level, row))


def surroundings(terrain: Ground, tile: Grid) -> tuple[Grid, Field]:
    """Return the coarser surroundings of a tile, rocks included."""
    level = min(tile.level + _OUTER_STEPS, _COARSEST)
    ratio = 2 ** (level - tile.level)
    i0, j0 = tile.i0 // ratio, tile.j0 // ratio
    nx, ny = (tile.i0 + tile.nx) // ratio - i0 + 2, (tile.j0 + tile.ny) // ratio - j0 + 2
    grid = Grid(level, i0, j0, nx, ny).grown(_OUTER_MARGIN)
    height, *_ = ground_arrays(terrain, grid)
    if level <= -1:
        raise_stones(height, grid, terrain, max(0.25, 2.0 * grid.cell_m))
    return grid, height
