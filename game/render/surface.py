"""The ground as four fields, tile by tile, from the terrain and from its own fine layers."""

import numpy as np

from game.render.fields import Fields, Grid
from game.render.noise import box_blur, gradient_noise, smooth
from game.render.source import Ground

_MARGIN = 24
_OUTER_SHIFT = 3
_OUTER_MARGIN = 48


def tile_fields(terrain: Ground, level: int, i0: int, j0: int, nx: int, ny: int) -> Fields:
    """Return the four fields of a tile; the same place looks the same in every tile."""
    tile = Grid(level, i0, j0, nx, ny)
    grid = tile.grown(_MARGIN)
    ground = terrain.ground(level, grid.i0, grid.j0, grid.nx, grid.ny)
    ratio = 2**_OUTER_SHIFT
    outer = Grid(
        level + _OUTER_SHIFT, i0 // ratio, j0 // ratio, -(-nx // ratio), -(-ny // ratio)
    ).grown(_OUTER_MARGIN)
    wide = terrain.ground(min(outer.level, 6), outer.i0, outer.j0, outer.nx, outer.ny)
    grain = gradient_noise(grid, 6 * grid.cell_m, 41)
    albedo = np.float32(0.47) + np.float32(0.045) * ground.cover + np.float32(0.022) * grain
    redness = np.float32(0.55) + np.float32(0.1) * smooth(ground.cover, -0.5, 0.8)
    height = ground.height_m
    hollow = 1 - 7 * np.maximum(box_blur(height, 4) - height, 0)
    return Fields(
        tile,
        _MARGIN,
        height,
        height,
        np.clip(albedo, 0, 1),
        np.clip(redness, 0, 1),
        np.clip(hollow, 0.5, 1).astype(np.float32),
        wide.height_m,
        _OUTER_SHIFT,
        _OUTER_MARGIN,
    )
