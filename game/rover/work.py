"""What happens between two steps: activities end and begin, commands are obeyed or refused."""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from game.commands import Activity, ActivityKind
from game.conditions import Condition, holds, parse_condition
from game.environment.surroundings import Surroundings
from game.events import ActivityEnded, ActivityStarted, Event
from game.rover.drive import DriveKind, DriveOrder
from game.rover.instruments import Conditions, instrument_for, reading_ticks, refusal, size_bit
from game.rover.measuring import Scene, measure
from game.rover.mobility import begin_drive, drive_refusal, end_drive
from game.rover.modes import WORKING
from game.rover.power import charge_frac
from game.rover.records import Sight, Target
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import Running, due, end, overdue, remove, start
from game.rover.storage import room_refusal, store
from game.units import MBIT_BIT, WH_J, celsius

DRIVES = frozenset({ActivityKind.DRIVE, ActivityKind.ROLL_OFF})
LOOKS = frozenset({ActivityKind.PICTURE, ActivityKind.PANORAMA})
MEASURED = LOOKS | {ActivityKind.SOIL, ActivityKind.AIR}
HAND_PRIORITY = 9  # what a player does by hand goes before any plan
UNSEEN = "No camera has seen that ground yet; take a picture that way, or drive less far."
LASER_REACH_M = 2.0  # the laser looks at the ground ahead of the front wheels, 1.6 m and more


@dataclass(frozen=True, slots=True)
class Desk:
    """What the sequencer is told at one moment.

    `felt` gives the surroundings at any tick, `target` what lies under the laser at a place (and
    the dust upon it), `readings` what conditions may ask, `is_seen` whether cameras know a place.
    `ramp_refusal` says why the ramp may not be used yet, or is empty.
    """

    tick: int
    sol: int
    seed: int
    outside: Surroundings
    felt: Callable[[int], Surroundings]
    target: Callable[[float, float], tuple[Target, Target]]
    readings: Callable[[], Mapping[str, float]]
    is_seen: Callable[[float, float], bool]
    ramp_refusal: str


