"""Soil classes: where which one lies, and what each is like."""

from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

from game.world.surface_specs import SoilSpec, SoilTraits

Single = NDArray[np.float32]


class Soil(IntEnum):
    """What the wheel stands on. Numbers are kept in levels and saves: never renumber."""

    BEDROCK = 0
    DURICRUST = 1
    CRUSTY_CLODDY = 2
    COMPACT_SAND = 3
    TAR_CREST = 4
    LOOSE_SAND = 5
    DRIFT_DUST = 6
    FRESH_EJECTA = 7


# From bare rock to deep dust, in the order in which sand covers them.
_BY_COVER = np.array(
    [
        Soil.BEDROCK,
        Soil.DURICRUST,
        Soil.CRUSTY_CLODDY,
        Soil.COMPACT_SAND,
        Soil.LOOSE_SAND,
        Soil.DRIFT_DUST,
    ],
    dtype=np.uint8,
)


def traits_of(soil: Soil, traits: tuple[SoilTraits, ...]) -> SoilTraits:
    """Return what a soil class is like, from the recipe's table."""
    return next(one for one in traits if one.name == soil.name.lower())


def soil_classes(
    cover: Single, ridge: Single, fresh: Single, hollow: Single, spec: SoilSpec
) -> NDArray[np.uint8]:
    """Name the soil of every node.

    Parameters
    ----------
    cover : ndarray
        Loose sand, unit normal. [-]
    ridge : ndarray
        Crests of ridges and ripples, 0 to 1. [-]
    fresh : ndarray
        Young ejecta, 0 to 1. [-]
    hollow : ndarray
        Filled crater floors, 0 to 1. [-]
    spec : SoilSpec
        Limits.

    Returns
    -------
    ndarray
        `Soil` numbers, uint8, same shape.
    """
    level = cover + hollow
    rank = np.zeros(cover.shape, np.uint8)
    for limit in (
        spec.bedrock_below,
        spec.duricrust_below,
        spec.crusty_below,
        spec.compact_below,
        spec.drift_above,
    ):
        rank += level > np.float32(limit)
    soil: NDArray[np.uint8] = _BY_COVER[rank]
    soil[fresh > spec.fresh_above] = Soil.FRESH_EJECTA
    soil[ridge > spec.ridge_above] = Soil.TAR_CREST
    return soil
