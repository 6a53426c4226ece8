"""Wings held at angles and heaters' set points, from the power page."""

import math
from collections.abc import Iterator

import pygame
import pytest

from game.machine_commands import Heater, SetHeater, TiltWings
from game.ui.canvas import Canvas
from game.ui.facts.by_hand import commands_for, wanted_now
from game.ui.input import Pointed
from game.ui.missions import Run
from game.ui.screens.by_hand import ByHand
from game.ui.screens.play import PlayScreen
from game.ui.screens.power import PowerScreen
from game.ui.shell import Shell
from game.units import celsius
from tests.ui.tape import Tape
from tests.ui.window import plain_play, press

NOON_S = 6 * 3600


@pytest.fixture
def play(shell: Shell, run: Run) -> Iterator[PlayScreen]:
    screen = plain_play(shell, run)
    screen.desk.flight.run_to(screen.desk.flight.state.tick + NOON_S)
    yield screen
    screen.close()


@pytest.fixture
def power(play: PlayScreen, canvas: Canvas) -> PowerScreen:
    screen = PowerScreen(play)
    screen.draw(canvas)
    return screen


def issued(power: PowerScreen) -> list[object]:
    return [entry.command for entry in power.session.log]


def arrow(hand: ByHand, name: str, by: int) -> Pointed:
    box = next(box for one, step, box in hand._arrows if (one, step) == (name, by))
    return Pointed(*box.centre, 1, is_down=True)


def test_wings_are_held_where_the_player_wants_them(power: PowerScreen, canvas: Canvas) -> None:
    for _ in range(4):
        power.handle(arrow(power.hand, "left_deg", 1))
    power.handle(arrow(power.hand, "right_deg", -1))
    assert not issued(power)
    power.draw(canvas)
    assert power.hand.reason == ""
    power.handle(Pointed(*power.hand.button.box.centre, 1, is_down=True))
    assert issued(power) == [TiltWings(math.radians(20), math.radians(-5))]
    flight = power.host.desk.flight
    flight.run_to(flight.state.tick + 60)
    assert math.degrees(flight.state.rover.power.wings.tilt_rad[0]) == pytest.approx(20, abs=0.5)
    assert PowerScreen(power.host).hand.wanted[:2] == (20, -5)


def test_keys_move_the_set_point_of_a_heater(power: PowerScreen) -> None:
    before = power.hand.wanted.battery_c
    power.handle(press("edit"))
    for _ in range(3):
        power.handle(press("backward"))
    for _ in range(3):
        power.handle(press("right", "later"))
    power.handle(press("confirm"))
    (command,) = issued(power)
    assert isinstance(command, SetHeater)
    assert command.heater is Heater.BATTERY
    assert celsius(command.on_k) == pytest.approx(before + 3)
    flight = power.host.desk.flight
    flight.run_to(flight.state.tick + 60)
    setup = flight.session.setup
    assert wanted_now(setup, flight.state).battery_c == before + 3
    power.handle(press("confirm"))
    assert len(issued(power)) == 1  # asked for once


def test_what_lies_beyond_the_limits_says_so_and_is_not_sent(
    power: PowerScreen, tape: Tape
) -> None:
    for _ in range(40):
        power.hand.step("box_c", 1)
    assert "may come on between" in power.hand.reason
    power.draw(tape)
    said = " ".join(words for words, _ in tape.written)
    assert "may come on between" in said
    power.hand.send()
    assert not issued(power)
    tape.all_inside(tape.page.box)


def test_leaving_all_as_it_is_asks_for_nothing(power: PowerScreen) -> None:
    hand = power.hand
    assert commands_for(hand.setup, hand.state, hand.wanted) == ()
    power.handle(press("edit"))
    power.handle(press("menu"))
    assert not hand.focus
    assert not issued(power)


@pytest.mark.parametrize("scale", [0.8, 1.0])
def test_the_panel_keeps_its_words(power: PowerScreen, shell: Shell, scale: float) -> None:
    tape = Tape(pygame.display.set_mode((1280, 720)), scale, shell.letters)
    for _ in range(30):
        power.hand.step("left_deg", 1)
    power.draw(tape)
    assert "wing turns from" in power.hand.reason
    tape.all_inside(power.frame.area(tape.page).grown(60))
