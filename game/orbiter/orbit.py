"""Where the orbiter is, in the frame that turns with Mars.

Use: `position_m(body, orbit, seconds)` with seconds since the epoch of the orbit, one number or an
array. `sight.py` turns it into azimuth, elevation and range from a place on the ground.
"""

import math
from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.bounds import out_of_bounds
from game.environment import julian
from game.orbiter.orbit_check import FASTEST_DEG_DAY, element_problems
from game.orbiter.perturbed import Start, start_of, track_m
from game.units import JULIAN_DAY_S, Numeric

MOST_TURNS = 40_000  # some seconds of integration, and farther than J2 alone is true (design)
_MOST_STEPS = 8
_TABLE_POINTS = 2049
_CLOSE_RAD = 1e-5  # the step from here ends at rounding, because steps are of third order

Array = NDArray[np.float64]
Vector = tuple[Numeric, Numeric, Numeric]


# From a moon of a hundred kilometres to a giant planet; Jupiter turns 871 degrees a day, and no
# planet bulges more than Saturn, J2 0.016 (design, with room to spare).
BODY_RANGES = {
    "gm_m3_s2": (1.0e9, 1.0e18),
    "equator_radius_m": (1.0e4, 1.0e8),
    "polar_radius_m": (1.0e4, 1.0e8),
    "j2": (-0.1, 0.1),
    "meridian_deg": (-360.0, 360.0),
    "meridian_rate_deg_day": (-1000.0, 1000.0),
}


class OrbitModel(StrEnum):
    """How the elements move."""

    STATION_KEPT = "station_kept"
    INTEGRATED = "integrated"


@dataclass(frozen=True, slots=True)
class BodySpec:
    """The planet: `gm_m3_s2`, radii of its ellipsoid, bulge `j2` [-] and its turning.

    `meridian_deg` is the prime meridian at J2000 TT, counted from where the equator of Mars
    rises through the equator of Earth.
    """

    gm_m3_s2: float
    equator_radius_m: float
    polar_radius_m: float
    j2: float
    meridian_deg: float
    meridian_rate_deg_day: float

    def __post_init__(self) -> None:
        """Refuse what is no planet, by name and range."""
        if problems := out_of_bounds(self, BODY_RANGES):
            raise ValueError("; ".join(problems))
        fastest_rad_s = math.sqrt(self.gm_m3_s2 / self.equator_radius_m**3)
        fastest_deg_day = math.degrees(fastest_rad_s) * JULIAN_DAY_S
        if fastest_deg_day > FASTEST_DEG_DAY:
            raise ValueError(
                f"gm_m3_s2 is too much for equator_radius_m: the lowest orbit would make "
                f"{fastest_deg_day:g} degrees a day, and {FASTEST_DEG_DAY:g} are the most"
            )


@dataclass(frozen=True, slots=True)
class OrbitSpec:
    """Elements at `epoch_utc` in the frame of the Mars equator.

    The orbiter is silent before `start_utc` and from `end_utc` on; empty ones set no bound.

    With the model `station_kept` the elements are mean ones and move at the given rates, like a
    spacecraft that trims its orbit. With `integrated` they are osculating and the pull of the
    equatorial bulge moves them; the rates are then not used.
    """

    model: OrbitModel
    epoch_utc: str
    semi_major_axis_m: float
    eccentricity: float
    inclination_deg: float
    ascending_node_deg: float
    periapsis_argument_deg: float
    mean_anomaly_deg: float
    ascending_node_rate_deg_day: float = 0.0
    periapsis_argument_rate_deg_day: float = 0.0
    mean_anomaly_rate_deg_day: float = 0.0
    start_utc: str = ""
    end_utc: str = ""

    def __post_init__(self) -> None:
        named = {each.name: getattr(self, each.name) for each in fields(self)}
        found = [f"{key} {words}" for key, words in element_problems(named)]
        if found:
            raise ValueError("; ".join(found))


def period_s(body: BodySpec, orbit: OrbitSpec) -> float:
    """Time of one revolution by Kepler's third law [s]."""
    return math.tau * math.sqrt(orbit.semi_major_axis_m**3 / body.gm_m3_s2)


def reach_problem(body: BodySpec, orbit: OrbitSpec, moments_tai_s: tuple[float, ...]) -> str:
    """Say that a free orbit would have to be integrated too far from its epoch; else empty."""
    if orbit.model is not OrbitModel.INTEGRATED:
        return ""
    away_s = max(abs(moment_s - julian.tai_s(orbit.epoch_utc)) for moment_s in moments_tai_s)
    turns = away_s / period_s(body, orbit)
    if turns <= MOST_TURNS:
        return ""
    return (
        f"epoch_utc {orbit.epoch_utc} is {turns:.0f} revolutions away, and an integrated orbit "
        f"is followed for at most {MOST_TURNS}; give its elements at a nearer date"
    )


def eccentric_anomaly_rad(mean_anomaly_rad: Numeric, eccentricity: float) -> Numeric:
    """Solve Kepler's equation M = E - e sin E.

    Parameters
    ----------
    mean_anomaly_rad : float or ndarray
        Any angle. [rad]
    eccentricity : float
        From 0 to below 1. [-]

    Returns
    -------
    float or ndarray
        Between -pi and pi, to about 1e-14. [rad]

    References
    ----------
    .. [1] J. M. A. Danby, T. M. Burkardt, "The solution of Kepler's equation, I", Celestial
       Mechanics 31, 1983 (starting value M + 0.85 e sign(sin M); steps of third order).
    """
    mean_rad = (mean_anomaly_rad + math.pi) % math.tau - math.pi
    return _refined_rad(mean_rad, np.interp(mean_rad, *_kepler_table(eccentricity)), eccentricity)


