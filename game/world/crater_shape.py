"""What a crater does to the ground: lobed bowl, tilted sand fill, soft rim, ejecta."""

import math
from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from game.world.craters import Craters
from game.world.relief import smooth
from game.world.spec import CraterSpec
from game.world.window import Window

Single = NDArray[np.float32]
Array = NDArray[np.float64]

# Craters that reach up to so many cells are stamped together in squares of this half width.
_HALF_WIDTHS = (6, 8, 11, 16)
_ONE, _TWO = np.float32(1.0), np.float32(2.0)


@dataclass(frozen=True, slots=True, eq=False)
class CraterMarks:
    """What craters add to a window, arrays of shape (ny, nx).

    Attributes
    ----------
    height_m : ndarray
        Added to the ground, float64. [m]
    hollow : ndarray
        0 outside to 1 on the filled floor of a crater, float32. [-]
    fresh : ndarray
        0 to 1 where young ejecta lie, float32. [-]
    """

    height_m: Array
    hollow: Single
    fresh: Single


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
        np.minimum(spec.wobble_m / radius_m, spec.wobble_ratio),
        spec.reach_old + (spec.reach_fresh - spec.reach_old) * freshness,
        freshness,
    )
    return Shapes(*(column.astype(np.float32) for column in columns))


def crater_marks(
    window: Window, craters: Craters, spec: CraterSpec, wind: tuple[float, float], wander: Single
) -> CraterMarks:
    """Add craters up: the ground below them stays as it is, so order hardly matters.

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
    """
    shape = (window.ny, window.nx)
    sums = tuple(np.zeros(shape) for _ in range(3))
    shapes = shapes_of(craters, spec)
    cells = shapes.reach * shapes.radius_m / np.float32(window.cell_m())
    stamp = _Stamp(window, craters, spec, wind, wander)
    low = 0.0
    for half in _HALF_WIDTHS:
        which = np.flatnonzero((cells > low) & (cells <= half))
        low = half
        if which.size:
            stamp.together(shapes.taken(which), which, half, sums)
    for number in np.flatnonzero(cells > low):
        stamp.alone(shapes.taken(number[None]), int(number), sums)
    height_m, hollow, fresh = sums
    return CraterMarks(
        height_m,
        np.minimum(hollow, 1.0).astype(np.float32),
        np.minimum(fresh, 1.0).astype(np.float32),
    )


