"""What rocks are made of."""

import csv
from pathlib import Path

import numpy as np
import pytest

from game.world.minerals import RockClass, rock_classes, rock_traits
from tests.world.worlds import world

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
