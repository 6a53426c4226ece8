"""What cannot come out as a plan file says it, whatever happens: rings, clashes, time, distance.

What light, cold or charge may forbid is no mistake of a file; the rules of flight tell it.

Use: `impossible(plan, items, context, told)`. Whether an activity alone is within reach of the
machines is told where it is read, in `plan_reading.py`.
"""

import math
import re
from collections.abc import Collection
from itertools import pairwise

from game.commands import Activity, ActivityKind
from game.environment.clock import clock_text, sol_of, sol_start_tick
from game.mission.plan import Plan, clashes, find, sorted_plan
from game.mission.plan_entry import PlanContext
from game.mission.plan_reading import Item
from game.rover.gear import MobilitySpec
from game.rover.instruments import instrument_for
from game.rover.lanes import DRIVES
from game.rover.order_times import least_s
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
    broken = {at for at, item in enumerate(items, 1) if item.path in paths or item.told}
    found = _overlaps(plan, context) + _too_early(plan, context) + _on_lander(plan, context)
    found += _too_far(plan, context, broken) + _too_short(plan, context) + _twice(plan, context)
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


def _on_lander(plan: Plan, context: PlanContext) -> list[tuple[int, str]]:
    """Name what needs Mars under the wheels before the ramp opens, and a ramp left behind."""
    if context.rover is None:
        return []
    if not context.is_on_lander:
        words = ".kind: the rover stands on Mars from the beginning; there is no ramp to roll off"
        return [(a.number, words) for a in plan if a.kind is ActivityKind.ROLL_OFF]
    found: list[tuple[int, str]] = []
    opens, late_s = context.roll_off_sol, context.rover.sequencer.late_start_s
    for a in plan:
        if is_held(a) or a.start_tick + late_s >= sol_start_tick(context.site, opens):
            continue
        tool = instrument_for(context.rover.instruments, a.kind)
        name = a.kind.replace("_", " ")
        if a.kind is ActivityKind.ROLL_OFF:
            found.append((a.number, f".sol: the ramp opens on sol {opens}; roll off then"))
        elif a.kind in DRIVES or (tool is not None and not tool.is_on_lander_allowed):
            words = f".sol: the rover stands on the lander until the ramp opens on sol {opens}; "
            found.append((a.number, f"{words}{name} needs the ground"))
    return found


def _too_short(plan: Plan, context: PlanContext) -> list[tuple[int, str]]:
    """Name orders of so many metres that top speed does not roll them in their minutes.

    Minutes are a limit: what says when to stop (`until`, `abort`) may name more metres than it
    will roll.
    """
    if context.rover is None:
        return []
    found: list[tuple[int, str]] = []
    for a in plan:
        least = 0.0 if a.command is None else least_s(context.rover.mobility, a.command)
        if least > a.duration_s and not (a.until or a.abort):
            words = (
                f".minutes: {a.kind.replace('_', ' ')} takes at least {_minutes(least)} minutes at "
                f"top speed, here it has {a.duration_s / 60.0:g}"
            )
            found.append((a.number, words))
    return found


def _twice(plan: Plan, context: PlanContext) -> list[tuple[int, str]]:
    """Name each time after the first that the one small camera is set down for certain."""
    sure = [a for a in sorted_plan(plan) if a.kind is ActivityKind.DEPLOY_CAMERA and _is_certain(a)]
    if not sure:
        return []
    first = sure[0]
    sol, clock = (of(context.site, first.start_tick) for of in (sol_of, clock_text))
    words = (
        f".kind: the small camera can be set down once, and sol {sol} {clock} does it; leave one "
        "out, or let it stand in for the other ('else')"
    )
    return [(a.number, words) for a in sure[1:]]


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
        elif hopeless := _hopeless(wheels, a, last):
            found.append((a.number, f".minutes: {hopeless}"))
        last = a if _is_certain(a) else None
    return found


def _hopeless(wheels: MobilitySpec, drive: Activity, last: Activity | None) -> str:
    """Say why a drive from the last goal is over as good as before it has begun, or nothing.

    Minutes limit a drive, and part of a way is of use; less than the way between two checks of
    the slip is none, unless the goal is as near.
    """
    if last is None or is_held(drive) or drive.until or drive.abort:
        return ""
    places = ((last.x_m, last.y_m), *drive.waypoints, (drive.x_m, drive.y_m))
    way_m = math.fsum(math.dist(*leg) for leg in pairwise(places)) - wheels.navigation.arrival_m
    rolled_m = wheels.speed_m_s * drive.duration_s
    if rolled_m >= min(way_m, wheels.navigation.check_m):
        return ""
    needs, has = _minutes(way_m / wheels.speed_m_s), drive.duration_s / 60.0
    return (
        f"in {has:g} min the wheels roll at most {rolled_m:.0f} m, and the goal is {way_m:.0f} m "
        f"from the last one; give it {needs} min or more"
    )


def _minutes(seconds: float) -> int:
    """Return whole minutes, rounded up."""
    return math.ceil(seconds / 60.0)


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
