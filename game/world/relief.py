"""Height without craters: regional plane and self-affine noise; and the cover of loose sand."""

import math
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream
from game.world.diagonals import turned_field
from game.world.landform_specs import ReliefSpec
from game.world.lattice import (
    Field,
    Octave,
    lattice_key,
    short,
    straight_fields,
)
from game.world.noise_field import coarse_relief_m
from game.world.spec import TerrainSpec
from game.world.spectrum import OCTAVE_STD, covariance
from game.world.window import FINE_PER_M, Window

Single = NDArray[np.float32]
Mix = tuple[float, ...]


def octaves_of(spacings_m: Sequence[float], seed: int, first: int) -> tuple[Octave, ...]:
    """Return octaves with keys of their own, numbered from `first`."""
    return tuple(
        Octave(max(2, round(spacing_m * FINE_PER_M)), lattice_key(seed, Stream.TERRAIN, number))
        for number, spacing_m in enumerate(spacings_m, first)
    )


def amplitudes(stds: Sequence[float]) -> Mix:
    """Return amplitudes that give octaves these standard deviations."""
    return tuple(short(std / OCTAVE_STD) for std in stds)


class Layer:
    """Some octaves along the axes, and the mixes in which they are wanted."""

    def __init__(self, octaves: Sequence[Octave], mixes: Sequence[Mix], cells: float) -> None:
        self._octaves, self._cells = tuple(octaves), cells
        self._mixes = tuple(mix + (0.0,) * (len(self._octaves) - len(mix)) for mix in mixes)

    def seen(self, window: Window) -> int:
        """Return how many octaves a level is fine enough to carry [-]."""
        return sum(octave.spacing >= self._cells * window.step() for octave in self._octaves)

    def fields(self, window: Window, wanted: Sequence[int]) -> list[Field]:
        """Return the wanted mixes over a window, shape (ny, nx) each."""
        count = self.seen(window)
        if not count:
            return [np.zeros((window.ny, window.nx)) for _ in wanted]
        mixes = [self._mixes[number][:count] for number in wanted]
        return straight_fields(window, self._octaves[:count], mixes)

    def turned(self, window: Window) -> Field | None:
        """Return the first mix with lattices along the diagonals, or nothing if unseen."""
        count = self.seen(window)
        if not count:
            return None
        return turned_field(window, self._octaves[:count], self._mixes[0][:count])


@lru_cache(maxsize=64)
def height_scale_m(relief: ReliefSpec, hurst: float, rms_slope_rad: float) -> float:
    """Return the strength of an octave of 1 m spacing that gives the wanted slope at 10 m [m].

    Notes
    -----
    The octave of spacing L has scale * L**hurst, and squared height differences over 10 m add
    up. Coarse octaves count as splines of a shorter spacing.
    """
    baseline_m = 10.0
    spacings_m = relief.fine_spacing_m + tuple(
        length_m / relief.coarse_ratio for length_m in relief.coarse_spacing_m
    )
    total = math.fsum(
        2.0 * (covariance(0.0) - covariance(baseline_m / length_m)) * length_m ** (2.0 * hurst)
        for length_m in spacings_m
    )
    return baseline_m * math.tan(rms_slope_rad) / math.sqrt(total / covariance(0.0))


