import numpy as np
import pytest

from game.render.fields import Grid
from game.render.noise import box_blur, dither, gradient_noise, smooth, value_noise


def test_noise_does_not_depend_on_the_window() -> None:
    whole = gradient_noise(Grid(-6, 1000, -3000, 200, 160), 0.34, 5)
    part = gradient_noise(Grid(-6, 1090, -2950, 60, 70), 0.34, 5)
    assert np.abs(whole[50:120, 90:150] - part).max() < 1e-5


def test_noise_is_the_same_field_at_every_level() -> None:
    fine = gradient_noise(Grid(-4, 160, 320, 65, 65), 9.1, 8)
    coarse = gradient_noise(Grid(-2, 40, 80, 17, 17), 9.1, 8)
    assert np.abs(fine[::4, ::4] - coarse).max() < 1e-5


def test_noise_has_zero_mean_and_about_unit_deviation() -> None:
    field = gradient_noise(Grid(0, 0, 0, 512, 512), 7.3, 3)
    assert abs(float(field.mean())) < 0.05
    assert 0.7 < float(field.std()) < 1.1


def test_spacings_under_two_cells_are_left_out() -> None:
    assert not gradient_noise(Grid(0, 0, 0, 8, 8), 1.5, 3).any()


def test_noise_stays_sharp_far_from_the_origin() -> None:
    far = gradient_noise(Grid(-6, 64_000_000, 0, 64, 64), 0.1, 3)
    assert float(np.abs(np.diff(far, axis=1)).mean()) > 0.1


def test_blur_keeps_the_mean_and_flat_ground() -> None:
    flat = np.full((30, 40), 2.5, np.float32)
    assert np.allclose(box_blur(flat, 4), 2.5)
    bump = flat.copy()
    bump[15, 20] += 81.0
    assert box_blur(bump, 4)[15, 20] == pytest.approx(3.5, abs=1e-4)


def test_dither_continues_over_borders_and_fills_the_range_evenly() -> None:
    whole = dither(0, 0, 128, 64)
    assert np.array_equal(whole[:, 64:], dither(64, 0, 64, 64))
    assert np.array_equal(whole[3:20, 5:30], dither(5, 3, 25, 17))
    tile = np.sort(dither(0, 0, 64, 64).ravel())
    assert np.abs(tile - np.arange(4096) / 4096).max() < 1e-3


def test_dither_has_no_slow_waves() -> None:
    power = np.abs(np.fft.fft2(dither(0, 0, 64, 64) - 0.5)) ** 2
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(64), np.fft.fftfreq(64)))
    slow = power[(frequency > 0) & (frequency < 0.1)].mean()
    fast = power[(frequency > 0.35) & (frequency < 0.5)].mean()
    assert slow < 0.02 * fast


def test_smooth_runs_from_zero_to_one() -> None:
    values = smooth(np.array([-1.0, 0.0, 0.5, 1.0, 2.0], np.float32), 0.0, 1.0)
    assert values.tolist() == [0.0, 0.0, 0.5, 1.0, 1.0]


def test_value_noise_agrees_where_lattice_cells_meet() -> None:
    v = np.full(2, 3.4)
    left, right = value_noise(np.array([6.999999, 7.000001]), v, 1)
    assert left == pytest.approx(right, abs=1e-4)


@pytest.mark.parametrize("radius", [1, 4, 14, 22])
def test_a_blur_is_the_mean_of_the_squares(radius: int) -> None:
    values = np.random.default_rng(4).normal(100.0, 3.0, (150, 70)).astype(np.float32)
    padded = np.pad(values.astype(float), radius, mode="edge")
    width = 2 * radius + 1
    squares = np.lib.stride_tricks.sliding_window_view(padded, (width, width))
    assert box_blur(values, radius) == pytest.approx(squares.mean((2, 3)), abs=1e-4)
