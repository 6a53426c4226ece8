"""Commands for wings, heaters, hibernation and recovery: obeyed, or refused in a sentence."""

import math
from dataclasses import replace

import pytest

from game.commands import Command, Drive, TakePicture, UplinkPlan
from game.environment.clock import tick_at
from game.events import CommandRejected, Event, LoadShed, ModeChanged
from game.levels.open import OpenedLevel
from game.machine_commands import (
    Heater,
    Hibernate,
    Recover,
    SetHeater,
    SetWings,
    TiltWings,
    WingMode,
)
from game.rover.hand import hand_refusal
from game.rover.modes import WORKING, Mode, SafeCause
from game.rover.recovery import recovery_checklist
from game.session import Session
from game.simulation import desk_at, step
from game.state import Setup, State
from tests.rover.desks import charged, grounded


def refused(events: tuple[Event, ...]) -> str:
    return " ".join(event.reason for event in events if isinstance(event, CommandRejected))


def asked(setup: Setup, state: State, command: Command) -> tuple[State, str]:
    after, events = step(setup, state, ((state.tick, command),))
    return after, refused(events)


def in_mode(state: State, mode: Mode) -> State:
    return replace(state, rover=replace(state.rover, mode=mode))


def test_wings_are_told_and_turn(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 8.0)
    state = replace(
        state, rover=replace(state.rover, thermal=replace(state.rover.thermal, shell_k=240.0))
    )
    after, reason = asked(setup, state, TiltWings(0.5, -0.5))
    assert not reason
    session = Session(setup, after)
    session.advance_to(after.tick + 600)
    tilt = session.state.rover.power.wings.tilt_rad
    assert list(tilt[:2]) == pytest.approx([0.5, -0.5])
    assert session.state.rover.meters.wing_j > 0.0
    session.issue(SetWings(WingMode.LEVEL))
    session.advance_to(session.state.tick + 600)
    assert session.state.rover.power.wings.tilt_rad == (0.0, 0.0, 0.0, 0.0)


def test_tracking_wings_make_more_of_a_sol(ninety: OpenedLevel) -> None:
    def sol_j(mode: WingMode) -> float:
        setup = ninety.setup
        state = grounded(setup, 5.0)
        # Nose to the north: the wings turn east and west.
        place = replace(state.rover.mobility, heading_rad=0.0)
        state = replace(state, rover=replace(state.rover, mobility=place))
        wings = replace(state.rover.power.wings, mode=mode)
        power = replace(state.rover.power, wings=wings)
        session = Session(setup, replace(state, rover=replace(state.rover, power=power)))
        session.advance_to(tick_at(setup.site, 9, 20.0))
        return session.state.rover.power.generated_j

    gain = sol_j(WingMode.TRACK) / sol_j(WingMode.LEVEL)
    assert 1.03 < gain < 1.30


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (TiltWings(1.6, 0.0), "left wing turns from -25 to 85 degrees"),
        (TiltWings(0.0, 1.0), "right wing turns from -85 to 25"),
        (TiltWings(float("nan"), 0.0), "left_rad must be a number from"),
        (SetWings(WingMode.HELD), "TiltWings holds them"),
        (SetHeater(Heater.BOX, 300.0), "between -40 and -10 °C, not at 27"),
        (SetHeater(Heater.BATTERY, float("inf")), "on_k must be a number from 0 to 1000"),
        (SetHeater("kettle", 250.0), "heater must be one of box, battery, got 'kettle'"),  # type: ignore[arg-type]
        (Recover(), "not in safe mode"),
    ],
    ids=repr,
)
def test_nonsense_is_refused_in_a_sentence(
    ninety: OpenedLevel, command: Command, sentence: str
) -> None:
    state = grounded(ninety.setup, 12.0)
    _, reason = asked(ninety.setup, state, command)
    assert sentence in reason
    assert hand_refusal(ninety.setup.rover, state.rover, desk_at(ninety.setup, state), command)


def test_cold_hinges_and_turning_wheels_keep_the_wings_where_they_are(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 2.0)
    cold = replace(
        state, rover=replace(state.rover, thermal=replace(state.rover.thermal, shell_k=205.0))
    )
    assert "hinges are at -68 °C" in asked(setup, cold, SetWings(WingMode.SHED))[1]
    driving, _ = step(setup, grounded(setup, 12.0), ((grounded(setup, 12.0).tick, Drive(8.0)),))
    assert "Stop the drive first" in asked(setup, driving, SetWings(WingMode.SHED))[1]


def test_wheels_wait_for_a_wing_that_stands_up(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 12.0)
    wings = replace(state.rover.power.wings, tilt_rad=(1.3, 0.0, 0.0, 0.0))
    power = replace(state.rover.power, wings=wings)
    raised = replace(state, rover=replace(state.rover, power=power))
    assert "lay the wings flat before driving" in asked(setup, raised, Drive(2.0))[1]
    assert asked(setup, state, Drive(2.0))[1] == ""


