"""What can be seen from where: horizon, line of sight, shadow of the Sun."""

import math

import numpy as np
from numpy.typing import NDArray

from game.world.survey import heights_m
from game.world.terrain import Terrain
from game.world.window import Window, check_place

Single = NDArray[np.float32]
Array = NDArray[np.float64]

# Mean radius of Mars [m]; Archinal et al. (2018), Celest. Mech. Dyn. Astr. 130, 22.
MARS_RADIUS_M = 3_389_500.0
# A horizon is looked up on rings: level of the ground, and out to which distance it serves [m].
_RINGS = ((-1, 48.0), (1, 200.0), (3, 800.0), (5, 6000.0))

# A shadow of ground this high is looked for beyond a window, in at most so many cells.
_TALLEST_M, _LARGEST_MARGIN = 12.0, 512


def shadow_depth_m(
    height_m: Single, cell_m: float, sun_azimuth_rad: float, sun_elevation_rad: float
) -> Single:
    """Depth of every node below the edge of the shadow that lies on it.

    Parameters
    ----------
    height_m : ndarray
        Heights, row 0 south, shape (ny, nx). [m]
    cell_m : float
        Distance of nodes. [m]
    sun_azimuth_rad, sun_elevation_rad : float
        Direction of the Sun, clockwise from north; above the horizon. [rad]

    Returns
    -------
    ndarray
        0 in the light, float32, shape (ny, nx). [m]

    Notes
    -----
    One sweep away from the Sun, row by row: the light's edge sinks by the tangent of the
    elevation and moves sideways by a constant share of a cell. Exact for any shadow length;
    ground outside the window casts none.
    """
    east, north = math.sin(sun_azimuth_rad), math.cos(sun_azimuth_rad)
    drop_m = cell_m * math.tan(sun_elevation_rad)
    if abs(east) > abs(north):
        return np.ascontiguousarray(_from_side(height_m.T, north, east, drop_m).T)
    return _from_side(height_m, east, north, drop_m)


def _from_side(z: Single, across: float, towards: float, drop_m: float) -> Single:
    """Sweep rows from the side on which the Sun stands [m]."""
    if towards > 0.0:
        return np.ascontiguousarray(_swept(z[::-1], -across / towards, drop_m)[::-1])
    return _swept(z, across / towards, drop_m)


def _swept(z: Single, drift: float, drop_m: float) -> Single:
    """Sweep from row 0, where the Sun stands; the light moves `drift` columns a row [m]."""
    drop = np.float32(math.hypot(1.0, drift) * drop_m)
    whole = math.floor(drift)
    share = np.float32(drift - whole)
    columns = z.shape[1]
    near = np.clip(np.arange(columns) - whole, 0, columns - 1)
    far = np.clip(near - 1, 0, None)
    edge = z[0].astype(np.float32)
    depth = np.zeros(z.shape, np.float32)
    for row in range(1, len(z)):
        edge = edge[near] * (np.float32(1.0) - share) + edge[far] * share - drop
        np.maximum(edge, z[row], out=edge)
        np.subtract(edge, z[row], out=depth[row])
    return depth


def is_lit(
    height_m: Single, cell_m: float, sun_azimuth_rad: float, sun_elevation_rad: float
) -> NDArray[np.bool_]:
    """Return which nodes the Sun shines on, shape (ny, nx); the whole window is dark at night."""
    if sun_elevation_rad <= 0.0:
        return np.zeros(height_m.shape, np.bool_)
    return shadow_depth_m(height_m, cell_m, sun_azimuth_rad, sun_elevation_rad) <= 0.0


class Horizon:
    """Height of the horizon all round one place.

    Attributes
    ----------
    elevation_rad : tuple of float
        One number a degree of azimuth, clockwise from north. [rad]
    """

    __slots__ = ("elevation_rad",)

    def __init__(self, elevation_rad: tuple[float, ...]) -> None:
        self.elevation_rad = elevation_rad

    def at_rad(self, azimuth_rad: float) -> float:
        """Return the horizon in a direction, straight between degrees [rad]."""
        turn = math.degrees(azimuth_rad) % 360.0
        first = int(turn)
        low = self.elevation_rad[first % 360]
        return low + (turn - first) * (self.elevation_rad[(first + 1) % 360] - low)


