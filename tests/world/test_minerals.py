"""What rocks are made of."""

import csv
from pathlib import Path

import numpy as np
import pytest

from game.levels.open import OpenedLevel
from game.simulation import desk_at, initial_state
from game.world.minerals import RockClass, rock_at, rock_classes, rock_traits
from game.world.overlays import RockOverlay
from tests.world.worlds import SITES, world

REFERENCE = Path(__file__).parent.parent / "reference"


def test_a_rock_is_the_same_in_every_box() -> None:
    terrain = world()
    spec = terrain.spec.recipe.rock
    small = terrain.rocks_in(10.0, 10.0, 40.0, 40.0, 0.2)
    large = terrain.rocks_in(-20.0, -20.0, 60.0, 60.0, 0.2)
    named = dict(zip(large.x_m.tolist(), rock_classes(large, spec).tolist(), strict=True))
    assert [named[x] for x in small.x_m.tolist()] == rock_classes(small, spec).tolist()


def test_most_rocks_wear_a_coat_and_none_of_the_plain_is_platy() -> None:
    terrain = world()
    spec = terrain.spec.recipe.rock
    rocks = terrain.rocks_in(2000.0, 0.0, 2200.0, 200.0, 0.2)
    share = np.bincount(rock_classes(rocks, spec), minlength=3) / len(rocks)
    assert len(rocks) > 2000
    assert share[RockClass.COATED] == pytest.approx(spec.coated_frac, abs=0.03)
    assert share[RockClass.PLATY] == 0.0


def test_the_bright_rocks_of_the_site_are_platy_and_hydrated() -> None:
    # Liu et al. (2022), Sci. Adv. 8, eabn8555.
    terrain = world()
    spec, group = terrain.spec.recipe.rock, terrain.spec.site.rocks[0]
    box = (group.x_m - 6, group.y_m - 6, group.x_m + 6, group.y_m + 6)
    found = rock_classes(terrain.rocks_in(*box, 0.2), spec)
    assert int((found == RockClass.PLATY).sum()) >= group.count
    platy, basalt = (rock_traits(one, spec) for one in (RockClass.PLATY, RockClass.BASALT))
    assert platy.hydration_frac > 10 * basalt.hydration_frac


def test_class_and_size_have_nothing_to_do_with_each_other() -> None:
    terrain = world()
    rocks = terrain.rocks_in(2000.0, 0.0, 2200.0, 200.0, 0.2)
    is_coated = rock_classes(rocks, terrain.spec.recipe.rock) == RockClass.COATED
    assert abs(float(np.corrcoef(is_coated, rocks.diameter_m)[0, 1])) < 0.05


def test_every_class_has_traits_and_a_known_composition() -> None:
    path = REFERENCE / "terrain_science_soil_composition.csv"
    with path.open(encoding="utf-8") as file:
        known = {row["material"] for row in csv.DictReader(file)}
    for one in RockClass:
        assert rock_traits(one, world().spec.recipe.rock).composition in known


def test_a_place_on_a_rock_has_its_class_and_bare_ground_has_none() -> None:
    terrain = world()
    spec = terrain.spec.recipe.rock
    rocks = terrain.rocks_in(-36.0, -123.0, -26.0, -113.0, spec.smallest_m)
    classes = rock_classes(rocks, spec)
    for x in np.linspace(-35.0, -27.0, 33):
        for y in np.linspace(-122.0, -114.0, 33):
            covers = np.hypot(rocks.x_m - x, rocks.y_m - y) <= rocks.diameter_m / 2.0
            found = rock_at(terrain, float(x), float(y))
            if covers.any():
                assert found is not None
                assert int(found) in set(classes[covers].tolist())
            elif found is not None:  # a large one whose middle lies outside the box
                assert min(x + 36.0, -26.0 - x, y + 123.0, -113.0 - y) < spec.largest_m / 2.0
    middles = zip(rocks.x_m.tolist(), rocks.y_m.tolist(), strict=True)
    assert {rock_at(terrain, *one) for one in middles} >= {RockClass.PLATY, RockClass.COATED}


def test_of_two_rocks_the_upper_one_is_met() -> None:
    both = (RockOverlay(500.0, 500.0, 2.0), RockOverlay(500.2, 500.0, 0.3))
    terrain = world(7, SITES[0], both)
    own = terrain.rocks_in(499.9, 499.9, 500.3, 500.1, 0.29)
    named = dict(
        zip(own.diameter_m.tolist(), rock_classes(own, terrain.spec.recipe.rock), strict=True)
    )
    assert rock_at(terrain, 500.2, 500.0) == named[0.3]
    assert rock_at(terrain, 499.3, 500.0) == named[2.0]


def test_the_laser_meets_the_rock_and_not_the_soil_under_it(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = initial_state(setup)
    here = state.rover.mobility
    box = (here.x_m - 6.0, here.y_m - 6.0, here.x_m + 6.0, here.y_m + 6.0, 0.1)
    rocks = setup.terrain.rocks_in(*box)
    target = desk_at(setup, state).target
    met = set()
    for x_m, y_m in zip(rocks.x_m.tolist(), rocks.y_m.tolist(), strict=True):
        kind = rock_at(setup.terrain, x_m, y_m)
        assert kind is not None
        traits = rock_traits(kind, setup.terrain.spec.recipe.rock)
        hit, _ = target(x_m, y_m)
        assert (hit.material, hit.dust_frac) == (traits.composition, traits.dust_frac)
        met.add(kind)
    assert met >= {RockClass.BASALT, RockClass.COATED}
    bare = next(
        (here.x_m + 0.3 * k, here.y_m)
        for k in range(60)
        if rock_at(setup.terrain, here.x_m + 0.3 * k, here.y_m) is None
    )
    soils = {(one.material, one.dust_frac) for one in setup.soils}
    assert (target(*bare)[0].material, target(*bare)[0].dust_frac) in soils
