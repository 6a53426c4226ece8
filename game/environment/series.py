"""One sol as arrays: Sun, dust, light and the ground that remembers the sols before."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import floor

import numpy as np

from game.environment.atmosphere import downward_longwave_w_m2
from game.environment.clock import midnight_s, tt_day
from game.environment.dust import (
    optical_depth,
    storm_rise_tau,
    storms_near,
)
from game.environment.expectation import expected_depth, expected_storm_tau
from game.environment.frost import carbon_frost_k
from game.environment.ground import (
    GroundRun,
    GroundState,
    Series,
    SolHeat,
    run_ground,
    settled_ground,
)
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.pressure import mean_pressure_pa
from game.environment.sky import Irradiance, irradiance
from game.environment.spec import EnvironmentSpec
from game.environment.sun import sol_sun, top_irradiance_w_m2
from game.units import NOON_H, SOL_H

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
    """Return Sun, dust and light of one sol."""
    site = spec.site
    share = np.arange(STEPS + 1) / STEPS
    sun = sol_sun(site, sol, share)
    angle, ls_rad = np.asarray(sun.angle_rad), np.asarray(sun.ls_rad)
    ltst_h = (NOON_H + angle * NOON_H / np.pi) % SOL_H
    tau, storm = _dust(spec, sol, sol + share, (ls_rad, ltst_h))
    noon = mars_orbit(tt_day(site, midnight_s(site, sol) + MEAN_SOL_S / 2))
    top = top_irradiance_w_m2(noon.distance_au)
    light = irradiance(top, np.arcsin(sun.up), tau, spec.ground.albedo)
    longwave = np.asarray(downward_longwave_w_m2(spec.air, tau, ltst_h))
    absorbed = np.asarray(light.global_w_m2)[::GROUND_STRIDE] * (1.0 - spec.ground.albedo)
    frost = float(carbon_frost_k(mean_pressure_pa(float(ls_rad[0]), site.elevation_m)))
    heat = SolHeat(absorbed, longwave[::GROUND_STRIDE], frost)
    line = tuple(
        value
        for series in (angle, np.asarray(sun.declination_rad), ls_rad)
        for value in (float(series[0]), float(series[-1] - series[0]) / MEAN_SOL_S)
    )
    return SolSeries(sol + share, ls_rad, ltst_h, tau, storm, light, longwave, heat, line)


def _dust(
    spec: EnvironmentSpec, sol: int, at_sol: Series, sun: tuple[Series, Series]
) -> tuple[Series, Series]:
    """Return the optical depth of one sol, and what of it is storm [-]."""
    made = spec.expected
    storms = storms_near(spec.dust, spec.seed, spec.site, sol)
    tau = np.asarray(optical_depth(spec.dust, spec.seed, storms, at_sol, sun))
    storm = np.asarray(storm_rise_tau(storms, at_sol))
    if made is None or at_sol[-1] <= made.made_sol:
        return tau, storm
    is_past = at_sol < made.made_sol
    later = np.asarray(expected_depth(spec.dust, made, at_sol, sun))
    left = np.asarray(expected_storm_tau(spec.dust, made, at_sol))
    return np.where(is_past, tau, later), np.where(is_past, storm, left)


@lru_cache(maxsize=2048)
def ground_run(spec: EnvironmentSpec, sol: int) -> GroundRun:
    """Return the ground of one sol, with the memory of all sols since the first."""
    return run_ground(spec.ground, spec.air, sol_series(spec, sol).heat, ground_start(spec, sol))


def ground_start(spec: EnvironmentSpec, sol: int) -> GroundState:
    """Return the ground at the midnight that begins a sol.

    The first sol starts as if it had been repeated for ever; so does every sol before it. What
    is only expected starts from the ground as it is.
    """
    first = FIRST_SOL
    if spec.expected is not None:
        first = max(first, floor(spec.expected.made_sol))
        if sol <= first:
            return ground_start(replace(spec, expected=None), sol)
    if sol <= FIRST_SOL:
        return settled_ground(spec.ground, spec.air, sol_series(spec, sol).heat)
    for early in range(first, sol - 1, CHAIN_SOLS):
        ground_run(spec, early)
    return ground_run(spec, sol - 1).end