class Relief:
    """Plane and noise of one world; holds nothing but numbers made from the description."""

    def __init__(self, spec: TerrainSpec) -> None:
        relief, site = spec.recipe.relief, spec.site
        self._relief, self._seed = relief, spec.seed
        hurst = site.hurst - relief.hurst_bias
        scale_m = height_scale_m(relief, hurst, math.radians(site.rms_slope_10m_deg))
        self._knot = round(relief.knot_m * FINE_PER_M)
        self._coarse = tuple(round(length / relief.knot_m) for length in relief.coarse_spacing_m)
        self._coarse_m = tuple(
            scale_m * (length / relief.coarse_ratio) ** hurst for length in relief.coarse_spacing_m
        )
        octaves = octaves_of(relief.fine_spacing_m, spec.seed, 100)
        heights = amplitudes([scale_m * length**hurst for length in relief.fine_spacing_m])
        split = sum(length >= relief.damped_below_m for length in relief.fine_spacing_m)
        is_turned = [length in relief.turned_spacing_m for length in relief.fine_spacing_m]
        straight = [number for number in range(split) if not is_turned[number]]
        turned = [number for number in range(split) if is_turned[number]]
        wander = amplitudes(relief.wander)
        cells = relief.cells_per_spacing
        self._firm = Layer(
            [octaves[number] for number in straight],
            [tuple(heights[number] for number in straight), wander],
            cells,
        )
        self._turned = Layer(
            [octaves[number] for number in turned],
            [tuple(heights[number] for number in turned)],
            cells,
        )
        self._fine = Layer(octaves[split:], [heights[split:]], cells)
        self._slope = math.tan(math.radians(site.plane_slope_deg))
        azimuth_rad = math.radians(site.descent_azimuth_deg)
        self._plane = (-math.sin(azimuth_rad), -math.cos(azimuth_rad))

    def plane_m(self, window: Window) -> Field:
        """Return the regional plane, 0 at the lander, shape (ny, nx) [m].

        It rises and falls in arcs of hundreds of kilometres, so that heights stay within what
        single precision carries, however far one goes.
        """
        east, north = self._plane
        half_m = self._relief.plane_half_wave_m
        way = window.x_m()[None, :] * (east / half_m) + window.y_m()[:, None] * (north / half_m)
        low, high = math.floor(float(way.min())), math.floor(float(way.max()))
        arc = np.floor(way) if low < high else float(low)
        way -= arc
        height_m = 1.0 - way
        height_m *= way
        height_m *= (1.0 - 2.0 * (arc % 2.0)) * (self._slope * half_m)
        return np.asarray(height_m)

    def wander(self, window: Window) -> Single:
        """Return the second field of `height_m` alone [-]."""
        (wander,) = self._firm.fields(window, (1,))
        return wander.astype(np.float32)

    def height_m(self, window: Window, cover: Single) -> tuple[Field, Single]:
        """Return plane and noise, damped under sand where fine, and a field that wanders.

        Returns
        -------
        height_m : ndarray
            Shape (ny, nx), float64. [m]
        wander : ndarray
            Unit variance, bumps of tens of metres, for crooked outlines, float32. [-]
        """
        height_m, wander = self._firm.fields(window, (0, 1))
        turned_m = self._turned.turned(window)
        if turned_m is not None:
            height_m += turned_m
        height_m += coarse_relief_m(window, self._knot, self._coarse, self._coarse_m, self._seed)
        if self._fine.seen(window):
            (fine_m,) = self._fine.fields(window, (0,))
            bare, sand = self._relief.bare_gain_frac, self._relief.sand_gain_frac
            fine_m *= bare + (sand - bare) * sand_share(cover)
            height_m += fine_m
        height_m += self.plane_m(window)
        return height_m, wander.astype(np.float32)


class Cover:
    """How much loose sand lies where, and the masks of ridges, all from the same octaves."""

    def __init__(self, spec: TerrainSpec) -> None:
        recipe = spec.recipe
        weights = [recipe.cover.weight]
        weights += [one.mask_weight for one in (recipe.ridge, recipe.megaripple, recipe.ripple)]
        mixes = []
        for weight in weights:
            norm = math.hypot(*weight)
            mixes.append(amplitudes([one / norm for one in weight]))
        octaves = octaves_of(recipe.cover.spacing_m, spec.seed, 200)
        self._layer = Layer(octaves, mixes, 2.0 * recipe.relief.cells_per_spacing)
        self._shift = np.float32(spec.site.sand_shift)

    def fields(self, window: Window, masks: Sequence[int]) -> list[Single]:
        """Return the cover and the wanted ridge masks, about unit normal, shape (ny, nx) [-]."""
        found = self._layer.fields(window, (0, *(number + 1 for number in masks)))
        cover, *rest = (field.astype(np.float32) for field in found)
        cover += self._shift
        return [cover, *rest]


def smooth(x: Single, low: float, high: float) -> Single:
    """Rise from 0 to 1 between two values, without a corner [-]."""
    t = x - np.float32(low)
    t *= np.float32(1.0 / (high - low))
    np.clip(t, 0.0, 1.0, out=t)
    rest = np.float32(3.0) - np.float32(2.0) * t
    rest *= t
    rest *= t
    return rest


# Limits of sand on the cover field: the look of the ground is tuned to them.
SAND_FROM, SAND_FULL = -0.05, 0.75


def sand_share(cover: Single) -> Single:
    """Return how far the ground is under sand, 0 to 1 [-]."""
    return smooth(cover, SAND_FROM, SAND_FULL)
