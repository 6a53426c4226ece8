"""Rocks as objects: size law, places, heights, drawn square by square."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream
from game.world.abundance import Abundance
from game.world.lattice import hashed, hashed_rows, lattice_key
from game.world.spec import TerrainSpec
from game.world.squares import Box, poisson
from game.world.surface_specs import RockSpec

Array = NDArray[np.float64]
_TABLE_SIZE = 512


@dataclass(frozen=True, slots=True, eq=False)
class Rocks:
    """Rocks as equal-length arrays, by square and number; read-only.

    Attributes
    ----------
    x_m, y_m : ndarray
        Centres, float64. [m]
    diameter_m, height_m : ndarray
        Size on the ground, and height over it. [m]
    shape_seed : ndarray
        A number of its own for the facets, uint32. [-]
    tone : ndarray
        0 dark to 1 bright, float32. [-]
    """

    x_m: Array
    y_m: Array
    diameter_m: Array
    height_m: Array
    shape_seed: NDArray[np.uint32]
    tone: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.x_m)

    def taken(self, which: NDArray[np.bool_] | NDArray[np.intp]) -> "Rocks":
        """Return some of them, by mask or by index."""
        return rock_table([getattr(self, field.name)[which] for field in fields(self)])


def joined_rocks(parts: Sequence[Rocks]) -> Rocks:
    """Return several lists as one, in the order given."""
    if not parts:
        empty = np.zeros(0)
        columns = [empty] * 4
        return rock_table([*columns, np.zeros(0, np.uint32), np.zeros(0, np.float32)])
    names = [field.name for field in fields(Rocks)]
    return rock_table([np.concatenate([getattr(part, name) for part in parts]) for name in names])


def rock_table(columns: Sequence[NDArray[Any]]) -> Rocks:
    """Return rocks from their six columns, made read-only."""
    for column in columns:
        column.flags.writeable = False
    return Rocks(*columns)


def rock_area_frac(rock: RockSpec, k: float, diameter_m: Array | float) -> Array:
    """Share of the ground under rocks of a size and larger [-].

    Parameters
    ----------
    rock : RockSpec
        Numbers of the exponent.
    k : float
        Share under rocks of any size. [-]
    diameter_m : float or ndarray
        Smallest size. [m]

    References
    ----------
    .. [1] M. P. Golombek, D. Rapp, "Size-frequency distributions of rocks on Mars and Earth
       analog sites", J. Geophys. Res. 102, 1997, eq. 1.
    """
    return np.asarray(k * np.exp(-(rock.q_1_m + rock.q_k_1_m / k) * np.asarray(diameter_m)))


@lru_cache(maxsize=32)
def _size_table(rock: RockSpec, k: float) -> tuple[Array, Array]:
    """Return diameters, and rocks per square metre smaller than each [m, 1/m2]."""
    d = np.geomspace(rock.smallest_m, rock.largest_m, _TABLE_SIZE)
    q = rock.q_1_m + rock.q_k_1_m / k
    density = 4.0 * k * q * np.exp(-q * d) / (math.pi * d * d)
    steps = (density[1:] + density[:-1]) / 2.0 * np.diff(d)
    return d, np.concatenate([[0.0], np.cumsum(steps)])


def rocks_1_m2(rock: RockSpec, k: float, smallest_m: float, largest_m: float) -> float:
    """Return rocks between two sizes per square metre [1/m2]."""
    d, below = _size_table(rock, k)
    low, high = np.interp([smallest_m, largest_m], d, below)
    return float(high - low)


class RockField:
    """All rocks of one world, from a bounded memory."""

    def __init__(self, spec: TerrainSpec, abundance: Abundance) -> None:
        self.spec, self._abundance, self._most = spec, abundance, abundance.most
        self._key = lattice_key(spec.seed, Stream.ROCK, 0)
        self._square = lru_cache(maxsize=256)(self._drawn)

    def inside(self, box: Box, smallest_m: float) -> Rocks:
        """Return rocks of a size and more whose centres lie in a box."""
        rock = self.spec.recipe.rock
        x0, y0, x1, y1 = box
        parts = []
        for family, side_m in enumerate(_sides(rock)):
            if not family and smallest_m >= rock.large_m:
                continue
            for j in range(math.floor(y0 / side_m), math.floor(y1 / side_m) + 1):
                for i in range(math.floor(x0 / side_m), math.floor(x1 / side_m) + 1):
                    square = self._square(family, i, j)
                    is_in = (square.x_m >= x0) & (square.x_m < x1) & (square.y_m >= y0)
                    is_in &= (square.y_m < y1) & (square.diameter_m >= smallest_m)
                    if is_in.any():
                        parts.append(square.taken(is_in))
        return joined_rocks(parts)

    def _drawn(self, family: int, i: int, j: int) -> Rocks:
        rock, k = self.spec.recipe.rock, self.spec.site.rock_frac
        side_m = _sides(rock)[family]
        low_m, high_m = (
            (rock.large_m, rock.largest_m) if family else (rock.smallest_m, rock.large_m)
        )
        d, below = _size_table(rock, k)
        least, most = (float(np.interp(size_m, d, below)) for size_m in (low_m, high_m))
        mean = (most - least) * side_m * side_m * self._most
        key = self._square_key(i, j)
        first = _words(np.zeros(1, np.int64), i, key, family, (7,))
        count = poisson(mean, (float(first[0, 0]) + 0.5) * 2.0**-32)
        number = np.arange(count, dtype=np.int64)
        v, w, keep = _words(number, i, key, family, (1, 2, 3)) * 2.0**-32
        x, y = (i + v) * side_m, (j + w) * side_m
        # Most are not kept: sizes and the rest are drawn for those that are.
        kept = np.flatnonzero(keep * self._most < self._abundance.of(x, y))
        words = _words(number[kept], i, key, family, (0, 4, 5, 6))
        u, tall, tone = words[:3] * 2.0**-32
        diameter_m = np.asarray(np.interp(least + u * (most - least), below, d), dtype=np.float64)
        height_m = diameter_m * (rock.height_low + (rock.height_high - rock.height_low) * tall)
        return rock_table(
            (x[kept], y[kept], diameter_m, height_m, words[3].copy(), tone.astype(np.float32))
        )

    def _square_key(self, i: int, j: int) -> int:
        return int(hashed(np.array([i]), np.array([j]), self._key)[0])


def _words(
    number: NDArray[np.int64], i: int, first: int, family: int, uses: Iterable[int]
) -> NDArray[np.uint32]:
    """Return mixed bits for numbered rocks of a square, one row a use, shape (uses, rocks) [-]."""
    keys = [(first, (family << 8 | use) * 0x9E3779B1 & 0xFFFFFFFF) for use in uses]
    return hashed_rows(number, np.full(len(number), i >> 31, np.int64), keys)


def _sides(rock: RockSpec) -> tuple[float, float]:
    """Return the squares of small and of large rocks [m]."""
    return rock.cell_m, 4.0 * rock.cell_m
