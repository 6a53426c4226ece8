"""The skyline round a parked rover: when the ground itself takes the low Sun away.

A coarse sibling of `sightline.horizon`, cheap enough for every place at which a rover stops: two
small windows of ground, a near and a far one, each for all places of its neighbourhood (half a
millisecond a place, 3 to 6 ms for a new neighbourhood; larger windows cost 50 to 200 ms and moved
the skyline of the plain by a tenth of a degree).
"""

import math

import numpy as np
from numpy.typing import NDArray

from game.world.ground import Ground
from game.world.kept import kept_by_ground
from game.world.sightline import MARS_RADIUS_M, Horizon, check_sun
from game.world.terrain import Terrain
from game.world.window import Window, check_length, check_place

Array = NDArray[np.float64]
_PLACE_M = 8.0  # places are told apart by this much; a rover is itself three metres wide
_NEAR_PLACE_M, _FAR_PLACE_M = 96.0, 256.0  # windows of ground serve all places nearest to these
_DIRECTIONS = 40
# Windows (level, nodes a side), and distances that grow by a constant ratio: an angle matters [m].
_NEAR, _NEAR_M = (2, 64), np.geomspace(4.0, 60.0, 10)
_FAR, _FAR_M = (5, 64), np.geomspace(80.0, 860.0, 10)
_AZIMUTH_RAD = np.arange(_DIRECTIONS) * (2.0 * np.pi / _DIRECTIONS)
# The Sun's disc from Mars is 0.35 degrees wide; it goes behind a ridge by and by [rad].
SUN_WIDTH_RAD = math.radians(0.35)


def skyline(terrain: Terrain, x_m: float, y_m: float, eye_m: float) -> Horizon:
    """Return the skyline near a place; the same object for places close together.

    Parameters
    ----------
    x_m, y_m : float
        Where. [m]
    eye_m : float
        What looks, above the ground. [m]
    """
    check_place(x_m, y_m, "skyline")
    check_length(eye_m, "skyline: the eye above the ground")
    return _skyline(terrain, round(x_m / _PLACE_M), round(y_m / _PLACE_M), eye_m)


def sunlit_frac(line: Horizon, azimuth_rad: float, elevation_rad: float) -> float:
    """Return the share of the Sun's disc above a skyline, taken as a straight edge [-]."""
    check_sun(azimuth_rad, elevation_rad, "sunlit_frac")
    above = (elevation_rad - line.at_rad(azimuth_rad)) / SUN_WIDTH_RAD + 0.5
    return min(1.0, max(0.0, above))


@kept_by_ground(1024)
def _skyline(terrain: Terrain, column: int, row: int, eye_m: float) -> Horizon:
    x_m, y_m = column * _PLACE_M, row * _PLACE_M
    near = _near(terrain, round(x_m / _NEAR_PLACE_M), round(y_m / _NEAR_PLACE_M))
    far = _far(terrain, round(x_m / _FAR_PLACE_M), round(y_m / _FAR_PLACE_M))
    eye = float(_heights_m(near, np.array([x_m]), np.array([y_m]))[0]) + eye_m
    best = np.full(_DIRECTIONS, -math.pi / 2.0)
    for ground, distances in ((near, _NEAR_M), (far, _FAR_M)):
        along = distances[:, None]
        height_m = _heights_m(
            ground, x_m + along * np.sin(_AZIMUTH_RAD), y_m + along * np.cos(_AZIMUTH_RAD)
        )
        height_m -= along * along / (2.0 * MARS_RADIUS_M)
        best = np.maximum(best, np.arctan(np.max((height_m - eye) / along, axis=0)))
    degrees = np.interp(np.arange(360.0), np.degrees(_AZIMUTH_RAD), best, period=360.0)
    return Horizon(tuple(degrees.tolist()))


@kept_by_ground(64)
def _near(terrain: Terrain, column: int, row: int) -> Ground:
    """Return one window for many places: it costs no more than one for a single place."""
    return _around(terrain, _NEAR, column * _NEAR_PLACE_M, row * _NEAR_PLACE_M)


@kept_by_ground(64)
def _far(terrain: Terrain, column: int, row: int) -> Ground:
    return _around(terrain, _FAR, column * _FAR_PLACE_M, row * _FAR_PLACE_M)


def _around(terrain: Terrain, size: tuple[int, int], x_m: float, y_m: float) -> Ground:
    level, nodes = size
    cell_m = 2.0**level
    corner = (round(x_m / cell_m) - nodes // 2, round(y_m / cell_m) - nodes // 2)
    return terrain.window(Window(level, *corner, nodes, nodes))


def _heights_m(ground: Ground, x_m: Array, y_m: Array) -> Array:
    """Return heights within a window, straight between nodes [m]."""
    window = ground.window
    column = x_m / window.cell_m() - window.i0
    row = y_m / window.cell_m() - window.j0
    i = np.clip(column.astype(np.int64), 0, window.nx - 2)
    j = np.clip(row.astype(np.int64), 0, window.ny - 2)
    east, north = column - i, row - j
    z = ground.height_m
    south = z[j, i] * (1.0 - east) + z[j, i + 1] * east
    above = z[j + 1, i] * (1.0 - east) + z[j + 1, i + 1] * east
    return np.asarray(south * (1.0 - north) + above * north, dtype=np.float64)
