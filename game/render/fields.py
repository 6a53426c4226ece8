"""What a tile of ground is, before any light falls on it."""

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

# Single precision wherever there are many cells; helpers take either precision.
Field: TypeAlias = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True)
class Grid:
    """A rectangle of cells of 2**level metres; row 0 is the southern one.

    Parameters
    ----------
    level : int
        Cells are 2**level metres wide.
    i0, j0 : int
        Number of the western column and of the southern row.
    nx, ny : int
        Columns and rows.
    """

    level: int
    i0: int
    j0: int
    nx: int
    ny: int

    @property
    def cell_m(self) -> float:
        """Width of a cell [m]."""
        return float(2.0**self.level)

    @property
    def x_m(self) -> NDArray[np.float64]:
        """East of the origin, by column [m]."""
        return np.asarray((self.i0 + np.arange(self.nx)) * self.cell_m, np.float64)

    @property
    def y_m(self) -> NDArray[np.float64]:
        """North of the origin, by row [m]."""
        return np.asarray((self.j0 + np.arange(self.ny)) * self.cell_m, np.float64)

    @property
    def box_m(self) -> tuple[float, float, float, float]:
        """West, south, east and north edge [m]."""
        x0, y0 = self.i0 * self.cell_m, self.j0 * self.cell_m
        return x0, y0, x0 + (self.nx - 1) * self.cell_m, y0 + (self.ny - 1) * self.cell_m

    def grown(self, margin: int) -> "Grid":
        """Return the grid with `margin` more cells on each side."""
        return Grid(
            self.level,
            self.i0 - margin,
            self.j0 - margin,
            self.nx + 2 * margin,
            self.ny + 2 * margin,
        )

    def window(
        self, x_m: float, y_m: float, reach_m: float
    ) -> tuple[slice, slice, Field, Field] | None:
        """Return rows, columns and offsets east and north of a place [m]; None if outside."""
        cell = self.cell_m
        west = max(0, int(np.floor((x_m - reach_m) / cell)) - self.i0)
        east = min(self.nx, int(np.ceil((x_m + reach_m) / cell)) - self.i0 + 1)
        south = max(0, int(np.floor((y_m - reach_m) / cell)) - self.j0)
        north = min(self.ny, int(np.ceil((y_m + reach_m) / cell)) - self.j0 + 1)
        if west >= east or south >= north:
            return None
        dx = ((self.i0 + np.arange(west, east)) * cell - x_m).astype(np.float32)[None, :]
        dy = ((self.j0 + np.arange(south, north)) * cell - y_m).astype(np.float32)[:, None]
        return slice(south, north), slice(west, east), dx, dy


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Fields:
    """Four fields of a tile and what its light needs to know about the surroundings.

    All arrays have row 0 in the SOUTH and carry `margin` cells more than the tile on each side.

    Parameters
    ----------
    grid : Grid
        The tile without its margin.
    margin : int
        Cells of the arrays beyond the tile.
    height_m : array
        True height, for shadows [m].
    relief_m : array
        Height for shading: the true one, or an exaggerated one on far views [m].
    albedo, redness : array
        Place on the colour ramp of the ground, 0 to 1 [-].
    hollow : array
        Share of the sky that is open, 0.5 to 1 [-].
    outer_m : array
        Height of the wide surroundings, coarser, for long shadows [m].
    outer : Grid
        Where `outer_m` is.
    """

    grid: Grid
    margin: int
    height_m: Field
    relief_m: Field
    albedo: Field
    redness: Field
    hollow: Field
    outer_m: Field
    outer: Grid

    @property
    def inner(self) -> tuple[slice, slice]:
        """The tile without its margin, as an index into the arrays."""
        m = self.margin
        return slice(m, m + self.grid.ny), slice(m, m + self.grid.nx)
