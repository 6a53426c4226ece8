"""Contours and profiles of the site, from heights on a grid."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from game.mission.chart import ChartSpec, Grid, is_charted
from game.ui.camera import View
from game.world.terrain import Terrain

Field = NDArray[np.float32]
Rows = NDArray[np.float64]
Place = tuple[float, float]
CELL_PX = 9.0  # about as far apart as heights are taken on the screen
INTERVALS_M = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0)
MOST_LINES = 14
COARSEST_LEVEL = 6
PROFILE_POINTS = 60
# Cells of 4 m [design]: a height map made from two pictures from orbit is about five times as
# coarse as their pixels, and those of the orbiter's best camera are 0.7 m.
ORBIT_LEVEL = 2
# Which edges of a square (south, east, north, west) a contour joins, by the corners above it
# (south-west 1, south-east 2, north-east 4, north-west 8).
CROSSINGS: dict[int, tuple[tuple[int, int], ...]] = {
    1: ((3, 0),), 2: ((0, 1),), 3: ((3, 1),), 4: ((1, 2),), 5: ((3, 2), (0, 1)), 6: ((0, 2),),
    7: ((3, 2),), 8: ((2, 3),), 9: ((2, 0),), 10: ((0, 3), (2, 1)), 11: ((2, 1),), 12: ((1, 3),),
    13: ((1, 0),), 14: ((0, 3),),
}  # fmt: skip


class Step(NamedTuple):
    """A place of a profile: how far along the line [m], its height [m], and if cameras saw it."""

    way_m: float
    height_m: float
    is_seen: bool


@dataclass(frozen=True, slots=True, eq=False)
class Chart:
    """What cameras have seen of the site."""

    spec: ChartSpec
    grid: Grid


@dataclass(frozen=True, slots=True, eq=False)
class Heights:
    """Heights on a grid [m]; row 0 is the southernmost, node (0, 0) lies at (`x_m`, `y_m`)."""

    height_m: Field
    x_m: float
    y_m: float
    cell_m: float


@dataclass(frozen=True, slots=True, eq=False)
class Contours:
    """Pieces of contour lines: from and to, east and north [m], with the height of each."""

    interval_m: float
    lines: tuple[tuple[float, Rows], ...]


def heights_in(terrain: Terrain, view: View) -> Heights:
    """Return the heights of a view, as coarse as the screen allows."""
    level = min(math.ceil(math.log2(CELL_PX / view.scale_px_m)), COARSEST_LEVEL)
    cell_m = 2.0**level
    west, south, east, north = view.bounds_m()
    i0, j0 = math.floor(west / cell_m), math.floor(south / cell_m)
    nx, ny = math.ceil(east / cell_m) - i0 + 1, math.ceil(north / cell_m) - j0 + 1
    field = terrain.ground(level, i0, j0, nx, ny).height_m
    return Heights(smoothed(np.asarray(field)), i0 * cell_m, j0 * cell_m, cell_m)


def smoothed(field: Field) -> Field:
    """Return a field averaged with its neighbours: contours of single stones help nobody."""
    padded = np.pad(field, 1, mode="edge")
    rows = (padded[:-2] + 2.0 * padded[1:-1] + padded[2:]) / 4.0
    return np.asarray((rows[:, :-2] + 2.0 * rows[:, 1:-1] + rows[:, 2:]) / 4.0, np.float32)


def interval_m(heights: Heights) -> float:
    """Return the closest contour interval that does not crowd the map [m]."""
    low, high = (float(v) for v in np.percentile(heights.height_m, (2.0, 98.0)))
    return next((v for v in INTERVALS_M if (high - low) / v <= MOST_LINES), INTERVALS_M[-1])


def contours(heights: Heights) -> Contours:
    """Return all contour lines of a grid as short pieces.

    References
    ----------
    .. [1] W. E. Lorensen, H. E. Cline, "Marching cubes", Computer Graphics 21, 1987 (the same
       idea on squares).
    """
    step_m = interval_m(heights)
    field = heights.height_m.astype(np.float64)
    first = math.ceil(float(field.min()) / step_m)
    last = math.floor(float(field.max()) / step_m)
    lines = []
    for number in range(first, last + 1):
        pieces = _pieces(field, number * step_m)
        if len(pieces):
            place = np.array([heights.x_m, heights.y_m])
            lines.append((number * step_m, pieces * heights.cell_m + place))
    return Contours(step_m, tuple(lines))


def _pieces(field: Rows, level: float) -> Rows:
    """Return the pieces of one contour in cells: shape (n, 2 ends, 2)."""
    corners = (field[:-1, :-1], field[:-1, 1:], field[1:, 1:], field[1:, :-1])
    case = np.zeros(corners[0].shape, np.int64)
    for corner, bit in zip(corners, (1, 2, 4, 8), strict=True):
        case += (corner >= level) * bit
    found: list[Rows] = []
    for number, joins in CROSSINGS.items():
        rows, columns = np.nonzero(case == number)
        if not len(rows):
            continue
        inside = [corner[rows, columns] for corner in corners]
        for start, end in joins:
            ends = [_crossing(edge, inside, level) for edge in (start, end)]
            piece = np.stack([np.stack([columns + x, rows + y], -1) for x, y in ends], 1)
            found.append(piece)
    return np.concatenate(found) if found else np.empty((0, 2, 2))


def _crossing(edge: int, inside: list[Rows], level: float) -> tuple[Rows, Rows]:
    """Return where a level crosses one edge of squares, from their south-west corners [cells]."""
    ends = ((0, 1), (1, 2), (3, 2), (0, 3))[edge]
    low, high = inside[ends[0]], inside[ends[1]]
    part = (level - low) / np.where(high == low, 1.0, high - low)
    whole = np.ones_like(part)
    return (
        (part, 0.0 * whole),
        (whole, part),
        (part, whole),
        (0.0 * whole, part),
    )[edge]


def profile(terrain: Terrain, chart: Chart, start: Place, end: Place) -> tuple[Step, ...]:
    """Return the ground along a straight line, all of it at once."""
    return tuple(profile_steps(terrain, chart, start, end))


def profile_steps(terrain: Terrain, chart: Chart, start: Place, end: Place) -> Iterator[Step]:
    """Yield the ground along a straight line, as well as it is known.

    Where cameras have looked it is known to the metre; elsewhere only as coarsely as a pair of
    pictures from orbit shows it.
    """
    length_m = math.dist(start, end)
    seen_level = max(-1, min(ORBIT_LEVEL, round(math.log2(max(length_m, 1.0) / PROFILE_POINTS))))
    for k in range(PROFILE_POINTS + 1):
        part = k / PROFILE_POINTS
        x_m = start[0] + (end[0] - start[0]) * part
        y_m = start[1] + (end[1] - start[1]) * part
        is_seen = is_charted(chart.spec, chart.grid, x_m, y_m)
        level = seen_level if is_seen else ORBIT_LEVEL
        yield Step(length_m * part, terrain.height_m(x_m, y_m, level), is_seen)


def steepest_deg(points: tuple[Step, ...]) -> float:
    """Return the steepest piece of a profile [deg]; a change of what is known is no slope."""
    slopes = [
        abs(b.height_m - a.height_m) / (b.way_m - a.way_m)
        for a, b in pairwise(points)
        if b.way_m > a.way_m and a.is_seen == b.is_seen
    ]
    return math.degrees(math.atan(max(slopes, default=0.0)))
