"""What nature refuses to compute: numbers that are none, places beyond the poles, negative dust."""

from math import isfinite

import numpy as np

from game.units import Numeric

MOST_ELEVATION_M = 30_000.0  # Olympus Mons is 21 km high, Hellas 8 km deep
MOST_TAU = 1000.0  # black as night; the thickest dust measured on Mars was 10.8
RIGHT_ANGLE_RAD = np.pi / 2 + 1e-9  # a pole may miss it by rounding


def check_finite(name: str, value: Numeric) -> None:
    """Refuse infinite values and what is not a number.

    Raises
    ------
    ValueError
        With a sentence that names the quantity.
    """
    try:
        is_finite = isfinite(value) if isinstance(value, float) else np.all(np.isfinite(value))
    except TypeError as error:
        raise ValueError(f"{name} must be a number, not {value!r}") from error
    if not is_finite:
        raise ValueError(f"{name} must be a finite number, not {_first_bad(value)}")


def check_positive(name: str, value: Numeric) -> None:
    """Refuse what is zero, negative, infinite or no number; raises ValueError with a sentence."""
    check_finite(name, value)
    if not np.all(np.asarray(value) > 0.0):
        raise ValueError(f"{name} must be more than zero, not {np.min(value)}")


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
    check_finite("tau, the optical depth,", tau)
    if not np.all(np.asarray(tau) >= 0.0):
        raise ValueError(f"tau, the optical depth, must be zero or more, not {np.min(tau)}")
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
