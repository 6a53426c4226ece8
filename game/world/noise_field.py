"""Coarse noise: Perlin's gradient noise in single precision, with `noise` as accelerator.

The numpy function is the definition. The package `noise` computes the same numbers faster for a
few points; it is used only if it reproduces known values to the last bit on this machine.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream, uniform
from game.world.diagonals import crossed, weave
from game.world.lattice import Field, spread, spread_over
from game.world.perlin import BLOCK_POINTS, PerlinGrid, perlin_noise
from game.world.window import Window

Single = NDArray[np.float32]
Scalar = Callable[[float, float], float]

PERIOD = 256
# Standard deviation of one octave over all positions: 16 gradient directions of the 2002 table,
# measured on 2 million points.
PERLIN_STD = 0.2429
_UNIT = np.float32(1.0 / PERLIN_STD)
# Below this many points the scalar package wins, above it the arrays do (timed: equal near 400).
_FEW_POINTS = 400
# From so many points on, the rows and columns of a grid win (timed: equal near 70 x 70).
_MANY_POINTS = 5000
# Heights of the coarse relief are multiples of 2**-12 m, so that spreading them is exact.
_QUANTUM = 4096.0


@lru_cache(maxsize=1)
def accelerator() -> Scalar | None:
    """Return the scalar function of `noise` if it is there and gives the very same numbers."""
    try:
        from noise import pnoise2  # noqa: PLC0415
    except ImportError:
        return None
    grid = np.linspace(0.0, 255.9, 23, dtype=np.float32)
    x, y = (side.reshape(-1) for side in np.meshgrid(grid, grid[::-1]))
    same = [pnoise2(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    scalar: Scalar = pnoise2
    return scalar if np.array_equal(np.array(same, np.float32), perlin_noise(x, y)) else None


def unit_noise(x: Single, y: Single, *, may_accelerate: bool = True) -> Single:
    """Return coarse noise with unit variance, at points from 0 to 256 [-]."""
    scalar = accelerator() if may_accelerate and x.size <= _FEW_POINTS else None
    if scalar is None:
        value = perlin_noise(x, y)
    else:
        pairs = zip(x.ravel().tolist(), y.ravel().tolist(), strict=True)
        value = np.array([scalar(a, b) for a, b in pairs], np.float32).reshape(x.shape)
    return value * _UNIT


def knot_sum(
    columns: range,
    rows: range,
    spacings: tuple[int, ...],
    amplitudes_m: tuple[float, ...],
    seed: int,
) -> Field:
    """Sum octaves of coarse noise at knots of the coarse grid.

    Parameters
    ----------
    columns, rows : range
        Numbers of the knots, one after the other. [-]
    spacings : tuple of int
        Distance of gradient points of each octave, in knots. [-]
    amplitudes_m : tuple of float
        Standard deviation of each octave. [m]
    seed : int
        Seed of the world. [-]

    Returns
    -------
    ndarray
        Shape (rows, columns), whole multiples of 2**-12 m. [m]
    """
    lattices = [_Lattice.of(seed, octave, length) for octave, length in enumerate(spacings)]
    total = np.zeros((len(rows), len(columns)))
    if total.size < _MANY_POINTS:
        octaves = _at_points(lattices, columns, rows)
        _add_up(total, octaves, amplitudes_m)
        return total
    grids = [lattice.over(columns, rows) for lattice in lattices]
    # A few rows at a time stay in the processor's cache.
    height = max(1, BLOCK_POINTS // len(columns))
    for start in range(0, len(rows), height):
        part = slice(start, start + height)
        _add_up(total[part], (grid(part) for grid in grids), amplitudes_m)
    return total


def _add_up(total: Field, octaves: Iterable[Single], amplitudes_m: tuple[float, ...]) -> None:
    """Add octaves to zeros [m]."""
    for octave, amplitude_m in zip(octaves, amplitudes_m, strict=True):
        total += np.multiply(octave, amplitude_m, dtype=np.float64)
    total *= _QUANTUM
    np.rint(total, out=total)
    total /= _QUANTUM


def _at_points(lattices: Sequence["_Lattice"], columns: range, rows: range) -> Iterable[Single]:
    """Return unit noise of several octaves as one call, for it is the calls that take the time."""
    x = np.empty((len(lattices), len(rows), len(columns)), np.float32)
    y = np.empty_like(x)
    i, j = _numbers(columns)[None, :], _numbers(rows)[:, None]
    for number, lattice in enumerate(lattices):
        p, q = (i + j, i - j) if lattice.is_turned else (i, j)
        x[number], y[number] = lattice.places(p, 0), lattice.places(q, 1)
    return unit_noise(x, y)


@dataclass(frozen=True, slots=True)
class _Lattice:
    """Gradient points of one octave: their distance in knots, where they begin, which way."""

    spacing: int
    first: tuple[int, int]
    is_turned: bool

    @classmethod
    def of(cls, seed: int, octave: int, length: int) -> "_Lattice":
        # Odd octaves lie along the diagonals: no two neighbours share an axis.
        is_turned = octave % 2 == 1
        spacing = round(length * 2.0**0.5) if is_turned else length
        u, v = (uniform(seed, Stream.TERRAIN, octave, number) for number in (2, 3))
        return cls(spacing, (int(u * spacing * PERIOD), int(v * spacing * PERIOD)), is_turned)

    def places(self, knots: NDArray[np.int64], axis: int) -> Single:
        """Return positions on the lattice, 0 to 256 [-]."""
        place = (knots + self.first[axis]) % (self.spacing * PERIOD)
        return place.astype(np.float32) / np.float32(self.spacing)

    def over(self, columns: range, rows: range) -> Callable[[slice], Single]:
        """Return what tells the unit noise of some rows of a grid of knots [-]."""
        if not self.is_turned:
            grid = self._grid(columns, rows)
            return lambda part: grid.noise(part) * _UNIT
        out = np.empty((len(rows), len(columns)), np.float32)

        def turned(p: range, q: range) -> Single:
            noise, grid = np.empty((len(q), len(p)), np.float32), self._grid(p, q)
            for part in crossed(out.shape, columns.start, rows.start, (p, q), BLOCK_POINTS):
                np.multiply(grid.noise(*part), _UNIT, out=noise[part])
            return noise

        weave(out, columns.start, rows.start, turned)
        return out.__getitem__

    def _grid(self, columns: range, rows: range) -> PerlinGrid:
        return PerlinGrid(self.places(_numbers(columns), 0), self.places(_numbers(rows), 1))


def _numbers(knots: range) -> NDArray[np.int64]:
    return np.arange(knots.start, knots.stop, knots.step)


def coarse_relief_m(
    window: Window,
    knot: int,
    spacings: tuple[int, ...],
    amplitudes_m: tuple[float, ...],
    seed: int,
) -> Field:
    """Spread the coarse noise from its knots over a window by cubic splines.

    Parameters
    ----------
    window : Window
        Where.
    knot : int
        Distance of knots in steps of the finest level. [-]
    spacings, amplitudes_m, seed
        As in `knot_sum`.

    Returns
    -------
    ndarray
        Shape (ny, nx), float64. [m]
    """
    step = window.step()
    east = spread(window.i0 * step, window.nx, step, (knot,))
    north = spread(window.j0 * step, window.ny, step, (knot,))
    columns = range(east.first[0], east.first[0] + east.count[0])
    rows = range(north.first[0], north.first[0] + north.count[0])
    return spread_over(north, east, knot_sum(columns, rows, spacings, amplitudes_m, seed))
