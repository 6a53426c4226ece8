"""Pressure at the ground: its year by season and height, and the daily tide of the thin air."""

from dataclasses import dataclass

import numpy as np

from game.environment.limits import (
    check_elevation_m,
    check_finite,
    check_latitude_rad,
    check_tau,
)
from game.environment.tables import planet
from game.units import HALF_TURN_DEG, PERCENT, SOL_H, TURN_DEG, Numeric


@dataclass(frozen=True, slots=True)
class PressureSpec:
    """The year of the mean pressure, as fitted.

    Attributes
    ----------
    mean_pa, reference_m : Mean of the year at this elevation. [Pa, m]
    scale_height_m : Rise over which pressure falls to 1/e. [m]
    season_sine, season_cosine : Share of the mean that goes with 1, 2, ... seasons. [-]
    """

    mean_pa: float
    reference_m: float
    scale_height_m: float
    season_sine: tuple[float, ...]
    season_cosine: tuple[float, ...]

    def __post_init__(self) -> None:
        if len(self.season_sine) != len(self.season_cosine):
            raise ValueError("season_sine and season_cosine need the same number of entries")
        if min(self.mean_pa, self.scale_height_m) <= 0.0:
            raise ValueError("mean_pa and scale_height_m must be positive")


@dataclass(frozen=True, slots=True)
class TideSpec:
    """The daily tide, as fitted: percent of the mean, by 1, 2, ... times the true solar hour.

    Attributes
    ----------
    latitude_deg : Where it was measured. [deg]
    cosine_percent, sine_percent : The tide of every season: once, twice, three times a sol. [%]
    steady_cosine_percent, steady_sine_percent : What northern spring adds. [%]
    drift_cosine_percent, drift_sine_percent : How that changes with the season. [%/step]
    middle_deg, step_deg : Season from which, and steps in which, the change is counted. [deg]
    most_steps : It is held beyond so many steps. [-]
    known_deg, forgotten_deg : It is trusted so far from the middle, and faded out there. [deg]
    dust_gain : Growth of the twice-a-sol tide with the optical depth. [-]
    """

    latitude_deg: float
    cosine_percent: tuple[float, float, float]
    sine_percent: tuple[float, float, float]
    steady_cosine_percent: tuple[float, ...]
    steady_sine_percent: tuple[float, ...]
    drift_cosine_percent: tuple[float, ...]
    drift_sine_percent: tuple[float, ...]
    middle_deg: float
    step_deg: float
    most_steps: float
    known_deg: float
    forgotten_deg: float
    dust_gain: float

    def __post_init__(self) -> None:
        steady = len(self.steady_cosine_percent), len(self.steady_sine_percent)
        if {*steady, len(self.drift_cosine_percent), len(self.drift_sine_percent)} != {steady[0]}:
            raise ValueError("steady and drift parts need the same number of entries")
        if not 0.0 <= self.known_deg < self.forgotten_deg or self.step_deg <= 0.0:
            raise ValueError("forgotten_deg must be beyond known_deg, step_deg positive")


_YEAR = planet("pressure", PressureSpec)
_SEASONS = tuple(zip(_YEAR.season_sine, _YEAR.season_cosine, strict=True))
_TIDE = planet("tide", TideSpec)
_INSIGHT_COS = np.cos(np.radians(_TIDE.latitude_deg))
_WAVES = tuple(zip(_TIDE.cosine_percent, _TIDE.sine_percent, strict=True))
_STEADY = tuple(zip(_TIDE.steady_cosine_percent, _TIDE.steady_sine_percent, strict=True))
_DRIFT = tuple(zip(_TIDE.drift_cosine_percent, _TIDE.drift_sine_percent, strict=True))
_DETAILS = tuple(zip(_STEADY, _DRIFT, strict=True))


def mean_pressure_pa(ls_rad: Numeric, elevation_m: Numeric) -> Numeric:
    """Return the sol's mean surface pressure by season and elevation [Pa].

    Notes
    -----
    Against 670 sols of InSight: mean -0.6 %, scatter 2.0 %.

    References
    ----------
    .. [1] P. Withers, "Empirical estimates of Martian surface pressure in support of the landing
       of Mars Science Laboratory", Space Sci. Rev. 170, 2012, 837.
    """
    check_finite("season", ls_rad)
    check_elevation_m(elevation_m)
    season: Numeric = 1.0
    for number, (sine, cosine) in enumerate(_SEASONS, 1):
        season = season + sine * np.sin(number * ls_rad) + cosine * np.cos(number * ls_rad)
    height = (elevation_m - _YEAR.reference_m) / _YEAR.scale_height_m
    return _YEAR.mean_pa * np.exp(-height) * season


