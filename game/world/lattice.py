"""Fine noise: hashed numbers on a lattice, spread by cubic splines as two matrix products.

Every product and sum below is exact in 64-bit floats (weights and lattice values are short
binary fractions), so a node has the same value in every window, on every machine.
"""

import math

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from game.rng import Stream, uniform
from game.world.window import Window

Field = NDArray[np.float64]
Key = tuple[int, int]

# Weights are multiples of 2**-18: with 13-bit lattice values the second product needs 49 bits.
_WEIGHT_ONE = float(1 << 18)
# Discrete Laplacian with isotropic error: M. Patra, M. Karttunen, "Stencils with isotropic
# discretization error for differential operators", Numer. Methods PDE 22, 2006 (times 12).
_CENTRE, _SIDE, _CORNER = 12, 2, 1
_HASH_BITS = 8


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


def _mixed(word: NDArray[np.uint32]) -> NDArray[np.uint32]:
    word = word ^ word >> np.uint32(16)
    word *= np.uint32(0x7FEB352D)
    word ^= word >> np.uint32(15)
    word *= np.uint32(0x846CA68B)
    word ^= word >> np.uint32(16)
    return word


def spline_weights(position: NDArray[np.int64], spacing: int) -> tuple[int, int, Field]:
    """Cubic spline weights that carry lattice values to positions.

    Parameters
    ----------
    position : ndarray
        Ascending whole positions, in any unit. [-]
    spacing : int
        Distance of lattice points in the same unit. [-]

    Returns
    -------
    first, count : int
        The lattice points that matter. [-]
    weights : ndarray
        Shape (len(position), count). [-]

    References
    ----------
    .. [1] C. de Boor, "A practical guide to splines", 1978, ch. IX (uniform cubic B-spline).
    """
    cell = position // spacing
    f = (position - cell * spacing) / spacing
    first = int(cell[0]) - 1
    count = int(cell[-1]) + 3 - first
    weights = np.zeros((len(position), count))
    row, column = np.arange(len(position)), cell - first
    g = 1.0 - f
    for offset, value in (
        (-1, g * g * g / 6.0),
        (0, (f * f * (3.0 * f - 6.0) + 4.0) / 6.0),
        (1, (g * g * (3.0 * g - 6.0) + 4.0) / 6.0),
        (2, f * f * f / 6.0),
    ):
        weights[row, column + offset] = np.rint(value * _WEIGHT_ONE) / _WEIGHT_ONE
    return first, count, weights


def lattice_values(i0: int, j0: int, nx: int, ny: int, key: Key) -> Field:
    """Return band-passed random whole numbers on a lattice, shape (ny, nx) [-]."""
    i = np.arange(i0 - 1, i0 + nx + 1, dtype=np.int64)[None, :]
    j = np.arange(j0 - 1, j0 + ny + 1, dtype=np.int64)[:, None]
    r = (hashed(i, j, key) >> np.uint32(32 - _HASH_BITS)).astype(np.float64)
    r -= 2.0 ** (_HASH_BITS - 1)
    rows = _SIDE * (r[:-2] + r[2:])
    corners = _CORNER * (r[:-2] + r[2:])
    middle = r[1:-1]
    smooth = rows[:, 1:-1] + _SIDE * (middle[:, :-2] + middle[:, 2:])
    smooth += corners[:, :-2] + corners[:, 2:]
    return np.asarray(_CENTRE * middle[:, 1:-1] - smooth)


def straight_noise(window: Window, spacing: int, key: Key) -> Field:
    """Return lattice noise along the axes, not normalised, shape (ny, nx) [-]."""
    step = window.step()
    i = (window.i0 + np.arange(window.nx, dtype=np.int64)) * step
    j = (window.j0 + np.arange(window.ny, dtype=np.int64)) * step
    i0, nx, east = spline_weights(i, spacing)
    j0, ny, north = spline_weights(j, spacing)
    values = lattice_values(i0, j0, nx, ny, key)
    return np.asarray((north @ values) @ east.T)


