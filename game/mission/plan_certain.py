"""What cannot come out as a plan file says it, whatever happens: rings, clashes, time, distance.

Use: `impossible(plan, items, context, told)`. Whether an activity alone is within reach of the
machines is told where it is read, in `plan_reading.py`.
"""

import math
import re
from collections.abc import Collection

from game.commands import Activity, ActivityKind
from game.environment.clock import clock_text, sol_of
from game.mission.plan import Plan, clashes, find, sorted_plan
from game.mission.plan_entry import PlanContext
from game.mission.plan_reading import Item
from game.rover.lanes import DRIVES
from game.rover.orders import route_problem
from game.rover.plan_links import rings
from game.rover.sequencer import YIELDS, is_held

_TABLE = re.compile(r".*?\.(?:activity|use)\[\d+\]")  # the path of a table before its problem


def impossible(
    plan: Plan, items: list[Item], context: PlanContext, told: Collection[str]
) -> list[str]:
    """Name all that cannot be, each with the path of its table.

    Parameters
    ----------
    plan : Plan
        What could be read and has a time.
    items : list of Item
        The tables; the first is activity 1.
    context : PlanContext
        What the file is read against.
    told : collection of str
        What is wrong with the tables themselves.
    """
    ring = rings(plan)
    if ring:
        return [f"{items[n - 1].path}: waits for itself in a roundabout way" for n in ring]
    paths = {match[0] for problem in told if (match := _TABLE.match(problem))}
    broken = {number for number, item in enumerate(items, 1) if item.path in paths}
    found = _overlaps(plan, context) + _too_early(plan, context)
    found += _too_far(plan, context, broken)
    return [f"{items[number - 1].path}{words}" for number, words in found]


def _overlaps(plan: Plan, context: PlanContext) -> list[tuple[int, str]]:
    """Name work that would run at the same time in one lane."""
    found: list[tuple[int, str]] = []
    for first_number, second_number in clashes(plan):
        first, second = find(plan, first_number), find(plan, second_number)
        if first is None or second is None or not _is_undecided(first, second):
            continue
        sol, clock = (of(context.site, first.start_tick) for of in (sol_of, clock_text))
        over_s = first.start_tick + first.duration_s - second.start_tick
        words = (
            f": overlaps {first.name or first.kind!s} of sol {sol} {clock} by "
            f"{math.ceil(over_s / 60)} minutes; give one a higher priority, make it optional, or "
            "move it"
        )
        found.append((second_number, words))
    return found


def _too_early(plan: Plan, context: PlanContext) -> list[tuple[int, str]]:
    """Name what would have to start so long before the landing that it is left out as late."""
    if context.rover is None:
        return []
    sol, clock = (of(context.site, 0) for of in (sol_of, clock_text))
    return [
        (a.number, f".start: the rover lands on sol {sol} at {clock}; this is before it")
        for a in plan
        if a.start_tick < -context.rover.sequencer.late_start_s and not is_held(a)
    ]


def _too_far(plan: Plan, context: PlanContext, broken: Collection[int]) -> list[tuple[int, str]]:
    """Name drives to where no rover can be by then, or too far from where the last one ends."""
    if context.rover is None:
        return []
    wheels, found = context.rover.mobility, list[tuple[int, str]]()
    last: Activity | None = None
    for a in sorted_plan(plan):
        if a.kind is not ActivityKind.DRIVE or a.number in broken:
            last = None if a.kind in DRIVES else last
            continue
        goal = (a.x_m, a.y_m)
        away_m = math.dist(context.start_m, goal)
        gone_m = wheels.speed_m_s * max(0, a.start_tick + a.duration_s)
        known = goal if last is None else (last.x_m, last.y_m)
        far = route_problem(wheels, (known, *a.waypoints, goal)).rstrip(".")
        if away_m > gone_m + wheels.longest_order_m:
            words = f"{away_m:.0f} m away, but the wheels can have gone {gone_m:.0f} m by then"
            found.append((a.number, f".{_longer_axis(a)}: {words}"))
        elif far and last is not None and not is_held(a):
            found.append((a.number, f".{_longer_axis(a)}: from the last goal: {far}"))
        last = a if _is_certain(a) else None
    return found


def _longer_axis(activity: Activity) -> str:
    return "x_m" if abs(activity.x_m) > abs(activity.y_m) else "y_m"


def _is_certain(activity: Activity) -> bool:
    """Say whether a drive leads to its goal unless something goes wrong."""
    texts = activity.condition + activity.until + activity.abort
    return not (texts or activity.is_optional or activity.instead_of)


def _is_undecided(first: Activity, second: Activity) -> bool:
    """Say whether nothing in a plan tells which of two clashing activities gives way."""
    yields = first.kind in YIELDS and first.kind is not second.kind
    if first.priority != second.priority or yields:
        return False
    return not (first.is_optional or second.is_optional or first.condition or second.condition)
