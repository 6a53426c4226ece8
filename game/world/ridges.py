"""Wind-made ridges: transverse ridges, megaripples beside them, metre ripples on thick sand."""

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from game.world.landform_specs import RidgeSpec
from game.world.relief import Layer, amplitudes, octaves_of, smooth
from game.world.spec import TerrainSpec
from game.world.window import Window

Single = NDArray[np.float32]

# A ridge needs this many cells from crest to crest to be drawn at all.
_CELLS_PER_WAVE = 4.0
_ONE = np.float32(1.0)


class RidgeField:
    """One family of ridges of one world."""

    def __init__(self, spec: TerrainSpec, ridge: RidgeSpec, area_frac: float, first: int) -> None:
        self._ridge = ridge
        self.height_m = ridge.height_m
        lengths_m = (*ridge.warp_spacing_m, ridge.cut_spacing_m)
        warp = amplitudes(ridge.warp_m)
        cut = (0.0,) * len(warp) + amplitudes((1.0,))
        self._bend = Layer(octaves_of(lengths_m, spec.seed, first), (warp, cut), 1.0)
        norm = math.hypot(1.0, ridge.cover_weight)
        self._mask_weight = np.float32(1.0 / norm)
        self._cover_weight = np.float32(ridge.cover_weight / norm)
        self._limit = NormalDist().inv_cdf(1.0 - area_frac)
        self._across = _down_wind_normal(
            math.radians(spec.site.crest_azimuth_deg + ridge.crest_turn_deg),
            math.radians(spec.site.wind_to_deg),
        )

    def is_seen(self, window: Window) -> bool:
        """Return whether a level is fine enough to carry these ridges."""
        return self._ridge.wavelength_m >= _CELLS_PER_WAVE * window.cell_m()

    def growth(self, mask: Single, cover: Single, hollow: Single) -> Single:
        """Return how far ridges have grown, 0 to 1, shape (ny, nx) [-]."""
        field = self._mask_weight * mask
        field += self._cover_weight * cover
        field += np.float32(self._ridge.hollow_weight) * hollow
        return smooth(field, self._limit, self._limit + self._ridge.edge)

    def crests(self, window: Window) -> Single:
        """Return the shape of ridges if they were fully grown, 0 to 1, shape (ny, nx) [-].

        Notes
        -----
        Crests are cut by noise into crescents; where a crest is low it lies further down the
        wind, so that the horns of a crescent point that way.
        """
        ridge, (east, north) = self._ridge, self._across
        phase, cut = self._bend.fields(window, (0, 1))
        keep = smooth(cut.astype(np.float32), -ridge.cut_depth, ridge.cut_depth)
        phase += (window.x_m() * east)[None, :]
        phase += (window.y_m() * north)[:, None]
        phase += keep * np.float32(ridge.horn_m)
        phase *= 1.0 / ridge.wavelength_m
        phase -= np.floor(phase)
        roof = phase.astype(np.float32)
        lee = _ONE - roof
        lee *= np.float32(1.0 / (1.0 - ridge.rise_frac))
        roof *= np.float32(1.0 / ridge.rise_frac)
        np.minimum(roof, lee, out=roof)
        sharp = np.float32(ridge.sharpness)
        np.multiply(roof, sharp, out=lee)
        lee += _ONE - sharp
        roof *= lee
        roof *= keep
        return roof


def _down_wind_normal(crest_rad: float, wind_rad: float) -> tuple[float, float]:
    """Return the unit vector across the crests that points with the wind, east and north [-]."""
    normal_rad = crest_rad + math.pi / 2.0
    sign = 1.0 if math.cos(normal_rad - wind_rad) >= 0.0 else -1.0
    return sign * math.sin(normal_rad), sign * math.cos(normal_rad)
