"""Hills that hide the sky: the horizon around a place, where it is higher than a given angle.

Use: `skyline_rad(terrain, place, eye_m, least_rad)`: empty over open ground, which is nearly
everywhere; else heights all round. Kept per square of some metres, so that a rover that stands or
creeps asks for it once.
"""

import math

import numpy as np
from numpy.typing import NDArray

from game.world.kept import kept_by_ground
from game.world.survey import heights_m
from game.world.terrain import Terrain
from game.world.window import check_length, check_place

SQUARE_M = 4.0  # a place is known to this; the answer is that of the middle of its square
DIRECTIONS = 72

# Rings around a place: level of the ground, and out to which distance it serves [m]. A hill beyond
# would have to be 170 m high to stand ten degrees over the plain. Windows of more than some 65
# nodes a side cost many times more than smaller ones, hence so many rings.
_RINGS = ((0, 30.0), (1, 60.0), (2, 120.0), (3, 240.0), (4, 480.0), (5, 960.0))
# Whole blocks of ground are first looked at roughly; most hold nothing that could matter.
_BLOCK_M, _NEAR_M, _SLACK_RAD, _ROUGH_DIRECTIONS = 64.0, 96.0, math.radians(2.0), 32
_NEAR_LEVEL, _FAR_LEVEL = 2, 5
_FAR_BLOCKS = 8  # blocks a side that share one window of far ground

Array = NDArray[np.float64]


def skyline_rad(
    terrain: Terrain, place: tuple[float, float], eye_m: float, least_rad: float
) -> tuple[float, ...]:
    """Return the horizon around a place, or nothing if no hill stands higher than an angle.

    Parameters
    ----------
    terrain : Terrain
        The ground; rocks are not counted.
    place : tuple of float
        East and north of the landing point. [m]
    eye_m : float
        Eye, or antenna, above the ground. [m]
    least_rad : float
        Hills below this angle do not matter. [rad]

    Returns
    -------
    tuple of float
        Elevation at evenly spaced azimuths, clockwise from north; empty over open ground. [rad]
    """
    check_place(*place, "skyline_rad")
    _check_look(eye_m, least_rad, "skyline_rad")
    return skyline_of_square(terrain, square_of(*place), eye_m, least_rad)


def square_of(x_m: float, y_m: float) -> tuple[int, int]:
    """Return the square that a place lies in: all places of a square have one horizon."""
    check_place(x_m, y_m, "square_of")
    return math.floor(x_m / SQUARE_M), math.floor(y_m / SQUARE_M)


def skyline_of_square(
    terrain: Terrain, square: tuple[int, int], eye_m: float, least_rad: float
) -> tuple[float, ...]:
    """Return `skyline_rad` for a square."""
    check_place(square[0] * SQUARE_M, square[1] * SQUARE_M, "skyline_of_square")
    _check_look(eye_m, least_rad, "skyline_of_square")
    return _of_square(terrain, *square, eye_m, least_rad)


def _check_look(eye_m: float, least_rad: float, where: str) -> None:
    check_length(eye_m, f"{where}: the eye above the ground")
    if not math.isfinite(least_rad):
        raise ValueError(f"{where}: the least angle is finite, not {least_rad!r}")


@kept_by_ground(512)
def _of_square(
    terrain: Terrain, east: int, north: int, eye_m: float, least_rad: float
) -> tuple[float, ...]:
    x_m, y_m = (east + 0.5) * SQUARE_M, (north + 0.5) * SQUARE_M
    block = math.floor(x_m / _BLOCK_M), math.floor(y_m / _BLOCK_M)
    if not _may_be_walled(terrain, block, eye_m, least_rad):
        return ()
    found = _looked_round(terrain, x_m, y_m, eye_m)
    return tuple(found.tolist()) if found.max() > least_rad else ()


