"""How a place on the ground sees the orbiter: direction, distance, Doppler, ground track.

Use: `look(body, orbit, site, tick)` for one tick or an array of ticks (seconds of mission time,
fractions allowed). The vertical is the line from the centre of Mars, as in the reference tables.
"""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment import julian
from game.environment.clock import SiteSpec
from game.environment.sun import sun_position_rad
from game.orbiter.orbit import BodySpec, OrbitSpec, Vector, position_m
from game.units import LIGHT_SPEED_M_S, Numeric

_STEP_S = 0.5  # half the distance of the two positions that give a speed


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """The orbiter seen from a place: azimuth clockwise from north, elevation, distance."""

    azimuth_rad: Numeric
    elevation_rad: Numeric
    range_m: Numeric


@lru_cache(maxsize=64)
def epoch_tick(orbit_epoch_utc: str, site_epoch_utc: str) -> float:
    """Mission time of the epoch of an orbit [s]."""
    return julian.tai_s(orbit_epoch_utc) - julian.tai_s(site_epoch_utc)


def site_m(body: BodySpec, site: SiteSpec) -> tuple[float, float, float]:
    """Place of the site in the frame that turns with Mars [m].

    Notes
    -----
    The latitude is taken from the centre of Mars; the elevation is added to the radius of the
    ellipsoid at that latitude, RE RP / sqrt((RP cos)^2 + (RE sin)^2).
    """
    latitude_rad, longitude_rad = map(math.radians, (site.latitude_deg, site.longitude_deg))
    wide_m, tall_m = body.equator_radius_m, body.polar_radius_m
    radius_m = (
        wide_m
        * tall_m
        / math.hypot(tall_m * math.cos(latitude_rad), wide_m * math.sin(latitude_rad))
    )
    radius_m += site.elevation_m
    flat_m = radius_m * math.cos(latitude_rad)
    return (
        flat_m * math.cos(longitude_rad),
        flat_m * math.sin(longitude_rad),
        radius_m * math.sin(latitude_rad),
    )


def sine_and_range(
    body: BodySpec, orbit: OrbitSpec, site: SiteSpec, tick: Numeric
) -> tuple[Numeric, Numeric]:
    """Sine of the elevation [-] and distance [m]: all that the search for passes needs."""
    away, range_m, up = _away(body, orbit, site, tick)
    return (away[0] * up[0] + away[1] * up[1] + away[2] * up[2]) / range_m, range_m


def look(body: BodySpec, orbit: OrbitSpec, site: SiteSpec, tick: Numeric) -> Look:
    """Direction and distance of the orbiter from the site.

    Parameters
    ----------
    body, orbit, site : BodySpec, OrbitSpec, SiteSpec
        Planet, orbit and place.
    tick : float or ndarray
        Mission time. [s]

    Returns
    -------
    Look
        Angles over a spherical horizon (radial vertical); no refraction. [rad, rad, m]

    References
    ----------
    .. [1] D. A. Vallado, "Fundamentals of Astrodynamics and Applications", 4th ed., 2013,
       sec. 3.4.4 (topocentric horizon system).
    """
    away, range_m, up = _away(body, orbit, site, tick)
    east = (-up[1], up[0])
    flat = math.hypot(up[0], up[1])
    east_m = (away[0] * east[0] + away[1] * east[1]) / flat
    up_m = away[0] * up[0] + away[1] * up[1] + away[2] * up[2]
    north_m = (away[2] - up_m * up[2]) / flat
    azimuth_rad = np.arctan2(east_m, north_m) % math.tau
    return Look(azimuth_rad, np.arcsin(np.clip(up_m / range_m, -1.0, 1.0)), range_m)


def range_rate_m_s(body: BodySpec, orbit: OrbitSpec, site: SiteSpec, tick: Numeric) -> Numeric:
    """Speed at which the orbiter goes away from the site, negative while it comes [m/s]."""
    far = _away(body, orbit, site, tick + _STEP_S)[1]
    return (far - _away(body, orbit, site, tick - _STEP_S)[1]) / (2.0 * _STEP_S)


