"""One sol as arrays: Sun, dust, light and the ground that remembers the sols before."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from game.environment.atmosphere import carbon_frost_k, downward_longwave_w_m2, mean_pressure_pa
from game.environment.clock import midnight_s, tt_day
from game.environment.dust import optical_depth, storm_rise_tau, storms_near
from game.environment.ground import (
    GroundRun,
    GroundState,
    Series,
    SolHeat,
    run_ground,
    settled_ground,
)
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.sky import Irradiance, irradiance
from game.environment.spec import EnvironmentSpec
from game.environment.sun import top_irradiance_w_m2

STEPS = 480  # rows a sol: one every three Mars minutes
GROUND_STRIDE = 2  # the ground walks every second row
CHAIN_SOLS = 40  # the ground's memory is built in stretches of so many sols
FIRST_SOL = 1  # earlier sols start from their own settled ground


@dataclass(frozen=True, slots=True, eq=False)
class SolSeries:
    """What the ground needs of one sol, and what needs no ground. Arrays of STEPS + 1 values."""

    at_sol: Series
    ls_rad: Series
    ltst_h: Series
    tau: Series
    storm_tau: Series
    light: Irradiance
    longwave_w_m2: Series
    heat: SolHeat
    sun: tuple[float, ...]


@lru_cache(maxsize=128)
def sol_series(spec: EnvironmentSpec, sol: int) -> SolSeries:
    """Return Sun, dust and light of one sol.

    Orbit and equation of time are computed at three moments and joined by parabolas, which is
    right to 1e-8.
    """
    site = spec.site
    share = np.arange(STEPS + 1) / STEPS
    start_s = midnight_s(site, sol)
    corners = tt_day(site, start_s + np.array([0.0, 1 / 2, 1.0]) * MEAN_SOL_S)
    orbit = mars_orbit(corners)
    angle = _parabola(np.asarray(orbit.eot_rad), share) + 2 * np.pi * (share - 1 / 2)
    declination = _parabola(np.asarray(orbit.declination_rad), share)
    ls_rad = _parabola(np.unwrap(orbit.ls_rad), share)
    latitude = np.radians(site.latitude_deg)
    elevation = np.arcsin(
        np.sin(declination) * np.sin(latitude)
        + np.cos(declination) * np.cos(latitude) * np.cos(angle)
    )
    ltst_h = (12.0 + angle * 12.0 / np.pi) % 24.0
    storms = storms_near(spec.dust, spec.seed, site, sol)
    tau_ = np.asarray(optical_depth(spec.dust, spec.seed, storms, sol + share, (ls_rad, ltst_h)))
    top = top_irradiance_w_m2(float(np.asarray(orbit.distance_au)[1]))
    light = irradiance(top, elevation, tau_, spec.ground.albedo)
    longwave = np.asarray(downward_longwave_w_m2(spec.air, tau_, ltst_h))
    absorbed = np.asarray(light.global_w_m2)[::GROUND_STRIDE] * (1.0 - spec.ground.albedo)
    frost = float(carbon_frost_k(mean_pressure_pa(float(ls_rad[0]), site.elevation_m)))
    heat = SolHeat(absorbed, longwave[::GROUND_STRIDE], frost)
    storm = np.asarray(storm_rise_tau(storms, sol + share))
    sun = tuple(
        value
        for series in (angle, declination, ls_rad)
        for value in (float(series[0]), float(series[-1] - series[0]) / MEAN_SOL_S)
    )
    return SolSeries(sol + share, ls_rad, ltst_h, tau_, storm, light, longwave, heat, sun)


def _parabola(corners: Series, share: Series) -> Series:
    """Return the parabola through values at the beginning, middle and end of a sol."""
    low, middle, high = (float(corner) for corner in corners)
    slope, bend = -3 * low + 4 * middle - high, 2 * low - 4 * middle + 2 * high
    return low + share * (slope + share * bend)


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
