"""Checks of single activities: when they run, what they need, and what stands in their way."""

import math
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from game.commands import Activity, ActivityKind
from game.conditions import parse_condition
from game.mission import flight_energy
from game.mission.flight_rules import Review, Rule, Violation
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
from game.rover.sequencer import YIELDS, is_held

LOOKS = frozenset({ActivityKind.PICTURE, ActivityKind.PANORAMA, ActivityKind.MULTISPECTRAL})
LEAN_HAIR_RAD = math.radians(0.5)  # below this a rover leans as before
MOST_WARM_FRAC = 0.8  # motors are not warmed nearer to where their heaters can take them


def overlap(review: Review, rule: Rule) -> list[Violation]:
    """Find activities of one lane that would run at once, with nothing to say which gives way."""
    found: list[Violation] = []
    for first_number, second_number in clashes(review.plan):
        first, second = find(review.plan, first_number), find(review.plan, second_number)
        if first is None or second is None or _gives_way(first, second):
            continue
        free_tick = first.start_tick + first.duration_s
        over_s = float(free_tick - second.start_tick)
        fixed = moved(review.plan, second.number, free_tick)
        found.append(_told(rule, second, over_s, "move it later", fixed))
    return found


def _gives_way(first: Activity, second: Activity) -> bool:
    if first.is_optional or second.is_optional or first.priority != second.priority:
        return True
    return first.kind in YIELDS and first.kind is not second.kind


def light(review: Review, rule: Rule) -> list[Violation]:
    """Find pictures that would be taken in the dark."""
    return [
        _told(rule, a, 0.0, "", review.plan)
        for a in review.plan
        if a.kind in LOOKS and not review.around.daylight(a.start_tick)
    ]


def contact(review: Review, rule: Rule) -> list[Violation]:
    """Find sending outside every pass: the radio is warmed for nothing."""
    found: list[Violation] = []
    for activity in review.plan:
        if activity.kind is not ActivityKind.SEND:
            continue
        end_tick = activity.start_tick + activity.duration_s
        passes = review.around.passes(activity.start_tick)
        if passes is None or any(r < end_tick and activity.start_tick < s for r, s in passes):
            continue
        later = [one for one in passes if one[0] >= activity.start_tick]
        fix, fixed, wait_s = "", review.plan, 0.0
        if later:
            rise, fall = later[0]
            fixed = moved(review.plan, activity.number, rise)
            fixed = resized(fixed, activity.number, min(activity.duration_s, fall - rise))
            fix, wait_s = "move it to the next pass", float(rise - activity.start_tick)
        found.append(_told(rule, activity, wait_s, fix, fixed))
    return found


def uplink(review: Review, rule: Rule) -> list[Violation]:
    """Find what begins before the plan is on board; held activities wait anyway."""
    first_tick = review.around.arrives_tick + int(rule.limit)
    found: list[Violation] = []
    for activity in review.plan:
        if activity.start_tick < first_tick and not is_held(activity):
            late_s = float(first_tick - activity.start_tick)
            fixed = moved(review.plan, activity.number, first_tick)
            fix = f"move it {math.ceil(late_s / 60.0)} min later"
            found.append(replace(_told(rule, activity, late_s, fix, fixed), limit=0.0))
    return found


def warm_wheels(review: Review, rule: Rule) -> list[Violation]:
    """Find drives whose wheels would be cold: warm them before, or drive later."""
    course, found = review.course, list[Violation]()
    refused = {refusal.number: refusal.tick for refusal in course.refusals}
    for activity in review.plan:
        if activity.kind not in DRIVES or activity.number not in refused or not course.motor_k.size:
            continue
        tick = refused[activity.number]
        motor_k = float(np.interp(tick, course.tick, course.motor_k))
        least_k = review.rules.motor_min_k + rule.limit
        if motor_k < least_k:
            fix, fixed = _warmed(review, activity, motor_k, least_k)
            one = _told(rule, activity, motor_k, fix, fixed)
            found.append(replace(one, tick=tick, limit=least_k))
    return found


