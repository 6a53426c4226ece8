"""What happens between two steps: activities end and begin, commands are obeyed or refused."""

from game.changes import changed
from game.commands import Activity, ActivityKind
from game.events import ActivityOutcome, ActivityStarted, Event
from game.rover.chores import chore_note, chore_refusal, set_by_chore, wings_outcome
from game.rover.deck import DeckState
from game.rover.drive import DriveOrder
from game.rover.endings import end_observation, end_order, ended, unbegun
from game.rover.instruments import OBSERVED
from game.rover.lanes import CHORES, DRIVES, Lane, lane_of
from game.rover.mobility import begin_drive
from game.rover.modes import UNPOWERED, WORKING
from game.rover.orders import drive_order
from game.rover.plan_links import let_go, spared, stood_in
from game.rover.refusals import (
    NOT_NEEDED,
    Desk,
    break_off,
    condition_refusal,
    duration_s,
    is_choice,
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
    overdue,
    remove,
    start,
)
from game.rover.stopping import (
    SAVES_ITSELF,
    WHEELED,
    follow_wings,
    stop_beside,
    stop_early,
    stop_main,
    stop_radio,
    stop_wings,
)


def has_change(state: RoverState, tick: int) -> bool:
    """Say whether anything may end or begin at this moment; most steps are spared the question."""
    sequencer = state.sequencer
    main, radio, beside = sequencer.main, sequencer.radio, sequencer.beside
    if sequencer.plan and has_due(sequencer, tick):
        return True
    wings = sequencer.wings
    if main is None and radio is None and beside is None and wings is None:
        return False
    if state.mode not in WORKING or state.power.shed_count:
        return True
    if wings is not None and wings_outcome(state, wings, tick)[0]:
        return True
    for one in (main, radio, beside, wings):
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
    state, more = _beside_finished(spec, state, desk)
    events = (*events, *more)
    main = state.sequencer.main
    if main is None:
        return state, events
    state, more = _main_finished(spec, state, desk, main)
    return state, (*events, *more)


def _beside_finished(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """End sending, listening and work on the wings."""
    events: tuple[Event, ...] = ()
    radio = state.sequencer.radio
    if radio is not None and (desk.tick >= radio.ends_tick or state.mode not in WORKING):
        state, more = stop_radio(state, desk)
        events = (*events, *more)
    state, more = _end_beside(spec, state, desk)
    events = (*events, *more)
    wings = state.sequencer.wings
    if wings is not None:
        state, more = follow_wings(state, desk, wings)
        events = (*events, *more)
    return state, events


def _main_finished(
    spec: RoverSpec, state: RoverState, desk: Desk, main: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    """End the main activity if it is over."""
    if state.mode not in WORKING:
        is_dark = _has_lost_power(state)
        return stop_main(spec, state, desk, SAVES_ITSELF, has_lost_power=is_dark)
    if not _is_over(state, main, desk.tick):
        return state, ()
    if main.activity.kind in DRIVES:
        return end_order(spec, state, desk, main)
    if main.activity.kind in OBSERVED:
        return end_observation(spec, state, desk, main)
    return ended(state, desk, main, "done", is_done=True)


def _end_beside(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    beside = state.sequencer.beside
    if beside is None:
        return state, ()
    if state.mode not in WORKING:
        return stop_beside(spec, state, desk, SAVES_ITSELF, has_lost_power=_has_lost_power(state))
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
            state, more = stop_early(spec, state, desk, running, note, is_done=is_done)
            events = (*events, *more)
    return state, events


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
        or machine_refusal(spec, state, desk, activity)
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
    events += [unbegun(one, desk.tick, ActivityOutcome.SKIPPED, note) for one in gone]
    events.append(ActivityStarted(desk.tick, activity.number, activity.kind))
    state = changed(state, sequencer=sequencer, deck=_begun(state, activity))
    if activity.kind in DRIVES:
        state = with_order(spec, state, desk, drive_order(activity))
    if activity.kind in CHORES:
        state, more = _chore_begun(spec, state, desk, running)
        events += more
    return state, tuple(events)


def machine_refusal(spec: RoverSpec, state: RoverState, desk: Desk, activity: Activity) -> str:
    """Say why the machine cannot begin an activity now; empty if it can."""
    if activity.kind in CHORES:
        return chore_refusal(spec, state, activity)
    return refusal_of(spec, _parked(state, activity), desk, activity)


def _chore_begun(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running
) -> tuple[RoverState, tuple[Event, ...]]:
    """Set what a chore sets; what takes no time is over with it."""
    state, events = set_by_chore(spec, state, desk, running.activity)
    note = chore_note(running.activity)
    if not note:
        return state, events
    state, told = ended(state, desk, running, note, is_done=True)
    return state, (*told, *events)


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
        case Lane.WINGS:
            return stop_wings(state, desk, why)
        case Lane.MAIN:
            return stop_main(spec, state, desk, why)
    return state, ()


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
    is_own = is_choice(why)
    outcome = ActivityOutcome.SKIPPED if is_own else ActivityOutcome.REFUSED
    return changed(state, sequencer=sequencer), (unbegun(activity, desk.tick, outcome, why),)


def with_order(spec: RoverSpec, state: RoverState, desk: Desk, order: DriveOrder) -> RoverState:
    """Give the wheels an order."""
    mobility = begin_drive(spec.mobility, state.mobility, order, desk.seed, desk.tick)
    return changed(state, mobility=mobility)
