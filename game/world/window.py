"""A rectangle of grid nodes: level, first node, counts.

Levels are powers of two of the cell: 64 m, 8 m, 1 m, 0.25 m for wheels, and 0.0625 m and 0.03125 m
where others would have 5 cm. Then a node of one level is a node of every finer one, and its place,
a whole number times a power of two, is the same number in all of them and exact at any distance: so
zooming shows one world and seams are zero a million chunks from the origin. Five centimetres are no
finite binary fraction; their nodes would drift against those of the other levels.
"""

import math
from dataclasses import dataclass
from operator import index
from typing import SupportsIndex

import numpy as np
from numpy.typing import NDArray

FINEST_LEVEL = -6
COARSEST_LEVEL = 6
FINE_PER_M = 1 << -FINEST_LEVEL
# Node numbers stay well inside 64 bits, and positions inside the exact range of doubles.
LARGEST_NODE = 1 << 46
# So far every level has nodes: a billion kilometres.
FARTHEST_M = LARGEST_NODE * 2.0**FINEST_LEVEL


@dataclass(frozen=True, slots=True)
class Window:
    """Which nodes of which level: node (i, j) lies at x = i * 2**level, y = j * 2**level.

    Attributes
    ----------
    level : int
        Power of two of the cell, -6 to 6. [-]
    i0, j0 : int
        West-most column and south-most row. [-]
    nx, ny : int
        Number of columns and rows. [-]
    """

    level: int
    i0: int
    j0: int
    nx: int
    ny: int

    def __post_init__(self) -> None:
        for name in ("level", "i0", "j0", "nx", "ny"):
            if type(getattr(self, name)) is not int:
                object.__setattr__(self, name, _whole(name, getattr(self, name)))
        if not FINEST_LEVEL <= self.level <= COARSEST_LEVEL:
            raise ValueError(f"ground level {self.level!r} is not between -6 and 6")
        if self.nx < 1 or self.ny < 1:
            raise ValueError(f"a piece of ground needs nodes, not {self.nx} by {self.ny}")
        if max(abs(self.i0), abs(self.j0)) > LARGEST_NODE:
            limit_km = LARGEST_NODE * self.cell_m() / 1000.0
            raise ValueError(
                f"that ground is too far away: level {self.level} reaches {limit_km:.0e} km"
            )

    def cell_m(self) -> float:
        """Return the distance between nodes [m]."""
        return 2.0**self.level

    def step(self) -> int:
        """Return the distance between nodes in steps of the finest level [-]."""
        return 1 << (self.level - FINEST_LEVEL)

    def grown(self, margin: int) -> "Window":
        """Return the window with so many more nodes on every side."""
        return Window(
            self.level,
            self.i0 - margin,
            self.j0 - margin,
            self.nx + 2 * margin,
            self.ny + 2 * margin,
        )

    def part(self, rows: slice, columns: slice) -> "Window":
        """Return the window of some rows and columns, counted from the south-west node."""
        return Window(
            self.level,
            self.i0 + columns.start,
            self.j0 + rows.start,
            columns.stop - columns.start,
            rows.stop - rows.start,
        )

    def x_m(self) -> NDArray[np.float64]:
        """Return the east positions of the columns [m], shape (nx,)."""
        return np.asarray((self.i0 + np.arange(self.nx)) * self.cell_m(), dtype=np.float64)

    def y_m(self) -> NDArray[np.float64]:
        """Return the north positions of the rows [m], shape (ny,)."""
        return np.asarray((self.j0 + np.arange(self.ny)) * self.cell_m(), dtype=np.float64)

    def box_m(self, margin_m: float = 0.0) -> tuple[float, float, float, float]:
        """Return west, south, east and north edge [m], widened by a margin."""
        cell = self.cell_m()
        return (
            self.i0 * cell - margin_m,
            self.j0 * cell - margin_m,
            (self.i0 + self.nx - 1) * cell + margin_m,
            (self.j0 + self.ny - 1) * cell + margin_m,
        )


def _whole(name: str, value: object) -> int:
    """Return a whole number of another type, such as numpy's, as one of Python's."""
    if isinstance(value, SupportsIndex) and not isinstance(value, bool):
        return index(value)
    raise ValueError(f"ground is asked for in whole numbers of nodes, but {name} is {value!r}")


def check_place(x_m: float, y_m: float, where: str) -> None:
    """Refuse coordinates that are not finite or too large, and say where they came from.

    Raises
    ------
    ValueError
        A sentence with the asker and both numbers.
    """
    if abs(x_m) <= FARTHEST_M and abs(y_m) <= FARTHEST_M:
        return
    if math.isfinite(x_m) and math.isfinite(y_m):
        raise ValueError(f"{where}: ({x_m!r}, {y_m!r}) is too far away: there is no such ground")
    raise ValueError(f"{where}: ({x_m!r}, {y_m!r}) is not a place on the ground")


def check_places(x_m: NDArray[np.float64], y_m: NDArray[np.float64], where: str) -> None:
    """Refuse lists of places that do not match or hold one that is none, and say which it is."""
    if x_m.shape != y_m.shape:
        raise ValueError(f"{where}: {x_m.size} places east, but {y_m.size} north")
    is_ground = (np.abs(x_m) <= FARTHEST_M) & (np.abs(y_m) <= FARTHEST_M)
    if is_ground.all():
        return
    at = tuple(int(one) for one in np.argwhere(~is_ground)[0])
    number = at[0] if len(at) == 1 else at
    check_place(float(x_m[at]), float(y_m[at]), f"{where}: number {number} of the places asked")


def check_length(value_m: float, where: str) -> None:
    """Refuse a size, height or distance that is not a finite number, and say whose it is."""
    if not math.isfinite(value_m):
        raise ValueError(f"{where} is a finite number of metres, not {value_m!r}")


def check_reach(value_m: float, where: str) -> None:
    """Refuse a radius or half a side that is not finite or negative, and say whose it is."""
    check_length(value_m, where)
    if value_m < 0.0:
        raise ValueError(f"{where} is zero or more metres, not {value_m!r}")


def check_level(level: int, where: str) -> None:
    """Refuse a level that there is not, and say who asked for it."""
    if not FINEST_LEVEL <= level <= COARSEST_LEVEL:
        raise ValueError(
            f"{where}: ground level {level!r} is not between {FINEST_LEVEL} and {COARSEST_LEVEL}"
        )


def asked_window(where: str, nodes: tuple[int, int, int, int, int]) -> Window:
    """Return the window of some nodes; if there is none, the error says who asked for it."""
    try:
        return Window(*nodes)
    except ValueError as error:
        raise ValueError(f"{where}: {error}") from None
