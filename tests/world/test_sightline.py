import math

import numpy as np
import pytest

from game.world.overlays import FlatOverlay, MoundOverlay, OpenGround
from game.world.sightline import horizon, is_lit, sees, shadow_depth_m
from game.world.terrain import Terrain
from tests.world.worlds import SITES, spec

FLAT = (OpenGround(), FlatOverlay(-7000.0, -7000.0, 7000.0, 7000.0, 0.0, 1.0))


def block(height_m: float = 5.0) -> np.ndarray:
    z = np.zeros((121, 121), np.float32)
    z[58:63, 58:63] = height_m
    return z


@pytest.mark.parametrize("azimuth_deg", [0.0, 90.0, 180.0, 270.0, 30.0, 135.0, 200.0, 290.0])
def test_a_shadow_points_away_from_the_sun_and_is_as_long_as_it_must_be(azimuth_deg: float) -> None:
    elevation_rad = math.radians(20.0)
    azimuth_rad = math.radians(azimuth_deg)
    dark = shadow_depth_m(block(), 0.5, azimuth_rad, elevation_rad) > 0.05
    rows, columns = np.nonzero(dark)
    north, east = (rows - 60) * 0.5, (columns - 60) * 0.5
    away = -(east * math.sin(azimuth_rad) + north * math.cos(azimuth_rad))
    aside = east * math.cos(azimuth_rad) - north * math.sin(azimuth_rad)
    assert away.min() > 0.0
    assert np.abs(aside).max() < 3.0
    # Beyond the block's own half width of a metre.
    assert away.max() - 1.0 == pytest.approx(5.0 / math.tan(elevation_rad), rel=0.2)


def test_a_wall_casts_an_exact_shadow() -> None:
    z = np.zeros((80, 10), np.float32)
    z[70] = 4.0
    depth = shadow_depth_m(z, 1.0, 0.0, math.atan(0.25))
    assert depth[:, 5][54:70] == pytest.approx(4.0 - 0.25 * np.arange(16, 0, -1), abs=1e-4)
    assert np.all(depth[:54] == 0.0)


def test_a_high_sun_and_flat_ground_leave_no_shadow() -> None:
    assert is_lit(np.zeros((30, 30), np.float32), 1.0, 0.3, 0.5).all()
    assert not is_lit(np.zeros((30, 30), np.float32), 1.0, 0.3, -0.1).any()


def test_the_horizon_of_a_plain_lies_just_below_the_eye() -> None:
    around = horizon(Terrain(spec(7, SITES[0], FLAT)), 0.0, 0.0, 1.8)
    dip_rad = math.sqrt(2.0 * 1.8 / 3_389_500.0)
    assert len(around.elevation_rad) == 360
    assert min(around.elevation_rad) > -2.0 * dip_rad
    assert max(around.elevation_rad) < 1e-3


def test_a_hill_stands_on_the_horizon_where_it_is() -> None:
    hill = MoundOverlay(0.0, -300.0, 60.0, 20.0)
    around = horizon(Terrain(spec(7, SITES[0], (*FLAT, hill))), 0.0, 0.0, 2.0)
    highest = int(np.argmax(around.elevation_rad))
    assert highest == pytest.approx(180, abs=3)
    assert around.at_rad(math.pi) == pytest.approx(math.atan2(18.0, 300.0), rel=0.1)
    assert around.at_rad(0.0) < 0.001


def test_a_hill_hides_what_is_behind_it() -> None:
    hill = MoundOverlay(0.0, -50.0, 20.0, 5.0)
    terrain = Terrain(spec(7, SITES[0], (*FLAT, hill)))
    assert not sees(terrain, (0.0, 0.0, 1.8), (0.0, -100.0, 0.5))
    assert sees(terrain, (0.0, 0.0, 1.8), (0.0, -100.0, 12.0))
    assert sees(terrain, (0.0, 0.0, 1.8), (80.0, -60.0, 0.5))


def test_places_that_are_none_are_refused() -> None:
    terrain = Terrain(spec(7, SITES[0], FLAT))
    with pytest.raises(ValueError, match="horizon"):
        horizon(terrain, math.nan, 0.0, 1.0)
    with pytest.raises(ValueError, match="sees: the target"):
        sees(terrain, (0.0, 0.0, 1.0), (math.inf, 0.0, 1.0))


def test_the_horizon_of_a_plain_dips_as_on_a_globe_of_this_size() -> None:
    # Dip = root of twice the eye over the radius (mean of Mars 3389.5 km, Archinal et al. 2018);
    # at 1.8 m the horizon is 3.5 km away, on Earth it would be 4.8 km and lie a quarter higher.
    around = horizon(Terrain(spec(7, SITES[0], FLAT)), 0.0, 0.0, 1.8)
    middle_rad = sum(around.elevation_rad) / 360.0
    assert middle_rad == pytest.approx(-math.sqrt(2.0 * 1.8 / 3_389_500.0), rel=0.02)


def test_two_masts_lose_sight_of_each_other_behind_the_bulge_of_the_planet() -> None:
    # The ground between two places 6 km apart bulges by d^2 / 8 R: 1.33 m here, 0.71 m on Earth.
    terrain = Terrain(spec(7, SITES[0], FLAT))
    bulge_m = 6000.0**2 / (8.0 * 3_389_500.0)
    for above_m, is_seen in ((bulge_m - 0.1, False), (bulge_m + 0.1, True)):
        assert sees(terrain, (-3000.0, 0.0, above_m), (3000.0, 0.0, above_m)) is is_seen
