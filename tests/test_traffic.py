"""What goes up in a step and what comes down: passes, fades, receipts, the slow line."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from game.commands import Activity, ActivityKind, Send, UplinkPlan
from game.contact import (
    fades_here,
    is_heard,
    preview,
    sees_earth,
)
from game.digest import digest
from game.environment.clock import sol_start_tick
from game.events import PassClosed, PassOpened, ProductConfirmed
from game.forecast import forecast
from game.levels.open import Changes, open_level
from game.orbiter.fading import fades_of
from game.orbiter.relay import Pass
from game.rover.storage import Receipt, StorageState, kept_bit, unconfirmed_bit
from game.schedule import facts_at
from game.session import Session
from game.simulation import initial_state
from game.state import Setup
from game.telemetry import CHANNELS
from game.traffic import pass_edges
from tests.passes import full_of_data, met, near_pass, pit, standing
from tests.rover.payload_cases import product


def test_the_step_opens_and_closes_the_pass_of_the_pit() -> None:
    setup = pit()
    session = Session(setup)
    events = session.advance_to(sol_start_tick(setup.site, 7))
    for sol in (4, 5, 6):
        window = met(setup, session.state.rover, sol)
        assert PassOpened(window.usable_rise_tick, window.usable_set_tick) in events
        assert window.usable_set_tick in [e.tick for e in events if isinstance(e, PassClosed)]
        assert near_pass(setup, sol).usable_rise_tick not in [e.tick for e in events]


def test_a_rover_that_moves_between_two_looks_is_heard_where_it_stands() -> None:
    # the same second of the same pass: hidden under the wall, heard on the plain
    setup = pit()
    deep, open_ground = standing(setup, 0.0, 0.0), standing(setup, 0.0, 250.0)
    tick = near_pass(setup, 5).usable_rise_tick + 5
    assert not is_heard(setup, deep, tick)
    assert is_heard(setup, open_ground, tick)
    facts = facts_at(setup, tick)
    out, opened = pass_edges(setup, (deep, open_ground), (tick, tick + 1), facts)
    assert opened == (PassOpened(tick + 1, near_pass(setup, 5).usable_set_tick),)
    _, closed = pass_edges(setup, (out, deep), (tick + 1, tick + 2), facts)
    assert closed == (PassClosed(tick + 2, 0.0, 0.0),)


def test_the_forecast_meets_the_same_pass_as_the_mission() -> None:
    setup = pit()
    window = met(setup, initial_state(setup).rover, 5)
    start = window.usable_rise_tick - setup.rover.radio.warm_up_s
    plan = (Activity(1, ActivityKind.SEND, start, window.usable_set_tick - start),)
    state = full_of_data(setup, start - 600)
    ahead = forecast(setup, state, window.usable_set_tick + 600, plan)
    session = Session(setup, state)
    session.issue(UplinkPlan(plan))
    session.advance_to(window.usable_set_tick + 600)
    foreseen, flown = ahead.end.rover.radio, session.state.rover.radio
    link_bit = preview(setup, state.rover, window).capacity_bit
    # fades are luck, which a forecast does not know; the link is the same to the bit
    assert foreseen.pass_sent_bit + foreseen.pass_repeated_bit == link_bit
    assert flown.pass_sent_bit + flown.pass_repeated_bit == link_bit


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


def spread_frac(window: Pass) -> float:
    """One standard deviation of what such a pass brings, over many missions."""
    setup = open_level("ninety-sols", 7).setup
    whole_bit = window.step_bit[-1]
    fades = (fades_of(setup.orbiter, setup.site, window, seed) for seed in range(200))
    return float(np.std([fade.running_bit[-1] / whole_bit for fade in fades]))


@pytest.mark.parametrize("sol", [5, 20])
def test_the_report_of_a_pass_is_its_preview_less_what_faded(sol: int) -> None:
    setup = open_level("ninety-sols", 7).setup
    rover = initial_state(setup).rover
    window = met(setup, rover, sol)
    before = preview(setup, rover, window)
    after, _ = sent_in_pass(setup, sol, lambda _: 60)
    # every bit of the link is either new or sent again; nothing is lost silently
    assert after.sent_bit + after.repeated_bit == before.capacity_bit
    assert after.repeated_bit == fades_here(setup, rover, window).running_bit[-1]
    assert after.sent_bit == pytest.approx(before.expected_bit, rel=3.0 * spread_frac(window))


def poor_seed(setup: Setup, window: Pass) -> int:
    """The first mission whose pass loses something."""
    lost = (fades_of(setup.orbiter, setup.site, window, seed).ticks for seed in range(50))
    return next(seed for seed, ticks in enumerate(lost) if ticks)


def test_the_mission_adds_up_what_was_sent_again() -> None:
    setup = open_level("ninety-sols", 7).setup
    setup = replace(setup, seed=poor_seed(setup, near_pass(setup, 5)))
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
    assert told[0] - due <= setup.steps.sending_s
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
    session.advance_to(second.usable_rise_tick + 2 * setup.steps.sending_s)
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
