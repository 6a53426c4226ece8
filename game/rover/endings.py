"""How activities end: the lane is emptied, what came of it is stored and told."""

import math

from game.changes import changed
from game.commands import Activity, ActivityKind
from game.events import ActivityEnded, ActivityOutcome, Event, StopReason
from game.rover.fieldwork import observed, surveyed
from game.rover.instruments import finished_frac, instrument_for, size_bit
from game.rover.lanes import WHEEL_ORDERS
from game.rover.memory import forgotten, has_volatile, never_stored
from game.rover.mobility import believed_place, end_drive, stopped
from game.rover.modes import WORKING
from game.rover.plan_links import let_go
from game.rover.refusals import LISTENING, Desk
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import Running, end
from game.units import WH_J

WHEELED_TOOLS = frozenset({ActivityKind.MAGNETOMETER})  # observations for which wheels turn
TIME_OVER = stopped("its time was over", StopReason.TIME)


def is_wheels_by_hand(activity: Activity) -> bool:
    """Say whether this is a drive by hand, which has neither a goal nor a planned length."""
    return activity.kind is ActivityKind.DRIVE and activity.duration_s == 0


def ended(
    state: RoverState, desk: Desk, running: Running, note: str, *, is_done: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    """Empty the lane of an activity and tell how it ended; what waited for it has its turn."""
    activity = running.activity
    told = ActivityEnded(
        desk.tick,
        activity.number,
        activity.kind,
        ActivityOutcome.DONE if is_done else ActivityOutcome.CUT_SHORT,
        note,
        activity.name,
        running.started_tick,
    )
    sequencer = let_go(end(state.sequencer, running), activity.number, desk.tick)
    return changed(state, sequencer=sequencer), (told,)


def unbegun(activity: Activity, tick: int, outcome: ActivityOutcome, why: str) -> ActivityEnded:
    """Return the news that an activity ends before it has begun."""
    return ActivityEnded(tick, activity.number, activity.kind, outcome, why, activity.name)


def end_order(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    """End a drive of the plan and say how far it came, and if it is not done, what stopped it."""
    mobility, events = end_drive(spec.mobility, state.mobility, desk.tick, TIME_OVER)
    state = changed(state, mobility=mobility)
    driven_m = mobility.odometer_m - running.odometer_m
    energy_wh = (state.power.consumed_j - running.consumed_j) / WH_J
    goal = running.activity
    left_m = math.dist((goal.x_m, goal.y_m), believed_place(mobility))
    near_m = 2.0 * spec.mobility.navigation.arrival_m
    is_done = not mobility.is_on_lander
    note = f"{driven_m:.1f} m, {energy_wh:.0f} Wh"
    if goal.kind in WHEEL_ORDERS:
        is_done = mobility.halt_reason in (StopReason.DONE, StopReason.FREED)
        note = f"{mobility.halt_cause} {energy_wh:.0f} Wh"
    elif goal.kind is ActivityKind.DRIVE and not is_wheels_by_hand(goal) and left_m > near_m:
        is_done = False
        note += f", {left_m:.0f} m short of the goal: {mobility.halt_cause}"
    state, last = ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *last)


def cut_off(
    spec: RoverSpec,
    state: RoverState,
    desk: Desk,
    running: Running,
    why: str,
    *,
    has_lost_power: bool = False,
) -> tuple[RoverState, tuple[Event, ...]]:
    """End an observation before its time: what lies in flash by now is kept, and told.

    Instruments write part by part: pairs of a ring, filters, series of shots, traces, readings of
    a minute. The part under way is no data yet; a computer that loses its power loses what of it
    was in working memory, and that counts as made and lost.
    """
    events: tuple[Event, ...] = ()
    kept_frac, seen = _lit(spec, desk, running, _kept_frac(spec, state, desk, running))
    note, is_done = why, False
    if running.activity.kind in WHEELED_TOOLS:
        mobility, events = end_drive(spec.mobility, state.mobility, desk.tick, stopped(why))
        state = changed(state, mobility=mobility)
    if has_lost_power:
        state, lost = _forgotten_part(spec, state, desk, running, (kept_frac, why))
        events = (*events, *lost)
    if kept_frac > 0.0:
        state, stored, told, is_made = observed(spec, state, seen, running, kept_frac)
        is_done = is_made and running.activity.kind in LISTENING and state.mode in WORKING
        note = f"{why}; what it had is kept: {told}" if is_made else f"{why}; {told}"
        events = (*events, *stored)
        if has_lost_power and has_volatile(state.storage):  # flash was full: it lay in the buffer
            storage, gone = forgotten(state.storage, desk.tick, why)
            state, events = changed(state, storage=storage), (*events, *gone)
    state = changed(state, deck=changed(state.deck, readings=(), is_turning=False))
    state, last = ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *last)


