"""Values of the ground at scattered places: many at once, near each other or far apart."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from game.world.window import Window, check_level, check_places

Array = NDArray[np.float64]
Indices = NDArray[np.int64]
Made = TypeVar("Made")

# Places in a rectangle of so many nodes are looked up together; wider apart, by squares.
_MOST_NODES, _SQUARE = 1 << 18, 128


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Places that share one window: which they are, their south-west nodes, shares to the next.

    Attributes
    ----------
    which : ndarray
        Their numbers in the list asked for. [-]
    window : Window
        Where they lie; it reaches one node beyond them.
    row, column : ndarray
        South-west node of each in the window. [-]
    east, north : ndarray
        How far each lies towards the next node, 0 to 1. [-]
    """

    which: Indices
    window: Window
    row: Indices
    column: Indices
    east: Array
    north: Array

    def between(self, values: NDArray[Any]) -> Array:
        """Return values straight between nodes, one a place."""
        z = values.astype(np.float64)
        j, i = self.row, self.column
        low = z[j, i] * (1.0 - self.east) + z[j, i + 1] * self.east
        high = z[j + 1, i] * (1.0 - self.east) + z[j + 1, i + 1] * self.east
        return np.asarray(low * (1.0 - self.north) + high * self.north)

    def slopes(self, values: NDArray[Any]) -> tuple[Array, Array]:
        """Return rises per metre eastwards and northwards, one a place [-]."""
        z, cell_m = values.astype(np.float64), self.window.cell_m()
        j, i = self.row, self.column
        south, north = z[j, i + 1] - z[j, i], z[j + 1, i + 1] - z[j + 1, i]
        west, east = z[j + 1, i] - z[j, i], z[j + 1, i + 1] - z[j, i + 1]
        return (
            np.asarray((south + self.north * (north - south)) / cell_m),
            np.asarray((west + self.east * (east - west)) / cell_m),
        )

    def nearest(self, values: NDArray[Any]) -> NDArray[Any]:
        """Return the values of the nearest nodes, one a place."""
        return np.asarray(values[self.row + (self.north >= 0.5), self.column + (self.east >= 0.5)])


def groups(level: int, x_m: Array, y_m: Array) -> Iterator[Group]:
    """Sort places into windows, so that far places do not ask for all ground between them.

    Parameters
    ----------
    level : int
        Level whose nodes are used. [-]
    x_m, y_m : ndarray
        Places that are on the ground, one axis, equal lengths. [m]
    """
    u, v = x_m * 2.0**-level, y_m * 2.0**-level
    i, j = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    if not len(i):
        return
    if (int(np.ptp(i)) + 2) * (int(np.ptp(j)) + 2) <= _MOST_NODES:
        parts = [np.arange(len(i), dtype=np.int64)]
    else:
        squares = np.stack([j // _SQUARE, i // _SQUARE])
        _, number = np.unique(squares, axis=1, return_inverse=True)
        number = number.reshape(-1)
        order = np.argsort(number, kind="stable")
        parts = np.split(order, np.flatnonzero(np.diff(number[order])) + 1)
    for which in parts:
        columns, rows = i[which], j[which]
        i0, j0 = int(columns.min()), int(rows.min())
        window = Window(level, i0, j0, int(columns.max()) - i0 + 2, int(rows.max()) - j0 + 2)
        yield Group(which, window, rows - j0, columns - i0, u[which] - columns, v[which] - rows)


def gathered(
    places: tuple[int, Array, Array],
    make: Callable[[Window], Made],
    take: Callable[[Group, Made], NDArray[Any]],
    where: str,
) -> NDArray[Any]:
    """Return values of places, in the order and the shape asked.

    Parameters
    ----------
    places : tuple
        Level, east and north of places, arrays of equal shape. [-, m, m]
    make : callable
        Makes what is needed of a window.
    take : callable
        Reads the values of a group from it; places along the last axis.
    where : str
        Who asks, for the error.

    Returns
    -------
    ndarray
        What `take` gives, places along the last axes.

    Raises
    ------
    ValueError
        If a coordinate is not finite or too large: a sentence with asker and first such place.
    """
    level, x_m, y_m = (
        places[0],
        np.asarray(places[1], np.float64),
        np.asarray(places[2], np.float64),
    )
    check_level(level, where)
    check_places(x_m, y_m, where)
    out: NDArray[Any] | None = None
    for group in groups(level, x_m.ravel(), y_m.ravel()):
        values = take(group, make(group.window))
        if out is None:
            out = np.empty((*values.shape[:-1], x_m.size), values.dtype)
        out[..., group.which] = values
    return np.zeros(x_m.shape) if out is None else out.reshape(*out.shape[:-1], *x_m.shape)
