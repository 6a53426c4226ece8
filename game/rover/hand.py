"""Commands given by hand: each becomes an activity that starts at once, or a refusal."""

import math
from dataclasses import replace

from game.commands import (
    Activity,
    ActivityKind,
    Command,
    Crab,
    Creep,
    Discard,
    Drive,
    DriveTo,
    LiftWheel,
    MoveBefore,
    RollOff,
    SampleAir,
    Send,
    SetBody,
    SetPriority,
    Sleep,
    SortQueue,
    Stop,
    Turn,
    UplinkPlan,
    WarmUp,
)
from game.events import ActivityOutcome, ActivityStarted, CommandRejected, Event
from game.mending import Diagnose, Remedy
from game.rover.endings import is_wheels_by_hand, unbegun
from game.rover.fault_course import remedied, remedy_refusal
from game.rover.housekeeping import HOUSE, deaf_refusal, house_refusal, keep_house, released
from game.rover.lanes import lane_of
from game.rover.memory import settled
from game.rover.mobility import drive_refusal
from game.rover.modes import WORKING
from game.rover.nonsense import nonsense
from game.rover.observations import HAND_PRIORITY, observation_of
from game.rover.orders import WheelCommand, order_of
from game.rover.plan_links import load_plan, replaced, strays
from game.rover.queue import Reorder, reordered
from game.rover.refusals import Desk, cold_refusal, plan_refusal, refusal_of
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import YIELDS, Running, add, running_in, start
from game.rover.stopping import stop_beside, stop_main, stop_radio, stop_wings
from game.rover.storage import discard
from game.rover.work import start_activity, with_order

STILL = "The radar listens only while the wheels turn; start a drive first."
REPLACED = "A new plan took its place."
STRAY = "What it would stand in for is not in the plan."
EDGE_M = 4.5  # by hand the wheels stop this far from ground that no camera has seen
EDGE = "No camera has seen what lies ahead; take a picture that way."
DRIVE_HOUR_S = 3600  # a drive by hand is ended after an hour without a new order

_TIMED: dict[type, ActivityKind] = {
    SampleAir: ActivityKind.AIR,
    Send: ActivityKind.SEND,
    WarmUp: ActivityKind.WARM_UP,
    Sleep: ActivityKind.SLEEP,
}

Answer = tuple[RoverState, tuple[Event, ...]]


def obey(spec: RoverSpec, state: RoverState, desk: Desk, command: Command) -> Answer:
    """Carry out one command at this moment, or refuse it in a sentence."""
    problem = nonsense(command) or deaf_refusal(state) or plan_refusal(state, desk, command)
    if problem:
        return state, (CommandRejected(desk.tick, command, problem),)
    if isinstance(command, HOUSE):
        return keep_house(spec, state, desk, command)
    return _carried_out(spec, state, desk, command)


def _carried_out(spec: RoverSpec, state: RoverState, desk: Desk, command: Command) -> Answer:
    match command:
        case Stop():
            return _stop(spec, state, desk)
        case UplinkPlan(activities=activities):
            stray = tuple(
                unbegun(one, desk.tick, ActivityOutcome.SKIPPED, STRAY)
                for one in strays(state.sequencer, activities)
            )
            gone = tuple(
                unbegun(one, desk.tick, ActivityOutcome.REPLACED, REPLACED)
                for one in replaced(state.sequencer, activities)
            )
            sequencer = load_plan(state.sequencer, activities)
            return released(replace(state, sequencer=sequencer)), (*gone, *stray)
        case SetPriority() | MoveBefore() | SortQueue():
            storage, reason = reordered(spec.storage, state.storage, command)
            return _told(replace(state, storage=storage), desk, command, reason)
        case Discard(product=product):
            storage, events, reason = discard(state.storage, product, desk.tick)
            storage = settled(spec.storage, storage)
            after, refused = _told(replace(state, storage=storage), desk, command, reason)
            return after, (*events, *refused)
        case Remedy():
            return _remedy(spec, state, desk, command)
        case Drive() | Turn() | Crab() | Creep() | SetBody() | LiftWheel():
            return _wheels(spec, _awake(spec, state, desk), desk, command)
        case _:
            return _activity(spec, _awake(spec, state, desk), desk, command)


def activity_of(command: Command, tick: int) -> Activity | None:
    """Return the activity that a command by hand asks for; None for commands that are none."""
    kind = ActivityKind
    match command:
        case RollOff():
            return Activity(0, kind.ROLL_OFF, tick, DRIVE_HOUR_S, priority=HAND_PRIORITY)
        case DriveTo():
            return Activity(
                0,
                kind.DRIVE,
                tick,
                6 * DRIVE_HOUR_S,
                command.x_m,
                command.y_m,
                priority=HAND_PRIORITY,
                waypoints=command.waypoints,
                navigation=command.navigation,
            )
        case Diagnose():
            return Activity(0, kind.DIAGNOSE, tick, 1, priority=HAND_PRIORITY)
        case SampleAir() | Send() | WarmUp() | Sleep():
            timed = _TIMED[type(command)]
            return Activity(0, timed, tick, command.duration_s, priority=HAND_PRIORITY)
    return observation_of(command, tick)


