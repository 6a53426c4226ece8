"""Run the step ahead on a throw-away state, and say how far the real sol may be from that.

The run can be made in pieces (`ahead.py`); the bands come at the end.
"""

from dataclasses import dataclass

import numpy as np

from game.ahead import COLUMNS, Ahead, Series
from game.commands import Activity, Command
from game.environment.clock import sol_time_sol
from game.environment.expectation import storm_excess_tau
from game.mission.chances import data_luck
from game.mission.data_outlook import memory_outlook
from game.mission.drive_outlook import Slowness, Stand
from game.mission.light import Sky, light_factors
from game.mission.outlook import (
    QUANTILES,
    STEP_S,
    Bands,
    Doubt,
    Errands,
    Nominal,
    Outcomes,
    bands,
    tau_paths,
)
from game.mission.rules_of_flight import Cost, Course, Refusal
from game.rover.power import capacity_j
from game.schedule import surroundings
from game.state import Setup, State
from game.units import WH_J


@dataclass(frozen=True, slots=True, eq=False)
class Forecast:
    """Arrays of equal length over time; a band holds four of five outcomes.

    `refusals` are the activities that would not be carried out, each with the reason; see `Course`
    for the rest. The outcomes are the tenth, fiftieth and ninetieth of a hundred: charge at the
    end, coldest box, what then lies in memory and what waits to be sent, way on the odometer, and
    when the last drive ends (0 without one). `stand_x_m` and `stand_y_m` are where the rover truly
    stands then, on the map: around the place that the belief leads to (`stand`), as far off as the
    belief may be. `outcomes` are all of them, one by one.
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
    mast_k: Series
    shell_k: Series
    tilt_rad: Series
    end: State
    end_charge_frac: tuple[float, float, float]
    coldest_box_k: tuple[float, float, float]
    end_memory_bit: tuple[float, float, float]
    waiting_bit: tuple[float, float, float]
    way_m: tuple[float, float, float]
    drive_end_tick: tuple[float, float, float]
    stand: Stand
    outcomes: Outcomes
    need_tick: int = 0
    need_frac: float = 1.0
    costs: tuple[Cost, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unfinished: tuple[tuple[int, float], ...] = ()

    @property
    def stand_x_m(self) -> tuple[float, float, float]:
        """How far east of the lander the rover will truly stand [m]."""
        return _three(self.outcomes.stand_x_m)

    @property
    def stand_y_m(self) -> tuple[float, float, float]:
        """How far north of the lander the rover will truly stand [m]."""
        return _three(self.outcomes.stand_y_m)

    def course(self) -> Course:
        """Return what the rules of flight look at."""
        return Course(
            tick=self.tick,
            charge_frac=self.charge_frac,
            box_k=self.box_k,
            memory_frac=self.memory_frac,
            charge_low_frac=self.charge_low_frac,
            memory_high_frac=self.memory_high_frac,
            battery_k=self.battery_k,
            motor_k=self.motor_k,
            mast_k=self.mast_k,
            shell_k=self.shell_k,
            tilt_rad=self.tilt_rad,
            need_tick=self.need_tick,
            need_frac=self.need_frac,
            costs=self.costs,
            refusals=self.refusals,
            unfinished=self.unfinished,
        )

    def at(self, tick: float) -> tuple[float, float, float]:
        """Return charge, and its low and high end, at a moment [-]."""
        return tuple(  # type: ignore[return-value]
            float(np.interp(tick, self.tick, series))
            for series in (self.charge_frac, self.charge_low_frac, self.charge_high_frac)
        )


def foreseen(ahead: Ahead) -> Forecast:
    """Return what is known so far, with its bands."""
    table = ahead.table()
    found = _bands(ahead, table)
    ends = found.outcomes
    full_j = capacity_j(ahead.setup.rover.power, ahead.state.rover.power)
    full_bit = ahead.setup.rover.storage.capacity_bit
    charge_low, charge_high = _around(table, "charge_j", found.charge_j)
    box_low, box_high = _around(table, "box_k", found.box_k)
    memory_low, memory_high = _around(table, "memory_bit", found.memory_bit)
    need_tick, need_frac, costs = ahead.shortfall()
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
        battery_k=table["battery_k"], motor_k=table["motor_k"],
        mast_k=table["mast_k"], shell_k=table["shell_k"],
        tilt_rad=table["tilt_rad"],
        end=ahead.state,
        end_charge_frac=_three(ends.charge_j / full_j),
        coldest_box_k=_three(ends.coldest_box_k),
        end_memory_bit=_three(ends.memory_bit),
        waiting_bit=_three(ends.waiting_bit),
        way_m=_three(ends.way_m),
        drive_end_tick=_three(ends.drive_end_tick),
        stand=ahead.witness.stand(),
        outcomes=ends,
        costs=costs,
        need_tick=need_tick,
        need_frac=need_frac,
        refusals=tuple(ahead.ledger.refusals),
        unfinished=tuple(ahead.ledger.unfinished),
    )  # fmt: skip


def nominal_course(ahead: Ahead) -> Course:
    """Return what the rules of flight look at without the bands: a tenth of the work."""
    table = ahead.table()
    full_j = capacity_j(ahead.setup.rover.power, ahead.state.rover.power)
    need_tick, need_frac, costs = ahead.shortfall()
    return Course(
        tick=table["tick"],
        charge_frac=np.minimum(table["charge_j"] / full_j, 1.0),
        box_k=table["box_k"],
        memory_frac=table["memory_bit"] / ahead.setup.rover.storage.capacity_bit,
        battery_k=table["battery_k"],
        motor_k=table["motor_k"],
        mast_k=table["mast_k"],
        shell_k=table["shell_k"],
        tilt_rad=table["tilt_rad"],
        need_tick=need_tick,
        need_frac=need_frac,
        costs=costs,
        refusals=tuple(ahead.ledger.refusals),
        unfinished=tuple(ahead.ledger.unfinished),
    )


def forecast(
    setup: Setup,
    state: State,
    until_tick: int,
    plan: tuple[Activity, ...] | None = None,
    commands: tuple[Command, ...] = (),
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
    commands : tuple of Command
        What would be sent with it.
    """
    ahead = Ahead(setup, state, plan, commands)
    ahead.run(until_tick)
    return foreseen(ahead)


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