def turned_noise(window: Window, spacing: int, key: Key) -> Field:
    """Return lattice noise along the diagonals, not normalised, shape (ny, nx) [-].

    Notes
    -----
    The lattice runs along p = x + y and q = x - y. Nodes with even and with odd p are two grids
    on which the matrix products work; their diagonals, as strided views, are the rows wanted.
    """
    nx, ny = window.nx, window.ny
    spacing = round(spacing * math.sqrt(2.0))
    out = np.empty((ny, nx))
    p0, q0 = window.i0 + window.j0, window.i0 - window.j0
    for parity in (0, 1):
        p_first = p0 + (p0 + parity) % 2
        q_first = q0 - ny + 1
        q_first += (q_first + parity) % 2
        p = np.arange(p_first, p0 + nx + ny - 1, 2, dtype=np.int64)
        q = np.arange(q_first, q0 + nx, 2, dtype=np.int64)
        if not (len(p) and len(q)):
            continue
        grid = _diagonal_grid(p * window.step(), q * window.step(), spacing, key)
        for row in range(min(2, ny)):
            column = (p0 + row + parity) % 2
            if column < nx:
                a = (p0 + row + column - p_first) // 2
                b = (q0 - row + column - q_first) // 2
                shape = ((ny - row + 1) // 2, (nx - column + 1) // 2)
                out[row::2, column::2] = _diagonals(grid, b, a, shape)
    return out


def _diagonal_grid(p: NDArray[np.int64], q: NDArray[np.int64], spacing: int, key: Key) -> Field:
    a0, na, along = spline_weights(p, spacing)
    b0, nb, across = spline_weights(q, spacing)
    values = lattice_values(a0, b0, na, nb, key)
    return np.ascontiguousarray((across @ values) @ along.T)


def _diagonals(grid: Field, row: int, column: int, shape: tuple[int, int]) -> Field:
    width, size = grid.shape[1], grid.itemsize
    start = grid.reshape(-1)[row * width + column :]
    return as_strided(start, shape, ((1 - width) * size, (1 + width) * size), writeable=False)


def lattice_noise(window: Window, spacing: int, key: Key, *, is_turned: bool) -> Field:
    """Noise with zero mean and unit variance whose bumps are about 1.5 spacings wide.

    Parameters
    ----------
    window : Window
        Where.
    spacing : int
        Distance of lattice points in steps of the finest level. [-]
    key : tuple of int
        From `lattice_key`.
    is_turned : bool
        Lattice along the diagonals instead of the axes.

    Returns
    -------
    ndarray
        Shape (ny, nx), float64. [-]

    References
    ----------
    .. [1] R. L. Cook, T. DeRose, "Wavelet noise", ACM Trans. Graph. 24, 2005 (idea of filtered
       lattice values under splines: no grain along the lattice, hardly any power outside one
       octave).
    """
    make = turned_noise if is_turned else straight_noise
    noise = make(window, spacing, key)
    noise *= _UNIT
    return noise


def covariance(distance: float) -> float:
    """Covariance of the noise at two points one apart along a lattice axis [-].

    Parameters
    ----------
    distance : float
        In lattice spacings. [-]

    Notes
    -----
    Mean over all positions; uniform lattice values of unit variance.
    """
    kernel = np.array([[-1.0, -2.0, -1.0], [-2.0, 12.0, -2.0], [-1.0, -2.0, -1.0]])
    total = 0.0
    for di in range(-2, 3):
        for dj in range(-2, 3):
            here = kernel[max(0, dj) : 3 + min(0, dj), max(0, di) : 3 + min(0, di)]
            there = kernel[max(0, -dj) : 3 + min(0, -dj), max(0, -di) : 3 + min(0, -di)]
            total += float(np.sum(here * there)) * _spline7(distance - di) * _spline7(dj)
    return total


def _spline7(t: float) -> float:
    """Return the centred spline of degree 7: a cubic one folded with itself [-]."""
    terms = ((-1) ** k * math.comb(8, k) * max(0.0, t + 4.0 - k) ** 7 for k in range(9))
    return sum(terms) / math.factorial(7)


_UNIT = 1.0 / math.sqrt(covariance(0.0) * (4.0**_HASH_BITS - 1.0) / 12.0)
