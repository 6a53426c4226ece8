"""Stamps craters on a window of ground."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from game.world.crater_form import Shapes, crater_fade, crater_profile_m, lobed_radius, shapes_of
from game.world.craters import Craters
from game.world.landform_specs import CraterSpec
from game.world.lattice import spread
from game.world.relief import smooth
from game.world.window import Window

Single = NDArray[np.float32]
Array = NDArray[np.float64]
# Heights and three shares of a window, to be added to.
Sums = tuple[NDArray[Any], ...]

# Craters that reach up to so many cells are stamped together in squares of this half width.
_HALF_WIDTHS = (6, 9, 16)
# Very large craters are computed on every sixteenth node, to 2**-12 m.
_BROAD_CELLS, _BROAD_STEP, _BROAD_FINE = 200.0, 16, 4096.0
# Beyond so many reaches a crater has changed nothing, rounding included.
_BEYOND = 1.001
_ONE = np.float32(1.0)


@dataclass(frozen=True, slots=True, eq=False)
class CraterMarks:
    """What craters add to a window, arrays of shape (ny, nx).

    Attributes
    ----------
    height_m : ndarray
        Added to the ground, float64. [m]
    hollow : ndarray
        0 outside to 1 on the filled floor of a crater, float32. [-]
    basin : ndarray
        The same for craters wide enough to hold large ridges, float32. [-]
    fresh : ndarray
        0 to 1 where young ejecta lie, float32. [-]
    """

    height_m: Array
    hollow: Single
    basin: Single
    fresh: Single


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
    sums: Sums = (np.zeros(shape), *(np.zeros(shape, np.float32) for _ in range(3)))
    shapes = shapes_of(craters, spec)
    cells = shapes.reach * shapes.radius_m / np.float32(window.cell_m())
    stamp = _Stamp(window, craters, spec, wind, wander)
    low = 0.0
    for half in _HALF_WIDTHS:
        which = np.flatnonzero((cells > low) & (cells <= half))
        low = half
        if which.size:
            stamp.together(shapes.taken(which), which, half, sums)
    is_broad = shapes.radius_m >= np.float32(spec.broad_m)
    is_broad &= shapes.radius_m >= np.float32(_BROAD_CELLS * window.cell_m())
    for number in np.flatnonzero(cells > low).tolist():
        shape_ = shapes.taken(np.array([number]))
        if is_broad[number]:
            stamp.broadly(shape_, number, sums)
        else:
            stamp.alone(shape_, number, sums)
    height_m, *shares = sums
    for share in shares:
        np.minimum(share, _ONE, out=share)
    return CraterMarks(height_m, *shares)


def _overlap(first: int, size: int, count: int) -> tuple[slice, slice]:
    """Return which of `count` nodes a row of `size` covers, and by which of its own."""
    low = max(first, 0)
    high = max(min(first + size, count), low)
    return slice(low, high), slice(low - first, high - first)


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
        self._trap = np.float32(2.0 * spec.trap_ratio)

    def together(self, shapes: Shapes, which: NDArray[np.intp], half: int, sums: Sums) -> None:
        """Stamp many small craters in squares of nodes about their centres."""
        window, cell_m = self.window, self.window.cell_m()
        offset = np.arange(-half, half + 2)
        x, y = self.craters.x_m[which] / cell_m, self.craters.y_m[which] / cell_m
        i, j = np.floor(x), np.floor(y)
        scale = cell_m / shapes.radius_m[:, :, 0]
        east = ((offset - (x - i)[:, None]) * scale).astype(np.float32)[:, None, :]
        north = ((offset - (y - j)[:, None]) * scale).astype(np.float32)[:, :, None]
        columns = (i.astype(np.int64) - (window.i0 + half)).tolist()
        rows = (j.astype(np.int64) - (window.j0 + half)).tolist()
        size = 2 * half + 2
        parts = [_overlap(row, size, window.ny) for row in rows]
        pairs = list(zip(parts, [_overlap(one, size, window.nx) for one in columns], strict=True))
        wander = np.zeros((len(pairs), size, size), np.float32)
        for number, ((there_j, here_j), (there_i, here_i)) in enumerate(pairs):
            wander[number, here_j, here_i] = self.wander[there_j, there_i]
        found = self._shape(east, north, shapes, wander)
        has_blocks = shapes.freshness[:, 0, 0] > 0.0
        for total, field, is_in in zip(sums, found, (None, None, None, has_blocks), strict=True):
            if field is None:
                continue
            for number in range(len(pairs)) if is_in is None else np.flatnonzero(is_in).tolist():
                (there_j, here_j), (there_i, here_i) = pairs[number]
                total[there_j, there_i] += field[number, here_j, here_i]

    def alone(self, shapes: Shapes, number: int, sums: Sums) -> None:
        """Stamp one large crater on the part of the window that it reaches."""
        x, y = self.craters.x_m[number], self.craters.y_m[number]
        reach_m = float(shapes.reach[0, 0, 0]) * float(shapes.radius_m[0, 0, 0])
        x_m, y_m = self.window.x_m(), self.window.y_m()
        i0, i1 = np.searchsorted(x_m, (x - reach_m, x + reach_m))
        j0, j1 = np.searchsorted(y_m, (y - reach_m, y + reach_m))
        if i0 >= i1 or j0 >= j1:
            return
        aside = max(x_m[i0] - x, x - x_m[i1 - 1], 0.0), max(y_m[j0] - y, y - y_m[j1 - 1], 0.0)
        # A corner of the window may lie in the square about a crater, but not in its circle.
        if math.hypot(*aside) > _BEYOND * reach_m:
            return
        radius_m = float(shapes.radius_m[0, 0, 0])
        east = ((x_m[i0:i1] - x) / radius_m).astype(np.float32)[None, None, :]
        north = ((y_m[j0:j1] - y) / radius_m).astype(np.float32)[None, :, None]
        part = (slice(j0, j1), slice(i0, i1))
        found = self._shape(east, north, shapes, self.wander[part][None])
        for total, field in zip(sums, found, strict=True):
            if field is not None:
                total[part] += field[0]

    def broadly(self, shapes: Shapes, number: int, sums: Sums) -> None:
        """Stamp a very large crater: on every sixteenth node, splines between them."""
        window, spacing = self.window, _BROAD_STEP * self.window.step()
        east = spread(window.i0 * window.step(), window.nx, window.step(), (spacing,))
        north = spread(window.j0 * window.step(), window.ny, window.step(), (spacing,))
        knots = Window(window.level, east.first[0], north.first[0], east.count[0], north.count[0])
        scale = _BROAD_STEP / float(shapes.radius_m[0, 0, 0])
        x = knots.x_m() * scale - self.craters.x_m[number] / float(shapes.radius_m[0, 0, 0])
        y = knots.y_m() * scale - self.craters.y_m[number] / float(shapes.radius_m[0, 0, 0])
        still = np.zeros((1, 1, 1), np.float32)
        found = self._shape(
            x.astype(np.float32)[None, None, :], y.astype(np.float32)[None, :, None], shapes, still
        )
        carried: dict[int, Array] = {}
        for total, field in zip(sums, found, strict=True):
            if field is None or not field.any():
                continue
            if id(field) not in carried:
                # Short binary fractions keep the products exact.
                short = np.rint(field[0].astype(np.float64) * _BROAD_FINE) / _BROAD_FINE
                carried[id(field)] = (north.weights @ short) @ east.weights.T
            np.add(total, carried[id(field)], out=total, casting="same_kind")

    def _shape(
        self, east: Single, north: Single, shapes: Shapes, wander: Single
    ) -> tuple[Single, Single | None, Single | None, Single | None]:
        """Return height over the old ground [m], floor, wide floor and fresh ejecta [-]."""
        u, r = lobed_radius(east, north, shapes)
        bend = shapes.wobble * wander
        bend += _ONE
        u *= bend
        down_wind = east * self.wind[0] + north * self.wind[1]
        fade = crater_fade(u, r, shapes)
        profile_m = crater_profile_m(u, fade, down_wind, shapes, self.spec)
        floor = basin = fresh = None
        # Most windows lie on a crater's flank: there is neither floor nor block in them.
        if float(u.min()) < self.spec.floor_edge:
            floor = smooth(u, self.spec.floor_edge, self.spec.floor_inner)
            trap = np.minimum(shapes.depth_m / (shapes.radius_m * self._trap), _ONE)
            floor *= trap * np.minimum(shapes.radius_m / np.float32(self.spec.trap_m), _ONE)
            wide = shapes.radius_m > np.float32(self.spec.basin_m)
            basin = floor if wide.all() else floor * wide if wide.any() else None
        if shapes.freshness.any() and float(u.max()) > self.spec.blocks_from:
            fresh = smooth(u, self.spec.blocks_from, self.spec.blocks_full)
            fresh *= fade
            fresh *= shapes.freshness
        return profile_m, floor, basin, fresh
