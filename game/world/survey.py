"""Questions about the shape of the ground: heights of many places, slope, normal, roughness."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.world.ground import Ground
from game.world.patch import Patch
from game.world.rocks import Rocks
from game.world.terrain import Terrain
from game.world.window import check_place

Array = NDArray[np.float64]


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
    """Return heights of scattered places that lie near each other, straight between nodes [m].

    Parameters
    ----------
    terrain : Terrain
        The ground.
    level : int
        Level whose nodes are used. [-]
    x_m, y_m : ndarray
        Places, equal shapes. [m]
    """
    if not (np.isfinite(x_m).all() and np.isfinite(y_m).all()):
        raise ValueError("heights_m: a coordinate is not a finite number")
    cell_m = 2.0**level
    u, v = x_m / cell_m, y_m / cell_m
    i, j = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    fu, fv = u - i, v - j
    i0, j0 = int(i.min()), int(j.min())
    i, j = i - i0, j - j0
    ground = terrain.ground(level, i0, j0, int(i.max()) + 2, int(j.max()) + 2)
    z = ground.height_m.astype(np.float64)
    low = z[j, i] * (1.0 - fu) + z[j, i + 1] * fu
    high = z[j + 1, i] * (1.0 - fu) + z[j + 1, i + 1] * fu
    return np.asarray(low * (1.0 - fv) + high * fv)


def slopes(ground: Ground) -> tuple[Array, Array]:
    """Return the rise per metre eastwards and northwards at every node, shape (ny, nx) [-]."""
    north, east = np.gradient(ground.height_m.astype(np.float64), ground.window.cell_m())
    return np.asarray(east), np.asarray(north)


def normals(ground: Ground) -> Array:
    """Return unit vectors (east, north, up) across the ground, shape (ny, nx, 3) [-]."""
    east, north = slopes(ground)
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
        If the feet stand in a row.

    Notes
    -----
    Least squares by the two normal equations about the mean.
    """
    count = len(feet_m)
    heights = [patch.height_m(x, y) for x, y in feet_m]
    x0, y0 = sum(x for x, _ in feet_m) / count, sum(y for _, y in feet_m) / count
    z0 = sum(heights) / count
    rows = [(x - x0, y - y0, z - z0) for (x, y), z in zip(feet_m, heights, strict=True)]
    xx, yy = sum(x * x for x, _, _ in rows), sum(y * y for _, y, _ in rows)
    xy = sum(x * y for x, y, _ in rows)
    xz, yz = sum(x * z for x, _, z in rows), sum(y * z for _, y, z in rows)
    determinant = xx * yy - xy * xy
    if determinant <= 1e-12 * (xx + yy) ** 2:
        raise ValueError("footprint: the feet stand in a row")
    east, north = (xz * yy - yz * xy) / determinant, (yz * xx - xz * xy) / determinant
    rest = sum((z - east * x - north * y) ** 2 for x, y, z in rows)
    return Footprint(z0, east, north, math.sqrt(rest / count))


def roughness_m(patch: Patch, x_m: float, y_m: float, half_m: float) -> float:
    """Return the RMS distance from a plane of 25 points in a square about a place [m]."""
    check_place(x_m, y_m, "roughness")
    steps = [half_m * (k / 2.0 - 1.0) for k in range(5)]
    return footprint(patch, [(x_m + dx, y_m + dy) for dy in steps for dx in steps]).roughness_m


def rocks_near(
    terrain: Terrain, x_m: float, y_m: float, radius_m: float, smallest_m: float
) -> Rocks:
    """Return rocks of a size and more whose centres lie within a radius [m], nearest first."""
    check_place(x_m, y_m, "rocks_near")
    rocks = terrain.rocks_in(
        x_m - radius_m, y_m - radius_m, x_m + radius_m, y_m + radius_m, smallest_m
    )
    away_m = np.hypot(rocks.x_m - x_m, rocks.y_m - y_m)
    near = np.flatnonzero(away_m <= radius_m)
    return rocks.taken(near[np.argsort(away_m[near], kind="stable")])
