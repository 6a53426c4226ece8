"""A rover that hibernates, is dark or lost hears nothing: what is sent is lost, with a sentence."""

from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind, Command, UplinkPlan
from game.events import CommandRejected
from game.levels.open import OpenedLevel
from game.machine_commands import Recover
from game.rover.hand import hand_refusal
from game.rover.modes import Mode
from game.session import Session
from game.simulation import desk_at
from game.state import State
from tests.rover.desks import grounded
from tests.test_uplink_delay import example, kinds

OLD = Activity(1, ActivityKind.AIR, 10**7, 600)
DEAF = (Mode.HIBERNATING, Mode.DARK)


def in_mode(ninety: OpenedLevel, mode: Mode, hour: float = 22.0) -> State:
    state = grounded(ninety.setup, hour=hour)
    sequencer = replace(state.rover.sequencer, plan=(OLD,))
    # A cold battery keeps it from waking while a test looks on.
    thermal = replace(state.rover.thermal, battery_k=225.0)
    charge_j = 0.0 if mode is Mode.DARK else state.rover.power.charge_j
    power = replace(state.rover.power, charge_j=charge_j)
    rover = replace(state.rover, mode=mode, sequencer=sequencer, thermal=thermal, power=power)
    return replace(state, rover=rover)


@pytest.mark.parametrize("mode", DEAF)
@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_nothing_is_heard_by_a_rover_that_is_off(
    ninety: OpenedLevel, kind: type, mode: Mode
) -> None:
    setup, state = ninety.setup, in_mode(ninety, mode)
    command: Command = example(kind, state.tick)
    session, silent = Session(setup, state), Session(setup, state)
    session.issue(command)
    events = session.advance_once()
    silent.advance_once()
    (refused,) = (e for e in events if isinstance(e, CommandRejected))
    assert "does not listen" in refused.reason
    assert session.state.rover == silent.state.rover  # nothing of it has had any effect
    assert session.state.rover.sequencer.plan == (OLD,)
    assert "does not listen" in hand_refusal(
        setup.rover, state.rover, desk_at(setup, state), command
    )


def test_a_plan_on_its_way_is_lost_if_the_rover_sleeps_when_it_arrives(ninety: OpenedLevel) -> None:
    setup = replace(ninety.setup, is_delayed=True)
    session = Session(setup, in_mode(ninety, Mode.HIBERNATING))
    session.issue(UplinkPlan((replace(OLD, start_tick=session.state.tick + 900),)))
    events = list(session.advance_to(session.state.tick + 3000))
    (refused,) = (e for e in events if isinstance(e, CommandRejected))
    assert refused.tick - session.log[0].arrival_tick > 180  # told when it would have arrived
    assert session.state.rover.sequencer.plan == (OLD,)


def test_safe_mode_listens_and_takes_a_plan_as_the_word_from_earth(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    for command in (UplinkPlan((OLD,)), Recover()):
        session = Session(setup, in_mode(ninety, Mode.SAFE, hour=11.0))
        session.issue(command)
        events = session.advance_once()
        assert not [e for e in events if isinstance(e, CommandRejected)]
        assert session.state.rover.safe.is_released
