import math

import numpy as np
import pytest

from game.render.camera import camera_picture
from game.render.fields import Grid
from game.render.guards import colour_count, longest_run, median_luma, spread
from game.render.light import light_state
from game.render.own_shadow import Pose, own_shadow
from game.render.sky import Air
from game.render.tracks import track_of
from game.render.view import Fan, View, meet, rays
from tests.render.stand_in import StandInTerrain

TERRAIN = StandInTerrain()
SMALL = {"width": 96, "height": 54}
AFTERNOON = Air(math.radians(34.0), math.radians(283.0), 0.44)


def test_rays_look_where_the_camera_looks() -> None:
    view = View(0.0, 0.0, math.radians(90.0), math.radians(-20.0), width=101, height=57)
    beam = rays(view, 1)
    assert beam.east[28, 50] == pytest.approx(1.0, abs=1e-6)
    assert beam.up[28, 50] == pytest.approx(math.tan(math.radians(-20.0)), abs=1e-4)
    assert beam.turn_rad[28, 100] == pytest.approx(math.radians(31.0), abs=math.radians(1.5))
    # Looking east, the right edge of the picture is south.
    assert beam.north[28, 100] < -0.3
    assert beam.up[0, 50] > beam.up[56, 50]


def test_rays_meet_level_ground_at_the_distance_of_geometry() -> None:
    view = View(0.0, 0.0, 0.0, math.radians(-15.0), **SMALL)
    beam = rays(view, 1)
    fan = Fan(np.linspace(-0.7, 0.7, 120), np.geomspace(0.5, 3000.0, 500))
    slope = (-1.7 / fan.distance_m)[None, :] * np.ones((120, 1))
    distance = meet(fan, slope.astype(np.float32), beam)
    down = beam.up < -0.01
    assert distance[down] == pytest.approx(-1.7 / beam.up[down], rel=2e-3)
    assert np.isinf(distance[beam.up > 0.0]).all()


def test_a_wall_hides_what_is_behind_it() -> None:
    view = View(0.0, 0.0, 0.0, 0.0, **SMALL)
    fan = Fan(np.linspace(-0.7, 0.7, 60), np.geomspace(0.5, 500.0, 400))
    height = np.where((fan.distance_m > 20) & (fan.distance_m < 22), 3.0, 0.0) - 1.7
    slope = (height / fan.distance_m)[None, :] * np.ones((60, 1))
    distance = meet(fan, slope.astype(np.float32), rays(view, 1))
    seen = distance[np.isfinite(distance)]
    assert seen.max() < 20.5


@pytest.mark.parametrize("azimuth_deg", [20.0, 283.0])
def test_a_picture_has_ground_below_and_sky_above(azimuth_deg: float) -> None:
    view = View(5.0, 3.0, math.radians(azimuth_deg), math.radians(-8.0), **SMALL)
    picture = camera_picture(TERRAIN, view, AFTERNOON)
    assert picture.shape == (54, 96, 3)
    assert picture.dtype == np.uint8
    assert 80 <= median_luma(picture[27:]) <= 140
    assert colour_count(picture) > 500
    assert longest_run(picture[27:]) < 12
    ground, sky = picture[30:].mean((0, 1)), picture[:8].mean((0, 1))
    assert ground[0] > ground[1] > ground[2]
    assert sky[0] >= sky[2]


def test_the_same_picture_twice() -> None:
    view = View(5.0, 3.0, 1.0, -0.3, **SMALL)
    first = camera_picture(TERRAIN, view, AFTERNOON)
    assert np.array_equal(first, camera_picture(StandInTerrain(), view, AFTERNOON))


def test_a_night_picture_is_dark_and_a_storm_flattens_the_ground() -> None:
    view = View(5.0, 3.0, 1.0, -0.1, **SMALL)
    night = camera_picture(TERRAIN, view, Air(math.radians(-15.0), 5.0, 0.44))
    assert median_luma(night[30:]) < 40
    storm = camera_picture(TERRAIN, view, Air(math.radians(50.0), 4.0, 4.0))
    clear = camera_picture(TERRAIN, view, Air(math.radians(50.0), 4.0, 0.44))
    assert spread(storm[30:]) < spread(clear[30:])


def test_tracks_and_own_shadow_are_in_the_picture() -> None:
    view = View(0.0, 0.0, math.radians(100.0), math.radians(-25.0), **SMALL)
    bare = camera_picture(TERRAIN, view, AFTERNOON).astype(int)
    track = track_of(np.linspace(0.0, 15.0, 40), np.linspace(0.0, -3.0, 40))
    driven = camera_picture(TERRAIN, view, AFTERNOON, track=track).astype(int)
    assert np.abs(driven - bare).max() > 15
    shaded = camera_picture(TERRAIN, view, AFTERNOON, pose=Pose(0.0, 0.0, 1.2)).astype(int)
    assert (shaded - bare).min() < -25


def test_the_own_shadow_falls_away_from_the_sun() -> None:
    grid = Grid(-4, -80, -80, 160, 160)
    light = light_state(math.radians(30.0), math.radians(270.0), 0.44, -6)
    shadow = own_shadow(grid, Pose(0.0, 0.0, 0.0), light)
    middle = float((shadow * grid.x_m[None, :]).sum() / shadow.sum())
    assert middle > 0.8
    assert not own_shadow(grid, Pose(0.0, 0.0, 0.0), light_state(-0.1, 1.0, 0.44, -6)).any()
