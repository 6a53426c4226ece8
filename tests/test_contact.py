"""Passes as the rover meets them: hills, a weak transmitter, conjunction, uplink windows."""

import math
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from game.commands import Send, Sleep
from game.contact import (
    blackout_until,
    fades_here,
    has_orbiter,
    is_heard,
    next_pass_here,
    pass_here,
    passes_here,
    preview,
    relayed,
    sees_earth,
    uplink_tick,
)
from game.digest import digest
from game.environment.clock import sol_of, sol_start_tick, tick_of_utc
from game.events import CommandRejected, PassClosed, PassOpened, ProductConfirmed
from game.levels.open import Changes, OpenedLevel, open_level
from game.orbiter.deep_space import NEVER
from game.orbiter.relay import Pass, passes_of_sol, volume_bit
from game.rover.rover import RoverState
from game.rover.storage import Receipt, StorageState, kept_bit, unconfirmed_bit
from game.session import Session
from game.simulation import initial_state
from game.state import Setup, State
from game.telemetry import CHANNELS
from tests.rover.payload_cases import product

PIT = """
schema = 1
title = "In a pit"
is_open_ground = true
sols = 12

[[objects]]
class = "start"
name = "here"
x_m = 0.0
y_m = 0.0
is_on_lander = false

[[objects]]
class = "crater"
name = "pit"
x_m = 0.0
y_m = 0.0
diameter_m = 60.0
depth_ratio = 0.25
age_frac = 0.05

[[objects]]
class = "goal"
name = "out"
x_m = 0.0
y_m = 200.0
radius_m = 5.0
"""


@lru_cache(maxsize=1)
def pit() -> Setup:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mission.toml"
        path.write_text(PIT, encoding="utf-8")
        return open_level(str(path), 3).setup


def standing(setup: Setup, x_m: float, y_m: float, gain_db: float = 0.0) -> RoverState:
    rover = initial_state(setup).rover
    return replace(
        rover,
        mobility=replace(rover.mobility, x_m=x_m, y_m=y_m),
        radio=replace(rover.radio, gain_db=gain_db),
    )


def near_pass(setup: Setup, sol: int) -> Pass:
    flats = passes_of_sol(setup.orbiter, setup.site, sol)
    return next(one for one in flats if 0.0 < one.usable_s < 3600.0)


def met(setup: Setup, rover: RoverState, sol: int) -> Pass:
    flat = near_pass(setup, sol)
    found = passes_here(setup, rover, flat.usable_rise_tick)
    return next(one for one in found if (one.sol, one.number) == (flat.sol, flat.number))


def whole_bit(window: Pass) -> int:
    return volume_bit(window, window.rise_tick, window.set_tick)


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


def test_the_step_opens_and_closes_the_pass_of_the_pit() -> None:
    setup = pit()
    session = Session(setup)
    events = session.advance_to(sol_start_tick(setup.site, 7))
    for sol in (4, 5, 6):
        window = met(setup, session.state.rover, sol)
        assert PassOpened(window.usable_rise_tick, window.usable_set_tick) in events
        assert window.usable_set_tick in [e.tick for e in events if isinstance(e, PassClosed)]
        assert near_pass(setup, sol).usable_rise_tick not in [e.tick for e in events]


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
    # one near pass: fades come by the second, so a few per cent; the mean is tested in test_fading
    setup = ninety.setup
    rover = standing(setup, 0.0, -60.0)
    window = met(setup, rover, sol)
    before = preview(setup, rover, window)
    fades = fades_here(setup, rover, window)
    arrived_bit = before.capacity_bit - fades.running_bit[-1]
    # whole seconds only: the part of a second before the first one is left out
    assert before.capacity_bit == pytest.approx(whole_bit(window), rel=5e-4)
    assert arrived_bit == pytest.approx(before.expected_bit, rel=0.03)
    assert before.energy_j > 0.0


def full_of_data(setup: Setup, tick: int) -> State:
    """Return a state at a tick with more in memory than any pass can take."""
    state = initial_state(setup)
    heap = replace(product(900_000_000), number=1)
    storage = StorageState((heap,), made_bit=heap.size_bit, made_count=1)
    return replace(state, tick=tick, rover=replace(state.rover, storage=storage))


def sent_in_pass(setup: Setup, sol: int, stride: Callable[[int], int]) -> tuple[PassClosed, str]:
    """Fly a pass with a full memory, listening all through it, in calls of any length."""
    window = near_pass(setup, sol)
    start = window.usable_rise_tick - setup.rover.radio.warm_up_s
    session = Session(setup, full_of_data(setup, start))
    session.issue(Send(window.usable_set_tick - start), start)
    closed: list[PassClosed] = []
    tick = session.state.tick
    while not closed:
        tick += stride(tick)
        closed += [e for e in session.advance_to(tick) if isinstance(e, PassClosed)]
    session.advance_to(window.usable_set_tick + 900)
    return closed[0], digest(session.state)


