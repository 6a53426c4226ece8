"""What lies under a place: the layers of the world, with the marks that its past has left."""

import math
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from game.rng import Stream, uniform
from game.science.samples import ScienceSpec, UndergroundSpec, cell_name, cell_of, signs_at
from game.world.strata import Stratum

FINING = "fining_upward"  # signs of `data/science.toml` that the radar looks for
WEDGES = "polygon_wedges"
Place = tuple[float, float]
_SEED_INDEX = 1_600  # numbers of the random draws of a polygon: its middle, east and north


def buried_at(
    spec: ScienceSpec,
    seed: int,
    place_m: tuple[float, float],
    strata: tuple[Stratum, ...],
) -> tuple[Stratum, ...]:
    """Return the layers below a place, from the surface down, with stones sorted and polygons.

    Notes
    -----
    Where water once sorted the stones, the named layer has fine ones above coarse ones; elsewhere
    they are of one size. Where the ground froze and cracked, a boundary lies at the depth of the
    buried polygons, and deeper in the wedges along their edges.

    References
    ----------
    .. [1] C. Li et al., "Layered subsurface in Utopia Basin of Mars revealed by Zhurong rover
       radar", Nature 610, 2022 (stones that grow with depth).
    .. [2] L. Zhang et al., "Buried palaeo-polygonal terrain detected underneath Utopia Planitia on
       Mars by the Zhurong radar", Nature Astronomy 8, 2024 (16 wedges in 1.2 km, from 35 m down).
    """
    return _marked(spec.underground, seed, place_m, strata, signs_at(spec, seed, *place_m))


def buried_along(
    spec: ScienceSpec, seed: int, places: Sequence[Place], strata: Sequence[tuple[Stratum, ...]]
) -> tuple[tuple[Stratum, ...], ...]:
    """Return `buried_at` for every place of a way; its marks are the same all over a unit."""
    units = [cell_of(*place, spec.ground.unit_m) for place in places]
    first = dict(zip(units, places, strict=True))
    signs = {unit: signs_at(spec, seed, *place) for unit, place in first.items()}
    return tuple(
        _marked(spec.underground, seed, place, layers, signs[unit])
        for unit, place, layers in zip(units, places, strata, strict=True)
    )


def _marked(
    rules: UndergroundSpec,
    seed: int,
    place_m: Place,
    strata: tuple[Stratum, ...],
    signs: frozenset[str],
) -> tuple[Stratum, ...]:
    found: list[Stratum] = []
    for layer in strata:
        if layer.name == rules.sorted_layer:
            found += _sorted(rules, layer, is_fining=FINING in signs)
        elif layer.name == rules.polygon_layer and WEDGES in signs:
            found += _cracked(rules, seed, layer, place_m)
        else:
            found.append(layer)
    return tuple(found)


def edge_m(rules: UndergroundSpec, seed: int, x_m: float, y_m: float) -> float:
    """Return how far a place is from the edge of its polygon [m].

    Notes
    -----
    Polygons are the cells around scattered middles, one in each square of `polygon_m`; near an
    edge the two nearest middles are equally far.
    """
    column, row = cell_of(x_m, y_m, rules.polygon_m)
    away: list[float] = []
    for i in range(column - 2, column + 3):
        for j in range(row - 2, row + 3):
            east, north = _middle(seed, i, j)
            middle = ((i + east) * rules.polygon_m, (j + north) * rules.polygon_m)
            away.append(math.dist(middle, (x_m, y_m)))
    nearest, second = sorted(away)[:2]
    return (second - nearest) / 2.0


@lru_cache(maxsize=4096)
def _middle(seed: int, column: int, row: int) -> tuple[float, float]:
    """Place of a polygon's middle in its square, from 0 to 1 [-]."""
    name = cell_name((column, row))
    return (
        uniform(seed, Stream.SCIENCE, name, _SEED_INDEX),
        uniform(seed, Stream.SCIENCE, name, _SEED_INDEX + 1),
    )


def _sorted(rules: UndergroundSpec, layer: Stratum, *, is_fining: bool) -> tuple[Stratum, ...]:
    middle_m = (layer.top_m + layer.bottom_m) / 2.0
    fine_m, coarse_m = rules.fine_m, rules.coarse_m
    if not is_fining:
        fine_m = coarse_m = math.sqrt(fine_m * coarse_m)
    return (
        replace(layer, bottom_m=middle_m, block_m=fine_m),
        replace(layer, name=f"{layer.name}_below", top_m=middle_m, block_m=coarse_m),
    )


def _cracked(
    rules: UndergroundSpec, seed: int, layer: Stratum, place_m: tuple[float, float]
) -> tuple[Stratum, ...]:
    is_wedge = edge_m(rules, seed, *place_m) < rules.wedge_width_m / 2.0
    top_m = rules.polygon_top_m + (rules.wedge_m if is_wedge else 0.0)
    if not layer.top_m < top_m < rules.polygon_bottom_m < layer.bottom_m:
        return (layer,)
    inside = replace(
        layer,
        name="polygons",
        title="Buried polygons",
        top_m=top_m,
        bottom_m=rules.polygon_bottom_m,
        permittivity=rules.polygon_permittivity,
    )
    return (
        replace(layer, bottom_m=top_m),
        inside,
        replace(layer, name=f"{layer.name}_below", top_m=rules.polygon_bottom_m),
    )
