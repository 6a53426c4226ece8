"""The clock on board: starts, watches and ends the activities of the plan.

Two lanes run side by side: the radio (sending) and everything else. Which activity may start is
decided here by time, priority and condition; whether the machine *can* do it is asked of the
rover (`rover.py`), which answers with a sentence if not.
"""

from dataclasses import dataclass, replace

from game.commands import Activity, ActivityKind

TIMED = frozenset({ActivityKind.SEND, ActivityKind.AIR, ActivityKind.WARM_UP, ActivityKind.SLEEP})
YIELDS = frozenset({ActivityKind.SLEEP, ActivityKind.AIR, ActivityKind.WARM_UP})


@dataclass(frozen=True, slots=True)
class SequencerSpec:
    """How the plan is carried out.

    late_start_s : an activity that could not start this long after its time is dropped. [s]
    hand_look_s : how long the rover stays awake after a command given by hand. [s]
    """

    late_start_s: int
    hand_look_s: int


@dataclass(frozen=True, slots=True)
class Running:
    """An activity under way: since when, until when at the latest, and what the meters said."""

    activity: Activity
    started_tick: int
    ends_tick: int
    odometer_m: float
    consumed_j: float
    sent_bit: int


@dataclass(frozen=True, slots=True)
class SequencerState:
    """The uplinked plan, and what of it is running in either lane."""

    plan: tuple[Activity, ...] = ()
    main: Running | None = None
    radio: Running | None = None
    next_number: int = 1
    awake_until_tick: int = 0


def order(activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    """Sort by start, then by priority, then by number."""
    return tuple(sorted(activities, key=lambda a: (a.start_tick, -a.priority, a.number)))


def lane_is_radio(kind: ActivityKind) -> bool:
    """Say whether this kind runs in the radio lane."""
    return kind is ActivityKind.SEND


def next_boundary_tick(state: SequencerState, tick: int) -> int | None:
    """Return the next moment at which the sequencer has something to do, if any."""
    if state.main is None and state.radio is None and not state.plan:
        return state.awake_until_tick if state.awake_until_tick > tick else None
    moments = [running.ends_tick for running in (state.main, state.radio) if running is not None]
    moments.append(state.awake_until_tick)
    for activity in state.plan:  # in order of start: those that wait for their lane come first
        if activity.start_tick > tick:
            moments.append(activity.start_tick)
            break
    return min((moment for moment in moments if moment > tick), default=None)


def due(state: SequencerState, tick: int) -> Activity | None:
    """Return the next activity whose time has come and whose lane is free or will yield."""
    for activity in state.plan:
        if activity.start_tick > tick:
            return None
        running = state.radio if lane_is_radio(activity.kind) else state.main
        if running is None or gives_way(running.activity, activity):
            return activity
    return None


def gives_way(running: Activity, other: Activity) -> bool:
    """Say whether a running activity makes room: resting and listening do, work does not."""
    return (
        running.kind in YIELDS
        and running.number != other.number
        and other.kind is not running.kind
        and (other.priority >= running.priority or running.kind is ActivityKind.SLEEP)
    )


def overdue(state: SequencerState, tick: int, late_start_s: int) -> tuple[Activity, ...]:
    """Return planned activities that waited too long for their turn."""
    return tuple(a for a in state.plan if tick - a.start_tick > late_start_s)


def remove(state: SequencerState, numbers: frozenset[int]) -> SequencerState:
    """Take activities out of the plan."""
    return replace(state, plan=tuple(a for a in state.plan if a.number not in numbers))


def load_plan(state: SequencerState, activities: tuple[Activity, ...]) -> SequencerState:
    """Replace everything that has not started; renumber where a number is taken."""
    taken = {running.activity.number for running in (state.main, state.radio) if running}
    number = max(state.next_number, *(a.number + 1 for a in activities), 1)
    fresh: list[Activity] = []
    for activity in activities:
        if activity.number <= 0 or activity.number in taken:
            activity = replace(activity, number=number)  # noqa: PLW2901 - the same item, renamed
            number += 1
        taken.add(activity.number)
        fresh.append(activity)
    return replace(state, plan=order(tuple(fresh)), next_number=number)


def add(state: SequencerState, activity: Activity) -> tuple[SequencerState, Activity]:
    """Put one more activity in the plan under the next number; also return it."""
    numbered = replace(activity, number=state.next_number)
    plan = order((*state.plan, numbered))
    return replace(state, plan=plan, next_number=state.next_number + 1), numbered


def start(state: SequencerState, running: Running) -> SequencerState:
    """Move an activity from the plan into its lane."""
    cleared = remove(state, frozenset({running.activity.number}))
    if lane_is_radio(running.activity.kind):
        return replace(cleared, radio=running)
    return replace(cleared, main=running)


def end(state: SequencerState, running: Running) -> SequencerState:
    """Empty the lane of an activity."""
    if lane_is_radio(running.activity.kind):
        return replace(state, radio=None)
    return replace(state, main=None)
