"""Perlin's gradient noise in single precision: at points, and on the rows and columns of a grid.

Both give the same numbers to the last bit: the function of points is the definition, the grid is
the quick way, since all points of a column, and of a row, lie at the same place in their cells.
"""

import numpy as np
from numpy.typing import NDArray

Single = NDArray[np.float32]

_ONE, _ALL = np.float32(1.0), slice(None)
# So many numbers at a time, with those needed to make them, stay in the processor's cache.
BLOCK_POINTS = 49_152

# The permutation that K. Perlin published with "Improving noise", SIGGRAPH 2002.
_PERMUTATION = np.frombuffer(
    bytes.fromhex(
        "97a0895b5a0f830dc95f6035c2e907e18c24671e458e086325f0150a17be0694f778ea4b001ac53e"
        "5efcdbcb75230b2039b12158ed953857ae147d88aba844af4aa547868b301ba64d929ee7536fe57a"
        "3cd385e6dc695c29372ef528f4668f3641193fa101d85049d14c84bbd05912a9c8c4878274bc9f56"
        "a4646dc6adba034034d9e2fa7c7b05ca2693767eff5255d4cfce3be32f103a11b6bd1c2adfb7aad5"
        "77f898022c9aa346dd99659ba72bac09811627fd13626c6e4f71e0e8b2b97068daf661e4fb22f2c1"
        "eed2900cbfb3a2f1513391ebf90eef6b31c0d61fb5c76a9db854ccb07379322d7f0496fe8aeccd5d"
        "de72431d1848f38d80c34e42d73d9cb4"
    ),
    dtype=np.uint8,
).astype(np.int32)
_EAST = np.array([1, -1, 1, -1, 1, -1, 1, -1, 0, 0, 0, 0, 1, -1, 0, 0], dtype=np.float32)
_NORTH = np.array([1, 1, -1, -1, 0, 0, 0, 0, 1, -1, 1, -1, 0, 0, -1, 1], dtype=np.float32)


def perlin_noise(x: Single, y: Single) -> Single:
    """Gradient noise in single precision, the same numbers as `noise.pnoise2`.

    Parameters
    ----------
    x, y : ndarray
        Positions from 0 to 256, float32, equal shapes. [-]

    Returns
    -------
    ndarray
        Float32, zero at whole numbers. [-]

    References
    ----------
    .. [1] K. Perlin, "Improving noise", ACM Trans. Graph. 21, 2002.
    """
    i, j = np.floor(x), np.floor(y)
    fx, fy = x - i, y - j
    u, v = _faded(fx), _faded(fy)
    west, south = i.astype(np.int32) & 255, j.astype(np.int32) & 255
    east, north = (west + 1) & 255, (south + 1) & 255
    a, b = _PERMUTATION[west], _PERMUTATION[east]
    one = np.float32(1.0)
    low = _between(u, _slope(a + south, fx, fy), _slope(b + south, fx - one, fy))
    high = _between(u, _slope(a + north, fx, fy - one), _slope(b + north, fx - one, fy - one))
    return np.asarray(_between(v, low, high), dtype=np.float32)


def _faded(f: Single) -> Single:
    six, fifteen, ten = np.float32(6.0), np.float32(15.0), np.float32(10.0)
    return np.asarray(f * f * f * (f * (f * six - fifteen) + ten))


def _between(t: Single, a: Single, b: Single) -> Single:
    return np.asarray(a + t * (b - a))


def _slope(corner: NDArray[np.int32], fx: Single, fy: Single) -> Single:
    direction = _PERMUTATION[_PERMUTATION[corner & 255]] & 15
    return np.asarray(fx * _EAST[direction] + fy * _NORTH[direction])


class PerlinGrid:
    """`perlin_noise` of all pairs of some columns and some rows.

    Parameters
    ----------
    x, y : ndarray
        Positions of the columns and of the rows, 0 to 256, float32: each less than one cell on
        from the one before it, and from 256 on to 0. [-]
    """

    def __init__(self, x: Single, y: Single) -> None:
        west, column, fx = _cells(x)
        south, row, fy = _cells(y)
        self._u, self._v, self._fy, self._line = _faded(fx), _faded(fy)[:, None], fy[:, None], row
        corner = _PERMUTATION[west] + south[:, None]
        direction = _PERMUTATION[_PERMUTATION[corner & 255]] & 15
        east, north = _EAST[direction], _NORTH[direction]
        # Along every line of the lattice: what a column has of the slopes at the west and at the
        # east end of its cell, and what its row is to multiply.
        self._parts = (
            (east.take(column, axis=1) * fx, north.take(column, axis=1)),
            (east.take(column + 1, axis=1) * (fx - _ONE), north.take(column + 1, axis=1)),
        )

    def noise(self, rows: slice, columns: slice = _ALL) -> Single:
        """Return the noise of some rows and columns, float32 [-].

        Quickest for about `BLOCK_POINTS` at a time.
        """
        line, fy = self._line[rows], self._fy[rows]
        low = self._between(line, fy, columns)
        high = self._between(line + 1, fy - _ONE, columns)
        high -= low
        high *= self._v[rows]
        high += low
        return high

    def _between(self, line: NDArray[np.intp], fy: Single, columns: slice) -> Single:
        """Return the mix of the slopes at both ends of some lines of the lattice [-]."""
        west, east = (_slopes(part, line, fy, columns) for part in self._parts)
        east -= west
        east *= self._u[columns]
        east += west
        return east


def _cells(places: Single) -> tuple[NDArray[np.int32], NDArray[np.intp], Single]:
    """Return the lattice lines about some positions, the line before each, and the way from it."""
    whole = np.floor(places)
    line = whole.astype(np.int32) & 255
    is_next = np.ones(len(line), np.bool_)
    np.not_equal(line[1:], line[:-1], out=is_next[1:])
    lines = line[is_next]
    return (
        np.append(lines, (lines[-1] + 1) & 255),
        np.cumsum(is_next) - 1,
        places - whole,
    )


def _slopes(
    part: tuple[Single, Single], line: NDArray[np.intp], fy: Single, columns: slice
) -> Single:
    fixed, turning = (one[:, columns].take(line, axis=0) for one in part)
    turning *= fy
    turning += fixed
    return turning
