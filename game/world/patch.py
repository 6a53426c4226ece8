"""A small piece of ground for wheels: plain numbers, no arrays, quick to ask."""

import numpy as np
from numpy.typing import NDArray

from game.world.soil import Soil
from game.world.window import Window

_SOILS = tuple(Soil)


class Patch:
    """Heights and soils of a square; never changes. Positions outside use the nearest edge."""

    __slots__ = ("_cell", "_columns", "_heights", "_rows", "_soils", "_x0", "_y0", "window")

    def __init__(
        self, window: Window, height_m: NDArray[np.float32], soil: NDArray[np.uint8]
    ) -> None:
        self.window = window
        self._cell = window.cell_m()
        self._x0, self._y0 = window.i0 * self._cell, window.j0 * self._cell
        self._columns, self._rows = window.nx, window.ny
        self._heights: list[float] = height_m.ravel().tolist()
        self._soils = soil.tobytes()

    def contains(self, x_m: float, y_m: float, margin_m: float = 0.0) -> bool:
        """Return whether a place lies inside, at least a margin away from the edge."""
        u, v = x_m - self._x0, y_m - self._y0
        width, height = (self._columns - 1) * self._cell, (self._rows - 1) * self._cell
        return margin_m <= u <= width - margin_m and margin_m <= v <= height - margin_m

    def height_m(self, x_m: float, y_m: float) -> float:
        """Return the height, straight between nodes [m]."""
        number, u, v = self._spot(x_m, y_m)
        z, above = self._heights, number + self._columns
        low = z[number] + u * (z[number + 1] - z[number])
        high = z[above] + u * (z[above + 1] - z[above])
        return low + v * (high - low)

    def slope(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Return how much the ground rises per metre eastwards and northwards [-]."""
        number, u, v = self._spot(x_m, y_m)
        z, above = self._heights, number + self._columns
        south, north = z[number + 1] - z[number], z[above + 1] - z[above]
        west, east = z[above] - z[number], z[above + 1] - z[number + 1]
        cell = self._cell
        return (south + v * (north - south)) / cell, (west + u * (east - west)) / cell

    def soil(self, x_m: float, y_m: float) -> Soil:
        """Return the soil class of the nearest node."""
        number, u, v = self._spot(x_m, y_m)
        if u >= 0.5:
            number += 1
        if v >= 0.5:
            number += self._columns
        return _SOILS[self._soils[number]]

    def _spot(self, x_m: float, y_m: float) -> tuple[int, float, float]:
        """Return the south-west node and the shares of the way to the next ones."""
        u, v = (x_m - self._x0) / self._cell, (y_m - self._y0) / self._cell
        i, j = int(u), int(v)
        if not (u >= 0.0 and i <= self._columns - 2):
            u = min(max(u, 0.0), self._columns - 1.0)
            i = min(int(u), self._columns - 2)
        if not (v >= 0.0 and j <= self._rows - 2):
            v = min(max(v, 0.0), self._rows - 1.0)
            j = min(int(v), self._rows - 2)
        return j * self._columns + i, u - i, v - j
