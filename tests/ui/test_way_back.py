"""The health page of a rover in safe mode: what it waits for, and the word from Earth."""

from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from game.machine_commands import Recover
from game.rover.modes import Mode, SafeState
from game.session import Session
from game.ui.facts.way_back import way_back
from game.ui.input import Pointed
from game.ui.missions import Run
from game.ui.screens.health import HealthScreen
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell
from tests.ui.tape import Tape
from tests.ui.window import plain_play, press


def shown(shell: Shell, opened: Run, mode: Mode, *, is_low: bool = True) -> PlayScreen:
    setup, state = opened.opened.setup, opened.session.state
    bus = replace(setup.rover.bus, is_ground_needed=True)
    setup = replace(setup, rover=replace(setup.rover, bus=bus))
    power = replace(state.rover.power, is_low=is_low)
    rover = replace(state.rover, mode=mode, safe=SafeState(), power=power)
    session = Session(setup, replace(state, rover=rover))
    run = Run(replace(opened.opened, setup=setup), session)
    return plain_play(shell, run)


@pytest.fixture
def safe(shell: Shell, opened: Run) -> Iterator[PlayScreen]:
    screen = shown(shell, opened, Mode.SAFE)
    yield screen
    screen.close()


def issued(play: PlayScreen) -> list[object]:
    return [entry.command for entry in play.desk.flight.session.log]


def test_every_item_is_shown_with_value_and_limit(safe: PlayScreen, tape: Tape) -> None:
    setup, state = safe.desk.flight.session.setup, safe.desk.flight.state
    way = way_back(setup, state)
    assert way is not None
    assert [item.name for item in way.items] == [
        "charge", "battery", "electronics", "cause", "go-ahead",
    ]  # fmt: skip
    HealthScreen(safe).draw(tape)
    said = " ".join(words for words, _ in tape.written)
    for item in way.items:
        assert item.text.split(",")[0].split(":")[0] in said
    held = sum(item.is_met for item in way.items)
    assert f"{held} of 5 hold" in said


def test_the_button_gives_the_go_ahead_once(safe: PlayScreen, tape: Tape) -> None:
    screen = HealthScreen(safe)
    screen.draw(tape)
    click = Pointed(*screen.back.button.box.centre, 1, is_down=True)
    screen.handle(click)
    screen.draw(tape)
    screen.handle(click)
    screen.handle(press("confirm"))
    assert issued(safe).count(Recover()) == 1
    flight = safe.desk.flight
    flight.run_to(flight.state.tick + 60)
    assert flight.state.rover.safe.is_released
    way = way_back(flight.session.setup, flight.state)
    assert way is None or not way.is_awaiting_word


def test_enter_gives_it_too(safe: PlayScreen) -> None:
    HealthScreen(safe).handle(press("confirm"))
    assert issued(safe) == [Recover()]


def test_a_hibernating_rover_shows_its_two_keys(shell: Shell, opened: Run, tape: Tape) -> None:
    play = shown(shell, opened, Mode.HIBERNATING)
    way = way_back(play.desk.flight.session.setup, play.desk.flight.state)
    assert way is not None
    assert [item.name for item in way.items] == ["light", "battery"]
    assert "140 W" in way.items[0].text
    assert "−15 °C" in way.items[1].text
    HealthScreen(play).draw(tape)
    tape.all_inside(tape.page.box)
    play.close()


def test_a_working_rover_has_nothing_to_come_back_from(shell: Shell, opened: Run) -> None:
    play = shown(shell, opened, Mode.STANDBY, is_low=False)
    assert HealthScreen(play).back.way is None
    play.close()


@pytest.mark.parametrize("scale", [0.8, 1.0])
def test_the_list_keeps_its_words(safe: PlayScreen, shell: Shell, scale: float) -> None:
    tape = Tape(pygame.display.set_mode((1280, 720)), scale, shell.letters)
    screen = HealthScreen(safe)
    screen.draw(tape)
    lines = [box for words, box in tape.written if "wings bring" in words or "go-ahead" in words]
    assert lines
    assert max(box.bottom for box in lines) < screen.back.button.box.y
    tape.all_inside(tape.page.box)
