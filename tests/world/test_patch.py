import itertools
import math

import numpy as np
import pytest

from game.world.soil import Soil
from tests.world.worlds import world


def test_heights_and_soils_are_those_of_the_ground() -> None:
    terrain = world()
    patch = terrain.patch(20.0, -30.0, 6.0)
    window = patch.window
    ground = terrain.ground(window.level, window.i0, window.j0, window.nx, window.ny)
    soil = terrain.soil_of(ground)
    for row, column in ((0, 0), (5, 9), (window.ny - 1, window.nx - 1)):
        x, y = float(window.x_m()[column]), float(window.y_m()[row])
        assert patch.height_m(x, y) == pytest.approx(float(ground.height_m[row, column]), abs=1e-9)
        assert patch.soil(x, y) is Soil(int(soil[row, column]))


def test_heights_are_straight_between_nodes() -> None:
    patch = world().patch(0.0, 0.0, 4.0)
    corners = [patch.height_m(x, y) for x in (1.0, 1.25) for y in (1.0, 1.25)]
    assert patch.height_m(1.125, 1.125) == pytest.approx(sum(corners) / 4.0, abs=1e-9)


def test_the_slope_is_the_rise_over_a_small_step() -> None:
    patch = world().patch(0.0, 0.0, 4.0)
    x, y, step = 1.1, -0.6, 1e-4
    east, north = patch.slope(x, y)
    assert (patch.height_m(x + step, y) - patch.height_m(x, y)) / step == pytest.approx(east)
    assert (patch.height_m(x, y + step) - patch.height_m(x, y)) / step == pytest.approx(north)


def test_it_reaches_as_far_as_asked_and_says_so() -> None:
    patch = world().patch(3.3, 4.7, 5.0)
    for x, y in ((-1.7, 4.7), (8.3, 4.7), (3.3, -0.3), (3.3, 9.7)):
        assert patch.contains(x, y)
    assert not patch.contains(30.0, 0.0)
    assert not patch.contains(-1.6, 4.7, margin_m=5.0)


def test_outside_the_nearest_edge_counts() -> None:
    patch = world().patch(0.0, 0.0, 4.0)
    x = float(patch.window.x_m()[-1])
    assert patch.height_m(x + 50.0, 1.0) == pytest.approx(patch.height_m(x, 1.0), abs=1e-9)
    assert isinstance(patch.soil(-1e6, 1e6), Soil)


def test_two_patches_agree_where_they_overlap() -> None:
    # A rover saved and loaded gets another patch round it and must feel the same ground.
    one, two = world().patch(0.0, 0.0, 6.0), world().patch(7.0, 3.0, 6.0)
    for x, y in np.random.default_rng(1).uniform(2.0, 5.0, (50, 2)).tolist():
        assert one.height_m(x, y) == two.height_m(x, y)
        assert one.slope(x, y) == two.slope(x, y)
        assert one.soil(x, y) == two.soil(x, y)


def test_moving_a_little_asks_for_the_same_patch() -> None:
    terrain = world()
    assert terrain.patch(0.0, 0.0, 32.0) is terrain.patch(0.3, -0.2, 32.0)


def test_a_height_asked_alone_is_that_of_the_patch() -> None:
    terrain = world()
    assert terrain.height_m(12.3, 4.5) == terrain.patch(10.0, 5.0, 8.0).height_m(12.3, 4.5)


def test_no_step_of_a_wheel_is_a_wall() -> None:
    # Rocks are objects; the ground itself has no steps a wheel of 0.3 m could not roll over.
    patch = world().patch(0.0, -60.0, 20.0)
    heights = [patch.height_m(0.05 * k, -60.0) for k in range(-300, 300)]
    assert max(abs(b - a) for a, b in itertools.pairwise(heights)) < 0.1
    assert math.isfinite(sum(heights))