def hand_refusal(spec: RoverSpec, state: RoverState, desk: Desk, command: Command) -> str:
    """Say why a command would be refused now; empty if it would be obeyed.

    For the window, which shows the reason before the player presses.
    """
    problem = nonsense(command) or deaf_refusal(state) or plan_refusal(state, desk, command)
    if problem or isinstance(command, Stop | UplinkPlan | Reorder | Discard):
        return problem
    if isinstance(command, Remedy):
        return remedy_refusal(spec.faults, state.faults, command)
    if isinstance(command, WheelCommand):
        return _wheel_refusal(spec, state, desk, command)
    if isinstance(command, HOUSE):
        return house_refusal(spec, state, command)
    activity = activity_of(command, desk.tick)
    if activity is None:
        return ""
    is_still = activity.kind is ActivityKind.RADAR and state.mobility.drive is None
    return (
        _busy(state, activity.kind)
        or (STILL if is_still else "")
        or refusal_of(spec, state, desk, activity)
    )


def _activity(spec: RoverSpec, state: RoverState, desk: Desk, command: Command) -> Answer:
    reason = hand_refusal(spec, state, desk, command)
    activity = activity_of(command, desk.tick)
    if reason or activity is None:
        return state, (CommandRejected(desk.tick, command, reason),)
    sequencer, numbered = add(state.sequencer, activity)
    return start_activity(spec, replace(state, sequencer=sequencer), desk, numbered)


def _wheels(spec: RoverSpec, state: RoverState, desk: Desk, command: WheelCommand) -> Answer:
    reason = _wheel_refusal(spec, state, desk, command)
    if reason:
        return state, (CommandRejected(desk.tick, command, reason),)
    order = order_of(command, is_by_hand=True)
    main = state.sequencer.main
    if main is not None and is_wheels_by_hand(main.activity):
        held = replace(main, ends_tick=desk.tick + DRIVE_HOUR_S)
        sequencer = replace(state.sequencer, main=held)
        return with_order(spec, replace(state, sequencer=sequencer), desk, order), ()
    events: tuple[Event, ...] = ()
    if main is not None:
        state, events = stop_main(spec, state, desk, "the wheels were called for")
    blank = Activity(0, ActivityKind.DRIVE, desk.tick, 0, priority=HAND_PRIORITY)
    sequencer, activity = add(state.sequencer, blank)
    running = Running(
        activity,
        desk.tick,
        desk.tick + DRIVE_HOUR_S,
        state.mobility.odometer_m,
        state.power.consumed_j,
        state.storage.sent_bit,
    )
    state = replace(state, sequencer=start(sequencer, running))
    started = ActivityStarted(desk.tick, activity.number, activity.kind)
    return with_order(spec, state, desk, order), (*events, started)


def _wheel_refusal(spec: RoverSpec, state: RoverState, desk: Desk, command: WheelCommand) -> str:
    is_driving = _busy(state, ActivityKind.DRIVE) and state.mobility.drive is not None
    if not is_driving and (busy := _busy(state, ActivityKind.DRIVE)):
        return busy
    if _leads_astray(state, desk, command):
        return EDGE
    probe = Activity(0, ActivityKind.SEND, desk.tick, 1)
    if state.mobility.is_on_lander and desk.ramp_refusal:
        return desk.ramp_refusal
    return (
        refusal_of(spec, state, desk, probe)
        or cold_refusal(spec, state)
        or drive_refusal(spec.mobility, state.mobility, order_of(command, is_by_hand=True))
    )


def _leads_astray(state: RoverState, desk: Desk, command: Command) -> bool:
    """Say whether the wheels would roll onto ground that no camera has seen."""
    place = state.mobility
    if place.is_on_lander or not isinstance(command, Drive | Crab | Creep):
        return False
    if command.distance_m <= 0.0:
        return False
    here = place.estimate
    ahead_rad = here.heading_rad + (command.bearing_rad if isinstance(command, Crab) else 0.0)
    ahead_x = here.x_m + EDGE_M * math.sin(ahead_rad)
    ahead_y = here.y_m + EDGE_M * math.cos(ahead_rad)
    return not desk.is_seen(ahead_x, ahead_y)


def _remedy(spec: RoverSpec, state: RoverState, desk: Desk, command: Remedy) -> Answer:
    faults, events = remedied(spec.faults, state.faults, command, desk.tick)
    return replace(state, faults=faults), events


def _busy(state: RoverState, kind: ActivityKind) -> str:
    running = running_in(state.sequencer, lane_of(kind))
    if running is None or running.activity.kind in YIELDS:
        return ""
    return f"The rover is busy ({running.activity.kind.replace('_', ' ')}); stop it first."


def _stop(spec: RoverSpec, state: RoverState, desk: Desk) -> Answer:
    after, events = stop_main(spec, state, desk, "stopped on command")
    after, more = stop_radio(after, desk)
    after, last = stop_beside(spec, after, desk, "stopped on command")
    after, wings = stop_wings(after, desk, "stopped on command")
    more = (*more, *last, *wings)
    if not events and not more:
        return state, (CommandRejected(desk.tick, Stop(), "Nothing is running."),)
    return after, (*events, *more)


def _told(state: RoverState, desk: Desk, command: Command, reason: str | None) -> Answer:
    return state, (CommandRejected(desk.tick, command, reason),) if reason else ()


def _awake(spec: RoverSpec, state: RoverState, desk: Desk) -> RoverState:
    if state.mode not in WORKING:
        return state
    until = desk.tick + spec.sequencer.hand_look_s
    return replace(state, sequencer=replace(state.sequencer, awake_until_tick=until))
