"""The health page: what is known of faults, a diagnosis, and answers by button."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from game.mending import Diagnose, Remedy
from game.rover.faults import FaultsState, Stage
from game.session import Session
from game.ui.canvas import Canvas
from game.ui.facts.health import STRANGE, WELL, health_page
from game.ui.input import Pointed
from game.ui.missions import Run
from game.ui.screens.health import HealthScreen
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell
from tests.rover.fault_trials import fault_of
from tests.ui.tape import Tape
from tests.ui.window import plain_play, press


@pytest.fixture
def play(shell: Shell, opened: Run) -> Iterator[PlayScreen]:
    setup, state = opened.opened.setup, opened.session.state
    faults = (
        replace(fault_of(setup, "uhf_weak", 1.0), known_tick=state.tick),
        replace(fault_of(setup, "stuck_wing", 0.6), number=2),
        replace(fault_of(setup, "laser_weak", 0.6, Stage.SYMPTOM), number=3),
        replace(fault_of(setup, "wind_sensor", 0.6, Stage.HIDDEN), number=4),
    )
    state = replace(state, rover=replace(state.rover, faults=FaultsState(faults, 4)))
    run = Run(opened.opened, Session(setup, state))
    screen = plain_play(shell, run)
    yield screen
    screen.close()


def issued(play: PlayScreen) -> list[object]:
    return [entry.command for entry in play.desk.flight.session.log]


def test_the_page_tells_what_is_known_and_no_more(play: PlayScreen) -> None:
    setup = play.desk.flight.session.setup
    page = health_page(setup, play.desk.flight.state)
    fares = {part.name: part.words for part in page.parts}
    assert fares["Radio"] == "failed"
    assert fares["Wings"] == "degraded"
    assert fares["Laser"] == STRANGE
    assert fares["Weather station"] == fares["Wheels"] == WELL
    assert [case.is_found for case in page.cases] == [True, True, False]
    assert "Laser weak" not in page.cases[2].title
    assert [answer.is_command for answer in page.cases[1].answers] == [False, True]


def test_faults_are_drawn_inside_the_page(play: PlayScreen, tape: Tape) -> None:
    screen = HealthScreen(play)
    for chosen in range(3):
        screen.draw(tape)
        assert screen.chosen == chosen
        screen.handle(press("backward"))
    tape.all_inside(tape.page.box)


def test_an_answer_is_given_by_its_button_once(play: PlayScreen, canvas: Canvas) -> None:
    screen = HealthScreen(play)
    screen.draw(canvas)
    button = screen._answers[0]
    point = Pointed(button.box.x + 4, button.box.y + 4, 1, is_down=True)
    screen.handle(point)
    screen.handle(point)
    assert issued(play) == [Remedy(1, "spare_amplifier")]


def test_a_diagnosis_is_asked_for_by_key_or_button(play: PlayScreen, canvas: Canvas) -> None:
    screen = HealthScreen(play)
    screen.draw(canvas)
    screen.handle(press("confirm"))
    assert issued(play) == [Diagnose()]
    assert "begins" in screen.note
