"""Why the rover would not do something now, in sentences to act on."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from game.commands import Activity, ActivityKind, Command, UplinkPlan
from game.conditions import Condition, holds, parse_condition
from game.environment.surroundings import Surroundings
from game.rover.battery import Load
from game.rover.drive import DriveKind
from game.rover.fault_effects import SOUND, Beyond
from game.rover.instruments import (
    OBSERVED,
    Conditions,
    instrument_for,
    most_bit,
    refusal,
    size_bit,
)
from game.rover.lanes import DRIVES
from game.rover.listening import most_way_m
from game.rover.machine import RoverSpec, RoverState
from game.rover.memory import room_refusal
from game.rover.mobility import drive_refusal
from game.rover.modes import WORKING
from game.rover.orders import Places, drive_order, places_of
from game.rover.power import charge_frac
from game.rover.records import Target
from game.rover.sequencer import all_running, in_the_way
from game.rover.small_camera import place_refusal, selfie_refusal
from game.rover.spectrometer import reach_refusal
from game.rover.warm_up import mast_refusal
from game.units import celsius
from game.world.strata import Stratum

LISTENING = frozenset({ActivityKind.AIR, ActivityKind.RADAR})
NOT_ABOARD = "This rover carries no instrument for that."
_LOADS = {
    ActivityKind.SEND: Load.RADIO,
    ActivityKind.WARM_UP: Load.WHEELS,
    **dict.fromkeys(DRIVES, Load.WHEELS),
    **dict.fromkeys(OBSERVED, Load.INSTRUMENTS),
}
NOT_HELD, OPTIONAL, NOT_NEEDED = "Its condition did not hold", "Optional", "not needed"
UNSEEN = "No camera has seen that ground yet; take a picture that way, or drive less far."


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sequencer is told at one moment.

    `felt` gives the surroundings at any tick, `target` what lies under the laser at a place (and
    the dust upon it), `readings` what conditions may ask of a rover, `is_seen` whether cameras
    know a place. `below` gives the layers under each of some places, `field` the magnetic field of
    a place and moment (east, north, down) [nT]. `ramp_refusal` says why the ramp may not be used
    yet, or is empty; `beyond` is what faults do that no spec holds.
    """

    tick: int
    sol: int
    seed: int
    outside: Surroundings
    felt: Callable[[int], Surroundings]
    target: Callable[[float, float], tuple[Target, Target]]
    readings: Callable[[RoverState], Mapping[str, float]]
    is_seen: Callable[[float, float], bool]
    ramp_refusal: str
    below: Callable[[Places], tuple[tuple[Stratum, ...], ...]]
    field: Callable[[float, float, int], tuple[float, float, float]]
    beyond: Beyond = SOUND


def duration_s(spec: RoverSpec, activity: Activity) -> int:
    """How long an activity takes: instruments know it, the rest is as planned [s]."""
    if activity.kind is ActivityKind.DIAGNOSE:
        return spec.faults.diagnosis_s
    tool = instrument_for(spec.instruments, activity.kind)
    if tool is not None and activity.kind not in LISTENING:
        return tool.duration_s
    return max(1, activity.duration_s)


def refusal_of(spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity) -> str:
    """Say why an activity cannot run now, in a sentence to act on; empty if it can."""
    charge = charge_frac(spec.power, state.power)
    if state.mode not in WORKING:
        return f"The rover is in {state.mode} mode; it works again when charge has come back."
    if activity.kind is ActivityKind.SLEEP:
        return ""
    if charge < spec.bus.floor_frac:
        return (
            f"Charge is {100 * charge:.0f} %, below the floor of {100 * spec.bus.floor_frac:.0f} %;"
            " let the Sun fill the battery first."
        )
    if shed := shed_refusal(spec, state, activity.kind):
        return shed
    if activity.kind in DRIVES:
        return _drive_refusal(spec, state, desk, activity)
    tool = instrument_for(spec.instruments, activity.kind)
    if tool is None:
        return NOT_ABOARD if activity.kind in OBSERVED else ""
    now = Conditions(
        box_k=state.thermal.box_k,
        light_w_m2=desk.outside.global_w_m2,
        is_moving=state.mobility.drive is not None,
        is_on_lander=state.mobility.is_on_lander,
    )
    seconds = duration_s(spec, activity)
    most_m = most_way_m(spec, state, desk.tick, seconds) if tool.size_bit_m else 0.0
    usual_bit = size_bit(tool, seconds, activity.compression, most_m)
    needs_bit = most_bit(spec.instruments, tool, usual_bit)
    room = room_refusal(spec.storage, state.storage, needs_bit, tool.priority, str(activity.kind))
    cold = mast_refusal(spec, state, activity.kind)
    return refusal(tool, now) or aim_refusal(spec, state, activity) or cold or room or ""


def aim_refusal(spec: RoverSpec, state: RoverState, activity: Activity) -> str:
    """Say why an observation asks for what its tool cannot do; empty if it can."""
    tools, kind, deck = spec.instruments, activity.kind, state.deck
    most = tools.camera.most_compression
    if activity.compression and not 1.0 <= activity.compression <= most:
        return (
            f"Pictures are packed from 1 to {most:.0f} times, not {activity.compression:g} times."
        )
    if kind in (ActivityKind.SOIL, ActivityKind.INFRARED):
        return reach_refusal(tools.spectrometer, activity.range_m, activity.bearing_rad)
    if kind is ActivityKind.DEPLOY_CAMERA:
        return place_refusal(deck.camera)
    if kind is ActivityKind.SELFIE:
        place = state.mobility
        return selfie_refusal(tools.small_camera, deck.camera, place.x_m, place.y_m)
    return ""


