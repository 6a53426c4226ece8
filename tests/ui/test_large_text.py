"""At a text size of 125 % nothing is left out, and no line runs through words."""

from dataclasses import dataclass, field

import pytest

from game.ui.boxes import Box
from game.ui.canvas import Point
from game.ui.draw.hud import hud_layout
from game.ui.draw.hud_panels import draw_clock
from game.ui.draw.legend import draw_legend
from game.ui.draw.overlay_fields import OverlayKind
from game.ui.screens.play import PlayScreen
from game.ui.screens.power import PowerScreen
from game.ui.theme import Rgb
from tests.ui.demo import demo_model
from tests.ui.tape import Tape


@dataclass(slots=True)
class Drawn(Tape):
    """Remembers lines, curves and panels too. [layout px]."""

    lines: list[tuple[Point, Point, str | Rgb]] = field(default_factory=list)
    panels: list[Box] = field(default_factory=list)

    def line(self, start: Point, end: Point, token: str | Rgb, width: float = 1) -> None:
        Tape.line(self, start, end, token, width)
        self.lines.append((start, end, token))

    def panel(self, box: Box, opacity: float | None = None, token: str = "panel") -> None:
        Tape.panel(self, box, opacity, token)
        self.panels.append(box)


@pytest.fixture
def large(tape: Tape) -> Drawn:
    return Drawn(tape.surface, 1.25, tape.letters)


def test_score_and_day_arc_stay(large: Drawn) -> None:
    place = hud_layout(large.page)
    assert place.clock.w == place.link.w == 288
    assert place.clock.right < place.rates.x
    assert place.rates.right < place.link.x
    draw_clock(large, place.clock, demo_model())
    arc = [line for line in large.lines if line[2] == "arc"]
    assert len(arc) == 1
    (start, end, _), (note,) = arc[0], [box for words, box in large.written if words == "local"]
    assert note.right < start[0] < end[0] < place.clock.right


def test_the_legend_keeps_clear_of_the_strip(large: Drawn) -> None:
    place = hud_layout(large.page)
    for kind in OverlayKind:
        large.panels.clear()
        draw_legend(large, kind, (0.0, 0.0))
        (box,) = large.panels
        assert box.bottom < place.strip.y, kind
        assert box.x >= place.health.right or box.y >= place.health.bottom, kind


@pytest.mark.parametrize("hours", [0.3, 1.2, 3.0])
def test_the_line_of_now_runs_through_no_words(
    stocked: PlayScreen, large: Drawn, hours: float
) -> None:
    screen = PowerScreen(stocked)
    first = screen.day.first_tick
    stocked.desk.flight.clock_s = first + 3600.0 * hours
    screen.draw(large)
    now = [(a, b) for a, b, token in large.lines if token == "accent" and a[0] == b[0]]
    words = [(w, box) for w, box in large.written if w in ("Charge", "Power, W")]
    assert len(words) == 2
    assert now
    for a, b in now:
        for said, box in words:
            is_across = box.x < a[0] < box.right
            assert not (is_across and a[1] < box.bottom and b[1] > box.y), said
