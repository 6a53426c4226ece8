"""How activities end: the lane is emptied, what came of it is stored and told."""

import math

from game.changes import changed
from game.commands import Activity, ActivityKind
from game.events import ActivityEnded, Event, StopReason
from game.rover.fieldwork import observed, surveyed
from game.rover.mobility import believed_place, end_drive, stopped
from game.rover.refusals import Desk
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import Running, end, let_go
from game.units import WH_J

TIME_OVER = stopped("its time was over", StopReason.TIME)


def is_wheels_by_hand(activity: Activity) -> bool:
    """Say whether this is a drive by hand, which has neither a goal nor a planned length."""
    return activity.kind is ActivityKind.DRIVE and activity.duration_s == 0


def ended(
    state: RoverState, desk: Desk, running: Running, note: str, *, is_done: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    """Empty the lane of an activity and tell how it ended; what waited for it has its turn."""
    activity = running.activity
    told = ActivityEnded(desk.tick, activity.number, activity.kind, is_done, note)
    sequencer = let_go(end(state.sequencer, running), activity.number, desk.tick)
    return changed(state, sequencer=sequencer), (told,)


def end_order(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    """End a drive of the plan and say how far it came."""
    mobility, events = end_drive(spec.mobility, state.mobility, desk.tick, TIME_OVER)
    state = changed(state, mobility=mobility)
    driven_m = mobility.odometer_m - running.odometer_m
    energy_wh = (state.power.consumed_j - running.consumed_j) / WH_J
    goal = running.activity
    left_m = math.dist((goal.x_m, goal.y_m), believed_place(mobility))
    near_m = 2.0 * spec.mobility.navigation.arrival_m
    is_done = not mobility.is_on_lander
    note = f"{driven_m:.1f} m, {energy_wh:.0f} Wh"
    if goal.kind is ActivityKind.DRIVE and not is_wheels_by_hand(goal) and left_m > near_m:
        is_done = False
        note += f", {left_m:.0f} m short of the goal"
    state, last = ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *last)


def end_observation(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    """End an observation with what it brings; a magnetic survey may only have come one stage on."""
    events: tuple[Event, ...] = ()
    if running.activity.kind is ActivityKind.MAGNETOMETER:
        state, goes_on = surveyed(spec, state, desk, running)
        if goes_on:
            return state, ()
        mobility, events = end_drive(spec.mobility, state.mobility, desk.tick, TIME_OVER)
        state = changed(state, mobility=mobility)
    state, stored, note, is_done = observed(spec, state, desk, running)
    state, last = ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *stored, *last)
