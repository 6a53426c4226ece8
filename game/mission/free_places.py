"""Where an activity has its lane, or the orbiter, to itself: steps that move it there."""

from collections.abc import Iterator
from itertools import islice

from game.commands import Activity, ActivityKind
from game.mission.flight_rules import Review, Violation, WayOut
from game.mission.later_starts import SETTLE_S, first_start
from game.mission.plan import Plan, find, moved, resized, sorted_plan, with_activity, without
from game.rover.lanes import lane_of
from game.rover.warm_up import ON_MAST

Kind = ActivityKind
Ways = Iterator[WayOut]
MOST_PLACES = 400  # free places that are looked at: in steps of ten minutes, three days


def free_place(review: Review, activity: Activity, after: int) -> Ways:
    """Move an activity to the first time from some moment on at which its lane is free."""
    start = max(after, review.around.arrives_tick + SETTLE_S)
    lane, is_look = lane_of(activity.kind), activity.kind in ON_MAST
    taken = [
        (a.start_tick, a.start_tick + a.duration_s)
        for a in sorted_plan(review.plan)
        if a.number != activity.number and a.kind is not Kind.SLEEP and lane_of(a.kind) is lane
    ]
    for _ in range(MOST_PLACES):
        free = _free_from(taken, start, activity.duration_s)
        if free == start and not (is_look and not review.around.daylight(start)):
            yield WayOut(
                "move it to the next free time", moved(review.plan, activity.number, start)
            )
            return
        start = free if free > start else start + review.rules.step_s


def _free_from(taken: list[tuple[int, int]], start: int, length_s: int) -> int:
    """Return the first moment from which nothing that is taken is in the way [s]."""
    for begin, end in taken:
        if begin < start + length_s and start < end:
            start = end
    return start


def in_a_pass(review: Review, violation: Violation) -> Ways:
    """Send in one of the passes to come, whole or as long as it lasts."""
    activity = find(review.plan, violation.number)
    if activity is None:
        return
    begin = max(activity.start_tick, first_start(review))
    for rise, fall in review.around.passes(begin) or ():
        if rise >= begin and not _is_sending(without(review.plan, activity.number), rise, fall):
            plan = moved(review.plan, activity.number, rise)
            plan = resized(plan, activity.number, min(activity.duration_s, fall - rise))
            yield WayOut("move it to a free pass", plan)


def send_first(review: Review) -> Ways:
    """Send during the passes before memory is full, or in the next one."""
    start = first_start(review)
    for rise, fall in islice(review.around.passes(start) or (), 3):
        begin = max(rise, start)
        if fall > begin and not _is_sending(review.plan, begin, fall):
            send = Activity(0, Kind.SEND, begin, fall - begin)
            yield WayOut("send in the next free pass", with_activity(review.plan, send))
            return


def _is_sending(plan: Plan, start: int, end: int) -> bool:
    return any(
        a.kind is Kind.SEND and a.start_tick < end and start < a.start_tick + a.duration_s
        for a in plan
    )
