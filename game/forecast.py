"""Run the step ahead on a throw-away state, and say how far the real sol may be from that.

The run knows what a planner may know: nature until now and the season's mean after it, the ground
without its scatter, and no luck. It can be made in pieces; the bands come at the end.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.commands import Activity, ActivityKind
from game.environment.clock import sol_of, sol_start_tick, sol_time_sol
from game.environment.expectation import storm_excess_tau
from game.environment.nature import expected_environment
from game.events import ActivityEnded, DriveEnded
from game.mission.light import Sky, light_factors
from game.mission.outlook import STEP_S, Bands, Doubt, Nominal, bands, tau_paths
from game.mission.rules_of_flight import Course, Refusal
from game.rng import Stream, uniform
from game.rover.faults import found_only
from game.rover.gear import tilt_rad
from game.rover.meters import heater_j
from game.rover.mobility import believed_place
from game.rover.power import capacity_j
from game.rover.preview import usual_gear
from game.rover.rover import RoverSpec
from game.rover.sequencer import load_plan
from game.rover.storage import kept_bit, unsent_bit
from game.schedule import surroundings
from game.simulation import step
from game.state import Setup, State
from game.units import WH_J

Series = NDArray[np.float64]
_SEED_RANGE = 2**32
KNOWN_S = 3600  # the weather is read off anew every hour
COLUMNS = (
    "tick",
    "charge_j",
    "generated_j",
    "consumed_j",
    "lost_j",
    "heater_j",
    "drive_j",
    "box_k",
    "sent_bit",
    "memory_bit",
    "waiting_bit",
    "odometer_m",
    "x_m",
    "y_m",
    "battery_k",
    "motor_k",
    "tilt_rad",
)


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Arrays of equal length over time; a band holds four of five outcomes.

    `refused` are the activities that would not be carried out, each with the reason. The outcomes
    are the tenth, fiftieth and ninetieth of a hundred: charge at the end, coldest box, what then
    still waits to be sent, way on the odometer. `drive_end_tick` is when the last drive is
    expected to end, or 0.
    """

    tick: Series
    charge_frac: Series
    charge_low_frac: Series
    charge_high_frac: Series
    box_k: Series
    box_low_k: Series
    box_high_k: Series
    memory_frac: Series
    memory_low_frac: Series
    memory_high_frac: Series
    x_m: Series
    y_m: Series
    battery_k: Series
    motor_k: Series
    tilt_rad: Series
    end: State
    end_charge_frac: tuple[float, float, float]
    coldest_box_k: tuple[float, float, float]
    waiting_bit: tuple[float, float, float]
    way_m: tuple[float, float, float]
    drive_end_tick: int = 0
    refused: tuple[ActivityEnded, ...] = ()

    def course(self) -> Course:
        """Return what the rules of flight look at."""
        refusals = tuple(Refusal(e.number, e.tick, e.note) for e in self.refused)
        return Course(self.tick, self.charge_frac, self.box_k, self.memory_frac, refusals)

    def at(self, tick: float) -> tuple[float, float, float]:
        """Return charge, and its low and high end, at a moment [-]."""
        return tuple(  # type: ignore[return-value]
            float(np.interp(tick, self.tick, series))
            for series in (self.charge_frac, self.charge_low_frac, self.charge_high_frac)
        )


class Ahead:
    """A run ahead under way: its state, and the rows behind it. Nothing outside can see it change.

    Parameters
    ----------
    setup, state : Setup, State
        Where the mission stands; neither is changed.
    plan : tuple of Activity, optional
        What would be uplinked; the plan on board if not given.
    """

    def __init__(
        self, setup: Setup, state: State, plan: tuple[Activity, ...] | None = None
    ) -> None:
        if plan is not None:
            sequencer = load_plan(state.rover.sequencer, plan)
            state = replace(state, rover=replace(state.rover, sequencer=sequencer))
        if state.rover.faults.active:
            known = found_only(state.rover.faults)
            state = replace(state, rover=replace(state.rover, faults=known))
        self.setup, self.state = setup, state
        self._blind = unknowing(setup, state.tick)
        self._rows = [_row(state)]
        self._refused: list[ActivityEnded] = []
        self._drive_end_tick = 0

    def run(self, until_tick: int) -> None:
        """Go on until a moment, or the end of the mission."""
        while self.state.tick < until_tick and self.state.mission.outcome is None:
            self.state, events = step(self._blind, self.state)
            self._rows.append(_row(self.state))
            for event in events:
                if isinstance(event, ActivityEnded) and _is_refusal(event):
                    self._refused.append(event)
                elif isinstance(event, DriveEnded):
                    self._drive_end_tick = event.tick

    def forecast(self) -> Forecast:
        """Return what is known so far, with its bands."""
        table = dict(zip(COLUMNS, np.array(self._rows).T, strict=True))
        found = _bands(self.setup, self._blind, table)
        full_j = capacity_j(self.setup.rover.power, self.state.rover.power)
        full_bit = self.setup.rover.storage.capacity_bit
        charge_low, charge_high = _around(table, "charge_j", found.charge_j)
        box_low, box_high = _around(table, "box_k", found.box_k)
        memory_low, memory_high = _around(table, "memory_bit", found.memory_bit)
        return Forecast(
            tick=table["tick"],
            charge_frac=np.minimum(table["charge_j"] / full_j, 1.0),
            charge_low_frac=np.clip(charge_low / full_j, 0.0, 1.0),
            charge_high_frac=np.clip(charge_high / full_j, 0.0, 1.0),
            box_k=table["box_k"],
            box_low_k=box_low,
            box_high_k=box_high,
            memory_frac=table["memory_bit"] / full_bit,
            memory_low_frac=np.maximum(memory_low / full_bit, 0.0),
            memory_high_frac=memory_high / full_bit,
            x_m=table["x_m"],
            y_m=table["y_m"],
            battery_k=table["battery_k"],
            motor_k=table["motor_k"],
            tilt_rad=table["tilt_rad"],
            end=self.state,
            end_charge_frac=_three(found.charge_j[:, -1] / full_j),
            coldest_box_k=found.coldest_box_k,
            waiting_bit=found.waiting_bit,
            way_m=found.way_m,
            drive_end_tick=self._drive_end_tick,
            refused=tuple(self._refused),
        )


