"""A plan is a tuple of activities; every edit returns a new tuple.

Being values, plans undo by keeping the old one, compare with `==`, and are the same in the
window, in a `.plan.toml` file and in a headless run. Every edit leaves the plan sorted, its
numbers unique, and what hangs on another activity where that one now ends.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from operator import attrgetter

from game.commands import Activity, ActivityKind
from game.rover.lanes import Lane, lane_of

Plan = tuple[Activity, ...]
LEAST_S = 60  # no activity is planned shorter
MOST_CLASHES = 1000
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


def sorted_plan(plan: Plan) -> Plan:
    """Sort by start, then by number."""
    return tuple(sorted(plan, key=attrgetter("start_tick", "number")))


def timed(plan: Plan) -> Plan:
    """Put what waits for another activity where that one is expected to end, and sort.

    What runs instead of another one is expected at its start. Rings are left as they are.
    """
    if not any(activity.after or activity.instead_of for activity in plan):
        return sorted_plan(plan)
    known = {activity.number: activity for activity in plan}
    placed: dict[int, int] = {}
    for activity in plan:
        _place(activity, known, placed)
    return sorted_plan(
        tuple(
            a if placed[a.number] == a.start_tick else replace(a, start_tick=placed[a.number])
            for a in plan
        )
    )


def _place(activity: Activity, known: dict[int, Activity], placed: dict[int, int]) -> None:
    """Note the expected start of an activity, and of all that it hangs on [s of mission time]."""
    chain: list[Activity] = []
    seen: set[int] = set()
    while activity.number not in placed and activity.number not in seen:
        chain.append(activity)
        seen.add(activity.number)
        other = known.get(activity.after or activity.instead_of)
        if other is None:
            break
        activity = other
    for one in reversed(chain):  # the first of them hangs on nothing, or closes a ring
        start = one.start_tick
        before = known.get(one.after or one.instead_of)
        if before is not None and before.number in placed:
            start = placed[before.number]
            start += before.duration_s + one.gap_s if one.after else 0
        placed[one.number] = start


def next_number(plan: Plan) -> int:
    """Return a number no activity of the plan has."""
    return max((activity.number for activity in plan), default=0) + 1


def find(plan: Plan, number: int) -> Activity | None:
    """Return the activity of that number."""
    return next((activity for activity in plan if activity.number == number), None)


def between(plan: Plan, start_tick: int, end_tick: int) -> Plan:
    """Return the activities that start in a span of time."""
    return tuple(a for a in plan if start_tick <= a.start_tick < end_tick)


def with_activity(plan: Plan, activity: Activity) -> Plan:
    """Add an activity under a fresh number."""
    return timed((*plan, replace(activity, number=next_number(plan))))


def with_group(plan: Plan, group: Plan) -> Plan:
    """Add several activities under fresh numbers; what hangs together among them stays so."""
    first = next_number(plan)
    fresh = {activity.number: first + at for at, activity in enumerate(group)}
    added = tuple(
        replace(
            a,
            number=fresh[a.number],
            after=fresh.get(a.after, a.after),
            instead_of=fresh.get(a.instead_of, a.instead_of),
        )
        for a in group
    )
    return timed((*plan, *added))


def without(plan: Plan, *numbers: int) -> Plan:
    """Take activities out; what waited for one of them keeps its time, without waiting."""
    gone = frozenset(numbers)
    return tuple(_cut_loose(activity, gone) for activity in plan if activity.number not in gone)


def _cut_loose(activity: Activity, gone: Collection[int]) -> Activity:
    if activity.after in gone:
        return replace(activity, after=0, gap_s=0)
    return replace(activity, instead_of=0) if activity.instead_of in gone else activity


def moved(plan: Plan, number: int, start_tick: int) -> Plan:
    """Give one activity a start of its own: it waits for no other one and for no pass any more."""
    return changed(plan, number, start_tick=start_tick, after=0, gap_s=0, instead_of=0, at_pass="")


def resized(plan: Plan, number: int, duration_s: int) -> Plan:
    """Give one activity another length, at least one minute."""
    return changed(plan, number, duration_s=max(LEAST_S, duration_s))


def copied(plan: Plan, numbers: Collection[int], by_s: int) -> Plan:
    """Add copies of some activities, shifted in time; what hangs together among them stays so."""
    group = tuple(
        replace(activity, start_tick=activity.start_tick + by_s, name="", at_pass="")
        for activity in plan
        if activity.number in numbers
    )
    return with_group(plan, group)


def shifted(plan: Plan, by_s: int, numbers: Collection[int] | None = None) -> Plan:
    """Move everything in time, or some activities only; passes do not move with them."""
    return timed(
        tuple(
            replace(a, start_tick=a.start_tick + by_s, at_pass="")
            if numbers is None or a.number in numbers
            else a
            for a in plan
        )
    )


def anchored(plan: Plan, number: int, after: int, gap_s: int = 0) -> Plan:
    """Let one activity wait for the end of another one.

    An activity that waits for itself, also in a roundabout way, would never start: such an edit
    changes nothing.
    """
    if not _may_hang(plan, number, after):
        return plan
    return changed(plan, number, after=after, gap_s=gap_s, instead_of=0, at_pass="")


def standing_in(plan: Plan, number: int, other: int) -> Plan:
    """Let one activity run instead of another one that does not; a ring changes nothing."""
    if not _may_hang(plan, number, other):
        return plan
    return changed(plan, number, instead_of=other, after=0, gap_s=0, at_pass="")


def _may_hang(plan: Plan, number: int, other: int) -> bool:
    """Say whether an activity may wait for another one without waiting for itself."""
    known = {activity.number: activity for activity in plan}
    walk, seen = other, {number}
    while walk in known:
        if walk in seen:
            return False
        seen.add(walk)
        walk = known[walk].after or known[walk].instead_of
    return other in known


def changed(plan: Plan, number: int, **changes: object) -> Plan:
    """Change fields of one activity by name; see `Activity`."""
    return timed(
        tuple(replace(a, **changes) if a.number == number else a for a in plan)  # type: ignore[arg-type]
    )


def clashes(plan: Plan) -> tuple[tuple[int, int], ...]:
    """Return pairs of activities in one lane that overlap (numbers, earlier one first).

    Sleep makes room for anything, and of two that stand in for each other only one runs. Settings
    take no time. Of a plan that is one heap, the first thousand pairs will do.
    """
    found: list[tuple[int, int]] = []
    for lane in Lane:
        if lane is Lane.SETTING:
            continue
        running: list[Activity] = []
        for second in sorted_plan(plan):
            rests = second.kind is ActivityKind.SLEEP
            if rests or lane_of(second.kind) is not lane:
                continue
            running = [
                one for one in running if one.start_tick + one.duration_s > second.start_tick
            ]
            found += [(one.number, second.number) for one in running if not _either_or(one, second)]
            if len(found) > MOST_CLASHES:
                return tuple(found[:MOST_CLASHES])
            running.append(second)
    return tuple(found)


def _either_or(one: Activity, other: Activity) -> bool:
    return one.number == other.instead_of or other.number == one.instead_of
