"""Where the Sun stands over a place, and when it rises, is highest and sets."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec, midnight_s, tt_day
from game.environment.limits import check_finite, check_latitude_rad, check_positive
from game.environment.marstime import MEAN_SOL_S, MarsOrbit, mars_orbit, mars_sol_date
from game.search import find_changes
from game.units import SOLAR_CONSTANT_W_M2, TURN_DEG, Numeric

SEARCH_SPACING_S = 600.0  # a Sun that is up for less may be missed
SEARCH_PRECISION_S = 0.25  # ticks are whole seconds
NOON_ROUNDS = 3  # the equation of time moves slowly: more change nothing


@dataclass(frozen=True, slots=True)
class SunTimes:
    """Rise, highest point and set of the Sun's centre on one sol, at a flat horizon.

    Attributes
    ----------
    rise_tick, set_tick : First tick up and first tick down; None if it does not happen.
    noon_tick : When the Sun crosses the meridian. [s]
    noon_elevation_rad : Height at that moment, negative in polar night. [rad]
    is_polar_day, is_polar_night : Whether the Sun never sets, or never rises, in this sol.
    """

    rise_tick: int | None
    noon_tick: int
    set_tick: int | None
    noon_elevation_rad: float
    is_polar_day: bool
    is_polar_night: bool


def hour_angle_rad(orbit: MarsOrbit, at_tt_day: Numeric, longitude_deg: Numeric) -> Numeric:
    """Return the Sun's hour angle, -pi to pi, negative before noon [rad].

    References
    ----------
    .. [1] Allison & McEwen (2000), eqs. 23-24 and section 5.
    """
    check_finite("longitude", longitude_deg)
    turn = mars_sol_date(at_tt_day) + longitude_deg / TURN_DEG
    return (2 * np.pi * (turn % 1.0) + orbit.eot_rad) % (2 * np.pi) - np.pi


def elevation_azimuth_rad(
    declination_rad: Numeric, hour_angle: Numeric, latitude_rad: Numeric
) -> tuple[Numeric, Numeric]:
    """Turn declination and hour angle into height and direction.

    Parameters
    ----------
    declination_rad : float or ndarray
        Planetocentric latitude under the body. [rad]
    hour_angle : float or ndarray
        West of the meridian. [rad]
    latitude_rad : float or ndarray
        Of the place, planetocentric: up is away from the centre of Mars. [rad]

    Returns
    -------
    elevation_rad, azimuth_rad : float or ndarray
        Above the horizon; clockwise from north, 0 to 2 pi. [rad]

    Notes
    -----
    No refraction (below 0.01 deg on Mars). The normal of the ellipsoid would differ by up to
    0.34 deg.

    References
    ----------
    .. [1] J. Meeus, "Astronomical Algorithms", 2nd ed., 1998, eqs. 13.5-13.6.
    """
    check_latitude_rad(latitude_rad)
    check_finite("hour angle", hour_angle)
    check_finite("declination", declination_rad)
    sin_d, cos_d = np.sin(declination_rad), np.cos(declination_rad)
    sin_l, cos_l = np.sin(latitude_rad), np.cos(latitude_rad)
    up = sin_d * sin_l + cos_d * cos_l * np.cos(hour_angle)
    north = sin_d * cos_l - cos_d * sin_l * np.cos(hour_angle)
    east = -cos_d * np.sin(hour_angle)
    return np.arctan2(up, np.hypot(north, east)), np.arctan2(east, north) % (2 * np.pi)


def sun_position_rad(site: SiteSpec, tick: Numeric) -> tuple[Numeric, Numeric]:
    """Return elevation and azimuth of the Sun's centre at a tick or many [rad].

    Allison & McEwen (2000) for its place, geometry for the rest.
    """
    day = tt_day(site, tick)
    orbit = mars_orbit(day)
    angle = hour_angle_rad(orbit, day, site.longitude_deg)
    return elevation_azimuth_rad(orbit.declination_rad, angle, np.radians(site.latitude_deg))


def top_irradiance_w_m2(distance_au: Numeric) -> Numeric:
    """Return sunlight above the air, on a plane facing the Sun: geometry [W/m2]."""
    check_positive("distance", distance_au)
    return SOLAR_CONSTANT_W_M2 / distance_au**2


@dataclass(frozen=True, slots=True, eq=False)
class SolSun:
    """The Sun through one sol; numbers or arrays of one shape.

    Attributes
    ----------
    angle_rad : Hour angle, not wrapped: about -pi at the first midnight, pi at the second. [rad]
    declination_rad, ls_rad : Latitude under the Sun; season, not wrapped. [rad]
    up : Sine of the Sun's elevation. [-]
    """

    angle_rad: Numeric
    declination_rad: Numeric
    ls_rad: Numeric
    up: Numeric


def sol_sun(site: SiteSpec, sol: int, share: Numeric) -> SolSun:
    """Return the Sun at shares of a sol, 0 and 1 being its midnights.

    Allison & McEwen (2000), computed at three moments and joined by parabolas, which is right to
    1e-8 rad and ten times faster; geometry as in `elevation_azimuth_rad`.
    """
    check_finite("the share of a sol", share)
    eot, declination, ls_rad = (
        start + share * (slope + share * bend) for start, slope, bend in _parabolas(site, sol)
    )
    angle = eot + 2 * np.pi * (share - 1 / 2)
    latitude = np.radians(site.latitude_deg)
    up = np.sin(declination) * np.sin(latitude) + np.cos(declination) * np.cos(latitude) * np.cos(
        angle
    )
    return SolSun(angle, declination, ls_rad, up)


@lru_cache(maxsize=512)
def _parabolas(site: SiteSpec, sol: int) -> tuple[tuple[float, float, float], ...]:
    """Return start, slope and bend of equation of time, declination and season over a sol."""
    moments = midnight_s(site, sol) + np.array([0.0, 1 / 2, 1.0]) * MEAN_SOL_S
    orbit = mars_orbit(tt_day(site, moments))
    found = []
    for values in (orbit.eot_rad, orbit.declination_rad, np.unwrap(orbit.ls_rad)):
        low, middle, high = (float(value) for value in np.asarray(values))
        found.append((low, -3 * low + 4 * middle - high, 2 * low - 4 * middle + 2 * high))
    return tuple(found)


@lru_cache(maxsize=512)
def sun_times(site: SiteSpec, sol: int) -> SunTimes:
    """Return when the Sun rises, is highest and sets in one sol, to half a second.

    By definition the Sun's centre is at 0 deg. Polar day and polar night are answered, not refused:
    rise and set are then None.
    """
    start = midnight_s(site, sol)

    def is_up(tick: NDArray[np.float64]) -> NDArray[np.int64]:
        up = np.asarray(sol_sun(site, sol, (tick - start) / MEAN_SOL_S).up)
        return (up > 0.0).astype(np.int64)

    changes, values = find_changes(
        is_up, start, start + MEAN_SOL_S, SEARCH_SPACING_S, SEARCH_PRECISION_S
    )
    rises = [round(float(t)) for t, v in zip(changes, values, strict=True) if v == 1]
    sets = [round(float(t)) for t, v in zip(changes, values, strict=True) if v == 0]
    noon_share = _noon_share(site, sol)
    height = float(np.arcsin(sol_sun(site, sol, noon_share).up))
    never_changes = not rises and not sets
    return SunTimes(
        rises[0] if rises else None,
        round(start + noon_share * MEAN_SOL_S),
        sets[-1] if sets else None,
        height,
        is_polar_day=never_changes and height > 0.0,
        is_polar_night=never_changes and height <= 0.0,
    )


def _noon_share(site: SiteSpec, sol: int) -> float:
    """Return the share of a sol at which the Sun crosses the meridian.

    The equation of time moves by less than a minute a sol, so three rounds are exact.
    """
    share = 1 / 2
    for _ in range(NOON_ROUNDS):
        share -= float(sol_sun(site, sol, share).angle_rad) / (2 * np.pi)
    return share