def shed_refusal(spec: RoverSpec, state: RoverState, kind: ActivityKind) -> str:
    """Say why work would be cut short by a battery that runs down; empty if it would not."""
    for stage in spec.power.shed[: state.power.shed_count]:
        if stage.load is _LOADS.get(kind):
            return (
                f"The rover has switched off its {stage.load} to save the battery; they come back "
                f"when its {stage.gauge} is above {100 * stage.back_frac:.0f} %."
            )
    return ""


def wing_refusal(spec: RoverSpec, state: RoverState) -> str:
    """Say why the wheels must wait for the wings; empty if they need not."""
    steepest_deg = math.degrees(max(map(abs, state.power.wings.tilt_rad)))
    if steepest_deg < spec.power.wings.steep_deg:
        return ""
    return (
        f"A wing stands up at {steepest_deg:.0f} degrees and would sway; lay the wings flat before "
        "driving."
    )


def cold_refusal(spec: RoverSpec, state: RoverState) -> str:
    """Say why the wheels may not turn: cold motors, or a raised wing; empty if they may."""
    if state.motor_k >= spec.motors.min_k:
        return wing_refusal(spec, state)
    return (
        f"The drive motors are at {celsius(state.motor_k):.0f} °C and turn from "
        f"{celsius(spec.motors.min_k):.0f} °C; warm them up for half an hour, or wait for the day."
    )


def condition_refusal(state: RoverState, desk: Desk, activity: Activity) -> str:
    """Say why an optional activity stays out: its condition does not hold, or cannot be read."""
    if not activity.condition:
        return ""
    readings = desk.readings(state)
    try:
        condition = _parsed(activity.condition, tuple(readings))
    except ValueError as error:
        return f"Its condition cannot be read: {error}."
    if holds(condition, readings):
        return ""
    return f"{NOT_HELD}: {activity.condition}."


def is_choice(note: str) -> bool:
    """Say whether an activity stayed out because the plan itself says so."""
    return note.startswith((NOT_HELD, OPTIONAL, NOT_NEEDED))


def optional_refusal(spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity) -> str:
    """Say why an optional activity stays out although it could run: others need time or charge."""
    if not activity.is_optional:
        return ""
    least = spec.bus.floor_frac + spec.sequencer.optional_reserve_frac
    charge = charge_frac(spec.power, state.power)
    if charge < least:
        return f"{OPTIONAL}: charge is {100 * charge:.0f} %, it needs {100 * least:.0f} %."
    ends_tick = desk.tick + duration_s(spec, activity)
    other = in_the_way(state.sequencer, activity, ends_tick)
    if other is not None:
        return f"{OPTIONAL}: {other.name or other.kind.replace('_', ' ')} comes first."
    return ""


def break_off(state: RoverState, desk: Desk, activity: Activity) -> tuple[str, bool]:
    """Say whether an activity under way ends now, and whether that is as it should be.

    Returns
    -------
    (str, bool)
        Why in words, empty while it goes on; and whether it is done.
    """
    readings = desk.readings(state)
    for text, is_done in ((activity.abort, False), (activity.until, True)):
        if not text:
            continue
        try:
            condition = _parsed(text, tuple(readings))
        except ValueError as error:
            return f"its condition cannot be read: {error}", False
        if holds(condition, readings):
            return (f"until {text}" if is_done else f"broken off: {text}"), is_done
    return "", False


def plan_refusal(state: RoverState, desk: Desk, command: Command) -> str:
    """Say why a plan is not taken aboard: a condition that nobody can read, or waiting for nobody.

    What has been aboard before may be waited for although it is over: news of its end may have
    crossed the plan on its way, and what waits then starts at its own time.
    """
    if not isinstance(command, UplinkPlan):
        return ""
    sequencer = state.sequencer
    known = {activity.number for activity in command.activities}
    known |= {running.activity.number for running in all_running(sequencer)}
    for activity in command.activities:
        head = f"Activity {activity.number}"
        for text in (activity.condition, activity.until, activity.abort):
            problem = _unreadable(state, desk, text) if text else ""
            if problem:
                return f"{head}: {problem}."
        if activity.after not in (0, *known) and activity.after >= sequencer.next_number:
            return f"{head} waits for activity {activity.after}, which is not in the plan."
    return ""


def _unreadable(state: RoverState, desk: Desk, text: str) -> str:
    try:
        _parsed(text, tuple(desk.readings(state)))
    except ValueError as error:
        return str(error)
    return ""


def _drive_refusal(spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity) -> str:
    order = drive_order(activity)
    is_down_the_ramp = state.mobility.is_on_lander and order.kind is not DriveKind.GOTO
    if is_down_the_ramp and desk.ramp_refusal:
        return desk.ramp_refusal
    if not all(desk.is_seen(*place) for place in places_of(state.mobility, order)):
        return UNSEEN
    return cold_refusal(spec, state) or drive_refusal(spec.mobility, state.mobility, order)


@lru_cache(maxsize=256)
def _parsed(text: str, names: tuple[str, ...]) -> Condition:
    return parse_condition(text, names)