def test_a_heater_may_be_named_in_plain_letters(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 12.0)
    command = SetHeater("box", 245.0)  # type: ignore[arg-type]
    after, reason = asked(setup, state, command)
    assert not reason
    assert after.rover.thermal.box_shift_k == pytest.approx(
        245.0 - setup.rover.thermal.box_heater.on_k
    )


def test_a_moved_set_point_is_kept_and_used(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 12.0)
    after, reason = asked(setup, state, SetHeater(Heater.BATTERY, 262.0))
    assert not reason
    shift_k = after.rover.thermal.battery_shift_k
    assert setup.rover.thermal.battery_heater.on_k + shift_k == pytest.approx(262.0)
    again, _ = asked(setup, after, SetHeater(Heater.BATTERY, 250.0))
    assert again.rover.thermal.battery_shift_k == pytest.approx(
        250.0 - setup.rover.thermal.battery_heater.on_k
    )


def test_hibernation_on_command_sleeps_till_both_keys_turn(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    session = Session(setup, grounded(setup, 18.5))
    session.issue(Hibernate())
    events = list(session.advance_to(session.state.tick + 300))
    assert session.state.rover.mode is Mode.HIBERNATING
    assert "on command" in next(e.cause for e in events if isinstance(e, ModeChanged))
    session.issue(TakePicture(0.0))
    assert "does not listen" in refused(session.advance_to(session.state.tick + 300)) or (
        session.state.rover.sequencer.main is None
    )
    charge_j = session.state.rover.power.charge_j
    session.advance_to(tick_at(setup.site, 10, 3.0))
    assert session.state.rover.power.charge_j == charge_j  # by night nothing is drawn
    events += session.advance_to(tick_at(setup.site, 10, 15.0))
    woken = [e for e in events if isinstance(e, ModeChanged) and e.after == "safe"]
    assert len(woken) == 1
    assert "both keys turned" in woken[0].cause
    assert session.state.rover.safe.cause is SafeCause.WAKE


def test_a_rover_in_full_sun_will_not_hibernate(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup, grounded(ninety.setup, 12.0))
    session.advance_to(session.state.tick + 60)
    session.issue(Hibernate())
    assert "would wake at once" in refused(session.advance_to(session.state.tick + 60))


def test_safe_mode_is_left_when_every_item_holds_and_earth_has_spoken(
    ninety: OpenedLevel,
) -> None:
    setup = ninety.setup
    low = charged(setup, grounded(setup, 18.3), setup.rover.power.low_frac - 0.01)
    session = Session(setup, low)
    session.advance_to(low.tick + 600)
    assert session.state.rover.mode is Mode.SAFE

    def unmet() -> set[str]:
        rover = session.state.rover
        items = recovery_checklist(
            setup.rover.bus, setup.rover.power, rover.power, rover.thermal, rover.safe
        )
        return {item.name for item in items if not item.is_met}

    assert {"charge", "go-ahead"} <= unmet()
    session.advance_to(tick_at(setup.site, 10, 13.0))
    assert unmet() == {"go-ahead"}
    assert session.state.rover.mode is Mode.SAFE
    session.issue(Recover())
    events = session.advance_to(session.state.tick + 600)
    assert session.state.rover.mode in WORKING
    assert "every check" in next(e.cause for e in events if isinstance(e, ModeChanged))


def test_a_plan_is_word_enough_and_a_visitor_needs_none(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    safe = in_mode(charged(setup, grounded(setup, 12.0), 0.9), Mode.SAFE)
    waiting, _ = step(setup, safe)
    assert waiting.rover.mode is Mode.SAFE
    planned, _ = step(setup, safe, ((safe.tick, UplinkPlan(())),))
    assert planned.rover.mode is Mode.STANDBY
    bus = replace(setup.rover.bus, is_ground_needed=False)
    free = replace(setup, rover=replace(setup.rover, bus=bus))
    alone, _ = step(free, safe)
    assert alone.rover.mode is Mode.STANDBY
    assert "by itself" in asked(free, in_mode(safe, Mode.SAFE), Recover())[1]


def test_loads_go_in_order_before_the_dark_each_with_its_cause(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    session = Session(setup, charged(setup, grounded(setup, 19.0), 0.30))
    events = session.advance_to(tick_at(setup.site, 10, 5.0))
    shed = [event for event in events if isinstance(event, LoadShed) and event.is_off]
    assert [event.load for event in shed][:4] == ["instruments", "wheels", "wing motors", "radio"]
    assert all(str(event.cause) for event in shed)
    modes = [event.after for event in events if isinstance(event, ModeChanged)]
    assert modes[:2] == ["low power", "safe"]
    assert math.isfinite(session.state.rover.thermal.box_k)
