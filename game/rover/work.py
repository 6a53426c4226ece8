"""What happens between two steps: activities end and begin, commands are obeyed or refused."""

import math
from dataclasses import replace

from game.commands import Activity, ActivityKind
from game.environment.surroundings import Surroundings
from game.events import ActivityEnded, ActivityStarted, Event
from game.rover.drive import DriveOrder
from game.rover.instruments import reading_ticks
from game.rover.measuring import Scene, measure
from game.rover.memory import store
from game.rover.mobility import begin_drive, end_drive
from game.rover.modes import WORKING
from game.rover.records import Sight, Target
from game.rover.refusals import (
    DRIVES,
    Desk,
    break_off,
    condition_refusal,
    drive_order,
    duration_s,
    optional_refusal,
    refusal_of,
)
from game.rover.rover import RoverSpec, RoverState
from game.rover.sequencer import (
    Running,
    due,
    end,
    has_due,
    is_watched,
    let_go,
    overdue,
    remove,
    spared,
    start,
    stood_in,
)
from game.units import MBIT_BIT, WH_J

LOOKS = frozenset({ActivityKind.PICTURE, ActivityKind.PANORAMA})
MEASURED = LOOKS | {ActivityKind.SOIL, ActivityKind.AIR}
LASER_REACH_M = 2.0  # the laser looks at the ground ahead of the front wheels, 1.6 m and more


def has_change(state: RoverState, tick: int) -> bool:
    """Say whether anything may end or begin at this moment; most steps are spared the question."""
    sequencer = state.sequencer
    main, radio = sequencer.main, sequencer.radio
    if sequencer.plan and has_due(sequencer, tick):
        return True
    if main is None and radio is None:
        return False
    if is_watched(main) or is_watched(radio):
        return True
    return state.mode not in WORKING or _is_over(state, main, tick) or _is_over(state, radio, tick)


def _is_over(state: RoverState, running: Running | None, tick: int) -> bool:
    if running is None:
        return False
    is_parked = running.activity.kind in DRIVES and state.mobility.drive is None
    return is_parked or tick >= running.ends_tick


def end_finished(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """End what has run its time or reached its goal, and store what it measured."""
    state, events = _watched(spec, state, desk)
    radio = state.sequencer.radio
    if radio is not None and (desk.tick >= radio.ends_tick or state.mode not in WORKING):
        state, more = stop_radio(state, desk)
        events = (*events, *more)
    main = state.sequencer.main
    if main is None:
        return state, events
    if state.mode not in WORKING:
        state, more = stop_main(spec, state, desk, "the rover saves itself")
        return state, (*events, *more)
    if not _is_over(state, main, desk.tick):
        return state, events
    if main.activity.kind in DRIVES:
        state, more = _end_drive(spec, state, desk, main)
    elif main.activity.kind in MEASURED:
        state, more = _end_measurement(spec, state, desk, main)
    else:
        state, more = _ended(state, desk, main, "done", is_done=True)
    return state, (*events, *more)


def _watched(
    spec: RoverSpec, state: RoverState, desk: Desk
) -> tuple[RoverState, tuple[Event, ...]]:
    """End activities whose `until` or `abort` has become true."""
    events: tuple[Event, ...] = ()
    for running in filter(None, (state.sequencer.main, state.sequencer.radio)):
        note, is_done = break_off(state, desk, running.activity)
        if note:
            state, more = _stopped(spec, state, desk, running, note, is_done=is_done)
            events = (*events, *more)
    return state, events


def _stopped(
    spec: RoverSpec, state: RoverState, desk: Desk, running: Running, note: str, *, is_done: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    """End one activity early; a weather record that is done keeps what it has."""
    kind, events = running.activity.kind, tuple[Event, ...]()
    if kind in DRIVES:
        mobility, events = end_drive(state.mobility, desk.tick, f"Stopped: {note}.")
        state = replace(state, mobility=mobility)
    if kind is ActivityKind.AIR and is_done and state.mode in WORKING:
        state, more = _end_measurement(spec, state, desk, running)
    elif kind is ActivityKind.SEND and is_done:
        state, more = stop_radio(state, desk)
    else:
        is_done = is_done and kind not in MEASURED
        state, more = _ended(state, desk, running, note, is_done=is_done)
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
    if activity.kind is ActivityKind.SEND:
        state, more = stop_radio(state, desk)
    else:
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
    sequencer, gone = spared(start(state.sequencer, running), (activity.number,), desk.tick)
    note = f"not needed: {activity.name or activity.kind.replace('_', ' ')} runs"
    events += [ActivityEnded(desk.tick, one.number, one.kind, False, note) for one in gone]
    state = replace(state, sequencer=sequencer)
    if activity.kind in DRIVES:
        state = with_order(spec, state, drive_order(activity))
    events.append(ActivityStarted(desk.tick, activity.number, activity.kind))
    return state, tuple(events)


def _parked(state: RoverState, activity: Activity) -> RoverState:
    """Return the rover as it is when a drive has made room for an activity."""
    main = state.sequencer.main
    if main is None or main.activity.kind not in DRIVES or activity.kind is ActivityKind.SEND:
        return state
    return replace(state, mobility=replace(state.mobility, drive=None))


def _left_out(
    state: RoverState, desk: Desk, activity: Activity, why: str
) -> tuple[RoverState, tuple[Event, ...]]:
    """Take an activity out of the plan; what waited for it or stands in for it has its turn."""
    sequencer = remove(state.sequencer, frozenset({activity.number}))
    sequencer = stood_in(sequencer, activity.number, desk.tick)
    sequencer = let_go(sequencer, activity.number, desk.tick)
    ended = ActivityEnded(desk.tick, activity.number, activity.kind, False, why)
    return replace(state, sequencer=sequencer), (ended,)


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


def is_wheels_by_hand(activity: Activity) -> bool:
    """Say whether this is a drive by hand, which has neither a goal nor a planned length."""
    return activity.kind is ActivityKind.DRIVE and activity.duration_s == 0


def stop_radio(state: RoverState, desk: Desk) -> tuple[RoverState, tuple[Event, ...]]:
    """End the sending, if any, and say how much went up."""
    radio = state.sequencer.radio
    if radio is None:
        return state, ()
    sent_bit = state.storage.sent_bit - radio.sent_bit
    note = f"{sent_bit / MBIT_BIT:.1f} Mbit went up"
    return _ended(state, desk, radio, note, is_done=sent_bit > 0)


def _ended(
    state: RoverState, desk: Desk, running: Running, note: str, *, is_done: bool
) -> tuple[RoverState, tuple[Event, ...]]:
    activity = running.activity
    ended = ActivityEnded(desk.tick, activity.number, activity.kind, is_done, note)
    sequencer = let_go(end(state.sequencer, running), activity.number, desk.tick)
    return replace(state, sequencer=sequencer), (ended,)


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
    if goal.kind is ActivityKind.DRIVE and not is_wheels_by_hand(goal) and left_m > near_m:
        is_done = False
        note += f", {left_m:.0f} m short of the goal"
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
        # The laser looks where the rover's nose points, whatever the plan says of cameras.
        place.heading_rad if activity.kind is ActivityKind.SOIL else activity.azimuth_rad,
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
