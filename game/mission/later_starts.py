"""Steps that keep an activity and let the rover take it: warm up before, begin when it can."""

import math
from collections.abc import Iterator
from dataclasses import fields, replace

import numpy as np

from game.commands import Activity, ActivityKind
from game.machine_commands import Heater, SetWings, WingMode
from game.mission.flight_rules import Review, Violation, WayOut
from game.mission.openings import (
    BOX,
    CHARGE,
    HAIR_K,
    HINGES,
    LIGHT,
    WARMTH,
    Ticks,
    openings,
)
from game.mission.plan import Plan, changed, find, moved, resized, with_activity
from game.rover.lanes import DRIVES
from game.rover.nonsense import LIMITS
from game.rover.order_times import order_price
from game.rover.reach import reach
from game.rover.warm_up import ON_MAST

Ways = Iterator[WayOut]
SETTLE_S = 120  # after a plan is on board, before the first thing a way out adds
WARM_GRAIN_S = 300  # warm-ups are planned in steps of five minutes
WARM_SPARE = 1.25  # the air may be colder than said
LATER_S = (3600, 3 * 3600)  # after the first moment that would do, the next ones that are tried
GAP_S = 2 * 3600  # hours that will not do, between one time of day and the next
MINUTE_S, HOUR_S = 60, 3600
_WHEN = {
    LIGHT: "move it into daylight",
    CHARGE: "move it to where the charge is back",
    HINGES: "move it to where the Sun has warmed the hinges",
    BOX: "move it to where the box is as warm as it should be",
}


def first_start(review: Review) -> int:
    """Return when something new can begin at the earliest [s of mission time]."""
    return max(int(review.course.tick[0]), review.around.arrives_tick) + SETTLE_S


def is_explained(review: Review, violation: Violation, activity: Activity) -> bool:
    """Say whether it is known what an activity lacks: then what brings that mends it."""
    hours, tick = openings(review), max(violation.tick, activity.start_tick)
    if hours.lack(activity, tick) or next(_otherwise(review, activity), None) is not None:
        return True
    return not hours.is_free(activity, np.array([tick]), activity.duration_s)[0]


def startable(review: Review, violation: Violation) -> Ways:
    """Return steps that keep the blamed activity, the one that is surest to mend it first."""
    activity = find(review.plan, violation.number)
    if activity is None:
        return
    lack = openings(review).lack(activity, max(violation.tick, activity.start_tick))
    if lack == WARMTH:
        yield from warmed_before(review, activity)
    yield from _otherwise(review, activity)
    yield from later_starts(review, activity, _words(activity, lack))
    if lack != WARMTH:
        yield from warmed_before(review, activity)


def later_starts(review: Review, activity: Activity, words: str) -> Ways:
    """Move an activity to where the rover would take it: the first moment, and some after it."""
    hours, step_s = openings(review), review.rules.step_s
    after = max(activity.start_tick + step_s, first_start(review))
    for at, start in enumerate(_picked(hours.starts(activity, after))):
        told = words if at == 0 else later_words(activity, start)
        yield WayOut(told, moved(review.plan, activity.number, start))


def later_words(activity: Activity, start: int) -> str:
    """Say by how much later an activity begins."""
    minutes = round((start - activity.start_tick) / MINUTE_S)
    hours, left = divmod(minutes, 60)
    span = f"{hours} h {left} min" if hours and left else f"{hours} h" if hours else f"{left} min"
    return f"start it {span} later"


def warmed_before(review: Review, activity: Activity) -> Ways:
    """Warm the motors that it needs, as long as it takes, right before it; later if need be."""
    if (length_s := _warm_up_s(review, activity, activity.start_tick)) <= 0:
        return
    hours, step_s, first = openings(review), review.rules.step_s, first_start(review)
    after = max(activity.start_tick, first + length_s)
    starts = hours.starts(activity, after, is_warmed_s=length_s)
    if not starts.size:
        return
    start = int(starts[0])
    if start > activity.start_tick + step_s:  # another hour, other air
        length_s = max(_warm_up_s(review, activity, start), WARM_GRAIN_S)
    words = f"warm up for {length_s // MINUTE_S} min before"
    plan = review.plan
    if start != activity.start_tick:
        plan = moved(plan, activity.number, start)
        words = f"{words}, and {later_words(activity, start)}"
    yield WayOut(words, _with_warm_up(plan, activity, start - length_s, length_s))
    if start - 2 * length_s >= first:
        longer = _with_warm_up(plan, activity, start - 2 * length_s, 2 * length_s)
        yield WayOut(words.replace(f"{length_s // 60}", f"{length_s // 30}", 1), longer)