def end_finished(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """End what has run its time or reached its goal, and store what it measured."""
    events: tuple[Event, ...] = ()
    radio = state.sequencer.radio
    if radio is not None and (desk.tick >= radio.ends_tick or state.mode not in WORKING):
        sent_bit = state.storage.sent_bit - radio.sent_bit
        note = f"{sent_bit / MBIT_BIT:.1f} Mbit went up"
        state, events = _ended(state, desk, radio, note, is_done=sent_bit > 0)
    main = state.sequencer.main
    if main is None:
        return state, events
    is_drive = main.activity.kind in DRIVES
    is_over = desk.tick >= main.ends_tick or (is_drive and state.mobility.drive is None)
    if state.mode not in WORKING:
        state, more = stop_main(spec, state, desk, "the rover saves itself")
        return state, (*events, *more)
    if not is_over:
        return state, events
    if is_drive:
        state, more = _end_drive(spec, state, desk, main)
    elif main.activity.kind in MEASURED:
        state, more = _end_measurement(spec, state, desk, main)
    else:
        state, more = _ended(state, desk, main, "done", is_done=True)
    return state, (*events, *more)


def start_due(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """Start every activity of the plan whose time has come, or say why not."""
    if not state.sequencer.plan or state.sequencer.plan[0].start_tick > desk.tick:
        return state, ()
    events: list[Event] = []
    if state.mode in WORKING:
        while (activity := due(state.sequencer, desk.tick)) is not None:
            state, more = start_activity(spec, state, desk, activity)
            events += more
    for late in overdue(state.sequencer, desk.tick, spec.sequencer.late_start_s):
        state = replace(state, sequencer=remove(state.sequencer, frozenset({late.number})))
        note = "its time passed while something else ran"
        if state.mode not in WORKING:
            note = f"the rover is in {state.mode} mode"
        events.append(ActivityEnded(desk.tick, late.number, late.kind, False, note))
    return state, tuple(events)


def start_activity(
    spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity
) -> tuple[RoverState, tuple[Event, ...]]:
    """Start one activity now; one that cannot run is taken out of the plan with the reason."""
    events: list[Event] = []
    reason = _condition_refusal(desk, activity) or refusal_of(spec, state, desk, activity)
    if reason:
        gone = remove(state.sequencer, frozenset({activity.number}))
        ended = ActivityEnded(desk.tick, activity.number, activity.kind, False, reason)
        return replace(state, sequencer=gone), (ended,)
    yielding = state.sequencer.main
    if yielding is not None and activity.kind is not ActivityKind.SEND:
        state, more = stop_main(spec, state, desk, f"made room for {activity.kind}")
        events += more
    running = Running(
        activity,
        desk.tick,
        desk.tick + duration_s(spec, activity),
        state.mobility.odometer_m,
        state.power.consumed_j,
        state.storage.sent_bit,
    )
    state = replace(state, sequencer=start(state.sequencer, running))
    if activity.kind in DRIVES:
        order = DriveOrder(DriveKind.GOTO, x_m=activity.x_m, y_m=activity.y_m)
        if activity.kind is ActivityKind.ROLL_OFF:
            order = DriveOrder(DriveKind.ROLL_OFF)
        state = with_order(spec, state, order)
    events.append(ActivityStarted(desk.tick, activity.number, activity.kind))
    return state, tuple(events)


def with_order(spec: RoverSpec, state: RoverState, order: DriveOrder) -> RoverState:
    """Give the wheels an order."""
    return replace(state, mobility=begin_drive(spec.mobility, state.mobility, order))


def stop_main(
    spec: RoverSpec, state: RoverState, desk: Desk, why: str
) -> tuple[RoverState, tuple[Event, ...]]:
    """End the main activity early; a weather record keeps what it has."""
    main = state.sequencer.main
    if main is None:
        return state, ()
    events: tuple[Event, ...] = ()
    if main.activity.kind in DRIVES:
        mobility, events = end_drive(state.mobility, desk.tick, f"Stopped: {why}.")
        state = replace(state, mobility=mobility)
    is_record = main.activity.kind is ActivityKind.AIR and desk.tick - main.started_tick >= 600
    if is_record and state.mode in WORKING:
        state, more = _end_measurement(spec, state, desk, main)
    else:
        is_rest = main.activity.kind in (ActivityKind.SLEEP, ActivityKind.WARM_UP)
        state, more = _ended(state, desk, main, why, is_done=is_rest)
    return state, (*events, *more)


def duration_s(spec: RoverSpec, activity: Activity) -> int:
    """How long an activity takes: instruments know it, the rest is as planned [s]."""
    tool = instrument_for(spec.instruments, activity.kind)
    if tool is not None and activity.kind is not ActivityKind.AIR:
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
    if activity.kind in DRIVES:
        return _drive_refusal(spec, state, desk, activity)
    tool = instrument_for(spec.instruments, activity.kind)
    if tool is None:
        return ""
    now = Conditions(
        box_k=state.thermal.box_k,
        light_w_m2=desk.outside.global_w_m2,
        is_moving=state.mobility.drive is not None,
        is_on_lander=state.mobility.is_on_lander,
    )
    needs_bit = size_bit(tool, duration_s(spec, activity))
    room = room_refusal(spec.storage, state.storage, needs_bit, tool.priority)
    return refusal(tool, now) or room or ""


def _drive_refusal(spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity) -> str:
    if activity.kind is ActivityKind.ROLL_OFF:
        if desk.ramp_refusal and state.mobility.is_on_lander:
            return desk.ramp_refusal
        order = DriveOrder(DriveKind.ROLL_OFF)
    else:
        order = DriveOrder(DriveKind.GOTO, x_m=activity.x_m, y_m=activity.y_m)
        if not desk.is_seen(activity.x_m, activity.y_m):
            return UNSEEN
    return cold_refusal(spec, state) or drive_refusal(spec.mobility, state.mobility, order)


def cold_refusal(spec: RoverSpec, state: RoverState) -> str:
    """Say why the motors are too cold to turn; empty if they are not."""
    if state.motor_k >= spec.motors.min_k:
        return ""
    return (
        f"The drive motors are at {celsius(state.motor_k):.0f} °C and turn from "
        f"{celsius(spec.motors.min_k):.0f} °C; warm them up for half an hour, or wait for the day."
    )


def _condition_refusal(desk: Desk, activity: Activity) -> str:
    if not activity.condition:
        return ""
    readings = desk.readings()
    try:
        condition = _parsed(activity.condition, tuple(readings))
    except ValueError as error:
        return f"Its condition cannot be read: {error}."
    if holds(condition, readings):
        return ""
    return f"Its condition did not hold: {activity.condition}."


@lru_cache(maxsize=256)
def _parsed(text: str, names: tuple[str, ...]) -> Condition:
    return parse_condition(text, names)


def _ended(
    state: RoverState, desk: Desk, running: Running, note: str, *, is_done: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    activity = running.activity
    ended = ActivityEnded(desk.tick, activity.number, activity.kind, is_done, note)
    return replace(state, sequencer=end(state.sequencer, running)), (ended,)


def _end_drive(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    mobility, events = end_drive(state.mobility, desk.tick, "Stopped: its time was over.")
    state = replace(state, mobility=mobility)
    driven_m = mobility.odometer_m - running.odometer_m
    energy_wh = (state.power.consumed_j - running.consumed_j) / WH_J
    goal = running.activity
    left_m = math.hypot(goal.x_m - mobility.x_m, goal.y_m - mobility.y_m)
    near_m = 2.0 * spec.mobility.navigation.arrival_m
    is_done = not mobility.is_on_lander
    note = f"{driven_m:.1f} m, {energy_wh:.0f} Wh"
    if goal.kind is ActivityKind.DRIVE and goal.duration_s and left_m > near_m:
        is_done = goal.priority == HAND_PRIORITY
        note += "" if is_done else f", {left_m:.0f} m short of the goal"
    state, ended = _ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *ended)


def _end_measurement(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    activity, place = running.activity, state.mobility
    sight = Sight(
        desk.tick,
        desk.sol,
        place.x_m,
        place.y_m,
        place.heading_rad,
        activity.azimuth_rad,
        activity.elevation_rad,
    )
    felt: tuple[Surroundings, ...] = (desk.outside,)
    lasted_s = desk.tick - running.started_tick
    target: tuple[Target, Target] | tuple[None, None] = (None, None)
    if activity.kind is ActivityKind.AIR:
        ticks = reading_ticks(spec.instruments.weather, running.started_tick, desk.tick)
        felt = tuple(desk.felt(tick) for tick in ticks)
    elif activity.kind is ActivityKind.SOIL:
        ahead = (math.sin(place.heading_rad), math.cos(place.heading_rad))
        target = desk.target(
            place.x_m + LASER_REACH_M * ahead[0], place.y_m + LASER_REACH_M * ahead[1]
        )
    scene = Scene(sight, lasted_s, felt, state.thermal.box_k, *target)
    product = measure(spec.instruments, desk.seed, activity.kind, scene)
    storage, stored = store(spec.storage, state.storage, product, desk.tick)
    note = f"quality {100 * product.quality:.0f} %, {product.size_bit / MBIT_BIT:.1f} Mbit"
    state, ended = _ended(replace(state, storage=storage), desk, running, note, is_done=True)
    return state, (*stored, *ended)


def apply_hand(state: RoverState, desk: Desk, look_s: int) -> RoverState:
    """Keep the computer awake for a while after a command by hand."""
    awake = replace(state.sequencer, awake_until_tick=desk.tick + look_s)
    return replace(state, sequencer=awake)
