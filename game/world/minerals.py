"""What rocks are made of: a class for each, from what can be seen of it."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from game.world.rocks import Rocks
from game.world.surface_specs import RockSpec, RockTraits

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


def rock_traits(one: RockClass, spec: RockSpec) -> RockTraits:
    """Return what a class of rocks is like, from the recipe's table."""
    return next(traits for traits in spec.classes if traits.name == one.name.lower())