def _looked_round(terrain: Terrain, x_m: float, y_m: float, eye_m: float) -> Array:
    """Return the highest angle in every direction [rad]."""
    azimuth_rad = np.arange(DIRECTIONS) * (math.tau / DIRECTIONS)
    east, north = np.sin(azimuth_rad), np.cos(azimuth_rad)
    here = heights_m(terrain, _RINGS[0][0], np.array([x_m]), np.array([y_m]))
    eye = float(here[0]) + eye_m
    best = np.full(DIRECTIONS, -math.pi / 2.0)
    inner_m = 2.0
    for level, outer_m in _RINGS:
        away_m = np.arange(inner_m, outer_m + 1.0, 2.0**level)[:, None]
        ground_m = heights_m(terrain, level, x_m + away_m * east, y_m + away_m * north)
        best = np.maximum(best, np.arctan(np.max((ground_m - eye) / away_m, axis=0)))
        inner_m = outer_m
    return np.asarray(best)


@kept_by_ground(256)
def _may_be_walled(
    terrain: Terrain, block: tuple[int, int], eye_m: float, least_rad: float
) -> bool:
    """Say whether a hill might stand high over any place of a block; rough, but never too hopeful.

    The ground of the block is compared with that around it along some directions, with two
    degrees in hand; what lies farther away, with the block's lowest place.
    """
    rise = math.tan(max(least_rad - _SLACK_RAD, 0.0))
    cell_m = 2.0**_NEAR_LEVEL
    size, reach = round(_BLOCK_M / cell_m) + 1, round(_NEAR_M / cell_m)
    first = block[0] * (size - 1) - reach, block[1] * (size - 1) - reach
    wide = size + 2 * reach
    near_m = terrain.ground(_NEAR_LEVEL, *first, wide, wide).height_m
    inside_m = near_m[reach : reach + size, reach : reach + size]
    # Farther off than all the relief there is can rise over the angle, there is nothing to look at.
    relief_m = float(near_m.max() - inside_m.min()) - eye_m
    last = min(reach, math.ceil(relief_m / (rise * cell_m))) if rise > 0.0 else reach
    low_m = float(inside_m.min())
    for away in range(1, last + 1):
        over_m = eye_m + rise * away * cell_m
        ring = slice(reach - away, reach + size + away)
        if float(near_m[ring, ring].max()) - low_m <= over_m:
            continue  # nothing so far away stands high enough over anything
        for turn in range(_ROUGH_DIRECTIONS):
            angle = math.tau * turn / _ROUGH_DIRECTIONS
            i, j = reach + round(away * math.sin(angle)), reach + round(away * math.cos(angle))
            beyond_m = near_m[j : j + size, i : i + size]
            if np.max(beyond_m - inside_m) > over_m:
                return True
    return _is_walled_afar(terrain, block, float(inside_m.min()) + eye_m, rise)


def _is_walled_afar(terrain: Terrain, block: tuple[int, int], low_m: float, rise: float) -> bool:
    reach_m, cell_m = _RINGS[-1][1], 2.0**_FAR_LEVEL
    count = round((2.0 * reach_m + _BLOCK_M) / cell_m) + 1
    first = [round((at * _BLOCK_M - reach_m) / cell_m) for at in block]
    corner, wide_m = _far_heights_m(terrain, block[0] // _FAR_BLOCKS, block[1] // _FAR_BLOCKS)
    i, j = first[0] - corner[0], first[1] - corner[1]
    ground_m = wide_m[j : j + count, i : i + count]
    along = [
        (start + np.arange(count)) * cell_m - (at + 0.5) * _BLOCK_M
        for start, at in zip(first, block, strict=True)
    ]
    away_m = np.hypot(along[0][None, :], along[1][:, None]) - _BLOCK_M * math.sqrt(0.5)
    is_far = away_m > _NEAR_M - _BLOCK_M
    return bool(np.any(is_far & (ground_m - low_m > rise * np.maximum(away_m, 0.0))))


@kept_by_ground(64)
def _far_heights_m(terrain: Terrain, east: int, north: int) -> tuple[tuple[int, int], Array]:
    """Return first column and row, and heights, of far ground that serves many blocks [m]."""
    reach_m, cell_m = _RINGS[-1][1], 2.0**_FAR_LEVEL
    count = round((2.0 * reach_m + _FAR_BLOCKS * _BLOCK_M) / cell_m) + 1
    i, j = (round((at * _FAR_BLOCKS * _BLOCK_M - reach_m) / cell_m) for at in (east, north))
    return (i, j), np.asarray(terrain.ground(_FAR_LEVEL, i, j, count, count).height_m)
