import math

import numpy as np
import pytest

from game.world.overlays import HeightGrid, OpenGround
from game.world.survey import footprint, heights_m, normals, rocks_near, roughness_m, slopes
from game.world.terrain import Terrain
from tests.world.worlds import SITES, spec, world

RAMP = np.array([[0.0, 10.0], [20.0, 30.0]], np.float32).tobytes()


def ramp() -> Terrain:
    """Ground that rises 1 in 10 eastwards and 2 in 10 northwards."""
    grid = HeightGrid(-50.0, -50.0, 100.0, 2, 2, RAMP, is_added=False)
    return Terrain(spec(7, SITES[0], (OpenGround(), grid)))


def test_many_heights_agree_with_one() -> None:
    terrain = world()
    x, y = np.random.default_rng(4).uniform(-8.0, 8.0, (2, 30))
    many = heights_m(terrain, -2, x, y)
    patch = terrain.patch(0.0, 0.0, 9.0)
    assert many == pytest.approx([patch.height_m(a, b) for a, b in zip(x, y, strict=True)])


def test_slopes_and_normals_of_a_ramp() -> None:
    ground = ramp().ground(0, -20, -20, 41, 41)
    east, north = slopes(ground)
    assert east == pytest.approx(0.1, abs=1e-5)
    assert north == pytest.approx(0.2, abs=1e-5)
    length = math.sqrt(1.05)
    expected = np.array([-0.1, -0.2, 1.0]) / length
    assert normals(ground)[3, 5] == pytest.approx(expected, abs=1e-5)


def test_six_wheels_on_a_ramp_stand_on_its_plane() -> None:
    feet = [(x, y) for x in (-0.75, 0.75) for y in (-0.8, 0.0, 0.8)]
    stand = footprint(ramp().patch(0.0, 0.0, 4.0), feet)
    assert (stand.east, stand.north) == pytest.approx((0.1, 0.2), abs=1e-6)
    assert stand.roughness_m == pytest.approx(0.0, abs=1e-6)
    assert stand.tilt_rad() == pytest.approx(math.atan(math.hypot(0.1, 0.2)), abs=1e-6)


def test_feet_in_a_row_are_refused() -> None:
    with pytest.raises(ValueError, match="row"):
        footprint(ramp().patch(0.0, 0.0, 4.0), [(0.0, 0.0), (1.0, 1.0), (2.0, 2.0)])


def test_a_ramp_is_smooth_and_natural_ground_is_not() -> None:
    assert roughness_m(ramp().patch(0.0, 0.0, 4.0), 0.0, 0.0, 1.0) < 1e-6
    rough = [roughness_m(world().patch(x, 60.0, 2.0), x, 60.0, 1.0) for x in range(0, 40, 10)]
    assert 0.005 < sum(rough) / 4 < 0.15


def test_rocks_near_come_nearest_first() -> None:
    rocks = rocks_near(world(), 5.0, 5.0, 8.0, 0.15)
    away_m = np.hypot(rocks.x_m - 5.0, rocks.y_m - 5.0)
    assert len(rocks) > 3
    assert np.all(np.diff(away_m) >= 0.0)
    assert away_m[-1] <= 8.0


def test_coordinates_that_are_none_are_refused() -> None:
    with pytest.raises(ValueError, match="heights_m"):
        heights_m(world(), 0, np.array([0.0, math.nan]), np.array([0.0, 1.0]))
