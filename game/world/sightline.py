"""What can be seen from where: horizon, line of sight, shadow of the Sun."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from game.world.survey import heights_m
from game.world.terrain import Terrain
from game.world.window import check_length, check_place, check_places, check_reach

Single = NDArray[np.float32]
Array = NDArray[np.float64]

# Mean radius of Mars [m]; Archinal et al. (2018), Celest. Mech. Dyn. Astr. 130, 22.
MARS_RADIUS_M = 3_389_500.0
# A horizon is looked up on rings: level of the ground, and out to which distance it serves [m].
_RINGS = ((-1, 48.0), (1, 200.0), (3, 800.0), (5, 6000.0))


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
    check_sun(sun_azimuth_rad, sun_elevation_rad, "shadow_depth_m")
    check_reach(cell_m, "shadow_depth_m: the distance of nodes")
    east, north = math.sin(sun_azimuth_rad), math.cos(sun_azimuth_rad)
    drop_m = cell_m * math.tan(sun_elevation_rad)
    if abs(east) > abs(north):
        return np.ascontiguousarray(_from_side(height_m.T, north, east, drop_m).T)
    return _from_side(height_m, east, north, drop_m)


def check_sun(azimuth_rad: float, elevation_rad: float, where: str) -> None:
    """Refuse a direction of the Sun that is none, and say where it came from."""
    if not (math.isfinite(azimuth_rad) and math.isfinite(elevation_rad)):
        raise ValueError(
            f"{where}: the direction of the Sun is finite, not ({azimuth_rad!r}, {elevation_rad!r})"
        )


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
    check_sun(sun_azimuth_rad, sun_elevation_rad, "is_lit")
    check_reach(cell_m, "is_lit: the distance of nodes")
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
        if not math.isfinite(azimuth_rad):
            raise ValueError(f"at_rad: an azimuth is finite, not {azimuth_rad!r}")
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
    check_length(eye_m, "horizon: the eye above the ground")
    return horizons(terrain, np.array([x_m]), np.array([y_m]), eye_m)[0]


def horizons(terrain: Terrain, x_m: Array, y_m: Array, eye_m: float) -> tuple[Horizon, ...]:
    """Find the horizons of many places, arrays of one axis; see `horizon`."""
    check_places(x_m, y_m, "horizons")
    check_length(eye_m, "horizons: the eye above the ground")
    azimuth_rad = np.radians(np.arange(360.0))
    # One place at a time: their rings are larger than what is saved by sharing them.
    found = [
        _horizon_rad(terrain, x_m[at : at + 1], y_m[at : at + 1], eye_m, azimuth_rad)
        for at in range(len(x_m))
    ]
    return tuple(Horizon(tuple(one[0].tolist())) for one in found)


def _horizon_rad(
    terrain: Terrain, x_m: Array, y_m: Array, eye_m: float, azimuth_rad: Array
) -> Array:
    """Return how high the ground stands over places, shape (places, directions) [rad]."""
    east, north = np.sin(azimuth_rad), np.cos(azimuth_rad)
    eye = (heights_m(terrain, -1, x_m, y_m) + eye_m)[:, None]
    best = np.full((len(x_m), len(azimuth_rad)), -math.pi / 2.0)
    inner_m = 1.0
    for level, outer_m in _RINGS:
        count = max(2, int((outer_m - inner_m) / 2.0**level))
        away_m = np.linspace(inner_m, outer_m, count)[:, None, None]
        x, y = x_m[:, None] + away_m * east, y_m[:, None] + away_m * north
        height_m = heights_m(terrain, level, x, y)
        height_m -= away_m * away_m / (2.0 * MARS_RADIUS_M)
        best = np.maximum(best, np.arctan(np.max((height_m - eye) / away_m, axis=0)))
        inner_m = outer_m
    return best


def lit_places(
    terrain: Terrain, x_m: Array, y_m: Array, sun_azimuth_rad: float, sun_elevation_rad: float
) -> NDArray[np.bool_]:
    """Return which places on the ground the Sun shines on, shape (places,).

    Parameters
    ----------
    terrain : Terrain
        The ground; rocks cast no shadow here.
    x_m, y_m : ndarray
        Places, one axis. [m]
    sun_azimuth_rad, sun_elevation_rad : float
        Direction of the Sun, clockwise from north; above the horizon. [rad]
    """
    check_places(x_m, y_m, "lit_places")
    check_sun(sun_azimuth_rad, sun_elevation_rad, "lit_places")
    if sun_elevation_rad <= 0.0:
        return np.zeros(len(x_m), np.bool_)
    high_rad = _horizon_rad(terrain, x_m, y_m, 0.0, np.array([sun_azimuth_rad]))
    return np.asarray(high_rad[:, 0] <= sun_elevation_rad)


def sees(
    terrain: Terrain, eye: tuple[float, float, float], target: tuple[float, float, float]
) -> bool:
    """Return whether one place sees another: (x, y, height above the ground) of both [m]."""
    _check_point(eye, "sees: the eye")
    _check_point(target, "sees: the target")
    return sees_each(terrain, eye, (target,))[0]


def _check_point(point: tuple[float, float, float], where: str) -> None:
    """Refuse an end of a line of sight that is no place, or at no height above it."""
    check_place(point[0], point[1], where)
    check_length(point[2], f"{where}: its height above the ground")


def sees_each(
    terrain: Terrain, eye: tuple[float, float, float], targets: Sequence[tuple[float, float, float]]
) -> tuple[bool, ...]:
    """Return whether one place sees each of some others: (x, y, height above ground) of all [m]."""
    _check_point(eye, "sees_each: the eye")
    for number, target in enumerate(targets):
        _check_point(target, f"sees_each: number {number} of the targets")
    lengths_m = [math.hypot(x - eye[0], y - eye[1]) for x, y, _ in targets]
    levels = [_level_for(length_m) for length_m in lengths_m]
    seen = [False] * len(targets)
    for level in sorted(set(levels)):
        chosen = [number for number, one in enumerate(levels) if one == level]
        counts = [max(3, math.ceil(lengths_m[at] / 2.0**level) + 1) for at in chosen]
        shares = [np.linspace(0.0, 1.0, count) for count in counts]
        lines = [(targets[at], share) for at, share in zip(chosen, shares, strict=True)]
        x_m = np.concatenate([eye[0] + share * (target[0] - eye[0]) for target, share in lines])
        y_m = np.concatenate([eye[1] + share * (target[1] - eye[1]) for target, share in lines])
        grounds_m = np.split(heights_m(terrain, level, x_m, y_m), np.cumsum(counts)[:-1])
        for at, share, ground_m in zip(chosen, shares, grounds_m, strict=True):
            seen[at] = _is_clear(ground_m, share, lengths_m[at], (eye[2], targets[at][2]))
    return tuple(seen)


def _level_for(length_m: float) -> int:
    return next((level for level, outer_m in _RINGS if length_m <= outer_m), _RINGS[-1][0])


def _is_clear(ground_m: Array, share: Array, length_m: float, above_m: tuple[float, float]) -> bool:
    """Return whether a ray between the ends of a line passes over the ground between them."""
    along_m = share * length_m
    ground_m = ground_m + along_m * (length_m - along_m) / (2.0 * MARS_RADIUS_M)
    start_m, end_m = ground_m[0] + above_m[0], ground_m[-1] + above_m[1]
    ray_m = start_m + share * (end_m - start_m)
    return bool(np.all(ground_m[1:-1] <= ray_m[1:-1]))
