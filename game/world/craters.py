"""Which craters there are: sizes, places and ages, drawn square by square."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream
from game.world.landform_specs import CraterSpec
from game.world.lattice import hashed_rows, lattice_key
from game.world.spec import SiteGround, TerrainSpec

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]

# Breaks of the size law: Ivanov (2001), Space Sci. Rev. 96, 87, with infill of 0.03 m/Myr.
_BREAK_M, _UPPER_BREAK_M = 200.0, 1000.0
_KM2_M2 = 1.0e6


@dataclass(frozen=True, slots=True, eq=False)
class Craters:
    """Craters as equal-length arrays, oldest first; read-only.

    Attributes
    ----------
    x_m, y_m : ndarray
        Centres, float64. [m]
    diameter_m : ndarray
        Rim to rim. [m]
    depth_ratio : ndarray
        Depth over diameter as it is now. [-]
    age_frac : ndarray
        0 young, 1 old. [-]
    phase : ndarray
        A number of its own, 0 to 1: outline, fill, streak. [-]
    """

    x_m: Array
    y_m: Array
    diameter_m: Array
    depth_ratio: Array
    age_frac: Array
    phase: Array

    def __len__(self) -> int:
        return len(self.x_m)

    def taken(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "Craters":
        """Return some of them, by mask or by index."""
        return crater_table([getattr(self, field.name)[which] for field in fields(self)])


def crater_table(columns: Sequence[Array]) -> Craters:
    """Return craters from their six columns, made read-only."""
    for column in columns:
        column.flags.writeable = False
    return Craters(*columns)


def joined(parts: Sequence[Craters]) -> Craters:
    """Return several lists as one, oldest first, ties by place."""
    columns = [
        np.concatenate([getattr(part, field.name) for part in parts]) if parts else np.zeros(0)
        for field in fields(Craters)
    ]
    order = np.lexsort((columns[0], columns[1], -columns[4]))
    return crater_table([column[order] for column in columns])


def crater_density_1_km2(site: SiteGround, diameter_m: Array | float) -> Array:
    """Craters of a size and larger per square kilometre.

    Parameters
    ----------
    site : SiteGround
        Anchor at 200 m and the three exponents.
    diameter_m : float or ndarray
        Smallest size. [m]

    Returns
    -------
    ndarray
        [1/km2]

    References
    ----------
    .. [1] B. A. Ivanov, "Mars/Moon cratering rate ratio estimates", Space Sci. Rev. 96, 2001.
    """
    d = np.asarray(diameter_m, dtype=np.float64)
    small, middle, large = _powers(site)
    at_upper = site.craters_200m_1_km2 * (_UPPER_BREAK_M / _BREAK_M) ** -middle
    return np.where(
        d < _BREAK_M,
        site.craters_200m_1_km2 * (d / _BREAK_M) ** -small,
        np.where(
            d < _UPPER_BREAK_M,
            site.craters_200m_1_km2 * (d / _BREAK_M) ** -middle,
            at_upper * (d / _UPPER_BREAK_M) ** -large,
        ),
    )


def crater_diameter_m(site: SiteGround, density_1_km2: Array) -> Array:
    """Return the size at which the cumulative density has a value: the inverse law [m]."""
    small, middle, large = _powers(site)
    at_break = site.craters_200m_1_km2
    at_upper = at_break * (_UPPER_BREAK_M / _BREAK_M) ** -middle
    n = density_1_km2
    return np.where(
        n > at_break,
        _BREAK_M * (n / at_break) ** (-1.0 / small),
        np.where(
            n > at_upper,
            _BREAK_M * (n / at_break) ** (-1.0 / middle),
            _UPPER_BREAK_M * (n / at_upper) ** (-1.0 / large),
        ),
    )


def _powers(site: SiteGround) -> tuple[float, float, float]:
    return site.crater_power_small, site.crater_power_middle, site.crater_power_large


def poisson(mean: float, u: float) -> int:
    """Return a Poisson number from a uniform one [-].

    Notes
    -----
    Exact inversion for small means; above 60 the rounded normal law, whose error in any moment
    is then under a hundredth.
    """
    if mean <= 0.0:
        return 0
    if mean > 60.0:
        return max(0, round(mean + math.sqrt(mean) * _normal_quantile(u)))
    count, term = 0, math.exp(-mean)
    total = term
    while u > total and count < 10 * mean + 40:
        count += 1
        term *= mean / count
        total += term
    return count


def _normal_quantile(u: float) -> float:
    """Return the standard normal number below which a share u lies, by bisection [-]."""
    low, high = -8.0, 8.0
    for _ in range(50):
        middle = (low + high) / 2.0
        if (1.0 + math.erf(middle / math.sqrt(2.0))) / 2.0 < u:
            low = middle
        else:
            high = middle
    return (low + high) / 2.0


def uniforms(count: int, i: int, j: int, salt: int, seed: int) -> Array:
    """Return numbers in [0, 1) that belong to a square (i, j) and a use, shape (count,) [-]."""
    return np.asarray(uniform_rows(count, (i, j), (salt,), seed)[0])


def uniform_rows(count: int, square: tuple[int, int], salts: Iterable[int], seed: int) -> Array:
    """Return `uniforms` for several uses, shape (salts, count) [-]."""
    i, j = square
    words = [lattice_key(seed, Stream.CRATER, salt) for salt in salts]
    keys = [(first ^ i & 0xFFFFFFFF, second ^ j & 0xFFFFFFFF) for first, second in words]
    number = np.arange(count, dtype=np.int64)
    high = hashed_rows(number, number + (i >> 32), keys).astype(np.float64)
    low = hashed_rows(number + count, number + (j >> 32), keys).astype(np.float64)
    low *= 2.0**-32
    high += low
    high *= 2.0**-32
    return high


class CraterField:
    """All craters of one world, square by square, from a bounded memory."""

    def __init__(self, spec: TerrainSpec) -> None:
        self.spec = spec
        self._square = lru_cache(maxsize=256)(self._drawn)

    def touching(self, box: Box, smallest_m: float) -> Craters:
        """Return craters of a size and more whose ejecta may reach a box, oldest first."""
        crater = self.spec.recipe.crater
        parts = []
        for family, side_m in enumerate(crater.family_cell_m):
            largest_m = crater.family_edge_m[family + 1]
            if largest_m < smallest_m:
                continue
            reach_m = crater.reach_fresh * largest_m / 2.0
            for i, j in squares(box, reach_m, side_m):
                square = self._square(family, i, j)
                reach = square.diameter_m * (crater.reach_fresh / 2.0)
                near = _near(square, box, reach) & (square.diameter_m >= smallest_m)
                if near.any():
                    parts.append(square.taken(near))
        return joined(parts)

    def inside(self, box: Box, smallest_m: float) -> Craters:
        """Return craters of a size and more whose centres lie in a box, oldest first."""
        x0, y0, x1, y1 = box
        parts = []
        for family, side_m in enumerate(self.spec.recipe.crater.family_cell_m):
            for i, j in squares(box, 0.0, side_m):
                one = self._square(family, i, j)
                is_in = (one.x_m >= x0) & (one.x_m < x1) & (one.y_m >= y0) & (one.y_m < y1)
                parts.append(one.taken(is_in & (one.diameter_m >= smallest_m)))
        return joined(parts)

    def _drawn(self, family: int, i: int, j: int) -> Craters:
        crater, site, seed = self.spec.recipe.crater, self.spec.site, self.spec.seed
        side_m = crater.family_cell_m[family]
        smallest_m, largest_m = crater.family_edge_m[family : family + 2]
        most, least = (
            float(crater_density_1_km2(site, diameter_m)) for diameter_m in (smallest_m, largest_m)
        )
        mean = (most - least) * side_m * side_m / _KM2_M2
        count = poisson(mean, float(uniforms(1, i, j, 10 * family, seed)[0]))
        salts = range(10 * family + 1, 10 * family + 7)
        u, v, w, age, phase, pick = uniform_rows(count, (i, j), salts, seed)
        diameter_m = crater_diameter_m(site, most - u * (most - least))
        x, y = v * side_m, w * side_m
        if not family:
            x, y = _clustered(crater, x, y, pick < crater.cluster_frac, (i, j, seed))
        depth = crater.ghost_depth_ratio + crater.fresh_depth_ratio * (1.0 - age) ** 2
        worn = np.clip((diameter_m / crater.worn_m) ** crater.worn_power, crater.worn_floor, 1.0)
        columns = [x + i * side_m, y + j * side_m, diameter_m, depth * worn, age, phase]
        order = np.lexsort((columns[0], columns[1], -age))
        return crater_table([column[order] for column in columns])


def squares(box: Box, reach_m: float, side_m: float) -> list[tuple[int, int]]:
    """Return the numbers of all squares within reach of a box."""
    x0, y0, x1, y1 = box
    columns = range(math.floor((x0 - reach_m) / side_m), math.floor((x1 + reach_m) / side_m) + 1)
    rows = range(math.floor((y0 - reach_m) / side_m), math.floor((y1 + reach_m) / side_m) + 1)
    return [(i, j) for j in rows for i in columns]


def _near(craters: Craters, box: Box, reach_m: Array) -> NDArray[np.bool_]:
    x0, y0, x1, y1 = box
    return np.asarray(
        (craters.x_m + reach_m >= x0)
        & (craters.x_m - reach_m <= x1)
        & (craters.y_m + reach_m >= y0)
        & (craters.y_m - reach_m <= y1)
    )


def _clustered(
    crater: CraterSpec,
    x: Array,
    y: Array,
    is_cluster: NDArray[np.bool_],
    square: tuple[int, int, int],
) -> tuple[Array, Array]:
    """Move some craters into the clusters of their square; the square keeps its count."""
    i, j, seed = square
    shape = uniforms(3 * crater.clusters_per_cell, i, j, 31, seed).reshape(3, -1)
    member = np.floor(x / crater.family_cell_m[0] * crater.clusters_per_cell).astype(np.intp)
    turn = math.tau * shape[2][member]
    # Box-Muller: two uniforms of the crater become two normals.
    u, v = uniforms(2 * len(x), i, j, 32, seed).reshape(2, -1)
    radius = np.sqrt(-2.0 * np.log1p(-u))
    along = crater.cluster_length_m * radius * np.cos(math.tau * v)
    across = crater.cluster_width_m * radius * np.sin(math.tau * v)
    side = crater.family_cell_m[0]
    dx, dy = (
        along * np.sin(turn) + across * np.cos(turn),
        along * np.cos(turn) - across * np.sin(turn),
    )
    return (
        np.where(is_cluster, (shape[0][member] * side + dx) % side, x),
        np.where(is_cluster, (shape[1][member] * side + dy) % side, y),
    )
