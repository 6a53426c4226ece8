import math

import numpy as np
import pytest

from game.levels.open import OpenedLevel
from game.world.sightline import horizon
from game.world.skyline import DIRECTIONS, skyline_rad
from game.world.terrain import Terrain
from tests.passes import pit

EYE_M = 1.5


@pytest.fixture(scope="module")
def walled() -> Terrain:
    """A sharp crater of 60 m with its middle at the landing point."""
    return pit().terrain


def test_open_plains_have_no_skyline(ninety: OpenedLevel) -> None:
    terrain = ninety.setup.terrain
    for y_m in range(0, -1_100, -90):
        assert skyline_rad(terrain, (0.0, float(y_m)), EYE_M, math.radians(10.0)) == ()


@pytest.mark.parametrize("place", [(2.0, 2.0), (14.0, 2.0), (-10.0, -18.0)])
def test_in_a_crater_it_is_the_horizon_of_the_eye(
    walled: Terrain, place: tuple[float, float]
) -> None:
    # two models: a coarse skyline against the horizon by degrees; a degree and a half
    found = skyline_rad(walled, place, EYE_M, math.radians(10.0))
    assert len(found) == DIRECTIONS
    fine = horizon(walled, *place, EYE_M)
    turns = np.arange(DIRECTIONS) * (math.tau / DIRECTIONS)
    exact = np.array([fine.at_rad(float(turn)) for turn in turns])
    assert np.degrees(np.abs(np.array(found) - exact)).max() < 1.5
    assert np.degrees(exact.max()) > 15.0


def test_whole_squares_have_one_answer(walled: Terrain) -> None:
    first = skyline_rad(walled, (0.1, 0.1), EYE_M, math.radians(10.0))
    assert skyline_rad(walled, (3.9, 3.9), EYE_M, math.radians(10.0)) is first
    assert skyline_rad(walled, (4.1, 3.9), EYE_M, math.radians(10.0)) != first


def test_a_rough_look_never_hides_a_wall(walled: Terrain) -> None:
    # wherever the fine horizon stands above the mask, the quick test must not say "open"
    for x_m in range(-62, 63, 8):
        fine = horizon(walled, x_m + 2.0, 2.0, EYE_M)
        if max(fine.elevation_rad) > math.radians(11.5):
            assert skyline_rad(walled, (x_m + 2.0, 2.0), EYE_M, math.radians(10.0))
