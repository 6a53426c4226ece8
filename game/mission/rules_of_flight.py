"""Hard and soft rules that a plan must keep, each with the time, the margin and a fix.

The forecast of a plan (arrays over time) and the plan go in; sentences with a button come out.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.commands import Activity, ActivityKind
from game.mission.plan import Plan, clashes, find, moved, resized, without

Series = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FlightRules:
    """Limits a plan is held against.

    charge_floor_frac : lowest charge that a plan may reach. [-]
    box_floor_k : lowest temperature of the warm box. [K]
    memory_limit_frac : fullest memory. [-]
    send_w : power of the radio while sending, for the size of a fix. [W]
    capacity_j : battery when full and warm, for the size of a fix. [J]
    step_s : fixes are whole numbers of this. [s]
    """

    charge_floor_frac: float
    box_floor_k: float
    memory_limit_frac: float
    send_w: float
    capacity_j: float
    step_s: int


@dataclass(frozen=True, slots=True)
class Refusal:
    """An activity that the rover would not carry out, when, and why in words."""

    number: int
    tick: int
    reason: str


@dataclass(frozen=True, slots=True)
class Course:
    """What the forecast says, without the machinery that made it (arrays of equal length)."""

    tick: Series
    charge_frac: Series
    box_k: Series
    memory_frac: Series
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: what, when, by how much, and the plan that would keep it.

    `number` is the activity to blame, or 0. `fix` is empty where no single step helps. `reason`
    is the rover's own sentence, for activities that it would refuse.
    """

    rule: str
    tick: int
    value: float
    limit: float
    number: int
    fix: str
    fixed_plan: Plan
    reason: str = ""


def violations(
    rules: FlightRules, plan: Plan, course: Course, daylight: Callable[[int], bool]
) -> tuple[Violation, ...]:
    """Check a plan; the most urgent violation first.

    Parameters
    ----------
    rules : FlightRules
        The limits.
    plan : Plan
        The activities.
    course : Course
        Forecast of charge, box temperature and memory under that plan.
    daylight : callable
        Tells whether the Sun is up at a tick.
    """
    found: list[Violation] = []
    found += _charge(rules, plan, course)
    found += _floor("box_cold", plan, course, course.box_k, rules.box_floor_k)
    found += _memory(rules, plan, course)
    found += _clash(plan)
    found += _night_pictures(plan, daylight)
    known = {violation.number for violation in found}
    found += [v for v in _refused(plan, course) if v.number not in known]
    return tuple(found)


def _charge(rules: FlightRules, plan: Plan, course: Course) -> list[Violation]:
    below = np.flatnonzero(course.charge_frac < rules.charge_floor_frac)
    if not below.size:
        return []
    lowest = int(below[0] + np.argmin(course.charge_frac[below[0] :]))
    value = float(course.charge_frac[lowest])
    missing_j = (rules.charge_floor_frac - value) * rules.capacity_j
    tick = int(course.tick[lowest])
    culprit = _last_sender(plan, tick) or _dearest(plan, tick)
    number, fix, fixed = 0, "", plan
    if culprit is not None:
        number = culprit.number
        fix, fixed = _save_energy(rules, plan, culprit, missing_j)
    return [Violation("charge_floor", tick, value, rules.charge_floor_frac, number, fix, fixed)]


def _save_energy(
    rules: FlightRules, plan: Plan, culprit: Activity, missing_j: float
) -> tuple[str, Plan]:
    cut_s = int(np.ceil(missing_j / rules.send_w / rules.step_s)) * rules.step_s
    if culprit.kind is ActivityKind.SEND and cut_s < culprit.duration_s:
        fixed = resized(plan, culprit.number, culprit.duration_s - cut_s)
        return f"send_less {cut_s // 60}", fixed
    return "drop", without(plan, culprit.number)


def _last_sender(plan: Plan, tick: int) -> Activity | None:
    senders = [a for a in plan if a.kind is ActivityKind.SEND and a.start_tick <= tick]
    return max(senders, key=lambda a: a.duration_s, default=None)


def _dearest(plan: Plan, tick: int) -> Activity | None:
    costly = (ActivityKind.DRIVE, ActivityKind.PANORAMA, ActivityKind.AIR, ActivityKind.SOIL)
    before = [a for a in plan if a.kind in costly and a.start_tick <= tick]
    return min(before, key=lambda a: (a.priority, -a.duration_s, a.number), default=None)


def _floor(rule: str, plan: Plan, course: Course, series: Series, limit: float) -> list[Violation]:
    below = np.flatnonzero(series < limit)
    if not below.size:
        return []
    at = int(below[0])
    return [Violation(rule, int(course.tick[at]), float(series.min()), limit, 0, "", plan)]


def _memory(rules: FlightRules, plan: Plan, course: Course) -> list[Violation]:
    over = np.flatnonzero(course.memory_frac > rules.memory_limit_frac)
    if not over.size:
        return []
    tick = int(course.tick[over[0]])
    makers = (ActivityKind.PANORAMA, ActivityKind.PICTURE)
    before = [a for a in plan if a.kind in makers and a.start_tick <= tick]
    culprit = max(before, key=lambda a: a.start_tick, default=None)
    fixed = plan if culprit is None else without(plan, culprit.number)
    return [
        Violation(
            "memory_full",
            tick,
            float(course.memory_frac.max()),
            rules.memory_limit_frac,
            0 if culprit is None else culprit.number,
            "" if culprit is None else "drop",
            fixed,
        )
    ]


def _clash(plan: Plan) -> list[Violation]:
    found: list[Violation] = []
    for first_number, second_number in clashes(plan):
        first, second = find(plan, first_number), find(plan, second_number)
        if first is None or second is None:
            continue
        free_tick = first.start_tick + first.duration_s
        fixed = moved(plan, second.number, free_tick)
        overlap_s = float(free_tick - second.start_tick)
        found.append(
            Violation("overlap", second.start_tick, overlap_s, 0.0, second.number, "later", fixed)
        )
    return found


def _refused(plan: Plan, course: Course) -> list[Violation]:
    return [
        Violation("refused", r.tick, 0.0, 0.0, r.number, "drop", without(plan, r.number), r.reason)
        for r in course.refusals
        if find(plan, r.number) is not None
    ]


def _night_pictures(plan: Plan, daylight: Callable[[int], bool]) -> list[Violation]:
    looks = (ActivityKind.PICTURE, ActivityKind.PANORAMA)
    return [
        Violation("dark", a.start_tick, 0.0, 0.0, a.number, "drop", without(plan, a.number))
        for a in plan
        if a.kind in looks and not daylight(a.start_tick)
    ]
