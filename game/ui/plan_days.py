"""The sols of a plan: which of them is on the table, and laying work on one of them only."""

from game.commands import Activity
from game.environment.clock import SiteSpec, tick_at
from game.mission.plan import Plan, with_group, without
from game.ui.day import Day, day_at

NOON_H = 12.0


def is_in_day(day: Day, activity: Activity) -> bool:
    """Say whether an activity starts in a day."""
    return day.first_tick <= activity.start_tick < day.last_tick


def other_day(site: SiteSpec, day: Day, by: int, now_tick: int, last_sol: int) -> Day:
    """Return a day some sols on, but none that is past and none after the mission."""
    today = day_at(site, now_tick)
    sol = min(max(day.sol + by, today.sol), max(last_sol, today.sol))
    return day if sol == day.sol else day_at(site, tick_at(site, sol, NOON_H))


def laid_on(plan: Plan, day: Day, group: Plan) -> Plan:
    """Return the plan with other work on one day; what is planned for other days stays."""
    others = without(plan, *(one.number for one in plan if is_in_day(day, one)))
    return with_group(others, group) if others else group
