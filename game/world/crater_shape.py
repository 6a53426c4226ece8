"""What a crater does to the ground: lobed bowl, tilted sand fill, soft rim, ejecta."""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.world.craters import Craters
from game.world.relief import smooth
from game.world.spec import CraterSpec
from game.world.window import Window

Single = NDArray[np.float32]
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class CraterMarks:
    """What craters add to a window, float32 arrays of shape (ny, nx).

    Attributes
    ----------
    height_m : ndarray
        Added to the ground. [m]
    hollow : ndarray
        0 outside to 1 on the filled floor of a crater. [-]
    fresh : ndarray
        0 to 1 where young ejecta lie. [-]
    """

    height_m: Single
    hollow: Single
    fresh: Single


def crater_marks(
    window: Window, craters: Craters, spec: CraterSpec, wind: tuple[float, float], wander: Single
) -> CraterMarks:
    """Stamp craters, oldest first.

    Parameters
    ----------
    window : Window
        Where.
    craters : Craters
        Those that may touch it.
    spec : CraterSpec
        Shape numbers.
    wind : tuple of float
        Unit vector the wind blows to, east and north. [-]
    wander : ndarray
        A smooth field of about unit variance that bends the outlines, shape (ny, nx). [-]

    Returns
    -------
    CraterMarks
        Additive: the order of craters changes only the last bits.
    """
    shape = (window.ny, window.nx)
    marks = CraterMarks(*(np.zeros(shape, np.float32) for _ in range(3)))
    x_m, y_m = window.x_m(), window.y_m()
    for number in range(len(craters)):
        crater = _Crater(
            float(craters.x_m[number]),
            float(craters.y_m[number]),
            float(craters.diameter_m[number]),
            float(craters.depth_ratio[number]),
            float(craters.age_frac[number]),
            float(craters.phase[number]),
        )
        reach_m = crater.reach(spec) * crater.diameter_m / 2.0
        i0, i1 = np.searchsorted(x_m, (crater.x_m - reach_m, crater.x_m + reach_m))
        j0, j1 = np.searchsorted(y_m, (crater.y_m - reach_m, crater.y_m + reach_m))
        if i0 < i1 and j0 < j1:
            part = (slice(j0, j1), slice(i0, i1))
            _stamp(marks, part, (x_m[i0:i1], y_m[j0:j1]), crater, (spec, wind, wander[part]))
    return marks


@dataclass(frozen=True, slots=True)
class _Crater:
    x_m: float
    y_m: float
    diameter_m: float
    depth_ratio: float
    age_frac: float
    phase: float

    def reach(self, spec: CraterSpec) -> float:
        """Return how many radii out the ground is changed [-]."""
        return spec.reach_old + (spec.reach_fresh - spec.reach_old) * self.freshness(spec)

    def freshness(self, spec: CraterSpec) -> float:
        """Return 1 for a crater just made, 0 from the age at which its blocks are gone [-]."""
        return max(0.0, 1.0 - self.age_frac / spec.fresh_below)


def _stamp(
    marks: CraterMarks,
    part: tuple[slice, slice],
    place: tuple[Array, Array],
    crater: _Crater,
    how: tuple[CraterSpec, tuple[float, float], Single],
) -> None:
    spec, wind, wander = how
    radius_m = crater.diameter_m / 2.0
    x = ((place[0] - crater.x_m) / radius_m).astype(np.float32)[None, :]
    y = ((place[1] - crater.y_m) / radius_m).astype(np.float32)[:, None]
    u = _lobed_radius(x, y, crater, spec)
    wobble = min(spec.wobble_m / radius_m, spec.wobble_ratio)
    u *= np.float32(1.0) + np.float32(wobble) * wander
    profile_m, floor = _profile_m(
        u, x * np.float32(wind[0]) + y * np.float32(wind[1]), crater, spec
    )
    marks.height_m[part] += profile_m
    hollow = marks.hollow[part]
    np.maximum(hollow, floor, out=hollow)
    freshness = crater.freshness(spec)
    if freshness > 0.0:
        reach = crater.reach(spec)
        band = smooth(u, 0.8, 1.05) * (np.float32(1.0) - smooth(u, 1.2, reach))
        fresh = marks.fresh[part]
        np.maximum(fresh, np.float32(freshness) * band, out=fresh)


def _lobed_radius(x: Single, y: Single, crater: _Crater, spec: CraterSpec) -> Single:
    """Return the distance from the centre over the radius of the outline there [-]."""
    r2 = x * x + y * y
    r = np.sqrt(r2)
    inverse = np.float32(1.0) / np.maximum(r2, np.float32(1e-6))
    cos2, sin2 = (x * x - y * y) * inverse, (x * y) * (inverse * np.float32(2.0))
    a, b = math.tau * crater.phase, 2.3 * math.tau * crater.phase
    # A third harmonic from the second: cos 3t = cos 2t cos t - sin 2t sin t.
    cos1, sin1 = x * np.sqrt(inverse), y * np.sqrt(inverse)
    lobes = (
        np.float32(spec.lobe2 * math.cos(a)) * cos2 + np.float32(spec.lobe2 * math.sin(a)) * sin2
    )
    lobes += np.float32(spec.lobe3 * math.cos(b)) * (cos2 * cos1 - sin2 * sin1)
    lobes += np.float32(spec.lobe3 * math.sin(b)) * (sin2 * cos1 + cos2 * sin1)
    return np.asarray(r * (np.float32(1.0) + lobes))


def _profile_m(
    u: Single, down_wind: Single, crater: _Crater, spec: CraterSpec
) -> tuple[Single, Single]:
    """Return height over the old ground, and how much of it is sand-filled floor.

    Notes
    -----
    Bowl h = rim - d (1 - u^2); ejecta h = rim u^-3 [1]; both joined by smooth minima, and the
    floor filled flat with a slight tilt.

    References
    ----------
    .. [1] T. R. McGetchin, M. Settle, J. W. Head, "Radial thickness variation in impact crater
       ejecta", Earth Planet. Sci. Lett. 20, 1973.
    """
    depth_m = crater.depth_ratio * crater.diameter_m
    rim_m = spec.rim_ratio * crater.diameter_m * (crater.depth_ratio / spec.rim_reference) ** 2
    bowl = np.float32(depth_m) * (u * u) + np.float32(rim_m - depth_m)
    share = 1.0 - spec.fill_fresh - spec.fill_old * crater.age_frac
    fill = np.float32(rim_m - depth_m * share) - np.float32(spec.fill_tilt * depth_m) * down_wind
    inside = -_soft_minimum(-bowl, -fill, spec.soft_floor * depth_m)
    reach = crater.reach(spec)
    fade = np.float32(1.0) - smooth(u, 1.0, reach)
    out = np.maximum(u, np.float32(0.35))
    ejecta = np.float32(rim_m) * fade / (out * out * out)
    soft_m = spec.soft_rim * rim_m + spec.soft_rim_ratio * crater.diameter_m * crater.depth_ratio
    profile = _soft_minimum(inside, ejecta, soft_m)
    profile *= fade > 0.0
    floor = np.float32(1.0) - smooth(u, 0.45, 0.8)
    return profile, floor


def _soft_minimum(a: Single, b: Single, width: float) -> Single:
    """Return the smaller of two heights, rounded where they meet [m].

    References
    ----------
    .. [1] I. Quilez, "Smooth minimum", 2013 (polynomial form).
    """
    h = np.clip(np.float32(0.5) + (b - a) * np.float32(0.5 / width), 0.0, 1.0)
    return np.asarray(b + (a - b) * h - np.float32(width) * h * (np.float32(1.0) - h))
