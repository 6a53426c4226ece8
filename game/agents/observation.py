"""What whoever flies may know: the desk of a player as one value, without the truth behind it.

Agents are given this and nothing else. The place is where the rover believes to be, faults are
symptoms until their cause is found, and looking ahead is the public forecast, which knows neither
the weather nor the luck to come. This is the only file of the agents' brains that sees the state.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from game.agents.mechanic import is_puzzled, remedies
from game.commands import ActivityKind, Command
from game.contact import passes_here
from game.environment.clock import SiteSpec, sol_of
from game.forecast import forecast
from game.mission.flight_rules import Course
from game.mission.plan import Plan
from game.orbiter.relay import Pass
from game.rover.machine import night_sending_w
from game.rover.mobility import as_believed
from game.rover.power import capacity_j, charge_frac
from game.rover.storage import queued_bit
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
    passes: Callable[[int, int], tuple[Pass, ...]]
    foresee: Callable[[Plan, int], Course]


def observe(setup: Setup, state: State) -> Observation:
    """Return what is known on Earth at the moment of a state."""
    rover = state.rover
    estimate = rover.mobility.estimate
    believing = replace(rover, mobility=as_believed(rover.mobility))
    met = {name for name, _ in state.mission.met}

    def passes(start_tick: int, end_tick: int) -> tuple[Pass, ...]:
        return usable_passes(setup, state, start_tick, end_tick)

    def foresee(plan: Plan, until_tick: int) -> Course:
        return forecast(setup, state, until_tick, plan).course()

    return Observation(
        tick=state.tick,
        sol=sol_of(setup.site, state.tick),
        site=setup.site,
        readings=Readings(setup, replace(state, rover=believing)),
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
        passes=passes,
        foresee=foresee,
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
