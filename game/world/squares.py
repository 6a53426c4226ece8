"""Things strewn over squares of ground: how many a square has, and the numbers that are theirs."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream
from game.world.lattice import hashed_each, lattice_key

Array = NDArray[np.float64]
Whole = NDArray[np.int64]
Box = tuple[float, float, float, float]
Square = tuple[int, int]

_NORMAL = NormalDist()
_TAIL, _CLOSE = 1e-8, 1e-3


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
        return max(0, _rounded_normal(mean, u))
    count, term = 0, math.exp(-mean)
    total = term
    while u > total and count < 10 * mean + 40:
        count += 1
        term *= mean / count
        total += term
    return count


def _rounded_normal(mean: float, u: float) -> int:
    """Return `poisson` of a large mean [-]."""
    if _TAIL < u < 1.0 - _TAIL:
        value = mean + math.sqrt(mean) * _NORMAL.inv_cdf(u)
        # The quick quantile is the same as the other but for far less than this.
        if abs(value - math.floor(value) - 0.5) > _CLOSE:
            return round(value)
    return round(mean + math.sqrt(mean) * _normal_quantile(u))


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


@dataclass(frozen=True, slots=True, eq=False)
class Numbered:
    """Things numbered square by square, int64 arrays of equal length.

    Attributes
    ----------
    number, count : ndarray
        The number of each in its square, and how many that has. [-]
    i, j : ndarray
        The square of each. [-]
    place : ndarray
        Which of the squares asked for it is. [-]
    """

    number: Whole
    count: Whole
    i: Whole
    j: Whole
    place: Whole

    def taken(self, which: NDArray[np.intp]) -> "Numbered":
        """Return some of them."""
        return Numbered(
            self.number[which],
            self.count[which],
            self.i[which],
            self.j[which],
            self.place[which],
        )

    def uniforms(self, salts: Iterable[int], seed: int) -> Array:
        """Return numbers in [0, 1), a row for each use, shape (salts, things) [-].

        They belong to a square, how many it has, a thing of it and the use.
        """
        words = np.array([lattice_key(seed, Stream.CRATER, salt) for salt in salts], np.uint32)
        first = words[:, :1] ^ self.i.astype(np.uint32)
        second = words[:, 1:] ^ self.j.astype(np.uint32)
        number = self.number
        low = hashed_each(number + self.count, number + (self.j >> 32), first, second)
        high = hashed_each(number, number + (self.i >> 32), first, second).astype(np.float64)
        high += low * 2.0**-32
        high *= 2.0**-32
        return high

    def pairs(self, salt: int, seed: int) -> tuple[Array, Array]:
        """Return two more numbers of each, as if every square had twice as many things [-]."""
        count = 2 * self.count
        rows = (
            Numbered(number, count, self.i, self.j, self.place).uniforms((salt,), seed)[0]
            for number in (self.number, self.number + self.count)
        )
        first, second = rows
        return first, second


def numbered(squares_: Sequence[Square], counts: Sequence[int]) -> Numbered:
    """Return the things of some squares, one square after the other."""
    count = np.array(counts, np.int64)
    i, j = np.array(squares_, np.int64).T
    place = np.repeat(np.arange(len(count)), count)
    number = np.arange(len(place)) - (np.cumsum(count) - count)[place]
    return Numbered(number, count[place], i[place], j[place], place)


def uniforms(count: int, i: int, j: int, salt: int, seed: int) -> Array:
    """Return numbers in [0, 1) that belong to a square (i, j) and a use, shape (count,) [-]."""
    return np.asarray(numbered([(i, j)], [count]).uniforms((salt,), seed)[0])


def squares(box: Box, reach_m: float, side_m: float) -> list[tuple[int, int]]:
    """Return the numbers of all squares within reach of a box."""
    x0, y0, x1, y1 = box
    columns = range(math.floor((x0 - reach_m) / side_m), math.floor((x1 + reach_m) / side_m) + 1)
    rows = range(math.floor((y0 - reach_m) / side_m), math.floor((y1 + reach_m) / side_m) + 1)
    return [(i, j) for j in rows for i in columns]