def _warmed(review: Review, activity: Activity, motor_k: float, least_k: float) -> tuple[str, Plan]:
    rules = review.rules
    share = (least_k - motor_k) / rules.motor_warm_k
    if share < MOST_WARM_FRAC:
        need_s = -rules.motor_warm_s * math.log1p(-share)
        length_s = math.ceil(2.0 * need_s / rules.step_s) * rules.step_s
        start = activity.start_tick - length_s
        warm = Activity(0, ActivityKind.WARM_UP, start, length_s, priority=activity.priority)
        if start > max(review.around.arrives_tick, int(review.course.tick[0])):
            return f"warm the motors for {length_s // 60} min before", with_activity(
                review.plan, warm
            )
    warm_at = (review.course.tick > activity.start_tick) & (review.course.motor_k > least_k + 1.0)
    if not warm_at.any():
        return "", review.plan
    tick = int(review.course.tick[warm_at][0])
    return "drive when the day has warmed them", moved(review.plan, activity.number, tick)


def tilt(review: Review, rule: Rule) -> list[Violation]:
    """Find where the plan leans the rover too far, and more than it leans now; limit in degrees."""
    course, limit_rad = review.course, math.radians(rule.limit)
    over = np.flatnonzero(course.tilt_rad > limit_rad)
    if not over.size or course.tilt_rad.max() <= course.tilt_rad[0] + LEAN_HAIR_RAD:
        return []
    tick, value = int(course.tick[over[0]]), math.degrees(float(course.tilt_rad.max()))
    driven = [c for c in course.costs if c.start_tick <= tick and _kind(review, c.number) in DRIVES]
    culprit = max(driven, key=lambda c: c.start_tick, default=None)
    number = 0 if culprit is None else culprit.number
    fix = "leave the drive out" if number else ""
    fixed = without(review.plan, number) if number else review.plan
    return [
        Violation(
            rule.name, tick, value, rule.limit, number, fix, fixed, "", rule.is_hard, rule.words
        )
    ]


def arrival(review: Review, rule: Rule) -> list[Violation]:
    """Find drives without time enough for their way; limit is the reserve in the fix [-]."""
    found: list[Violation] = []
    for number, made_frac in review.course.unfinished:
        activity = find(review.plan, number)
        if activity is None:
            continue
        need_s = activity.duration_s * (1.0 + rule.limit) / max(made_frac, 0.1)
        length_s = math.ceil(need_s / review.rules.step_s) * review.rules.step_s
        fixed = resized(review.plan, number, length_s)
        fix = f"give it {math.ceil((length_s - activity.duration_s) / 60.0)} min more"
        found.append(replace(_told(rule, activity, made_frac, fix, fixed), limit=1.0))
    return found


def condition(review: Review, rule: Rule) -> list[Violation]:
    """Find conditions that the rover cannot read."""
    found: list[Violation] = []
    for activity in review.plan if review.around.readings else ():
        for key in ("condition", "until", "abort"):
            text = getattr(activity, key)
            try:
                if text:
                    parse_condition(text, review.around.readings)
            except ValueError as error:
                fixed = changed(review.plan, activity.number, **{key: ""})
                one = _told(rule, activity, 0.0, f"drop the {key}", fixed)
                found.append(replace(one, reason=f"{error}."))
    return found


def refused(review: Review, rule: Rule) -> list[Violation]:
    """Find what the rover itself would refuse."""
    found: list[Violation] = []
    for refusal in review.course.refusals:
        activity = find(review.plan, refusal.number)
        if activity is not None:
            one = _told(rule, activity, 0.0, "", review.plan)
            found.append(replace(one, tick=refusal.tick, reason=refusal.reason))
    return found


def _kind(review: Review, number: int) -> ActivityKind | None:
    activity = find(review.plan, number)
    return None if activity is None else activity.kind


def _told(rule: Rule, activity: Activity, value: float, fix: str, fixed: Plan) -> Violation:
    return Violation(
        rule.name,
        activity.start_tick,
        value,
        rule.limit,
        activity.number,
        fix,
        fixed,
        "",
        rule.is_hard,
        rule.words,
    )


CHECKS: dict[str, Callable[[Review, Rule], list[Violation]]] = {
    "charge": flight_energy.charge,
    "charge_low": flight_energy.charge_low,
    "box": flight_energy.box,
    "battery": flight_energy.battery,
    "memory": flight_energy.memory,
    "memory_high": flight_energy.memory_high,
    "overlap": overlap,
    "light": light,
    "contact": contact,
    "uplink": uplink,
    "warm_wheels": warm_wheels,
    "tilt": tilt,
    "arrival": arrival,
    "condition": condition,
    "refused": refused,
}
