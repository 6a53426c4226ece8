"""Fine noise: hashed numbers on lattices, spread by cubic splines as two matrix products.

All octaves of a field are one product: their weights stand side by side. Every product and sum
is exact in 64-bit floats (weights, lattice values and amplitudes are short binary fractions), so
a node has the same value in every window, on every machine, whatever order the library adds in.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream, uniform
from game.world.window import Window

Field = NDArray[np.float64]
Places = NDArray[np.int64]
Key = tuple[int, int]

# Bits of a sum: 10 lattice, 2 x 15 weights, 5 amplitude, 6 for octaves of unlike strength: 51.
_WEIGHT_ONE = float(1 << 15)
_AMPLITUDE_BITS = 5
HASH_BITS = 6
# Products are made in blocks of so many positions where there is a lattice point for each, of more
# where there are fewer, which leaves most zeros out: for one lattice, for several side by side.
_DENSE_BLOCK, _BLOCK = 16.0, 44.0
_TWO, _SIXTEEN = np.float32(2.0), np.float32(16.0)


@dataclass(frozen=True, slots=True)
class Octave:
    """One octave of fine noise.

    Attributes
    ----------
    spacing : int
        Distance of lattice points in steps of the finest level. [-]
    key : tuple of int
        Words of its hash. [-]
    """

    spacing: int
    key: Key


@lru_cache(maxsize=512)
def lattice_key(seed: int, stream: Stream, number: int) -> Key:
    """Return the two 32-bit words that belong to one lattice of one seed [-]."""
    return (
        int(uniform(seed, stream, number, 0) * 2.0**32),
        int(uniform(seed, stream, number, 1) * 2.0**32),
    )


def hashed(i: NDArray[np.int64], j: NDArray[np.int64], key: Key) -> NDArray[np.uint32]:
    """Return 32 mixed bits for every lattice point (i, j) [-].

    References
    ----------
    .. [1] C. Wellons, "Prospecting for hash functions", 2018 (32-bit mixers with low bias).
    """
    word = i.astype(np.uint32) * np.uint32(0x9E3779B1) ^ np.uint32(key[0])
    word = _mixed(word) + j.astype(np.uint32) * np.uint32(0x85EBCA77)
    return _mixed(word ^ np.uint32(key[1]))


def hashed_rows(
    i: NDArray[np.int64], j: NDArray[np.int64], keys: Sequence[Key]
) -> NDArray[np.uint32]:
    """Return `hashed` of points in one row for several keys, shape (keys, points) [-]."""
    first, second = np.array(keys, dtype=np.uint32).T[:, :, None]
    return hashed_each(i, j, first, second)


def hashed_each(
    i: NDArray[np.int64],
    j: NDArray[np.int64],
    first: NDArray[np.uint32],
    second: NDArray[np.uint32],
) -> NDArray[np.uint32]:
    """Return `hashed` of points in one row, words of keys of shape (keys, 1 or points) [-]."""
    word = (i.astype(np.uint32) * np.uint32(0x9E3779B1))[None, :] ^ first
    word = _mixed(word)
    word += j.astype(np.uint32) * np.uint32(0x85EBCA77)
    word ^= second
    return _mixed(word)


def _mixed(word: NDArray[np.uint32]) -> NDArray[np.uint32]:
    # One array is shifted again and again; the word itself may be a view of the caller's.
    shifted = word >> np.uint32(16)
    word = word ^ shifted
    word *= np.uint32(0x7FEB352D)
    np.right_shift(word, np.uint32(15), out=shifted)
    word ^= shifted
    word *= np.uint32(0x846CA68B)
    np.right_shift(word, np.uint32(16), out=shifted)
    word ^= shifted
    return word


def short(amplitude: float) -> float:
    """Return an amplitude rounded to a few binary digits, so that sums stay exact."""
    fraction, power = math.frexp(amplitude)
    return math.ldexp(round(math.ldexp(fraction, _AMPLITUDE_BITS)), power - _AMPLITUDE_BITS)


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Weights that carry several lattices to a row of positions.

    Attributes
    ----------
    weights : ndarray
        One row a position, the lattices side by side, shape (positions, sum of counts). [-]
    first, count : tuple of int
        Lattice points of each octave. [-]
    start : ndarray
        Column of the first of four weights, shape (octaves, positions). [-]
    """

    weights: Field
    first: tuple[int, ...]
    count: tuple[int, ...]
    start: Places

    def band(self, octave: int, rows: slice) -> slice:
        """Return the columns of an octave that matter to some rows."""
        start = self.start[octave]
        return slice(int(start[rows.start]), int(start[rows.stop - 1]) + 4)


# Kept for the two axes and for neighbours that follow at once: a row takes up to a megabyte.
@lru_cache(maxsize=8)
def spread(origin: int, size: int, stride: int, spacings: tuple[int, ...]) -> Spread:
    """Cubic spline weights that carry lattice values to a row of whole positions.

    Parameters
    ----------
    origin, size, stride : int
        The positions origin + k * stride for k below size, in steps of the finest level. [-]
    spacings : tuple of int
        Distance of the points of each lattice, same unit. [-]

    Returns
    -------
    Spread
        Weights are multiples of 2**-15.

    References
    ----------
    .. [1] C. de Boor, "A practical guide to splines", 1978, ch. IX (uniform cubic B-spline).
    """
    position = origin + np.arange(size, dtype=np.int64) * stride
    spacing = np.array(spacings, dtype=np.int64)[:, None]
    cell = position[None, :] // spacing
    f = (position[None, :] - cell * spacing) / spacing
    lowest = cell[:, :1] - 1
    count = [int(number) for number in cell[:, -1] + 3 - lowest[:, 0]]
    edges = np.concatenate([[0], np.cumsum(count)])
    weights = np.zeros((size, int(edges[-1])))
    g = 1.0 - f
    f2, g2 = f * f, g * g
    values = np.stack([g2 * g, f2 * (3.0 * f - 6.0) + 4.0, g2 * (3.0 * g - 6.0) + 4.0, f2 * f])
    values = np.rint(values * (_WEIGHT_ONE / 6.0)) / _WEIGHT_ONE
    start = edges[:-1, None] + (cell - 1 - lowest)
    column = (np.arange(size) * int(edges[-1]))[None, :] + start
    flat = weights.reshape(-1)
    for offset in range(4):
        flat[column + offset] = values[offset]
    whole = tuple(int(number) for number in lowest[:, 0])
    weights.flags.writeable = False
    return Spread(weights, whole, tuple(count), start)


