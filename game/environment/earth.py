"""Where Earth is, seen from Mars: direction, distance, light time, and angle to the Sun."""

from dataclasses import dataclass
from functools import lru_cache
from math import floor

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec, midnight_s, tt_day
from game.environment.limits import check_finite
from game.environment.marstime import MEAN_SOL_S, check_tt_day, mars_orbit
from game.environment.sun import elevation_azimuth_rad, hour_angle_rad
from game.environment.tables import planet
from game.units import (
    AU_M,
    JULIAN_CENTURY_DAY,
    JULIAN_DAY_S,
    LIGHT_SPEED_M_S,
    OBLIQUITY_DEG,
    Numeric,
)

_TILT_RAD = np.radians(OBLIQUITY_DEG)
LIGHT_DAY_AU = LIGHT_SPEED_M_S * JULIAN_DAY_S / AU_M
KEPLER_STEPS = 6  # Newton's method from the mean anomaly; e < 0.1 needs four

Drift = tuple[float, float]  # at J2000.0, and change per century


@dataclass(frozen=True, slots=True)
class ElementsSpec:
    """Orbit of a planet, ecliptic of J2000.0: each element with its change per century.

    Attributes
    ----------
    axis_au, axis_au_century : Semi-major axis. [au, au/century]
    eccentricity, eccentricity_century : Of the ellipse. [-, 1/century]
    tilt_deg, tilt_deg_century : Inclination. [deg, deg/century]
    mean_deg, mean_deg_century : Mean longitude. [deg, deg/century]
    perihelion_deg, perihelion_deg_century : Longitude of perihelion. [deg, deg/century]
    node_deg, node_deg_century : Longitude of the ascending node. [deg, deg/century]
    """

    axis_au: float
    axis_au_century: float
    eccentricity: float
    eccentricity_century: float
    tilt_deg: float
    tilt_deg_century: float
    mean_deg: float
    mean_deg_century: float
    perihelion_deg: float
    perihelion_deg_century: float
    node_deg: float
    node_deg_century: float

    def __post_init__(self) -> None:
        if self.axis_au <= 0.0 or not 0.0 <= self.eccentricity < 1.0:
            raise ValueError("axis_au must be positive, eccentricity from 0 to below 1")

    def drifts(self) -> tuple[Drift, ...]:
        """Return axis, eccentricity, tilt, mean longitude, perihelion and node."""
        return (
            (self.axis_au, self.axis_au_century),
            (self.eccentricity, self.eccentricity_century),
            (self.tilt_deg, self.tilt_deg_century),
            (self.mean_deg, self.mean_deg_century),
            (self.perihelion_deg, self.perihelion_deg_century),
            (self.node_deg, self.node_deg_century),
        )


@dataclass(frozen=True, slots=True)
class PoleSpec:
    """North pole of Mars: right ascension and declination, each with its change per century."""

    ascension_deg: float
    ascension_deg_century: float
    declination_deg: float
    declination_deg_century: float

    def drifts(self) -> tuple[Drift, ...]:
        """Return right ascension and declination."""
        return (
            (self.ascension_deg, self.ascension_deg_century),
            (self.declination_deg, self.declination_deg_century),
        )


_EARTH = planet("earth_orbit", ElementsSpec).drifts()
_MARS = planet("mars_orbit", ElementsSpec).drifts()
_POLE = planet("pole", PoleSpec).drifts()


@dataclass(frozen=True, slots=True, eq=False)
class EarthSky:
    """Earth in the sky of Mars; numbers or arrays of one shape.

    Attributes
    ----------
    elevation_rad, azimuth_rad : Above the horizon; clockwise from north. [rad]
    distance_au : From Mars, when the light left Earth. [au]
    light_time_s : One way. [s]
    sun_earth_mars_rad : Angle at Earth between the Sun and Mars; small near conjunction, when
        the radio fails. [rad]
    elongation_rad : Angle at Mars between the Sun and Earth. [rad]
    """

    elevation_rad: Numeric
    azimuth_rad: Numeric
    distance_au: Numeric
    light_time_s: Numeric
    sun_earth_mars_rad: Numeric
    elongation_rad: Numeric


def _heliocentric_au(elements: tuple[Drift, ...], at_tt_day: Numeric) -> NDArray[np.float64]:
    """Return the place of a planet, ecliptic of J2000.0, shape (3, ...) [au]; Standish (1992)."""
    century = at_tt_day / JULIAN_CENTURY_DAY
    axis, eccentricity, tilt_deg, mean_deg, perihelion_deg, node_deg = (
        start + change * century for start, change in elements
    )
    anomaly = np.radians(mean_deg - perihelion_deg)
    eccentric = anomaly + eccentricity * np.sin(anomaly)
    for _ in range(KEPLER_STEPS):
        error = eccentric - eccentricity * np.sin(eccentric) - anomaly
        eccentric = eccentric - error / (1.0 - eccentricity * np.cos(eccentric))
    along = axis * (np.cos(eccentric) - eccentricity)
    across = axis * np.sqrt(1.0 - eccentricity**2) * np.sin(eccentric)
    node, tilt = np.radians(node_deg), np.radians(tilt_deg)
    turn = np.radians(perihelion_deg - node_deg)
    in_plane = along * np.cos(turn) - across * np.sin(turn)
    up_plane = along * np.sin(turn) + across * np.cos(turn)
    return np.array(
        [
            in_plane * np.cos(node) - up_plane * np.sin(node) * np.cos(tilt),
            in_plane * np.sin(node) + up_plane * np.cos(node) * np.cos(tilt),
            up_plane * np.sin(tilt),
        ]
    )


