"""How the ground is divided into tiles: which of them a view needs, and at which level."""

import math
from dataclasses import dataclass

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui.camera import View
from game.ui.draw.baker import TILE_CELLS, SunPlace, TileKey, block_of

# Home at 1920 by 1080 is 69 px/m: cells of 1/64 m are then 1.08 px, and halving them would take
# four times the work for nothing that could be seen.
WIDEST_CELL_PX = 1.1


@dataclass(frozen=True, slots=True)
class TilesSpec:
    """How tiles are kept.

    Attributes
    ----------
    finest_level, coarsest_level : int
        Cells of the finest and the coarsest tiles are 2**level metres.
    kept_count, spare_count : int
        Most tiles kept lit in this process, and how many more than a view and its ring have.
    baked_mb, shelved_mb : int
        Memory for the drawn ground that the workers keep: without files, and with them. [MB]
    files_mb : int
        Room for drawn ground on disk. [MB]
    queue_count, worker_count : int
        Jobs handed to a worker ahead of time, and the most workers.
    relight_deg : float
        Motion of the Sun after which tiles are lit again. [deg]
    far_deg, jump_deg : float
        How far behind the light must be to be made before new ground, and how far the Sun must go
        in one frame for a light in the making to be given up. [deg]
    relight_tau : float
        Change of the optical depth after which they are. [-]
    night_below_deg : float
        A Sun lower than this gives no light that moves. [deg]
    coarse_steps : int
        How many levels the first, quick cover is coarser.
    lead_frames : int
        How many frames ahead of a moving view its ground is made.
    track_lag_count, track_still_frames : int
        Points of new track a tile may lack while the rover drives on, and frames without a new
        point after which it lacks none.
    """

    finest_level: int
    coarsest_level: int
    kept_count: int
    spare_count: int
    baked_mb: int
    shelved_mb: int
    files_mb: int
    queue_count: int
    worker_count: int
    relight_deg: float
    far_deg: float
    jump_deg: float
    relight_tau: float
    night_below_deg: float
    coarse_steps: int
    lead_frames: int
    track_lag_count: int
    track_still_frames: int


@dataclass(frozen=True, slots=True, eq=False)
class Stamp:
    """Tells one tile from all others, after its picture is gone, too; `sun` lit it."""

    sun: SunPlace


@dataclass(slots=True)
class Tile:
    """A lit tile; `wanted_frame` is when it was last needed."""

    surface: pygame.Surface
    stamp: Stamp
    revision: int
    wanted_frame: int = 0

    @property
    def sun(self) -> SunPlace:
        """The Sun that it is lit by."""
        return self.stamp.sun


def level_of(scale_px_m: float, spec: TilesSpec) -> int:
    """Return the coarsest level whose cells are not (or hardly) wider than a pixel."""
    level = math.floor(math.log2(WIDEST_CELL_PX / scale_px_m))
    return min(max(level, spec.finest_level), spec.coarsest_level)


def tiles_in(view: View, level: int, margin_tiles: int = 0) -> list[TileKey]:
    """Return the tiles of a level under a view, from the middle outwards."""
    side_m = TILE_CELLS * 2.0**level
    half_cell_m = side_m / TILE_CELLS / 2
    west_m, south_m, east_m, north_m = view.bounds_m()
    first, last = (math.floor((x + half_cell_m) / side_m) for x in (west_m, east_m))
    low, high = (math.floor((y + half_cell_m) / side_m) for y in (south_m, north_m))
    middle = (view.x_m / side_m - 0.5, view.y_m / side_m - 0.5)
    keys = [
        (level, column, row)
        for column in range(first - margin_tiles, last + margin_tiles + 1)
        for row in range(low - margin_tiles, high + margin_tiles + 1)
    ]
    keys.sort(key=lambda key: max(abs(key[1] - middle[0]), abs(key[2] - middle[1])))
    return keys


def kept_for(view: View, spec: TilesSpec) -> int:
    """Return how many lit tiles are kept for a view: what it asks for, and views before it."""
    side_px = TILE_CELLS * 2.0 ** level_of(view.scale_px_m, spec) * view.scale_px_m
    across, down = (math.ceil(px / side_px) + 3 for px in (view.width_px, view.height_px))
    return min(spec.kept_count, across * down + spec.spare_count)


def by_block(keys: list[TileKey]) -> list[TileKey]:
    """Return tiles with those of one block together: a worker then needs each block but once."""
    blocks: dict[TileKey, list[TileKey]] = {}
    for key in keys:
        blocks.setdefault(block_of(key), []).append(key)
    return [key for block in blocks.values() for key in block]


def above(key: TileKey, steps: int) -> TileKey:
    """Return the tile that covers this one, some levels coarser."""
    return (key[0] + steps, key[1] >> steps, key[2] >> steps)


def part_of(coarse: TileKey, fine: TileKey) -> pygame.Rect:
    """Return the part of a coarse tile that a finer one covers."""
    steps = coarse[0] - fine[0]
    side = max(TILE_CELLS >> steps, 1)
    column = fine[1] - (coarse[1] << steps)
    row = fine[2] - (coarse[2] << steps)
    top = TILE_CELLS - (row + 1) * side
    return pygame.Rect(column * side, max(top, 0), side, side)


def box_of(key: TileKey) -> tuple[float, float, float, float]:
    """Return west, south, east and north edge of a tile; cells are centred on their points [m]."""
    cell_m = 2.0 ** key[0]
    side_m = TILE_CELLS * cell_m
    west_m, south_m = key[1] * side_m - cell_m / 2, key[2] * side_m - cell_m / 2
    return west_m, south_m, west_m + side_m, south_m + side_m


def surface_of(pixels: NDArray[np.uint32]) -> pygame.Surface:
    """Return packed pixels as a picture."""
    surface = pygame.Surface((pixels.shape[1], pixels.shape[0]), depth=32)
    pygame.surfarray.pixels2d(surface)[:] = pixels.T
    return surface


def lit_tile(pixels: NDArray[np.uint32], sun: SunPlace, revision: int, frame: int) -> Tile:
    """Return a tile that has just been lit."""
    return Tile(surface_of(pixels), Stamp(sun), revision, frame)
