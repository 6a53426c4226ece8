"""What rocks are made of: a class for each, from what can be seen of it."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from game.world.rocks import Rocks
from game.world.surface_specs import RockSpec, RockTraits
from game.world.terrain import Terrain
from game.world.window import check_place

_MIX = 0x9E3779B1


class RockClass(IntEnum):
    """What a rock is. Numbers are kept in levels and saves: never renumber."""

    BASALT = 0
    COATED = 1
    PLATY = 2


def rock_classes(rocks: Rocks, spec: RockSpec) -> NDArray[np.uint8]:
    """Name the class of every rock.

    Parameters
    ----------
    rocks : Rocks
        Rocks of the ground or of a level.
    spec : RockSpec
        Limits.

    Returns
    -------
    ndarray
        `RockClass` numbers, uint8: flat and bright ones are platy, a share of the others wears a
        coat of dust and rind, the rest is bare basalt.
    """
    # A number of each rock's own; its shape uses other bits.
    draw = (rocks.shape_seed.astype(np.uint64) * _MIX >> 16 & 0xFFFF).astype(np.float64) / 65536.0
    found = np.where(draw < spec.coated_frac, RockClass.COATED, RockClass.BASALT).astype(np.uint8)
    is_flat = rocks.height_m < spec.platy_height * rocks.diameter_m
    found[is_flat & (rocks.tone >= spec.platy_tone)] = RockClass.PLATY
    return found


def rock_at(terrain: Terrain, x_m: float, y_m: float) -> RockClass | None:
    """Return the class of the rock that covers a place; the smallest if one lies on another.

    Rocks are taken for round, as the wheels and the hazard cameras take them.
    """
    check_place(x_m, y_m, "rock_at")
    spec = terrain.spec.recipe.rock
    # Small ones are drawn in squares of their own, and those within reach are few: a rock that
    # covers the place has its middle within its own radius.
    for smallest_m, largest_m in ((spec.smallest_m, spec.large_m), (spec.large_m, spec.largest_m)):
        reach_m = largest_m / 2.0
        box = (x_m - reach_m, y_m - reach_m, x_m + reach_m, y_m + reach_m)
        rocks = terrain.rocks_in(*box, smallest_m)
        away_m = np.hypot(rocks.x_m - x_m, rocks.y_m - y_m)
        hit = np.flatnonzero(away_m <= rocks.diameter_m / 2.0)
        if hit.size:
            one = hit[[int(np.argmin(rocks.diameter_m[hit]))]]
            return RockClass(int(rock_classes(rocks.taken(one), spec)[0]))
    return None


def rock_traits(one: RockClass, spec: RockSpec) -> RockTraits:
    """Return what a class of rocks is like, from the recipe's table."""
    return next(traits for traits in spec.classes if traits.name == one.name.lower())
