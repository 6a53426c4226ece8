"""New activities and whole plans: what the palette, templates and "repeat yesterday" put in."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from game.commands import Activity, ActivityKind
from game.contact import passes_here
from game.levels.open import OpenedLevel, usual_durations_s
from game.mission.chart import seen_reach_m
from game.mission.plan import Plan, changed, copied, resized, sorted_plan, with_activity
from game.mission.plan_orders import ORDERS, keys_of, parse_order
from game.orbiter.relay import Pass
from game.rover.mobility import as_believed
from game.rover.order_times import order_price
from game.state import State
from game.ui.assets import window_table
from game.ui.day import Day
from game.ui.goals import Goal
from game.ui.plan_draft import planned_length_s
from game.ui.plan_new import tidy_rad, usual_command
from game.units import SOL_S
from game.way_price import outlined

AHEAD_M = 15.0
NIGHT_H = 19.0
FINE_S, COARSE_S = 60, 300


NEAR_M = 3.0  # known ground no longer than this is what the rover stands on
PICTURED_FRAC = 0.8  # of how far a picture shows


@dataclass(frozen=True, slots=True, eq=False)
class Makings:
    """What new activities are made from."""

    opened: OpenedLevel
    state: State
    day: Day
    goal: Goal


def new_activity(makings: Makings, kind: ActivityKind, start_tick: int) -> Activity:
    """Return an activity of a kind with sensible details: where to, how long, which way."""
    place = as_believed(makings.state.rover.mobility)
    usual = usual_durations_s(makings.opened.setup.rover.instruments)
    activity = Activity(0, kind, start_tick, usual[kind])
    command = usual_command(makings.opened.setup, makings.state, kind)
    if command is not None:
        length_s = order_price(makings.opened.setup.rover, command).duration_s
        return replace(activity, command=command, duration_s=length_s)
    if kind in (ActivityKind.PICTURE, ActivityKind.PANORAMA, ActivityKind.MULTISPECTRAL):
        goal = makings.goal.place
        azimuth = place.heading_rad
        if goal is not None:
            azimuth = math.atan2(goal.x_m - place.x_m, goal.y_m - place.y_m) % math.tau
        return replace(activity, azimuth_rad=tidy_rad(azimuth), elevation_rad=math.radians(-7.0))
    if kind is ActivityKind.SEND:
        return _within_pass(makings, activity)
    if kind is ActivityKind.DRIVE:
        x_m, y_m = drive_goal(makings)
        points = ((place.x_m, place.y_m), (x_m, y_m))
        length_s = planned_length_s(outlined(makings.opened.setup, points).duration_s)
        return replace(activity, x_m=x_m, y_m=y_m, duration_s=length_s)
    return activity


def drive_goal(makings: Makings) -> tuple[float, float]:
    """Return where a new drive goes: to the goal of the sol if it is in reach, else towards it."""
    place = as_believed(makings.state.rover.mobility)
    here = (place.x_m, place.y_m)
    goal = makings.goal.place
    if goal is None:
        return (here[0] + AHEAD_M * math.sin(place.heading_rad),
                here[1] + AHEAD_M * math.cos(place.heading_rad))  # fmt: skip
    away_m = math.dist(here, (goal.x_m, goal.y_m))
    setup = makings.opened.setup
    seen_m = seen_reach_m(setup.chart, makings.state.chart, here, (goal.x_m, goal.y_m))
    # Where nothing has been seen yet, aim for what a picture would show; the rules say so.
    ahead_m = seen_m if seen_m > NEAR_M else PICTURED_FRAC * setup.chart.far_m
    reach_m = min(setup.rover.mobility.longest_order_m, ahead_m)
    part = min(1.0, reach_m / max(away_m, 1e-6))
    return here[0] + (goal.x_m - here[0]) * part, here[1] + (goal.y_m - here[1]) * part


def _within_pass(makings: Makings, activity: Activity) -> Activity:
    """Move a sending into the nearest pass of the day, if there is one."""
    found = day_passes(makings)
    if not found:
        return activity
    near = min(found, key=lambda one: _gap_s(one, activity.start_tick))
    is_inside = near.usable_rise_tick <= activity.start_tick < near.usable_set_tick - FINE_S
    first = max(near.usable_rise_tick, makings.state.tick + FINE_S)
    start = activity.start_tick if is_inside else first
    length_s = min(activity.duration_s, near.usable_set_tick - start)
    return replace(activity, start_tick=start, duration_s=max(FINE_S, length_s))


def _gap_s(one: Pass, tick: int) -> int:
    return max(one.usable_rise_tick - tick, tick - one.usable_set_tick, 0)


def day_passes(makings: Makings) -> list[Pass]:
    """Return the usable passes that are still to come this day."""
    setup, day = makings.opened.setup, makings.day
    middle = (day.first_tick + day.last_tick) // 2
    return [
        one
        for one in passes_here(setup, makings.state.rover, middle)
        if one.usable_set_tick > one.usable_rise_tick
        and day.first_tick <= one.usable_rise_tick < day.last_tick
        and one.usable_set_tick > makings.state.tick
    ]


def yesterday(last: Plan, makings: Makings) -> Plan:
    """Return the plan uplinked last, moved to this day; what would be past is left out."""
    if not last:
        return ()
    first = min(activity.start_tick for activity in last)
    sols = math.ceil((makings.day.first_tick - first) / SOL_S)
    by_s = round(max(0, sols) * SOL_S)
    moved = [replace(a, start_tick=a.start_tick + by_s) for a in last]
    return sorted_plan(tuple(a for a in moved if a.start_tick > makings.state.tick))


def template_titles() -> tuple[str, ...]:
    """Return the names of the ready-made sols."""
    return tuple(str(one["title"]) for one in window_table("templates")["template"])


def template_plan(number: int, makings: Makings) -> Plan:
    """Return a ready-made sol, as far as it is not past."""
    plan: Plan = ()
    for row in window_table("templates")["template"][number]["activity"]:
        start = _start_tick(str(row["start"]), makings)
        if start is None or start <= makings.state.tick:
            continue
        activity = _as_told(makings, new_activity(makings, ActivityKind(row["kind"]), start), row)
        if row["minutes"] and activity.kind is not ActivityKind.DRIVE:
            activity = replace(activity, duration_s=round(60 * row["minutes"]))
        plan = with_activity(plan, activity)
    return plan


def _as_told(makings: Makings, activity: Activity, row: Mapping[str, Any]) -> Activity:
    """Return an activity with the order that a ready-made sol gives it."""
    kind = activity.kind
    told = {key: row[key] for key in keys_of(kind) if key in row}
    if kind not in ORDERS or not told:
        return activity
    command = parse_order(kind, told, "templates.toml")
    length_s = order_price(makings.opened.setup.rover, command).duration_s
    return replace(activity, command=command, duration_s=length_s)


def _start_tick(word: str, makings: Makings) -> int | None:
    day = makings.day
    if word in ("noon", "night"):
        found = day_passes(makings)
        wanted = [
            one for one in found if (day.hour(one.usable_rise_tick) > NIGHT_H) == (word == "night")
        ]
        return wanted[0].usable_rise_tick if wanted else None
    hour, minute = word.split(":")
    return day.tick(int(hour) + int(minute) / 60)


def copied_after(plan: Plan, numbers: tuple[int, ...]) -> tuple[Plan, frozenset[int]]:
    """Return the plan with copies of some activities behind them, and which were there before."""
    found = [activity for activity in plan if activity.number in numbers]
    known = frozenset(activity.number for activity in plan)
    if not found:
        return plan, known
    first = min(activity.start_tick for activity in found)
    last = max(activity.start_tick + activity.duration_s for activity in found)
    return copied(plan, numbers, last - first), known


def prioritised(plan: Plan, numbers: tuple[int, ...], step: int, most: int) -> Plan:
    """Make some activities more or less important, within 1 to the most."""
    for activity in plan:
        if activity.number in numbers:
            priority = min(max(activity.priority + step, 1), most)
            plan = changed(plan, activity.number, priority=priority)
    return plan


def stretched(plan: Plan, numbers: tuple[int, ...], seconds: int) -> Plan:
    """Make some activities longer or shorter."""
    for activity in plan:
        if activity.number in numbers:
            plan = resized(plan, activity.number, max(FINE_S, activity.duration_s + seconds))
    return plan
