"""What a planner may know: the expected world, daylight, passes, and the road to the rover."""

import math
from dataclasses import replace
from functools import lru_cache

from game.contact import passes_here, uplink_tick
from game.environment.clock import sol_of, sol_start_tick
from game.environment.nature import expected_environment
from game.environment.surroundings import Surroundings
from game.mission.flight_rules import Circumstances
from game.rng import Stream, uniform
from game.rover.preview import usual_gear
from game.rover.rover import RoverSpec
from game.rover.sequencer import all_running
from game.schedule import surroundings
from game.state import Setup, State
from game.telemetry import CHANNELS

NO_WAY_S = 10**7  # there is no uplink for so long that nothing planned now can be on board
_SEED_RANGE = 2**32
KNOWN_S = 3600  # the weather is read off anew every hour


def circumstances(setup: Setup, state: State) -> Circumstances:
    """Return what the rules of flight ask about the world of a mission."""
    least_rad = math.radians(setup.rover.bus.camera_sun_deg)

    def daylight(tick: int) -> bool:
        return surroundings(setup, tick).sun_elevation_rad > least_rad

    blind = unknowing(setup, state.tick)

    def felt(tick: int) -> Surroundings:
        return surroundings(blind, tick)

    def passes(tick: int) -> tuple[tuple[int, int], ...] | None:
        found = tuple(
            (one.usable_rise_tick, one.usable_set_tick)
            for one in passes_here(setup, state.rover, tick)
            if one.usable_rise_tick < one.usable_set_tick
        )
        return found or None

    arrives_tick = uplink_tick(setup, state.rover, state.tick)
    if arrives_tick is None:
        arrives_tick = state.tick + NO_WAY_S
    is_under_way = bool(all_running(state.rover.sequencer))
    return Circumstances(daylight, passes, arrives_tick, CHANNELS, felt, is_under_way)


def unknowing(setup: Setup, tick: int) -> Setup:
    """Return a setup that knows nature up to a moment and no luck; a new one every hour.

    Its seed is its own, so that slip, faults and chance to come cannot be read from it, and the
    soil has its usual grip everywhere.
    """
    start = sol_start_tick(setup.site, sol_of(setup.site, tick))
    return _unknowing(setup, start + (tick - start) // KNOWN_S * KNOWN_S)


@lru_cache(maxsize=8)
def _unknowing(setup: Setup, known_tick: int) -> Setup:
    luck = int(uniform(setup.seed, Stream.FORECAST, 0) * _SEED_RANGE)
    environment = expected_environment(setup.environment, known_tick, setup.forecast.storm_sols)
    steps = replace(setup.steps, asleep_s=setup.steps.ahead_s)
    rover = _without_luck(setup)
    return replace(setup, seed=luck, environment=environment, rover=rover, steps=steps)


def _without_luck(setup: Setup) -> RoverSpec:
    """Return the machine without luck: no faults to come, mean pictures, wheels as usual."""
    faults = setup.rover.faults
    quiet = replace(faults.luck, rate_1_sol=0.0, most_count=0, is_double=False)
    faults = replace(faults, luck=quiet, ordered=())
    tools = setup.rover.instruments
    tools = replace(tools, packing=replace(tools.packing, is_mean=True))
    gear = usual_gear(setup.rover.mobility)
    return replace(setup.rover, faults=faults, instruments=tools, mobility=gear)
