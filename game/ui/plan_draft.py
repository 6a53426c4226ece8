"""A plan being edited with all that its model is made from, and the ways of its drives."""

import math
from dataclasses import dataclass
from itertools import pairwise

from game.commands import Activity, ActivityKind
from game.contact import pass_here
from game.forecast import Forecast
from game.levels.open import OpenedLevel
from game.mission.plan import SNAP_S, History, Plan, changed, find
from game.mission.rules_of_flight import Violation
from game.orbiter.relay import volume_bit
from game.rover.lanes import WHEEL_ORDERS, WING_WORK
from game.rover.mobility import believed_place
from game.rover.refusals import duration_s
from game.state import Setup, State
from game.ui.day import Day
from game.ui.facts.fates import Fate
from game.ui.goals import Estimate, estimate
from game.units import MBIT_BIT

Point = tuple[float, float]
SPARE = 1.25  # slip and looks take longer now and then
STRETCHED = frozenset({
    ActivityKind.SEND, ActivityKind.AIR, ActivityKind.RADAR, ActivityKind.WARM_UP,
    ActivityKind.SLEEP, ActivityKind.DRIVE, *WHEEL_ORDERS, *WING_WORK,
})  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Draft:
    """A plan being edited, with everything its model is made from.

    `shown` is the plan on screen, which during a drag differs from the history's. `fates` are
    activities that are over; on the lanes they count from -1 down.
    """

    opened: OpenedLevel
    state: State
    day: Day
    history: History
    shown: Plan
    forecast: Forecast | None
    before: Forecast | None
    violations: tuple[Violation, ...]
    rule_chosen: int
    selected: int
    chosen: tuple[int, ...] = ()
    fates: tuple[Fate, ...] = ()


def planned_s(draft: Draft, activity: Activity) -> int:
    """Return how long an activity is on the plan. [s]."""
    return duration_s(draft.opened.setup.rover, activity)


def drive_start(draft: Draft, activity: Activity) -> tuple[float, float]:
    """Return where a drive starts: the end of the drive before it, or the believed place."""
    here = believed_place(draft.state.rover.mobility)
    for other in draft.shown:
        if other.number == activity.number:
            break
        if other.kind is ActivityKind.DRIVE:
            here = (other.x_m, other.y_m)
    return here


def route_of(activity: Activity) -> tuple[tuple[float, float], ...]:
    """Return the points of a drive after its start: waypoints, then the goal."""
    return (*activity.waypoints, (activity.x_m, activity.y_m))


def routed(plan: Plan, number: int, route: tuple[Point, ...], length_s: int) -> Plan:
    """Lead one drive along points, the last of them its goal, and give it a length."""
    (x_m, y_m), waypoints = route[-1], route[:-1]
    return changed(plan, number, x_m=x_m, y_m=y_m, waypoints=waypoints, duration_s=length_s)


def planned_length_s(needed_s: float) -> int:
    """Return how long a drive is planned that should take so long: a little more, on the grid."""
    marks = math.ceil(SPARE * needed_s / SNAP_S)
    return max(2, marks) * SNAP_S


def way_of(setup: Setup, points: tuple[tuple[float, float], ...]) -> Estimate:
    """Return what a way along points will take."""
    legs = [estimate(setup, a, b) for a, b in pairwise(points)]
    return Estimate(
        sum(leg.distance_m for leg in legs),
        sum(leg.energy_wh for leg in legs),
        sum(leg.duration_s for leg in legs),
        max((leg.slip_frac for leg in legs), default=0.0),
    )


def rerouted(draft: Draft, number: int, points: tuple[Point, ...]) -> Plan:
    """Lead a drive along points, the last of them its goal, as long as it takes."""
    activity = find(draft.history.plan, number)
    if activity is None or activity.kind is not ActivityKind.DRIVE or not points:
        return draft.history.plan
    needed = way_of(draft.opened.setup, (drive_start(draft, activity), *points))
    return routed(draft.history.plan, number, points, planned_length_s(needed.duration_s))


def drive_m(draft: Draft, activity: Activity) -> float:
    """Return the length of a planned drive [m]."""
    points = (drive_start(draft, activity), *route_of(activity))
    return sum(math.dist(a, b) for a, b in pairwise(points))


def sent_mbit(draft: Draft, activity: Activity, length_s: int) -> float:
    """Return what the pass takes during a planned sending. [Mbit]."""
    setup = draft.opened.setup
    end = activity.start_tick + length_s
    middle = (activity.start_tick + end) // 2
    for tick in (activity.start_tick, middle, end):
        window = pass_here(setup, draft.state.rover, tick)
        if window is not None:
            return volume_bit(window, activity.start_tick, end) / MBIT_BIT
    return 0.0
