"""What overlays show of the ground: slope, energy per metre, share of a pass that is heard."""

import math
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from game.render.fields import Field, Grid
from game.render.noise import box_blur
from game.render.shadow import shadow_line
from game.render.source import Ground, GroundLike
from game.units import WH_J
from game.world.shade import lit_area
from game.world.window import Window

Bytes = NDArray[np.uint8]
MARGIN_CELLS = 4
HORIZON_CELLS = 128  # how far around a tile ground may hide the orbiter
ANTENNA_M = 1.3  # height of the antenna over the ground
BLUR_CELLS = 1  # about the size of the rover at the finest level that is used
# Horizons are made of squares of ground, which the moments and tiles share: a low Sun asks for a
# thousand cells each way, and making those at once took up to 600 MB.
SQUARE_CELLS, SQUARES_COUNT = 128, 96


class OverlayKind(StrEnum):
    """What the player may lay over the ground."""

    SLOPE = "slope"
    ENERGY = "energy"
    RADIO = "radio"
    SUN = "sun"


class SoilGround(Ground, Protocol):
    """Ground that also knows its soils."""

    def soil(self, level: int, i0: int, j0: int, nx: int, ny: int) -> Bytes:
        """Return soil numbers on cells of 2**level metres."""


@dataclass(frozen=True, slots=True)
class Overlay:
    """What is asked for.

    Attributes
    ----------
    kind : OverlayKind
        Which overlay.
    drive_j_m : tuple of rows
        Energy per metre by soil number and whole degrees of slope, for ENERGY. [J/m]
    sky : tuple of (azimuth_rad, elevation_rad)
        Moments of the next pass, for RADIO; of the Sun's way over a sol, for SUN. [rad]
    """

    kind: OverlayKind
    drive_j_m: tuple[tuple[float, ...], ...] = ()
    sky: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """The heights of a window and nothing else, row 0 in the south [m]."""

    height_m: Field


class Squares:
    """Windows of heights put together from squares of ground, the latest of which are kept."""

    def __init__(self, ground: SoilGround) -> None:
        self._ground = ground
        self._square_m = lru_cache(maxsize=SQUARES_COUNT)(self._made_m)

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int) -> Heights:
        """Return the heights on cells of 2**level metres."""
        found = np.empty((ny, nx), np.float32)
        side = SQUARE_CELLS
        for row in range(j0 // side, (j0 + ny - 1) // side + 1):
            for column in range(i0 // side, (i0 + nx - 1) // side + 1):
                west, south = column * side - i0, row * side - j0
                left, low = max(0, west), max(0, south)
                right, top = min(nx, west + side), min(ny, south + side)
                part = self._square_m(level, column, row)
                found[low:top, left:right] = part[
                    low - south : top - south, left - west : right - west
                ]
        return Heights(found)

    def _made_m(self, level: int, column: int, row: int) -> Field:
        side = SQUARE_CELLS
        return self._ground.ground(level, column * side, row * side, side, side).height_m


def overlay_values(
    ground: SoilGround, overlay: Overlay, tile: Grid, squares: Squares | None = None
) -> Field:
    """Return the overlay's quantity on a tile, row 0 in the south: degrees, Wh/m or 0 to 1.

    `squares` are of the same ground; neighbouring tiles are quicker when they share them.
    """
    squares = squares or Squares(ground)
    match overlay.kind:
        case OverlayKind.SLOPE:
            return _slope_deg(ground, tile)
        case OverlayKind.ENERGY:
            return _energy_wh_m(ground, overlay, tile)
        case OverlayKind.RADIO:
            return _heard_frac(squares, overlay, tile)
        case OverlayKind.SUN:
            return _sunlit_frac(squares, overlay, tile)


def _window(ground: SoilGround | Squares, grid: Grid) -> GroundLike | Heights:
    return ground.ground(grid.level, grid.i0, grid.j0, grid.nx, grid.ny)


def _slope_deg(ground: SoilGround, tile: Grid) -> Field:
    wide = tile.grown(MARGIN_CELLS)
    height_m = box_blur(_window(ground, wide).height_m, BLUR_CELLS)
    rise_y, rise_x = np.gradient(height_m, tile.cell_m)
    inner = slice(MARGIN_CELLS, -MARGIN_CELLS)
    slope = np.degrees(np.arctan(np.hypot(rise_x, rise_y)))[inner, inner]
    return np.asarray(slope, np.float32)


def _energy_wh_m(ground: SoilGround, overlay: Overlay, tile: Grid) -> Field:
    soil = ground.soil(tile.level, tile.i0, tile.j0, tile.nx, tile.ny)
    table = np.asarray(overlay.drive_j_m, np.float32) / np.float32(WH_J)
    degrees = np.rint(_slope_deg(ground, tile)).astype(np.int32)
    return np.asarray(table[soil, np.clip(degrees, 0, table.shape[1] - 1)], np.float32)


def _heard_frac(squares: Squares, overlay: Overlay, tile: Grid) -> Field:
    wide = tile.grown(HORIZON_CELLS)
    height_m = _window(squares, wide).height_m
    inner = slice(HORIZON_CELLS, -HORIZON_CELLS)
    heard = np.zeros((tile.ny, tile.nx), np.float32)
    for azimuth_rad, elevation_rad in overlay.sky:
        toward = (math.sin(azimuth_rad), math.cos(azimuth_rad))
        line = shadow_line(height_m, tile.cell_m, toward, max(math.tan(elevation_rad), 0.01))
        heard += (line - height_m)[inner, inner] < ANTENNA_M
    return heard / np.float32(max(len(overlay.sky), 1))


def _sunlit_frac(squares: Squares, overlay: Overlay, tile: Grid) -> Field:
    """Return the share of a sol's direct sunlight that hills let through to level panels."""
    window = Window(tile.level, tile.i0, tile.j0, tile.nx, tile.ny)
    total, most = np.zeros((tile.ny, tile.nx), np.float32), 0.0
    for azimuth_rad, elevation_rad in overlay.sky:
        strength = max(math.sin(elevation_rad), 0.0)
        most += strength
        total += np.float32(strength) * lit_area(squares, window, azimuth_rad, elevation_rad)
    return total / np.float32(max(most, 1e-6))
