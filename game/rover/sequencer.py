"""The clock on board: which activity of the plan may start, which one waits, and for what.

Lanes run side by side: the radio (sending), what listens beside other work (the ground radar
during a drive), the wings, and everything else; settings take no time. Which activity may start is
decided here by time, order and priority; whether the machine *can* do it is asked of the rover
(`refusals.py`), which answers with a sentence if not.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from game.changes import changed
from game.commands import Activity, ActivityKind
from game.rover.lanes import DRIVES, Lane, lane_of

YIELDS = frozenset({ActivityKind.SLEEP, ActivityKind.AIR, ActivityKind.WARM_UP})


@dataclass(frozen=True, slots=True)
class SequencerSpec:
    """How the plan is carried out.

    late_start_s : an activity that could not start this long after its time is dropped. [s]
    hand_look_s : how long the rover stays awake after a command given by hand. [s]
    optional_reserve_frac : optional work needs this much charge above the floor. [-]
    order_spare_frac : orders to the wheels are planned this much longer than on paper. [-]
    shed_dust_tau : shedding is planned for so much loose dust. [-]
    """

    late_start_s: int
    hand_look_s: int
    optional_reserve_frac: float
    order_spare_frac: float
    shed_dust_tau: float

    def __post_init__(self) -> None:
        if not (0 <= self.late_start_s <= 10**8 and 0 <= self.hand_look_s <= 10**8):
            raise ValueError("late_start_s and hand_look_s must be from 0 to 100,000,000")
        if not 0.0 <= self.optional_reserve_frac <= 1.0:
            raise ValueError("optional_reserve_frac must be from 0 to 1")


@dataclass(frozen=True, slots=True)
class Running:
    """An activity under way: since when, until when at the latest, and what the meters said.

    `track_count` is the number of points of the track at its start.
    """

    activity: Activity
    started_tick: int
    ends_tick: int
    odometer_m: float
    consumed_j: float
    sent_bit: int
    track_count: int = 0


@dataclass(frozen=True, slots=True)
class SequencerState:
    """The uplinked plan, and what of it is running in each lane."""

    plan: tuple[Activity, ...] = ()
    main: Running | None = None
    radio: Running | None = None
    next_number: int = 1
    awake_until_tick: int = 0
    beside: Running | None = None
    wings: Running | None = None


def order(activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    """Sort by start, then by priority, then by number."""
    return tuple(sorted(activities, key=lambda a: (a.start_tick, -a.priority, a.number)))


def running_in(state: SequencerState, lane: Lane) -> Running | None:
    """Return what runs in a lane."""
    match lane:
        case Lane.MAIN:
            return state.main
        case Lane.RADIO:
            return state.radio
        case Lane.BESIDE:
            return state.beside
        case Lane.WINGS:
            return state.wings
        case Lane.SETTING:
            return None


def all_running(state: SequencerState) -> tuple[Running, ...]:
    """Return everything that runs, the main work first."""
    lanes = (state.main, state.radio, state.beside, state.wings)
    return tuple(one for one in lanes if one is not None)


def is_held(activity: Activity) -> bool:
    """Say whether an activity waits for another one rather than for the clock."""
    return activity.after != 0 or activity.instead_of != 0


def is_watched(running: Running | None) -> bool:
    """Say whether a running activity may end early by a condition."""
    return running is not None and bool(running.activity.until or running.activity.abort)


def next_boundary_tick(state: SequencerState, tick: int) -> int | None:
    """Return the next moment at which the sequencer has something to do, if any."""
    is_idle = state.main is None and state.radio is None
    if is_idle and state.beside is None and state.wings is None and not state.plan:
        return state.awake_until_tick if state.awake_until_tick > tick else None
    moments = [state.awake_until_tick]
    for running in (state.main, state.radio, state.beside):
        if running is not None:
            moments.append(running.ends_tick)
    for activity in state.plan:  # in order of start: those that wait for their lane come first
        if activity.start_tick > tick and not is_held(activity):
            moments.append(activity.start_tick)
            break
    return min([moment for moment in moments if moment > tick], default=None)


def has_due(state: SequencerState, tick: int) -> bool:
    """Say whether the time of any activity has come."""
    for activity in state.plan:
        if activity.start_tick > tick:
            return False
        if not is_held(activity):
            return True
    return False


def due(state: SequencerState, tick: int) -> Activity | None:
    """Return the activity to start now: its time has come and its lane is free or will yield.

    Of several the one with the highest priority is first, then the one that waits longest.
    """
    ready = [activity for activity in _called(state, tick) if _has_room(state, activity)]
    return min(ready, key=lambda a: (-a.priority, a.start_tick, a.number), default=None)


def _called(state: SequencerState, tick: int) -> Iterator[Activity]:
    for activity in state.plan:
        if activity.start_tick > tick:
            return
        if not is_held(activity):
            yield activity


def _has_room(state: SequencerState, activity: Activity) -> bool:
    lane = lane_of(activity.kind)
    running = running_in(state, lane)
    if running is not None and not gives_way(running.activity, activity):
        return False
    if lane is Lane.WINGS:  # wings are moved only at rest, and nobody drives while they move
        return state.main is None or state.main.activity.kind not in DRIVES
    return state.wings is None or activity.kind not in DRIVES


def gives_way(running: Activity, other: Activity) -> bool:
    """Say whether a running activity makes room for another one.

    Resting and listening make room for work of the same priority, everything for work of a higher
    one. An optional activity wakes a sleeping rover, but drives no work out.
    """
    if running.number == other.number:
        return False
    if running.kind is ActivityKind.SLEEP and other.kind is not ActivityKind.SLEEP:
        return True
    if other.is_optional:
        return False
    is_like = other.priority == running.priority and other.kind is not running.kind
    return other.priority > running.priority or (running.kind in YIELDS and is_like)


def overdue(state: SequencerState, tick: int, late_start_s: int) -> tuple[Activity, ...]:
    """Return planned activities that waited too long for their turn."""
    return tuple(a for a in _called(state, tick) if tick - a.start_tick > late_start_s)


def in_the_way(state: SequencerState, activity: Activity, until_tick: int) -> Activity | None:
    """Return what must start in the lane of an optional activity before that one would end."""
    lane = lane_of(activity.kind)
    for other in state.plan:
        if other.start_tick >= until_tick:
            return None
        is_other = other.number != activity.number and lane_of(other.kind) is lane
        if is_other and not is_held(other) and not other.is_optional:
            return other
    return None


def remove(state: SequencerState, numbers: frozenset[int]) -> SequencerState:
    """Take activities out of the plan."""
    return changed(state, plan=tuple(a for a in state.plan if a.number not in numbers))


def add(state: SequencerState, activity: Activity) -> tuple[SequencerState, Activity]:
    """Put one more activity in the plan under the next number; also return it."""
    numbered = changed(activity, number=state.next_number)
    plan = order((*state.plan, numbered))
    return changed(state, plan=plan, next_number=state.next_number + 1), numbered


def start(state: SequencerState, running: Running) -> SequencerState:
    """Move an activity from the plan into its lane."""
    cleared = remove(state, frozenset({running.activity.number}))
    return _with(cleared, lane_of(running.activity.kind), running)


def end(state: SequencerState, running: Running) -> SequencerState:
    """Empty the lane of an activity."""
    return _with(state, lane_of(running.activity.kind), None)


def _with(state: SequencerState, lane: Lane, running: Running | None) -> SequencerState:
    match lane:
        case Lane.RADIO:
            return changed(state, radio=running)
        case Lane.BESIDE:
            return changed(state, beside=running)
        case Lane.WINGS:
            return changed(state, wings=running)
        case Lane.SETTING:
            return state
        case Lane.MAIN:
            return changed(state, main=running)
