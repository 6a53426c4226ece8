"""Where an activity may start on the plan: on the grid, within the day, not in the past."""

from game.commands import ActivityKind
from game.mission.plan import Plan, moved, shifted
from game.rover.lanes import Lane
from game.rover.lanes import lane_of as lane_on_board
from game.ui.day import Day
from game.ui.plan_days import is_in_day
from game.ui.plan_edits import COARSE_S, FINE_S

MORNING_H = 9.0


def snapped(day: Day, hour: float, step_s: int) -> int:
    """Return the mark of the grid that is nearest to an hour [s].

    The grid is that of the clock on the strip: a step of 300 is five minutes of local mean time,
    so that a start reads 16:20, not 16:18.
    """
    per_hour = 3600 // step_s
    return day.tick(round(hour * per_hour) / per_hour)


def free_tick(day: Day, now_tick: int, tick: int) -> int:
    """Return a tick within the day and not in the past [s]."""
    return min(max(tick, now_tick + FINE_S, day.first_tick), day.last_tick - FINE_S)


def next_free(day: Day, now_tick: int, plan: Plan, kind: ActivityKind) -> int:
    """Return when an activity of a kind could start after all others of the main lane [s]."""
    morning = day.tick(MORNING_H)  # on a later sol work begins with the light
    soonest = now_tick + 2 * COARSE_S
    earliest = snapped(day, day.hour(soonest if soonest >= day.first_tick else morning), COARSE_S)
    if lane_on_board(kind) is not Lane.MAIN:
        return free_tick(day, now_tick, earliest)
    mine = [a for a in plan if is_in_day(day, a) and lane_on_board(a.kind) is Lane.MAIN]
    ends = [a.start_tick + a.duration_s for a in mine]
    return free_tick(day, now_tick, max([earliest, *ends]))


def shift_within(day: Day, now_tick: int, span: tuple[int, int], seconds: int) -> int:
    """Return how far activities that start within a span may move when asked for seconds [s]."""
    first, last = span
    least, most = now_tick + FINE_S - first, day.last_tick - FINE_S - last
    return min(max(seconds, min(least, 0)), max(most, 0))


def shifted_within(
    plan: Plan, numbers: tuple[int, ...], day: Day, now_tick: int, seconds: int
) -> Plan:
    """Return a plan with some activities moved, as far as the day and the clock allow."""
    found = [a for a in plan if a.number in numbers]
    starts = [activity.start_tick for activity in found]
    by_s = shift_within(day, now_tick, (min(starts), max(starts)), seconds)
    if len(found) == 1:
        return moved(plan, found[0].number, found[0].start_tick + by_s)
    return shifted(plan, by_s, numbers)
