"""The seasons and the mean Sun of Mars: where the planet is on its orbit, and what noon is.

References
----------
.. [1] M. Allison, M. McEwen, "A post-Pathfinder evaluation of areocentric solar coordinates with
   improved timing recipes for Mars seasonal/diurnal climate studies", Planetary and Space
   Science 48, 2000, 215. doi:10.1016/S0032-0633(99)00092-6; constants as maintained on the
   Mars24 page of NASA GISS.
"""

from dataclasses import dataclass

import numpy as np

from game.environment.julian import FIRST_DAY, LAST_DAY
from game.environment.limits import FIRST_YEAR, LAST_YEAR, check_finite
from game.environment.tables import planet
from game.units import HOUR_ANGLE_DEG, JULIAN_DAY_S, SOL_DAY, SOL_H, Numeric

MEAN_SOL_S = SOL_DAY * JULIAN_DAY_S


@dataclass(frozen=True, slots=True)
class SeasonSpec:
    """The fits of [1]: angles and what they grow by each day of terrestrial time.

    Attributes
    ----------
    anomaly_deg, anomaly_deg_day : Mean anomaly at J2000.0, and its rate. [deg, deg/day]
    mean_sun_deg, mean_sun_deg_day : Longitude of the mean Sun, the same. [deg, deg/day]
    centre_deg, centre_deg_day : Equation of the centre: sine of the anomaly, and its growth.
        [deg, deg/day]
    overtones_deg : The same: sines of 2, 3, ... anomalies. [deg]
    pull_deg, pull_years, pull_phase_deg : Pull of other planets: size, period, phase.
        [deg, Julian year, deg]
    year_deg_day : Part of a Julian year that goes by in a day. [deg/day]
    eot_deg : Equation of time without that of the centre: sines of 2, 4, ... seasons. [deg]
    axis_au : Semi-major axis. [au]
    mean_distance_ratio : Mean distance over it. [-]
    distance_ratio : The rest of the distance over it: cosines of 1, 2, ... anomalies. [-]
    tilt_sine : Sine of the obliquity. [-]
    midnight_day, midnight_sol : A moment at which the sol count at the prime meridian is known.
        [day of terrestrial time since J2000.0, sol]
    shift_sol : What the meridian was off by. [sol]
    """

    anomaly_deg: float
    anomaly_deg_day: float
    mean_sun_deg: float
    mean_sun_deg_day: float
    centre_deg: float
    centre_deg_day: float
    overtones_deg: tuple[float, ...]
    pull_deg: tuple[float, ...]
    pull_years: tuple[float, ...]
    pull_phase_deg: tuple[float, ...]
    year_deg_day: float
    eot_deg: tuple[float, ...]
    axis_au: float
    mean_distance_ratio: float
    distance_ratio: tuple[float, ...]
    tilt_sine: float
    midnight_day: float
    midnight_sol: float
    shift_sol: float

    def __post_init__(self) -> None:
        if not len(self.pull_deg) == len(self.pull_years) == len(self.pull_phase_deg):
            raise ValueError("pull_deg, pull_years and pull_phase_deg need one entry a planet")
        if min(self.axis_au, self.mean_distance_ratio, *self.pull_years) <= 0.0:
            raise ValueError("axis_au, mean_distance_ratio and pull_years must be positive")


_FIT = planet("season", SeasonSpec)
_PULLS = tuple(zip(_FIT.pull_deg, _FIT.pull_years, _FIT.pull_phase_deg, strict=True))


@dataclass(frozen=True, slots=True, eq=False)
class MarsOrbit:
    """Where Mars is on its orbit; every field is a number or an array of the same shape.

    Attributes
    ----------
    ls_rad : Areocentric longitude of the Sun, 0 at the northern spring equinox. [rad]
    eot_rad : Equation of time: true minus mean solar time, as an angle. [rad]
    declination_rad : Planetocentric latitude of the place under the Sun. [rad]
    distance_au : Distance from the Sun. [au]
    """

    ls_rad: Numeric
    eot_rad: Numeric
    declination_rad: Numeric
    distance_au: Numeric


