"""What a planner is told of warming up is what then happens."""

import math
from dataclasses import replace

import pytest

from game.commands import ActivityKind, WarmUp
from game.environment.clock import tick_at
from game.environment.surroundings import Surroundings
from game.levels.open import OpenedLevel
from game.rover.warm_up import mast_refusal, parked_k, warm_up_needed
from game.schedule import surroundings
from game.session import Session
from tests.rover.desks import grounded
from tests.rover.machines import NIGHT


@pytest.mark.parametrize("hour", [8.0, 8.5])
def test_the_answer_is_just_enough(ninety: OpenedLevel, hour: float) -> None:
    setup = ninety.setup
    session = Session(setup, grounded(setup, 2.0))
    session.advance_to(tick_at(setup.site, 9, hour))
    state = session.state

    def felt(tick: int) -> Surroundings:
        return surroundings(setup, tick)

    need = warm_up_needed(
        setup.rover, state.rover, (state.tick, state.tick), ActivityKind.DRIVE, felt
    )
    assert need is not None
    assert need.parked_k == state.rover.motor_k < need.limit_k
    assert 300 < need.duration_s < 3600
    session.issue(WarmUp(need.duration_s))
    session.advance_to(state.tick + need.duration_s)
    assert session.state.rover.motor_k >= setup.rover.motors.min_k
    spent_j = session.state.rover.power.consumed_j - state.rover.power.consumed_j
    assert spent_j >= 0.9 * need.energy_j  # box heaters come on top


def test_the_day_warms_for_nothing(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 2.0)
    noon = tick_at(setup.site, 9, 12.0)

    def felt(tick: int) -> Surroundings:
        return surroundings(setup, tick)

    for kind in (ActivityKind.DRIVE, ActivityKind.PICTURE):
        need = warm_up_needed(setup.rover, state.rover, (state.tick, noon), kind, felt)
        assert need is not None
        assert need.duration_s == 0
        assert need.energy_j == 0.0
    air = warm_up_needed(setup.rover, state.rover, (state.tick, noon), ActivityKind.AIR, felt)
    assert air is None


def test_parked_motors_are_foreseen_to_a_kelvin(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 16.0)
    session = Session(setup, state)
    end = tick_at(setup.site, 10, 7.5)
    session.advance_to(end)
    seen = parked_k(
        setup.rover.motors,
        state.rover.motor_k,
        (state.tick, end),
        lambda tick: surroundings(setup, tick),
    )
    assert seen == pytest.approx(session.state.rover.motor_k, abs=1.0)


def test_at_dawn_the_air_is_colder_than_a_heater_can_make_good(ninety: OpenedLevel) -> None:
    # 40 W against 2 W/K are 20 K: not enough at six, when motors stand at some -80 C.
    setup = ninety.setup
    rover = replace(grounded(setup, 2.0).rover, motor_k=192.0)
    dawn = tick_at(setup.site, 9, 6.0)
    need = warm_up_needed(
        setup.rover, rover, (dawn, dawn), ActivityKind.DRIVE, lambda tick: surroundings(setup, tick)
    )
    assert need is not None
    assert not need.is_possible


def test_a_heater_that_cannot_reach_the_limit_is_told_so(ninety: OpenedLevel) -> None:
    spec = ninety.setup.rover
    weak = replace(spec, motors=replace(spec.motors, heater_w=5.0))
    rover = replace(grounded(ninety.setup, 2.0).rover, motor_k=190.0)
    need = warm_up_needed(weak, rover, (0, 0), ActivityKind.DRIVE, lambda _: NIGHT)
    assert need is not None
    assert not need.is_possible
    assert need.energy_j == math.inf


def test_a_cold_mast_takes_no_picture(ninety: OpenedLevel) -> None:
    spec = ninety.setup.rover
    cold = replace(grounded(ninety.setup, 2.0).rover, mast_k=195.0)
    assert "mast is at -78 °C" in mast_refusal(spec, cold, ActivityKind.PICTURE)
    assert mast_refusal(spec, cold, ActivityKind.AIR) == ""
    assert mast_refusal(spec, replace(cold, mast_k=250.0), ActivityKind.PICTURE) == ""
