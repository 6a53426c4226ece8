"""Dust in the air and on the panels: season, day-to-day noise, storms, settling and cleaning."""

from dataclasses import dataclass, replace
from functools import lru_cache
from math import exp, floor, sqrt
from typing import TypeAlias

import numpy as np

from game import rng
from game.environment.clock import SiteSpec, midnight_s, tick_at, tt_day
from game.environment.limits import check_finite, check_record, check_tau
from game.environment.marstime import MEAN_SOL_S, mars_orbit
from game.environment.storms import (
    ForecastSkillSpec,
    StormClimateSpec,
    StormForecast,
    StormSpec,
    is_storm_over,
    seeded_storms,
    storm_forecast,
    storm_tau,
)
from game.units import SOL_H, SOL_S, TURN_DEG, Numeric

Sun: TypeAlias = tuple[Numeric, Numeric]

NEGLIGIBLE_TAU = 1e-3  # a storm that adds less is over
STORM_MEMORY_SOLS = 450  # the longest global storm is below NEGLIGIBLE_TAU by then
BLOCK_SOLS = 64  # seeded storms are drawn and kept in blocks
NOISE_MEMORY = 5  # e-folding times after which a disturbance is forgotten


@dataclass(frozen=True, slots=True)
class CleaningSpec:
    """How often wind wipes the panels.

    Attributes
    ----------
    chance_1_sol : Cleaning gusts a sol. [1/sol]
    gain_frac : Smallest and largest gain of transmission, relative to before. [-]
    hours : Earliest and latest local mean time. [Mars hour]
    """

    chance_1_sol: float
    gain_frac: tuple[float, float]
    hours: tuple[float, float]

    def __post_init__(self) -> None:
        check_record(self)
        if not 0.0 <= self.chance_1_sol <= 1.0:
            raise ValueError(f"chance_1_sol must be from 0 to 1, not {self.chance_1_sol}")


@dataclass(frozen=True, slots=True)
class DustSpec:
    """Everything about dust at one place.

    Attributes
    ----------
    season_ls_deg, season_tau : Corners of the undisturbed optical depth over the year. [deg, -]
    noise_tau : Standard deviation of the sol-to-sol noise. [-]
    noise_sols : Its e-folding time. [sol]
    haze_tau : Amplitude of the daily water-ice haze. [-]
    haze_peak_h : Local true time of most haze. [Mars hour]
    least_tau, most_tau : Limits of the sum, the least one first. [-]
    settling_1_sol : Transmission lost per sol and unit of tau on a bare panel. [1/sol]
    coating_frac : Share of it on a coated panel. [-]
    coating_sols : Sols for which the coating works. [sol]
    storm_scale : Factor on the chance of every seeded storm. [-]
    storm_sigmas : A measurement so many standard deviations of the noise off the usual is taken
        for a storm. [-]
    climate : Seeded storms by kind.
    cleaning : Gusts that wipe the panels.
    skill : Of the storm forecast.
    storms : Authored storms.
    """

    season_ls_deg: tuple[float, ...]
    season_tau: tuple[float, ...]
    noise_tau: float
    noise_sols: float
    haze_tau: float
    haze_peak_h: float
    least_tau: float
    most_tau: float
    settling_1_sol: float
    coating_frac: float
    coating_sols: float
    storm_scale: float
    storm_sigmas: float
    climate: tuple[StormClimateSpec, ...]
    cleaning: CleaningSpec
    skill: ForecastSkillSpec
    storms: tuple[StormSpec, ...] = ()

    def __post_init__(self) -> None:
        check_record(self)
        if len(self.season_ls_deg) != len(self.season_tau) or not self.season_tau:
            raise ValueError("season_ls_deg and season_tau need the same number of entries")
        if min(self.season_tau) < 0.0 or self.least_tau < 0.0:
            raise ValueError("an optical depth must be zero or more")
        if self.least_tau > self.most_tau:
            raise ValueError(
                f"least_tau must be at most most_tau, not {self.least_tau:g} with {self.most_tau:g}"
            )
        if self.noise_sols <= 0.0:
            raise ValueError("noise_sols must be positive")


