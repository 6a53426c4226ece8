"""Commands for the machine itself: wings, heaters, hibernation, and the way out of safe mode."""

import math
from dataclasses import replace

from game.events import CommandRejected, Event
from game.machine_commands import (
    Heater,
    Hibernate,
    MachineCommand,
    Recover,
    SetHeater,
    SetWings,
    TiltWings,
    WingMode,
)
from game.rover.battery import Load
from game.rover.heat import HeaterSpec
from game.rover.machine import RoverSpec, RoverState
from game.rover.mode_changes import condition_of, in_mode
from game.rover.modes import Mode, wake_keys
from game.rover.power import is_shed
from game.rover.refusals import Desk
from game.rover.wing_dust import tilt_limits_rad
from game.units import celsius

HOUSE = (SetWings, TiltWings, SetHeater, Hibernate, Recover)
_DEAF = {
    Mode.HIBERNATING: (
        "The rover hibernates and does not listen until both wake-up keys turn; this is lost, send "
        "it again then."
    ),
    Mode.DARK: "The rover has no power and does not listen; this is lost, send it again later.",
    Mode.LOST: "The rover is lost.",
}


def deaf_refusal(state: RoverState) -> str:
    """Say why nothing that is sent now is heard; empty if the rover listens.

    In safe mode it listens. What it does not hear is lost: neither Earth nor the orbiter keeps it.
    """
    return _DEAF.get(state.mode, "")


def house_refusal(spec: RoverSpec, state: RoverState, command: MachineCommand) -> str:
    """Say why such a command would be refused now, in a sentence to act on; empty if not."""
    if reason := deaf_refusal(state):
        return reason
    match command:
        case SetWings() | TiltWings():
            return _wing_refusal(spec, state, command)
        case SetHeater(heater=heater, on_k=on_k):
            return _heater_refusal(heater_of(spec, heater), heater, on_k)
        case Hibernate():
            return _hibernate_refusal(spec, state)
        case Recover():
            return _recover_refusal(spec, state)


def keep_house(
    spec: RoverSpec, state: RoverState, desk: Desk, command: MachineCommand
) -> tuple[RoverState, tuple[Event, ...]]:
    """Carry out such a command, or refuse it."""
    reason = house_refusal(spec, state, command)
    if reason:
        return state, (CommandRejected(desk.tick, command, reason),)
    return make_house(spec, state, desk, command)


def make_house(
    spec: RoverSpec, state: RoverState, desk: Desk, command: MachineCommand
) -> tuple[RoverState, tuple[Event, ...]]:
    """Carry out such a command that would not be refused."""
    match command:
        case SetWings(mode=mode):
            return _with_wings(state, WingMode(mode), state.power.wings.tilt_rad), ()
        case TiltWings():
            return _with_wings(state, WingMode.HELD, _angles_rad(spec, command)), ()
        case SetHeater(heater=heater, on_k=on_k):
            shift_k = on_k - heater_of(spec, heater).on_k
            if heater == Heater.BOX:
                return replace(state, thermal=replace(state.thermal, box_shift_k=shift_k)), ()
            return replace(state, thermal=replace(state.thermal, battery_shift_k=shift_k)), ()
        case Hibernate():
            elevation_rad = desk.outside.sun_elevation_rad
            now = condition_of(spec, state, elevation_rad, desk.tick, is_starved=False)
            return in_mode(spec, state, (Mode.HIBERNATING, "on command from Earth"), desk.tick, now)
        case Recover():
            return released(state), ()


def released(state: RoverState) -> RoverState:
    """Note that Earth has spoken to a rover in safe mode: a plan says as much as a word."""
    if state.mode is not Mode.SAFE:
        return state
    return replace(state, safe=replace(state.safe, is_released=True))


def heater_of(spec: RoverSpec, heater: Heater) -> HeaterSpec:
    """Return one of the heaters whose set point may be moved."""
    return spec.thermal.box_heater if heater == Heater.BOX else spec.thermal.battery_heater


def _wing_refusal(spec: RoverSpec, state: RoverState, command: SetWings | TiltWings) -> str:
    wings = spec.power.wings
    if isinstance(command, SetWings) and command.mode not in (
        WingMode.LEVEL,
        WingMode.TRACK,
        WingMode.SHED,
    ):
        return "Wings are set to level, track or shed; TiltWings holds them at an angle."
    if state.mobility.drive is not None:
        return "The wheels turn; the wings are moved only at rest. Stop the drive first."
    if is_shed(spec.power, state.power, Load.WING_MOTORS):
        return "The wing motors are switched off to save the battery; let it charge first."
    if state.thermal.shell_k < wings.hinge_min_k:
        return (
            f"The hinges are at {celsius(state.thermal.shell_k):.0f} °C and turn from "
            f"{celsius(wings.hinge_min_k):.0f} °C; wait for the Sun."
        )
    return _angle_refusal(spec, command) if isinstance(command, TiltWings) else ""


def _angle_refusal(spec: RoverSpec, command: TiltWings) -> str:
    for at, angle_rad in enumerate((command.left_rad, command.right_rad)):
        low_rad, high_rad = tilt_limits_rad(spec.power.wings, at)
        if not low_rad - 1e-9 <= angle_rad <= high_rad + 1e-9:
            name = spec.power.wings.wing[at].name
            return (
                f"The {name} wing turns from {math.degrees(low_rad):.0f} to "
                f"{math.degrees(high_rad):.0f} degrees (positive faces right), not to "
                f"{math.degrees(angle_rad):.0f}."
            )
    return ""


def _heater_refusal(heater: HeaterSpec, name: Heater, on_k: float) -> str:
    if heater.lowest_on_k <= on_k <= heater.highest_on_k:
        return ""
    return (
        f"The {name} heater may come on between {celsius(heater.lowest_on_k):.0f} and "
        f"{celsius(heater.highest_on_k):.0f} °C, not at {celsius(on_k):.0f} °C."
    )


def _hibernate_refusal(spec: RoverSpec, state: RoverState) -> str:
    keys = wake_keys(spec.bus, state.power.in_w, state.thermal.battery_k)
    if not all(keys):
        return ""
    return (
        f"Both wake-up keys turn now ({state.power.in_w:.0f} W from the wings, battery at "
        f"{celsius(state.thermal.battery_k):.0f} °C): it would wake at once. Wait for the evening."
    )


def _recover_refusal(spec: RoverSpec, state: RoverState) -> str:
    if state.mode is not Mode.SAFE:
        return "The rover is not in safe mode; there is nothing to recover from."
    if not spec.bus.is_ground_needed:
        return "This rover leaves safe mode by itself when its checks hold."
    return ""


def _angles_rad(spec: RoverSpec, command: TiltWings) -> tuple[float, ...]:
    """Return an angle for every wing; the fixed ones lie flat [rad]."""
    rest = (0.0,) * (len(spec.power.wings.wing) - 2)
    return (command.left_rad, command.right_rad, *rest)


def _with_wings(state: RoverState, mode: WingMode, wanted_rad: tuple[float, ...]) -> RoverState:
    wings = replace(state.power.wings, mode=mode, wanted_rad=wanted_rad)
    return replace(state, power=replace(state.power, wings=wings))
