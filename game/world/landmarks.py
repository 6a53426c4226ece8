"""Named dunes, bright rocks and the ground that the landing engines swept."""

import math

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream
from game.world.lattice import Field, hashed, lattice_key
from game.world.overlays import OpenGround
from game.world.relief import smooth
from game.world.rocks import Rocks, rock_table
from game.world.spec import LandmarkDune, LandmarkRocks, TerrainSpec
from game.world.squares import Box
from game.world.window import Window

Single = NDArray[np.float32]
_LEAST_SHARE = 0.3
_FIRST_GROUP = 12  # numbers of the stream from here on are for groups of rocks


class Landmarks:
    """What a site has at known places; a level with open ground has none of it."""

    def __init__(self, spec: TerrainSpec) -> None:
        is_open = any(isinstance(overlay, OpenGround) for overlay in spec.overlays)
        self._spec = spec
        self._dunes = () if is_open else spec.site.dunes
        rocks = () if is_open else spec.site.rocks
        self._groups = tuple(_group(spec, one, number) for number, one in enumerate(rocks))
        self._halo_m = 0.0 if is_open else spec.site.halo_m

    def sweep(self, window: Window, cover: Single) -> None:
        """Take loose sand away round the lander, where the engines blew."""
        part = _near(window, (0.0, 0.0), self._halo_m)
        if self._halo_m <= 0.0 or part is None:
            return
        x_m, y_m = window.x_m()[part[1]], window.y_m()[part[0]]
        away_m = np.sqrt((x_m * x_m)[None, :] + (y_m * y_m)[:, None]).astype(np.float32)
        swept = np.float32(1.0) - smooth(away_m, self._halo_m / 3.0, self._halo_m)
        bare = np.minimum(cover[part], np.float32(self._spec.recipe.cover.swept))
        cover[part] += (bare - cover[part]) * swept

    def add_dunes(self, window: Window, height_m: Field, ridge: Single) -> None:
        """Add the named dunes to heights [m] and crests [-], shape (ny, nx)."""
        for dune in self._dunes:
            part = _near(window, (dune.x_m, dune.y_m), dune.length_m)
            if part is not None and dune.width_m >= 2.0 * window.cell_m():
                share = self._dune_share(dune, window.x_m()[part[1]], window.y_m()[part[0]])
                height_m[part] += share * np.float32(dune.height_m)
                ridge[part] = np.maximum(ridge[part], share)

    def _dune_share(self, dune: LandmarkDune, x_m: Field, y_m: Field) -> Single:
        """Return height over that of the crest: a ridge bent down the wind, ends tapering [-]."""
        spec = self._spec.recipe.dune
        turn = math.radians(dune.crest_azimuth_deg)
        east, north = (x_m - dune.x_m)[None, :], (y_m - dune.y_m)[:, None]
        along = (east * math.sin(turn) + north * math.cos(turn)) / (dune.length_m / 2.0)
        across = east * math.cos(turn) - north * math.sin(turn)
        wind_rad = math.radians(self._spec.site.wind_to_deg)
        if math.cos(turn) * math.sin(wind_rad) - math.sin(turn) * math.cos(wind_rad) < 0.0:
            across = -across
        across = across - spec.horn_ratio * dune.length_m / 2.0 * along * along
        s = (across / dune.width_m + spec.rise_frac).astype(np.float32)
        rise = np.float32(spec.rise_frac)
        roof = np.minimum(s / rise, (np.float32(1.0) - s) / (np.float32(1.0) - rise))
        roof = smooth(roof, 0.0, 1.0)
        taper = np.clip(1.0 - along * along, 0.0, 1.0).astype(np.float32)
        return np.asarray(roof * taper)

    def rocks(self, box: Box, smallest_m: float) -> list[Rocks]:
        """Return the bright rocks in a box, one list a group."""
        x0, y0, x1, y1 = box
        found = []
        for group in self._groups:
            is_in = (group.x_m >= x0) & (group.x_m < x1) & (group.y_m >= y0) & (group.y_m < y1)
            is_in &= group.diameter_m >= smallest_m
            if is_in.any():
                found.append(group.taken(is_in))
        return found


def _group(spec: TerrainSpec, one: LandmarkRocks, place: int) -> Rocks:
    """Return the rocks of one bright group: flat and light."""
    key = lattice_key(spec.seed, Stream.PLACES, _FIRST_GROUP + place)
    number = np.arange(one.count, dtype=np.int64)
    words = [hashed(number, number + 100 * use, key) for use in range(5)]
    u, v, size, tone = (word.astype(np.float64) * 2.0**-32 for word in words[:4])
    radius_m = one.radius_m * np.sqrt(u)
    diameter_m = one.low_m + (one.high_m - one.low_m) * size * size
    return rock_table(
        (
            one.x_m + radius_m * np.sin(math.tau * v),
            one.y_m + radius_m * np.cos(math.tau * v),
            diameter_m,
            diameter_m * spec.recipe.rock.height_low * (1.0 - _LEAST_SHARE * size),
            words[4],
            (1.0 - _LEAST_SHARE * tone).astype(np.float32),
        )
    )


def _near(
    window: Window, centre: tuple[float, float], reach_m: float
) -> tuple[slice, slice] | None:
    """Return the rows and columns within reach of a point, or nothing."""
    x_m, y_m = window.x_m(), window.y_m()
    i0, i1 = np.searchsorted(x_m, (centre[0] - reach_m, centre[0] + reach_m)).tolist()
    j0, j1 = np.searchsorted(y_m, (centre[1] - reach_m, centre[1] + reach_m)).tolist()
    return (slice(j0, j1), slice(i0, i1)) if i0 < i1 and j0 < j1 else None
