"""What whoever flies may know: the desk of a player as one value, without the truth behind it.

Agents are given this and nothing else. The place is where the rover believes to be, faults are
symptoms until their cause is found, and looking ahead is the public forecast, which knows neither
the weather nor the luck to come. This is the only file of the agents' brains that sees the state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial

from game.agents.mechanic import is_puzzled, remedies
from game.commands import ActivityKind, Command
from game.contact import passes_here
from game.detours import detours_around, is_photographed, told_finds
from game.environment.clock import SiteSpec, sol_of
from game.forecast import forecast
from game.mission.flight_rules import Course
from game.mission.plan import Plan
from game.orbiter.relay import Pass
from game.rover.machine import night_sending_w
from game.rover.power import capacity_j, charge_frac
from game.rover.storage import queued_bit
from game.rover.told import as_told
from game.state import Setup, State
from game.telemetry import Readings
from game.world.overlays import PlaceKind

TARGETS = (PlaceKind.SAMPLE_SITE, PlaceKind.GOAL)


@dataclass(frozen=True, slots=True)
class Target:
    """A named place on the map that has not been reached."""

    name: str
    x_m: float
    y_m: float


@dataclass(frozen=True, slots=True)
class Detour:
    """A find that orbital pictures show: where, how near one has to come, and what it counts.

    It counts beside the goals once a picture or a reading taken on it is on Earth: `is_told`. What
    the rover's cameras have seen of it, from wherever, is `is_photographed`.
    """

    name: str
    title: str
    kind: str
    x_m: float
    y_m: float
    radius_m: float
    points: float
    is_told: bool
    is_photographed: bool


@dataclass(frozen=True, slots=True, eq=False)
class Observation:
    """The desk of a flight director at one moment.

    Attributes
    ----------
    tick, sol : now. [s of mission time, sol]
    site : the landing place, for its clock.
    readings : telemetry by channel name; place and heading as the rover believes them.
    place_m, heading_rad : where the rover believes to stand and look. [m, rad]
    is_on_lander, is_embedded : as the rover reports.
    charge_frac, floor_frac, capacity_j : battery, and where work is refused. [-, -, J]
    send_w : what sending costs above sleep. [W]
    queued_bit : data that wait to be sent. [bit]
    plan : what is on board and has not begun.
    roll_off_sol, last_sol : from when on the ramp may be used, and when the mission ends.
    diagnosis_s : how long a diagnosis takes. [s]
    usual_s : how long each instrument usually works. [s]
    is_puzzled : readings are strange and nobody knows why.
    remedies : the best answers to known faults, ready to be sent.
    targets : places of the map that have not been reached.
    detours : finds within so many metres (4,000 at most) of where the rover believes to be,
        nearest first.
    passes : usable passes that touch a span of time.
    foresee : the public forecast of a plan, until a tick.
    """

    tick: int
    sol: int
    site: SiteSpec
    readings: Mapping[str, float]
    place_m: tuple[float, float]
    heading_rad: float
    is_on_lander: bool
    is_embedded: bool
    charge_frac: float
    floor_frac: float
    capacity_j: float
    send_w: float
    queued_bit: int
    plan: Plan
    roll_off_sol: int
    last_sol: int
    diagnosis_s: int
    usual_s: Mapping[ActivityKind, int]
    is_puzzled: bool
    remedies: tuple[Command, ...]
    targets: tuple[Target, ...]
    detours: Callable[[float], tuple[Detour, ...]]
    passes: Callable[[int, int], tuple[Pass, ...]]
    foresee: Callable[[Plan, int], Course]


def observe(setup: Setup, state: State) -> Observation:
    """Return what is known on Earth at the moment of a state."""
    rover = state.rover
    estimate = rover.mobility.estimate
    told = replace(state, rover=as_told(rover))
    met = {name for name, _ in state.mission.met}

    def foresee(plan: Plan, until_tick: int) -> Course:
        return forecast(setup, state, until_tick, plan).course()

    return Observation(
        tick=state.tick,
        sol=sol_of(setup.site, state.tick),
        site=setup.site,
        readings=Readings(setup, told),
        place_m=(estimate.x_m, estimate.y_m),
        heading_rad=estimate.heading_rad,
        is_on_lander=rover.mobility.is_on_lander,
        is_embedded=rover.mobility.is_embedded,
        charge_frac=charge_frac(setup.rover.power, rover.power),
        floor_frac=setup.rover.bus.floor_frac,
        capacity_j=capacity_j(setup.rover.power, rover.power),
        send_w=night_sending_w(setup.rover),
        queued_bit=queued_bit(rover.storage),
        plan=rover.sequencer.plan,
        roll_off_sol=setup.mission.roll_off_sol,
        last_sol=setup.mission.sols,
        diagnosis_s=setup.rover.faults.diagnosis_s,
        usual_s={tool.kind: tool.duration_s for tool in setup.rover.instruments.instrument},
        is_puzzled=is_puzzled(state),
        remedies=remedies(setup, state),
        targets=tuple(
            Target(place.name, place.x_m, place.y_m)
            for place in setup.places
            if place.kind in TARGETS and place.name not in met
        ),
        detours=partial(known_detours, setup, told),
        passes=partial(usable_passes, setup, told),
        foresee=foresee,
    )


def known_detours(setup: Setup, state: State, reach_m: float) -> tuple[Detour, ...]:
    """Return what is worth a detour around where the rover believes to be, nearest first."""
    told = {one.name for one in told_finds(setup, state.rover.storage.home)}
    estimate = state.rover.mobility.estimate
    return tuple(
        Detour(
            name=one.name,
            title=one.title,
            kind=str(one.kind),
            x_m=one.x_m,
            y_m=one.y_m,
            radius_m=one.radius_m,
            points=setup.score.find_points,
            is_told=one.name in told,
            is_photographed=is_photographed(setup, state, one),
        )
        for one in detours_around(setup, (estimate.x_m, estimate.y_m), reach_m)
    )


def usable_passes(setup: Setup, state: State, start_tick: int, end_tick: int) -> tuple[Pass, ...]:
    """Return the passes whose usable window touches a span of time."""
    found = {
        one.usable_rise_tick: one
        for tick in (start_tick, end_tick)
        for one in passes_here(setup, state.rover, tick)
        if one.usable_rise_tick < one.usable_set_tick
        and one.usable_set_tick > start_tick
        and one.usable_rise_tick < end_tick
    }
    return tuple(found[tick] for tick in sorted(found))
