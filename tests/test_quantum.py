"""How far a step goes, and that its length changes nothing that matters."""

from dataclasses import replace

import pytest

from game.circumstances import unknowing
from game.commands import Activity, ActivityKind, UplinkPlan
from game.environment.clock import sol_start_tick, tick_at
from game.errors import ConfigError
from game.forecast import forecast
from game.levels.open import Changes, OpenedLevel, open_level
from game.machine import machine_of
from game.quantum import ticks_ahead
from game.rover.modes import Mode
from game.rover.power import charge_frac
from game.schedule import facts_at
from game.session import Session
from game.state import Setup, State
from tests.rover.desks import grounded

Kind = ActivityKind


def underway(setup: Setup, *plan: Activity, hour: float = 12.0) -> State:
    session = Session(setup, grounded(setup, hour=hour))
    session.issue(UplinkPlan(plan))
    session.advance_to(session.state.tick + 400)
    return session.state


def with_steps(setup: Setup, seconds: int) -> Setup:
    steps = replace(setup.steps, asleep_s=seconds, silent_s=seconds, sending_s=seconds)
    return replace(setup, steps=steps)


def test_what_the_rover_does_decides_how_far_a_step_goes(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    steps, now = setup.steps, grounded(setup, hour=12.0).tick
    listening = Activity(1, Kind.AIR, now + 10, 5400)
    watched = replace(listening, until="charge_frac > 2")
    sending = Activity(2, Kind.SEND, now + 10, 5400)
    for plan, longest in (
        ((), steps.asleep_s),
        ((listening,), steps.silent_s),
        ((sending,), steps.sending_s),
        ((listening, sending), steps.sending_s),
        ((watched,), steps.watched_s),
    ):
        state = underway(setup, *plan)
        assert (state.rover.mode is Mode.AWAKE) is bool(plan)
        facts, machine = facts_at(setup, state.tick), machine_of(setup, state)
        assert ticks_ahead(setup, state, facts, machine) == longest


@pytest.mark.parametrize("seconds", [30, 300])
def test_the_length_of_steps_moves_a_sol_by_less_than_it_is_known(
    ninety: OpenedLevel, seconds: int
) -> None:
    setup = ninety.setup
    start = grounded(setup, hour=9.0)
    plan = (
        Activity(1, Kind.AIR, start.tick + 60, 20_000),
        Activity(2, Kind.SEND, start.tick + 30_000, 9_000),
    )
    ends = []
    for one in (setup, with_steps(setup, seconds)):
        session = Session(one, start)
        session.issue(UplinkPlan(plan))
        session.advance_to(sol_start_tick(setup.site, 10))  # a boundary for both
        ends.append(session.state.rover)
    shipped, other = ends
    charges = [charge_frac(setup.rover.power, rover.power) for rover in ends]
    assert charges[0] == pytest.approx(charges[1], abs=5e-4)
    assert shipped.thermal.box_k == pytest.approx(other.thermal.box_k, abs=0.1)
    assert shipped.storage.made_bit == other.storage.made_bit


def test_a_run_ahead_rests_in_longer_steps_and_finds_the_same_night(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state, dawn = grounded(setup, hour=17.0), tick_at(setup.site, 10, 8.5)
    assert unknowing(setup, state.tick).steps.asleep_s == setup.steps.ahead_s
    fine = replace(setup, steps=replace(setup.steps, ahead_s=60))
    usual, careful = (forecast(one, state, dawn, ()) for one in (setup, fine))
    assert len(usual.tick) < 0.25 * len(careful.tick)
    lowest = [float(one.charge_low_frac.min()) for one in (usual, careful)]
    assert lowest[0] == pytest.approx(lowest[1], abs=1e-3)
    assert usual.coldest_box_k[1] == pytest.approx(careful.coldest_box_k[1], abs=0.05)


@pytest.mark.parametrize("rule", [{"silent_s": 0}, {"ahead_s": 3600}, {"high_sun_deg": 91.0}])
def test_steps_that_the_rover_was_not_made_for_are_refused(rule: dict[str, float]) -> None:
    with pytest.raises(ConfigError, match=next(iter(rule))):
        open_level("ninety-sols", 7, None, Changes({"mission": {"steps": rule}}))
