"""Painted soil is one with the ground: what is drawn, what has height and what wheels meet."""

import math

import numpy as np
import pytest

from game.world.overlays import UNPAINTED, SoilPaint
from game.world.soil import Soil, soil_classes
from game.world.terrain import Terrain
from tests.world.worlds import SITES, spec, world

FIELDS = ("height_m", "cover", "ridge", "fresh", "hollow")
SIDE_M = 24.0
# Far from landmarks and from the ground that the engines swept.
X_M, Y_M = 300.0, 300.0


def paint(soil: Soil) -> SoilPaint:
    """A square of one soil, a frame of squares around it left alone."""
    codes = np.full((50, 50), UNPAINTED, np.uint8)
    codes[1:-1, 1:-1] = soil
    return SoilPaint(X_M - 0.5, Y_M - 0.5, 0.5, 50, 50, codes.tobytes())


def painted(*soils: Soil) -> Terrain:
    return world(7, SITES[0], tuple(paint(soil) for soil in soils))


def field(terrain: Terrain, name: str, level: int = -2) -> np.ndarray:
    """A field of the painted square without its soft edge."""
    cell_m = 2.0**level
    i0, j0 = (math.ceil((one + 1.0) / cell_m) for one in (X_M, Y_M))
    count = int((SIDE_M - 2.0) / cell_m)
    return np.asarray(getattr(terrain.ground(level, i0, j0, count, count), name))


@pytest.mark.parametrize("level", [-4, -2, 0, 2])
def test_painted_sand_is_sandier_than_painted_rock(level: int) -> None:
    sand, rock = painted(Soil.LOOSE_SAND), painted(Soil.BEDROCK)
    assert float(field(sand, "cover", level).min()) > 1.25
    assert float(field(rock, "cover", level).max()) < -2.3


@pytest.mark.parametrize("soil", [one for one in Soil if one is not Soil.TAR_CREST])
def test_fields_under_paint_say_the_same_as_the_paint(soil: Soil) -> None:
    ground = painted(soil).ground(0, 302, 302, 20, 20)
    flat = np.zeros_like(ground.ridge)
    named = soil_classes(ground.cover, flat, ground.fresh, flat, spec().recipe.soil)
    assert np.all(named == soil)


def test_crest_paint_raises_ripples_and_is_drawn_as_crest_at_every_zoom() -> None:
    crest, rock = painted(Soil.TAR_CREST), painted(Soil.BEDROCK)
    for level in (-3, -2, 0, 2):
        assert float(field(crest, "ridge", level).min()) > spec().recipe.soil.ridge_above
    change_m = field(crest, "height_m") - field(rock, "height_m")
    assert float(np.ptp(change_m)) > 0.8 * spec().recipe.megaripple.height_m
    assert np.all(field(rock, "ridge") == 0.0)


def test_young_ejecta_can_be_painted_and_painted_over() -> None:
    assert float(field(painted(Soil.FRESH_EJECTA), "fresh").min()) > 0.5
    both = painted(Soil.FRESH_EJECTA, Soil.LOOSE_SAND)
    assert float(field(both, "fresh").max()) < 0.01
    assert float(field(both, "cover").min()) > 1.25


def test_sand_is_smoother_than_the_crust_it_lies_on() -> None:
    rough = [
        float(np.abs(np.diff(field(painted(soil), "height_m", -5), n=2)).mean())
        for soil in (Soil.DRIFT_DUST, Soil.DURICRUST)
    ]
    assert rough[0] < 0.7 * rough[1]


def test_edges_are_soft() -> None:
    row = painted(Soil.DRIFT_DUST).ground(-3, 8 * 296, 8 * 310, 64, 1).cover[0]
    assert float(np.abs(np.diff(row)).max()) < 0.8


@pytest.mark.parametrize("level", [-4, -2, 0, 3])
def test_paint_has_no_seams(level: int) -> None:
    terrain, per_m = painted(Soil.LOOSE_SAND, Soil.TAR_CREST), 2.0**-level
    i0, j0 = (round(one * per_m) - 9 for one in (X_M, Y_M))
    large = terrain.ground(level, i0, j0, 90, 80)
    small = terrain.ground(level, i0 + 13, j0 + 7, 31, 40)
    for name in FIELDS:
        there = getattr(large, name)[7:47, 13:44]
        assert np.array_equal(getattr(small, name), there), name
    assert np.array_equal(terrain.soil_of(small), terrain.soil_of(large)[7:47, 13:44])


def test_ground_without_paint_stays_as_it_is_to_the_last_bit() -> None:
    terrain = painted(Soil.LOOSE_SAND)
    here, plain = (one.ground(-1, 590, 590, 160, 160) for one in (terrain, world()))
    beyond = np.ones((160, 160), np.bool_)
    beyond[7:64, 7:64] = False
    for name in FIELDS:
        assert np.array_equal(getattr(here, name)[beyond], getattr(plain, name)[beyond]), name
    assert not np.array_equal(here.cover, plain.cover)


def test_sand_painted_on_the_plain_buries_rocks() -> None:
    box = (X_M + 2.0, Y_M + 2.0, X_M + 20.0, Y_M + 20.0, 0.1)
    assert len(painted(Soil.DRIFT_DUST).rocks_in(*box)) < len(
        painted(Soil.DURICRUST).rocks_in(*box)
    )
