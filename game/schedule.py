"""What is fixed about one sol, found once: midnight, sunrise, passes, gusts, and its nature."""

from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from math import radians

from game.environment.clock import SiteSpec, sol_of, sol_start_tick, tick_at
from game.environment.nature import (
    EnvironmentSpec,
    NatureTable,
    cleanings,
    nature_table,
    surroundings_at,
)
from game.environment.sun import sun_times
from game.environment.surroundings import Surroundings
from game.orbiter.relay import OrbiterSpec, boundaries, passes_of_sol
from game.rover.fault_course import starts
from game.rover.faults import Fault
from game.state import Setup

NEVER = -(2**62)


@dataclass(frozen=True, slots=True, eq=False)
class SolFacts:
    """One sol's schedule, in ticks.

    `marks` are the moments at which a step must end: passes over open ground, sunrise, sunset,
    midnight; `overhead` are opening and closing of those passes in turns. At `survey_tick` the
    orbiter looks down at the site, `NEVER` if it does not. `gusts` clean the wings, each with the
    tick and the share of light that comes back [-]. Optical depth lies between `least_tau` and
    `most_tau` all sol.
    """

    sol: int
    start_tick: int
    end_tick: int
    rise_tick: int
    marks: tuple[int, ...]
    overhead: tuple[int, ...]
    survey_tick: int
    gusts: tuple[tuple[int, float], ...]
    nature: NatureTable
    least_tau: float
    most_tau: float


def facts_at(setup: Setup, tick: int) -> SolFacts:
    """Return the schedule of the sol that a tick lies in."""
    return _facts_of(setup, sol_of(setup.site, tick))


@lru_cache(maxsize=16)
def _facts_of(setup: Setup, sol: int) -> SolFacts:
    """Look the schedule up by the setup itself: its parts cost more to hash, at every step."""
    return sol_facts(setup.environment, setup.orbiter, sol)


def is_overhead(facts: SolFacts, tick: int) -> bool:
    """Say whether a pass over open ground is under way, or ends right now."""
    edges = facts.overhead
    at = bisect_left(edges, tick)
    return at % 2 == 1 or (at < len(edges) and edges[at] == tick)


def surroundings(setup: Setup, tick: int) -> Surroundings:
    """Return what the site feels at a moment."""
    return surroundings_at(_nature_of(setup, sol_of(setup.site, tick)), tick)


@lru_cache(maxsize=16)
def _nature_of(setup: Setup, sol: int) -> NatureTable:
    """Return nature by the setup itself: a weather record asks ninety times."""
    return nature_table(setup.environment, sol)


@lru_cache(maxsize=256)
def sol_facts(environment: EnvironmentSpec, orbiter: OrbiterSpec, sol: int) -> SolFacts:
    """Return the schedule of one sol."""
    site = environment.site
    start, end = sol_start_tick(site, sol), sol_start_tick(site, sol + 1)
    times = sun_times(site, sol)
    edges = sorted({*boundaries(orbiter, site, start), *boundaries(orbiter, site, end - 1)})
    marks = {end, *edges}
    marks |= {tick for tick in (times.rise_tick, times.set_tick) if tick is not None}
    nature = nature_table(environment, sol)
    depths = [row[0] for row in nature.rows]
    survey_tick = _survey_tick(orbiter, site, nature)
    if survey_tick != NEVER:
        marks.add(survey_tick)
    return SolFacts(
        sol,
        start,
        end,
        NEVER if times.rise_tick is None else times.rise_tick,
        tuple(sorted(tick for tick in marks if start < tick <= end)),
        tuple(edges),
        survey_tick,
        cleanings(environment, sol),
        nature,
        min(depths),
        max(depths),
    )


def _survey_tick(orbiter: OrbiterSpec, site: SiteSpec, nature: NatureTable) -> int:
    """Return when the orbiter stands highest on the first pass by daylight, if it looks down."""
    spec, sol = orbiter.survey, nature.sol
    if not spec.has_picture(sol) and not spec.has_report(sol):
        return NEVER
    for one in passes_of_sol(orbiter, site, sol):
        tick = round(one.culmination_s)
        if not nature.start_s <= tick < nature.end_s:
            continue  # a pass over midnight culminates in the neighbouring sol
        sun_rad = surroundings_at(nature, tick).sun_elevation_rad
        if one.usable_rise_tick < tick < one.usable_set_tick and sun_rad > radians(spec.sun_deg):
            return tick
    return NEVER


@lru_cache(maxsize=16)
def fault_starts(setup: Setup) -> tuple[tuple[int, Fault], ...]:
    """Return when which fault begins in this run, in order."""
    found = starts(setup.rover.faults, setup.seed)
    moments = ((tick_at(setup.site, sol, hour), fault) for sol, hour, fault in found)
    return tuple(sorted(moments, key=lambda moment: moment[0]))
