"""Grids along the diagonals, p = x + y and q = x - y, and how a window is woven from them."""

import math
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from game.world.lattice import Field, Octave, Spread, carried, lattice_values, spread
from game.world.window import Window

Value = TypeVar("Value", np.float32, np.float64)
# Every second p, every second q: values of shape (len(q), len(p)).
Making = Callable[[range, range], NDArray[Value]]


def weave(out: NDArray[Value], x0: int, y0: int, make: Making[Value]) -> None:
    """Fill a window, shape (rows, columns), from two grids along the diagonals.

    Parameters
    ----------
    out : ndarray
        To be filled.
    x0, y0 : int
        Its first column and row. [-]
    make : callable
        Makes a grid from its positions p, along a row, and q. Of the grid only the places that
        `crossed` tells are read.

    Notes
    -----
    Nodes with even and with odd p are two grids; their diagonals, as strided views, are the rows
    wanted.
    """
    ny, nx = out.shape
    p0, q0 = x0 + y0, x0 - y0
    for parity in (0, 1):
        p_first = p0 + (p0 + parity) % 2
        q_first = q0 - ny + 1
        q_first += (q_first + parity) % 2
        p, q = range(p_first, p0 + nx + ny - 1, 2), range(q_first, q0 + nx, 2)
        if not p or not q:
            continue
        grid = make(p, q)
        for row in range(min(2, ny)):
            column = (p0 + row + parity) % 2
            if column < nx:
                a = (p0 + row + column - p_first) // 2
                b = (q0 - row + column - q_first) // 2
                shape = ((ny - row + 1) // 2, (nx - column + 1) // 2)
                out[row::2, column::2] = _diagonals(grid, b, a, shape)


def crossed(
    shape: tuple[int, int], x0: int, y0: int, grid: tuple[range, range], most: int
) -> Iterator[tuple[slice, slice]]:
    """Cut those places of a grid that cross a window into blocks of rows and columns.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns of the window. [-]
    x0, y0 : int
        Its first column and row. [-]
    grid : tuple of range
        Positions p and q of the grid, as `weave` gives them.
    most : int
        About how many places a block may have at most. [-]
    """
    (ny, nx), (p, q) = shape, grid
    at = np.arange(q.start, q.stop, q.step)
    low = np.maximum(2 * x0 - at, 2 * y0 + at)
    high = np.minimum(2 * (x0 + nx - 1) - at, 2 * (y0 + ny - 1) + at)
    first, stop = (low - p.start) // 2, (high - p.start) // 2 + 1
    height = max(1, most // len(p))
    for start in range(0, len(q), height):
        rows = slice(start, min(start + height, len(q)))
        columns = slice(int(first[rows].min()), int(stop[rows].max()))
        if columns.start < columns.stop:
            yield rows, columns


def _diagonals(
    grid: NDArray[Value], row: int, column: int, shape: tuple[int, int]
) -> NDArray[Value]:
    width, size = grid.shape[1], grid.itemsize
    start = grid.reshape(-1)[row * width + column :]
    return as_strided(start, shape, ((1 - width) * size, (1 + width) * size), writeable=False)


def turned_field(window: Window, octaves: Sequence[Octave], mix: Sequence[float]) -> Field:
    """Return a mix of octaves whose lattices run along the diagonals, shape (ny, nx) [-]."""
    step, (nx, ny) = window.step(), (window.nx, window.ny)
    spacings = tuple(round(octave.spacing * math.sqrt(2.0)) for octave in octaves)
    p0, q0 = window.i0 + window.j0, window.i0 - window.j0 - ny + 1
    # One lattice does for both grids.
    columns, rows = (_points(first, nx + ny - 1, step, spacings) for first in (p0, q0))
    lattices = [
        lattice_values(i.start, j.start, len(i), len(j), octave.key)
        for i, j, octave in zip(columns, rows, octaves, strict=True)
    ]

    def grid(p: range, q: range) -> Field:
        east = spread(p.start * step, len(p), 2 * step, spacings)
        north = spread(q.start * step, len(q), 2 * step, spacings)
        parts = [
            lattice[_part(north, number, j), _part(east, number, i)]
            for number, (lattice, i, j) in enumerate(zip(lattices, columns, rows, strict=True))
        ]
        return carried(north, east, parts, [mix])[0]

    out = np.empty((ny, nx))
    weave(out, window.i0, window.j0, grid)
    return out


def _points(first: int, count: int, step: int, spacings: tuple[int, ...]) -> list[range]:
    """Return for each octave the lattice points that splines take for a row of positions."""
    last = (first + count - 1) * step
    return [range(first * step // one - 1, last // one + 3) for one in spacings]


def _part(spread_: Spread, octave: int, points: range) -> slice:
    """Return which of the lattice points a spread begins and ends with."""
    first = spread_.first[octave] - points.start
    return slice(first, first + spread_.count[octave])