def mars_orbit(tt_day: Numeric) -> MarsOrbit:
    """Return season, equation of time, declination and distance of the Sun.

    Parameters
    ----------
    tt_day : float or ndarray
        Terrestrial time since J2000.0. [day]

    Notes
    -----
    Against JPL DE440 over 2020-2024: season 0.003 deg, true solar time 0.8 s, distance
    1.5e-4 au. The season is that of the apparent Sun.

    References
    ----------
    .. [1] Allison & McEwen (2000), eqs. 16-25.
    """
    check_tt_day(tt_day)
    anomaly = np.radians(_FIT.anomaly_deg + _FIT.anomaly_deg_day * tt_day)
    mean_sun_deg = _FIT.mean_sun_deg + _FIT.mean_sun_deg_day * tt_day
    centre_deg = _centre_deg(tt_day, anomaly)
    ls = np.radians(mean_sun_deg + centre_deg)
    eot_deg: Numeric = 0.0
    for number, size_deg in enumerate(_FIT.eot_deg, 1):
        eot_deg = eot_deg + size_deg * np.sin(2 * number * ls)
    ratio: Numeric = _FIT.mean_distance_ratio
    for number, size in enumerate(_FIT.distance_ratio, 1):
        ratio = ratio + size * np.cos(number * anomaly)
    return MarsOrbit(
        ls % (2 * np.pi),
        np.radians(eot_deg - centre_deg),
        np.arcsin(_FIT.tilt_sine * np.sin(ls)),
        _FIT.axis_au * ratio,
    )


def _centre_deg(tt_day: Numeric, anomaly_rad: Numeric) -> Numeric:
    """Return how far Mars is ahead of its mean motion, the pull of other planets with it [deg]."""
    turn_deg = _FIT.year_deg_day * tt_day
    pull_deg: Numeric = 0.0
    for size_deg, period_years, phase_deg in _PULLS:
        pull_deg = pull_deg + size_deg * np.cos(np.radians(turn_deg / period_years + phase_deg))
    first_deg = _FIT.centre_deg + _FIT.centre_deg_day * tt_day
    centre_deg = first_deg * np.sin(anomaly_rad)
    for number, size_deg in enumerate(_FIT.overtones_deg, 2):
        centre_deg = centre_deg + size_deg * np.sin(number * anomaly_rad)
    return centre_deg + pull_deg


def mars_sol_date(tt_day: Numeric) -> Numeric:
    """Return the Mars Sol Date, counted at the prime meridian [sol].

    References
    ----------
    .. [1] Allison & McEwen (2000), eq. 22, and the correction of the Mars24 page.
    """
    check_tt_day(tt_day)
    return (tt_day - _FIT.midnight_day) / SOL_DAY + _FIT.midnight_sol - _FIT.shift_sol


def coordinated_time_h(tt_day: Numeric) -> Numeric:
    """Return mean solar time at the prime meridian of Mars, 0 to 24 [Mars hour].

    References
    ----------
    .. [1] Allison & McEwen (2000), eq. 22.
    """
    return SOL_H * mars_sol_date(tt_day) % SOL_H


def mean_solar_time_h(tt_day: Numeric, longitude_deg: Numeric) -> Numeric:
    """Return local mean solar time at an east longitude, 0 to 24 [Mars hour].

    References
    ----------
    .. [1] Allison & McEwen (2000), eq. 22 and section 5.
    """
    check_finite("longitude", longitude_deg)
    return (SOL_H * mars_sol_date(tt_day) + longitude_deg / HOUR_ANGLE_DEG) % SOL_H


def true_solar_time_h(tt_day: Numeric, longitude_deg: Numeric) -> Numeric:
    """Return local true solar time at an east longitude: 12 when the Sun is highest [Mars hour].

    References
    ----------
    .. [1] Allison & McEwen (2000), eq. 23.
    """
    check_finite("longitude", longitude_deg)
    eot_h = np.degrees(mars_orbit(tt_day).eot_rad) / HOUR_ANGLE_DEG
    return (SOL_H * mars_sol_date(tt_day) + longitude_deg / HOUR_ANGLE_DEG + eot_h) % SOL_H


def check_tt_day(tt_day: Numeric) -> None:
    """Refuse dates for which the formulas were not made.

    Raises
    ------
    ValueError
        Before 1972, after 2049, or not a number.
    """
    check_finite(f"a date, {FIRST_YEAR} to {LAST_YEAR},", tt_day)
    if not np.all((tt_day >= FIRST_DAY) & (tt_day <= LAST_DAY)):
        raise ValueError(f"the sky is known from {FIRST_YEAR} to {LAST_YEAR}, not outside")
