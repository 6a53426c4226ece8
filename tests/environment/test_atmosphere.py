from math import radians

import numpy as np
import pytest

from game.environment.atmosphere import (
    carbon_frost_k,
    density_kg_m3,
    frost_point_k,
    humidity_frac,
    ice_pressure_pa,
    mean_pressure_pa,
    sound_speed_m_s,
    tide_day_growth,
    tide_detail_frac,
    tide_frac,
)
from game.environment.nature import EnvironmentSpec, nature_table


def test_ice_has_the_vapour_pressure_of_the_triple_point() -> None:
    # 611.657 Pa at 273.16 K; Murphy & Koop (2005).
    assert float(ice_pressure_pa(273.16)) == pytest.approx(611.66, rel=1e-4)
    assert float(ice_pressure_pa(200.0)) == pytest.approx(0.1626, rel=0.01)


def test_150_ppm_of_water_settle_below_about_198_k() -> None:
    assert float(frost_point_k(860.0, 150e-6)) == pytest.approx(198.5, abs=0.2)


def test_the_frost_point_is_where_the_air_is_saturated() -> None:
    for pressure_pa in (600.0, 900.0):
        point = frost_point_k(pressure_pa, 150e-6)
        assert float(humidity_frac(pressure_pa, point, 150e-6)) == pytest.approx(1.0, abs=1e-6)
    assert float(humidity_frac(860.0, 240.0, 150e-6)) < 0.01


def test_density_and_speed_of_sound_are_those_of_martian_air(nature: EnvironmentSpec) -> None:
    gas = nature.air.gas_constant_j_kg_k
    assert density_kg_m3(860.0, 190.0, gas) == pytest.approx(0.0237, rel=0.005)
    assert density_kg_m3(860.0, 240.0, gas) == pytest.approx(0.0188, rel=0.005)
    assert float(sound_speed_m_s(190.0, gas, nature.air.heat_ratio)) == pytest.approx(216, abs=1)
    assert float(sound_speed_m_s(240.0, gas, nature.air.heat_ratio)) == pytest.approx(243, abs=1)


def test_carbon_dioxide_freezes_near_148_k() -> None:
    assert float(carbon_frost_k(700.0)) == pytest.approx(148.5, abs=1.0)


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
