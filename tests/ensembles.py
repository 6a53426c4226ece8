"""Many seeded sols, each foreseen and then flown: what the error model is measured against.

Every sol has its own seed (dust, wind, whirls, slip, chance), its own place in the mission, its
own charge and dust on the wings at the start and its own plan. The rover does not stand where it
believes to: its error is drawn from its own doubt, which is as in a mission of the baseline agent.
"""

from dataclasses import dataclass, replace

from game.commands import Activity, ActivityKind, UplinkPlan
from game.contact import passes_here
from game.environment.clock import tick_at
from game.events import DriveEnded
from game.levels.open import open_level
from game.mission.plan import Plan
from game.orbiter.relay import Pass
from game.rng import Stream, normal, uniform
from game.rover.power import charge_frac
from game.rover.storage import kept_bit, unsent_bit
from game.rover.wings import initial_wings
from game.session import Session
from game.state import Setup, State
from tests.rover.desks import charged, grounded

Kind = ActivityKind
FIRST_SOL, LAST_SOL = 9, 60
MORNING_H, DAWN_H = 9.0, 6.0
LEAST_M, MOST_M = 0.2, 1.1  # one sigma of the place east and north: ninety sols know no more


@dataclass(frozen=True)
class Case:
    """One sol before it is flown."""

    setup: Setup
    state: State
    plan: Plan
    dawn_tick: int


@dataclass(frozen=True)
class Flown:
    """What became of it."""

    dawn_charge_frac: float
    coldest_box_k: float
    waiting_bit: float
    way_m: float
    kept_bit: int
    drive_end_tick: int
    x_m: float
    y_m: float


def case_of(number: int) -> Case:
    """Return one sol of the ensemble."""

    def draw(index: int) -> float:
        return uniform(number, Stream.SENSOR, 0, index)

    plain = open_level("ninety-sols", 7).setup
    setup = replace(plain, seed=number, environment=replace(plain.environment, seed=number))
    sol = FIRST_SOL + int(draw(0) * (LAST_SOL - FIRST_SOL + 1))
    state = charged(setup, grounded(setup, MORNING_H, sol), 0.3 + 0.5 * draw(1))
    wings = initial_wings(setup.rover.power.wings, 0.35 + 0.65 * draw(6))
    power = replace(state.rover.power, wings=wings)
    state = astray(replace(state, rover=replace(state.rover, power=power)), number)
    noon = noon_pass(setup, state)

    def at(hour: float) -> int:
        return tick_at(setup.site, sol, hour)

    way_m = 4.0 + 12.0 * draw(2)
    plan = (
        Activity(1, Kind.PICTURE, at(9.5), 120, azimuth_rad=3.1, elevation_rad=-0.12),
        Activity(2, Kind.WARM_UP, at(9.7), 1500),
        Activity(3, Kind.DRIVE, at(10.5), 5400, 8.0 * draw(3) - 4.0, -6.0 - way_m),
        Activity(4, Kind.PANORAMA, at(13.2), 1500, azimuth_rad=3.1, elevation_rad=-0.12),
        Activity(5, Kind.AIR, at(14.0), round(3600 + 5400 * draw(4))),
        Activity(6, Kind.SEND, at(23.5), round(1200 + 2400 * draw(5))),
        Activity(7, Kind.SEND, noon.usable_rise_tick - 150, 150 + round(120 + 300 * draw(7))),
    )
    return Case(setup, state, plan, tick_at(setup.site, sol + 1, DAWN_H))


def astray(state: State, number: int) -> State:
    """Return the rover at a true place of its own around where it believes to be."""
    sigmas_m = [LEAST_M + (MOST_M - LEAST_M) * uniform(number, Stream.SENSOR, 0, k) for k in (8, 9)]
    off_m = [s * normal(number, Stream.POSITION, 0, k) for k, s in enumerate(sigmas_m)]
    place = state.rover.mobility
    x_m, y_m = place.x_m + off_m[0], place.y_m + off_m[1]
    belief = replace(
        place.estimate,
        east_m2=sigmas_m[0] ** 2,
        north_m2=sigmas_m[1] ** 2,
        mark_x_m=x_m,
        mark_y_m=y_m,
    )
    mobility = replace(place, x_m=x_m, y_m=y_m, estimate=belief)
    return replace(state, rover=replace(state.rover, mobility=mobility))


def noon_pass(setup: Setup, state: State) -> Pass:
    """Return the short pass of the day."""
    return min(
        (
            one
            for one in passes_here(setup, state.rover, state.tick + 12_000)
            if one.usable_rise_tick > state.tick and one.usable_set_tick > one.usable_rise_tick
        ),
        key=lambda one: one.usable_rise_tick,
    )


def flown(case: Case) -> Flown:
    """Fly one sol as nature will have it."""
    session = Session(case.setup, case.state)
    session.issue(UplinkPlan(case.plan))
    coldest_k = case.state.rover.thermal.box_k

    def watch(state: State) -> None:
        nonlocal coldest_k
        coldest_k = min(coldest_k, state.rover.thermal.box_k)

    events = session.advance_to(case.dawn_tick, watch)
    ended = [event.tick for event in events if isinstance(event, DriveEnded)]
    return outcome(case.setup, session.state, coldest_k, max(ended, default=0))


def outcome(setup: Setup, end: State, coldest_k: float, drive_end_tick: int) -> Flown:
    """Return the numbers of one sol."""
    return Flown(
        charge_frac(setup.rover.power, end.rover.power),
        coldest_k,
        float(sum(unsent_bit(product) for product in end.rover.storage.products)),
        end.rover.mobility.odometer_m,
        kept_bit(end.rover.storage),
        drive_end_tick,
        end.rover.mobility.x_m,
        end.rover.mobility.y_m,
    )
