"""The lists beside the map: places with points, and what orbital pictures show near the rover."""

import math
from collections.abc import Sequence
from typing import NamedTuple

from game.levels.level import LevelPlace
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, Canvas
from game.ui.draw.marks import draw_diamond
from game.ui.screens.frame import draw_panel
from game.ui.words import way_text
from game.world.overlays import Place

ROW, HEAD, GAP = 40.0, 56.0, 8.0
MOST_PLACES, MOST_FINDS = 9, 4
PAD = 6.0  # of a row, beside its words
Point = tuple[float, float]


class ListRow(NamedTuple):
    """Where a row stands on the page, and which place it names."""

    box: Box
    place_m: Point


def draw_lists(
    canvas: Canvas,
    box: Box,
    rover_m: Point,
    places: Sequence[tuple[LevelPlace, bool]],
    finds: Sequence[tuple[Place, bool, bool]],
    find_points: float,
) -> tuple[tuple[ListRow, ...], tuple[Box, ...]]:
    """Write both lists, nearest first, one under the other; each keeps some room.

    Parameters
    ----------
    canvas : Canvas
        The window.
    box : Box
        Where they may lie. [layout px]
    rover_m : tuple of float
        Where the rover believes to be. [m]
    places : sequence of (place, bool)
        Nearest first, each with whether its points have been earned.
    finds : sequence of (place, bool, bool)
        Nearest first, each with whether its points have been earned and whether the rover's cameras
        have seen it; those with points to earn are written before others.
    find_points : float
        What a find counts. [-]

    Returns
    -------
    tuple
        The rows, and the panels that they stand on.
    """
    finds_shown = sorted(finds, key=lambda find: find[1])[:MOST_FINDS]
    below = HEAD + GAP + ROW * len(finds_shown) if finds_shown else 0.0
    count = int((box.h - below - HEAD) // ROW)
    places_shown = places[: max(0, min(MOST_PLACES, count))]
    upper = Box(box.x, box.y, box.w, HEAD + ROW * len(places_shown))
    room = draw_panel(canvas, upper, "Places", "nearest first")
    rows = _rows(room, [place for place, _ in places_shown])
    for k, (place, is_met) in enumerate(places_shown):
        at = (room.x, room.y + ROW * k)
        icon = ("check", "safe") if is_met else ("flag", "accent")
        _draw_row(canvas, at, place, icon, _way(rover_m, place, place.points))
    panels = [upper]
    if finds_shown:
        lower = Box(box.x, upper.bottom + GAP, box.w, HEAD + ROW * len(finds_shown))
        room = draw_panel(canvas, lower, "Worth a detour", "seen from orbit")
        for k, (find, is_told, is_seen) in enumerate(finds_shown):
            icon = ("check", "safe") if is_told else ("find", "text")
            at = (room.x, room.y + ROW * k)
            way = _way(rover_m, find, find_points) + (" · by camera" if is_seen else "")
            _draw_row(canvas, at, find, icon, way)
        rows += _rows(room, [find for find, _, _ in finds_shown])
        panels.append(lower)
    return tuple(rows), tuple(panels)


def _rows(room: Box, shown: Sequence[LevelPlace | Place]) -> list[ListRow]:
    return [
        ListRow(Box(room.x - PAD, room.y + ROW * k - 4, room.w + 2 * PAD, ROW), (one.x_m, one.y_m))
        for k, one in enumerate(shown)
    ]


def _draw_row(
    canvas: Canvas, at: Point, place: LevelPlace | Place, icon: tuple[str, str], way: str
) -> None:
    name, token = icon
    if name == "find":
        draw_diamond(canvas, (at[0] + 5, at[1] + 8), is_told=False)
    else:
        canvas.icon(name, at[0] - 4, at[1], token, 18)
    canvas.text(place.title, at[0] + 20, at[1] - 2, BODY if name == "check" else STRONG)
    canvas.text(way, at[0] + 20, at[1] + 17, NOTE)


def _way(rover_m: Point, place: LevelPlace | Place, points: float) -> str:
    east_m, north_m = place.x_m - rover_m[0], place.y_m - rover_m[1]
    bearing = round(math.degrees(math.atan2(east_m, north_m))) % 360
    return f"{way_text(math.hypot(east_m, north_m))} · {bearing:03d}° · {points:.0f} points"


def draw_rows(canvas: Canvas, room: Box, y: float, rows: list[tuple[str, str]]) -> float:
    """Write names on the left and values on the right; return where the next row would be."""
    for label, value in rows:
        canvas.text(label, room.x, y + 1, LABEL)
        canvas.text(value, room.right, y, STRONG, "right")
        y += 24
    return y