@lru_cache(maxsize=32)
def _kepler_table(eccentricity: float) -> tuple[Array, Array]:
    """Mean and eccentric anomalies from -pi to pi, as starting values [rad]."""
    mean_rad = np.linspace(-math.pi, math.pi, _TABLE_POINTS)
    guess_rad = mean_rad + 0.85 * eccentricity * np.sign(mean_rad)
    return mean_rad, np.asarray(_refined_rad(mean_rad, guess_rad, eccentricity))


def _refined_rad(mean_rad: Numeric, guess_rad: Numeric, eccentricity: float) -> Numeric:
    """Improve a guess of the eccentric anomaly until it is exact."""
    result_rad = guess_rad
    for _ in range(_MOST_STEPS):
        sine, slope = eccentricity * np.sin(result_rad), 1.0 - eccentricity * np.cos(result_rad)
        miss = result_rad - sine - mean_rad
        result_rad = result_rad - miss / (slope - 0.5 * miss * sine / slope)
        if np.max(np.abs(miss), initial=0.0) < _CLOSE_RAD:
            break
    return result_rad


def meridian_rad(body: BodySpec, orbit: OrbitSpec, seconds: Numeric) -> Numeric:
    """Angle of the prime meridian in the inertial frame, `seconds` after the epoch [rad]."""
    rate_rad_s = math.radians(body.meridian_rate_deg_day) / JULIAN_DAY_S
    return _epoch_meridian_rad(body, orbit.epoch_utc) + rate_rad_s * seconds


@lru_cache(maxsize=16)
def _epoch_meridian_rad(body: BodySpec, epoch_utc: str) -> float:
    days = julian.tt_day(julian.tai_s(epoch_utc))
    return math.radians((body.meridian_deg + body.meridian_rate_deg_day * float(days)) % 360.0)


@lru_cache(maxsize=16)
def free_start(body: BodySpec, orbit: OrbitSpec) -> Start:
    """Start of an integrated track: the osculating elements with their true anomaly."""
    eccentricity = orbit.eccentricity
    mean_rad = math.radians(orbit.mean_anomaly_deg)
    half_rad = float(eccentric_anomaly_rad(mean_rad, eccentricity)) / 2.0
    anomaly_rad = 2.0 * math.atan2(
        math.sqrt(1.0 + eccentricity) * math.sin(half_rad),
        math.sqrt(1.0 - eccentricity) * math.cos(half_rad),
    )
    degrees = (orbit.inclination_deg, orbit.ascending_node_deg, orbit.periapsis_argument_deg)
    tilt_rad, node_rad, argument_rad = (math.radians(angle) for angle in degrees)
    return start_of(
        (body.gm_m3_s2, body.equator_radius_m, body.j2),
        (orbit.semi_major_axis_m, eccentricity),
        (tilt_rad, node_rad, argument_rad, anomaly_rad),
    )


def position_m(body: BodySpec, orbit: OrbitSpec, seconds: Numeric) -> Vector:
    """Place of the orbiter in the frame that turns with Mars.

    Parameters
    ----------
    body : BodySpec
        The planet.
    orbit : OrbitSpec
        The orbit.
    seconds : float or ndarray
        Time since the epoch of the orbit. [s]

    Returns
    -------
    tuple of three float or ndarray
        x to the prime meridian on the equator, z to the north pole. [m]

    Notes
    -----
    Elements that move linearly, right for as long as the spacecraft trims its orbit; or a free
    orbit under the pull of the equatorial bulge.

    References
    ----------
    .. [1] D. A. Vallado, "Fundamentals of Astrodynamics and Applications", 4th ed., 2013,
       sec. 2.6 (elements to position), sec. 9.6 (linear rates).
    .. [2] B. A. Archinal et al., "Report of the IAU Working Group on Cartographic Coordinates
       and Rotational Elements: 2009", Celest. Mech. Dyn. Astr. 109, 2011 (turning of Mars).
    """
    turned_rad = meridian_rad(body, orbit, seconds)
    if orbit.model is OrbitModel.INTEGRATED:
        x_m, y_m, z_m = track_m(free_start(body, orbit), seconds)
        cosine, sine = np.cos(turned_rad), np.sin(turned_rad)
        return x_m * cosine + y_m * sine, y_m * cosine - x_m * sine, z_m
    days = seconds / JULIAN_DAY_S
    node_deg = orbit.ascending_node_deg + orbit.ascending_node_rate_deg_day * days
    argument_deg = orbit.periapsis_argument_deg + orbit.periapsis_argument_rate_deg_day * days
    mean_deg = orbit.mean_anomaly_deg + orbit.mean_anomaly_rate_deg_day * days
    longitude_rad = np.radians(node_deg) - turned_rad
    anomaly_rad = eccentric_anomaly_rad(np.radians(mean_deg), orbit.eccentricity)
    flat = math.sqrt(1.0 - orbit.eccentricity**2)
    along_m = orbit.semi_major_axis_m * (np.cos(anomaly_rad) - orbit.eccentricity)
    across_m = orbit.semi_major_axis_m * flat * np.sin(anomaly_rad)
    cosine, sine = np.cos(np.radians(argument_deg)), np.sin(np.radians(argument_deg))
    node_m, up_m = along_m * cosine - across_m * sine, along_m * sine + across_m * cosine
    tilt_rad = math.radians(orbit.inclination_deg)
    level_m = up_m * math.cos(tilt_rad)
    cosine, sine = np.cos(longitude_rad), np.sin(longitude_rad)
    return (
        node_m * cosine - level_m * sine,
        node_m * sine + level_m * cosine,
        up_m * math.sin(tilt_rad),
    )