def _kept_frac(spec: RoverSpec, state: RoverState, desk: Desk, running: Running) -> float:
    """Share of an observation under way that is worth keeping [-]."""
    kind, lasted_s = running.activity.kind, desk.tick - running.started_tick
    match kind:
        case ActivityKind.RADAR:
            return 1.0  # as long as its way; too short a way is no profile
        case ActivityKind.AIR:
            return 1.0 if lasted_s >= spec.instruments.weather.kept_s else 0.0
        case ActivityKind.MAGNETOMETER:
            readings, headings = state.deck.readings, spec.instruments.magnetometer.headings_deg
            return len(readings) / len(headings) if len(readings) > 1 else 0.0
    tool = instrument_for(spec.instruments, kind)
    return 0.0 if tool is None else finished_frac(tool, lasted_s)


def _lit(spec: RoverSpec, desk: Desk, running: Running, done_frac: float) -> tuple[float, Desk]:
    """Leave out the last parts if they had too little light.

    Returns
    -------
    tuple of float and Desk
        Share of the observation that has light, and the desk with the light of its last part.
    """
    tool = instrument_for(spec.instruments, running.activity.kind)
    if tool is None or desk.outside.global_w_m2 >= tool.light_w_m2:
        return done_frac, desk
    for count in range(round(done_frac * tool.parts_count), 0, -1):
        end_tick = running.started_tick + count * tool.duration_s // tool.parts_count
        felt = desk.felt(min(end_tick, desk.tick))
        if felt.global_w_m2 >= tool.light_w_m2:
            return count / tool.parts_count, changed(desk, outside=felt)
    return 0.0, desk


def _forgotten_part(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running, cut: tuple[float, str]
) -> tuple[RoverState, tuple[Event, ...]]:
    """Count what was in working memory when the power went: made, and lost with the cause."""
    kind, (kept_frac, why) = running.activity.kind, cut
    tool = instrument_for(spec.instruments, kind)
    if tool is None or kind in LISTENING or tool.duration_s <= 0:
        return state, ()
    begun_frac = (desk.tick - running.started_tick) / tool.duration_s - kept_frac
    whole_bit = size_bit(tool, tool.duration_s, running.activity.compression)
    part_bit = int(min(1.0 / tool.parts_count, max(0.0, begun_frac)) * whole_bit)
    if part_bit == 0 or kind is ActivityKind.MAGNETOMETER:
        return state, ()
    storage, lost = never_stored(state.storage, str(kind), part_bit, desk.tick, why)
    return changed(state, storage=storage), (lost,)


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
    done_frac, seen = _lit(spec, desk, running, 1.0)
    if done_frac == 0.0:
        state, last = ended(state, desk, running, "it grew too dark for it", is_done=False)
        return state, (*events, *last)
    state, stored, note, is_done = observed(spec, state, seen, running, done_frac)
    if done_frac < 1.0:
        note, is_done = f"it grew dark; what it had is kept: {note}", False
    state, last = ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *stored, *last)
