"""What happens between two steps: activities end and begin, commands are obeyed or refused."""

from game.changes import changed
from game.commands import Activity, ActivityKind
from game.events import ActivityEnded, ActivityStarted, Event
from game.rover.deck import DeckState
from game.rover.drive import DriveOrder
from game.rover.endings import cut_off, end_observation, end_order, ended
from game.rover.instruments import OBSERVED
from game.rover.lanes import Lane, lane_of
from game.rover.mobility import begin_drive, end_drive, stopped
from game.rover.modes import UNPOWERED, WORKING
from game.rover.refusals import (
    DRIVES,
    NOT_NEEDED,
    Desk,
    break_off,
    condition_refusal,
    drive_order,
    duration_s,
    optional_refusal,
    refusal_of,
    shed_refusal,
)
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import (
    Running,
    all_running,
    due,
    has_due,
    is_watched,
    let_go,
    overdue,
    remove,
    spared,
    start,
    stood_in,
)
from game.units import MBIT_BIT

SAVES = "the rover saves itself"
WHEELED = DRIVES | {ActivityKind.MAGNETOMETER}  # work for which the wheels turn


def has_change(state: RoverState, tick: int) -> bool:
    """Say whether anything may end or begin at this moment; most steps are spared the question."""
    sequencer = state.sequencer
    main, radio, beside = sequencer.main, sequencer.radio, sequencer.beside
    if sequencer.plan and has_due(sequencer, tick):
        return True
    if main is None and radio is None and beside is None:
        return False
    if state.mode not in WORKING or state.power.shed_count:
        return True
    for one in (main, radio, beside):
        if one is not None and (is_watched(one) or _is_over(state, one, tick)):
            return True
    return False


def _is_over(state: RoverState, running: Running, tick: int) -> bool:
    kind = running.activity.kind
    is_rolling = kind in DRIVES or (kind is ActivityKind.MAGNETOMETER and state.deck.is_turning)
    return (is_rolling and state.mobility.drive is None) or tick >= running.ends_tick


