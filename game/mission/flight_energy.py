"""Checks of what runs short over a sol: charge, warmth and memory, and what to leave out."""

import math
from dataclasses import replace

import numpy as np

from game.commands import Activity, ActivityKind
from game.mission.flight_rules import Course, Review, Rule, Series, Violation
from game.mission.outlook import FULL_FRAC
from game.mission.plan import Plan, find, resized, without

HAIR_FRAC, HAIR_K = 0.005, 0.2  # below this, charge or warmth is as it was
LEAST_SEND_S = 600  # a sending shorter than this is not worth the warm-up


def charge(review: Review, rule: Rule) -> list[Violation]:
    """Find where the expected charge falls below its floor."""
    return _low_charge(review, rule, review.course.charge_frac)


def charge_low(review: Review, rule: Rule) -> list[Violation]:
    """Find where one sol in ten falls below the floor."""
    course = review.course
    floor = review.rules.charge_floor_frac + rule.limit
    if not course.charge_low_frac.size or float(course.charge_frac.min()) < floor:
        return []
    return _low_charge(review, rule, course.charge_low_frac)


def _low_charge(review: Review, rule: Rule, series: Series) -> list[Violation]:
    floor = review.rules.charge_floor_frac + rule.limit
    if not series.size or not _sinks(series, floor, HAIR_FRAC):
        return []
    at = int(np.argmin(series))
    value, tick = float(series[at]), int(review.course.tick[at])
    spread = float(review.course.charge_frac[at]) - value
    number, fix, fixed = _saving(review, tick, floor + spread)
    found = Violation(
        rule.name, tick, value, floor, number, fix, fixed, "", rule.is_hard, rule.words
    )
    return [replace(found, lack=_lack(series, floor, review.course.need_frac))]


def _saving(review: Review, tick: int, wanted_frac: float) -> tuple[int, str, Plan]:
    """Return whom to blame for missing charge, and the plan that saves it.

    Sending is cut short first, then work is left out, the least important and dearest first,
    until enough is saved. What safe mode would save is not counted on.
    """
    course = review.course
    lowest = float(np.interp(tick, course.tick, course.charge_frac))
    if course.need_frac < lowest:
        lowest, tick = course.need_frac, course.need_tick
    since = _last_full_tick(course, tick)
    wanted_j = (wanted_frac - lowest) * review.rules.capacity_j / review.rules.saved_frac
    plan, blamed, words = review.plan, 0, list[str]()
    for activity, used_j in _spenders(review, since, tick):
        blamed = blamed or activity.number
        cut_s = _cut_s(review, activity, wanted_j, tick)
        if activity.kind is ActivityKind.SEND and activity.duration_s - cut_s >= LEAST_SEND_S:
            plan = resized(plan, activity.number, activity.duration_s - cut_s)
            words.append(f"send {cut_s // 60} min less")
            wanted_j = 0.0
        else:
            plan = without(plan, activity.number)
            words.append(f"leave out {activity.name or activity.kind.replace('_', ' ')}")
            wanted_j -= used_j
        if wanted_j <= 0.0:
            return blamed, ", ".join(words), plan
    return blamed, "", review.plan


def _sinks(series: Series, floor: float, hair: float) -> bool:
    """Say whether a series goes below a floor, and below where it stands now.

    What is below already and comes back is no fault of a plan, and no plan mends it.
    """
    return float(series.min()) < min(floor, float(series[0]) - hair)


def _lack(series: Series, floor: float, needed: float = math.inf) -> float:
    """Return how much is missing of a floor: its deepest, and the average, which a plan shortens.

    What is missing from the first moment on no plan can mend: the deepest counts from there.
    """
    deepest = min(float(series[0]), floor) - min(float(series.min()), needed)
    return max(0.0, deepest) + float(np.clip(floor - series, 0.0, None).mean())


def _last_full_tick(course: Course, tick: int) -> float:
    """Return when the battery was last full: what is saved before that is lost."""
    full = (course.charge_frac >= FULL_FRAC) & (course.tick <= tick)
    return float(course.tick[full][-1]) if full.any() else float(course.tick[0])


