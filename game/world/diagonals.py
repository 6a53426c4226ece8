"""Grids along the diagonals, p = x + y and q = x - y, and how a window is woven from them."""

import math
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
from numpy.lib.stride_tricks import as_strided
from numpy.typing import NDArray

from game.world.lattice import Field, Octave, carried, spread
from game.world.window import Window

Value = TypeVar("Value", np.float32, np.float64)
# Every second p, every second q: values of shape (len(q), len(p)).
Places = NDArray[np.int64]
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


def crossed(shape: tuple[int, int], x0: int, y0: int, p: range, q: range) -> tuple[Places, Places]:
    """Return of every row of a grid the first column that crosses a window, and the one after.

    Parameters
    ----------
    shape : tuple of int
        Rows and columns of the window. [-]
    x0, y0 : int
        Its first column and row. [-]
    p, q : range
        Positions of the grid.
    """
    ny, nx = shape
    at = np.arange(q.start, q.stop, q.step)
    low = np.maximum(2 * x0 - at, 2 * y0 + at)
    high = np.minimum(2 * (x0 + nx - 1) - at, 2 * (y0 + ny - 1) + at)
    return (low - p.start) // 2, (high - p.start) // 2 + 1


def _diagonals(
    grid: NDArray[Value], row: int, column: int, shape: tuple[int, int]
) -> NDArray[Value]:
    width, size = grid.shape[1], grid.itemsize
    start = grid.reshape(-1)[row * width + column :]
    return as_strided(start, shape, ((1 - width) * size, (1 + width) * size), writeable=False)


def turned_field(window: Window, octaves: Sequence[Octave], mix: Sequence[float]) -> Field:
    """Return a mix of octaves whose lattices run along the diagonals, shape (ny, nx) [-]."""
    step = window.step()
    spacings = tuple(round(octave.spacing * math.sqrt(2.0)) for octave in octaves)

    def grid(p: range, q: range) -> Field:
        north = spread(q.start * step, len(q), 2 * step, spacings)
        east = spread(p.start * step, len(p), 2 * step, spacings)
        return carried(north, east, octaves, [mix])[0]

    out = np.empty((window.ny, window.nx))
    weave(out, window.i0, window.j0, grid)
    return out
