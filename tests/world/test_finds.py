"""Finds: two and more on each square kilometre, there as told, never on each other."""

import math
import re
from dataclasses import replace
from itertools import combinations

import numpy as np
import pytest

from game.world.finds import FIRM, MOST_SQUARES, REACH_M, finds, finds_in, finds_over
from game.world.overlays import FlatOverlay, OpenGround, Place, PlaceKind, PlaceOverlay
from game.world.places import places
from game.world.soil import Soil
from game.world.terrain import Terrain
from tests.world.worlds import SITES, spec, world

SQUARES = ((0, 0), (-1, -1), (5, -7), (1000, 1000), (-1_000_000, 40))


def meet(one: Place, other: Place) -> bool:
    away_m = math.hypot(one.x_m - other.x_m, one.y_m - other.y_m)
    return away_m <= one.radius_m + other.radius_m


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("seed", [7, 0, -(2**63), 2**64 - 1])
def test_every_square_kilometre_has_two_finds_of_its_own(seed: int, site: str) -> None:
    terrain = Terrain(spec(seed, site))
    for i, j in SQUARES:
        found = finds(terrain, i, j)
        assert len(found) >= 2, (i, j)
        assert len({place.name for place in found}) == len(found)
        assert len({place.title for place in found}) >= 2
        for place in found:
            assert i * 1000.0 <= place.x_m < (i + 1) * 1000.0
            assert j * 1000.0 <= place.y_m < (j + 1) * 1000.0


@pytest.mark.parametrize("site", SITES)
@pytest.mark.parametrize("seed", [7, -3])
def test_no_find_lies_on_another_nor_on_what_has_a_name(seed: int, site: str) -> None:
    terrain = world(seed, site)
    found = finds_in(terrain, (-2000.0, -2000.0, 1999.0, 1999.0))
    assert len(found) >= 2 * 16
    assert not [pair for pair in combinations(found, 2) if meet(*pair)]
    named = [place for place in places(terrain.spec) if place.radius_m <= 50.0]
    assert not [(one.name, two.name) for one in found for two in named if meet(one, two)]


