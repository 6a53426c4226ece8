"""How activities of a plan hang on each other, and what becomes of that when plans meet events.

One may wait for the end of another, or stand in for it. A new plan takes the place of the old.
"""

from collections.abc import Collection

from game.changes import changed
from game.commands import Activity
from game.rover.sequencer import SequencerState, all_running, is_held, order, remove


def load_plan(state: SequencerState, activities: tuple[Activity, ...]) -> SequencerState:
    """Replace everything that has not started; renumber where a number is taken.

    What waits for an activity that is neither in the plan nor running starts at its own time.
    What would run instead of such a one is left out; see `strays`.
    """
    taken = {running.activity.number for running in all_running(state)}
    number = max(state.next_number, *(a.number + 1 for a in activities), 1)
    renamed: dict[int, int] = {running: running for running in taken}
    fresh: list[Activity] = []
    for activity in activities:
        old = activity.number
        if old <= 0 or old in taken:
            activity = changed(activity, number=number)  # noqa: PLW2901 - the same item, renamed
            number += 1
        taken.add(activity.number)
        if old > 0:
            renamed[old] = activity.number
        fresh.append(activity)
    stray = {activity.number for activity in strays(state, tuple(fresh))}
    plan = tuple(_linked(activity, renamed) for activity in fresh if activity.number not in stray)
    return changed(state, plan=order(plan), next_number=number)


def strays(state: SequencerState, activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    """Return activities that would replace one which is not in the plan: nothing to replace."""
    known = {activity.number for activity in activities}
    known |= {running.activity.number for running in all_running(state)}
    return tuple(a for a in activities if a.instead_of != 0 and a.instead_of not in known)


def replaced(state: SequencerState, activities: tuple[Activity, ...]) -> tuple[Activity, ...]:
    """Return what of the plan on board has no place in a new one: neither it nor its number."""
    numbers = {activity.number for activity in activities}
    same = set(activities)
    return tuple(a for a in state.plan if a.number not in numbers or a not in same)


def rings(activities: tuple[Activity, ...]) -> tuple[int, ...]:
    """Return the numbers of activities that wait for each other in a ring; none of them starts."""
    held = {a.number: {a.after, a.instead_of} for a in activities if is_held(a)}
    waits_for = {number: sum(one in held for one in others) for number, others in held.items()}
    followers: dict[int, list[int]] = {}
    for number, others in held.items():
        for one in others:
            followers.setdefault(one, []).append(number)
    free = [number for number, count in waits_for.items() if count == 0]
    while free:
        for number in followers.get(free.pop(), ()):
            waits_for[number] -= 1
            if waits_for[number] == 0:
                free.append(number)
    return tuple(sorted(number for number, count in waits_for.items() if count > 0))


def _linked(activity: Activity, renamed: dict[int, int]) -> Activity:
    if not is_held(activity):
        return activity
    return changed(
        activity,
        after=renamed.get(activity.after, 0),
        instead_of=renamed.get(activity.instead_of, 0),
    )


def let_go(state: SequencerState, number: int, tick: int) -> SequencerState:
    """Give those that waited for an activity their time, now that it is over."""
    if not any(activity.after == number for activity in state.plan):
        return state
    plan = (
        changed(a, after=0, start_tick=tick + a.gap_s) if a.after == number else a
        for a in state.plan
    )
    return changed(state, plan=order(tuple(plan)))


def stood_in(state: SequencerState, number: int, tick: int) -> SequencerState:
    """Let what was planned instead of an activity run now, as that one does not."""
    if not any(activity.instead_of == number for activity in state.plan):
        return state
    plan = (
        changed(a, instead_of=0, start_tick=tick) if a.instead_of == number else a
        for a in state.plan
    )
    return changed(state, plan=order(tuple(plan)))


def spared(
    state: SequencerState, numbers: Collection[int], tick: int
) -> tuple[SequencerState, tuple[Activity, ...]]:
    """Take out what was planned instead of activities that do run; also return it."""
    gone: list[Activity] = []
    wanted = tuple(numbers)
    while wanted:
        found = [a for a in state.plan if a.instead_of != 0 and a.instead_of in wanted]
        gone += found
        wanted = tuple(activity.number for activity in found)
        state = remove(state, frozenset(wanted))
    for activity in gone:
        state = let_go(state, activity.number, tick)
    return state, tuple(gone)
