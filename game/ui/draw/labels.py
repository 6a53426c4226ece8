"""Words beside points of the ground that keep out of each other's way.

Of the spots around its point a label takes the first that is free, or else the one that is covered
least; nothing is moved about later, so the same picture always reads the same.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from game.ui.boxes import Box, Page
from game.ui.canvas import HALO, Canvas, Look, Point

LINE_FACTOR = 4 / 3  # height of a line of words over the size of its letters
WAY_STEP = 10.0  # a way is kept free in squares this far apart
GAP = 3.0  # between a mark and its words


def free_spot(
    size: tuple[float, float], at: Point, reach: float, taken: Sequence[Box]
) -> Box | None:
    """Return where a label fits: right of its mark, left, below, above, at a corner.

    None if nowhere.

    Parameters
    ----------
    size : tuple of float
        Width and height of the words. [layout px]
    at, reach : Point, float
        The middle of the mark and half its size. [layout px]
    taken : sequence of Box
        What must not be written over: other words, marks, panels.
    """
    spots = _spots(size, at, reach)
    return next((box for box in spots if not any(touches(box, one) for one in taken)), None)


def write_label(
    canvas: Canvas,
    words: str,
    at: Point,
    reach: float,
    taken: Sequence[Box],
    look: Look = HALO,
) -> Box:
    """Write words beside a mark, where there is room, and return where."""
    size = label_size(canvas, words, look)
    box = free_spot(size, at, reach, taken)
    if box is None:
        spots = _spots(size, at, reach)
        box = min(spots, key=lambda spot: sum(_shared(spot, one) for one in taken))
    canvas.text(words, box.x, box.y, look)
    return box


def label_size(canvas: Canvas, words: str, look: Look) -> tuple[float, float]:
    """Return width and height of words [layout px]."""
    return canvas.width(words, look), look.size * LINE_FACTOR


def around(at: Point, reach: float) -> Box:
    """Return the box of a mark."""
    return Box(at[0] - reach, at[1] - reach, 2 * reach, 2 * reach)


def along(points: Sequence[Point], reach: float = 2.0) -> list[Box]:
    """Return small boxes along a way, so that no words come to lie on its line."""
    boxes: list[Box] = []
    for start, end in pairwise(points):
        count = max(1, math.ceil(math.dist(start, end) / WAY_STEP))
        for k in range(count + 1):
            x, y = (a + (b - a) * k / count for a, b in zip(start, end, strict=True))
            boxes.append(around((x, y), reach))
    return boxes


def edges(page: Page) -> tuple[Box, Box]:
    """Return what lies left and right of the window, where nobody reads words."""
    return Box(-page.w, 0, page.w, page.h), Box(page.w, 0, page.w, page.h)


def touches(one: Box, other: Box) -> bool:
    """Say whether two boxes share a part."""
    return (
        one.x < other.right
        and other.x < one.right
        and one.y < other.bottom
        and other.y < one.bottom
    )


def _shared(one: Box, other: Box) -> float:
    """Return the area that two boxes share [layout px2]."""
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return max(0.0, wide) * max(0.0, high)


def _spots(size: tuple[float, float], at: Point, reach: float) -> tuple[Box, ...]:
    (wide, high), (x, y) = size, at
    away = reach + GAP
    corners = (
        (x + away, y - high / 2),
        (x - away - wide, y - high / 2),
        (x - wide / 2, y + away),
        (x - wide / 2, y - away - high),
        (x + reach, y + reach),
        (x + reach, y - reach - high),
        (x - reach - wide, y + reach),
        (x - reach - wide, y - reach - high),
    )
    return tuple(Box(left, top, wide, high) for left, top in corners)
