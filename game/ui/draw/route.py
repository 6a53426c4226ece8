"""The driven way as a small drawing, north up, with the places it passed."""

import math
from collections.abc import Sequence

from game.ui.boxes import Box
from game.ui.canvas import NOTE, Canvas, Look
from game.world.places import Place, PlaceKind

MOST_POINTS = 500
MARGIN = 22.0
NAMED = (PlaceKind.SAMPLE_SITE, PlaceKind.GOAL, PlaceKind.LANDER)
REACH_M = 30.0  # places this near to the way are named
LEAST_SPAN_M = 60.0
GRID_M = (10, 20, 50, 100, 200, 500)
GRID_NOTE_H = 20.0
NAME, NAME_H = Look(12, "quiet"), 15.0


def draw_route_map(
    canvas: Canvas,
    box: Box,
    track_m: Sequence[tuple[float, float]],
    places: Sequence[Place],
) -> None:
    """Fit the way into a box, with a grid of round metres."""
    canvas.fill(box, "space", 4)
    points = [(0.0, 0.0), *track_m[:: max(1, len(track_m) // MOST_POINTS)], *track_m[-1:]]
    lows, highs = ([pick(p[i] for p in points) for i in (0, 1)] for pick in (min, max))
    span = max(highs[0] - lows[0], highs[1] - lows[1], LEAST_SPAN_M)
    scale = min((box.w - 2 * MARGIN) / max(highs[0] - lows[0], LEAST_SPAN_M / 2),
                (box.h - 2 * MARGIN) / max(highs[1] - lows[1], LEAST_SPAN_M))  # fmt: skip
    middle = ((lows[0] + highs[0]) / 2, (lows[1] + highs[1]) / 2)

    def at(x_m: float, y_m: float) -> tuple[float, float]:
        return (box.x + box.w / 2 + (x_m - middle[0]) * scale,
                box.y + box.h / 2 - (y_m - middle[1]) * scale)  # fmt: skip

    step = next((g for g in GRID_M if span / g <= 8), GRID_M[-1])
    _draw_grid(canvas, box, (middle, scale), step)
    canvas.curve([at(*p) for p in points], "accent", 2)
    written: list[float] = [box.bottom - GRID_NOTE_H]
    for place in places:
        if place.kind in NAMED and _is_near(place, points):
            x, y = at(place.x_m, place.y_m)
            canvas.disc((x, y), 3, "text")
            if any(abs(y - other) < NAME_H for other in written):
                continue
            written.append(y)
            left = x + 8
            if left + canvas.width(place.title, NAME) > box.right - 6:
                left = x - 8 - canvas.width(place.title, NAME)
            canvas.text(place.title, left, y - 8, NAME)
    canvas.disc(at(*points[-1]), 5, "accent")
    canvas.text(f"grid {step} m", box.x + 8, box.bottom - GRID_NOTE_H, NOTE)


def _is_near(place: Place, points: Sequence[tuple[float, float]]) -> bool:
    return min(math.dist((place.x_m, place.y_m), p) for p in points) < REACH_M


def _draw_grid(canvas: Canvas, box: Box, fit: tuple[tuple[float, float], float], step: int) -> None:
    middle, scale = fit
    for axis, (length, start) in enumerate(((box.w, box.x), (box.h, box.y))):
        half = length / 2 / scale
        first = math.ceil((middle[axis] - half) / step)
        last = math.floor((middle[axis] + half) / step)
        for number in range(first, last + 1):
            away = (number * step - middle[axis]) * scale
            if axis == 0:
                x = start + length / 2 + away
                canvas.line((x, box.y), (x, box.bottom), "line")
            else:
                y = start + length / 2 - away
                canvas.line((box.x, y), (box.right, y), "line")
