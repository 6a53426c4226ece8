"""A small piece of ground for wheels: plain numbers, no arrays, quick to ask."""

from math import floor

import numpy as np
from numpy.typing import NDArray

from game.world.soil import Soil
from game.world.window import Window, check_place, check_reach

_SOILS = tuple(Soil)
# A number in a list: the number, and where it is.
_HEIGHT_BYTE = 32


class Patch:
    """Heights and soils of a square; never changes. Positions outside use the nearest edge."""

    __slots__ = (
        "_cell",
        "_columns",
        "_heights",
        "_i0",
        "_j0",
        "_per_m",
        "_rows",
        "_soils",
        "window",
    )

    def __init__(
        self, window: Window, height_m: NDArray[np.float32], soil: NDArray[np.uint8]
    ) -> None:
        self.window = window
        self._cell, self._per_m = window.cell_m(), 1.0 / window.cell_m()
        self._i0, self._j0 = window.i0, window.j0
        self._columns, self._rows = window.nx, window.ny
        self._heights: list[float] = height_m.ravel().tolist()
        self._soils = soil.tobytes()

    def size_byte(self) -> int:
        """Return how much memory it takes [byte]."""
        return len(self._heights) * _HEIGHT_BYTE + len(self._soils)

    def contains(self, x_m: float, y_m: float, margin_m: float = 0.0) -> bool:
        """Return whether a place lies inside, at least a margin away from the edge."""
        u, v = x_m * self._per_m - self._i0, y_m * self._per_m - self._j0
        margin = margin_m * self._per_m
        width, height = self._columns - 1, self._rows - 1
        if 0.0 <= margin <= u <= width - margin and margin <= v <= height - margin:
            return True
        check_place(x_m, y_m, "patch.contains")
        check_reach(margin_m, "patch.contains: the margin")
        return False

    def height_m(self, x_m: float, y_m: float) -> float:
        """Return the height, straight between nodes [m]."""
        number, u, v = self._spot(x_m, y_m, "height_m")
        z, above = self._heights, number + self._columns
        left, left_above = z[number], z[above]
        low = left + u * (z[number + 1] - left)
        return low + v * (left_above + u * (z[above + 1] - left_above) - low)

    def slope(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return how much the ground rises per metre eastwards and northwards [-]."""
        number, u, v = self._spot(x_m, y_m, "slope")
        z, above = self._heights, number + self._columns
        south, north = z[number + 1] - z[number], z[above + 1] - z[above]
        west, east = z[above] - z[number], z[above + 1] - z[number + 1]
        cell = self._cell
        return (south + v * (north - south)) / cell, (west + u * (east - west)) / cell

    def soil(self, x_m: float, y_m: float) -> Soil:
        """Return the soil class of the nearest node."""
        number, u, v = self._spot(x_m, y_m, "soil")
        if u >= 0.5:
            number += 1
        if v >= 0.5:
            number += self._columns
        return _SOILS[self._soils[number]]

    def _spot(self, x_m: float, y_m: float, who: str) -> tuple[int, float, float]:
        """Return the south-west node and the shares of the way to the next ones.

        Counted from the origin of the world, so that every patch gives the same last bit.
        """
        u, v = x_m * self._per_m, y_m * self._per_m
        try:
            column, row = floor(u), floor(v)
        except (ValueError, OverflowError):
            where = f"patch.{who}: ({x_m!r}, {y_m!r})"
            raise ValueError(f"{where} is not a place on the ground") from None
        u, v = u - column, v - row
        column, row = column - self._i0, row - self._j0
        if not 0 <= column <= self._columns - 2:
            column, u = (0, 0.0) if column < 0 else (self._columns - 2, 1.0)
        if not 0 <= row <= self._rows - 2:
            row, v = (0, 0.0) if row < 0 else (self._rows - 2, 1.0)
        return row * self._columns + column, u, v
