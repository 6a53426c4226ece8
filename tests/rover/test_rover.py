"""One step of the whole machine: loads, meters, mode."""

from dataclasses import replace

import pytest

from game.commands import SampleAir, Send, Sleep, WarmUp
from game.events import ActivityEnded, LoadShed, LowCharge, ModeChanged
from game.levels.open import OpenedLevel
from game.rover.meters import heater_j, used_j
from game.rover.modes import Mode
from game.rover.thermal import initial_thermal
from game.simulation import step
from game.state import State
from tests.rover.desks import charged, grounded

NOON, NIGHT = 12.0, 1.0


def asleep(state: State) -> State:
    return replace(state, rover=replace(state.rover, mode=Mode.ASLEEP))


def test_work_by_night_is_paid_awake_from_its_first_second(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, asleep(grounded(ninety.setup, NIGHT))
    after, _ = step(setup, state, ((state.tick, SampleAir(900)),))
    assert after.rover.mode is Mode.AWAKE
    seconds = after.tick - state.tick
    assert seconds <= setup.steps.silent_s
    assert after.rover.meters.base_j == pytest.approx(setup.rover.bus.awake_w * seconds)


def test_sending_alone_keeps_the_rover_awake_too(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, asleep(grounded(ninety.setup, NIGHT))
    after, _ = step(setup, state, ((state.tick, Send(900)),))
    assert after.rover.mode is Mode.AWAKE
    assert after.tick - state.tick <= setup.steps.sending_s
    assert after.rover.meters.radio_j > 0.0


def test_a_sleep_by_day_rests_at_once_and_in_long_steps(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, NOON)
    after, _ = step(setup, state, ((state.tick, Sleep(9000)),))
    assert after.rover.mode is Mode.ASLEEP
    assert after.rover.power.out_w < setup.rover.bus.standby_w


def test_warming_up_warms_the_motors_and_is_metered_as_heat(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, NIGHT)
    cold = replace(state, rover=replace(state.rover, motor_k=200.0))
    plain, _ = step(setup, cold)
    warmed, _ = step(setup, cold, ((state.tick, WarmUp(1800)),))
    assert warmed.rover.motor_k > 200.0 + 0.1
    rate_w = heater_j(warmed.rover.meters) / (warmed.tick - cold.tick)
    plain_w = heater_j(plain.rover.meters) / (plain.tick - cold.tick)
    assert rate_w > plain_w + 0.9 * setup.rover.motors.heater_w


def test_low_charge_is_told_once_and_everything_stops(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup, 18.0), setup.rover.bus.floor_frac + 0.01)
    busy, _ = step(setup, state, ((state.tick, SampleAir(9000)), (state.tick, Send(9000))))
    low, events = step(setup, charged(setup, busy, setup.rover.power.low_frac))
    assert low.rover.mode is Mode.SAFE
    told = [event for event in events if not isinstance(event, LoadShed)]
    assert [type(event) for event in told] == [ModeChanged, LowCharge]
    shed = [event.load for event in events if isinstance(event, LoadShed)]
    assert shed == ["instruments", "wheels", "wing motors", "radio"]
    assert all("fell below" in event.cause for event in events if isinstance(event, LoadShed))
    safe, events = step(setup, low)
    assert [type(event) for event in events] == [ActivityEnded, ActivityEnded]
    assert safe.rover.sequencer.main is None
    assert safe.rover.sequencer.radio is None
    assert safe.rover.meters.tool_j == low.rover.meters.tool_j
    assert safe.rover.meters.radio_j == low.rover.meters.radio_j


def test_an_empty_battery_at_night_turns_heaters_off_and_the_sun_turns_them_on(
    ninety: OpenedLevel,
) -> None:
    setup = ninety.setup
    night = charged(setup, grounded(setup, NIGHT), 0.1)
    cold = replace(night, rover=replace(night.rover, thermal=initial_thermal(250.0, 200.0)))
    dark, events = step(setup, cold)
    assert dark.rover.mode is Mode.DARK
    assert not dark.rover.thermal.has_heater_power
    assert [event.after for event in events if isinstance(event, ModeChanged)] == ["dark"]
    later, events = step(setup, dark)
    assert later.rover.power.out_w == 0.0
    assert events == ()
    day = replace(dark, tick=grounded(setup, NOON).tick)
    day, _ = step(setup, day)  # the wings give power; the mode follows
    assert day.rover.mode is Mode.SAFE
    assert day.rover.thermal.has_heater_power


def test_meters_add_up_even_in_the_step_in_which_the_battery_gives_out(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    night = charged(setup, grounded(setup, NIGHT), 0.001)
    after, _ = step(setup, night)
    parts_j = used_j(after.rover.meters)
    assert after.rover.power.unserved_w > 0.0
    assert parts_j == pytest.approx(after.rover.power.consumed_j, rel=1e-9, abs=1e-6)
