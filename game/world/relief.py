"""Height without craters: regional plane and self-affine noise; and the cover of loose sand."""

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream
from game.world.lattice import Field, Key, covariance, lattice_key, lattice_noise
from game.world.noise_field import coarse_relief_m
from game.world.spec import CoverSpec, ReliefSpec, TerrainSpec
from game.world.window import FINE_PER_M, Window

# The lattice noise of 2002 has nearly the covariance of the splines at this spacing ratio: its
# bumps are narrower by it (both compared at a tenth of their spacing).
COARSE_RATIO = 2.0
Single = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Octave:
    """One octave of fine noise.

    Attributes
    ----------
    spacing : int
        Distance of lattice points in steps of the finest level. [-]
    amplitude : float
        Standard deviation, in metres for heights. [m]
    key : tuple of int
        Words of its hash. [-]
    is_turned : bool
        Lattice along the diagonals.
    """

    spacing: int
    amplitude: float
    key: Key
    is_turned: bool


def octaves_of(
    spacings_m: tuple[float, ...], amplitudes: tuple[float, ...], seed: int, first: int
) -> tuple[Octave, ...]:
    """Return octaves with keys of their own, every other one along the diagonals."""
    return tuple(
        Octave(
            max(2, round(spacing_m * FINE_PER_M)),
            amplitude,
            lattice_key(seed, Stream.TERRAIN, first + number),
            number % 2 == 1,
        )
        for number, (spacing_m, amplitude) in enumerate(zip(spacings_m, amplitudes, strict=True))
    )


def octave_noise(window: Window, octave: Octave) -> Field:
    """Return one octave with its amplitude over a window, shape (ny, nx)."""
    noise = lattice_noise(window, octave.spacing, octave.key, is_turned=octave.is_turned)
    noise *= octave.amplitude
    return noise


def is_seen(window: Window, octave: Octave, cells_per_spacing: float) -> bool:
    """Return whether a level is fine enough to carry an octave."""
    return octave.spacing >= cells_per_spacing * window.step()


@lru_cache(maxsize=64)
def height_scale_m(relief: ReliefSpec, hurst: float, rms_slope_rad: float) -> float:
    """Standard deviation of an octave of 1 m spacing, so that the slope at 10 m is as wanted [m].

    Notes
    -----
    The octave of spacing L has scale * L**hurst, and height differences over 10 m add up.
    """
    baseline_m = 10.0
    spacings_m = relief.fine_spacing_m + tuple(
        length_m / COARSE_RATIO for length_m in relief.coarse_spacing_m
    )
    total = sum(
        2.0 * (covariance(0.0) - covariance(baseline_m / length_m)) * length_m ** (2.0 * hurst)
        for length_m in spacings_m
    )
    return baseline_m * math.tan(rms_slope_rad) / math.sqrt(total / covariance(0.0))


class Relief:
    """Plane and noise of one world; holds nothing but numbers made from the description."""

    def __init__(self, spec: TerrainSpec) -> None:
        relief, site = spec.recipe.relief, spec.site
        self._relief, self._seed = relief, spec.seed
        scale_m = height_scale_m(relief, site.hurst, math.radians(site.rms_slope_10m_deg))
        self._knot = round(relief.knot_m * FINE_PER_M)
        self._coarse = tuple(round(length / relief.knot_m) for length in relief.coarse_spacing_m)
        self._coarse_m = tuple(
            scale_m * (length / COARSE_RATIO) ** site.hurst for length in relief.coarse_spacing_m
        )
        amplitudes_m = tuple(scale_m * length**site.hurst for length in relief.fine_spacing_m)
        self._octaves = octaves_of(relief.fine_spacing_m, amplitudes_m, spec.seed, 100)
        slope = math.tan(math.radians(site.plane_slope_deg))
        azimuth_rad = math.radians(site.descent_azimuth_deg)
        self._plane = (-slope * math.sin(azimuth_rad), -slope * math.cos(azimuth_rad))

    def plane_m(self, window: Window) -> Field:
        """Return the regional plane, 0 at the lander, shape (ny, nx) [m]."""
        east, north = self._plane
        return np.asarray(window.x_m()[None, :] * east + window.y_m()[:, None] * north)

    def noise_m(self, window: Window) -> tuple[Field, Field]:
        """Return firm and damped noise: the second is what sand smooths, shape (ny, nx) [m]."""
        firm = coarse_relief_m(window, self._knot, self._coarse, self._coarse_m, self._seed)
        fine = np.zeros_like(firm)
        limit = self._relief.damped_below_m * FINE_PER_M
        for octave in self._octaves:
            if is_seen(window, octave, self._relief.cells_per_spacing):
                part = firm if octave.spacing >= limit else fine
                part += octave_noise(window, octave)
        return firm, fine

    def height_m(self, window: Window, cover: Single) -> Field:
        """Return plane and noise, fine octaves damped under sand, shape (ny, nx) [m]."""
        firm, fine = self.noise_m(window)
        if window.cell_m() < self._relief.damped_below_m:
            bare, sand = self._relief.bare_gain_frac, self._relief.sand_gain_frac
            fine *= bare + (sand - bare) * sand_share(cover)
            firm += fine
        firm += self.plane_m(window)
        return firm


class Cover:
    """How much loose sand lies where."""

    def __init__(self, spec: TerrainSpec) -> None:
        cover: CoverSpec = spec.recipe.cover
        norm = math.sqrt(sum(weight * weight for weight in cover.weight))
        weights = tuple(weight / norm for weight in cover.weight)
        self._octaves = octaves_of(cover.spacing_m, weights, spec.seed, 200)
        self._shift = spec.site.sand_shift
        self._cells = 2.0 * spec.recipe.relief.cells_per_spacing

    def field(self, window: Window) -> Single:
        """Return the cover before hollows are counted, about unit normal, shape (ny, nx) [-]."""
        total = np.full((window.ny, window.nx), self._shift)
        for octave in self._octaves:
            if is_seen(window, octave, self._cells):
                total += octave_noise(window, octave)
        return total.astype(np.float32)


def smooth(x: Single, low: float, high: float) -> Single:
    """Rise from 0 to 1 between two values, without a corner [-]."""
    t = (x - np.float32(low)) * np.float32(1.0 / (high - low))
    np.clip(t, 0.0, 1.0, out=t)
    return np.asarray(t * t * (np.float32(3.0) - np.float32(2.0) * t))


def sand_share(cover: Single) -> Single:
    """Return how far the ground is under sand, 0 to 1 [-]."""
    return smooth(cover, -0.05, 0.75)


def bare_share(cover: Single) -> Single:
    """Return how far crust is bare, 0 to 1 [-]."""
    return np.float32(1.0) - smooth(cover, -0.75, 0.05)
