"""Wind-made ridges: transverse ridges, megaripples beside them, metre ripples on thick sand."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from game.world.relief import octave_noise, octaves_of, smooth
from game.world.spec import RidgeSpec, TerrainSpec
from game.world.window import Window

Single = NDArray[np.float32]

# A ridge needs this many cells from crest to crest to be drawn at all.
_CELLS_PER_WAVE = 4.0


class RidgeField:
    """One family of ridges of one world."""

    def __init__(self, spec: TerrainSpec, ridge: RidgeSpec, area_frac: float, first: int) -> None:
        self._ridge = ridge
        seed = spec.seed
        norm = math.hypot(*ridge.mask_weight, ridge.cover_weight)
        self._mask = octaves_of(
            ridge.mask_spacing_m, tuple(w / norm for w in ridge.mask_weight), seed, first
        )
        self._cover_weight = ridge.cover_weight / norm
        self._warp = octaves_of(ridge.warp_spacing_m, ridge.warp_m, seed, first + 10)
        (self._cut,) = octaves_of((ridge.cut_spacing_m,), (1.0,), seed, first + 20)
        self._limit = NormalDist().inv_cdf(1.0 - area_frac)
        self._along = _down_wind_normal(
            math.radians(spec.site.crest_azimuth_deg + ridge.crest_turn_deg),
            math.radians(spec.site.wind_to_deg),
        )

    def is_seen(self, window: Window) -> bool:
        """Return whether a level is fine enough to carry these ridges."""
        return self._ridge.wavelength_m >= _CELLS_PER_WAVE * window.cell_m()

    def growth(self, window: Window, cover: Single, hollow: Single) -> Single:
        """Return how far ridges have grown, 0 to 1, shape (ny, nx) [-]."""
        field = np.float32(self._cover_weight) * cover
        field += np.float32(self._ridge.hollow_weight) * hollow
        for octave in self._mask:
            field += octave_noise(window, octave).astype(np.float32)
        return smooth(field, self._limit, self._limit + self._ridge.edge)

    def crests(self, window: Window) -> Single:
        """Return the shape of the ridges if they were fully grown, 0 to 1, shape (ny, nx) [-]."""
        ridge, (east, north) = self._ridge, self._along
        phase = window.x_m()[None, :] * east + window.y_m()[:, None] * north
        for octave in self._warp:
            phase += octave_noise(window, octave)
        cut = octave_noise(window, self._cut).astype(np.float32)
        keep = smooth(cut, -ridge.cut_depth - 0.5, ridge.cut_depth - 0.5)
        # Where a crest is cut it lags: the ends of crescents point down the wind.
        phase /= ridge.wavelength_m
        phase -= np.floor(phase)
        f = phase.astype(np.float32)
        rise = np.float32(ridge.rise_frac)
        roof = np.minimum(f / rise, (np.float32(1.0) - f) / (np.float32(1.0) - rise))
        sharp = np.float32(ridge.sharpness)
        return np.asarray(roof * (np.float32(1.0) - sharp + sharp * roof) * keep)


def _down_wind_normal(crest_rad: float, wind_rad: float) -> tuple[float, float]:
    """Return the unit vector across the crests that points with the wind, east and north [-]."""
    normal_rad = crest_rad + math.pi / 2.0
    sign = 1.0 if math.cos(normal_rad - wind_rad) >= 0.0 else -1.0
    return sign * math.sin(normal_rad), sign * math.cos(normal_rad)