def test_a_pass_is_the_same_at_every_warp() -> None:
    setup = open_level("ninety-sols", 7).setup
    slow = sent_in_pass(setup, 5, lambda _: 1)
    fast = sent_in_pass(setup, 5, lambda tick: 7 + tick % 50)
    assert slow == fast
    assert sent_in_pass(setup, 5, lambda _: 900)[0] == slow[0]


@pytest.mark.parametrize("sol", [5, 20])
def test_the_report_of_a_pass_is_its_preview_less_what_faded(sol: int) -> None:
    setup = open_level("ninety-sols", 7).setup
    rover = initial_state(setup).rover
    before = preview(setup, rover, met(setup, rover, sol))
    after, _ = sent_in_pass(setup, sol, lambda _: 60)
    # every bit of the link is either new or sent again; nothing is lost silently
    assert after.sent_bit + after.repeated_bit == before.capacity_bit
    assert after.repeated_bit > 0
    assert after.sent_bit == pytest.approx(before.expected_bit, rel=0.03)


def test_the_mission_adds_up_what_was_sent_again() -> None:
    setup = open_level("ninety-sols", 7).setup
    window = near_pass(setup, 5)
    start = window.usable_rise_tick - setup.rover.radio.warm_up_s
    session = Session(setup, full_of_data(setup, start))
    session.issue(Send(window.usable_set_tick - start), start)
    session.advance_to(window.usable_set_tick + 60)
    radio = session.state.rover.radio
    assert radio.repeated_bit == radio.pass_repeated_bit > 0
    assert CHANNELS["repeated_bit"].read(setup, session.state) == radio.repeated_bit


def test_a_product_stays_in_memory_until_the_orbiter_confirms_it() -> None:
    setup = open_level("ninety-sols", 7).setup
    window = near_pass(setup, 5)
    start = window.usable_rise_tick - setup.rover.radio.warm_up_s
    state = full_of_data(setup, start)
    small = replace(product(2_000_000), number=1)
    storage = StorageState((small,), made_bit=small.size_bit, made_count=1)
    session = Session(setup, replace(state, rover=replace(state.rover, storage=storage)))
    session.issue(Send(window.usable_set_tick - start), start)
    held, told = set[int](), list[int]()
    while not told:
        told += [e.tick for e in session.advance_once() if isinstance(e, ProductConfirmed)]
        now = session.state.rover.storage
        if now.unconfirmed:
            held.add(kept_bit(now))
            due = now.unconfirmed[0].due_tick
    assert held == {small.size_bit}  # all of it, not only what has not gone up
    assert told[0] >= due
    assert told[0] - due <= 30  # the longest step awake
    assert kept_bit(session.state.rover.storage) == 0
    assert len(session.state.rover.storage.flying) == 1


def test_a_receipt_that_came_too_late_is_taken_in_the_next_pass() -> None:
    setup = open_level("ninety-sols", 7).setup
    first, second = near_pass(setup, 5), near_pass(setup, 6)
    state = full_of_data(setup, first.usable_set_tick - 200)
    small = replace(product(1_000), number=1)
    receipt = Receipt(replace(small, sent_bit=1_000), first.usable_set_tick + 5)
    storage = StorageState(unconfirmed=(receipt,), made_bit=1_000, sent_bit=1_000, made_count=1)
    session = Session(setup, replace(state, rover=replace(state.rover, storage=storage)))
    session.advance_to(second.usable_rise_tick - 900)
    assert unconfirmed_bit(session.state.rover.storage) == 1_000
    session.issue(Send(1_500), session.state.tick)
    session.advance_to(second.usable_rise_tick + 60)
    assert session.state.rover.storage.unconfirmed == ()


def test_without_an_orbiter_the_slow_line_to_earth_takes_health_reports() -> None:
    # 16 bit/s while Earth stands above 10 degrees (mission dossier, section 2.3)
    setup = open_level("ninety-sols", 7, None, Changes({}, (), ((8, 8),))).setup
    morning = sol_start_tick(setup.site, 8) + 27_000
    report = replace(product(200_000, 9, kind="health"), number=1)
    storage = StorageState((report,), made_bit=report.size_bit, made_count=1)
    state = initial_state(setup)
    state = replace(state, tick=morning, rover=replace(state.rover, storage=storage))
    assert sees_earth(setup, morning)
    session = Session(setup, state)
    session.issue(Send(3_600))
    session.advance_to(morning + 3_600)
    first_bit = 16 * (3_600 - setup.rover.radio.warm_up_s)
    assert session.state.rover.storage.sent_bit == pytest.approx(first_bit, abs=16 * 30)


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