def forecast(
    setup: Setup,
    state: State,
    until_tick: int,
    plan: tuple[Activity, ...] | None = None,
) -> Forecast:
    """Run ahead from a state, with another plan if one is given, and add the bands.

    Parameters
    ----------
    setup, state : Setup, State
        Where the mission stands; neither is changed.
    until_tick : int
        Where the forecast ends. [s]
    plan : tuple of Activity, optional
        What would be uplinked; the plan on board if not given.
    """
    ahead = Ahead(setup, state, plan)
    ahead.run(until_tick)
    return ahead.forecast()


def unknowing(setup: Setup, tick: int) -> Setup:
    """Return a setup that knows nature up to a moment and no luck; a new one every hour.

    Its seed is its own, so that slip, faults and chance to come cannot be read from it, and the
    soil has its usual grip everywhere. Nothing in it finds out where the rover really is.
    """
    start = sol_start_tick(setup.site, sol_of(setup.site, tick))
    return _unknowing(setup, start + (tick - start) // KNOWN_S * KNOWN_S)


@lru_cache(maxsize=8)
def _unknowing(setup: Setup, known_tick: int) -> Setup:
    luck = int(uniform(setup.seed, Stream.FORECAST, 0) * _SEED_RANGE)
    environment = expected_environment(setup.environment, known_tick, setup.forecast.storm_sols)
    return replace(
        setup,
        seed=luck,
        environment=environment,
        rover=_without_luck(setup),
    )


def _without_luck(setup: Setup) -> RoverSpec:
    """Return the machine without faults to come: a forecast knows only those that were found."""
    faults = setup.rover.faults
    quiet = replace(faults.luck, rate_1_sol=0.0, most_count=0, is_double=False)
    faults = replace(faults, luck=quiet, ordered=())
    return replace(setup.rover, faults=faults, mobility=usual_gear(setup.rover.mobility))


def _is_refusal(event: ActivityEnded) -> bool:
    """Say whether an activity could not do its work; a pass with nothing to send is no fault."""
    return not event.is_done and event.kind is not ActivityKind.SEND


def _row(state: State) -> tuple[float, ...]:
    rover = state.rover
    return (
        float(state.tick),
        rover.power.charge_j,
        rover.power.generated_j,
        rover.power.consumed_j,
        rover.power.lost_j,
        heater_j(rover.meters),
        rover.meters.drive_j,
        rover.thermal.box_k,
        float(rover.storage.sent_bit),
        float(kept_bit(rover.storage)),
        float(sum(unsent_bit(product) for product in rover.storage.products)),
        rover.mobility.odometer_m,
        *believed_place(rover.mobility),
        rover.thermal.battery_k,
        rover.motor_k,
        tilt_rad(rover.mobility),
    )


def _grid(tick: Series) -> Series:
    """Return evenly spaced moments from the first to the last row."""
    count = max(2, round(float(tick[-1] - tick[0]) / STEP_S) + 1)
    return np.linspace(tick[0], tick[-1], count)


def _around(table: dict[str, Series], name: str, found: Series) -> tuple[Series, Series]:
    """Return low and high end of a band at the rows of the run, with the run itself between.

    Differences are carried over from the even grid, not values: they are smooth.
    """
    tick, middle = table["tick"], table[name]
    grid = _grid(tick)
    low, high = (row - np.interp(grid, tick, middle) for row in (found[0], found[-1]))
    return (
        middle + np.minimum(np.interp(tick, grid, low), 0.0),
        middle + np.maximum(np.interp(tick, grid, high), 0.0),
    )


def _three(values: Sequence[float] | Series) -> tuple[float, float, float]:
    low, middle, high = values
    return float(low), float(middle), float(high)


def _bands(setup: Setup, blind: Setup, table: dict[str, Series]) -> Bands:
    spec, made = setup.forecast, blind.environment.expected
    grid = _grid(table["tick"])
    nominal = Nominal(grid, *(np.interp(grid, table["tick"], table[n]) for n in COLUMNS[1:12]))
    dust = blind.environment.dust
    storm = 0.0 if made is None else storm_excess_tau(dust, made)
    made_sol = float(sol_time_sol(setup.site, float(grid[0])))
    doubt = Doubt(made_sol, dust.noise_tau, dust.noise_sols, storm)
    paths = tau_paths(spec, doubt, np.asarray(sol_time_sol(setup.site, grid)))
    felt = [surroundings(blind, int(tick)) for tick in grid]
    sky = Sky(
        np.array([one.sun_elevation_rad for one in felt]),
        np.array([one.tau for one in felt]),
        dust.least_tau,
        blind.environment.ground.albedo,
    )
    light = light_factors(blind.rover.power, sky, paths)
    return bands(spec, nominal, paths, light, setup.rover.power.capacity_wh * WH_J)
