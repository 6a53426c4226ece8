"""Boxes on the screen, and where panels stand when the window is not 1280 by 720.

All numbers are in layout pixels: real pixels divided by the scale.
"""

from dataclasses import dataclass
from typing import NamedTuple

from game.ui.theme import load_theme


class Box(NamedTuple):
    """A rectangle from its top left corner, in layout pixels."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.w

    @property
    def bottom(self) -> float:
        """The bottom edge."""
        return self.y + self.h

    @property
    def centre(self) -> tuple[float, float]:
        """The middle point."""
        return self.x + self.w / 2, self.y + self.h / 2

    def holds(self, x: float, y: float) -> bool:
        """Say whether a point lies inside."""
        return self.x <= x < self.right and self.y <= y < self.bottom

    def grown(self, by: float) -> "Box":
        """Return the box made larger on every side."""
        return Box(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def moved(self, right: float, down: float) -> "Box":
        """Return the box moved."""
        return Box(self.x + right, self.y + down, self.w, self.h)


@dataclass(frozen=True, slots=True)
class Page:
    """The size of the window in layout pixels; places boxes that keep their corner."""

    w: float
    h: float

    def from_right(self, right: float, y: float, w: float, h: float) -> Box:
        """Place a box by its distance from the right edge."""
        return Box(self.w - right - w, y, w, h)

    def middle(self, y: float, w: float, h: float) -> Box:
        """Place a box in the middle across."""
        return Box((self.w - w) / 2, y, w, h)

    def from_bottom(self, box: Box) -> Box:
        """Move a box whose `y` is its distance from the bottom edge to its place."""
        return Box(box.x, self.h - box.y - box.h, box.w, box.h)

    @property
    def box(self) -> Box:
        """The whole page."""
        return Box(0, 0, self.w, self.h)


def page_scale(width_px: int, height_px: int, base_px: tuple[int, int], setting: float) -> float:
    """Return how many real pixels one layout pixel takes: the smaller side, times the setting."""
    return min(width_px / base_px[0], height_px / base_px[1]) * setting


def enlargement(size_px: tuple[int, int]) -> float:
    """Return how many times larger than the smallest common window a window is, never below 1."""
    base = load_theme().window
    return max(1.0, min(size_px[0] / base.width_px, size_px[1] / base.height_px))
