"""Many places at once give what one place gives, near each other or far apart."""

import math

import numpy as np
import pytest
from numpy.typing import NDArray

from game.world.scatter import groups
from game.world.sightline import horizon, horizons, is_lit, lit_places, sees, sees_each
from game.world.survey import (
    footprint,
    footprints,
    heights_m,
    normal,
    normals_at,
    rocks_near,
    rocks_near_each,
    roughness_m,
    roughnesses_m,
    slopes_at,
    soils_at,
)
from tests.world.worlds import world

LEVEL = -2
Array = NDArray[np.float64]


def near_and_far() -> tuple[Array, Array]:
    """Places round the lander and kilometres away: one window over all would be 10^10 nodes."""
    x, y = np.random.default_rng(5).uniform(-9.0, 9.0, (2, 12))
    x[4:8] += 20_000.0
    y[8:] -= 31_000.0
    return x, y


def test_far_places_do_not_ask_for_the_ground_between_them() -> None:
    x, y = near_and_far()
    found = list(groups(LEVEL, x, y))
    assert sum(group.window.nx * group.window.ny for group in found) < 200_000
    assert sorted(int(one) for group in found for one in group.which) == list(range(12))


def test_heights_slopes_normals_and_soils_agree_with_one_at_a_time() -> None:
    terrain, (x, y) = world(), near_and_far()
    patches = [terrain.patch(a, b, 4.0) for a, b in zip(x, y, strict=True)]
    asked = list(zip(patches, x.tolist(), y.tolist(), strict=True))
    assert heights_m(terrain, LEVEL, x, y) == pytest.approx(
        [patch.height_m(a, b) for patch, a, b in asked], abs=1e-9
    )
    assert np.stack(slopes_at(terrain, LEVEL, x, y), axis=1) == pytest.approx(
        np.array([patch.slope(a, b) for patch, a, b in asked]), abs=1e-9
    )
    assert normals_at(terrain, LEVEL, x, y) == pytest.approx(
        np.array([normal(patch, a, b) for patch, a, b in asked]), abs=1e-9
    )
    soils = [int(patch.soil(a, b)) for patch, a, b in asked]
    assert soils_at(terrain, LEVEL, x, y).tolist() == soils
    assert len(set(soils)) > 1


def test_shapes_are_kept_and_nothing_asked_is_nothing_found() -> None:
    terrain, x = world(), np.zeros((3, 2))
    assert heights_m(terrain, LEVEL, x, x).shape == (3, 2)
    assert heights_m(terrain, LEVEL, np.zeros(0), np.zeros(0)).shape == (0,)


def test_six_wheels_and_roughness_agree_with_one_at_a_time() -> None:
    terrain, (x, y) = world(), near_and_far()
    feet = [(dx, dy) for dx in (-0.75, 0.75) for dy in (-0.8, 0.0, 0.8)]
    east, north = np.array(feet).T
    many = np.stack(footprints(terrain, LEVEL, x[:, None] + east, y[:, None] + north), axis=1)
    for number, (a, b) in enumerate(zip(x.tolist(), y.tolist(), strict=True)):
        patch = terrain.patch(a, b, 4.0)
        one = footprint(patch, [(a + dx, b + dy) for dx, dy in feet])
        expected = (one.height_m, one.east, one.north, one.roughness_m)
        assert many[number] == pytest.approx(expected, abs=1e-9)
    rough = roughnesses_m(terrain, LEVEL, x[:3], y[:3], 1.0)
    expected_m = [
        roughness_m(terrain.patch(a, b, 4.0), a, b, 1.0) for a, b in zip(x[:3], y[:3], strict=True)
    ]
    assert rough == pytest.approx(expected_m, abs=1e-9)


def test_feet_in_a_row_are_refused_by_number() -> None:
    x = np.array([[0.0, 1.0, 0.0], [0.0, 1.0, 2.0]])
    y = np.array([[0.0, 0.0, 1.0], [0.0, 1.0, 2.0]])
    with pytest.raises(ValueError, match="set 1 stand in a row"):
        footprints(world(), LEVEL, x, y)


