"""Which craters there are: sizes, places and ages, drawn square by square."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.world.craters import (
    Craters,
    crater_density_1_km2,
    crater_diameter_m,
    crater_table,
    joined,
)
from game.world.landform_specs import CraterSpec
from game.world.spec import TerrainSpec
from game.world.squares import Box, Numbered, Square, numbered, poisson, squares

Array = NDArray[np.float64]

_KM2_M2 = 1.0e6
# Blocks of squares are drawn at once: up to so many squares a side, if they hold no more craters.
_WIDEST_BLOCK, _MANY_CRATERS = 4, 1100.0
# More than a size is computed to: what has just that size is never missed.
_ABOVE_ONE = 1.0 + 1e-9


class CraterField:
    """All craters of one world, block by block of squares, from a bounded memory.

    Every square of a family has its craters, numbered, and drawn by their numbers. A block is
    drawn without those much smaller than asked for, so that a wide window of coarse ground does
    not pay for the thousands that it cannot show.
    """

    def __init__(self, spec: TerrainSpec) -> None:
        self.spec = spec
        count = len(spec.recipe.crater.family_cell_m)
        self._families = tuple(_family(spec, number) for number in range(count))
        self._block = lru_cache(maxsize=256)(self._drawn)

    def touching(self, box: Box, smallest_m: float) -> Craters:
        """Return craters of a size and more whose ejecta may reach a box, oldest first."""
        reach_frac = self.spec.recipe.crater.reach_fresh / 2.0
        parts = []
        for block in self._blocks(box, smallest_m, reach_frac):
            near = _near(block, box, block.diameter_m * reach_frac)
            near &= block.diameter_m >= smallest_m
            if near.any():
                parts.append(block.taken(near))
        return joined(parts)

    def inside(self, box: Box, smallest_m: float) -> Craters:
        """Return craters of a size and more whose centres lie in a box, oldest first."""
        parts = []
        for block in self._blocks(box, smallest_m, 0.0):  # no crater lies outside its square
            is_in = _near(block, box, np.zeros_like(block.x_m)) & (block.diameter_m >= smallest_m)
            parts.append(block.taken(is_in & (block.x_m < box[2]) & (block.y_m < box[3])))
        return joined(parts)

    def _blocks(self, box: Box, smallest_m: float, reach_frac: float) -> Iterator[Craters]:
        """Yield the blocks with such craters that reach a box, by shares of their diameters."""
        for family in self._families:
            if family.largest_m < smallest_m:
                continue
            octave = family.octave(smallest_m)
            side_m = family.block_side[octave] * family.side_m
            for i, j in squares(box, reach_frac * family.largest_m, side_m):
                yield self._block(family.number, octave, i, j)

    def _drawn(self, number: int, octave: int, i: int, j: int) -> Craters:
        """Return the craters of one block, in no order: those from an octave on."""
        crater, seed, family = self.spec.recipe.crater, self.spec.seed, self._families[number]
        side, salt = family.block_side[octave], 10 * number
        cells = [(side * i + k % side, side * j + k // side) for k in range(side * side)]
        (chance,) = numbered(cells, [1] * len(cells)).uniforms((salt,), seed)
        things = numbered(cells, [poisson(family.mean, one) for one in chance.tolist()])
        (u,) = things.uniforms((salt + 1,), seed)
        density_1_km2 = family.most - u * (family.most - family.least)
        if octave:
            kept = np.flatnonzero(density_1_km2 <= family.density_1_km2[octave] * _ABOVE_ONE)
            things, density_1_km2 = things.taken(kept), density_1_km2[kept]
        v, w, age, phase, pick = things.uniforms(range(salt + 2, salt + 7), seed)
        x, y = v * family.side_m, w * family.side_m
        if not number:
            which = np.flatnonzero(pick < crater.cluster_frac)
            x[which], y[which] = _clustered(crater, x[which], things.taken(which), cells, seed)
        diameter_m = crater_diameter_m(self.spec.site, density_1_km2)
        depth = crater.ghost_depth_ratio + crater.fresh_depth_ratio * (1.0 - age) ** 2
        worn = np.clip((diameter_m / crater.worn_m) ** crater.worn_power, crater.worn_floor, 1.0)
        x += things.i * family.side_m
        y += things.j * family.side_m
        return crater_table([x, y, diameter_m, depth * worn, age, phase])


@dataclass(frozen=True, slots=True)
class _Family:
    """Craters between two sizes [m], numbered in squares of one side [m].

    Octaves are sizes that double from the smallest on: how many craters there are of each and
    larger [1/km2], and how many squares a side of their blocks has.
    """

    number: int
    side_m: float
    smallest_m: float
    largest_m: float
    most: float
    least: float
    mean: float
    density_1_km2: tuple[float, ...]
    block_side: tuple[int, ...]

    def octave(self, smallest_m: float) -> int:
        """Return the last octave that holds all craters of a size and more [-]."""
        ratio = max(smallest_m / self.smallest_m, 1.0)
        return min(math.frexp(ratio)[1], len(self.block_side)) - 1


def _family(spec: TerrainSpec, number: int) -> _Family:
    crater, site = spec.recipe.crater, spec.site
    side_m = crater.family_cell_m[number]
    smallest_m, largest_m = crater.family_edge_m[number : number + 2]
    count = math.frexp(largest_m / smallest_m)[1]
    density_1_km2 = tuple(
        float(crater_density_1_km2(site, smallest_m * 2.0**octave)) for octave in range(count)
    )
    most, least = density_1_km2[0], float(crater_density_1_km2(site, largest_m))
    sides = tuple(_block_side((one - least) * side_m**2 / _KM2_M2) for one in density_1_km2)
    mean = (most - least) * side_m * side_m / _KM2_M2
    return _Family(number, side_m, smallest_m, largest_m, most, least, mean, density_1_km2, sides)


def _block_side(mean: float) -> int:
    side = _WIDEST_BLOCK
    while side > 1 and side * side * mean > _MANY_CRATERS:
        side //= 2
    return side


def _near(craters: Craters, box: Box, reach_m: Array) -> NDArray[np.bool_]:
    x0, y0, x1, y1 = box
    return np.asarray(
        (craters.x_m + reach_m >= x0)
        & (craters.x_m - reach_m <= x1)
        & (craters.y_m + reach_m >= y0)
        & (craters.y_m - reach_m <= y1)
    )


def _clustered(
    crater: CraterSpec, x: Array, things: Numbered, cells: list[Square], seed: int
) -> tuple[Array, Array]:
    """Return places of craters in the clusters of their square; the square keeps its count."""
    side_m, clusters = crater.family_cell_m[0], crater.clusters_per_cell
    (shape,) = numbered(cells, [3 * clusters] * len(cells)).uniforms((31,), seed)
    place = np.floor(x / side_m * clusters).astype(np.intp) + 3 * clusters * things.place
    east, north, turn = (shape[place + clusters * row] for row in range(3))
    turn = math.tau * turn
    # Box-Muller: two uniforms of the crater become two normals.
    u, v = things.pairs(32, seed)
    radius = np.sqrt(-2.0 * np.log1p(-u))
    along = crater.cluster_length_m * radius * np.cos(math.tau * v)
    across = crater.cluster_width_m * radius * np.sin(math.tau * v)
    dx = along * np.sin(turn) + across * np.cos(turn)
    dy = along * np.cos(turn) - across * np.sin(turn)
    return (east * side_m + dx) % side_m, (north * side_m + dy) % side_m
