"""A plan is a tuple of activities; every edit returns a new tuple.

Being values, plans undo by keeping the old one, compare with `==`, and are the same in the
window, in a `.plan.toml` file and in a headless run.
"""

from dataclasses import dataclass, replace
from itertools import pairwise

from game.commands import Activity, ActivityKind

Plan = tuple[Activity, ...]
SNAP_S = 300  # five minutes: what a person can aim at on a strip of 24 hours


@dataclass(frozen=True, slots=True)
class History:
    """A plan with everything that undo and redo need."""

    plan: Plan
    past: tuple[Plan, ...] = ()
    future: tuple[Plan, ...] = ()


def edited(history: History, plan: Plan) -> History:
    """Take a new plan and remember the old one; an edit that changes nothing is not remembered."""
    if plan == history.plan:
        return history
    return History(plan, (*history.past, history.plan), ())


def undone(history: History) -> History:
    """Go back one edit."""
    if not history.past:
        return history
    return History(history.past[-1], history.past[:-1], (history.plan, *history.future))


def redone(history: History) -> History:
    """Take an undone edit again."""
    if not history.future:
        return history
    return History(history.future[0], (*history.past, history.plan), history.future[1:])


def snapped_tick(tick: float, origin_tick: int, spacing_s: int = SNAP_S) -> int:
    """Return the nearest mark of a grid that starts at `origin_tick` [s of mission time]."""
    return origin_tick + round((tick - origin_tick) / spacing_s) * spacing_s


def sorted_plan(plan: Plan) -> Plan:
    """Sort by start, then by number."""
    return tuple(sorted(plan, key=lambda activity: (activity.start_tick, activity.number)))


def next_number(plan: Plan) -> int:
    """Return a number no activity of the plan has."""
    return max((activity.number for activity in plan), default=0) + 1


def with_activity(plan: Plan, activity: Activity) -> Plan:
    """Add an activity under a fresh number."""
    return sorted_plan((*plan, replace(activity, number=next_number(plan))))


def without(plan: Plan, number: int) -> Plan:
    """Take one activity out."""
    return tuple(activity for activity in plan if activity.number != number)


def moved(plan: Plan, number: int, start_tick: int) -> Plan:
    """Give one activity another start."""
    return _changed(plan, number, start_tick=start_tick)


def resized(plan: Plan, number: int, duration_s: int) -> Plan:
    """Give one activity another length, at least one minute."""
    return _changed(plan, number, duration_s=max(60, duration_s))


def retargeted(plan: Plan, number: int, x_m: float, y_m: float) -> Plan:
    """Send a drive somewhere else."""
    return sorted_plan(
        tuple(replace(a, x_m=x_m, y_m=y_m) if a.number == number else a for a in plan)
    )


def shifted(plan: Plan, by_s: int) -> Plan:
    """Move everything in time, for "repeat yesterday"."""
    return tuple(replace(activity, start_tick=activity.start_tick + by_s) for activity in plan)


def between(plan: Plan, start_tick: int, end_tick: int) -> Plan:
    """Return the activities that start in a span of time."""
    return tuple(a for a in plan if start_tick <= a.start_tick < end_tick)


def find(plan: Plan, number: int) -> Activity | None:
    """Return the activity of that number."""
    return next((activity for activity in plan if activity.number == number), None)


def clashes(plan: Plan) -> tuple[tuple[int, int], ...]:
    """Return pairs of activities in one lane that overlap (numbers, earlier one first)."""
    found: list[tuple[int, int]] = []
    for is_radio in (False, True):
        lane = [a for a in sorted_plan(plan) if (a.kind is ActivityKind.SEND) == is_radio]
        for first, second in pairwise(lane):
            rests = ActivityKind.SLEEP in (first.kind, second.kind)
            if second.start_tick < first.start_tick + first.duration_s and not rests:
                found.append((first.number, second.number))
    return tuple(found)


def _changed(plan: Plan, number: int, **changes: int) -> Plan:
    return sorted_plan(
        tuple(replace(a, **changes) if a.number == number else a for a in plan)  # type: ignore[arg-type]
    )
