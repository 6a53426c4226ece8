"""Curves and bands over the hours of a sol."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import pygame

from game.ui.boxes import Box
from game.ui.canvas import NOTE, Canvas, Point
from game.ui.hud_parts import STRIP_FIRST_H, STRIP_LAST_H
from game.ui.theme import Rgb, mixed

HOUR_STEP = 2


@dataclass(frozen=True, slots=True)
class Axes:
    """Maps hours across and values upwards into a box."""

    box: Box
    low: float = 0.0
    high: float = 1.0
    first_h: float = STRIP_FIRST_H
    last_h: float = STRIP_LAST_H

    def x(self, hour: float) -> float:
        """Return the place of an hour across."""
        part = min(max((hour - self.first_h) / (self.last_h - self.first_h), 0.0), 1.0)
        return self.box.x + self.box.w * part

    def hour(self, x: float) -> float:
        """Return the hour at a place across."""
        return self.first_h + (x - self.box.x) / self.box.w * (self.last_h - self.first_h)

    def y(self, value: float) -> float:
        """Return the height of a value."""
        part = (value - self.low) / (self.high - self.low)
        return self.box.bottom - self.box.h * min(max(part, 0.0), 1.0)

    def points(self, curve: Sequence[tuple[float, float]]) -> list[Point]:
        """Return a curve of (hour, value) as points."""
        return [(self.x(hour), self.y(value)) for hour, value in curve]


def draw_hours(canvas: Canvas, axes: Axes, words_y: float, bottom: float) -> None:
    """Draw the hours and a light grid every two of them."""
    top = words_y + 16
    for hour in range(int(STRIP_FIRST_H), int(STRIP_LAST_H) + 1, HOUR_STEP):
        x = axes.x(hour)
        canvas.text(f"{hour % 24:02d}", x, words_y, NOTE, "middle")
        canvas.line((x, top), (x, bottom), "line")


def draw_daylight(canvas: Canvas, axes: Axes, y: float, rise_h: float, set_h: float) -> None:
    """Draw the band that says when the Sun is up."""
    colours = (canvas.rgb("night"), canvas.rgb("day"))
    band = _daylight_band(round(rise_h, 2), round(set_h, 2), colours)
    canvas.image(band, Box(axes.box.x, y, axes.box.w, 6))


@lru_cache(maxsize=8)
def _daylight_band(rise_h: float, set_h: float, colours: tuple[Rgb, Rgb]) -> pygame.Surface:
    """Return the band, one pixel for every ten minutes."""
    count = round((STRIP_LAST_H - STRIP_FIRST_H) * 6)
    band = pygame.Surface((count, 2))
    for k in range(count):
        part = _daylight(STRIP_FIRST_H + (k + 0.5) / 6, rise_h, set_h)
        band.fill(mixed(*colours, part), (k, 0, 1, 2))
    return band


def _daylight(hour: float, rise_h: float, set_h: float) -> float:
    """Return how bright the band is: it fades over the hour around sunrise and sunset."""
    best = 0.0
    for shift in (-24.0, 0.0, 24.0):
        inside = min(hour - rise_h - shift, set_h + shift - hour)
        best = max(best, min(1.0, inside + 0.5))
    return max(0.0, best)


def draw_band(canvas: Canvas, axes: Axes, band: Sequence[tuple[float, float, float]]) -> None:
    """Fill between the low and the high of (hour, low, high)."""
    if len(band) > 1:
        top = [(axes.x(hour), axes.y(high)) for hour, _, high in band]
        low = [(axes.x(hour), axes.y(low)) for hour, low, _ in reversed(band)]
        canvas.area([*top, *low], "band")
