"""Dust storms: how one grows and clears, which ones a seed brings, and what a forecast knows."""

from dataclasses import dataclass
from enum import StrEnum
from math import floor

import numpy as np
from numpy.typing import NDArray

from game import rng
from game.environment.limits import check_finite, check_record
from game.units import TURN_DEG, Numeric

Seasons = NDArray[np.float64]
STORM_DRAWS = 6  # onset, its hour, and the four numbers of its shape


class StormKind(StrEnum):
    """How far a storm reaches."""

    LOCAL = "local"
    REGIONAL = "regional"
    GLOBAL = "global"


@dataclass(frozen=True, slots=True)
class StormSpec:
    """One storm over the site.

    Attributes
    ----------
    kind : How far it reaches.
    start_sol : Onset; 12.5 is sol 12 at noon. [sol]
    rise_tau : What it adds to the optical depth at most. [-]
    rise_sols : Time scale of the onset. [sol]
    peak_sols : Sols after onset at which clearing begins. [sol]
    decay_sols : E-folding time of the clearing. [sol]
    """

    kind: StormKind
    start_sol: float
    rise_tau: float
    rise_sols: float
    peak_sols: float
    decay_sols: float

    def __post_init__(self) -> None:
        check_record(self)
        if self.rise_tau < 0.0:
            raise ValueError("rise_tau must be zero or more")
        if self.rise_sols <= 0.0 or self.decay_sols <= 0.0 or self.peak_sols < 0.0:
            raise ValueError("rise_sols and decay_sols must be positive, peak_sols not negative")


@dataclass(frozen=True, slots=True)
class StormClimateSpec:
    """How often one kind of storm comes, and how it is.

    Attributes
    ----------
    kind : How far it reaches.
    ls_deg : First and last season of its onset; may run over 360. [deg]
    chance_1_sol : Onsets a sol within that season. [1/sol]
    rise_tau, rise_sols, peak_sols, decay_sols : Smallest and largest value of each; see StormSpec.
    """

    kind: StormKind
    ls_deg: tuple[float, float]
    chance_1_sol: float
    rise_tau: tuple[float, float]
    rise_sols: tuple[float, float]
    peak_sols: tuple[float, float]
    decay_sols: tuple[float, float]

    def __post_init__(self) -> None:
        check_record(self)
        if not 0.0 <= self.chance_1_sol <= 1.0:
            raise ValueError(f"chance_1_sol must be from 0 to 1, not {self.chance_1_sol}")


def storm_tau(storm: StormSpec, at_sol: Numeric) -> Numeric:
    """Return what a storm adds to the optical depth at a running sol [-].

    References
    ----------
    .. [1] Shape chosen to fit the onset and clearing times in: L. Montabone et al., "Eight-year
       climatology of dust optical depth on Mars", Icarus 251, 2015; M. T. Lemmon et al., "Dust
       aerosol, clouds, and the atmospheric optical depth record over 5 Mars years of the Mars
       Exploration Rover mission", Icarus 251, 2015.
    """
    check_finite("sol", at_sol)
    age = np.maximum(0.0, at_sol - storm.start_sol)
    grown = 1.0 - np.exp(-((age / storm.rise_sols) ** 2))
    left = np.exp(-np.maximum(0.0, age - storm.peak_sols) / storm.decay_sols)
    return storm.rise_tau * grown * left


