"""Wheel in soil: slip, torque and sinkage on a slope, from the mechanics of a rigid wheel.

The mechanics are solved once per soil, on a ladder of slips, into a `TractionCurve`; a step of
the drive only looks up a slope there.
"""

import math
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SLIP_FLOOR = -0.05  # a wheel that holds back on a descent skids no more than this
_SLIP_TOP = 0.99
_SLIP_COUNT = 72  # rungs of the ladder
_ANGLE_COUNT = 64  # slices of the contact arc
_HALVINGS = 26  # of the bracket for the entry angle: 1e-8 rad
_WIDEST_RAD = 1.5


@dataclass(frozen=True, slots=True)
class WheelSpec:
    """One of six wheels: size, radius at which the grousers shear, and share of the weight."""

    radius_m: float
    width_m: float
    shear_radius_m: float
    load_n: float

    def __post_init__(self) -> None:
        """Refuse a wheel without size or load."""
        if min(self.radius_m, self.width_m, self.shear_radius_m, self.load_n) <= 0.0:
            raise ValueError("radius_m, width_m, shear_radius_m and load_n must be above 0")


@dataclass(frozen=True, slots=True)
class SoilSpec:
    """What a wheel feels of one soil.

    Rigid ground (bedrock): `friction_ratio`, `rolling_ratio`, `shear_slip`. Deformable ground:
    pressure-sinkage exponent n = `exponent` + `exponent_slip` * slip, stiffness `bearing_pa_m_n`,
    `cohesion_pa`, `friction_deg`, shear displacement `shear_m`, and the place of the greatest
    pressure `peak_still` + `peak_slip` * slip. `digging_ratio`: how fast spinning wheels sink (0
    never). `wear_1_m`: share of a wheel's life used per metre.
    """

    name: str
    is_rigid: bool
    digging_ratio: float
    wear_1_m: float
    friction_ratio: float = 0.0
    rolling_ratio: float = 0.0
    shear_slip: float = 0.0
    exponent: float = 0.0
    exponent_slip: float = 0.0
    bearing_pa_m_n: float = 0.0
    cohesion_pa: float = 0.0
    friction_deg: float = 0.0
    shear_m: float = 0.0
    peak_still: float = 0.0
    peak_slip: float = 0.0

    def __post_init__(self) -> None:
        """Refuse a soil that lacks the numbers of its kind."""
        if self.is_rigid and min(self.friction_ratio, self.rolling_ratio, self.shear_slip) <= 0.0:
            raise ValueError("rigid ground needs friction_ratio, rolling_ratio and shear_slip")
        if not self.is_rigid and min(self.exponent, self.bearing_pa_m_n, self.shear_m) <= 0.0:
            raise ValueError("soft ground needs exponent, bearing_pa_m_n and shear_m")


