"""Questions about the shape of the ground: heights of many places, slope, normal, roughness."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

import numpy as np
from numpy.typing import NDArray

from game.world.ground import Ground
from game.world.patch import Patch
from game.world.rocks import Rocks
from game.world.scatter import Group, gathered
from game.world.terrain import Terrain
from game.world.window import check_length, check_place, check_places, check_reach

Array = NDArray[np.float64]
# Feet spread less than this, in squares of their distances, stand in a row.
_IN_A_ROW = 1e-12
_FEWEST_FEET = 3


@dataclass(frozen=True, slots=True)
class Footprint:
    """How something with several feet stands on the ground.

    Attributes
    ----------
    height_m : float
        Mean height of the plane under the feet. [m]
    east, north : float
        Rise of the plane per metre eastwards and northwards. [-]
    roughness_m : float
        Root mean square distance of the feet from the plane. [m]
    """

    height_m: float
    east: float
    north: float
    roughness_m: float

    def tilt_rad(self) -> float:
        """Return the angle between the plane and the horizontal [rad]."""
        return math.atan(math.hypot(self.east, self.north))


def heights_m(terrain: Terrain, level: int, x_m: Array, y_m: Array) -> Array:
    """Return heights of scattered places, straight between nodes [m].

    Parameters
    ----------
    terrain : Terrain
        The ground.
    level : int
        Level whose nodes are used. [-]
    x_m, y_m : ndarray
        Places, equal shapes. [m]
    """
    return _heights_m(terrain, level, (x_m, y_m), "heights_m")


def _heights_m(terrain: Terrain, level: int, places_m: tuple[Array, Array], where: str) -> Array:
    """Return `heights_m`; a place that is none is told in the name of who asked [m]."""
    return gathered((level, *places_m), terrain.window, _height_between, where)


def slopes_at(terrain: Terrain, level: int, x_m: Array, y_m: Array) -> tuple[Array, Array]:
    """Return rises per metre eastwards and northwards at scattered places, equal shapes [-]."""
    return _slopes_at(terrain, level, (x_m, y_m), "slopes_at")


def _slopes_at(
    terrain: Terrain, level: int, places_m: tuple[Array, Array], where: str
) -> tuple[Array, Array]:
    """Return `slopes_at`; a place that is none is told in the name of who asked [-]."""
    east, north = gathered((level, *places_m), terrain.window, _slopes_between, where)
    return east, north


def normals_at(terrain: Terrain, level: int, x_m: Array, y_m: Array) -> Array:
    """Return unit vectors (east, north, up) at scattered places, along a last axis [-]."""
    return _upright(*_slopes_at(terrain, level, (x_m, y_m), "normals_at"))


def soils_at(terrain: Terrain, level: int, x_m: Array, y_m: Array) -> NDArray[np.uint8]:
    """Return `Soil` numbers of the nodes nearest to scattered places, equal shapes."""

    def classes(group: Group, ground: Ground) -> NDArray[np.uint8]:
        return np.asarray(group.nearest(terrain.soil_of(ground)))

    return gathered((level, x_m, y_m), terrain.window, classes, "soils_at").astype(np.uint8)


def _height_between(group: Group, ground: Ground) -> Array:
    return group.between(ground.height_m)


def _slopes_between(group: Group, ground: Ground) -> Array:
    return np.stack(group.slopes(ground.height_m))


def slopes(ground: Ground) -> tuple[Array, Array]:
    """Return the rise per metre eastwards and northwards at every node, shape (ny, nx) [-]."""
    north, east = np.gradient(ground.height_m.astype(np.float64), ground.window.cell_m())
    return np.asarray(east), np.asarray(north)


def normals(ground: Ground) -> Array:
    """Return unit vectors (east, north, up) across the ground, shape (ny, nx, 3) [-]."""
    return _upright(*slopes(ground))


def normal(patch: Patch, x_m: float, y_m: float) -> tuple[float, float, float]:
    """Return the unit vector (east, north, up) across the ground at one place [-]."""
    check_place(x_m, y_m, "normal")
    east, north = patch.slope(x_m, y_m)
    length = math.sqrt(1.0 + east * east + north * north)
    return -east / length, -north / length, 1.0 / length


def _upright(east: Array, north: Array) -> Array:
    vectors = np.stack([-east, -north, np.ones_like(east)], axis=-1)
    return np.asarray(vectors / np.linalg.norm(vectors, axis=-1, keepdims=True))


def footprint(patch: Patch, feet_m: Sequence[tuple[float, float]]) -> Footprint:
    """Fit a plane to the ground under some feet, such as six wheels.

    Parameters
    ----------
    patch : Patch
        The ground.
    feet_m : sequence of tuple of float
        East and north of each foot; at least three that do not stand in a row. [m]

    Raises
    ------
    ValueError
        If the feet stand in a row, or one of them nowhere.

    Notes
    -----
    Least squares by the two normal equations about the mean.
    """
    count = len(feet_m)
    if count < _FEWEST_FEET:
        raise ValueError(f"footprint: a plane needs three feet, not {count}")
    for number, (x, y) in enumerate(feet_m):
        check_place(x, y, f"footprint: foot {number}")
    heights = [patch.height_m(x, y) for x, y in feet_m]
    x0, y0 = fsum(x for x, _ in feet_m) / count, fsum(y for _, y in feet_m) / count
    z0 = fsum(heights) / count
    rows = [(x - x0, y - y0, z - z0) for (x, y), z in zip(feet_m, heights, strict=True)]
    xx, yy = fsum(x * x for x, _, _ in rows), fsum(y * y for _, y, _ in rows)
    xy = fsum(x * y for x, y, _ in rows)
    xz, yz = fsum(x * z for x, _, z in rows), fsum(y * z for _, y, z in rows)
    determinant = xx * yy - xy * xy
    if determinant <= _IN_A_ROW * (xx + yy) ** 2:
        raise ValueError("footprint: the feet stand in a row")
    east, north = (xz * yy - yz * xy) / determinant, (yz * xx - xz * xy) / determinant
    rest = fsum((z - east * x - north * y) ** 2 for x, y, z in rows)
    return Footprint(z0, east, north, math.sqrt(rest / count))


def footprints(
    terrain: Terrain, level: int, x_m: Array, y_m: Array
) -> tuple[Array, Array, Array, Array]:
    """Fit planes to the ground under many sets of feet.

    Parameters
    ----------
    terrain : Terrain
        The ground.
    level : int
        Level whose nodes are used. [-]
    x_m, y_m : ndarray
        Places of the feet, shape (sets, feet). [m]

    Returns
    -------
    tuple of ndarray
        Height [m], rises eastwards and northwards [-] and roughness [m] as in `Footprint`,
        shape (sets,).

    Raises
    ------
    ValueError
        If the feet of a set stand in a row.
    """
    if x_m.ndim != 2 or x_m.shape[1] < _FEWEST_FEET:
        raise ValueError(f"footprints: sets of three feet or more, not shape {x_m.shape}")
    return _footprints(terrain, level, (x_m, y_m), "footprints")


def _footprints(
    terrain: Terrain, level: int, feet_m: tuple[Array, Array], where: str
) -> tuple[Array, Array, Array, Array]:
    """Return `footprints`; what is wrong is told in the name of who asked."""
    x_m, y_m = feet_m
    z = _heights_m(terrain, level, feet_m, where)
    z0 = z.mean(axis=1)
    x, y, z = (one - one.mean(axis=1, keepdims=True) for one in (x_m, y_m, z))
    xx, yy, xy = (x * x).sum(axis=1), (y * y).sum(axis=1), (x * y).sum(axis=1)
    xz, yz = (x * z).sum(axis=1), (y * z).sum(axis=1)
    determinant = xx * yy - xy * xy
    in_row = determinant <= _IN_A_ROW * (xx + yy) ** 2
    if in_row.any():
        raise ValueError(f"{where}: the feet of set {int(np.argmax(in_row))} stand in a row")
    east, north = (xz * yy - yz * xy) / determinant, (yz * xx - xz * xy) / determinant
    rest = z - east[:, None] * x - north[:, None] * y
    return z0, east, north, np.sqrt((rest * rest).mean(axis=1))


def roughness_m(patch: Patch, x_m: float, y_m: float, half_m: float) -> float:
    """Return the RMS distance from a plane of 25 points in a square about a place [m]."""
    check_place(x_m, y_m, "roughness_m")
    check_reach(half_m, "roughness_m: half the side of the square")
    steps = [half_m * (k / 2.0 - 1.0) for k in range(5)]
    return footprint(patch, [(x_m + dx, y_m + dy) for dy in steps for dx in steps]).roughness_m


def roughnesses_m(terrain: Terrain, level: int, x_m: Array, y_m: Array, half_m: float) -> Array:
    """Return `roughness_m` of many places, shape (places,) [m]."""
    check_places(x_m, y_m, "roughnesses_m")
    check_reach(half_m, "roughnesses_m: half the side of the square")
    steps_m = half_m * np.linspace(-1.0, 1.0, 5)
    east, north = (one.ravel() for one in np.meshgrid(steps_m, steps_m))
    feet_m = (x_m[:, None] + east, y_m[:, None] + north)
    return _footprints(terrain, level, feet_m, "roughnesses_m")[3]


def rocks_near(
    terrain: Terrain, x_m: float, y_m: float, radius_m: float, smallest_m: float
) -> Rocks:
    """Return rocks of a size and more whose centres lie within a radius [m], nearest first."""
    check_place(x_m, y_m, "rocks_near")
    _check_sizes(radius_m, smallest_m, "rocks_near")
    return _rocks_near(terrain, (x_m, y_m), radius_m, smallest_m)


def _rocks_near(
    terrain: Terrain, place_m: tuple[float, float], radius_m: float, smallest_m: float
) -> Rocks:
    x_m, y_m = place_m
    rocks = terrain.rocks_in(
        x_m - radius_m, y_m - radius_m, x_m + radius_m, y_m + radius_m, smallest_m
    )
    away_m = np.hypot(rocks.x_m - x_m, rocks.y_m - y_m)
    near = np.flatnonzero(away_m <= radius_m)
    return rocks.taken(near[np.argsort(away_m[near], kind="stable")])


def rocks_near_each(
    terrain: Terrain, x_m: Array, y_m: Array, radius_m: float, smallest_m: float
) -> tuple[Rocks, ...]:
    """Return `rocks_near` of many places, one list a place."""
    check_places(x_m, y_m, "rocks_near_each")
    _check_sizes(radius_m, smallest_m, "rocks_near_each")
    pairs = zip(x_m.tolist(), y_m.tolist(), strict=True)
    return tuple(_rocks_near(terrain, pair, radius_m, smallest_m) for pair in pairs)


def _check_sizes(radius_m: float, smallest_m: float, where: str) -> None:
    check_reach(radius_m, f"{where}: the radius")
    check_length(smallest_m, f"{where}: the smallest diameter")
