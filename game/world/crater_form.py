"""The form of a crater: lobed bowl, tilted sand fill, soft rim, ejecta."""

import math
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from game.world.craters import Craters
from game.world.landform_specs import CraterSpec

Single = NDArray[np.float32]
_MARGIN = 1.01
_ONE, _TWO = np.float32(1.0), np.float32(2.0)


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Numbers that make the shapes of craters, float32 arrays of equal shape.

    Attributes
    ----------
    radius_m, depth_m, rim_m : ndarray
        Outline, floor below rim, rim above the old ground. [m]
    fill_m : ndarray
        Height of the sand fill at the centre. [m]
    lobe_cos2, lobe_sin2, lobe_cos3, lobe_sin3 : ndarray
        Harmonics of the outline. [-]
    wobble : ndarray
        Strength of its wandering. [-]
    reach : ndarray
        Radii out to which the ground changes. [-]
    freshness : ndarray
        1 just made, 0 when the blocks are gone. [-]
    """

    radius_m: Single
    depth_m: Single
    rim_m: Single
    fill_m: Single
    lobe_cos2: Single
    lobe_sin2: Single
    lobe_cos3: Single
    lobe_sin3: Single
    wobble: Single
    reach: Single
    freshness: Single

    def taken(self, which: NDArray[np.intp]) -> "Shapes":
        """Return some of them, shaped (n, 1, 1) to go with squares of nodes."""
        return Shapes(*(getattr(self, one.name)[which][:, None, None] for one in fields(self)))


def shapes_of(craters: Craters, spec: CraterSpec) -> Shapes:
    """Return the shape numbers of craters, each of shape (n,)."""
    diameter_m, ratio, age = craters.diameter_m, craters.depth_ratio, craters.age_frac
    radius_m = diameter_m / 2.0
    depth_m = ratio * diameter_m
    rim_m = spec.rim_ratio * diameter_m * (ratio / spec.rim_reference) ** 2
    share = 1.0 - spec.fill_fresh - spec.fill_old * age
    freshness = np.clip(1.0 - age / spec.fresh_below, 0.0, None)
    turn = math.tau * craters.phase
    columns = (
        radius_m,
        depth_m,
        rim_m,
        rim_m - depth_m * share,
        spec.lobe2 * np.cos(turn),
        spec.lobe2 * np.sin(turn),
        spec.lobe3 * np.cos(2.3 * turn),
        spec.lobe3 * np.sin(2.3 * turn),
        np.minimum(spec.wobble_m / radius_m, spec.wobble_ratio) * (radius_m < spec.broad_m),
        spec.reach_old + (spec.reach_fresh - spec.reach_old) * freshness,
        freshness,
    )
    return Shapes(*(column.astype(np.float32) for column in columns))


def lobed_radius(x: Single, y: Single, shapes: Shapes) -> tuple[Single, Single]:
    """Return the distance from the centre over the radius of the outline there, and over R [-].

    Notes
    -----
    1 + a cos 2t + b sin 2t + c cos 3t + d sin 3t, written in x and y.
    """
    x2, y2 = x * x, y * y
    r2 = x2 + y2
    r = np.sqrt(r2)
    xy = x * y
    second = shapes.lobe_cos2 * x2 - shapes.lobe_cos2 * y2
    second += (_TWO * shapes.lobe_sin2) * xy
    three = np.float32(3.0)
    xy *= three * (shapes.lobe_sin3 * x - shapes.lobe_cos3 * y)
    xy += shapes.lobe_cos3 * x2 * x - shapes.lobe_sin3 * y2 * y
    np.maximum(r, np.float32(1e-3), out=r2)
    xy /= r2
    second += xy
    second /= r2
    second += r
    return second, r


def crater_fade(u: Single, r: Single, shapes: Shapes) -> Single:
    """Return 1 inside the rim to 0 at the reach; nothing of a crater lies beyond it [-]."""
    fade = shapes.reach - np.maximum(u, r)
    fade /= shapes.reach - _ONE
    np.clip(fade, 0.0, 1.0, out=fade)
    return fade


def crater_profile_m(
    u: Single, fade: Single, down_wind: Single, shapes: Shapes, spec: CraterSpec
) -> Single:
    """Height of a crater over the old ground.

    Parameters
    ----------
    u : ndarray
        Distance from the centre over the radius. [-]
    fade : ndarray
        From `crater_fade`. [-]
    down_wind : ndarray
        Position along the wind over the radius. [-]
    shapes : Shapes
        Shape numbers.
    spec : CraterSpec
        Blends.

    Returns
    -------
    ndarray
        Float32. [m]

    Notes
    -----
    Bowl h = rim - d (1 - u^2), a share of it a cone so that fresh walls stay under the angle of
    repose; ejecta h = rim u^-3 [1]_, fading at the reach; joined by smooth
    minima, and the floor filled with sand that leans down the wind.

    References
    ----------
    .. [1] T. R. McGetchin, M. Settle, J. W. Head, "Radial thickness variation in impact crater
       ejecta", Earth Planet. Sci. Lett. 20, 1973.
    """
    out = np.maximum(u, np.float32(0.5))
    ejecta = fade * shapes.rim_m
    ejecta /= out * out * out
    soft_m = np.float32(spec.soft_rim) * shapes.rim_m
    soft_m = soft_m + np.float32(spec.soft_rim_ratio) * shapes.depth_m
    if u.shape[0] == 1 and _is_outside(float(u.min()), float(soft_m[0, 0, 0]), shapes, spec):
        profile = ejecta
    else:
        bowl = _bowl_m(u, shapes, spec)
        fill = shapes.fill_m - np.float32(spec.fill_tilt) * shapes.depth_m * down_wind
        inside = _soft_extreme(bowl, fill, np.float32(-spec.soft_floor) * shapes.depth_m)
        profile = _soft_extreme(inside, ejecta, soft_m)
    profile *= fade > 0.0
    return profile


def _bowl_m(u: Single, shapes: Shapes, spec: CraterSpec) -> Single:
    """Return the bare wall and floor, over the old ground [m]."""
    cone = np.float32(spec.wall_cone)
    bowl = u * (_ONE - cone)
    bowl += cone
    bowl *= u
    bowl *= shapes.depth_m
    bowl += shapes.rim_m - shapes.depth_m
    return bowl


def _is_outside(least: float, soft_m: float, shapes: Shapes, spec: CraterSpec) -> bool:
    """Return whether the wall plays no part from a distance on: only ejecta are left there."""
    if least <= 1.0:
        return False
    wall_m = float(_bowl_m(np.full((1, 1, 1), least, np.float32), shapes, spec)[0, 0, 0])
    highest_m = float(shapes.rim_m[0, 0, 0]) / least**3
    # A little more than the width in which the two are rounded off.
    return wall_m - highest_m > _MARGIN * soft_m


def _soft_extreme(a: Single, b: Single, width: Single) -> Single:
    """Return the smaller of two heights, the larger for a negative width, rounded there [m].

    References
    ----------
    .. [1] I. Quilez, "Smooth minimum", 2013 (polynomial form).
    """
    difference = b - a
    h = difference * (np.float32(0.5) / width)
    h += np.float32(0.5)
    np.clip(h, 0.0, 1.0, out=h)
    # b + (a - b) h - width h (1 - h), with few passes over the array.
    rest = width * h
    rest -= width
    rest -= difference
    rest *= h
    rest += b
    return rest