def horizon(terrain: Terrain, x_m: float, y_m: float, eye_m: float) -> Horizon:
    """Find the horizon in 360 directions from a place, out to six kilometres.

    Parameters
    ----------
    terrain : Terrain
        The ground.
    x_m, y_m : float
        Where. [m]
    eye_m : float
        Eye above the ground. [m]

    Returns
    -------
    Horizon
        The planet's curve is counted; rocks are not.
    """
    check_place(x_m, y_m, "horizon")
    azimuth_rad = np.radians(np.arange(360.0))
    east, north = np.sin(azimuth_rad), np.cos(azimuth_rad)
    eye = terrain.height_m(x_m, y_m, -1) + eye_m
    best = np.full(360, -math.pi / 2.0)
    inner_m = 1.0
    for level, outer_m in _RINGS:
        cell_m = 2.0**level
        count = max(2, int((outer_m - inner_m) / cell_m))
        distance_m = np.linspace(inner_m, outer_m, count)[:, None]
        height_m = heights_m(terrain, level, x_m + distance_m * east, y_m + distance_m * north)
        height_m -= distance_m * distance_m / (2.0 * MARS_RADIUS_M)
        rise = np.max((height_m - eye) / distance_m, axis=0)
        best = np.maximum(best, np.arctan(rise))
        inner_m = outer_m
    return Horizon(tuple(float(angle) for angle in best))


def lit_area(
    terrain: Terrain, window: Window, sun_azimuth_rad: float, sun_elevation_rad: float
) -> NDArray[np.bool_]:
    """Return which nodes of a window the Sun shines on, with the shadows that fall into it.

    Parameters
    ----------
    terrain : Terrain
        The ground; rocks cast no shadow here.
    window : Window
        Where.
    sun_azimuth_rad, sun_elevation_rad : float
        Direction of the Sun, clockwise from north; above the horizon. [rad]

    Returns
    -------
    ndarray
        Shape (ny, nx), bool.
    """
    if sun_elevation_rad <= 0.0:
        return np.zeros((window.ny, window.nx), np.bool_)
    reach_m = _TALLEST_M / math.tan(sun_elevation_rad)
    margin = min(_LARGEST_MARGIN, math.ceil(reach_m / window.cell_m()))
    nx, ny = window.nx + 2 * margin, window.ny + 2 * margin
    ground = terrain.ground(window.level, window.i0 - margin, window.j0 - margin, nx, ny)
    lit = is_lit(ground.height_m, window.cell_m(), sun_azimuth_rad, sun_elevation_rad)
    return lit[margin : margin + window.ny, margin : margin + window.nx]


def sees(
    terrain: Terrain, eye: tuple[float, float, float], target: tuple[float, float, float]
) -> bool:
    """Return whether one place sees another: (x, y, height above the ground) of both [m]."""
    check_place(eye[0], eye[1], "line of sight")
    check_place(target[0], target[1], "line of sight")
    length_m = math.hypot(target[0] - eye[0], target[1] - eye[1])
    level = next((level for level, outer_m in _RINGS if length_m <= outer_m), _RINGS[-1][0])
    count = max(3, math.ceil(length_m / 2.0**level) + 1)
    share = np.linspace(0.0, 1.0, count)
    x_m, y_m = eye[0] + share * (target[0] - eye[0]), eye[1] + share * (target[1] - eye[1])
    ground_m = heights_m(terrain, level, x_m, y_m)
    along_m = share * length_m
    ground_m += along_m * (length_m - along_m) / (2.0 * MARS_RADIUS_M)
    start_m, end_m = ground_m[0] + eye[2], ground_m[-1] + target[2]
    ray_m = start_m + share * (end_m - start_m)
    return bool(np.all(ground_m[1:-1] <= ray_m[1:-1]))
