"""Passes of the orbiter by the names that plans give them: next, noon, night, or a number."""

from collections.abc import Callable

from game.commands import ActivityKind
from game.environment.clock import SiteSpec, lmst_h
from game.mission.plan_entry import DAWN_H, NIGHT_H, PASS_WORDS, whole_number

Window = tuple[int, int]  # rise and set [s of mission time]
Passes = Callable[[int], tuple[Window, ...]]  # the usable ones of a sol, in order


def named_pass(
    site: SiteSpec, passes: Passes, sol: int, name: str, after_tick: int
) -> Window | None:
    """Return the pass of a sol that a name means; None if there is none.

    Parameters
    ----------
    passes : callable
        Rise and set of the usable passes of a sol, in order. [s of mission time]
    name : str
        "next" after a tick (also of the sol after), "noon", "night", or which one of the sol.
    after_tick : int
        For "next". [s of mission time]
    """
    found = passes(sol)
    if (number := whole_number(name)) >= 0:
        return found[number - 1] if 0 < number <= len(found) else None
    if name == "next":
        later = (*found, *passes(sol + 1))
        return next((one for one in later if one[0] >= after_tick), None)
    for one in found:
        if is_of_night(site, one[0]) is (name == "night"):
            return one
    return None


def is_of_night(site: SiteSpec, rise_tick: int) -> bool:
    """Say whether a pass is one of the night."""
    hour = lmst_h(site, rise_tick)
    return hour > NIGHT_H or hour < DAWN_H


def start_at(window: Window, kind: ActivityKind, lead_s: int) -> int:
    """Return when an activity at a pass starts: the radio is switched on before it rises [s]."""
    return window[0] - (lead_s if kind is ActivityKind.SEND else 0)


def names_of(count: int) -> tuple[str, ...]:
    """Return every name that a pass of a sol with so many passes may have."""
    return (*PASS_WORDS, *(str(number) for number in range(1, count + 1)))