def tide_frac(ltst_h: Numeric, day_frac: Numeric = 1.0, half_day_frac: Numeric = 1.0) -> Numeric:
    """Return the thermal tide as a share of the mean pressure [-].

    Parameters
    ----------
    ltst_h : float or ndarray
        Local true solar time. [Mars hour]
    day_frac, half_day_frac : float or ndarray
        Factors on the once- and twice-a-sol parts; 1 is the fit itself. [-]

    References
    ----------
    .. [1] R. W. Zurek, C. B. Leovy, "Thermal tides in the dusty Martian atmosphere: a
       verification of theory", Science 213, 1981, 437 (why the twice-a-sol tide grows with dust).
    """
    check_finite("local time", ltst_h)
    check_finite("a factor of the tide", day_frac + half_day_frac)
    hour = 2 * np.pi * ltst_h / SOL_H
    total: Numeric = 0.0
    for number, (cosine, sine) in enumerate(_WAVES, 1):
        scale = (day_frac, half_day_frac, 1.0)[min(number, 3) - 1]
        angle = number * hour
        total = total + scale * (cosine * np.cos(angle) + sine * np.sin(angle)) / PERCENT
    return total


def tide_day_growth(latitude_rad: Numeric, power: float) -> Numeric:
    """Return the factor on the once-a-sol tide for the latitude, 1 at InSight [-].

    References
    ----------
    .. [1] S. Chapman, R. S. Lindzen, "Atmospheric Tides", Reidel, 1970, section 2 (the pressure
       tides of Earth fall with the third power of the cosine).
    """
    check_latitude_rad(latitude_rad)
    height = np.maximum(np.cos(latitude_rad), 0.0) / _INSIGHT_COS
    return height**power  # type: ignore[no-any-return]


def tide_detail_frac(ltst_h: Numeric, ls_rad: Numeric) -> Numeric:
    """Return the finer course of the tide in northern spring, to add to `tide_frac` [-].

    Parameters
    ----------
    ltst_h : float or ndarray
        Local true solar time. [Mars hour]
    ls_rad : float or ndarray
        Season; zero beyond 60 deg from Ls 70. [rad]

    Notes
    -----
    With it the tide follows InSight's two-hour means of Ls 40-100 within their scatter in the root
    mean square (0.99 of it): 22 of the 36 are met within it, 14 are not, the worst by 1.9 times.

    References
    ----------
    .. [1] The record: D. Banfield et al., "The atmosphere of Mars as observed by InSight", Nature
       Geoscience 13, 2020, 190. The fit is ours; `python -m game verify` shows what it leaves.
    """
    check_finite("local time", ltst_h)
    check_finite("season", ls_rad)
    turn_deg = np.degrees(ls_rad) - _TIDE.middle_deg + HALF_TURN_DEG
    from_middle_deg = turn_deg % TURN_DEG - HALF_TURN_DEG
    span_deg = _TIDE.forgotten_deg - _TIDE.known_deg
    weight = np.clip((_TIDE.forgotten_deg - np.abs(from_middle_deg)) / span_deg, 0.0, 1.0)
    drift = np.clip(from_middle_deg / _TIDE.step_deg, -_TIDE.most_steps, _TIDE.most_steps)
    hour = 2 * np.pi * ltst_h / SOL_H
    total: Numeric = 0.0
    for number, (steady, change) in enumerate(_DETAILS, start=1):
        total = total + (steady[0] + drift * change[0]) * np.cos(number * hour)
        total = total + (steady[1] + drift * change[1]) * np.sin(number * hour)
    return weight * total / PERCENT


def half_day_growth(tau: Numeric, reference_tau: float) -> Numeric:
    """Return the factor on the twice-a-sol tide for the dust load [-].

    References
    ----------
    .. [1] Zurek & Leovy (1981): amplitude about proportional to 1 + 1.5 tau at Viking 1.
    """
    check_tau(tau)
    check_tau(reference_tau)
    return (1.0 + _TIDE.dust_gain * tau) / (1.0 + _TIDE.dust_gain * reference_tau)