def constant_dust(dust: DustSpec, tau: float) -> DustSpec:
    """Return dust that stays at one optical depth: no season, noise, haze or storm."""
    check_tau(tau)
    return replace(
        dust,
        season_tau=(tau,) * len(dust.season_ls_deg),
        noise_tau=0.0,
        haze_tau=0.0,
        least_tau=0.0,
        most_tau=max(tau, dust.most_tau),
        storm_scale=0.0,
        storms=(),
    )


def season_tau(dust: DustSpec, ls_rad: Numeric) -> Numeric:
    """Return the undisturbed optical depth of a season, straight lines between corners [-].

    References
    ----------
    .. [1] The cameras on Mars that are named with the corners, `[dust]` of `data/mars.toml`.
    """
    check_finite("season", ls_rad)
    return np.interp(np.degrees(ls_rad), dust.season_ls_deg, dust.season_tau, period=TURN_DEG)


@lru_cache(maxsize=4096)
def _shock(seed: int, stream: rng.Stream, step: int) -> float:
    return rng.normal(seed, stream, step)


def autoregressive(seed: int, stream: rng.Stream, step: int, memory: float) -> float:
    """Return unit-variance noise with an e-folding time of `memory` steps at one step [-].

    A finite sum of past shocks, so that any step can be asked for without those before it.

    References
    ----------
    .. [1] D. S. Wilks, "Statistical Methods in the Atmospheric Sciences", 3rd ed., 2011, ch. 9.3.
    """
    keep = exp(-1.0 / memory)
    total, weight = 0.0, 1.0
    for back in range(max(1, round(NOISE_MEMORY * memory))):
        total += weight * _shock(seed, stream, step - back)
        weight *= keep
    return total * sqrt(1.0 - keep * keep)


