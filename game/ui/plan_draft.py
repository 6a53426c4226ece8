"""A plan being edited with all that its model is made from, and the ways of its drives."""

import math
from dataclasses import dataclass, field
from itertools import pairwise

from game.commands import Activity, ActivityKind, Command
from game.contact import pass_here
from game.events import StopReason
from game.forecast import Forecast
from game.levels.open import OpenedLevel
from game.mission.plan import SNAP_S, History, Plan, changed, find
from game.mission.rules_of_flight import Violation
from game.orbiter.relay import volume_bit
from game.rover.lanes import WHEEL_ORDERS, WING_WORK
from game.rover.mobility import believed_place
from game.rover.refusals import duration_s
from game.state import State
from game.ui.day import Day
from game.ui.facts.fates import Fate
from game.ui.way_prices import WayPrices
from game.ui.words import degrees, percent, span_text, way_text
from game.units import MBIT_BIT
from game.way_price import WayPrice, outlined

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
    activities that are over; on the lanes they count from -1 down. `commands` go with the plan.
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
    ways: WayPrices = field(default_factory=WayPrices)
    commands: tuple[Command, ...] = ()


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


def length_along_s(draft: Draft, activity: Activity, points: tuple[Point, ...]) -> int:
    """Return how long a drive is planned that is led along other points [s]."""
    way = outlined(draft.opened.setup, (drive_start(draft, activity), *points))
    return planned_length_s(way.duration_s)


def finish_ways(draft: Draft) -> None:
    """Rehearse all planned drives to their ends, for tests and stills."""
    for activity in draft.shown:
        if activity.kind is ActivityKind.DRIVE:
            price_of(draft, activity)
    draft.ways.finish()


def price_of(draft: Draft, activity: Activity) -> WayPrice:
    """Return what a planned drive will take, as far as it has been rehearsed."""
    points = (drive_start(draft, activity), *route_of(activity))
    return draft.ways.of(draft.opened.setup, draft.state, points, activity.navigation)


def price_words(seen: WayPrice) -> str:
    """Say in short what a drive takes, with its worst place."""
    words = f"{way_text(seen.distance_m)} · {seen.energy_wh:.0f} Wh · {span_text(seen.duration_s)}"
    words += f" · tilt to {degrees(seen.tilt_rad)} · slip to {percent(seen.slip_frac)}"
    return " · ".join((words if seen.is_whole else f"{words} so far", *doubts(seen)))


def doubts(seen: WayPrice) -> tuple[str, ...]:
    """Say what makes the price of a way a guess: ground that is unseen, no sure way."""
    unseen = f"{percent(seen.unseen_frac)} unseen" if seen.unseen_frac > 0.0 else ""
    stops = f"may stop: {seen.ends.replace('_', ' ')}" if seen.ends is not StopReason.DONE else ""
    return tuple(words for words in (unseen, stops) if words)


def rerouted(draft: Draft, number: int, points: tuple[Point, ...]) -> Plan:
    """Lead a drive along points, the last of them its goal, as long as it takes."""
    activity = find(draft.history.plan, number)
    if activity is None or activity.kind is not ActivityKind.DRIVE or not points:
        return draft.history.plan
    length_s = length_along_s(draft, activity, points)
    return routed(draft.history.plan, number, points, length_s)


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