def _with_warm_up(plan: Plan, activity: Activity, start: int, length_s: int) -> Plan:
    warm = Activity(0, ActivityKind.WARM_UP, start, length_s, priority=activity.priority)
    return with_activity(plan, warm)


def _warm_up_s(review: Review, activity: Activity, start: int) -> int:
    """Return how long a warm-up before a start must be; 0 if none is needed, or none would do [s].

    Notes
    -----
    One node, C dT/dt = Q - G (T - T0): the time to the limit is the logarithm of the distances to
    where the heater would settle, with the air and the light of that moment.
    """
    hours = openings(review)
    motors, outside = hours.motors_of(activity.kind), hours.felt(start)
    if motors is None or outside is None:
        return 0
    rest_k = float(hours.motors_k(activity.kind, np.array([start]))[0])
    wanted_k = motors.min_k + HAIR_K
    heat_w = motors.heater_w + motors.sunlit_m2 * outside.global_w_m2
    settled_k = outside.air_k + heat_w / motors.conductance_w_k
    if rest_k >= wanted_k or settled_k <= wanted_k:
        return 0
    lag_s = motors.heat_capacity_j_k / motors.conductance_w_k
    needed_s = lag_s * math.log((settled_k - rest_k) / (settled_k - wanted_k))
    return math.ceil(WARM_SPARE * needed_s / WARM_GRAIN_S) * WARM_GRAIN_S


def _wings_flat(review: Review, activity: Activity) -> Ways:
    """Lay the wings flat before the wheels turn, if the plan stands them up."""
    if activity.kind not in DRIVES or not any(
        a.kind is ActivityKind.TILT_WINGS and a.start_tick < activity.start_tick
        for a in review.plan
    ):
        return
    level = SetWings(WingMode.LEVEL)
    length_s = order_price(review.rules.rover, level).duration_s
    start = activity.start_tick - length_s
    if start >= first_start(review):
        flat = Activity(0, ActivityKind.WINGS, start, length_s, command=level)
        yield WayOut("lay the wings flat before", with_activity(review.plan, flat))


def _otherwise(review: Review, activity: Activity) -> Ways:
    """Let it run about when it should, but otherwise."""
    yield from _within_reach(review, activity)
    yield from _beside_a_drive(review, activity)
    yield from _wings_flat(review, activity)


def _within_reach(review: Review, activity: Activity) -> Ways:
    """Ask for no more than the machine can do."""
    command, kind, nearest = activity.command, activity.kind, dict[str, float]()
    for each in () if command is None else fields(command):
        value = getattr(command, each.name)
        if each.name in LIMITS and isinstance(value, float):
            heater = getattr(command, "heater", Heater.BOX)
            low, high = reach(review.rules.rover, kind, each.name, heater)
            if not low <= value <= high:
                nearest[each.name] = min(max(value, low), high)
    if command is not None and nearest:
        order = replace(command, **nearest)  # type: ignore[arg-type]
        plan = changed(review.plan, activity.number, command=order)
        yield WayOut("ask for as much as it can do", plan)


def _beside_a_drive(review: Review, activity: Activity) -> Ways:
    """Let the radar listen while the wheels turn; without a drive there is nothing to hear."""
    if activity.kind is not ActivityKind.RADAR:
        return
    wheels = {a.number for a in review.plan if a.kind in DRIVES}
    runs = [c for c in review.course.costs if c.number in wheels]
    for run in sorted(runs, key=lambda c: abs(c.start_tick - activity.start_tick))[:2]:
        plan = moved(review.plan, activity.number, run.start_tick)
        plan = resized(plan, activity.number, run.end_tick - run.start_tick)
        yield WayOut("listen during the drive", plan)


def _words(activity: Activity, lack: str) -> str:
    if lack == WARMTH:
        part = "mast" if activity.kind in ON_MAST else "wheels"
        return f"move it to where the day has warmed the {part}"
    return _WHEN.get(lack, "move it to where the rover can do it")


def _picked(starts: Ticks) -> list[int]:
    """Return the first start, some a while after it, and the first of the next time of day."""
    if not starts.size:
        return []
    found = [int(starts[0])]
    found += [int(starts[starts >= starts[0] + by_s][0]) for by_s in LATER_S
              if starts[-1] >= starts[0] + by_s]  # fmt: skip
    gaps = np.flatnonzero(np.diff(starts) > GAP_S)
    found += [int(starts[at + 1]) for at in gaps[:1]]
    return sorted(set(found))
