"""Hard and soft rules that a plan must keep, each with the time, the margin and a fix.

The forecast of a plan (arrays over time) and the plan go in; sentences with a button come out.
The rules are data (`data/mission.toml`); what they look at are the checks of `flight_checks.py`.
"""

from dataclasses import replace

from game.mission.flight_checks import CHECKS
from game.mission.flight_rules import (
    Circumstances,
    Cost,
    Course,
    FlightRules,
    Refusal,
    Review,
    Rule,
    Violation,
)
from game.mission.later_starts import is_explained
from game.mission.plan import Plan, find, without
from game.mission.ways_out import ways_out

__all__ = [
    "CHECKS",
    "Circumstances",
    "Cost",
    "Course",
    "FlightRules",
    "Refusal",
    "Rule",
    "Violation",
    "broken",
    "violations",
]


def violations(
    rules: FlightRules, plan: Plan, course: Course, around: Circumstances
) -> tuple[Violation, ...]:
    """Check a plan; hard rules first, each kind in the order of the rules.

    Parameters
    ----------
    rules : FlightRules
        The limits.
    plan : Plan
        The activities.
    course : Course
        What the forecast says of that plan.
    around : Circumstances
        Daylight, passes, and when an uplink arrives.

    Notes
    -----
    An activity that is blamed for one thing is not reported as refused for the same. Every one has
    a fix; where its check reckons none, that is the first of the `ways_out`.
    """
    review = Review(rules, plan, course, around)
    return tuple(one if one.fix else _with_way(review, one) for one in broken(review))


def broken(review: Review) -> tuple[Violation, ...]:
    """Check a plan; a rule whose check reckons no fix is returned without one."""
    found: list[Violation] = []
    rules = review.rules
    for rule in rules.rule:
        known = {violation.number for violation in found if violation.number}
        fresh = CHECKS[rule.check](review, rule)
        if rule.check == "refused":
            fresh = [violation for violation in fresh if violation.number not in known]
        found += fresh
    return tuple(sorted(found, key=lambda violation: not violation.is_hard))


def _with_way(review: Review, violation: Violation) -> Violation:
    activity = find(review.plan, violation.number)
    if violation.reason and activity and not is_explained(review, violation, activity):
        fixed = without(review.plan, activity.number)
        return replace(violation, fix="leave it out", fixed_plan=fixed)
    way = next(ways_out(review, violation))
    return replace(violation, fix=way.words, fixed_plan=way.plan, commands=way.commands)
