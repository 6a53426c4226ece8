from math import radians

import numpy as np
import pytest

from game.environment.nature import EnvironmentSpec, nature_table
from game.environment.pressure import mean_pressure_pa, tide_day_growth, tide_detail_frac, tide_frac


def test_the_annual_extremes_of_the_site() -> None:
    pressure = np.asarray(mean_pressure_pa(np.radians(np.arange(360.0)), -4099.4))
    assert float(pressure.min()) == pytest.approx(707, abs=1)
    assert float(pressure.max()) == pytest.approx(932, abs=1)
    assert abs(int(pressure.argmin()) - 152) <= 2
    assert abs(int(pressure.argmax()) - 264) <= 2


def test_the_tide_has_no_mean_and_is_lowest_in_the_afternoon() -> None:
    hours = np.arange(0.0, 24.0, 0.1)
    tide = np.asarray(tide_frac(hours))
    assert float(tide.mean()) == pytest.approx(0.0, abs=1e-9)
    assert 14.5 <= float(hours[tide.argmin()]) <= 18.0
    assert np.all(np.asarray(tide_detail_frac(hours, radians(200.0))) == 0.0)


def test_the_daily_tide_falls_towards_the_poles(nature: EnvironmentSpec) -> None:
    # Viking Lander 1: about 0.7 of InSight's at our latitude; nothing moves a pole by day.
    power = nature.air.tide_latitude_power
    assert tide_day_growth(radians(4.5), power) == pytest.approx(1.0, abs=1e-4)
    assert tide_day_growth(radians(25.066), power) == pytest.approx(0.7, abs=0.001)
    assert tide_day_growth(np.radians([-90.0, 90.0]), power) == pytest.approx(0.0, abs=1e-9)


def test_weather_of_the_sol_stays_within_a_few_pascal(nature: EnvironmentSpec) -> None:
    means = [float(np.mean([row[6] for row in nature_table(nature, sol).rows])) for sol in (3, 60)]
    published = [float(mean_pressure_pa(radians(ls), -4099.4)) for ls in (46.3, 72.2)]
    for ours, theirs in zip(means, published, strict=True):
        assert ours == pytest.approx(theirs, abs=6)
