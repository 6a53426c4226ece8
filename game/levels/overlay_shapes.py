"""Outlines turned into what the ground understands: circles and painted squares."""

import numpy as np
from numpy.typing import NDArray

from game.levels.level import Points
from game.world.overlays import UNPAINTED, SoilPaint

MIN_FILL_M, MAX_SQUARES, MAX_CIRCLES_ALONG = 0.5, 512, 64

Circle = tuple[float, float, float]


def covering_circles(points_m: Points, fineness: float) -> tuple[Circle, ...]:
    """Return circles (x, y, radius) that together cover an outline and little else [m].

    About fineness squared of them; the finer, the closer they keep to the outline.
    """
    x0, y0, x1, y1 = bounds_m(points_m)
    side = float(np.sqrt((x1 - x0) * (y1 - y0)))
    cell = max(MIN_FILL_M, side / fineness, max(x1 - x0, y1 - y0) / MAX_CIRCLES_ALONG)
    x, y = _centres(x0, x1, cell), _centres(y0, y1, cell)
    grid_x, grid_y = np.meshgrid(x, y)
    near = inside(points_m, grid_x, grid_y) | (
        _edge_distance_m(points_m, grid_x, grid_y) < cell / 2
    )
    radius = cell * float(np.sqrt(0.5))
    return tuple(
        (float(a), float(b), radius) for a, b in zip(grid_x[near], grid_y[near], strict=True)
    )


def painted(points_m: Points, code: int, cell_m: float) -> SoilPaint:
    """Return squares of one soil inside an outline; large areas get larger squares [m]."""
    x0, y0, x1, y1 = bounds_m(points_m)
    cell = max(cell_m, (x1 - x0) / MAX_SQUARES, (y1 - y0) / MAX_SQUARES)
    x, y = _centres(x0, x1, cell), _centres(y0, y1, cell)
    grid_x, grid_y = np.meshgrid(x, y)
    soils = np.where(inside(points_m, grid_x, grid_y), code, UNPAINTED).astype(np.uint8)
    return SoilPaint(x0, y0, cell, len(x), len(y), soils.tobytes())


def circle_points(x_m: float, y_m: float, radius_m: float) -> Points:
    """Return a circle as an outline, counter-clockwise [m]."""
    angles = np.linspace(0.0, 2.0 * np.pi, 48, endpoint=False)
    return tuple(
        (x_m + radius_m * float(np.cos(angle)), y_m + radius_m * float(np.sin(angle)))
        for angle in angles
    )


def bounds_m(points_m: Points) -> tuple[float, float, float, float]:
    """Return west, south, east and north of an outline [m]."""
    xs, ys = [point[0] for point in points_m], [point[1] for point in points_m]
    return min(xs), min(ys), max(xs), max(ys)


def inside(
    points_m: Points, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Say which points lie inside an outline, by counting the edges to the east of each."""
    result = np.zeros(x_m.shape, dtype=np.bool_)
    for (ax, ay), (bx, by) in zip(points_m, points_m[1:] + points_m[:1], strict=True):
        if ay == by:
            continue
        crosses = (ay > y_m) != (by > y_m)
        result ^= crosses & (x_m < ax + (y_m - ay) / (by - ay) * (bx - ax))
    return result


def _edge_distance_m(
    points_m: Points, x_m: NDArray[np.float64], y_m: NDArray[np.float64]
) -> NDArray[np.floating]:
    nearest: NDArray[np.floating] = np.full(x_m.shape, np.inf)
    for (ax, ay), (bx, by) in zip(points_m, points_m[1:] + points_m[:1], strict=True):
        length2 = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-12)
        along = np.clip(((x_m - ax) * (bx - ax) + (y_m - ay) * (by - ay)) / length2, 0.0, 1.0)
        gap = np.hypot(x_m - ax - along * (bx - ax), y_m - ay - along * (by - ay))
        nearest = np.minimum(nearest, gap)
    return nearest


def _centres(low: float, high: float, cell: float) -> NDArray[np.float64]:
    count = max(1, int(np.ceil((high - low) / cell)))
    return np.asarray(low + cell * (np.arange(count) + 0.5), dtype=np.float64)
