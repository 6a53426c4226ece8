"""Wind at 1.5 m: its daily course, its turning, and its gusts."""

from dataclasses import dataclass
from functools import lru_cache
from math import gamma

import numpy as np
from numpy.typing import NDArray

from game import rng
from game.environment.limits import check_finite, check_record, check_tau
from game.units import NORMAL_BEND, NORMAL_SLOPE, SOL_H, TURN_DEG, Numeric

Series = NDArray[np.float64]
NOISE_MEMORY = 5  # e-folding times after which a gust is forgotten
WEIBULL_SHAPES = (1.5, 2.0, 2.5, 3.0, 3.5, 4.0)  # corners for means, joined by straight lines
_ROOTS = tuple(
    gamma(1.0 + 1 / 2 / shape) ** 2 / gamma(1.0 + 1.0 / shape) for shape in WEIBULL_SHAPES
)
_MEANS = tuple(
    gamma(1.0 + 1.0 / shape) for shape in WEIBULL_SHAPES
)  # of unit Weibull distributions


@dataclass(frozen=True, slots=True)
class WindSpec:
    """The wind of one place.

    Attributes
    ----------
    night_m_s, day_m_s : Mean speed at night, and what the day adds at its peak. [m/s]
    peak_h, width_h : Local true time and width of the day's wind. [Mars hour]
    from_ls_deg, from_deg : Mean direction it comes from, by season. [deg]
    swing_deg, swing_zero_h : Daily turning about it; zero and growing at this hour. [deg, hour]
    wander_deg : Standard deviation of random turning. [deg]
    day_shape, night_shape : Weibull shape of the speeds; smaller is gustier. [-]
    memory_steps : E-folding time of gusts, in steps of the nature table.
    gust_factor : Strongest seconds over the mean of a few minutes. [-]
    most_m_s : No wind is stronger. [m/s]
    storm_gain : A thick storm multiplies the wind by 1 + this. [-]
    """

    night_m_s: float
    day_m_s: float
    peak_h: float
    width_h: float
    from_ls_deg: tuple[float, ...]
    from_deg: tuple[float, ...]
    swing_deg: float
    swing_zero_h: float
    wander_deg: float
    day_shape: float
    night_shape: float
    memory_steps: float
    gust_factor: float
    most_m_s: float
    storm_gain: float

    def __post_init__(self) -> None:
        check_record(self)
        if len(self.from_ls_deg) != len(self.from_deg) or not self.from_deg:
            raise ValueError("from_ls_deg and from_deg need the same number of entries")
        if min(self.width_h, self.memory_steps, self.most_m_s) <= 0.0:
            raise ValueError("width_h, memory_steps and most_m_s must be positive")
        if not all(
            WEIBULL_SHAPES[0] <= k <= WEIBULL_SHAPES[-1] for k in (self.day_shape, self.night_shape)
        ):
            least, most = WEIBULL_SHAPES[0], WEIBULL_SHAPES[-1]
            raise ValueError(f"day_shape and night_shape must lie from {least:g} to {most:g}")


def day_share(wind: WindSpec, ltst_h: Numeric) -> Numeric:
    """Return how much of the day's wind blows at an hour, 0 to 1 [-].

    References
    ----------
    .. [1] S. L. Hess et al., "Meteorological results from the surface of Mars: Viking 1 and 2", J.
       Geophys. Res. 82, 1977, 4559; D. Banfield et al. (2020), Nature Geoscience 13, 190: the
       hourly means by which the shape was chosen.
    """
    check_finite("local time", ltst_h)
    return np.exp(-(((ltst_h - wind.peak_h) / wind.width_h) ** 2))


def mean_wind_m_s(wind: WindSpec, ltst_h: Numeric, storm_tau: Numeric = 0.0) -> Numeric:
    """Return the mean wind of an hour; storms strengthen it [m/s].

    References
    ----------
    .. [1] S. L. Hess et al., "Meteorological results from the surface of Mars: Viking 1 and 2", J.
       Geophys. Res. 82, 1977, 4559; D. Banfield et al. (2020), Nature Geoscience 13, 190: the
       hourly means by which the shape was chosen.
    .. [2] J. A. Ryan, R. M. Henry, "Mars atmospheric phenomena during major dust storms, as
       measured at surface", J. Geophys. Res. 84, 1979, 2821 (the storms).
    """
    check_tau(storm_tau)
    calm = wind.night_m_s + wind.day_m_s * day_share(wind, ltst_h)
    return calm * (1.0 + wind.storm_gain * (1.0 - np.exp(-storm_tau)))


