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

from game.environment.julian import FIRST_YEAR, LAST_YEAR, day_number
from game.environment.limits import check_finite
from game.units import JULIAN_DAY_S, Numeric

SOL_DAY = 1.0274912517  # [1] eq. 22; ten digits, because it multiplies fifty thousand sols
MEAN_SOL_S = SOL_DAY * JULIAN_DAY_S

# Amplitude [deg], period [Julian year], phase [deg] of the pull of other planets; [1] table 5.
_PERTURBERS = (
    (0.0071, 2.2353, 49.409),
    (0.0057, 2.7543, 168.173),
    (0.0039, 1.1177, 191.837),
    (0.0037, 15.7866, 21.736),
    (0.0021, 2.1354, 15.704),
    (0.0020, 2.4694, 95.528),
    (0.0018, 32.8493, 49.095),
)


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
    anomaly = np.radians(19.3871 + 0.52402073 * tt_day)
    mean_sun_deg = 270.3871 + 0.524038496 * tt_day
    pull_deg: Numeric = 0.0
    for amplitude_deg, period_year, phase_deg in _PERTURBERS:
        pull_deg = pull_deg + amplitude_deg * np.cos(
            np.radians(0.985626 * tt_day / period_year + phase_deg)
        )
    centre_deg = (
        (10.691 + 3.0e-7 * tt_day) * np.sin(anomaly)
        + 0.623 * np.sin(2 * anomaly)
        + 0.050 * np.sin(3 * anomaly)
        + 0.005 * np.sin(4 * anomaly)
        + 0.0005 * np.sin(5 * anomaly)
        + pull_deg
    )
    ls = np.radians(mean_sun_deg + centre_deg)
    eot_deg = 2.861 * np.sin(2 * ls) - 0.071 * np.sin(4 * ls) + 0.002 * np.sin(6 * ls) - centre_deg
    distance_au = 1.52367934 * (
        1.00436
        - 0.09309 * np.cos(anomaly)
        - 0.004336 * np.cos(2 * anomaly)
        - 0.00031 * np.cos(3 * anomaly)
        - 0.00003 * np.cos(4 * anomaly)
    )
    return MarsOrbit(
        ls % (2 * np.pi), np.radians(eot_deg), np.arcsin(0.42565 * np.sin(ls)), distance_au
    )


def mars_sol_date(tt_day: Numeric) -> Numeric:
    """Return the Mars Sol Date, counted at the prime meridian [sol].

    References
    ----------
    .. [1] Allison & McEwen (2000), eq. 22, and the correction of the Mars24 page.
    """
    check_tt_day(tt_day)
    return (tt_day - 4.5) / SOL_DAY + 44796.0 - 0.0009626


def coordinated_time_h(tt_day: Numeric) -> Numeric:
    """Return mean solar time at the prime meridian of Mars, 0 to 24 [Mars hour]."""
    return 24.0 * mars_sol_date(tt_day) % 24.0


def mean_solar_time_h(tt_day: Numeric, longitude_deg: Numeric) -> Numeric:
    """Return local mean solar time at an east longitude, 0 to 24 [Mars hour]."""
    check_finite("longitude", longitude_deg)
    return (24.0 * mars_sol_date(tt_day) + longitude_deg / 15.0) % 24.0


def true_solar_time_h(tt_day: Numeric, longitude_deg: Numeric) -> Numeric:
    """Return local true solar time at an east longitude: 12 when the Sun is highest [Mars hour]."""
    check_finite("longitude", longitude_deg)
    eot_h = np.degrees(mars_orbit(tt_day).eot_rad) / 15.0
    return (24.0 * mars_sol_date(tt_day) + longitude_deg / 15.0 + eot_h) % 24.0


def check_tt_day(tt_day: Numeric) -> None:
    """Refuse dates for which the formulas were not made.

    Raises
    ------
    ValueError
        Before 1972, after 2049, or not a number.
    """
    check_finite(f"a date, {FIRST_YEAR} to {LAST_YEAR},", tt_day)
    first, last = day_number(FIRST_YEAR, 1, 1) - 1, day_number(LAST_YEAR + 1, 1, 1)
    if not np.all((first <= tt_day) & (tt_day <= last)):
        raise ValueError(f"the sky is known from {FIRST_YEAR} to {LAST_YEAR}, not outside")
