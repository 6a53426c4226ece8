"""The ground from above, as an orbiter sees it: north up, lit by the Sun through the dust."""

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from game.render.colour import LUMA, unpack
from game.render.light import Light, light_state, relight
from game.render.sky import Air
from game.render.surface import tile_fields
from game.world.terrain import Terrain
from game.world.window import COARSEST_LEVEL, FINEST_LEVEL

Picture = NDArray[np.uint8]
_TILE = 256
# A track is a metre wide and darker than the plain; a machine with wings is bright (by the
# orbiter's pictures of the site).
_TRACK_SHARE, _TRACK_WIDTH_M, _MACHINE_M = 0.62, 1.2, 3.0
_MACHINE_RGB = (236, 236, 228)
# Tones of a stretched picture: share cut off at either end, ends of the range, where the middle may
# lie, and the most that contrast grows (look).
_CUT_PERCENT = 0.4
_DARK, _BRIGHT, _MIDDLE, _MOST_GAIN = 30.0, 226.0, (98.0, 142.0), 2.1


class ContextView:
    """A picture from above that marks can be put on; `pixel_m` metres a pixel, north up."""

    def __init__(self, picture: Picture, middle_m: tuple[float, float], pixel_m: float) -> None:
        self.picture = picture.copy()
        self._middle_m, self._pixel_m = middle_m, pixel_m

    def draw_way(self, x_m: NDArray[np.float64], y_m: NDArray[np.float64]) -> None:
        """Darken the ground where wheels have been."""
        way_m = np.append(0.0, np.cumsum(np.hypot(np.diff(x_m), np.diff(y_m))))
        count = max(2, math.ceil(2.0 * way_m[-1] / self._pixel_m))
        along_m = np.linspace(0.0, way_m[-1], count)
        row, column = self._cells(np.interp(along_m, way_m, x_m), np.interp(along_m, way_m, y_m))
        height, width = self.picture.shape[:2]
        is_inside = (row >= 0) & (row < height) & (column >= 0) & (column < width)
        mask = np.zeros((height, width), np.bool_)
        mask[row[is_inside], column[is_inside]] = True
        share = 1.0 - (1.0 - _TRACK_SHARE) * min(1.0, _TRACK_WIDTH_M / self._pixel_m)
        self.picture[mask] = (self.picture[mask] * share).astype(np.uint8)

    def draw_spot(self, place_m: tuple[float, float]) -> None:
        """Put a machine on the ground, at least a pixel large."""
        row, column = self._cells(np.array([place_m[0]]), np.array([place_m[1]]))
        half = int(_MACHINE_M / self._pixel_m / 2.0)
        rows = slice(max(0, int(row[0]) - half), max(0, int(row[0]) + half + 1))
        columns = slice(max(0, int(column[0]) - half), max(0, int(column[0]) + half + 1))
        self.picture[rows, columns] = _MACHINE_RGB

    def _cells(
        self, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
    ) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        height, width = self.picture.shape[:2]
        column = np.floor((x_m - self._middle_m[0]) / self._pixel_m + width / 2.0)
        row = np.floor((self._middle_m[1] - y_m) / self._pixel_m + height / 2.0)
        return row.astype(np.int64), column.astype(np.int64)


def picture_from_above(
    terrain: Terrain,
    area_m: float,
    centre_m: tuple[float, float],
    size_px: int,
    air: Air,
    tell: Callable[[int, int], None] | None = None,
) -> Picture:
    """Draw a square of ground, north up.

    Parameters
    ----------
    terrain : Terrain
        The ground.
    area_m : float
        Side of the square. [m]
    centre_m : tuple of float
        Its centre, east and north of the lander. [m]
    size_px : int
        Side of the picture. [px]
    air : Air
        Where the Sun stands, and the dust that its light comes through.
    tell : callable, optional
        Is told how many tiles of how many are done.

    Returns
    -------
    ndarray
        8-bit RGB, shape (size_px, size_px, 3), row 0 in the north.
    """
    level = level_for(area_m / size_px)
    cell_m = 2.0**level
    light = light_state(air.sun_elevation_rad, air.sun_azimuth_rad, air.tau, level)
    first = [math.floor((middle - area_m / 2.0) / cell_m) for middle in centre_m]
    count = math.ceil(area_m / cell_m) + 1
    nodes = _mosaic(terrain, light, (first[0], first[1]), count, tell)
    offset = [
        (middle - area_m / 2.0) / cell_m - i for middle, i in zip(centre_m, first, strict=True)
    ]
    scale = area_m / size_px / cell_m
    columns = averaging(size_px, count, offset[0], scale)
    # Rows of the picture run from north to south.
    rows = averaging(size_px, count, count - offset[1] - size_px * scale, scale)
    flat = np.einsum("rn,nmc->rmc", rows, nodes.astype(np.float32), optimize=True)
    shown = np.einsum("cm,rmk->rck", columns, flat, optimize=True)
    bytes_: Picture = np.clip(np.rint(shown), 0, 255).astype(np.uint8)
    return bytes_


def stretched(picture: Picture) -> Picture:
    """Return a picture with its tones spread over the range, as orbiters' pictures are published.

    Notes
    -----
    The same straight line for all colours, between the darkest and the brightest few thousandths;
    flat ground is not blown up beyond `_MOST_GAIN`.
    """
    luma = picture @ LUMA.astype(np.float32)
    low, middle, high = np.percentile(luma, (_CUT_PERCENT, 50.0, 100.0 - _CUT_PERCENT))
    gain = min((_BRIGHT - _DARK) / max(float(high - low), 1.0), _MOST_GAIN)
    centre = float(np.clip(_DARK + (middle - low) * gain, *_MIDDLE))
    wanted = np.clip((luma - middle) * gain + centre, _DARK / 2.0, 255.0)
    shown = picture * (wanted / np.maximum(luma, 1.0))[..., None]
    return np.asarray(np.clip(np.rint(shown), 0, 255).astype(np.uint8))


def level_for(pixel_m: float) -> int:
    """Return the coarsest ground level whose cells are no wider than a pixel."""
    return min(max(math.floor(math.log2(pixel_m) + 1e-9), FINEST_LEVEL), COARSEST_LEVEL)


def averaging(size: int, count: int, start: float, scale: float) -> NDArray[np.float32]:
    """Return weights that average `count` cells into `size` pixels `scale` cells wide [-]."""
    edge = start + np.arange(size + 1) * scale
    low, high = edge[:-1, None], edge[1:, None]
    cell = np.arange(count)[None, :]
    share = np.clip(np.minimum(high, cell + 1) - np.maximum(low, cell), 0.0, None)
    total = share.sum(axis=1, keepdims=True)
    return np.asarray(share / np.maximum(total, 1e-9), dtype=np.float32)


def _mosaic(
    terrain: Terrain,
    light: Light,
    first: tuple[int, int],
    count: int,
    tell: Callable[[int, int], None] | None,
) -> Picture:
    """Return lit tiles put together, shape (count, count, 3), row 0 in the north."""
    picture = np.empty((count, count, 3), np.uint8)
    done, tiles = 0, math.ceil(count / _TILE) ** 2
    for south in range(0, count, _TILE):
        for west in range(0, count, _TILE):
            ny, nx = min(_TILE, count - south), min(_TILE, count - west)
            fields = tile_fields(terrain, light.level, first[0] + west, first[1] + south, nx, ny)
            rows = slice(count - south - ny, count - south)
            picture[rows, west : west + nx] = unpack(relight(fields, light))
            done += 1
            if tell is not None:
                tell(done, tiles)
    return picture
