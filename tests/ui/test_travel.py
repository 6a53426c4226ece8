"""What the window says about commands that take their time."""

from dataclasses import replace

import pytest

from game.commands import Command, Drive, SampleSoil, Stop, Turn
from game.environment.clock import lmst_h, sol_of, tick_at, tick_of_utc
from game.levels.open import OpenedLevel, open_level
from game.simulation import initial_state
from game.ui.actions import travel_words
from game.ui.words import clock_text


def test_a_command_at_once_needs_no_words(ninety: OpenedLevel) -> None:
    state = replace(initial_state(ninety.setup), tick=tick_at(ninety.setup.site, 9, 10.0))
    assert travel_words(ninety.setup, state, SampleSoil()) == ""


@pytest.mark.parametrize("hour", [10.0, 20.0])
def test_a_command_on_its_way_says_when_it_is_there(hour: float) -> None:
    setup = open_level("ninety-sols", 7, "flight-director").setup
    state = replace(initial_state(setup), tick=tick_at(setup.site, 9, hour))
    words = travel_words(setup, state, SampleSoil())
    arrival = state.tick + 1_080  # 18 minutes of light; by night the pass is waited for
    if hour < 12:
        assert clock_text(lmst_h(setup.site, arrival)) in words
        assert f"sol {sol_of(setup.site, arrival)}" in words
    else:
        assert "reaches the rover" in words
        assert clock_text(lmst_h(setup.site, arrival)) not in words


@pytest.mark.parametrize("command", [Drive(1.0), Turn(0.5)])
def test_orders_to_the_wheels_are_not_told_each_time(command: Command) -> None:
    setup = open_level("ninety-sols", 7, "flight-director").setup
    assert travel_words(setup, initial_state(setup), command) == ""


def test_in_conjunction_the_refusal_speaks_for_itself(ninety: OpenedLevel) -> None:
    tick = tick_of_utc(ninety.setup.site, "2021-10-08T00:00:00Z")
    state = replace(initial_state(ninety.setup), tick=tick)
    assert travel_words(ninety.setup, state, Stop()) == ""