def _spenders(review: Review, since: float, tick: int) -> list[tuple[Activity, float]]:
    """Return what used energy in a span of time, in the order in which it should be given up."""
    found: list[tuple[Activity, float]] = []
    for cost in review.course.costs:
        activity = find(review.plan, cost.number)
        length_s = max(1, cost.end_tick - cost.start_tick)
        inside_s = min(cost.end_tick, tick) - max(cost.start_tick, since)
        if activity is not None and inside_s > 0.0 and cost.energy_j > 0.0:
            found.append((activity, cost.energy_j * min(1.0, inside_s / length_s)))
    return sorted(
        found,
        key=lambda one: (
            one[0].kind is not ActivityKind.SEND,
            not one[0].is_optional,
            one[0].priority,
            -one[1],
            one[0].number,
        ),
    )


def _cut_s(review: Review, activity: Activity, wanted_j: float, tick: int) -> int:
    """Return how much shorter a sending must be: what runs after the low point saves nothing."""
    cost = next(c for c in review.course.costs if c.number == activity.number)
    length_s = max(1, cost.end_tick - cost.start_tick)
    unused_s = max(0, activity.start_tick + activity.duration_s - min(tick, cost.end_tick))
    steps = math.ceil((wanted_j / (cost.energy_j / length_s) + unused_s) / review.rules.step_s)
    return steps * review.rules.step_s


def box(review: Review, rule: Rule) -> list[Violation]:
    """Find where the warm box is too cold."""
    return _cold(review, rule, review.course.box_k)


def battery(review: Review, rule: Rule) -> list[Violation]:
    """Find where the battery is too cold."""
    return _cold(review, rule, review.course.battery_k)


def _cold(review: Review, rule: Rule, series: Series) -> list[Violation]:
    """Find cold; where the heaters have no more charge, saving charge mends it."""
    below = np.flatnonzero(series < rule.limit)
    if not below.size or not _sinks(series, rule.limit, HAIR_K):
        return []
    at, value = int(below[0]), float(series.min())
    tick = int(review.course.tick[at])
    number, fix, fixed = 0, "", review.plan
    lowest = float(review.course.charge_frac[: at + 1].min())
    floor = review.rules.charge_floor_frac
    if lowest < floor:
        number, fix, fixed = _saving(review, tick, floor)
    found = Violation(
        rule.name, tick, value, rule.limit, number, fix, fixed, "", rule.is_hard, rule.words
    )
    return [replace(found, lack=_lack(series, rule.limit))]


def memory(review: Review, rule: Rule) -> list[Violation]:
    """Find where memory is expected to fill up."""
    return _full(review, rule, review.course.memory_frac)


def memory_high(review: Review, rule: Rule) -> list[Violation]:
    """Find where one sol in ten fills the memory."""
    if float(review.course.memory_frac.max()) > review.rules.memory_limit_frac:
        return []
    return _full(review, rule, review.course.memory_high_frac)


def _full(review: Review, rule: Rule, series: Series) -> list[Violation]:
    over = np.flatnonzero(series > rule.limit)
    if not over.size:
        return []
    tick, value = int(review.course.tick[over[0]]), float(series.max())
    last = int(review.course.tick[int(np.argmax(series))])
    wanted_bit = (value - rule.limit) * review.rules.memory_bit
    plan, words, blamed = review.plan, list[str](), 0
    makers = [c for c in review.course.costs if c.made_bit > 0.0 and c.end_tick <= last]
    for cost in sorted(makers, key=lambda c: (_worth(review, c.number), -c.end_tick)):
        activity = find(review.plan, cost.number)
        if activity is None:
            continue
        blamed = blamed or activity.number
        plan = without(plan, activity.number)
        words.append(f"leave out {activity.name or activity.kind.replace('_', ' ')}")
        wanted_bit -= cost.made_bit
        if wanted_bit <= 0.0:
            break
    fix = ", ".join(words) if wanted_bit <= 0.0 else ""
    fixed = plan if fix else review.plan
    return [
        Violation(
            rule.name, tick, value, rule.limit, blamed, fix, fixed, "", rule.is_hard, rule.words
        )
    ]


def _worth(review: Review, number: int) -> tuple[bool, int]:
    activity = find(review.plan, number)
    return (True, 99) if activity is None else (not activity.is_optional, activity.priority)
