"""Signs on the ground: goal, places to visit, keep-out areas, the driven way on far views."""

import math
from collections.abc import Sequence
from functools import lru_cache

import pygame

from game.ui.belief import Belief
from game.ui.boxes import Box
from game.ui.camera import View
from game.ui.canvas import Canvas, Look
from game.ui.draw.labels import around, free_spot, label_size, write_label
from game.ui.theme import Rgb
from game.ui.words import way_text
from game.world.places import Place, PlaceKind

QUIET_HALO = Look(12, "text", has_halo=True)
FAR_PX_M = 10.0  # below this the ground is a map: no wheel tracks, the way is a line
NEAR_PX_M = 24.0  # above this things speak for themselves
NAMED_PX_M = 0.2  # below this finds lie too close together for names
MOST_NAMED = 8  # finds with a name at once
FIND_R = 4.5  # of an open diamond; its line and its casing reach so much of it in and out
LINE, CASING, FINER = 0.22, 0.55, 8
MARK_R, PLACE_R = 5.0, 9.0  # of a diamond, and what its name leaves free around it
GOAL_R = 12.0  # of the ring
SILENT = (PlaceKind.LANDER, PlaceKind.HARDWARE)
DASH_RAD_PX = 9.0
STRIP_H = 140.0  # at the foot of the window the ground is covered
LEAST_DOUBT_PX = 6.0  # a smaller ellipse hides under the rover's arrow
ROVER_M = 1.7  # from the middle of the rover to the tips of its wings
DOUBT_COUNT = 48
WAY_POINTS = 400  # a longer way is drawn with wider steps


def draw_goal(
    canvas: Canvas,
    view: View,
    at_m: tuple[float, float],
    words: str = "",
    taken: Sequence[Box] = (),
) -> None:
    """Draw the ring of the goal, or an arrow at the edge when it is out of view.

    `words` are written beside the ring, where nothing that is `taken` lies.
    """
    x, y = _on_page(canvas, view, at_m)
    page = canvas.page
    inside = 20 < x < page.w - 20 and 20 < y < page.h - STRIP_H
    if inside:
        for radius, token, width in ((11.0, "ink", 5.0), (10.0, "accent", 2.0)):
            _ring(canvas, (x, y), radius, token, width)
        _ring(canvas, (x, y), 3.0, "accent", 2.0)
        if words:
            write_label(canvas, words, (x, y), GOAL_R, taken)
        return
    middle = (page.w / 2, page.h * 0.42)
    dx, dy = x - middle[0], y - middle[1]
    length = max(math.hypot(dx, dy), 1e-6)
    reach = min(
        page.w * 0.27 / max(abs(dx) / length, 1e-6), page.h * 0.21 / max(abs(dy) / length, 1e-6)
    )
    _pointer(canvas, (middle[0] + dx / length * reach, middle[1] + dy / length * reach), (dx, dy))


def draw_places(
    canvas: Canvas,
    view: View,
    places: Sequence[Place],
    *,
    always: bool = False,
    taken: Sequence[Box] = (),
) -> tuple[Box, ...]:
    """Mark places to visit with a small diamond and their names; near ones need no words.

    A name goes to the side of its mark where nothing else is written, and is left out if there is
    none; places to visit come first, things that lie about after them. Returns what is taken now.
    """
    if view.scale_px_m >= NEAR_PX_M and not always:
        return tuple(taken)
    seen = [place for place in places if view.sees(place.x_m, place.y_m)]
    marks = [(place, _on_page(canvas, view, (place.x_m, place.y_m))) for place in seen]
    boxes = [*taken]
    boxes += [around(at, MARK_R) for place, at in marks if place.kind not in SILENT]
    for place, (x, y) in marks:
        if place.kind not in SILENT:
            for size, token in ((7.0, "ink"), (5.0, "text")):
                canvas.area([(x, y - size), (x + size, y), (x, y + size), (x - size, y)], token)
    for place, at in sorted(marks, key=lambda mark: mark[0].kind in SILENT):
        if view.scale_px_m * place.radius_m > 1.0 or place.kind in SILENT:
            words_size = label_size(canvas, place.title, QUIET_HALO)
            box = free_spot(words_size, at, PLACE_R, boxes)
            if box is not None:
                boxes.append(box)
                canvas.text(place.title, box.x, box.y, QUIET_HALO)
    return tuple(boxes)


def draw_finds(
    canvas: Canvas,
    view: View,
    finds: Sequence[tuple[Place, bool]],
    here_m: tuple[float, float],
    taken: Sequence[Box] = (),
    line: Sequence[Box] = (),
) -> tuple[Box, ...]:
    """Mark what orbital pictures show with small open diamonds, quieter than places to visit.

    A find that has been told of is filled; one that lies on what is taken waits for a closer view.
    The nearest have names, with the way from `here_m`, where there is room; on wide views marks say
    enough. Names, but not marks, keep off a `line`, too. Returns what is taken now.
    """
    walls = [_rect(box) for box in taken]
    seen = []
    for find, is_told in finds:
        at = _on_page(canvas, view, (find.x_m, find.y_m))
        if _rect(around(at, FIND_R)).collidelist(walls) < 0:
            draw_diamond(canvas, at, is_told=is_told)
            seen.append((math.dist(here_m, (find.x_m, find.y_m)), find, at))
    boxes = [*line, *taken, *(around(at, FIND_R) for _, _, at in seen)]
    if view.scale_px_m < NAMED_PX_M * canvas.scale:
        return tuple(boxes)
    for away_m, find, at in sorted(seen, key=lambda row: (row[0], row[1].name))[:MOST_NAMED]:
        words = f"{find.title}, {way_text(away_m)} away"
        box = free_spot(label_size(canvas, words, QUIET_HALO), at, PLACE_R, boxes)
        if box is not None:
            boxes.append(box)
            canvas.text(words, box.x, box.y, QUIET_HALO)
    return tuple(boxes)


