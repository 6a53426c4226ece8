import math
from dataclasses import replace

import numpy as np
import pytest

from game.world.overlays import PlaceKind
from game.world.places import places
from game.world.terrain import Terrain
from tests.world.worlds import spec, world


def by_name(seed: int = 7) -> dict[str, tuple[float, float]]:
    return {place.name: (place.x_m, place.y_m) for place in places(spec(seed))}


def test_the_lander_comes_first_and_stands_at_the_origin() -> None:
    lander = places(spec())[0]
    assert (lander.kind, lander.x_m, lander.y_m) == (PlaceKind.LANDER, 0.0, 0.0)


def test_what_fell_beside_the_lander_lies_where_it_fell() -> None:
    # Parachute and backshell about 350 m south (CNSA 2021).
    found = by_name()
    assert "camera" not in found  # it comes with the rover, and lies where that sets it down
    for name in ("parachute", "backshell"):
        assert math.hypot(*found[name]) == pytest.approx(350.0, abs=15.0)
        assert found[name][1] < -300.0
    assert found["heat-shield"][0] < 0.0
    assert found["heat-shield"][1] < 0.0


def test_names_are_unique() -> None:
    names = [place.name for place in places(spec())]
    assert len(names) == len(set(names))


def test_a_named_dune_is_as_high_as_the_one_met_on_sol_fifty() -> None:
    # 40 x 8 x 0.6 m: CNSA, 4 July 2021.
    terrain = world()
    dune = terrain.spec.site.dunes[0]
    i, j = round(dune.x_m * 4), round(dune.y_m * 4)
    window = (-2, i - 100, j - 60, 201, 121)
    ground = terrain.ground(*window)
    without = Terrain(replace(terrain.spec, site=replace(terrain.spec.site, dunes=())))
    rise_m = ground.height_m - without.ground(*window).height_m
    assert float(rise_m.max()) == pytest.approx(dune.height_m, abs=0.02)
    assert float(ground.ridge.max()) > 0.95
    columns = np.flatnonzero((rise_m > 0.02).any(axis=0))
    assert float(np.ptp(columns)) * 0.25 == pytest.approx(dune.length_m, rel=0.1)


def test_horns_of_the_dunes_point_down_the_wind() -> None:
    terrain = world()
    dune = terrain.spec.site.dunes[0]
    i, j = round(dune.x_m * 2), round(dune.y_m * 2)
    ridge = terrain.ground(-1, i - 40, j - 40, 81, 81).ridge
    rows = np.arange(81)[:, None] * np.ones((1, 81))
    middle = float(np.average(rows[:, 36:45], weights=ridge[:, 36:45] + 1e-9))
    horns = float(np.average(rows[:, 8:16], weights=ridge[:, 8:16] + 1e-9))
    assert horns < middle - 4.0  # to the south


def test_bright_rocks_are_bright_and_flat() -> None:
    terrain = world()
    group = terrain.spec.site.rocks[0]
    box = (group.x_m - 6, group.y_m - 6, group.x_m + 6, group.y_m + 6)
    rocks = terrain.rocks_in(*box, 0.2)
    bright = rocks.taken((rocks.tone >= 0.7) & (rocks.height_m < 0.36 * rocks.diameter_m))
    assert len(bright) >= group.count


def test_each_group_of_bright_rocks_lies_in_its_own_way() -> None:
    # Both have names of twelve letters: that must not make them alike.
    spec_ = world().spec
    shapes = []
    for one in spec_.site.rocks:
        box = (one.x_m - 8.0, one.y_m - 8.0, one.x_m + 8.0, one.y_m + 8.0, 0.2)
        rocks = world().rocks_in(*box)
        bright = rocks.taken(rocks.tone >= 0.7).taken(slice(-one.count, None))  # type: ignore[arg-type]
        turns = np.arctan2(bright.x_m - one.x_m, bright.y_m - one.y_m)
        shapes.append(turns[:9])
    assert not np.allclose(shapes[0], shapes[1], atol=0.05)
