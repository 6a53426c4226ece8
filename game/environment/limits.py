"""What nature refuses to compute: numbers that are none, places beyond the poles, negative dust."""

from dataclasses import dataclass, fields
from math import isfinite
from typing import Any

import numpy as np

from game.environment.tables import planet
from game.units import Numeric

ROUNDING_RAD = 1e-9  # by so much a pole may miss the right angle
RIGHT_ANGLE_RAD = np.pi / 2 + ROUNDING_RAD


@dataclass(frozen=True, slots=True)
class LimitsSpec:
    """How far formulas and tables reach.

    Attributes
    ----------
    first_year, last_year : Whole years for which the sky is known.
    most_sols : No mission is longer. [sol]
    most_elevation_m : No place is farther from the areoid. [m]
    most_tau : No dust is thicker. [-]
    """

    first_year: int
    last_year: int
    most_sols: int
    most_elevation_m: float
    most_tau: float

    def __post_init__(self) -> None:
        if self.first_year > self.last_year:
            raise ValueError("last_year must not be before first_year")


_LIMITS = planet("limits", LimitsSpec)
FIRST_YEAR, LAST_YEAR = _LIMITS.first_year, _LIMITS.last_year
MOST_SOLS = _LIMITS.most_sols
MOST_ELEVATION_M = _LIMITS.most_elevation_m
MOST_TAU = _LIMITS.most_tau


def check_finite(name: str, value: Numeric) -> None:
    """Refuse infinite values and what is not a number.

    Raises
    ------
    ValueError
        With a sentence that names the quantity.
    """
    try:
        is_one = isinstance(value, float | int)
        is_finite = isfinite(value) if is_one else np.all(np.isfinite(value))
    except (TypeError, OverflowError) as error:
        raise ValueError(f"{name} must be a number, not {value!r}") from error
    if not is_finite:
        raise ValueError(f"{name} must be a finite number, not {_first_bad(value)}")


def check_record(record: Any) -> None:
    """Refuse a record of numbers if one of them, alone or in a tuple, is infinite or none.

    Raises
    ------
    ValueError
        A line each, with the name of the field.
    """
    problems = []
    for field in fields(record):
        value = getattr(record, field.name)
        found = value if isinstance(value, tuple) else (value,)
        bad = [one for one in found if isinstance(one, float) and not isfinite(one)]
        problems += [f"{field.name} must be a finite number, not {one}" for one in bad[:1]]
    if problems:
        raise ValueError("\n".join(problems))


def check_positive(name: str, value: Numeric) -> None:
    """Refuse what is zero, negative, infinite or no number; raises ValueError with a sentence."""
    check_finite(name, value)
    if not np.all(np.asarray(value) > 0.0):
        raise ValueError(f"{name} must be more than zero, not {np.min(value)}")


def check_not_negative(name: str, value: Numeric) -> None:
    """Refuse what is below zero, infinite or no number; raises ValueError with a sentence."""
    check_finite(name, value)
    if not np.all(np.asarray(value) >= 0.0):
        raise ValueError(f"{name} must be zero or more, not {np.min(value)}")


def check_elevation_m(elevation_m: Numeric) -> None:
    """Refuse elevations that Mars has not; raises ValueError with a sentence."""
    check_finite("elevation", elevation_m)
    if not np.all(np.abs(elevation_m) <= MOST_ELEVATION_M):
        raise ValueError(f"elevation must be within {MOST_ELEVATION_M:g} m of zero")


def check_albedo(albedo: float) -> None:
    """Refuse albedos that no ground has; raises ValueError with a sentence."""
    if not 0.0 <= albedo < 1.0:
        raise ValueError(f"albedo must be from 0 to below 1, not {albedo}")


def check_tau(tau: Numeric) -> None:
    """Refuse optical depths below zero or beyond any dust; raises ValueError with a sentence."""
    check_not_negative("tau, the optical depth,", tau)
    if not np.all(np.asarray(tau) <= MOST_TAU):
        raise ValueError(f"tau, the optical depth, must be at most {MOST_TAU:g}, not {np.max(tau)}")


def check_latitude_rad(latitude_rad: Numeric) -> None:
    """Refuse latitudes beyond the poles; raises ValueError with a sentence."""
    check_finite("latitude", latitude_rad)
    if not np.all(np.abs(latitude_rad) <= RIGHT_ANGLE_RAD):
        most = float(np.degrees(np.max(np.abs(latitude_rad))))
        raise ValueError(f"latitude must be from -90 to 90 degrees, not {most:g}")


def _first_bad(value: Numeric) -> float:
    flat = np.atleast_1d(np.asarray(value, dtype=float)).ravel()
    return float(flat[~np.isfinite(flat)][0])