def test_rocks_near_many_places_are_those_near_each() -> None:
    terrain, x, y = world(), np.array([5.0, 40.0]), np.array([5.0, -20.0])
    for number, found in enumerate(rocks_near_each(terrain, x, y, 8.0, 0.15)):
        one = rocks_near(terrain, float(x[number]), float(y[number]), 8.0, 0.15)
        assert np.array_equal(found.x_m, one.x_m)


def test_layers_below_many_places_are_those_below_each() -> None:
    terrain, (x, y) = world(), near_and_far()
    many = terrain.strata_each(x, y)
    assert many == tuple(terrain.strata(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True))
    assert len({strata[0].bottom_m for strata in many}) > 6


def test_horizons_and_sights_of_many_are_those_of_each() -> None:
    terrain = world()
    two = horizons(terrain, np.array([0.0, 60.0]), np.array([0.0, -90.0]), 1.8)
    assert two[1].elevation_rad == horizon(terrain, 60.0, -90.0, 1.8).elevation_rad
    eye = (0.0, 0.0, 1.7)
    targets = [(30.0 * k * (-1) ** k, 41.0 * k - 200.0, 0.1) for k in range(12)]
    targets += [(9000.0, 100.0, 0.5), (5.0, 5.0, 0.2)]
    many = sees_each(terrain, eye, targets)
    assert many == tuple(sees(terrain, eye, target) for target in targets)
    assert len(set(many)) == 2
    assert sees_each(terrain, eye, ()) == ()


def test_places_in_the_sun_agree_with_the_mask_of_an_area() -> None:
    # Round a young crater: its wall throws a shadow. Two models: rays against a sweep.
    terrain, azimuth, elevation = world(), math.radians(283.0), math.radians(9.0)
    craters = terrain.craters_in(-600.0, -600.0, 600.0, 600.0, 25.0)
    deep = int(np.argmax(craters.depth_ratio))
    x0, y0 = round(float(craters.x_m[deep]) * 2) - 100, round(float(craters.y_m[deep]) * 2) - 100
    ground = terrain.ground(-1, x0 - 120, y0 - 120, 440, 440)
    mask = is_lit(ground.height_m, 0.5, azimuth, elevation)[120:320, 120:320][::17, ::17]
    i, j = np.meshgrid(np.arange(0, 200, 17), np.arange(0, 200, 17))
    x = np.asarray((x0 + i.ravel()) * 0.5, np.float64)
    y = np.asarray((y0 + j.ravel()) * 0.5, np.float64)
    lit = lit_places(terrain, x, y, azimuth, elevation).reshape(mask.shape)
    assert 0.02 < float(np.mean(~mask)) < 0.9
    assert float(np.mean(lit == mask)) > 0.9
    assert not lit_places(terrain, x, y, azimuth, -0.1).any()


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_a_place_that_is_none_is_named_with_its_asker(bad: float) -> None:
    terrain, x, y = world(), np.array([0.0, 1.0, bad]), np.zeros(3)
    with pytest.raises(ValueError, match=r"heights_m: .*number 2"):
        heights_m(terrain, LEVEL, x, y)
    with pytest.raises(ValueError, match=r"slopes_at: .*number 2"):
        slopes_at(terrain, LEVEL, x, y)
    with pytest.raises(ValueError, match=r"soils_at: .*number 2"):
        soils_at(terrain, LEVEL, x, y)
    with pytest.raises(ValueError, match=r"strata_each: .*number 2"):
        terrain.strata_each(x, y)
    with pytest.raises(ValueError, match="sees_each: number 0 of the targets"):
        sees_each(terrain, (0.0, 0.0, 1.0), [(1.0, bad, 0.0)])
    with pytest.raises(ValueError, match="rocks_near"):
        rocks_near(terrain, 0.0, bad, 3.0, 0.1)
    with pytest.raises(ValueError, match="roughness"):
        roughness_m(terrain.patch(0.0, 0.0, 2.0), bad, 0.0, 1.0)
    with pytest.raises(ValueError, match="horizon"):
        horizon(terrain, 0.0, bad, 1.0)