def steady_wind_m_s(wind: WindSpec, ltst_h: Series, storm_tau: Numeric = 0.0) -> Series:
    """Return the steady wind that cools as the gusty one of an hour does on average [m/s].

    Notes
    -----
    Films of air follow the root of the wind, so the mean of the roots counts: for Weibull speeds
    of shape k it is by definition G(1 + 1/2k)^2 / G(1 + 1/k) of the mean, 0.93 at k = 2.
    """
    shape = wind.night_shape + (wind.day_shape - wind.night_shape) * day_share(wind, ltst_h)
    return np.asarray(mean_wind_m_s(wind, ltst_h, storm_tau)) * np.interp(
        shape, WEIBULL_SHAPES, _ROOTS
    )


def gust_m_s(wind: WindSpec, wind_m_s: Numeric) -> Numeric:
    """Return the strongest few seconds within minutes of a mean wind, by definition [m/s]."""
    check_finite("wind", wind_m_s)
    return np.minimum(wind.gust_factor * wind_m_s, wind.most_m_s)


def wind_series(
    wind: WindSpec, seed: int, sol: int, sun: tuple[float, Series], storm_tau: Numeric
) -> tuple[Series, Series]:
    """Return wind speed and the direction it comes from, over one sol.

    Parameters
    ----------
    wind : WindSpec
        The climate.
    seed, sol : int
        Choose the gusts; the last value of a sol is the first of the next.
    sun : (float, ndarray)
        Season of the sol [rad]; local true solar time at evenly spaced moments. [Mars hour]
    storm_tau : float or ndarray
        What storms add to the optical depth. [-]

    Returns
    -------
    speed_m_s, from_rad : ndarray
        Direction is not wrapped, so that it can be joined by straight lines.

    References
    ----------
    .. [1] D. Viudez-Moreiras et al., "Winds at the Mars 2020 landing site", J. Geophys. Res.
       Planets 127, 2022 (Weibull distribution of speeds).
    """
    ltst_h = sun[1]
    gust, turn = _wander(wind, seed, sol, ltst_h.size - 1)
    shape = wind.night_shape + (wind.day_shape - wind.night_shape) * day_share(wind, ltst_h)
    mean_of_unit = np.interp(shape, WEIBULL_SHAPES, _MEANS)
    calm = 1.0 - normal_share(gust)
    speed = mean_wind_m_s(wind, ltst_h, storm_tau) * (-np.log(calm)) ** (1 / shape) / mean_of_unit
    from_rad = mean_from_rad(wind, sun) + np.radians(wind.wander_deg * turn)
    return np.minimum(speed, wind.most_m_s), from_rad


def mean_from_rad(wind: WindSpec, sun: tuple[float, Series]) -> Series:
    """Return the mean direction that the wind comes from, by season and hour [rad].

    References
    ----------
    .. [1] Hess et al. (1977), J. Geophys. Res. 82, 4559 (the daily turn).
    .. [2] Zhurong's weather station, as named at `[wind]` of `data/mars.toml` (the season).
    """
    ls_rad, ltst_h = sun
    check_finite("season", ls_rad)
    check_finite("local time", ltst_h)
    season_deg = float(
        np.interp(np.degrees(ls_rad), wind.from_ls_deg, wind.from_deg, period=TURN_DEG)
    )
    daily_deg = wind.swing_deg * np.sin(2 * np.pi * (ltst_h - wind.swing_zero_h) / SOL_H)
    return np.radians(season_deg + daily_deg)


def normal_share(x: Numeric) -> Numeric:
    """Return the part of a standard normal distribution below x, to 2e-4 [-].

    References
    ----------
    .. [1] E. Page, "Approximations to the cumulative normal function and its inverse for use on
       a pocket calculator", Applied Statistics 26, 1977, 75.
    """
    check_finite("a deviation", x)
    return 1.0 / (1.0 + np.exp(-x * (NORMAL_SLOPE + NORMAL_BEND * x * x)))


def _wander(wind: WindSpec, seed: int, sol: int, steps: int) -> tuple[Series, Series]:
    """Return two unit-variance noises with memory at steps + 1 moments, joined from sol to sol."""
    reach = round(NOISE_MEMORY * wind.memory_steps)
    before, now, after = (_shocks(seed, sol + shift, steps) for shift in (-1, 0, 1))
    shocks = np.concatenate([before[:, -reach:], now, after[:, :1]], axis=1)
    kernel = np.exp(-np.arange(reach + 1) / wind.memory_steps)
    kernel /= np.sqrt(np.sum(kernel**2))
    return np.convolve(shocks[0], kernel, "valid"), np.convolve(shocks[1], kernel, "valid")


@lru_cache(maxsize=16)
def _shocks(seed: int, sol: int, steps: int) -> Series:
    """Return two rows of standard normal numbers, shape (2, steps); G. Box, M. Muller (1958)."""
    draws = rng.generator(seed, rng.Stream.WIND, sol).random((2, steps))
    radius, angle = np.sqrt(-2.0 * np.log1p(-draws[0])), 2 * np.pi * draws[1]
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)])
