"""How rocky a place is: patches, young ejecta, ridges, sand, and what a level says."""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.world.overlays import RockFieldOverlay
from game.world.relief import Layer, amplitudes, octaves_of, sand_share
from game.world.spec import TerrainSpec
from game.world.window import Window

Array = NDArray[np.float64]
# Squares of rocks look their abundance up in blocks of so many nodes, which they share.
_BLOCK = 128
Single = NDArray[np.float32]
# Sand cover, crests of ridges and young ejecta of a window.
Litter = Callable[[Window], tuple[Single, Single, Single]]


class Abundance:
    """Rock abundance of places, relative to the site, from 0 to `most`."""

    def __init__(self, spec: TerrainSpec, litter: Litter) -> None:
        rock = spec.recipe.rock
        self._rock, self._litter = rock, litter
        self._fields = [one for one in spec.overlays if isinstance(one, RockFieldOverlay)]
        self._site_frac = spec.site.rock_frac
        octaves = octaves_of((rock.patch_spacing_m,), spec.seed, 700)
        self._patches = Layer(octaves, (amplitudes((rock.patch_sigma,)),), 1.0)
        self._factor = lru_cache(maxsize=32)(self._made_factor)
        self.most = max([rock.most, *(one.rock_frac / self._site_frac for one in self._fields)])

    def of(self, x_m: Array, y_m: Array) -> Array:
        """Return the abundance at places that lie near each other, float64 [-]."""
        if not x_m.size:
            return np.zeros(0)
        cell_m = 2.0**self._rock.field_level
        i, j = np.rint(x_m / cell_m).astype(np.int64), np.rint(y_m / cell_m).astype(np.int64)
        window = self._around(int(i.min()), int(j.min()), int(i.max()), int(j.max()))
        factor = self._factor(window)[j - window.j0, i - window.i0]
        for one in self._fields:
            is_in = (x_m - one.x_m) ** 2 + (y_m - one.y_m) ** 2 < one.radius_m**2
            factor = np.where(is_in, one.rock_frac / self._site_frac, factor)
        return np.asarray(np.minimum(factor, self.most))

    def _around(self, i0: int, j0: int, i1: int, j1: int) -> Window:
        """Return the block that holds some nodes, or a window of their own if none does."""
        level = self._rock.field_level
        west, south = i0 // _BLOCK * _BLOCK, j0 // _BLOCK * _BLOCK
        if i1 <= west + _BLOCK and j1 <= south + _BLOCK:
            return Window(level, west, south, _BLOCK + 1, _BLOCK + 1)
        return Window(level, i0, j0, i1 - i0 + 1, j1 - j0 + 1)

    def _made_factor(self, window: Window) -> Array:
        """Return the abundance on the nodes of a window, shape (ny, nx) [-]."""
        rock = self._rock
        cover, ridge, fresh = self._litter(window)
        (patches,) = self._patches.fields(window, (0,))
        factor = np.exp(patches - rock.patch_sigma**2 / 2.0)
        factor *= 1.0 - rock.sand_gain * (sand_share(cover) - rock.sand_mean)
        factor *= 1.0 + (rock.ridge_gain - 1.0) * ridge
        factor *= 1.0 + (rock.fresh_gain - 1.0) * fresh
        return np.asarray(factor)
