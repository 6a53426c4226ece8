import math

import pytest

from game.ui.camera import Camera, View, between
from game.ui.draw.ground import load_ground_view_spec
from game.ui.draw.tiling import level_of

SIZE = (1280, 720)
REST = (640.0, 300.0)  # where the rover rests in a window of this size


def camera() -> Camera:
    return Camera(load_ground_view_spec().camera, SIZE, 10.0, -20.0)


def test_pixels_and_metres_are_two_sides_of_one_coin() -> None:
    view = View(3.0, -4.0, 46.0, *SIZE)
    assert view.to_m(*view.to_px(5.5, 1.25)) == pytest.approx((5.5, 1.25))


def test_north_is_up_and_east_is_right() -> None:
    view = View(0.0, 0.0, 10.0, *SIZE)
    assert view.to_px(0.0, 1.0) == (640.0, 350.0)
    assert view.to_px(1.0, 0.0) == (650.0, 360.0)


def test_the_rover_rests_a_little_above_the_middle() -> None:
    assert camera().view.to_px(10.0, -20.0) == pytest.approx(REST, abs=0.1)


def test_a_zoom_keeps_the_ground_under_the_cursor() -> None:
    view = camera()
    cursor = (900.0, 200.0)
    before = view.view.to_m(*cursor)
    view.zoom_by(-2, cursor)
    for _ in range(20):
        shown = view.update(1 / 60, (10.0, -20.0), 0.0, is_driving=False)
        assert shown.to_m(*cursor) == pytest.approx(before, abs=1e-6)
    assert shown.scale_px_m == pytest.approx(46.0 / 1.4**2)


def test_a_zoom_takes_180_milliseconds() -> None:
    view = camera()
    view.zoom_to(12.0)
    view.update(0.17, (10.0, -20.0), 0.0, is_driving=False)
    assert view.travel is not None
    view.update(0.011, (10.0, -20.0), 0.0, is_driving=False)
    assert view.travel is None
    assert view.view.scale_px_m == 12.0


def test_zooms_end_at_the_wheel_and_at_the_region() -> None:
    view = camera()
    for scale, end in ((1e4, 184.0), (1e-4, 0.125)):
        view.zoom_to(scale)
        view.update(1.0, (10.0, -20.0), 0.0, is_driving=False)
        assert view.view.scale_px_m == pytest.approx(end)


def test_a_driving_rover_stays_in_the_dead_zone_and_the_view_looks_ahead() -> None:
    view = camera()
    y_m = -20.0
    for _ in range(600):
        y_m -= 200 / 3600  # at sixty times, a frame is a second of a drive at 200 m/h
        shown = view.update(1 / 60, (10.0, y_m), math.pi, is_driving=True)
    x_px, y_px = shown.to_px(10.0, y_m)
    assert x_px == pytest.approx(REST[0], abs=1.0)
    # 80 px ahead, less half of the dead zone, and what following lags behind
    assert abs(y_px - REST[1]) < 80.0


def test_a_parked_rover_comes_back_to_rest() -> None:
    view = camera()
    for _ in range(600):
        shown = view.update(1 / 60, (11.0, -21.0), 0.0, is_driving=False)
    assert shown.to_px(11.0, -21.0) == pytest.approx(REST, abs=0.5)


def test_a_dragged_view_stays_until_it_is_sent_home() -> None:
    view = camera()
    view.pan_px(120.0, 0.0)
    shown = view.update(1.0, (10.0, -20.0), 0.0, is_driving=True)
    assert shown.to_px(10.0, -20.0)[0] == pytest.approx(760.0)
    view.go_home(10.0, -20.0)
    shown = view.update(1.0, (10.0, -20.0), 0.0, is_driving=False)
    assert shown.to_px(10.0, -20.0) == pytest.approx(REST, abs=0.1)


def test_a_route_is_held_in_its_box() -> None:
    view = camera()
    route = [(0.0, 0.0), (70.0, -110.0), (20.0, -160.0)]
    view.hold(route, (260.0, 80.0, 760.0, 240.0), 0.25)
    shown = view.update(0.3, (0.0, 0.0), 0.0, is_driving=False)
    for point in route:
        x_px, y_px = shown.to_px(*point)
        assert 259.0 <= x_px <= 1021.0
        assert 79.0 <= y_px <= 321.0


def test_halfway_between_two_zooms_a_shared_point_has_not_moved() -> None:
    near, far = View(0.0, 0.0, 46.0, *SIZE), View(0.0, 0.0, 2.0, *SIZE)
    middle = between(near, far, 0.5)
    assert (middle.x_m, middle.y_m) == (0.0, 0.0)
    assert middle.scale_px_m == pytest.approx(math.sqrt(92.0))


def test_a_larger_window_shows_the_same_ground_larger() -> None:
    spec = load_ground_view_spec().camera
    small, large = (Camera(spec, size, 5.0, -3.0) for size in ((1280, 720), (1920, 1080)))
    assert small.home_px_m == spec.near_px_m
    assert large.home_px_m == pytest.approx(1.5 * spec.near_px_m)
    assert large.view.bounds_m() == pytest.approx(small.view.bounds_m())
    small.resize((1920, 1080))
    assert small.view.bounds_m() == pytest.approx(large.view.bounds_m())
    tiny = Camera(spec, (800, 450), 5.0, -3.0)
    assert tiny.home_px_m == spec.near_px_m  # a smaller one shows less of it


def test_home_on_a_large_window_needs_no_finer_ground() -> None:
    tiles = load_ground_view_spec().tiles
    assert level_of(69.0, tiles) == level_of(46.0, tiles) == -6
    assert level_of(138.0, tiles) == -7
