"""Passes as the rover meets them: hills, a weak transmitter, conjunction, uplink windows."""

import math
from dataclasses import replace

import numpy as np
import pytest

from game.commands import Sleep
from game.contact import (
    blackout_until,
    has_orbiter,
    is_heard,
    next_pass_here,
    pass_here,
    preview,
    relayed,
    sees_earth,
    uplink_tick,
)
from game.environment.clock import sol_of, sol_start_tick, tick_of_utc
from game.events import CommandRejected
from game.levels.open import OpenedLevel, open_level
from game.orbiter.deep_space import NEVER
from game.orbiter.fading import fades_of
from game.orbiter.relay import passes_of_sol
from game.session import Session
from game.simulation import initial_state
from tests.passes import met, near_pass, pit, standing, whole_bit


def test_open_ground_leaves_every_pass_as_it_is(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    rover = standing(setup, 0.0, -60.0)
    for sol in (5, 30):
        assert met(setup, rover, sol) is near_pass(setup, sol)


def test_a_pit_shortens_a_pass_and_its_rim_does_not() -> None:
    setup = pit()
    flat = near_pass(setup, 5)
    deep = met(setup, standing(setup, 0.0, 0.0), 5)
    assert flat.usable_rise_tick < deep.usable_rise_tick
    assert deep.usable_set_tick < flat.usable_set_tick
    assert 0 < whole_bit(deep) < 0.95 * whole_bit(flat)
    assert met(setup, standing(setup, 0.0, 250.0), 5) is flat


def test_the_wall_near_by_hides_more_than_the_one_across() -> None:
    # near passes come from the north and leave to the south (relay tables)
    setup = pit()
    by_north = met(setup, standing(setup, 0.0, 14.0), 5)
    by_south = met(setup, standing(setup, 0.0, -14.0), 5)
    assert by_north.usable_rise_tick > by_south.usable_rise_tick
    assert by_north.usable_set_tick > by_south.usable_set_tick


def test_the_pass_of_a_tick_and_the_next_one_agree_with_the_list() -> None:
    setup = pit()
    rover = standing(setup, 0.0, 0.0)
    window = met(setup, rover, 5)
    assert pass_here(setup, rover, window.usable_rise_tick) == window
    assert pass_here(setup, rover, window.usable_rise_tick - 1) is None
    assert is_heard(setup, rover, window.usable_set_tick - 1)
    assert not is_heard(setup, rover, window.usable_set_tick)
    flat = near_pass(setup, 5)
    assert next_pass_here(setup, rover, flat.usable_rise_tick + 1) == window
    later = next_pass_here(setup, rover, window.usable_rise_tick)
    assert later is not None
    assert later.usable_rise_tick > window.usable_set_tick


def test_a_weak_transmitter_carries_less_in_the_same_time(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    strong = met(setup, standing(setup, 0.0, -60.0), 20)
    weak = met(setup, standing(setup, 0.0, -60.0, gain_db=-6.0206), 20)
    assert weak.usable_s == strong.usable_s
    # a quarter of the power is a quarter of the rate; percent
    assert whole_bit(weak) / whole_bit(strong) == pytest.approx(0.25, rel=0.01)


@pytest.mark.parametrize("sol", [5, 20, 60])
def test_a_pass_carries_what_its_preview_says(ninety: OpenedLevel, sol: int) -> None:
    setup = ninety.setup
    window = met(setup, standing(setup, 0.0, -60.0), sol)
    before = preview(setup, standing(setup, 0.0, -60.0), window)
    # whole seconds only: the part of a second before the first one is left out
    assert before.capacity_bit == pytest.approx(whole_bit(window), rel=5e-4)
    missions = (fades_of(setup.orbiter, setup.site, window, seed) for seed in range(400))
    arrived_bit = [before.capacity_bit - fades.running_bit[-1] for fades in missions]
    # What 400 missions can tell, measured with 2,000: the mean to 0.5 %, the lowest tenth to 3 %;
    # a good pass loses next to nothing.
    assert np.mean(arrived_bit) == pytest.approx(before.expected_bit, rel=0.005)
    low_bit, high_bit = np.quantile(arrived_bit, (0.1, 0.9))
    assert before.low_bit == pytest.approx(low_bit, rel=0.03)
    assert before.high_bit == pytest.approx(high_bit, rel=0.001)
    assert before.energy_j > 0.0


def test_an_orbiter_lives_for_a_year_of_mars(ninety: OpenedLevel) -> None:
    # 687 days from the start of the relay, 17 May 2021
    setup = ninety.setup
    end = tick_of_utc(setup.site, setup.orbiter.orbit.end_utc)
    start = tick_of_utc(setup.site, setup.orbiter.orbit.start_utc)
    assert (end - start) / 86_400.0 == pytest.approx(687.0, abs=0.5)
    last = sol_of(setup.site, end)
    assert passes_of_sol(setup.orbiter, setup.site, last - 1)
    assert passes_of_sol(setup.orbiter, setup.site, last + 1) == ()
    rover = standing(setup, 0.0, 0.0)
    assert next_pass_here(setup, rover, end) is None
    assert not has_orbiter(setup, end)
    assert has_orbiter(setup, end - 1)


def test_conjunction_silences_earth_in_october_2021(ninety: OpenedLevel) -> None:
    # mission dossier, section 1.1: the angle Sun-Earth-Mars is below 3 degrees from 30 September
    # to 17 October 2021 (computed there from JPL DE440), least on 8 October; a day
    setup = ninety.setup

    def at(day: str) -> int:
        return tick_of_utc(setup.site, f"{day}T12:00:00Z")

    for day in ("2021-09-28", "2021-10-18", "2021-08-15", "2021-06-01"):
        assert blackout_until(setup, at(day)) is None
    for day in ("2021-10-01", "2021-10-08", "2021-10-16"):
        until = blackout_until(setup, at(day))
        assert until is not None
        assert until == pytest.approx(at("2021-10-17"), abs=86_400)
        assert not sees_earth(setup, at(day))


def test_nobody_is_obeyed_and_nothing_comes_home_in_conjunction(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    middle = tick_of_utc(setup.site, "2021-10-08T00:00:00Z")
    rover = standing(setup, 0.0, 0.0)
    assert uplink_tick(setup, rover, middle) is None
    until = blackout_until(setup, middle)
    assert until is not None
    home, free = relayed(setup, middle).home(1_000_000, 0)
    assert until < free < home < NEVER
    state = replace(initial_state(setup), tick=middle)
    session = Session(setup, state)
    session.issue(Sleep(60))
    refused = [e for e in session.advance_once() if isinstance(e, CommandRejected)]
    assert "behind the Sun" in refused[0].reason
    assert f"sol {sol_of(setup.site, until)}" in refused[0].reason
    assert session.state.uplink == ()


def test_commands_wait_for_a_pass_or_for_earth_if_the_preset_says_so() -> None:
    strict = open_level("ninety-sols", 7, "flight-director").setup
    mild = open_level("ninety-sols", 7).setup
    rover = standing(strict, 0.0, 0.0)
    start = sol_start_tick(strict.site, 20)
    waited = 0
    for hour in range(24):
        tick = start + hour * 3_700
        assert uplink_tick(mild, rover, tick) == tick
        arrival = uplink_tick(strict, rover, tick)
        assert arrival is not None
        assert arrival >= tick + 1_000  # light time, environment dossier: 1063 to 1296 s
        assert is_heard(strict, rover, arrival) or sees_earth(strict, arrival)
        if arrival > tick + 1_400:
            waited += 1
            assert not is_heard(strict, rover, arrival - 1)
            assert not sees_earth(strict, arrival - 1)
    assert waited > 0


def test_a_pit_hides_the_horizon_where_it_stands() -> None:
    setup = pit()
    patch = setup.terrain.patch(0.0, 0.0, 60.0)
    rim_m = max(
        patch.height_m(30.0 * math.sin(turn), 30.0 * math.cos(turn)) for turn in (0.0, 1.6, 3.1)
    )
    assert rim_m - patch.height_m(0.0, 0.0) > 8.0