def _rect(box: Box) -> pygame.Rect:
    """Return the whole layout pixels that a box lies in; there may be thousands of pairs."""
    left, top = math.floor(box.x), math.floor(box.y)
    return pygame.Rect(left, top, math.ceil(box.right) - left, math.ceil(box.bottom) - top)


def draw_diamond(canvas: Canvas, at: tuple[float, float], *, is_told: bool) -> None:
    """Draw the mark of a find: open, or filled once it has been told of."""
    line = canvas.rgb("safe" if is_told else "text")
    image = _diamond(FIND_R * canvas.scale, canvas.rgb("ink"), line, is_told)
    x, y = canvas.at(*at)
    canvas.surface.blit(image, (x - image.get_width() // 2, y - image.get_height() // 2))


@lru_cache(maxsize=16)
def _diamond(reach_px: float, ink: Rgb, line: Rgb, is_told: bool) -> pygame.Surface:
    """Draw a diamond with a casing, large, and bring it down to its size: a map has a hundred."""
    side = 2 * math.ceil(reach_px * (1.0 + CASING)) + 1
    fine = pygame.Surface((side * FINER, side * FINER), pygame.SRCALPHA)
    middle = side * FINER / 2
    casing, hole = (*ink, 255), (*ink, 0)
    rings = ((CASING, casing), (LINE, (*line, 255)), (-LINE, casing), (-CASING, hole))
    for part, colour in rings[: 2 if is_told else 4]:
        reach = reach_px * (1.0 + part) * FINER
        corners = ((0.0, -reach), (reach, 0.0), (0.0, reach), (-reach, 0.0))
        pygame.draw.polygon(fine, colour, [(middle + x, middle + y) for x, y in corners])
    return pygame.transform.smoothscale(fine, (side, side))


def draw_keep_outs(
    canvas: Canvas, view: View, circles_m: Sequence[tuple[float, float, float]]
) -> None:
    """Draw the dashed edge of areas that no wheel may enter: east, north and radius [m]."""
    for x_m, y_m, radius_m in circles_m:
        if not view.sees(x_m, y_m, radius_m):
            continue
        x, y = _on_page(canvas, view, (x_m, y_m))
        radius = max(radius_m * view.scale_px_m / canvas.scale, 6.0)
        count = max(int(math.tau * radius / (2 * DASH_RAD_PX)), 8)
        for token, width in (("ink", 5.0), ("act", 2.0)):
            for k in range(count):
                angles = (math.tau * (k + part / 4) / count for part in (0, 1, 2))
                arc = [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]
                canvas.line(arc[0], arc[1], token, width)
                canvas.line(arc[1], arc[2], token, width)


def draw_way(
    canvas: Canvas, view: View, track_m: Sequence[tuple[float, float]], *, always: bool = False
) -> None:
    """Draw the driven way on far views, where wheel tracks are too thin, or at every zoom."""
    if (view.scale_px_m > FAR_PX_M and not always) or len(track_m) < 2:
        return
    step = max(1, int(1.5 / view.scale_px_m), len(track_m) // WAY_POINTS)
    points = [_on_page(canvas, view, point) for point in (*track_m[::step], track_m[-1])]
    canvas.curve(points, "ink", 4)
    canvas.curve(points, "driven", 2)


def draw_doubt(canvas: Canvas, view: View, belief: Belief, *, is_near: bool = False) -> None:
    """Draw the ellipse in which the rover surely is, unless arrow or rover cover it."""
    scale = view.scale_px_m / canvas.scale
    long, short = belief.long_m * scale, belief.short_m * scale
    if long < LEAST_DOUBT_PX or (is_near and belief.short_m < ROVER_M):
        return
    x, y = _on_page(canvas, view, (belief.x_m, belief.y_m))
    sine, cosine = math.sin(belief.azimuth_rad), math.cos(belief.azimuth_rad)
    turns = [math.tau * k / DOUBT_COUNT for k in range(DOUBT_COUNT + 1)]
    points = []
    for turn in turns:
        along, across = long * math.cos(turn), max(short, 1.0) * math.sin(turn)
        points.append((x + along * sine + across * cosine, y - along * cosine + across * sine))
    canvas.curve(points, "ink", 4)
    canvas.curve(points, "text", 2)


def _pointer(canvas: Canvas, at: tuple[float, float], toward: tuple[float, float]) -> None:
    angle = math.atan2(toward[1], toward[0])
    for size, token in ((13.0, "ink"), (9.0, "accent")):
        corners = [
            (at[0] + size * math.cos(angle + turn), at[1] + size * math.sin(angle + turn))
            for turn in (0.0, 2.4, -2.4)
        ]
        canvas.area(corners, token)


def _ring(canvas: Canvas, at: tuple[float, float], radius: float, token: str, width: float) -> None:
    pygame.draw.circle(
        canvas.surface,
        canvas.rgb(token),
        canvas.at(*at),
        canvas.px(radius),
        max(1, canvas.px(width)),
    )


def _on_page(canvas: Canvas, view: View, at_m: tuple[float, float]) -> tuple[float, float]:
    x_px, y_px = view.to_px(*at_m)
    return x_px / canvas.scale, y_px / canvas.scale