def storms_near(dust: DustSpec, seed: int, site: SiteSpec, sol: int) -> tuple[StormSpec, ...]:
    """Return every storm, authored or seeded, that may dust this sol.

    Seeded storms begin after touchdown: what came before is in the measured season.
    """
    last = sol // BLOCK_SOLS
    first = max(0, last - STORM_MEMORY_SOLS // BLOCK_SOLS)
    blocks = range(first, last + 1) if dust.storm_scale else range(0)
    seeded = tuple(storm for block in blocks for storm in _seeded(dust, seed, site, block))
    return tuple(
        storm
        for storm in dust.storms + seeded
        if storm.start_sol < sol + 2 and not is_storm_over(storm, sol, NEGLIGIBLE_TAU)
    )


@lru_cache(maxsize=256)
def _seeded(dust: DustSpec, seed: int, site: SiteSpec, block: int) -> tuple[StormSpec, ...]:
    """Return the seeded storms that begin in one block of sols."""
    first_sol = block * BLOCK_SOLS
    ticks = midnight_s(site, first_sol) + np.arange(float(BLOCK_SOLS)) * MEAN_SOL_S
    ls_deg = np.degrees(mars_orbit(tt_day(site, ticks)).ls_rad)
    return tuple(
        storm
        for number, kind in enumerate(dust.climate)
        for storm in seeded_storms(kind, dust.storm_scale, seed, (first_sol, number), ls_deg)
        if storm.start_sol >= 1.0
    )


def storm_rise_tau(storms: tuple[StormSpec, ...], at_sol: Numeric) -> Numeric:
    """Return what storms together add to the optical depth at a running sol or many [-].

    Optical depths add, by definition.
    """
    total: Numeric = np.zeros_like(at_sol)[()]
    for storm in storms:
        total = total + storm_tau(storm, at_sol)
    return total


def usual_depth(dust: DustSpec, sun: Sun) -> Numeric:
    """Return the optical depth of a season [rad] and an hour [Mars hour], without weather [-].

    References
    ----------
    .. [1] M. T. Lemmon et al., "Dust aerosol, clouds, and the atmospheric optical depth record over
       5 Mars years of the Mars Exploration Rover mission", Icarus 251, 2015 (ice of the morning).
    """
    ls_rad, ltst_h = sun
    check_finite("local time", ltst_h)
    haze = dust.haze_tau * np.cos(2 * np.pi * (ltst_h - dust.haze_peak_h) / SOL_H)
    return season_tau(dust, ls_rad) + haze


def optical_depth(
    dust: DustSpec, seed: int, storms: tuple[StormSpec, ...], at_sol: Numeric, sun: Sun
) -> Numeric:
    """Return the optical depth of dust and haze.

    Parameters
    ----------
    dust : DustSpec
        Season, noise and haze.
    seed : int
        Chooses the noise.
    storms : tuple of StormSpec
        Those of `storms_near`.
    at_sol : float or ndarray
        Running sol, within one sol. [sol]
    sun : pair of float or ndarray
        Season [rad] and local true solar time [Mars hour].

    Notes
    -----
    Depths add, by definition; noise is joined by straight lines from midnight to midnight.
    """
    check_finite("sol", at_sol)
    first = floor(float(np.min(at_sol)))
    low, high = (
        autoregressive(seed, rng.Stream.DUST, first + step, dust.noise_sols) for step in range(2)
    )
    noise = dust.noise_tau * (low + (high - low) * (at_sol - first))
    total = usual_depth(dust, sun) + noise + storm_rise_tau(storms, at_sol)
    return np.clip(total, dust.least_tau, dust.most_tau)


def settling_rate_1_s(dust: DustSpec, tau: Numeric, at_sol: Numeric) -> Numeric:
    """Return the relative loss of array transmission by falling dust [1/s].

    References
    ----------
    .. [1] R. D. Lorenz et al., "Scientific observations with the InSight solar arrays: dust,
       clouds, and eclipses on Mars", Planet. Space Sci. 207, 2021, 105337 (0.2 % a sol is typical).
    .. [2] K. M. Kinch et al., "Dust deposition on the Mars Exploration Rover panoramic camera
       calibration targets", J. Geophys. Res. 112, 2007, E06S03 (proportional to tau).
    """
    check_tau(tau)
    check_finite("sol", at_sol)
    share = np.where(at_sol <= dust.coating_sols, dust.coating_frac, 1.0)
    return dust.settling_1_sol * tau * share / SOL_S


def cleaning_gusts(
    dust: DustSpec, seed: int, site: SiteSpec, sol: int
) -> tuple[tuple[int, float], ...]:
    """Return (tick, relative gain of transmission) of the gusts that wipe the panels.

    References
    ----------
    .. [1] Y. Wang et al., "Dust storm and dust devil activity at the Tianwen-1 landing area",
       Remote Sensing 13, 2021, 2601 (how often).
    .. [2] R. D. Lorenz et al. (2021), Planet. Space Sci. 207, 105337 (gains).
    """
    cleaning = dust.cleaning
    draws = [rng.uniform(seed, rng.Stream.CLEANING, sol, index) for index in range(3)]
    if draws[0] >= cleaning.chance_1_sol:
        return ()
    early, late = cleaning.hours
    gain = cleaning.gain_frac[0] + (cleaning.gain_frac[1] - cleaning.gain_frac[0]) * draws[2]
    return ((tick_at(site, sol, early + (late - early) * draws[1]), gain),)


def forecast_of(
    dust: DustSpec, seed: int, site: SiteSpec, made_sol: int, for_sol: int
) -> StormForecast:
    """Return the storm forecast made on one sol about a later one, with its stated chance."""
    storms = storms_near(dust, seed, site, for_sol)
    added = float(storm_rise_tau(storms, for_sol + 1 / 2))
    is_stormy = added >= dust.skill.storm_tau
    return storm_forecast(dust.skill, seed, made_sol, for_sol, is_stormy=is_stormy)
