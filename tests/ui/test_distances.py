"""Distances are metres up to a kilometre and kilometres beyond, wherever they are written."""

import re

import pytest

from game.ui.camera import View
from game.ui.draw.chart import draw_ruler, draw_scale
from game.ui.screens.map import MapScreen
from game.ui.screens.play import PlayScreen
from game.ui.words import way_text
from tests.ui.tape import Tape

LONG = re.compile(r"\b\d{4,} m\b")


@pytest.mark.parametrize(
    ("way_m", "words"),
    [(0.4, "0 m"), (999.4, "999 m"), (999.6, "1.0 km"), (3394.0, "3.4 km"), (12345.0, "12.3 km")],
)
def test_a_distance_is_said_in_metres_or_kilometres(way_m: float, words: str) -> None:
    assert way_text(way_m) == words


def test_the_scale_bar_has_the_same_units(tape: Tape) -> None:
    seen = []
    for scale_px_m in (8.0, 0.8, 0.08, 0.04):
        tape.written.clear()
        draw_scale(tape, View(0.0, 0.0, scale_px_m, 1280, 720), 300.0, 600.0)
        seen.append(tape.written[0][0])
    assert all(re.fullmatch(r"\d{1,3} m|\d+ km", words) for words in seen), seen
    assert any(words.endswith("km") for words in seen)


def test_ruler_and_row_of_a_long_way_agree(stocked: PlayScreen, tape: Tape) -> None:
    draw_ruler(tape, View(0.0, 0.0, 0.1, 1280, 720), (0.0, 0.0), (3000.0, -1588.0))
    screen = MapScreen(stocked)
    x_m, y_m = screen.rover
    screen.measure((x_m + 3000.0, y_m - 1588.0))
    screen.draw(tape)
    words = [words for words, _ in tape.written]
    assert words.count("3.4 km") >= 2
    assert not [one for one in words if LONG.search(one)]