def end_finished(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """End what has run its time or reached its goal, and store what it measured."""
    state, events = _watched(spec, state, desk)
    radio = state.sequencer.radio
    if radio is not None and (desk.tick >= radio.ends_tick or state.mode not in WORKING):
        state, more = stop_radio(state, desk)
        events = (*events, *more)
    state, more = _end_beside(spec, state, desk)
    events = (*events, *more)
    main = state.sequencer.main
    if main is None:
        return state, events
    if state.mode not in WORKING:
        state, more = stop_main(spec, state, desk, SAVES, has_lost_power=_has_lost_power(state))
        return state, (*events, *more)
    if not _is_over(state, main, desk.tick):
        return state, events
    if main.activity.kind in DRIVES:
        state, more = end_order(spec, state, desk, main)
    elif main.activity.kind in OBSERVED:
        state, more = end_observation(spec, state, desk, main)
    else:
        state, more = ended(state, desk, main, "done", is_done=True)
    return state, (*events, *more)


def _end_beside(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    beside = state.sequencer.beside
    if beside is None:
        return state, ()
    if state.mode not in WORKING:
        return stop_beside(spec, state, desk, SAVES, has_lost_power=_has_lost_power(state))
    if _is_over(state, beside, desk.tick):
        return end_observation(spec, state, desk, beside)
    return state, ()


def _has_lost_power(state: RoverState) -> bool:
    return state.mode in UNPOWERED


def _watched(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """End activities whose `until` or `abort` has become true."""
    events: tuple[Event, ...] = ()
    for running in all_running(state.sequencer):
        note, is_done = break_off(state, desk, running.activity)
        if state.power.shed_count and shed_refusal(spec, state, running.activity.kind):
            note, is_done = "switched off to save the battery", False
        if note:
            state, more = _stopped(spec, state, desk, running, note, is_done=is_done)
            events = (*events, *more)
    return state, events


def _stopped(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running, note: str, *, is_done: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    """End one activity early; an observation keeps what it has."""
    kind, events = running.activity.kind, tuple[Event, ...]()
    if kind in OBSERVED:
        return cut_off(spec, state, desk, running, note)
    if kind in DRIVES:
        mobility, events = end_drive(spec.mobility, state.mobility, desk.tick, stopped(note))
        state = changed(state, mobility=mobility)
    if kind is ActivityKind.SEND and is_done:
        state, more = stop_radio(state, desk)
    else:
        state, more = ended(state, desk, running, note, is_done=is_done)
    return state, (*events, *more)


def start_due(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """Start every activity of the plan whose time has come, or say why not."""
    if not has_due(state.sequencer, desk.tick):
        return state, ()
    events: list[Event] = []
    for late in overdue(state.sequencer, desk.tick, spec.sequencer.late_start_s):
        is_able = state.mode in WORKING
        note = "its time had passed" if is_able else f"the rover is in {state.mode} mode"
        state, more = _left_out(state, desk, late, note)
        events += more
    while state.mode in WORKING and (activity := due(state.sequencer, desk.tick)) is not None:
        state, more = start_activity(spec, state, desk, activity)
        events += more
    return state, tuple(events)


def start_activity(
    spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity
) -> tuple[RoverState, tuple[Event, ...]]:
    """Start one activity now; one that cannot run is taken out of the plan with the reason."""
    events: list[Event] = []
    reason = (
        condition_refusal(state, desk, activity)
        or optional_refusal(spec, state, desk, activity)
        or refusal_of(spec, _parked(state, activity), desk, activity)
    )
    if reason:
        return _left_out(state, desk, activity, reason)
    state, more = _room_made(spec, state, desk, activity)
    events += more
    running = Running(
        activity,
        desk.tick,
        desk.tick + _first_stage_s(spec, activity),
        state.mobility.odometer_m,
        state.power.consumed_j,
        state.storage.sent_bit,
        len(state.track),
    )
    sequencer, gone = spared(start(state.sequencer, running), (activity.number,), desk.tick)
    note = f"{NOT_NEEDED}: {activity.name or activity.kind.replace('_', ' ')} runs"
    events += [ActivityEnded(desk.tick, one.number, one.kind, False, note) for one in gone]
    state = changed(state, sequencer=sequencer, deck=_begun(state, activity))
    if activity.kind in DRIVES:
        state = with_order(spec, state, desk, drive_order(activity))
    events.append(ActivityStarted(desk.tick, activity.number, activity.kind))
    return state, tuple(events)


def _first_stage_s(spec: RoverSpec, activity: Activity) -> int:
    """How long an activity runs before the sequencer looks at it again [s]."""
    if activity.kind is ActivityKind.MAGNETOMETER:
        return spec.instruments.magnetometer.reading_s
    return duration_s(spec, activity)


def _room_made(
    spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity
) -> tuple[RoverState, tuple[Event, ...]]:
    """End what runs in the lane of an activity that starts."""
    why = f"made room for {activity.kind.replace('_', ' ')}"
    match lane_of(activity.kind):
        case Lane.RADIO:
            return stop_radio(state, desk)
        case Lane.BESIDE:
            return stop_beside(spec, state, desk, why)
        case Lane.MAIN:
            return stop_main(spec, state, desk, why)


def _begun(state: RoverState, activity: Activity) -> DeckState:
    """Return the payload's memory when an activity begins: a survey begins with no readings."""
    if activity.kind is not ActivityKind.MAGNETOMETER:
        return state.deck
    return changed(state.deck, readings=(), is_turning=False)


def _parked(state: RoverState, activity: Activity) -> RoverState:
    """Return the rover as it is when a drive has made room for an activity."""
    main = state.sequencer.main
    is_beside = lane_of(activity.kind) is not Lane.MAIN
    if main is None or main.activity.kind not in WHEELED or is_beside:
        return state
    return changed(state, mobility=changed(state.mobility, drive=None))


def _left_out(
    state: RoverState, desk: Desk, activity: Activity, why: str
) -> tuple[RoverState, tuple[Event, ...]]:
    """Take an activity out of the plan; what waited for it or stands in for it has its turn."""
    sequencer = remove(state.sequencer, frozenset({activity.number}))
    sequencer = stood_in(sequencer, activity.number, desk.tick)
    sequencer = let_go(sequencer, activity.number, desk.tick)
    ended = ActivityEnded(desk.tick, activity.number, activity.kind, False, why)
    return changed(state, sequencer=sequencer), (ended,)


def with_order(spec: RoverSpec, state: RoverState, desk: Desk, order: DriveOrder) -> RoverState:
    """Give the wheels an order."""
    mobility = begin_drive(spec.mobility, state.mobility, order, desk.seed, desk.tick)
    return changed(state, mobility=mobility)


def stop_main(
    spec: RoverSpec, state: RoverState, desk: Desk, why: str, *, has_lost_power: bool = False
) -> tuple[RoverState, tuple[Event, ...]]:
    """End the main activity early; an observation keeps what it has."""
    main = state.sequencer.main
    if main is None:
        return state, ()
    if main.activity.kind in OBSERVED:
        return cut_off(spec, state, desk, main, why, has_lost_power=has_lost_power)
    events: tuple[Event, ...] = ()
    if main.activity.kind in DRIVES:
        mobility, events = end_drive(spec.mobility, state.mobility, desk.tick, stopped(why))
        state = changed(state, mobility=mobility)
    is_rest = main.activity.kind in (ActivityKind.SLEEP, ActivityKind.WARM_UP)
    state, more = ended(state, desk, main, why, is_done=is_rest)
    return state, (*events, *more)


def stop_radio(state: RoverState, desk: Desk) -> tuple[RoverState, tuple[Event, ...]]:
    """End the sending, if any, and say how much went up."""
    radio = state.sequencer.radio
    if radio is None:
        return state, ()
    sent_bit = state.storage.sent_bit - radio.sent_bit
    note = f"{sent_bit / MBIT_BIT:.1f} Mbit went up"
    return ended(state, desk, radio, note, is_done=sent_bit > 0)


def stop_beside(
    spec: RoverSpec, state: RoverState, desk: Desk, why: str, *, has_lost_power: bool = False
) -> tuple[RoverState, tuple[Event, ...]]:
    """End what listens beside other work; it keeps what it has."""
    beside = state.sequencer.beside
    if beside is None:
        return state, ()
    return cut_off(spec, state, desk, beside, why, has_lost_power=has_lost_power)