def _mars_equatorial(ecliptic: NDArray[np.float64], at_tt_day: Numeric) -> NDArray[np.float64]:
    """Turn a vector from the ecliptic of J2000.0 to the equator of Mars, x at its node."""
    cos_e, sin_e = np.cos(_TILT_RAD), np.sin(_TILT_RAD)
    x, y, z = ecliptic
    y, z = y * cos_e - z * sin_e, y * sin_e + z * cos_e
    century = at_tt_day / JULIAN_CENTURY_DAY
    ascension, declination = (np.radians(start + change * century) for start, change in _POLE)
    along = -x * np.sin(ascension) + y * np.cos(ascension)
    inward = x * np.cos(ascension) + y * np.sin(ascension)
    return np.array(
        [
            along,
            z * np.cos(declination) - inward * np.sin(declination),
            inward * np.cos(declination) + z * np.sin(declination),
        ]
    )


def _angle_rad(first: NDArray[np.float64], second: NDArray[np.float64]) -> Numeric:
    cross = np.cross(first, second, axis=0)
    dot = np.sum(first * second, axis=0)
    return np.arctan2(np.linalg.norm(cross, axis=0), dot)  # type: ignore[no-any-return]


def earth_sky(at_tt_day: Numeric, latitude_deg: Numeric, longitude_deg: Numeric) -> EarthSky:
    """Return where Earth stands over a place on Mars, and how far it is.

    Parameters
    ----------
    at_tt_day : float or ndarray
        Terrestrial time since J2000.0. [day]
    latitude_deg, longitude_deg : float or ndarray
        Planetocentric, east positive. [deg]

    Notes
    -----
    Keplerian elements: distance to 5e-4 au, direction to 0.01 deg between 1972 and 2050; other
    years are refused. Light time is taken into account, the Moon's pull on Earth is not.

    References
    ----------
    .. [1] E. M. Standish, "Keplerian elements for approximate positions of the major planets",
       JPL Solar System Dynamics, 1992.
    .. [2] J. Meeus, "Astronomical Algorithms", 2nd ed., 1998, chs. 22 and 33.
    """
    check_tt_day(at_tt_day)
    mars = _heliocentric_au(_MARS, at_tt_day)
    earth = _heliocentric_au(_EARTH, at_tt_day)
    for _ in range(2):
        light_day = np.linalg.norm(earth - mars, axis=0) / LIGHT_DAY_AU
        earth = _heliocentric_au(_EARTH, at_tt_day - light_day)
    seen = earth - mars
    distance = np.linalg.norm(seen, axis=0)
    to_earth, to_sun = _mars_equatorial(seen, at_tt_day), _mars_equatorial(-mars, at_tt_day)
    behind = np.arctan2(to_sun[1], to_sun[0]) - np.arctan2(to_earth[1], to_earth[0])
    angle = hour_angle_rad(mars_orbit(at_tt_day), at_tt_day, longitude_deg) + behind
    declination = np.arctan2(to_earth[2], np.hypot(to_earth[0], to_earth[1]))
    elevation, azimuth = elevation_azimuth_rad(declination, angle, np.radians(latitude_deg))
    return EarthSky(
        elevation,
        azimuth,
        distance[()],
        distance[()] * AU_M / LIGHT_SPEED_M_S,
        _angle_rad(-earth, mars - earth),
        _angle_rad(-mars, seen),
    )


def mars_from_earth_rad(at_tt_day: Numeric) -> tuple[Numeric, Numeric]:
    """Return right ascension and declination of Mars, seen from Earth when a signal arrives [rad].

    `at_tt_day` is when the signal leaves Mars; equator of J2000.0, as exact as `earth_sky`.

    References
    ----------
    .. [1] Standish (1992), as in `earth_sky`; turned by geometry.
    """
    check_tt_day(at_tt_day)
    mars = _heliocentric_au(_MARS, at_tt_day)
    earth = _heliocentric_au(_EARTH, at_tt_day)
    light_day = np.linalg.norm(earth - mars, axis=0) / LIGHT_DAY_AU
    x, y, z = mars - _heliocentric_au(_EARTH, at_tt_day + light_day)
    cos_e, sin_e = np.cos(_TILT_RAD), np.sin(_TILT_RAD)
    y, z = y * cos_e - z * sin_e, y * sin_e + z * cos_e
    return np.arctan2(y, x), np.arctan2(z, np.hypot(x, y))


def earth_at(site: SiteSpec, tick: Numeric) -> EarthSky:
    """Return Earth in the sky of a site at a tick or many."""
    return earth_sky(tt_day(site, tick), site.latitude_deg, site.longitude_deg)


def light_time_s(site: SiteSpec, tick: float) -> float:
    """Return how long a signal travels between Mars and Earth, one way [s].

    By definition the distance over the speed of light; joined by straight lines from midnight to
    midnight, which is right to 0.01 s.
    """
    check_finite("a tick", tick)
    sols = (tick - midnight_s(site, 1)) / MEAN_SOL_S
    before = floor(sols)
    low, high = _midnight_light_s(site, before + 1), _midnight_light_s(site, before + 2)
    return low + (high - low) * (sols - before)


@lru_cache(maxsize=512)
def _midnight_light_s(site: SiteSpec, sol: int) -> float:
    return float(earth_at(site, midnight_s(site, sol)).light_time_s)