class _Stamp:
    """One window and what stamping needs."""

    def __init__(
        self,
        window: Window,
        craters: Craters,
        spec: CraterSpec,
        wind: tuple[float, float],
        wander: Single,
    ) -> None:
        self.window, self.craters, self.spec, self.wander = window, craters, spec, wander
        self.wind = (np.float32(wind[0]), np.float32(wind[1]))

    def together(
        self, shapes: Shapes, which: NDArray[np.intp], half: int, sums: tuple[Array, ...]
    ) -> None:
        """Stamp many small craters in squares of nodes about their centres."""
        window, cell_m = self.window, self.window.cell_m()
        offset = np.arange(-half, half + 2)
        x, y = self.craters.x_m[which] / cell_m, self.craters.y_m[which] / cell_m
        i, j = np.floor(x), np.floor(y)
        column = (i.astype(np.int64) - window.i0)[:, None] + offset
        row = (j.astype(np.int64) - window.j0)[:, None] + offset
        scale = cell_m / shapes.radius_m[:, :, 0]
        east = ((offset - (x - i)[:, None]) * scale).astype(np.float32)[:, None, :]
        north = ((offset - (y - j)[:, None]) * scale).astype(np.float32)[:, :, None]
        is_in = ((column >= 0) & (column < window.nx))[:, None, :]
        is_in = is_in & ((row >= 0) & (row < window.ny))[:, :, None]
        np.clip(column, 0, window.nx - 1, out=column)
        np.clip(row, 0, window.ny - 1, out=row)
        place = row[:, :, None] * window.nx + column[:, None, :]
        found = self._shape(east, north, shapes, self.wander.reshape(-1)[place])
        for total, part in zip(sums, found, strict=True):
            if part is not None:
                part *= is_in
                flat = np.bincount(place.reshape(-1), part.reshape(-1), minlength=total.size)
                total += flat.reshape(total.shape)

    def alone(self, shapes: Shapes, number: int, sums: tuple[Array, ...]) -> None:
        """Stamp one large crater on the part of the window that it reaches."""
        x, y = self.craters.x_m[number], self.craters.y_m[number]
        reach_m = float(shapes.reach[0, 0, 0]) * float(shapes.radius_m[0, 0, 0])
        x_m, y_m = self.window.x_m(), self.window.y_m()
        i0, i1 = np.searchsorted(x_m, (x - reach_m, x + reach_m))
        j0, j1 = np.searchsorted(y_m, (y - reach_m, y + reach_m))
        if i0 >= i1 or j0 >= j1:
            return
        radius_m = float(shapes.radius_m[0, 0, 0])
        east = ((x_m[i0:i1] - x) / radius_m).astype(np.float32)[None, None, :]
        north = ((y_m[j0:j1] - y) / radius_m).astype(np.float32)[None, :, None]
        part = (slice(j0, j1), slice(i0, i1))
        found = self._shape(east, north, shapes, self.wander[part][None])
        for total, field in zip(sums, found, strict=True):
            if field is not None:
                total[part] += field[0]

    def _shape(
        self, east: Single, north: Single, shapes: Shapes, wander: Single
    ) -> tuple[Single, Single, Single | None]:
        """Return height over the old ground [m], floor and fresh ejecta [-]."""
        u = lobed_radius(east, north, shapes)
        bend = shapes.wobble * wander
        bend += _ONE
        u *= bend
        down_wind = east * self.wind[0] + north * self.wind[1]
        profile_m = crater_profile_m(u, down_wind, shapes, self.spec)
        floor = smooth(u, self.spec.floor_edge, self.spec.floor_inner)
        fresh = None
        if shapes.freshness.any():
            fresh = smooth(u, self.spec.blocks_from, self.spec.blocks_full)
            fresh *= np.clip((shapes.reach - u) / (shapes.reach - _ONE), 0.0, 1.0)
            fresh *= shapes.freshness
        return profile_m, floor, fresh


def lobed_radius(x: Single, y: Single, shapes: Shapes) -> Single:
    """Return the distance from the centre over the radius of the outline there [-].

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
    return second


def crater_profile_m(u: Single, down_wind: Single, shapes: Shapes, spec: CraterSpec) -> Single:
    """Height of a crater over the old ground.

    Parameters
    ----------
    u : ndarray
        Distance from the centre over the radius. [-]
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
    Bowl h = rim - d (1 - u^2); ejecta h = rim u^-3 [1]_, fading at the reach; joined by smooth
    minima, and the floor filled with sand that leans down the wind.

    References
    ----------
    .. [1] T. R. McGetchin, M. Settle, J. W. Head, "Radial thickness variation in impact crater
       ejecta", Earth Planet. Sci. Lett. 20, 1973.
    """
    bowl = u * u
    bowl *= shapes.depth_m
    bowl += shapes.rim_m - shapes.depth_m
    fill = shapes.fill_m - np.float32(spec.fill_tilt) * shapes.depth_m * down_wind
    inside = _soft_extreme(bowl, fill, np.float32(-spec.soft_floor) * shapes.depth_m)
    fade = shapes.reach - u
    fade /= shapes.reach - _ONE
    np.clip(fade, 0.0, 1.0, out=fade)
    out = np.maximum(u, np.float32(0.5))
    ejecta = fade * shapes.rim_m
    ejecta /= out * out * out
    soft_m = np.float32(spec.soft_rim) * shapes.rim_m
    soft_m = soft_m + np.float32(spec.soft_rim_ratio) * shapes.depth_m
    profile = _soft_extreme(inside, ejecta, soft_m)
    profile *= fade > 0.0
    return profile


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
