from itertools import combinations

import numpy as np
import pygame

from game.ui.boxes import Box
from game.ui.camera import View
from game.ui.canvas import Canvas
from game.ui.draw.labels import touches
from game.ui.draw.legend import draw_legend, legend_note
from game.ui.draw.marks import (
    FIND_R,
    MOST_NAMED,
    draw_finds,
    draw_goal,
    draw_keep_outs,
    draw_places,
    draw_way,
)
from game.ui.draw.overlay_fields import OverlayKind
from game.ui.draw.overlays import load_overlays
from game.world.places import Place, PlaceKind
from tests.ui.tape import Tape

VIEW = View(0.0, 0.0, 2.0, 1280, 720)
GROUND = (120, 84, 56)


def marked(canvas: Canvas) -> pygame.Rect:
    pixels = pygame.surfarray.array3d(canvas.surface).astype(int)
    xs, ys = np.nonzero(np.abs(pixels - np.array(GROUND)).sum(axis=2) > 60)
    left, top, right, low = (int(v) for v in (xs.min(), ys.min(), xs.max(), ys.max()))
    return pygame.Rect(left, top, right - left + 1, low - top + 1)


def test_the_goal_is_a_ring_where_it_is(canvas: Canvas) -> None:
    draw_goal(canvas, VIEW, (50.0, 20.0))
    assert marked(canvas).center == (740, 320)


def test_a_goal_out_of_view_is_an_arrow_towards_it(canvas: Canvas) -> None:
    draw_goal(canvas, VIEW, (5000.0, 0.0))
    rect = marked(canvas)
    assert rect.centerx > 900
    assert rect.width < 40


def test_a_keep_out_circle_is_as_wide_as_it_is_on_the_ground(canvas: Canvas) -> None:
    draw_keep_outs(canvas, VIEW, ((0.0, 0.0, 60.0),))
    assert abs(marked(canvas).width - 240) < 10


def test_near_by_places_need_no_names(canvas: Canvas) -> None:
    place = Place("dune", "Crusted dune", PlaceKind.DUNE, 0.0, 0.0, 8.0)
    draw_places(canvas, View(0.0, 0.0, 46.0, 1280, 720), (place,))
    assert (pygame.surfarray.array3d(canvas.surface) == np.array(GROUND)).all()
    draw_places(canvas, VIEW, (place,))
    assert marked(canvas).width > 60


def test_a_map_names_places_at_every_zoom_and_never_one_over_another(tape: Tape) -> None:
    goal = Place("out", "Ten metres out", PlaceKind.DUNE, 1.0, -11.0, 4.0)
    thing = Place("camera", "Dropped camera", PlaceKind.HARDWARE, 0.6, -10.0, 3.0)
    for scale in (3.0, 7.0, 41.0):
        tape.written.clear()
        draw_places(tape, View(0.0, -8.0, scale, 1280, 720), (thing, goal), always=True)
        names = [words for words, _ in tape.written]
        assert names[0] == "Ten metres out", scale
        boxes = [pygame.Rect(round(b.x), round(b.y), round(b.w), 15) for _, b in tape.written]
        assert all(not one.colliderect(two) for one, two in combinations(boxes, 2)), scale


def find(number: int, x_m: float, y_m: float) -> Place:
    return Place(f"find-{number}", f"Find {number}", PlaceKind.CRATER, x_m, y_m, 15.0)


def test_a_find_is_an_open_diamond_and_a_filled_one_once_told_of(canvas: Canvas) -> None:
    view = View(0.0, 0.0, 0.1, 1280, 720)
    draw_finds(canvas, view, [(find(1, 0.0, 0.0), False)], (0.0, 0.0))
    assert np.hypot(*np.subtract(marked(canvas).center, (640, 360))) <= 1.0
    assert 2 * FIND_R <= marked(canvas).width <= 4 * FIND_R
    assert tuple(canvas.surface.get_at((640, 360)))[:3] == GROUND  # one sees the ground in it
    draw_finds(canvas, view, [(find(1, 0.0, 0.0), True)], (0.0, 0.0))
    assert tuple(canvas.surface.get_at((640, 360)))[:3] == tuple(canvas.rgb("safe"))


def test_the_nearest_finds_have_names_with_their_distance_and_wide_views_none(tape: Tape) -> None:
    taken = (Box(0.0, 0.0, 1280.0, 100.0),)
    for scale in (0.2, 0.6, 3.0):
        tape.written.clear()
        px_m = 1.0 / scale
        finds = [(find(k, 110 * px_m * k, 40 * px_m * (k % 5)), False) for k in range(-5, 6)]
        boxes = draw_finds(tape, View(0.0, 0.0, scale, 1280, 720), finds, (0.0, 0.0), taken)
        words = [text for text, _ in tape.written]
        assert words[0] == "Find 0, 0 m away"
        assert MOST_NAMED - 3 <= len(words) <= MOST_NAMED
        assert all(not touches(one, two) for one, two in combinations(boxes[len(taken) :], 2))
        assert all(not touches(box, taken[0]) for box in boxes[1:])
    tape.written.clear()
    draw_finds(tape, View(0.0, 0.0, 0.125, 1280, 720), finds, (0.0, 0.0))
    assert not tape.written
    draw_finds(tape, View(2000.0, 0.0, 0.6, 1280, 720), [(find(9, 2000.0, 0.0), False)], (0.0, 0.0))
    assert tape.written[0][0] == "Find 9, 2.0 km away"


def test_a_find_under_words_waits_for_a_closer_view(canvas: Canvas) -> None:
    taken = (Box(600.0, 340.0, 80.0, 40.0),)
    assert draw_finds(canvas, VIEW, [(find(1, 0.0, 0.0), False)], (0.0, 0.0), taken) == taken
    assert (pygame.surfarray.array3d(canvas.surface) == np.array(GROUND)).all()


def test_the_driven_way_is_a_line_only_on_far_views(canvas: Canvas) -> None:
    track = tuple((0.5 * k, 0.0) for k in range(200))
    draw_way(canvas, View(0.0, 0.0, 46.0, 1280, 720), track)
    assert (pygame.surfarray.array3d(canvas.surface) == np.array(GROUND)).all()
    draw_way(canvas, VIEW, track)
    assert abs(marked(canvas).width - 199) < 8


def test_the_legend_names_every_step_and_says_when_all_is_alike(canvas: Canvas) -> None:
    draw_legend(canvas, OverlayKind.SLOPE, (1.0, 14.0))
    plain = marked(canvas).height
    assert plain >= 20 * 5
    draw_legend(canvas, OverlayKind.SLOPE, (1.0, 2.0))
    assert marked(canvas).height > plain
    radio = load_overlays().radio
    assert "whole pass" in legend_note(OverlayKind.RADIO, radio, (1.0, 1.0))
    assert legend_note(OverlayKind.RADIO, radio, (0.4, 1.0)) == ""
    assert "worked out" in legend_note(OverlayKind.RADIO, radio, None)
