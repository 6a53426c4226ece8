"""The whole simulation: the first state, how far one step goes, and the step itself.

A step reads like a recipe: what has arrived · what ends and begins · nature · rover · home ·
chart · mission.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

import numpy as np

from game.breakdown import (
    after_step,
    as_understood,
    diagnosis,
    has_incident,
    interrupted,
    with_new_faults,
)
from game.changes import changed, quick
from game.commands import Command
from game.environment.clock import lmst_h, sol_of
from game.environment.nature import surroundings_at
from game.environment.surroundings import Surroundings
from game.events import (
    ArrayCleaned,
    Event,
    StormRose,
)
from game.machine import machine_of
from game.mission.chart import charted_disc, charted_ring, empty_chart, is_charted, is_known
from game.mission.mission import MissionState
from game.orbiting import surveyed
from game.progress import at_dawn, close_of_sol, look_at_mission
from game.quantum import ticks_ahead
from game.rng import Stream, uniform
from game.rover.cleaning import cleaned
from game.rover.drive import Ground
from game.rover.fault_effects import Machine
from game.rover.footing import Footing, MappedGround, footing_at, zoned
from game.rover.hand import obey
from game.rover.mobility import as_believed
from game.rover.records import Target
from game.rover.refusals import Desk, Places
from game.rover.rover import RoverState, roused, step_rover
from game.rover.scene import Scene
from game.rover.start import initial_rover
from game.rover.work import end_finished, has_change, start_due
from game.schedule import SolFacts, facts_at, surroundings
from game.science.magnetism import field_nt
from game.science.samples import dust_target, target_at
from game.science.underground import buried_along
from game.state import Setup, SoilMaterial, State
from game.telemetry import Readings
from game.traffic import arrivals, exchange_with, pass_edges, uplinked
from game.world.low_sun import skyline, sunlit_frac
from game.world.minerals import rock_at, rock_traits
from game.world.soil import Soil
from game.world.strata import Stratum

GUST_INDEX = 16  # numbers of the draws that follow those of the gust itself
_made = quick(State)


def initial_state(setup: Setup) -> State:
    """Return the state at touchdown; the mast has looked round from the lander."""
    rover = initial_rover(setup.rover, setup.start)
    pose = setup.start
    chart = charted_ring(setup.chart, empty_chart(setup.chart), pose.x_m, pose.y_m)
    return State(0, rover, MissionState(), chart)


def step(
    setup: Setup, state: State, commands: Sequence[tuple[int, Command]] = ()
) -> tuple[State, tuple[Event, ...]]:
    """Advance by one quantum. Pure: same arguments, same result.

    Parameters
    ----------
    setup : Setup
        What never changes.
    state : State
        Where the mission stands.
    commands : sequence of (int, Command)
        What has been asked for, each with the tick at which it sets out. [s]

    Returns
    -------
    tuple of State and events
        The state at the end of the quantum, and what happened, in order.
    """
    state, refused = uplinked(setup, state, commands)
    state = with_new_faults(setup, state)
    machine = machine_of(setup, state)
    ready, begun = _begin(setup, state, machine)
    if ready is not state:
        state, machine = ready, machine_of(setup, ready)
    facts = facts_at(setup, state.tick)
    end_tick = state.tick + ticks_ahead(setup, state, facts, machine)
    outside = surroundings_at(facts.nature, (state.tick + end_tick) // 2)
    scene = _scene(setup, state, end_tick, _in_shadow(setup, state, outside))
    rover, moved = step_rover(machine.rover, state.rover, scene)
    if state.rover.faults.active:
        rover, signs = after_step(setup, state, machine, rover, scene)
        moved = (*moved, *signs)
    rover, weathered = _weather(setup, rover, (state.tick, end_tick), (outside, facts))
    if state.tick < facts.survey_tick <= end_tick:
        rover = surveyed(setup, rover, facts)
    rover, arrived = arrivals(rover, end_tick)
    rover, passed = pass_edges(setup, (state.rover, rover), (state.tick, end_tick), facts)
    chart = state.chart
    if rover.track is not state.rover.track:
        chart = charted_disc(setup.chart, chart, rover.mobility.x_m, rover.mobility.y_m)
    events = (*refused, *begun, *moved, *weathered, *arrived, *passed)
    if weathered:  # gusts come at their own seconds within the step
        events = tuple(sorted(events, key=lambda event: event.tick))
    after, judged = look_at_mission(
        setup, _made(end_tick, rover, state.mission, chart, state.uplink), events, outside
    )
    if state.tick < facts.rise_tick <= end_tick:
        after = at_dawn(setup, after)
    if end_tick == facts.end_tick and after.mission.outcome is None:
        after, closed = close_of_sol(setup, after, outside)
        judged = (*judged, *closed)
    return after, (*events, *judged)


def desk_at(setup: Setup, state: State) -> Desk:
    """Return what the sequencer is told at the moment of a state."""

    def felt(tick: int) -> Surroundings:
        return surroundings(setup, tick)

    # The wheels' own ground answers for what lies near them: a patch made for one spot of the laser
    # or one line of the radar was a tenth of a mission.
    def target(x_m: float, y_m: float) -> tuple[Target, Target]:
        place = state.rover.mobility
        soil = _footing(setup, place.x_m, place.y_m).soil(x_m, y_m)
        there = _material_at(setup, x_m, y_m, soil)
        hit = target_at(setup.science, setup.seed, (x_m, y_m), there.material, there.dust_frac)
        return hit, dust_target(setup.science.ground)

    def onboard(rover: RoverState) -> Mapping[str, float]:
        believing = changed(rover, mobility=as_believed(rover.mobility))
        return Readings(setup, changed(state, rover=believing))

    def below(places: Places) -> tuple[tuple[Stratum, ...], ...]:
        east, north = (np.array([place[axis] for place in places]) for axis in (0, 1))
        soils = tuple(Soil(_footing(setup, *place).soil(*place)) for place in places)
        strata = setup.terrain.strata_under(east, north, soils)
        return buried_along(setup.science, setup.seed, places, strata)

    def field(x_m: float, y_m: float, tick: int) -> tuple[float, float, float]:
        return field_nt(setup.science, setup.seed, (x_m, y_m), lmst_h(setup.site, tick))

    is_seen = _photographed(setup, state)
    sol = sol_of(setup.site, state.tick)
    ramp = ""
    if sol < setup.mission.roll_off_sol:
        ramp = f"The ramp is still being checked; it opens on sol {setup.mission.roll_off_sol}."
    outside = surroundings(setup, state.tick)
    return Desk(
        state.tick, sol, setup.seed, outside, felt, target, onboard, is_seen, ramp, below, field
    )


def _footing(setup: Setup, x_m: float, y_m: float) -> Footing:
    return footing_at(setup.terrain, x_m, y_m, setup.smallest_rock_m)


@lru_cache(maxsize=8)
def _circles(setup: Setup) -> tuple[tuple[float, float, float], ...]:
    return setup.keep_out_circles


def _material_at(setup: Setup, x_m: float, y_m: float, soil: int) -> SoilMaterial:
    """Return what a place is made of: the rock that covers it, or else its soil."""
    rock = rock_at(setup.terrain, x_m, y_m)
    if rock is None:
        return setup.soils[soil]
    traits = rock_traits(rock, setup.terrain.spec.recipe.rock)
    return SoilMaterial(traits.composition, traits.dust_frac)


def _begin(setup: Setup, state: State, machine: Machine) -> tuple[State, tuple[Event, ...]]:
    """Deal with the boundary: end activities, obey commands that have arrived, start others."""
    has_mail = any(tick <= state.tick for tick, _ in state.uplink)
    is_troubled = has_incident(state, machine)
    if not has_mail and not is_troubled and not has_change(state.rover, state.tick):
        return state, ()
    desk = changed(desk_at(setup, state), beyond=machine.beyond)
    spec, rover = machine.rover, state.rover
    events: tuple[Event, ...] = ()
    if is_troubled:
        rover, events = interrupted(machine, rover, desk)
    rover, more = end_finished(spec, rover, desk)
    rover, found = diagnosis(setup, rover, more, state.tick)
    events = (*events, *more, *found)
    arrived = [command for tick, command in state.uplink if tick <= state.tick]
    for command in as_understood(rover, arrived):
        rover, more = obey(spec, rover, desk, command)
        events = (*events, *more)
    rover, more = start_due(spec, rover, desk)
    rover = roused(spec, rover, desk.outside.sun_elevation_rad, state.tick)
    uplink = tuple(item for item in state.uplink if item[0] > state.tick)
    return changed(state, rover=rover, uplink=uplink), (*events, *more)


def _scene(setup: Setup, state: State, end_tick: int, outside: Surroundings) -> Scene:
    tick, place = state.tick, state.rover.mobility
    ground = _ground_under(setup, state) if place.drive is not None else None
    heard = exchange_with(setup, state.rover, tick, end_tick)

    return Scene(tick, end_tick, setup.seed, outside, ground, *heard, _photographed(setup, state))


def _photographed(setup: Setup, state: State) -> Callable[[float, float], bool]:
    """Return who says of a place (east, north) whether a picture shows it."""

    def is_seen(x_m: float, y_m: float) -> bool:
        return is_charted(setup.chart, state.chart, x_m, y_m)

    return is_seen


def _ground_under(setup: Setup, state: State) -> Ground:
    """Return what wheels and hazard cameras find; a forecast knows only what has been seen."""
    place = state.rover.mobility
    off_m = (place.x_m - place.estimate.x_m, place.y_m - place.estimate.y_m)
    ground = zoned(_footing(setup, place.x_m, place.y_m), _circles(setup), off_m)
    if setup.environment.expected is None:
        return ground

    def was_seen(x_m: float, y_m: float) -> bool:
        return is_known(setup.chart, state.chart, x_m, y_m)

    return MappedGround(ground, was_seen)


def _in_shadow(setup: Setup, state: State, outside: Surroundings) -> Surroundings:
    """Return what reaches the rover: the ground around it may stand before a low Sun."""
    height_rad = outside.sun_elevation_rad
    if outside.beam_w_m2 <= 0.0 or height_rad > setup.steps.high_sun_rad:
        return outside
    place = state.rover.mobility
    line = skyline(setup.terrain, place.x_m, place.y_m, setup.rover.power.wings.height_m)
    lit = sunlit_frac(line, outside.sun_azimuth_rad, height_rad)
    if lit >= 1.0:
        return outside
    beam_w_m2 = outside.beam_w_m2 * lit
    level_w_m2 = outside.diffuse_w_m2 + beam_w_m2 * max(0.0, math.sin(height_rad))
    return outside._replace(beam_w_m2=beam_w_m2, global_w_m2=level_w_m2)


def _weather(
    setup: Setup, rover: RoverState, span: tuple[int, int], sky: tuple[Surroundings, SolFacts]
) -> tuple[RoverState, tuple[Event, ...]]:
    outside, facts = sky
    events: list[Event] = []
    for tick, gain_frac in facts.gusts:
        if span[0] <= tick < span[1]:
            wings = range(GUST_INDEX, GUST_INDEX + len(setup.rover.power.wings.wing))
            draws = [uniform(setup.seed, Stream.CLEANING, tick, index) for index in wings]
            rover, more_frac = cleaned(setup.rover, rover, gain_frac, draws)
            if more_frac > 0.0:
                events.append(ArrayCleaned(tick, more_frac))
    storm_tau = setup.mission.storm_tau
    if facts.least_tau < storm_tau <= facts.most_tau:
        # The first tick of the next sol is in the next sol's table.
        moments = (span[0], min(span[1], facts.end_tick - 1))
        before, after = (surroundings_at(facts.nature, tick).tau for tick in moments)
        if before < storm_tau <= after:
            events.append(StormRose(span[1], outside.tau))
    return rover, tuple(events)