def _three(members: Series) -> tuple[float, float, float]:
    low, middle, high = np.quantile(members, QUANTILES)
    return float(low), float(middle), float(high)


def _bands(ahead: Ahead, table: dict[str, Series]) -> Bands:
    setup, blind = ahead.setup, ahead.blind
    spec, made = setup.forecast, blind.environment.expected
    grid = _grid(table["tick"])
    nominal = Nominal(grid, *(np.interp(grid, table["tick"], table[n]) for n in COLUMNS[1:11]))
    dust = blind.environment.dust
    storm = 0.0 if made is None else storm_excess_tau(dust, made)
    made_sol = float(sol_time_sol(setup.site, float(grid[0])))
    doubt = Doubt(made_sol, dust.noise_tau, dust.noise_sols, storm)
    paths = tau_paths(spec, doubt, np.asarray(sol_time_sol(setup.site, grid)))
    felt = [surroundings(blind, int(tick)) for tick in grid]
    height, azimuth = (
        np.array([getattr(one, name) for one in felt])
        for name in ("sun_elevation_rad", "sun_azimuth_rad")
    )
    east, north, up = (
        np.interp(grid, table["tick"], table[f"wings_{name}"]) for name in ("east", "north", "up")
    )
    across = east * np.sin(azimuth) + north * np.cos(azimuth)
    sky = Sky(
        height,
        np.array([one.tau for one in felt]),
        across * np.cos(height) + up * np.sin(height),
        up,
        dust.least_tau,
        blind.environment.ground.albedo,
    )
    light = light_factors(blind.rover.power, sky, paths)
    full_j = setup.rover.power.capacity_wh * WH_J
    return bands(spec, nominal, paths, light, full_j, _errands(ahead, grid))


def _errands(ahead: Ahead, grid: Series) -> Errands:
    """Return what the plan leaves to chance besides the weather."""
    spec, setup, witness = ahead.setup.forecast, ahead.setup, ahead.witness
    passes, seconds, pictures = data_luck(spec.members)
    sendings = witness.sendings((passes, seconds))
    confirm_s = float(setup.orbiter.downlink.confirm_s)
    memory = memory_outlook(witness.parcels, sendings, grid, pictures, confirm_s)
    nav = setup.rover.mobility.navigation
    look, speed_m_s = nav.look, setup.rover.mobility.speed_m_s
    slow_s_m = 1.0 / speed_m_s + nav.autonomous.look_s / nav.leg_m
    slowness = Slowness(
        look.place_sigma, look.look_sigma, look.lost_frac, look.again_frac, slow_s_m, spec.drive_s
    )
    return Errands(memory, witness.trip, slowness, witness.stand())
