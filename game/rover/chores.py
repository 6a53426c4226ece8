"""Chores of the plan: what is set rather than done – wings, heaters, hibernation, the queue.

Settings are made in no time. Wings are followed until they stand as they were told; meanwhile
the wheels wait, as the wings wait for the wheels.
"""

import math
from dataclasses import replace

from game.commands import Activity, SortQueue
from game.events import Event
from game.machine_commands import Hibernate, SetHeater, SetWings, TiltWings, WingMode
from game.rover.housekeeping import house_refusal, make_house
from game.rover.machine import RoverSpec, RoverState
from game.rover.modes import WORKING
from game.rover.queue import reordered
from game.rover.refusals import Desk
from game.rover.sequencer import Running
from game.units import celsius

NO_COMMAND = "It does not say what to set."
STILL_RAD = 1e-9
_DONE = {
    WingMode.LEVEL: "the wings lie flat",
    WingMode.TRACK: "the wings follow the Sun from now on",
    WingMode.SHED: "loose dust is off, and the wings lie flat",
}


def chore_refusal(spec: RoverSpec, state: RoverState, activity: Activity) -> str:
    """Say why a chore cannot be done now; empty if it can."""
    if state.mode not in WORKING:
        return f"The rover is in {state.mode} mode; it works again when charge has come back."
    match activity.command:
        case SetWings() | TiltWings() | SetHeater() | Hibernate():
            return house_refusal(spec, state, activity.command)
        case SortQueue():
            return ""
    return NO_COMMAND


def set_by_chore(
    spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity
) -> tuple[RoverState, tuple[Event, ...]]:
    """Give the command of a chore that may be done; see `chore_refusal`."""
    match activity.command:
        case SetWings() | TiltWings() | SetHeater() | Hibernate():
            return make_house(spec, state, desk, activity.command)
        case SortQueue():
            storage, _ = reordered(spec.storage, state.storage, activity.command)
            return replace(state, storage=storage), ()
    return state, ()


def chore_note(activity: Activity) -> str:
    """Say what has been set, for a chore that is done at once; empty if it goes on."""
    match activity.command:
        case SetWings(mode=WingMode.TRACK):
            return _DONE[WingMode.TRACK]
        case SetHeater(heater=heater, on_k=on_k):
            return f"the {heater} heater comes on at {celsius(on_k):.0f} °C from now on"
        case Hibernate():
            return "everything is off until both wake-up keys turn"
        case SortQueue(are_thumbnails_first=is_first):
            return "best for each bit first" + (", thumbnails before all" if is_first else "")
    return ""


def wings_outcome(state: RoverState, running: Running, tick: int) -> tuple[str, bool]:
    """Say how work on the wings has ended, and whether it is done; no words while it goes on."""
    wings = state.power.wings
    command = running.activity.command
    wanted_rad = (0.0,) * len(wings.tilt_rad)
    if isinstance(command, TiltWings):
        wanted_rad = wings.wanted_rad
        is_told = wings.mode is WingMode.HELD and wanted_rad[:2] == (
            command.left_rad,
            command.right_rad,
        )
        words = f"the wings are held at {_angles(wings.tilt_rad)}"
    else:
        told = command.mode if isinstance(command, SetWings) else WingMode.LEVEL
        is_told = wings.mode in (told, WingMode.LEVEL)
        words = _DONE.get(told, "")
    if not is_told:
        return "the wings have been told otherwise", False
    is_shedding = wings.mode is WingMode.SHED
    off_rad = max(abs(a - b) for a, b in zip(wings.tilt_rad, wanted_rad, strict=True))
    if off_rad <= STILL_RAD and not is_shedding:
        return words, True
    if tick < running.ends_tick:
        return "", False
    return f"its time was over; the wings stand at {_angles(wings.tilt_rad)}", False


def halted_wings(state: RoverState) -> RoverState:
    """Hold the wings at the angles that they have."""
    wings = state.power.wings
    held = replace(wings, mode=WingMode.HELD, wanted_rad=wings.tilt_rad)
    return replace(state, power=replace(state.power, wings=held))


def _angles(tilt_rad: tuple[float, ...]) -> str:
    left, right = (math.degrees(angle) for angle in tilt_rad[:2])
    return f"{left:+.0f} and {right:+.0f} degrees"