def seeded_storms(
    climate: StormClimateSpec, scale: float, seed: int, name: tuple[int, int], ls_deg: Seasons
) -> tuple[StormSpec, ...]:
    """Return the storms of one kind that begin in a block of sols.

    Parameters
    ----------
    climate : StormClimateSpec
        How often, and how they are.
    scale : float
        Factor on the chance. [-]
    seed : int
        Chooses them.
    name : (int, int)
        First sol of the block, and the number of the kind.
    ls_deg : ndarray
        Season of each sol of the block, shape (n,). [deg]

    References
    ----------
    .. [1] Y. Wang et al. (2021), Remote Sensing 13, 2601; L. Montabone et al. (2015), Icarus 251:
       the numbers, `[[dust.climate]]` of `data/mars.toml`. Even spread between is our choice.
    """
    first_sol, number = name
    draws = rng.generator(seed, rng.Stream.STORM, first_sol, number).random(
        (ls_deg.size, STORM_DRAWS)
    )
    span_deg = (climate.ls_deg[1] - climate.ls_deg[0]) % TURN_DEG or TURN_DEG
    in_season = (ls_deg - climate.ls_deg[0]) % TURN_DEG <= span_deg
    begins = np.flatnonzero(in_season & (draws[:, 0] < climate.chance_1_sol * scale))
    return tuple(
        StormSpec(
            climate.kind,
            first_sol + index + float(draws[index, 1]),
            _between(climate.rise_tau, float(draws[index, 2])),
            _between(climate.rise_sols, float(draws[index, 3])),
            _between(climate.peak_sols, float(draws[index, 4])),
            _between(climate.decay_sols, float(draws[index, 5])),
        )
        for index in begins.tolist()
    )


def _between(span: tuple[float, float], share: float) -> float:
    return span[0] + (span[1] - span[0]) * share


def is_storm_over(storm: StormSpec, at_sol: float, least_tau: float) -> bool:
    """Tell whether a storm is over: less than `least_tau` for good, by definition."""
    clearing = at_sol - storm.start_sol - storm.peak_sols
    return clearing > 0.0 and storm.rise_tau * float(np.exp(-clearing / storm.decay_sols)) < (
        least_tau
    )


@dataclass(frozen=True, slots=True)
class ForecastSkillSpec:
    """How good the storm forecast is, by how many sols ahead it looks.

    Attributes
    ----------
    hit_frac : Part of real storm sols that were warned of, one entry a sol of lead. [-]
    false_frac : Part of calm sols that were warned of, one entry a sol of lead. [-]
    storm_tau : A sol counts as stormy if storms add at least this at noon. [-]
    base_frac : Part of sols that are stormy in the long run, for the stated chance. [-]
    """

    hit_frac: tuple[float, ...]
    false_frac: tuple[float, ...]
    storm_tau: float
    base_frac: float

    def __post_init__(self) -> None:
        check_record(self)
        if len(self.hit_frac) != len(self.false_frac) or not self.hit_frac:
            raise ValueError("hit_frac and false_frac need one entry each for every sol of lead")
        if not all(0.0 <= share <= 1.0 for share in self.hit_frac + self.false_frac):
            raise ValueError("hit_frac and false_frac must lie from 0 to 1")


@dataclass(frozen=True, slots=True)
class StormForecast:
    """What the weather office says about one coming sol.

    Attributes
    ----------
    made_sol, for_sol : When it was said, and about which sol.
    is_warned : Whether it warns of a storm.
    chance_frac : The stated chance of a storm, given the warning or its absence. [-]
    """

    made_sol: int
    for_sol: int
    is_warned: bool
    chance_frac: float


def storm_forecast(
    skill: ForecastSkillSpec, seed: int, made_sol: int, for_sol: int, *, is_stormy: bool
) -> StormForecast:
    """Return a forecast of stated skill for a sol whose truth is known to nature.

    Parameters
    ----------
    skill : ForecastSkillSpec
        Hits and false alarms by lead.
    seed, made_sol, for_sol : int
        The same forecast always says the same; beyond the last lead it says the last entry.
    is_stormy : bool
        What will really happen.

    References
    ----------
    .. [1] D. S. Wilks, "Statistical Methods in the Atmospheric Sciences", 3rd ed., 2011, ch. 8
       (hit rate and false-alarm rate; the stated chance is Bayes' rule).
    """
    lead = min(max(0, for_sol - made_sol), len(skill.hit_frac) - 1)
    hit, false = skill.hit_frac[lead], skill.false_frac[lead]
    draw = rng.uniform(seed, rng.Stream.FORECAST, floor(for_sol), lead)
    is_warned = draw < (hit if is_stormy else false)
    storm, calm = (hit, false) if is_warned else (1.0 - hit, 1.0 - false)
    weight = skill.base_frac * storm
    total = weight + (1.0 - skill.base_frac) * calm
    return StormForecast(made_sol, for_sol, is_warned, weight / total if total else 0.0)
