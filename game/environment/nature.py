"""Nature as a table: everything that depends only on time and dust, once per sol.

`nature_table` computes a sol with arrays and is remembered; `surroundings_at` joins its rows by
straight lines with plain numbers. The Sun itself is computed exactly at every tick.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import asin, atan2, cos, exp, floor, pi, radians, sin, tau

import numpy as np

from game import rng
from game.environment.clock import midnight_s, sol_of, sol_time_sol, tt_day
from game.environment.dust import (
    autoregressive,
    cleaning_gusts,
    forecast_of,
    settling_rate_1_s,
    usual_depth,
)
from game.environment.expectation import Expected
from game.environment.frost import frost_point_k
from game.environment.ground import Series
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.pressure import (
    half_day_growth,
    mean_pressure_pa,
    tide_day_growth,
    tide_detail_frac,
    tide_frac,
)
from game.environment.series import GROUND_STRIDE, STEPS, SolSeries, ground_run, sol_series
from game.environment.spec import EnvironmentSpec, environment_spec
from game.environment.storms import StormForecast
from game.environment.surroundings import Surroundings
from game.environment.vortices import (
    Vortex,
    devils_of_sol,
    passes_of_sol,
    pressure_dip_pa,
    wipes,
)
from game.environment.wind import mean_from_rad, steady_wind_m_s, wind_series
from game.units import NOON_H, SOL_H

__all__ = [
    "EnvironmentSpec",
    "NatureTable",
    "cleanings",
    "dust_devils",
    "environment_spec",
    "expected_environment",
    "nature_table",
    "passing_whirls",
    "storm_outlook",
    "surroundings_at",
]

SMOOTH_STRIDE = 4  # pressure is computed at every fourth row
FROST_STRIDE = 16  # the frost point follows the smooth pressure
WHIRL_REACH = 30.0  # a whirl is felt within so many of its crossing times


@dataclass(frozen=True, slots=True, eq=False)
class NatureTable:
    """One sol of nature.

    Attributes
    ----------
    sol, start_s, end_s : Which sol, and its exact midnights. [s since touchdown]
    rows : One list for each of the STEPS + 1 moments: tau, beam, diffuse, ground, air,
        longwave, pressure, wind, wind direction, frost point, dust rate. SI.
    sun : Hour angle at the first midnight, its growth per second, declination at the first
        midnight, its growth per second, season at the first midnight, its growth per second.
    sin_latitude, cos_latitude : Of the site. [-]
    whirls : Passing whirls with the time within which each is felt. [s]
    """

    sol: int
    start_s: float
    end_s: float
    rows: tuple[list[float], ...]
    sun: tuple[float, ...]
    sin_latitude: float
    cos_latitude: float
    whirls: tuple[tuple[int, float, Vortex], ...]


@lru_cache(maxsize=128)
def nature_table(spec: EnvironmentSpec, sol: int) -> NatureTable:
    """Return everything nature does in one sol; the same for the same spec and sol, always."""
    series = sol_series(spec, sol)
    ground = ground_run(spec, sol)
    steps = np.arange(STEPS + 1)
    walked = steps[::GROUND_STRIDE]
    pressure = pressure_series_pa(spec, sol, series)
    sun = (float(series.ls_rad[0]), series.ltst_h)
    if spec.expected is None:
        wind = wind_series(spec.wind, spec.seed, sol, sun, series.storm_tau)
    else:
        calm = steady_wind_m_s(spec.wind, series.ltst_h, series.storm_tau)
        wind = calm, mean_from_rad(spec.wind, sun)
    frost = frost_point_k(pressure[::FROST_STRIDE], spec.air.water_vmr_frac)
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
        np.interp(steps, steps[::FROST_STRIDE], frost),
        settling_rate_1_s(spec.dust, series.tau, series.at_sol),
    )
    start_s = midnight_s(spec.site, sol)
    latitude = np.radians(spec.site.latitude_deg)
    return NatureTable(
        sol,
        start_s,
        midnight_s(spec.site, sol + 1),
        tuple(np.stack(columns, axis=1).tolist()),
        series.sun,
        float(np.sin(latitude)),
        float(np.cos(latitude)),
        tuple(
            (whirl.tick, WHIRL_REACH * whirl.diameter_m / spec.vortex.drift_m_s[0], whirl)
            for whirl in passing_whirls(spec, sol)
        ),
    )


def pressure_series_pa(spec: EnvironmentSpec, sol: int, series: SolSeries) -> Series:
    """Return the pressure over one sol without whirls: season, tide and weather [Pa].

    Computed at every few rows; straight lines between them are right to 0.02 Pa.

    References
    ----------
    .. [1] `pressure.py` for the parts; weather as a first-order autoregressive series: D. S. Wilks,
       "Statistical Methods in the Atmospheric Sciences", 3rd ed., 2011, ch. 9.3.
    """
    air = spec.air
    ls_rad, ltst_h, tau_ = (
        values[::SMOOTH_STRIDE] for values in (series.ls_rad, series.ltst_h, series.tau)
    )
    mean = mean_pressure_pa(ls_rad, spec.site.elevation_m)
    daily = float(tide_day_growth(radians(spec.site.latitude_deg), air.tide_latitude_power))
    tide = tide_frac(ltst_h, daily, half_day_growth(tau_, air.tide_reference_tau))
    detail = tide_detail_frac(ltst_h, ls_rad) * daily
    low, high = _weather(spec, sol), _weather(spec, sol + 1)
    share = series.at_sol - sol
    smooth = np.interp(share, share[::SMOOTH_STRIDE], mean * (1.0 + tide + detail))
    return smooth + air.weather_pa * (low + (high - low) * share)


def _weather(spec: EnvironmentSpec, sol: int) -> float:
    """Return the weather of the air at a midnight, in its standard deviations [-]."""
    memory, made = spec.air.weather_sols, spec.expected
    if made is None or sol <= made.made_sol:
        return autoregressive(spec.seed, rng.Stream.PRESSURE, sol, memory)
    known = floor(made.made_sol)
    last = autoregressive(spec.seed, rng.Stream.PRESSURE, known, memory)
    return last * exp(-(sol - known) / memory)


def expected_environment(spec: EnvironmentSpec, tick: int, storm_sols: float) -> EnvironmentSpec:
    """Return nature as anyone may expect it: known until a moment, then the season's mean.

    Parameters
    ----------
    spec : EnvironmentSpec
        The truth, of which only the past is used: today's dust, and the warmth of the ground.
    tick : int
        Last moment that is known. [s of mission time]
    storm_sols : float
        E-folding time with which more dust than usual is expected to clear. [sol]
    """
    now = surroundings_at(nature_table(spec, sol_of(spec.site, tick)), tick)
    excess = now.tau - float(usual_depth(spec.dust, (now.ls_rad, now.ltst_h)))
    made = Expected(tick, float(sol_time_sol(spec.site, tick)), excess, storm_sols)
    return replace(spec, expected=made)


def passing_whirls(spec: EnvironmentSpec, sol: int) -> tuple[Vortex, ...]:
    """Return the whirls that pass over the station in a sol; nobody can expect them."""
    if spec.expected is not None:
        return ()
    return passes_of_sol(spec.vortex, spec.seed, spec.site, sol, _eot_h(spec, sol))


def dust_devils(spec: EnvironmentSpec, sol: int) -> tuple[Vortex, ...]:
    """Return the dust devils of a sol around the lander, with place, size and track."""
    return devils_of_sol(spec.vortex, spec.seed, spec.site, sol, _eot_h(spec, sol))


def storm_outlook(spec: EnvironmentSpec, made_sol: int, for_sol: int) -> StormForecast:
    """Return what the weather office says on one sol about another; see `StormForecast`."""
    return forecast_of(spec.dust, spec.seed, spec.site, made_sol, for_sol)


def _eot_h(spec: EnvironmentSpec, sol: int) -> float:
    """Return true minus mean solar time at the beginning of a sol [Mars hour]."""
    orbit = mars_orbit(tt_day(spec.site, midnight_s(spec.site, sol)))
    return float(orbit.eot_rad) * NOON_H / pi


def cleanings(spec: EnvironmentSpec, sol: int) -> tuple[tuple[int, float], ...]:
    """Return (tick, relative gain of array transmission) of a sol, in order of time."""
    if spec.expected is not None:
        return ()
    gusts = cleaning_gusts(spec.dust, spec.seed, spec.site, sol)
    return tuple(sorted(gusts + wipes(spec.vortex, spec.seed, passing_whirls(spec, sol))))


def surroundings_at(table: NatureTable, tick: int) -> Surroundings:
    """Return what the site feels at a tick of the table's sol.

    Straight lines between the rows; the Sun exactly, by geometry.

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
    (tau_0, beam_0, sky_0, soil_0, air_0, glow_0, press_0, wind_0, from_0, frost_0, dust_0) = (
        table.rows[index]
    )
    (tau_1, beam_1, sky_1, soil_1, air_1, glow_1, press_1, wind_1, from_1, frost_1, dust_1) = (
        table.rows[index + 1]
    )
    ltst_h, ls_rad, up, azimuth_rad = _sun(table, after_s)
    beam = beam_0 + (beam_1 - beam_0) * share if up > 0.0 else 0.0
    diffuse = sky_0 + (sky_1 - sky_0) * share
    return Surroundings(
        tick,
        table.sol,
        after_s * SOL_H / MEAN_SOL_S,
        ltst_h,
        ls_rad,
        asin(up),
        azimuth_rad,
        tau_0 + (tau_1 - tau_0) * share,
        beam,
        diffuse,
        diffuse + beam * up if up > 0.0 else diffuse,
        soil_0 + (soil_1 - soil_0) * share,
        air_0 + (air_1 - air_0) * share,
        glow_0 + (glow_1 - glow_0) * share,
        press_0 + (press_1 - press_0) * share - _whirl_dip_pa(table, tick),
        wind_0 + (wind_1 - wind_0) * share,
        (from_0 + (from_1 - from_0) * share) % tau,
        frost_0 + (frost_1 - frost_0) * share,
        dust_0 + (dust_1 - dust_0) * share,
    )


def _whirl_dip_pa(table: NatureTable, tick: int) -> float:
    """Return by how much the whirls near the station lower its pressure [Pa]."""
    dip = 0.0
    for near, reach, whirl in table.whirls:
        if abs(tick - near) < reach:
            dip += pressure_dip_pa(whirl, tick)
    return dip


def _sun(table: NatureTable, after_s: float) -> tuple[float, float, float, float]:
    """Return true solar time [Mars hour], season [rad], sine of elevation, azimuth [rad]."""
    angle, turn, declination, decline, ls_rad, season = table.sun
    angle += turn * after_s
    declination += decline * after_s
    sin_d, cos_d, cos_h = sin(declination), cos(declination), cos(angle)
    up = sin_d * table.sin_latitude + cos_d * table.cos_latitude * cos_h
    north = sin_d * table.cos_latitude - cos_d * table.sin_latitude * cos_h
    azimuth_rad = atan2(-cos_d * sin(angle), north) % tau
    ltst_h = (NOON_H + angle * NOON_H / pi) % SOL_H
    return ltst_h, (ls_rad + season * after_s) % tau, max(-1.0, min(1.0, up)), azimuth_rad
