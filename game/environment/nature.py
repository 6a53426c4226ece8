"""Nature as a table: everything that depends only on time and dust, once per sol.

`nature_table` computes a sol with arrays and is remembered; `surroundings_at` joins its rows by
straight lines with plain numbers. The Sun itself is computed exactly at every tick.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from math import asin, atan2, cos, pi, sin, tau
from typing import Any

import numpy as np

from game import rng
from game.config import parse
from game.digest import digest
from game.environment.atmosphere import (
    AirSpec,
    carbon_frost_k,
    downward_longwave_w_m2,
    frost_point_k,
    half_day_growth,
    mean_pressure_pa,
    tide_frac,
)
from game.environment.clock import SiteSpec, midnight_s, tt_day
from game.environment.dust import (
    DustSpec,
    autoregressive,
    cleaning_gusts,
    optical_depth,
    settling_rate_1_s,
    storm_rise_tau,
)
from game.environment.ground import (
    GroundRun,
    GroundSpec,
    GroundState,
    Series,
    SolHeat,
    run_ground,
    settled_ground,
)
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.sky import Irradiance, irradiance
from game.environment.sun import elevation_azimuth_rad, hour_angle_rad, top_irradiance_w_m2
from game.environment.surroundings import Surroundings
from game.environment.vortices import Vortex, VortexSpec, passes_of_sol, pressure_dip_pa, wipes
from game.environment.wind import WindSpec, wind_series

STEPS = 480  # rows a sol: one every three Mars minutes
GROUND_STRIDE = 2  # the ground walks every second row
CHAIN_SOLS = 40  # the ground's memory is built in stretches of so many sols
FIRST_SOL = 1  # earlier sols start from their own settled ground
WHIRL_REACH = 30.0  # a whirl is felt within so many of its crossing times


@dataclass(frozen=True, slots=True)
class EnvironmentSpec:
    """Nature at one place, for one seed.

    Attributes
    ----------
    site : Where, and when its clock starts.
    dust, air, wind, vortex, ground : See the files of those names.
    seed : Chooses noise, storms, gusts and whirls.
    key : Fingerprint of all of this, so that remembering is quick.
    """

    site: SiteSpec
    dust: DustSpec
    air: AirSpec
    wind: WindSpec
    vortex: VortexSpec
    ground: GroundSpec
    seed: int = 0
    key: int = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        rng.check_seed(self.seed)
        values = tuple(getattr(self, f.name) for f in fields(self) if f.name != "key")
        object.__setattr__(self, "key", int(digest(values), 16))

    def __hash__(self) -> int:
        return self.key


def environment_spec(table: Mapping[str, Any], seed: int) -> EnvironmentSpec:
    """Build nature from the table of `data/mars.toml`; raises ConfigError with every problem."""
    content = {key: value for key, value in table.items() if key not in ("schema", "place")}
    return parse({**content, "seed": seed}, EnvironmentSpec, "mars.toml")


@dataclass(frozen=True, slots=True, eq=False)
class NatureTable:
    """One sol of nature.

    Attributes
    ----------
    sol, start_s, end_s : Which sol, and its exact midnights. [s since touchdown]
    rows : One tuple for each of the STEPS + 1 moments: tau, beam, diffuse, ground, air,
        longwave, pressure, wind, wind direction, frost point, dust rate. SI.
    sun : Hour angle at the first midnight, its growth per second, declination at the first
        midnight, its growth per second, season at the first midnight, its growth per second.
    sin_latitude, cos_latitude : Of the site. [-]
    whirls : Passing whirls with the time within which each is felt. [s]
    """

    sol: int
    start_s: float
    end_s: float
    rows: tuple[tuple[float, ...], ...]
    sun: tuple[float, float, float, float, float, float]
    sin_latitude: float
    cos_latitude: float
    whirls: tuple[tuple[int, float, Vortex], ...]


@dataclass(frozen=True, slots=True, eq=False)
class SolSeries:
    """What the ground needs of one sol, and what needs no ground. Arrays of STEPS + 1 values."""

    at_sol: Series
    ls_rad: Series
    ltst_h: Series
    tau: Series
    light: Irradiance
    longwave_w_m2: Series
    heat: SolHeat
    sun: tuple[float, float, float, float, float, float]


@lru_cache(maxsize=128)
def sol_series(spec: EnvironmentSpec, sol: int) -> SolSeries:
    """Return Sun, dust and light of one sol."""
    site = spec.site
    share = np.arange(STEPS + 1) / STEPS
    day = tt_day(site, midnight_s(site, sol) + share * MEAN_SOL_S)
    orbit = mars_orbit(day)
    angle = np.asarray(hour_angle_rad(orbit, day, site.longitude_deg))
    elevation, _ = elevation_azimuth_rad(
        orbit.declination_rad, angle, np.radians(site.latitude_deg)
    )
    at_sol = sol + share
    ls_rad = np.unwrap(orbit.ls_rad)
    ltst_h = (12.0 + angle * 12.0 / np.pi) % 24.0
    tau_ = np.asarray(optical_depth(spec.dust, spec.seed, site, at_sol, (ls_rad, ltst_h)))
    top = top_irradiance_w_m2(orbit.distance_au)
    light = irradiance(top, elevation, tau_, spec.ground.albedo)
    longwave = np.asarray(downward_longwave_w_m2(spec.air, tau_, ltst_h))
    mean_pa = float(mean_pressure_pa(float(ls_rad[0]), site.elevation_m))
    absorbed = np.asarray(light.global_w_m2) * (1.0 - spec.ground.albedo)
    heat = SolHeat(
        absorbed[::GROUND_STRIDE], longwave[::GROUND_STRIDE], float(carbon_frost_k(mean_pa))
    )
    turning = np.unwrap(angle)
    declination = np.asarray(orbit.declination_rad)
    sun = tuple(
        value
        for series in (turning, declination, ls_rad)
        for value in (float(series[0]), float(series[-1] - series[0]) / MEAN_SOL_S)
    )
    return SolSeries(at_sol, ls_rad, ltst_h, tau_, light, longwave, heat, sun)  # type: ignore[arg-type]


@lru_cache(maxsize=2048)
def ground_run(spec: EnvironmentSpec, sol: int) -> GroundRun:
    """Return the ground of one sol, with the memory of all sols since the first."""
    return run_ground(spec.ground, spec.air, sol_series(spec, sol).heat, ground_start(spec, sol))


def ground_start(spec: EnvironmentSpec, sol: int) -> GroundState:
    """Return the ground at the midnight that begins a sol.

    The first sol starts as if it had been repeated for ever; so does every sol before it.
    """
    if sol <= FIRST_SOL:
        return settled_ground(spec.ground, spec.air, sol_series(spec, sol).heat)
    for early in range(FIRST_SOL, sol - 1, CHAIN_SOLS):
        ground_run(spec, early)
    return ground_run(spec, sol - 1).end


@lru_cache(maxsize=128)
def nature_table(spec: EnvironmentSpec, sol: int) -> NatureTable:
    """Return everything nature does in one sol; the same for the same spec and sol, always."""
    series = sol_series(spec, sol)
    ground = ground_run(spec, sol)
    steps = np.arange(STEPS + 1)
    walked = steps[::GROUND_STRIDE]
    pressure = pressure_series_pa(spec, sol, series)
    storm = storm_rise_tau(spec.dust, spec.seed, spec.site, series.at_sol)
    wind = wind_series(spec.wind, spec.seed, sol, (series.ls_rad, series.ltst_h), storm)
    columns = (
        series.tau,
        series.light.beam_w_m2,
        series.light.diffuse_w_m2,
        np.interp(steps, walked, ground.skin_k),
        np.interp(steps, walked, ground.air_k),
        series.longwave_w_m2,
        pressure,
        wind[0],
        wind[1],
        frost_point_k(pressure, spec.air.water_vmr_frac),
        settling_rate_1_s(spec.dust, series.tau, series.at_sol),
    )
    start_s = midnight_s(spec.site, sol)
    latitude = np.radians(spec.site.latitude_deg)
    return NatureTable(
        sol,
        start_s,
        midnight_s(spec.site, sol + 1),
        tuple(zip(*(np.asarray(column).tolist() for column in columns), strict=True)),
        series.sun,
        float(np.sin(latitude)),
        float(np.cos(latitude)),
        tuple(
            (whirl.tick, WHIRL_REACH * whirl.diameter_m / spec.vortex.drift_m_s[0], whirl)
            for whirl in passing_whirls(spec, sol)
        ),
    )


def pressure_series_pa(spec: EnvironmentSpec, sol: int, series: SolSeries) -> Series:
    """Return the pressure over one sol without whirls: season, tide and weather [Pa]."""
    air = spec.air
    mean = mean_pressure_pa(series.ls_rad, spec.site.elevation_m)
    growth = half_day_growth(series.tau, air.tide_reference_tau)
    tide = tide_frac(series.ltst_h, air.tide_day_frac, growth)
    nodes = [
        autoregressive(spec.seed, rng.Stream.PRESSURE, sol + step, air.weather_sols)
        for step in range(2)
    ]
    weather = air.weather_pa * np.interp(series.at_sol, [sol, sol + 1], nodes)
    return np.asarray(mean * (1.0 + tide) + weather)


def passing_whirls(spec: EnvironmentSpec, sol: int) -> tuple[Vortex, ...]:
    """Return the whirls that pass over the station in a sol."""
    return passes_of_sol(spec.vortex, spec.seed, spec.site, sol, 0.0)


def cleanings(spec: EnvironmentSpec, sol: int) -> tuple[tuple[int, float], ...]:
    """Return (tick, relative gain of array transmission) of a sol, in order of time."""
    gusts = cleaning_gusts(spec.dust, spec.seed, spec.site, sol)
    return tuple(sorted(gusts + wipes(spec.vortex, spec.seed, passing_whirls(spec, sol))))


def surroundings_at(table: NatureTable, tick: int) -> Surroundings:
    """Return what the site feels at a tick of the table's sol.

    Raises
    ------
    ValueError
        If the tick belongs to another sol.
    """
    after_s = tick - table.start_s
    place = after_s * STEPS / MEAN_SOL_S
    index = int(place)
    if not (after_s >= 0.0 and tick < table.end_s and index < STEPS):
        raise ValueError(f"tick {tick} is not in sol {table.sol}")
    share = place - index
    optical, beam, diffuse, ground, air, longwave, pressure, wind, origin, frost, dust = [
        low + (high - low) * share
        for low, high in zip(table.rows[index], table.rows[index + 1], strict=True)
    ]
    angle, turn, declination, decline, ls, season = table.sun
    angle += turn * after_s
    declination += decline * after_s
    sin_d, cos_d, cos_h = sin(declination), cos(declination), cos(angle)
    up = sin_d * table.sin_latitude + cos_d * table.cos_latitude * cos_h
    north = sin_d * table.cos_latitude - cos_d * table.sin_latitude * cos_h
    if up <= 0.0:
        beam = 0.0
    for near, reach, whirl in table.whirls:
        if abs(tick - near) < reach:
            pressure -= pressure_dip_pa(whirl, tick)
    return Surroundings(
        tick,
        table.sol,
        after_s * 24.0 / MEAN_SOL_S,
        (12.0 + angle * 12.0 / pi) % 24.0,
        (ls + season * after_s) % tau,
        asin(max(-1.0, min(1.0, up))),
        atan2(-cos_d * sin(angle), north) % tau,
        optical,
        beam,
        diffuse,
        diffuse + beam * max(0.0, up),
        ground,
        air,
        longwave,
        pressure,
        wind,
        origin % tau,
        frost,
        dust,
    )