def lattice_values(i0: int, j0: int, nx: int, ny: int, key: Key) -> Field:
    """Return band-passed random whole numbers on a lattice, shape (ny, nx) [-].

    Notes
    -----
    16 times the value less the binomial mean of 3 x 3: the discrete Laplacian whose error does
    not depend on direction [1]_.

    References
    ----------
    .. [1] M. Patra, M. Karttunen, "Stencils with isotropic discretization error for
       differential operators", Numer. Methods PDE 22, 2006.
    """
    i = np.arange(i0 - 1, i0 + nx + 1, dtype=np.int64)[None, :]
    j = np.arange(j0 - 1, j0 + ny + 1, dtype=np.int64)[:, None]
    # Whole numbers so small are exact in single precision, which is half the memory.
    r = (hashed(i, j, key) >> np.uint32(32 - HASH_BITS)).astype(np.float32)
    across = r[:, :-2] + r[:, 2:]
    across += _TWO * r[:, 1:-1]
    value = _SIXTEEN * r[1:-1, 1:-1]
    value -= across[:-2]
    value -= across[2:]
    value -= _TWO * across[1:-1]
    return value.astype(np.float64)


def carried(
    north: Spread, east: Spread, lattices: Sequence[Field], mixes: Sequence[Sequence[float]]
) -> list[Field]:
    """Carry several lattices to a grid and add them up, once for every mix of amplitudes.

    Parameters
    ----------
    north, east : Spread
        Weights of the rows and of the columns.
    lattices : sequence of ndarray
        Values at the points that the spreads begin with.
    mixes : sequence of sequence of float
        Short amplitudes, one an octave. [-]

    Returns
    -------
    list of ndarray
        One field a mix, shape (rows, columns).
    """
    ny, nx = len(north.weights), len(east.weights)
    left = _northed(north, lattices)
    sums = [np.empty((ny, nx)) for _ in mixes]
    for block in _blocks(nx, _BLOCK * math.sqrt(nx / max(east.count))):
        bands = [east.band(number, block) for number in range(len(lattices))]
        near = np.concatenate([left[:, band] for band in bands], axis=1)
        right = np.concatenate([east.weights[block, band] for band in bands], axis=1)
        widths = [band.stop - band.start for band in bands]
        for total, mix in zip(sums, mixes, strict=True):
            # Octaves that a mix does not want, at either end, are left out.
            wanted = [number for number, one in enumerate(mix) if one]
            if not wanted:
                total[:, block] = 0.0
                continue
            first, last = wanted[0], wanted[-1] + 1
            scale = np.repeat(mix[first:last], widths[first:last])
            part = slice(sum(widths[:first]), sum(widths[:last]))
            np.matmul(near[:, part], (right[:, part] * scale).T, out=total[:, block])
    return sums


def _northed(north: Spread, lattices: Sequence[Field]) -> Field:
    """Carry every lattice to the rows, side by side; zeros far from a row are left out."""
    edges = np.cumsum([0, *(lattice.shape[1] for lattice in lattices)])
    left = np.empty((len(north.weights), int(edges[-1])))
    base = np.cumsum([0, *north.count])
    for number, lattice in enumerate(lattices):
        for block in _blocks(len(left), _DENSE_BLOCK * len(left) / north.count[number]):
            band = north.band(number, block)
            rows = slice(band.start - base[number], band.stop - base[number])
            out = left[block, edges[number] : edges[number + 1]]
            np.matmul(north.weights[block, band], lattice[rows], out=out)
    return left


def spread_over(north: Spread, east: Spread, values: Field) -> Field:
    """Carry the values of one lattice to a grid, shape (rows, columns)."""
    rows, nx = _northed(north, [values]), len(east.weights)
    out = np.empty((len(rows), nx))
    for block in _blocks(nx, _DENSE_BLOCK * nx / east.count[0]):
        band = east.band(0, block)
        np.matmul(rows[:, band], east.weights[block, band].T, out=out[:, block])
    return out


def _blocks(size: int, block: float) -> list[slice]:
    """Cut positions into equal blocks of about a size."""
    count = max(1, round(size / block))
    edges = [size * number // count for number in range(count + 1)]
    return [slice(first, stop) for first, stop in pairwise(edges)]


def straight_fields(
    window: Window, octaves: Sequence[Octave], mixes: Sequence[Sequence[float]]
) -> list[Field]:
    """Return mixes of octaves whose lattices run along the axes, shape (ny, nx) each [-]."""
    step, spacings = window.step(), tuple(octave.spacing for octave in octaves)
    north = spread(window.j0 * step, window.ny, step, spacings)
    east = spread(window.i0 * step, window.nx, step, spacings)
    corners = zip(east.first, north.first, east.count, north.count, octaves, strict=True)
    lattices = [lattice_values(i, j, nx, ny, octave.key) for i, j, nx, ny, octave in corners]
    return carried(north, east, lattices, mixes)
