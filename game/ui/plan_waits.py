"""What an activity of the plan waits for: the clock, a pass, or the end of another activity."""

from functools import lru_cache
from typing import NamedTuple

from game.circumstances import unknowing
from game.commands import Activity
from game.environment.surroundings import Surroundings
from game.levels.open import plan_context
from game.mission.plan import Plan, anchored, changed, find, moved, standing_in
from game.mission.plan_passes import named_pass, names_of, start_at
from game.rover.warm_up import warm_up_needed
from game.schedule import surroundings
from game.state import Setup, State
from game.ui.day import Day
from game.ui.plan_parts import InspectorRow
from game.ui.words import clock_text, name_of, span_text
from game.units import WH_J

CLOCK = "the clock"


class Wait(NamedTuple):
    """One thing to wait for: another activity (its end, or that it does not run), or a pass.

    `start_tick` is the start that the pass means. [s of mission time]
    """

    after: int = 0
    at_pass: str = ""
    start_tick: int = 0
    instead_of: int = 0


def waits_words(plan: Plan, activity: Activity) -> str:
    """Return what an activity waits for, in words."""
    if activity.after:
        other = find(plan, activity.after)
        return name_of(other.kind).lower() if other is not None else CLOCK
    if activity.instead_of:
        other = find(plan, activity.instead_of)
        return f"no {name_of(other.kind).lower()}" if other is not None else CLOCK
    if activity.at_pass:
        named = activity.at_pass
        return f"pass {named}" if named.isdigit() else f"the {named} pass"
    return CLOCK


def waits_note(plan: Plan, activity: Activity, day: Day) -> str:
    """Say which activity is waited for, of several of a kind."""
    other = find(plan, activity.after or activity.instead_of)
    if other is None:
        return ""
    words = f"{name_of(other.kind).lower()}, {clock_text(day.hour(other.start_tick))}"
    return f"waits for {words}" if activity.after else f"only if this does not run: {words}"


def waits(setup: Setup, plan: Plan, activity: Activity, day: Day, now_tick: int) -> list[Wait]:
    """Return everything that an activity may wait for; the clock comes first."""
    found = [Wait(), *_passes(setup, activity, day, now_tick)]
    for other in plan:
        is_self = other.number == activity.number
        if not is_self and _can_hang(plan, activity, other.number):
            found += [Wait(other.number), Wait(instead_of=other.number)]
    return found


def _can_hang(plan: Plan, activity: Activity, other: int) -> bool:
    if other in (activity.after, activity.instead_of):
        return True
    return anchored(plan, activity.number, other) != plan


def _passes(setup: Setup, activity: Activity, day: Day, now_tick: int) -> list[Wait]:
    """Return the passes of a day that are still to come, by every name that they have."""
    passes, lead_s = plan_context(setup).passes, setup.rover.radio.warm_up_s
    found: list[Wait] = []
    for name in names_of(len(passes(day.sol))):
        after_tick = max(activity.start_tick, now_tick)
        window = named_pass(setup.site, passes, day.sol, name, after_tick)
        start = 0 if window is None else start_at(window, activity.kind, lead_s)
        if window is not None and start >= now_tick:
            found.append(Wait(0, name, start))
    return found


def waiting(plan: Plan, activity: Activity, wait: Wait) -> Plan:
    """Return the plan with one activity waiting for something else."""
    number = activity.number
    if wait.after:
        return anchored(plan, number, wait.after)
    if wait.instead_of:
        return standing_in(plan, number, wait.instead_of)
    free = moved(plan, number, activity.start_tick)
    if wait.at_pass:
        return changed(free, number, start_tick=wait.start_tick, at_pass=wait.at_pass)
    return free


def next_wait(found: list[Wait], activity: Activity, by: int) -> Wait:
    """Return what comes after, or before, what an activity waits for now."""
    now = [(one.after, one.at_pass, one.instead_of) for one in found]
    wanted = (activity.after, activity.at_pass, activity.instead_of)
    at = now.index(wanted) if wanted in now else 0
    return found[(at + by) % len(found)]


def warm_up_rows(setup: Setup, state: State, activity: Activity) -> list[InspectorRow]:
    """Return what must be warmed before, at that local time; nothing for work without motors."""
    known = unknowing(setup, state.tick)
    span = (state.tick, max(state.tick, activity.start_tick))
    need = warm_up_needed(
        setup.rover, state.rover, span, activity.kind, lambda tick: _felt(known, tick)
    )
    if need is None:
        return []
    if not need.is_possible:
        return [InspectorRow("Warm-up", "too cold for it", True)]
    words = f"{span_text(need.duration_s)}, {need.energy_j / WH_J:.0f} Wh"
    return [InspectorRow("Warm-up", words if need.duration_s else "not needed")]


@lru_cache(maxsize=512)
def _felt(setup: Setup, tick: int) -> Surroundings:
    return surroundings(setup, tick)