def test_squares_say_the_same_in_any_order_and_far_from_the_origin() -> None:
    for i, j in ((-2, 1), (1000, -1000), (1_000_000, 1_000_000)):
        block = [(i + k % 3, j + k // 3) for k in range(9)]
        first, second = Terrain(spec()), Terrain(spec())
        forth = {square: finds(first, *square) for square in block}
        second.patch(i * 1000.0 + 40.0, j * 1000.0, 8.0)  # something else was asked before
        back = {square: finds(second, *square) for square in reversed(block)}
        assert forth == back
        box = (i * 1000.0, j * 1000.0, i * 1000.0 + 2999.0, j * 1000.0 + 2999.0)
        assert set(finds_in(first, box)) == {one for found in forth.values() for one in found}


def test_seeds_and_regions_have_finds_of_their_own() -> None:
    one, two, three = finds(world(7), 4, 4), finds(world(8), 4, 4), finds(world(7, "gusev"), 4, 4)
    spots = [{(place.x_m, place.y_m) for place in found} for found in (one, two, three)]
    assert not spots[0] & spots[1]
    assert not spots[0] & spots[2]


@pytest.mark.parametrize("site", SITES)
def test_a_spot_is_what_it_is_called_under_the_wheels_too(site: str) -> None:
    terrain = world(7, site)
    soils = {"Bare rock": Soil.BEDROCK, "Bare crust": Soil.DURICRUST, "Sand ridges": Soil.TAR_CREST}
    seen = 0
    for i, j in SQUARES:
        for place in finds(terrain, i, j):
            if place.title in soils:
                soil = terrain.patch(place.x_m, place.y_m, 1.0).soil(place.x_m, place.y_m)
                assert soil == soils[place.title], place
                seen += 1
    assert seen >= len(SQUARES)
    assert set(FIRM) == {Soil.BEDROCK, Soil.DURICRUST}


def test_craters_are_there_as_wide_as_told_and_young_ones_are_young() -> None:
    terrain = world()
    found = finds_in(terrain, (-2000.0, -2000.0, 1999.0, 1999.0))
    craters = [place for place in found if place.kind is PlaceKind.CRATER]
    assert len(craters) >= 16
    for place in craters:
        words = re.fullmatch(r"(Young|Deep|Worn) (\d+) m crater", place.title)
        assert words is not None
        box = (place.x_m - 1, place.y_m - 1, place.x_m + 1, place.y_m + 1)
        near = terrain.craters_in(*box, 12.0)
        at = int(np.argmin(np.hypot(near.x_m - place.x_m, near.y_m - place.y_m)))
        assert (near.x_m[at], near.y_m[at]) == (place.x_m, place.y_m)
        assert near.diameter_m[at] == pytest.approx(float(words[2]), abs=0.5)
        assert near.diameter_m[at] / 2.0 < place.radius_m <= REACH_M
        assert (near.age_frac[at] < 0.1) == (words[1] == "Young")


def test_even_the_emptiest_ground_has_two() -> None:
    made = spec()
    empty = replace(made.site, craters_200m_1_km2=1e-9, ridge_frac=1e-9, things=(), dunes=())
    found = finds(Terrain(replace(made, site=empty)), 3, 3)
    assert {place.kind for place in found} >= {PlaceKind.OTHER}
    assert found[-1].title == "High ground"
    assert len(found) >= 2


def test_high_ground_is_the_highest_that_is_free() -> None:
    made = spec()
    empty = replace(made.site, craters_200m_1_km2=1e-9, ridge_frac=1e-9)
    terrain = Terrain(replace(made, site=empty))
    rise = next(place for place in finds(terrain, 3, 3) if place.title == "High ground")
    ground = terrain.ground(3, 375, 375, 125, 125)
    top = terrain.ground(3, int(rise.x_m / 8), int(rise.y_m / 8), 1, 1)
    higher = ground.height_m > top.height_m
    x, y = ground.window.x_m()[None, :], ground.window.y_m()[:, None]
    is_edge = (abs(x - 3500.0) > 470.0) | (abs(y - 3500.0) > 470.0)
    others = [place for place in finds(terrain, 3, 3) if place is not rise]
    is_taken = np.any([np.hypot(x - one.x_m, y - one.y_m) <= 101.0 for one in others], axis=0)
    assert not (higher & ~is_edge & ~is_taken).any()


def test_what_a_level_has_flattened_is_no_crater_any_more() -> None:
    before = [one for one in finds(world(), 2, 2) if one.kind is PlaceKind.CRATER]
    assert before
    flat = FlatOverlay(1900.0, 1900.0, 3100.0, 3100.0, 0.0, 5.0)
    after = finds(Terrain(spec(7, SITES[0], (flat,))), 2, 2)
    assert all(one.kind is not PlaceKind.CRATER for one in after)


def test_open_ground_has_finds_too_and_a_place_of_the_level_keeps_them_off() -> None:
    first = finds(world(7, SITES[0], (OpenGround(),)), 2, 2)
    assert len(first) >= 2
    spot = first[-1]
    own = PlaceOverlay("own", "Own", PlaceKind.GOAL, spot.x_m, spot.y_m, 10.0)
    later = finds(Terrain(spec(7, SITES[0], (OpenGround(), own))), 2, 2)
    assert spot not in later
    assert len(later) >= 2


def test_a_place_knows_the_find_it_lies_on() -> None:
    terrain = world()
    for find in finds_in(terrain, (-1500.0, -1500.0, 1500.0, 1500.0)):
        assert finds_over(terrain, find.x_m, find.y_m) == (find,)
        assert finds_over(terrain, find.x_m + find.radius_m - 0.5, find.y_m) == (find,)
        assert find not in finds_over(terrain, find.x_m, find.y_m + find.radius_m + 0.5)


def test_a_box_is_cut_where_it_ends_and_may_not_be_endless() -> None:
    terrain = world()
    whole = finds_in(terrain, (0.0, 0.0, 999.0, 999.0))
    find = whole[0]
    part = finds_in(terrain, (find.x_m - 1.0, find.y_m - 1.0, find.x_m + 1.0, find.y_m + 1.0))
    assert part == (find,)
    side_m = 1000.0 * math.sqrt(MOST_SQUARES)
    with pytest.raises(ValueError, match=r"finds_in: .* is too wide"):
        finds_in(terrain, (0.0, 0.0, side_m, side_m))


def test_squares_beyond_all_ground_are_refused() -> None:
    with pytest.raises(ValueError, match=r"finds: .* too far away"):
        finds(world(), 10**12, 0)
