from dataclasses import replace
from statistics import fmean

import numpy as np
import pytest

from game.environment.nature import EnvironmentSpec, nature_table
from game.environment.wind import gust_m_s, mean_from_rad, mean_wind_m_s, normal_share


def test_the_mean_of_many_sols_is_the_mean_wind(nature: EnvironmentSpec) -> None:
    noon = [row[7] for sol in range(1, 91) for row in nature_table(nature, sol).rows[230:270]]
    night = [row[7] for sol in range(1, 91) for row in nature_table(nature, sol).rows[20:60]]
    assert abs(fmean(noon) - float(mean_wind_m_s(nature.wind, 12.5))) < 0.5
    assert abs(fmean(night) - float(mean_wind_m_s(nature.wind, 2.0))) < 0.2


def test_wind_stays_below_the_strongest_ever_felt(nature: EnvironmentSpec) -> None:
    # Zhurong's maximum was 16.7 m/s.
    assert max(row[7] for sol in range(1, 91) for row in nature_table(nature, sol).rows) <= 17.0


def test_wind_comes_from_the_south_in_early_summer(nature: EnvironmentSpec) -> None:
    angles = np.array([row[8] for sol in range(1, 91) for row in nature_table(nature, sol).rows])
    mean = np.degrees(np.angle(np.mean(np.exp(1j * angles)))) % 360
    assert 165 < mean < 195


def test_storms_bring_wind(nature: EnvironmentSpec) -> None:
    calm, stormy = (float(mean_wind_m_s(nature.wind, 12.0, tau)) for tau in (0.0, 4.0))
    assert 1.5 < stormy / calm < 2.0


def test_gusts_are_joined_over_midnight(nature: EnvironmentSpec) -> None:
    for sol in range(1, 20):
        assert nature_table(nature, sol).rows[-1][7] == nature_table(nature, sol + 1).rows[0][7]


def test_the_normal_distribution_is_right_to_two_in_ten_thousand() -> None:
    # Abramowitz & Stegun, table 26.1.
    for x, share in ((0.0, 0.5), (1.0, 0.841345), (-2.0, 0.022750), (2.5, 0.993790)):
        assert abs(float(normal_share(x)) - share) < 2e-4


def test_another_seed_is_another_wind(nature: EnvironmentSpec) -> None:
    other = replace(nature, seed=8)
    assert nature_table(other, 4).rows[200][7] != nature_table(nature, 4).rows[200][7]


def test_gusts_stay_below_the_strongest_wind(nature: EnvironmentSpec) -> None:
    assert float(gust_m_s(nature.wind, 5.0)) == 9.0
    assert float(gust_m_s(nature.wind, 16.0)) == nature.wind.most_m_s


def test_the_wind_of_the_north_veers_with_the_sun_through_the_day(nature: EnvironmentSpec) -> None:
    # Coriolis turns a daily wind clockwise in the northern half: from the morning to the
    # afternoon it veers by its swing, in the night it goes back.
    hours = np.array([3.0, 9.0, 15.0, 21.0])
    turned = np.degrees(mean_from_rad(nature.wind, (np.radians(90.0), hours)))
    assert turned - turned[1] == pytest.approx([-30.0, 0.0, 30.0, 0.0], abs=1e-9)