def doppler_hz(frequency_hz: float, rate_m_s: Numeric) -> Numeric:
    """Shift of a radio wave between two that part at this speed; first order in v/c [Hz]."""
    return -frequency_hz * rate_m_s / LIGHT_SPEED_M_S


def ground_point_deg(
    body: BodySpec, orbit: OrbitSpec, site: SiteSpec, tick: Numeric
) -> tuple[Numeric, Numeric, Numeric]:
    """Latitude and east longitude under the orbiter [deg], and its height over the sphere [m].

    The height is counted from the mean of the two radii.
    """
    x_m, y_m, z_m = position_m(body, orbit, tick - epoch_tick(orbit.epoch_utc, site.epoch_utc))
    flat_m = np.hypot(x_m, y_m)
    mean_m = (body.equator_radius_m + body.polar_radius_m) / 2.0
    return (
        np.degrees(np.arctan2(z_m, flat_m)),
        np.degrees(np.arctan2(y_m, x_m)) % 360.0,
        np.hypot(flat_m, z_m) - mean_m,
    )


def is_in_shadow(
    body: BodySpec, orbit: OrbitSpec, site: SiteSpec, tick: Numeric
) -> NDArray[np.bool_]:
    """Say whether the planet hides the Sun from the orbiter.

    Parameters
    ----------
    body, orbit, site : BodySpec, OrbitSpec, SiteSpec
        Planet, orbit, and a place whose clock and sky tell where the Sun is.
    tick : float or ndarray
        Mission time. [s]

    Returns
    -------
    ndarray of bool
        True inside the shadow.

    Notes
    -----
    The shadow is a cylinder of the equator's radius: half-shadow and flattening are left out.

    References
    ----------
    .. [1] D. A. Vallado, "Fundamentals of Astrodynamics and Applications", 4th ed., 2013,
       sec. 5.3.2 (cylindrical shadow).
    """
    return is_behind_planet(body, orbit, site, tick, sun_position_rad(site, tick))


def is_behind_planet(
    body: BodySpec,
    orbit: OrbitSpec,
    site: SiteSpec,
    tick: Numeric,
    direction_rad: tuple[Numeric, Numeric],
) -> NDArray[np.bool_]:
    """Say whether the planet hides something very far away from the orbiter.

    `direction_rad` is where it stands in the sky of the site: elevation and azimuth. [rad]
    """
    elevation_rad, azimuth_rad = direction_rad
    up = _unit(site_m(body, site))
    flat = math.hypot(up[0], up[1])
    north = (-up[2] * up[0] / flat, -up[2] * up[1] / flat, flat)
    east = (-up[1] / flat, up[0] / flat, 0.0)
    rise, level = np.sin(elevation_rad), np.cos(elevation_rad)
    to_north, to_east = level * np.cos(azimuth_rad), level * np.sin(azimuth_rad)
    away = [rise * u + to_north * n + to_east * e for u, n, e in zip(up, north, east, strict=True)]
    there = position_m(body, orbit, tick - epoch_tick(orbit.epoch_utc, site.epoch_utc))
    along_m = there[0] * away[0] + there[1] * away[1] + there[2] * away[2]
    aside_m2 = there[0] ** 2 + there[1] ** 2 + there[2] ** 2 - along_m**2
    return np.asarray((along_m < 0.0) & (aside_m2 < body.equator_radius_m**2))


def _unit(vector: tuple[float, float, float]) -> tuple[float, float, float]:
    length = math.hypot(*vector)
    return vector[0] / length, vector[1] / length, vector[2] / length


def _away(
    body: BodySpec, orbit: OrbitSpec, site: SiteSpec, tick: Numeric
) -> tuple[Vector, Numeric, tuple[float, float, float]]:
    """Vector from the site to the orbiter, its length, and the vertical of the site."""
    here = site_m(body, site)
    there = position_m(body, orbit, tick - epoch_tick(orbit.epoch_utc, site.epoch_utc))
    away = (there[0] - here[0], there[1] - here[1], there[2] - here[2])
    range_m = np.sqrt(away[0] * away[0] + away[1] * away[1] + away[2] * away[2])
    return away, range_m, _unit(here)
