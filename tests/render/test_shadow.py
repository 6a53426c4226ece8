import math

import numpy as np
import pytest

from game.render.shadow import resample, shadow_line

DIRECTIONS = [math.radians(a) for a in (0, 31, 45, 90, 135, 180, 200, 270, 315)]


@pytest.mark.parametrize("azimuth", DIRECTIONS)
def test_a_pole_throws_a_shadow_of_the_right_length_away_from_the_sun(azimuth: float) -> None:
    # A pole of height h under a Sun of tangent t reaches h / t; slanted rays lose a little of
    # a narrow top between cells: up to five cells short, never long.
    ground = np.zeros((121, 121), np.float32)
    ground[58:63, 58:63] = 5.0
    line = shadow_line(ground, 0.5, (math.sin(azimuth), math.cos(azimuth)), 0.4)
    row, column = np.nonzero(line > 0.05)
    away = -((column - 60) * math.sin(azimuth) + (row - 60) * math.cos(azimuth)) * 0.5
    assert 5.0 / 0.4 + 1.0 - 2.5 < away.max() < 5.0 / 0.4 + 1.0 + 1.0
    assert away.min() >= -1.9


def test_the_shadow_line_is_never_under_the_ground() -> None:
    ground = np.random.default_rng(2).random((40, 50)).astype(np.float32)
    line = shadow_line(ground, 0.1, (0.6, 0.8), 0.3)
    assert (line >= ground - 1e-6).all()


def test_a_slope_steeper_than_the_sun_is_dark_and_a_gentler_one_is_lit() -> None:
    away = np.arange(60, dtype=np.float32)[:, None] * np.ones((1, 60), np.float32)
    sun_in_north = (0.0, 1.0)
    falls_to_the_south = 0.5 * away  # rises to the north: its shadow lies on it
    lit = shadow_line(falls_to_the_south, 1.0, sun_in_north, 0.6) - falls_to_the_south
    dark = shadow_line(falls_to_the_south, 1.0, sun_in_north, 0.4) - falls_to_the_south
    assert lit.max() < 1e-4
    assert dark[30, 30] > 1.0


def test_resampling_is_linear_between_cells() -> None:
    values = np.arange(20, dtype=np.float32).reshape(4, 5)
    assert resample(values, (1.0, 0.5), 0.5, (1, 4)).tolist() == [[5.5, 6.0, 6.5, 7.0]]
