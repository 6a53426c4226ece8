"""The cheap skyline agrees with the careful horizon, and takes the Sun away by degrees."""

import math

import numpy as np
import pytest

from game.levels.open import OpenedLevel
from game.world.low_sun import SUN_WIDTH_RAD, skyline, sunlit_frac
from game.world.sightline import Horizon, horizon


@pytest.mark.parametrize("place", [(0.0, -24.0), (24.0, -304.0)])
def test_the_skyline_is_the_horizon_to_half_a_degree(
    ninety: OpenedLevel, place: tuple[float, float]
) -> None:
    # The careful one looks out to six kilometres and at every degree.
    terrain = ninety.setup.terrain
    cheap = np.degrees(skyline(terrain, *place, 0.9).elevation_rad)
    careful = np.degrees(horizon(terrain, *place, 0.9).elevation_rad)
    assert abs(float(np.mean(careful - cheap))) < 0.5
    assert float(np.max(np.abs(careful - cheap))) < 2.0


def test_places_close_together_share_one_skyline(ninety: OpenedLevel) -> None:
    terrain = ninety.setup.terrain
    assert skyline(terrain, 1.0, -50.0, 0.9) is skyline(terrain, -1.0, -49.0, 0.9)


def test_the_disc_of_the_sun_goes_by_and_by() -> None:
    line = Horizon((math.radians(3.0),) * 360)
    high = math.radians(3.0)
    assert sunlit_frac(line, 1.0, high + SUN_WIDTH_RAD) == 1.0
    assert sunlit_frac(line, 1.0, high) == pytest.approx(0.5)
    assert sunlit_frac(line, 1.0, high - SUN_WIDTH_RAD) == 0.0
