"""The map that grows: which cells of ground the cameras have seen, and how closely."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.uint8]

PASSED = 2  # seen from close by, wheels and hazard cameras
SEEN = 1  # seen in a picture
KNOWN = 16  # added to what was seen before a forecast; what the forecast "sees" has it not


@dataclass(frozen=True, slots=True)
class ChartSpec:
    """Size of the chart, and how far one sees.

    cell_m : side of a cell. [m]
    half_m : the chart reaches this far from its centre, which lies at (`x_m`, `y_m`). [m]
    near_m : radius charted while driving. [m]
    far_m : radius charted by a picture. [m]
    picture_deg : width of a picture's wedge. [deg]
    """

    cell_m: float
    half_m: float
    x_m: float
    y_m: float
    near_m: float
    far_m: float
    picture_deg: float

    def __post_init__(self) -> None:
        """Refuse charts that are empty or too large to copy."""
        if self.cell_m <= 0.0 or not 1 <= self.half_m / self.cell_m <= 1024:
            raise ValueError("half_m must be 1 to 1024 cells of cell_m")


def empty_chart(spec: ChartSpec) -> Grid:
    """Return a chart on which nothing has been seen."""
    side = 2 * math.ceil(spec.half_m / spec.cell_m)
    return _frozen(np.zeros((side, side), np.uint8))


def charted_disc(spec: ChartSpec, chart: Grid, x_m: float, y_m: float) -> Grid:
    """Mark the ground around a place; returns the same array if all of it was known."""
    return _marked(spec, chart, (x_m, y_m), spec.near_m, None, PASSED)


def charted_wedge(spec: ChartSpec, chart: Grid, x_m: float, y_m: float, azimuth_rad: float) -> Grid:
    """Mark what one picture shows, along an azimuth."""
    return _marked(spec, chart, (x_m, y_m), spec.far_m, azimuth_rad, SEEN)


def charted_ring(spec: ChartSpec, chart: Grid, x_m: float, y_m: float) -> Grid:
    """Mark what a panorama shows."""
    return _marked(spec, chart, (x_m, y_m), spec.far_m, None, SEEN)


def is_charted(spec: ChartSpec, chart: Grid, x_m: float, y_m: float) -> bool:
    """Say whether a place has been seen; off the chart nothing has."""
    return _value(spec, chart, x_m, y_m) > 0


def as_known(chart: Grid) -> Grid:
    """Return the chart of a forecast: what has been seen by now is told from what will be.

    The chart of a forecast stays as it is.
    """
    if chart.max(initial=0) >= KNOWN:
        return chart
    return _frozen(np.where(chart > 0, chart + np.uint8(KNOWN), chart))


def is_known(spec: ChartSpec, chart: Grid, x_m: float, y_m: float) -> bool:
    """Say whether a place had been seen when a forecast was made."""
    return _value(spec, chart, x_m, y_m) >= KNOWN


def seen_reach_m(
    spec: ChartSpec, chart: Grid, start: tuple[float, float], goal: tuple[float, float]
) -> float:
    """How far one may drive from a place straight towards a goal over ground that is known [m]."""
    way_m = math.dist(start, goal)
    if way_m == 0.0:
        return 0.0
    step_m = spec.cell_m / 4.0
    reach_m = 0.0
    while reach_m < way_m:
        share = min(1.0, (reach_m + step_m) / way_m)
        x_m = start[0] + share * (goal[0] - start[0])
        y_m = start[1] + share * (goal[1] - start[1])
        if not is_charted(spec, chart, x_m, y_m):
            return reach_m
        reach_m = share * way_m
    return way_m


def charted_m2(spec: ChartSpec, chart: Grid) -> float:
    """Area that has been seen [m2]."""
    return float(np.count_nonzero(chart)) * spec.cell_m**2


def _value(spec: ChartSpec, chart: Grid, x_m: float, y_m: float) -> int:
    column = math.floor((x_m - spec.x_m + spec.half_m) / spec.cell_m)
    row = math.floor((y_m - spec.y_m + spec.half_m) / spec.cell_m)
    if 0 <= row < chart.shape[0] and 0 <= column < chart.shape[1]:
        return int(chart[row, column])
    return 0


def _marked(
    spec: ChartSpec,
    chart: Grid,
    place: tuple[float, float],
    reach_m: float,
    azimuth_rad: float | None,
    value: int,
) -> Grid:
    west_m, south_m = spec.x_m - spec.half_m, spec.y_m - spec.half_m
    column = (place[0] - west_m) / spec.cell_m
    row = (place[1] - south_m) / spec.cell_m
    reach = reach_m / spec.cell_m
    i0, i1 = max(0, int(column - reach)), min(chart.shape[1], int(column + reach) + 2)
    j0, j1 = max(0, int(row - reach)), min(chart.shape[0], int(row + reach) + 2)
    if i0 >= i1 or j0 >= j1:
        return chart
    east = (np.arange(i0, i1) + 0.5 - column)[None, :]
    north = (np.arange(j0, j1) + 0.5 - row)[:, None]
    seen = east**2 + north**2 <= reach**2
    if azimuth_rad is not None:
        off = np.angle(np.exp(1j * (np.arctan2(east, north) - azimuth_rad)))
        seen &= np.abs(off) <= math.radians(spec.picture_deg) / 2.0
    part = chart[j0:j1, i0:i1]
    fresh = seen & (part < value)
    if not fresh.any():
        return chart
    grown = chart.copy()
    grown[j0:j1, i0:i1][fresh] = value
    return _frozen(grown)


def _frozen(grid: Grid) -> Grid:
    grid.flags.writeable = False
    return grid
