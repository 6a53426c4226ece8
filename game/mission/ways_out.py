"""Steps out of a broken rule, each one edit of the plan: what a player can take by one click.

Use: `ways_out(review, violation)`. The first is what the check itself reckons; what loses least
comes early. Whether a step truly mends the rule is found by flying it ahead: `trials.py`.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain

import numpy as np

from game.commands import Activity, ActivityKind, PlannedCommand, Stop
from game.machine_commands import Heater, Hibernate, SetHeater, SetWings, WingMode
from game.mission.flight_rules import Review, Violation, WayOut
from game.mission.free_places import free_place, in_a_pass, send_first
from game.mission.later_starts import first_start as _start
from game.mission.later_starts import startable
from game.mission.plan import (
    Plan,
    changed,
    clashes,
    find,
    moved,
    resized,
    with_activity,
    without,
)
from game.rover.lanes import DRIVES
from game.rover.order_times import order_price
from game.rover.reach import reach
from game.units import celsius

Kind = ActivityKind
Ways = Iterator[WayOut]
LOOKS = (Kind.PICTURE, Kind.PANORAMA, Kind.MULTISPECTRAL)
STRETCHED = (Kind.SEND, Kind.AIR, Kind.RADAR, Kind.SLEEP, Kind.WARM_UP)  # as long as the plan says
WHOLE = ("charge", "charge_low", "box", "battery", "memory", "memory_high", "tilt")  # of a plan
_SAVING = (Kind.SLEEP, Kind.HIBERNATE, Kind.WINGS, Kind.HEATER)


def ways_out(review: Review, violation: Violation) -> Ways:
    """Return every step that may mend a broken rule, without those that change nothing; not none.

    Those that leave something out come last; to stop what is under way comes first where nothing
    in the plan is to blame for a lean, and last of all for whatever else the whole plan breaks.


    Parameters
    ----------
    review : Review
        The plan with its forecast.
    violation : Violation
        The rule it breaks.
    """
    first = [WayOut(violation.fix, violation.fixed_plan)] if violation.fix else []
    check = next(rule.check for rule in review.rules.rule if rule.name == violation.rule)
    stop = WayOut("stop what is under way", review.plan, commands=(Stop(),))
    if check == "tilt" and not violation.number and review.around.is_under_way:
        yield stop
    seen: list[Plan] = [review.plan]
    losing: list[WayOut] = []
    for way in chain(first, WAYS[check](review, violation)):
        if way.plan in seen:
            continue
        seen.append(way.plan)
        if left_out(review.plan, way.plan):
            losing.append(way)
        else:
            yield way
    yield from losing
    if len(seen) == 1 or (check in WHOLE and review.around.is_under_way):
        yield stop


def left_out(before: Plan, after: Plan) -> int:
    """Return how many activities of a plan another one has no more."""
    return len({(a.number, a.kind) for a in before} - {(a.number, a.kind) for a in after})


def _spend_less(review: Review, violation: Violation) -> Ways:
    """Give up nothing first, then warmth, then work, then everything."""
    yield from _into_the_sun(review, violation)
    if not any(a.kind in (Kind.WINGS, Kind.TILT_WINGS) for a in review.plan):
        track = SetWings(WingMode.TRACK)
        yield _ordered(review, Kind.WINGS, track, "let the wings follow the Sun")
    for heater in Heater:
        lowest_k = reach(review.rules.rover, Kind.HEATER, "on_k", heater)[0]
        yield from _set_heater(review, heater, lowest_k)
    yield from _all_out(review, [a.number for a in review.plan if a.kind not in _SAVING])
    start = _start(review)
    if violation.tick > start:
        nap = Activity(0, Kind.SLEEP, start, violation.tick - start)
        yield WayOut("sleep until then, all else left out", with_activity((), nap))
    yield _ordered(review, Kind.HIBERNATE, Hibernate(), "hibernate, all else left out", ())


def _into_the_sun(review: Review, violation: Violation) -> Ways:
    """Move what takes most to where the charge is highest after the low point."""
    course = review.course
    after = course.tick > violation.tick
    activity = find(review.plan, violation.number)
    if activity is None or not after.any():
        return
    at = int(np.argmax(np.where(after, course.charge_frac, -1.0)))
    if course.charge_frac[at] > violation.limit:
        plan = moved(review.plan, activity.number, int(course.tick[at]))
        yield WayOut(f"move {_name(activity)} to where the charge is back", plan)


def _warmer(heater: Heater) -> Callable[[Review, Violation], Ways]:
    """Return what helps against cold: the heater of that part first, then charge for it."""

    def ways(review: Review, violation: Violation) -> Ways:
        highest_k = reach(review.rules.rover, Kind.HEATER, "on_k", heater)[1]
        wanted_k = min(violation.limit + review.rules.heater_spare_k, highest_k)
        for on_k in (wanted_k, (wanted_k + highest_k) / 2.0, highest_k):
            yield from _set_heater(review, heater, round(on_k, 1))
        yield from _spend_less(review, violation)

    return ways


def _set_heater(review: Review, heater: Heater, on_k: float) -> Ways:
    """Let a heater come on at a temperature: by what the plan tells it, or by an order more."""
    told = [
        a.number
        for a in review.plan
        if isinstance(a.command, SetHeater) and a.command.heater is heater
    ]
    words = f"let the {heater} heater come on at {celsius(on_k):.0f} °C"
    order = SetHeater(heater, on_k)
    if not told:
        yield _ordered(review, Kind.HEATER, order, words)
        return
    plan = review.plan
    for number in told:
        plan = changed(plan, number, command=order)
    yield WayOut(words, plan)


def _keep_less(review: Review, _: Violation) -> Ways:
    """Make room: send first, pack harder, or make less."""
    yield from send_first(review)
    made = {c.number: c.made_bit for c in review.course.costs if c.made_bit > 0.0}
    makers = [a for a in review.plan if a.number in made]
    makers.sort(key=lambda a: -made[a.number])
    most = reach(review.rules.rover, Kind.PICTURE, "compression")[1]
    for activity in [a for a in makers if a.kind in LOOKS and a.compression < most][:2]:
        plan = changed(review.plan, activity.number, compression=most)
        yield WayOut(f"pack {_name(activity)} {most:.0f} times", plan)
    for activity in makers[:3]:
        yield from _out(review, activity)
    yield from _all_out(review, [a.number for a in makers])


def _apart(review: Review, violation: Violation) -> Ways:
    """Take two activities of one lane apart, or say which gives way."""
    activity = find(review.plan, violation.number)
    if activity is None:
        return
    yield from free_place(review, activity, activity.start_tick)
    for first_number, second_number in clashes(review.plan):
        first = find(review.plan, first_number)
        if second_number == activity.number and first is not None and first.kind in STRETCHED:
            left_s = activity.start_tick - first.start_tick
            plan = resized(review.plan, first.number, left_s)
            yield WayOut(f"end {_name(first)} when it begins", plan)
    yield WayOut("make it optional", changed(review.plan, activity.number, is_optional=True))
    yield from _out(review, activity)


def _startable(review: Review, violation: Violation) -> Ways:
    """Let the rover take it: warm up before, or begin later; else leave it out."""
    yield from startable(review, violation)
    yield from _leave_out(review, violation)


def _in_time(review: Review, violation: Violation) -> Ways:
    """Begin when the plan is on board and the lane is free."""
    activity = find(review.plan, violation.number)
    if activity is not None:
        yield from free_place(review, activity, activity.start_tick)
    yield from _startable(review, violation)


def _in_a_pass(review: Review, violation: Violation) -> Ways:
    yield from in_a_pass(review, violation)
    yield from _leave_out(review, violation)


def _more_time(review: Review, violation: Violation) -> Ways:
    """Give a drive what it needs: time with all else later, or a nearer goal."""
    activity = find(review.plan, violation.number)
    longer = find(violation.fixed_plan, violation.number)
    if activity is None or longer is None:
        return
    by_s, ends = longer.duration_s - activity.duration_s, activity.start_tick + activity.duration_s
    later = tuple(
        replace(a, start_tick=a.start_tick + by_s, at_pass="") if a.start_tick >= ends else a
        for a in violation.fixed_plan
    )
    yield WayOut(f"{violation.fix}, and start all after it later", later)
    yield from _out(review, activity)


def _leave_out(review: Review, violation: Violation) -> Ways:
    activity = find(review.plan, violation.number)
    if activity is not None:
        yield from _out(review, activity)


def _stay(review: Review, violation: Violation) -> Ways:
    """Leave out the drive that leans, or all from it on."""
    drives = [a.number for a in review.plan if a.kind in DRIVES]
    yield from _leave_out(review, violation)
    if violation.number in drives:
        yield from _all_out(review, drives[drives.index(violation.number) :])
    yield from _all_out(review, drives)


def _out(review: Review, activity: Activity) -> Ways:
    yield WayOut(f"leave out {_name(activity)}", without(review.plan, activity.number))


def _all_out(review: Review, numbers: list[int]) -> Ways:
    """Leave several activities out at once."""
    if len(numbers) > 1:
        yield WayOut(f"leave out {len(numbers)} activities", without(review.plan, *numbers))
    elif numbers and (activity := find(review.plan, numbers[0])) is not None:
        yield from _out(review, activity)


def _ordered(
    review: Review,
    kind: ActivityKind,
    command: PlannedCommand,
    words: str,
    plan: Plan | None = None,
) -> WayOut:
    """Return the plan with one more order at its beginning; on an empty one if that is given."""
    length_s = order_price(review.rules.rover, command).duration_s
    order = Activity(0, kind, _start(review), length_s, command=command)
    return WayOut(words, with_activity(review.plan if plan is None else plan, order))


def _name(activity: Activity) -> str:
    return activity.name or str(activity.kind).replace("_", " ")


WAYS: dict[str, Callable[[Review, Violation], Ways]] = {
    "charge": _spend_less,
    "charge_low": _spend_less,
    "box": _warmer(Heater.BOX),
    "battery": _warmer(Heater.BATTERY),
    "memory": _keep_less,
    "memory_high": _keep_less,
    "overlap": _apart,
    "light": _startable,
    "contact": _in_a_pass,
    "uplink": _in_time,
    "warm_wheels": _startable,
    "tilt": _stay,
    "arrival": _more_time,
    "condition": _leave_out,
    "refused": _startable,
}
