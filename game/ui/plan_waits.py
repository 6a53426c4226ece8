"""What an activity of the plan waits for: the clock, a pass, or the end of another activity."""

from functools import lru_cache
from typing import NamedTuple

from game.circumstances import unknowing
from game.commands import Activity, ActivityKind
from game.environment.clock import lmst_h
from game.environment.surroundings import Surroundings
from game.levels.open import plan_context
from game.mission.plan import Plan, anchored, changed, find, moved
from game.rover.warm_up import warm_up_needed
from game.schedule import surroundings
from game.state import Setup, State
from game.ui.day import Day
from game.ui.plan_parts import InspectorRow
from game.ui.words import clock_text, name_of, span_text
from game.units import WH_J

CLOCK = "the clock"
NIGHT_H, DAWN_H = 18.0, 6.0  # a pass that rises between these is the night's


class Wait(NamedTuple):
    """One thing to wait for: another activity, or a pass with the start that it means [s]."""

    after: int = 0
    at_pass: str = ""
    start_tick: int = 0


def waits_words(plan: Plan, activity: Activity) -> str:
    """Return what an activity waits for, in words."""
    if activity.after:
        other = find(plan, activity.after)
        return name_of(other.kind).lower() if other is not None else CLOCK
    if activity.at_pass:
        named = activity.at_pass
        return f"pass {named}" if named.isdigit() else f"the {named} pass"
    return CLOCK


def waits_note(plan: Plan, activity: Activity, day: Day) -> str:
    """Say which activity is waited for, of several of a kind."""
    other = find(plan, activity.after) if activity.after else None
    if other is None:
        return ""
    return f"waits for {name_of(other.kind).lower()}, {clock_text(day.hour(other.start_tick))}"


def waits(setup: Setup, plan: Plan, activity: Activity, day: Day, now_tick: int) -> list[Wait]:
    """Return everything that an activity may wait for; the clock comes first."""
    found = [Wait()]
    lead_s = setup.rover.radio.warm_up_s if activity.kind is ActivityKind.SEND else 0
    seen: set[str] = set()
    for rise_tick, _ in plan_context(setup).passes(day.sol):
        hour = lmst_h(setup.site, rise_tick)
        name = "night" if hour > NIGHT_H or hour < DAWN_H else "noon"
        if name not in seen and rise_tick - lead_s >= now_tick:
            found.append(Wait(0, name, rise_tick - lead_s))
        seen.add(name)
    for other in plan:
        is_free = anchored(plan, activity.number, other.number) != plan
        if other.number == activity.after or (other.number != activity.number and is_free):
            found.append(Wait(other.number))
    return found


def waiting(plan: Plan, activity: Activity, wait: Wait) -> Plan:
    """Return the plan with one activity waiting for something else."""
    number = activity.number
    if wait.after:
        return anchored(plan, number, wait.after)
    free = moved(plan, number, activity.start_tick)
    if wait.at_pass:
        return changed(free, number, start_tick=wait.start_tick, at_pass=wait.at_pass)
    return free


def next_wait(found: list[Wait], activity: Activity, by: int) -> Wait:
    """Return what comes after, or before, what an activity waits for now."""
    now = [(one.after, one.at_pass) for one in found]
    wanted = (activity.after, activity.at_pass)
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
