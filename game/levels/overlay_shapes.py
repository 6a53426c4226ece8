"""Outlines: what lies inside them, and circles that stand for them."""

import math

import numpy as np
from numpy.typing import NDArray

from game.levels.level import Points

# Smallest circles, and how many of them at most lie along the longer side of an outline.
MIN_FILL_M, MAX_CIRCLES_ALONG = 0.5, 64

Circle = tuple[float, float, float]


def covering_circles(points_m: Points, fineness: float) -> tuple[Circle, ...]:
    """Return circles (x, y, radius) that together cover an outline and little else [m].

    About fineness squared of them; the finer, the closer they keep to the outline.
    """
    x0, y0, x1, y1 = bounds_m(points_m)
    side = float(np.sqrt((x1 - x0) * (y1 - y0)))
    cell = max(MIN_FILL_M, side / fineness, max(x1 - x0, y1 - y0) / MAX_CIRCLES_ALONG)
    x, y = centres_m(x0, x1, cell), centres_m(y0, y1, cell)
    radius = cell * float(np.sqrt(0.5))
    circles: list[Circle] = []
    for each_y in y:
        for each_x in x:
            centre = (float(each_x), float(each_y))
            if not _is_inside(points_m, centre):
                edge = _nearest_on_outline(points_m, centre)
                if math.dist(edge, centre) > radius:
                    continue
                centre = edge
            circles.append((*centre, radius))
    return tuple(circles)


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


def _is_inside(points_m: Points, point: tuple[float, float]) -> bool:
    return bool(inside(points_m, np.array(point[0]), np.array(point[1])))


def _nearest_on_outline(points_m: Points, point: tuple[float, float]) -> tuple[float, float]:
    """Return the point of an outline that is nearest to a point outside it [m]."""
    best, least = points_m[0], math.inf
    for (ax, ay), (bx, by) in zip(points_m, points_m[1:] + points_m[:1], strict=True):
        length2 = max((bx - ax) ** 2 + (by - ay) ** 2, 1e-12)
        along = ((point[0] - ax) * (bx - ax) + (point[1] - ay) * (by - ay)) / length2
        along = min(max(along, 0.0), 1.0)
        foot = (ax + along * (bx - ax), ay + along * (by - ay))
        if math.dist(foot, point) < least:
            best, least = foot, math.dist(foot, point)
    return best


def centres_m(low: float, high: float, cell: float) -> NDArray[np.float64]:
    """Return the middles of cells from low to high, the last one perhaps beyond it [m]."""
    count = max(1, int(np.ceil((high - low) / cell)))
    return np.asarray(low + cell * (np.arange(count) + 0.5), dtype=np.float64)
