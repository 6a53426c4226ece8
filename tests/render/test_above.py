import math

import numpy as np
import pytest

from game.render.above import ContextView, averaging, level_for, picture_from_above, stretched
from game.render.sky import Air
from tests.world.worlds import world


def test_the_same_ground_looks_alike_at_two_sizes() -> None:
    sun = Air(math.radians(30.0), math.radians(283.0), 0.44)
    large = picture_from_above(world(), 128.0, (300.0, 300.0), 128, sun).astype(float)
    small = picture_from_above(world(), 128.0, (300.0, 300.0), 64, sun).astype(float)
    halved = large.reshape(64, 2, 64, 2, 3).mean(axis=(1, 3))
    assert abs(float(halved.mean() - small.mean())) < 12.0
    assert float(np.corrcoef(halved[..., 0].ravel(), small[..., 0].ravel())[0, 1]) > 0.5


def test_north_is_up_and_east_is_right() -> None:
    sun = Air(math.radians(30.0), math.radians(283.0), 0.44)
    whole = picture_from_above(world(), 64.0, (300.0, 300.0), 64, sun).astype(int)
    north_east = picture_from_above(world(), 32.0, (316.0, 316.0), 32, sun).astype(int)
    assert float(np.abs(whole[:32, 32:] - north_east).mean()) < 2.0


def test_the_level_has_cells_no_wider_than_a_pixel() -> None:
    assert [level_for(pixel_m) for pixel_m in (1.0, 0.9, 2.0, 3.9, 1000.0)] == [0, -1, 1, 1, 6]


def test_averaging_keeps_the_mean() -> None:
    weights = averaging(10, 40, 1.3, 3.7)
    assert weights.sum(axis=1) == pytest.approx(np.ones(10), abs=1e-6)
    assert weights[0] @ np.arange(40) == pytest.approx((0.7 * 1 + 2 + 3 + 4) / 3.7)


def test_a_way_is_dark_and_a_machine_is_bright_where_they_are() -> None:
    plain = np.full((40, 60, 3), 120, np.uint8)
    view = ContextView(plain, (100.0, -50.0), 1.0)
    view.draw_way(np.array([100.0, 100.0]), np.array([-50.0, -40.0]))
    view.draw_spot((110.0, -50.0))
    view.draw_spot((5_000.0, 0.0))  # far outside: nothing happens
    assert (plain == 120).all()
    dark = np.argwhere(view.picture[..., 0] < 120)
    assert set(dark[:, 1].tolist()) == {30}
    assert dark[:, 0].min() == 10  # ten metres to the north are ten rows up
    assert dark[:, 0].max() == 20
    assert view.picture[20, 40].tolist() == [236, 236, 228]
    assert (view.picture > 120).any(axis=2).sum() == 9  # three metres wide


def test_stretching_uses_the_range_and_keeps_order_and_colour() -> None:
    ramp = np.linspace(90.0, 150.0, 200)
    picture = np.rint(ramp[None, :, None] * np.array([1.2, 0.95, 0.7])).astype(np.uint8)
    shown = stretched(np.repeat(picture, 40, axis=0)).astype(float)
    luma = shown @ np.array([0.2126, 0.7152, 0.0722])
    assert np.ptp(luma) > 1.9 * np.ptp(ramp)
    assert (np.diff(luma[0]) >= -1.0).all()
    ratio = shown[..., 0] / np.maximum(shown[..., 1], 1.0)
    assert ratio[:, 20:150] == pytest.approx(1.2 / 0.95, rel=0.05)


def test_flat_ground_is_not_blown_up_when_stretched() -> None:
    noise = np.random.default_rng(1).integers(-2, 3, (80, 80, 1))
    shown = stretched(np.clip(118 + noise + np.zeros(3, int), 0, 255).astype(np.uint8))
    assert float(shown.astype(float).std()) < 5.0
    assert stretched(np.zeros((8, 8, 3), np.uint8)).shape == (8, 8, 3)