@dataclass(frozen=True, slots=True)
class TractionCurve:
    """Slope, slip, torque and sinkage of one wheel, on rising slope up to the steepest climb.

    `level_slip_frac` is the slip on level ground.
    """

    slope_rad: tuple[float, ...]
    slip_frac: tuple[float, ...]
    torque_n_m: tuple[float, ...]
    sinkage_m: tuple[float, ...]
    level_slip_frac: float = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Look the slip on level ground up once: every piece of rolling asks for it."""
        object.__setattr__(self, "level_slip_frac", traction(self, 0.0).slip_frac)


class Traction(NamedTuple):
    """How one wheel gets on. `slip_frac` is 1 where the slope is too steep to climb."""

    slip_frac: float
    torque_n_m: float
    sinkage_m: float


def traction(curve: TractionCurve, slope_rad: float) -> Traction:
    """Look up slip, torque and sinkage on a slope, positive uphill."""
    slopes = curve.slope_rad
    if slope_rad > slopes[-1]:
        return Traction(1.0, curve.torque_n_m[-1], curve.sinkage_m[-1])
    if slope_rad <= slopes[0]:
        return Traction(curve.slip_frac[0], curve.torque_n_m[0], curve.sinkage_m[0])
    high = min(bisect_right(slopes, slope_rad), len(slopes) - 1)
    low = high - 1
    share = (slope_rad - slopes[low]) / (slopes[high] - slopes[low])
    return Traction(
        curve.slip_frac[low] + share * (curve.slip_frac[high] - curve.slip_frac[low]),
        curve.torque_n_m[low] + share * (curve.torque_n_m[high] - curve.torque_n_m[low]),
        curve.sinkage_m[low] + share * (curve.sinkage_m[high] - curve.sinkage_m[low]),
    )


@lru_cache(maxsize=64)
def traction_curve(wheel: WheelSpec, soil: SoilSpec) -> TractionCurve:
    """Solve one wheel on one soil for every slip, and sort the answers by slope.

    Notes
    -----
    On a slope of angle a the wheel carries W cos a and must pull W sin a, so for each slip there
    is one entry angle at which the length of (load, pull) is W, and the slope follows from their
    ratio. Even load on all wheels; no load transfer.

    References
    ----------
    .. [1] J.-Y. Wong, A. R. Reece, "Prediction of rigid wheel performance based on the analysis
       of soil-wheel stresses", J. Terramechanics 4(1), 1967, 81-98.
    .. [2] L. Ding et al., "Experimental study and analysis of the wheels' steering mechanics for
       planetary exploration wheeled mobile robots", 2011 (exponent growing with slip).
    """
    # Rungs stand closer at small slip, where firm ground changes fastest.
    slip = SLIP_FLOOR + (_SLIP_TOP - SLIP_FLOOR) * np.linspace(0.0, 1.0, _SLIP_COUNT) ** 1.5
    load_n, pull_n, torque_n_m, sinkage_m = (
        _rigid(wheel, soil, slip) if soil.is_rigid else _soft(wheel, soil, slip)
    )
    slope_rad = np.arctan2(pull_n, load_n)
    top = int(np.argmax(slope_rad)) + 1
    return TractionCurve(
        *(tuple(map(float, a[:top])) for a in (slope_rad, slip, torque_n_m, sinkage_m))
    )


def _rigid(wheel: WheelSpec, soil: SoilSpec, slip: Array) -> tuple[Array, Array, Array, Array]:
    grip = soil.friction_ratio * (1.0 - np.exp(-np.abs(slip) / soil.shear_slip)) * np.sign(slip)
    pull = grip - soil.rolling_ratio
    load_n = wheel.load_n / np.hypot(1.0, pull)
    return load_n, load_n * pull, load_n * grip * wheel.radius_m, np.zeros_like(slip)


def _soft(wheel: WheelSpec, soil: SoilSpec, slip: Array) -> tuple[Array, Array, Array, Array]:
    low = np.full(slip.size, 1e-4)
    high = np.full(slip.size, _WIDEST_RAD)
    for _ in range(_HALVINGS):
        middle = (low + high) / 2.0
        load_n, pull_n, _torque = _forces(wheel, soil, slip, middle)
        is_deep = np.hypot(load_n, pull_n) > wheel.load_n
        high = np.where(is_deep, middle, high)
        low = np.where(is_deep, low, middle)
    sinkage_m = wheel.radius_m * (1.0 - np.cos(low))
    return *_forces(wheel, soil, slip, low), sinkage_m


def _forces(
    wheel: WheelSpec, soil: SoilSpec, slip: Array, entry_rad: Array
) -> tuple[Array, Array, Array]:
    """Load, pull and torque of a wheel that meets the soil at an entry angle [N, N, N m]."""
    slip, entry = slip[:, None], entry_rad[:, None]
    across = (np.arange(_ANGLE_COUNT)[None, :] + 0.5) / _ANGLE_COUNT
    peak = soil.peak_still + soil.peak_slip * slip
    mirrored = np.where(across >= peak, across, 1.0 - across / peak * (1.0 - peak))
    depth_m = wheel.radius_m * np.maximum(np.cos(mirrored * entry) - np.cos(entry), 0.0)
    normal_pa = soil.bearing_pa_m_n * depth_m ** (soil.exponent + soil.exponent_slip * slip)
    angle = across * entry
    sheared_m = wheel.shear_radius_m * (
        (entry - angle) - (1.0 - slip) * (np.sin(entry) - np.sin(angle))
    )
    shear_pa = (soil.cohesion_pa + normal_pa * math.tan(math.radians(soil.friction_deg))) * (
        1.0 - np.exp(-sheared_m / soil.shear_m)
    )
    slice_m2 = wheel.radius_m * wheel.width_m * entry_rad / _ANGLE_COUNT
    load_n = slice_m2 * np.sum(normal_pa * np.cos(angle) + shear_pa * np.sin(angle), axis=1)
    pull_n = slice_m2 * np.sum(shear_pa * np.cos(angle) - normal_pa * np.sin(angle), axis=1)
    return load_n, pull_n, slice_m2 * wheel.shear_radius_m * np.sum(shear_pa, axis=1)
