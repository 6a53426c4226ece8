"""With the delay on, no key and no button of the window reaches the rover before light does."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from game.commands import UplinkPlan
from game.contact import uplink_tick
from game.digest import digest
from game.environment.clock import tick_at
from game.levels.open import OpenedLevel
from game.session import Session
from game.state import State
from game.ui.canvas import Canvas
from game.ui.facts.tray import GROUPS
from game.ui.input import Keymap, Pointed
from game.ui.missions import Run
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell
from tests.rover.desks import charged, grounded
from tests.ui.window import plain_play, press

KEYS = sorted(Keymap().keys)
NEEDS_FILES = {"save", "load"}  # they read and write saves, not the rover


@pytest.fixture
def delayed(opened: Run) -> Run:
    setup = replace(opened.opened.setup, is_delayed=True)
    level = OpenedLevel(opened.opened.level, setup, opened.opened.flight_rules)
    state = charged(setup, grounded(setup), 0.8)
    return Run(level, Session(setup, replace(state, tick=tick_at(setup.site, 9, 11.0))))


@pytest.fixture
def play(shell: Shell, delayed: Run) -> Iterator[PlayScreen]:
    screen = plain_play(shell, delayed)
    yield screen
    screen.close()


def rover_of(state: State) -> str:
    return digest((state.rover, state.mission))


def course(session: Session, until_tick: int) -> dict[int, str]:
    """Fly on and return the fingerprint of the rover after every step."""
    found: dict[int, str] = {}
    session.advance_to(until_tick, lambda state: found.update({state.tick: rover_of(state)}))
    return found


def held(play: PlayScreen, run: Run, begin: State) -> None:
    """Say that all is as if nothing had been pressed, up to the arrival of what was."""
    setup = run.opened.setup
    arrival = uplink_tick(setup, begin.rover, begin.tick)
    assert arrival is not None
    assert arrival > begin.tick + 900
    play.desk.flight.pause(is_paused=True)
    if not run.session.log:  # nothing was asked for: time may have been skipped, and nothing else
        silent = Session(setup, begin)
        silent.advance_to(run.session.state.tick)
        assert rover_of(run.session.state) == rover_of(silent.state)
        return
    quiet = course(Session(setup, begin), arrival)
    asked = course(run.session, arrival)
    common = [tick for tick in quiet if tick in asked and tick <= arrival]
    assert len(common) >= 3
    assert [asked[tick] for tick in common] == [quiet[tick] for tick in common]


@pytest.mark.parametrize("name", [key for key in KEYS if key not in NEEDS_FILES])
def test_no_key_of_the_play_screen_leaks(
    play: PlayScreen, delayed: Run, canvas: Canvas, name: str
) -> None:
    begin = delayed.session.state
    play.draw(canvas)
    play.handle(press(name))
    play.update(0.0)
    held(play, delayed, begin)


@pytest.mark.parametrize("group", GROUPS, ids=lambda group: group.title)
def test_nothing_of_the_tray_leaks(play: PlayScreen, delayed: Run, group: object) -> None:
    begin = delayed.session.state
    for item in next(one for one in GROUPS if one is group).items:
        play.desk.issue(item.command(play.desk.flight.shown))
    held(play, delayed, begin)


def test_a_plan_made_and_uplinked_on_the_plan_screen_waits_for_the_light(
    play: PlayScreen, delayed: Run, canvas: Canvas
) -> None:
    begin = delayed.session.state
    plan = PlanScreen(play)
    plan.draw(canvas)
    for name in KEYS:
        if name not in NEEDS_FILES | {"uplink", "plan", "menu", "back"}:
            plan.handle(press(name))
            plan.handle(Pointed(600.0, 300.0, 1, is_down=True))
            plan.handle(Pointed(600.0, 300.0, 1))
    assert not delayed.session.log  # planning asks nothing of the rover
    assert rover_of(delayed.session.state) == rover_of(begin)
    plan.handle(press("uplink"))
    (entry,) = delayed.session.log
    assert isinstance(entry.command, UplinkPlan)
    held(play, delayed, begin)
