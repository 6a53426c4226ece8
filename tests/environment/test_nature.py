from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from math import cos, degrees, isfinite, radians

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.environment import nature as nature_module
from game.environment.clock import sol_of, sol_start_tick
from game.environment.nature import (
    EnvironmentSpec,
    dust_devils,
    environment_spec,
    nature_table,
    passing_whirls,
    surroundings_at,
)
from game.environment.pressure import (
    half_day_growth,
    mean_pressure_pa,
    tide_day_growth,
    tide_detail_frac,
    tide_frac,
)
from game.environment.series import ground_run, sol_series
from game.environment.sky import irradiance
from game.environment.sun import sun_position_rad, top_irradiance_w_m2
from game.environment.surroundings import Surroundings
from game.errors import ConfigError
from game.rules import load_table


def at(spec: EnvironmentSpec, tick: int) -> Surroundings:
    return surroundings_at(nature_table(spec, sol_of(spec.site, tick)), tick)


def test_the_same_spec_and_sol_give_the_same_table_whatever_was_asked_before(
    nature: EnvironmentSpec,
) -> None:
    other = replace(nature, seed=12)
    rows = nature_table(other, 30).rows
    for cached in (nature_table, ground_run, sol_series):
        cached.cache_clear()
    for sol in (3, 50, 12):
        nature_table(other, sol)
    assert nature_table(environment_spec(load_table("mars"), 12), 30).rows == rows


def test_nature_is_continuous_over_midnight(nature: EnvironmentSpec) -> None:
    for sol in (2, 9, 61):
        start = sol_start_tick(nature.site, sol)
        before, after = at(nature, start - 1), at(nature, start)
        for name in Surroundings._fields:
            if name not in ("sol", "lmst_h", "ltst_h", "tick", "sun_azimuth_rad"):
                low, high = getattr(before, name), getattr(after, name)
                assert low == pytest.approx(high, rel=0.01, abs=0.03), name
        assert after.sol == before.sol + 1 == sol


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 90 * 88_775))
def test_every_tick_has_sensible_surroundings(tick: int) -> None:
    spec = environment_spec(load_table("mars"), 7)
    here = at(spec, tick)
    assert all(isfinite(value) for value in here)
    assert 0.1 <= here.tau <= 11
    assert 150 < here.ground_k < 300
    assert 150 < here.air_k < 280
    assert 700 < here.pressure_pa < 950
    assert 0 <= here.wind_m_s <= 17
    assert 0 <= here.sun_azimuth_rad < 6.2832
    assert here.global_w_m2 >= here.diffuse_w_m2 >= 0
    assert 185 < here.frost_point_k < 205
    assert all(type(value) in (int, float) for value in here)


def test_the_interpolated_sun_is_the_sun(nature: EnvironmentSpec) -> None:
    # Well inside the 0.005 deg of the ephemeris comparison.
    for tick in range(1_000_000, 1_088_000, 3_777):
        here = at(nature, tick)
        elevation, azimuth = sun_position_rad(nature.site, tick)
        assert degrees(here.sun_elevation_rad - float(elevation)) == pytest.approx(0, abs=2e-4)
        across = (here.sun_azimuth_rad - float(azimuth)) * cos(float(elevation))
        assert degrees(across) == pytest.approx(0, abs=4e-4)


def test_the_interpolated_light_is_the_light_of_the_formulas(calm: EnvironmentSpec) -> None:
    # Interpolation within 0.5 %, or 0.5 W/m2 near the horizon.
    for tick in range(2_000_011, 2_088_000, 1_999):
        here = at(calm, tick)
        orbit_top = float(top_irradiance_w_m2(1.658))
        light = irradiance(orbit_top, here.sun_elevation_rad, here.tau, calm.ground.albedo)
        assert here.global_w_m2 == pytest.approx(float(light.global_w_m2), rel=0.01, abs=0.6)


def test_ground_and_air_are_coldest_before_sunrise_and_warmest_after_noon(
    calm: EnvironmentSpec,
) -> None:
    table = nature_table(calm, 56)
    ground, air = ([row[column] for row in table.rows] for column in (3, 4))
    hours = np.arange(len(ground)) / 20
    assert 4.5 < hours[int(np.argmin(ground))] < 6.0
    assert 12.5 < hours[int(np.argmax(ground))] < 14.0
    assert 13.5 < hours[int(np.argmax(air))] < 15.5
    # Fine model, Ls 70, tau 0.4: 188 and 269 K; 188 and 245 K.
    assert min(ground) == pytest.approx(188.2, abs=1.0)
    assert max(ground) == pytest.approx(268.7, abs=1.0)
    assert max(air) == pytest.approx(244.7, abs=1.0)


def test_a_tick_of_another_sol_is_refused(nature: EnvironmentSpec) -> None:
    table = nature_table(nature, 5)
    start = sol_start_tick(nature.site, 5)
    with pytest.raises(ValueError, match="not in sol 5"):
        surroundings_at(table, start - 1)
    with pytest.raises(ValueError, match="not in sol 5"):
        surroundings_at(table, sol_start_tick(nature.site, 6))


def test_the_first_and_last_tick_of_a_sol_are_in_it(nature: EnvironmentSpec) -> None:
    for sol in range(1, 92):
        table = nature_module.nature_table(nature, sol)
        assert surroundings_at(table, sol_start_tick(nature.site, sol)).sol == sol
        assert surroundings_at(table, sol_start_tick(nature.site, sol + 1) - 1).sol == sol


def test_a_passing_whirl_is_felt_in_the_pressure(nature: EnvironmentSpec) -> None:
    deep = [w for sol in range(1, 40) for w in passing_whirls(nature, sol) if w.drop_pa > 1.5]
    assert deep
    for whirl in deep[:5]:
        middle, before = at(nature, whirl.tick), at(nature, whirl.tick - 400)
        assert before.pressure_pa - middle.pressure_pa > 0.6 * whirl.drop_pa


def test_whirls_are_as_many_and_as_deep_as_at_jezero(nature: EnvironmentSpec) -> None:
    # Hueso et al. (2023), scaled to three passes a sol; N(> p) falls with its square.
    whirls = [w for sol in range(1, 601) for w in passing_whirls(nature, sol)]
    assert len(whirls) == pytest.approx(1800, abs=4 * 1800**0.5)
    twice = sum(whirl.drop_pa > 1.0 for whirl in whirls) / len(whirls)
    assert twice == pytest.approx(0.25, abs=0.05)
    assert all(0.5 <= w.drop_pa <= 9.0 and 5 <= w.diameter_m <= 135 for w in whirls)
    small = sum(whirl.diameter_m < 10 for whirl in whirls) / len(whirls)
    assert small == pytest.approx(0.52, abs=0.05)
    for one, two in pairwise(passing_whirls(nature, 3)):
        assert one.tick <= two.tick


def test_dust_devils_stand_around_the_lander_by_day(nature: EnvironmentSpec) -> None:
    devils = [(sol, one) for sol in range(1, 60) for one in dust_devils(nature, sol)]
    assert len(devils) == pytest.approx(59 * 7.2, abs=4 * (59 * 7.2) ** 0.5)
    for sol, devil in devils:
        assert abs(devil.x_m) <= 6000
        assert abs(devil.y_m) <= 6000
        assert devil.is_dusty
        assert 25 <= devil.height_m <= 2000
        assert sol_of(nature.site, devil.tick) == sol


@pytest.mark.parametrize("latitude_deg", [-90.0, -60.0, 0.0, 60.0, 90.0])
def test_any_latitude_works_the_whole_year(nature: EnvironmentSpec, latitude_deg: float) -> None:
    for month in ("2021-02", "2021-08", "2022-02", "2022-08"):
        site = replace(nature.site, latitude_deg=latitude_deg, epoch_utc=f"{month}-10T00:00:00Z")
        table = nature_table(replace(nature, site=site), 2)
        assert all(isfinite(value) for row in table.rows for value in row)


def test_a_wrong_rule_is_named(nature: EnvironmentSpec) -> None:
    table = deepcopy(load_table("mars"))
    table["dust"]["noise_tua"] = 1.0
    table["ground"]["emissivity"] = 3.0
    with pytest.raises(ConfigError, match=r"noise_tau'[\s\S]*emissivity"):
        environment_spec(table, 1)
    with pytest.raises((ConfigError, ValueError), match="whole number"):
        environment_spec(load_table("mars"), 1 << 70)
    assert nature.seed == 7


def test_specs_are_keys(nature: EnvironmentSpec) -> None:
    same = environment_spec(load_table("mars"), 7)
    assert same == nature
    assert hash(same) == hash(nature)
    assert replace(nature, seed=8) != nature
    assert nature.site.latitude_deg == pytest.approx(degrees(radians(25.066)))


def test_the_pressure_between_rows_is_that_of_the_formulas(calm: EnvironmentSpec) -> None:
    # 0.1 Pa, also where InSight's finer tide fades out with the season (Ls 115, sol 155).
    for sol in (1, 90, 155):
        for tick in range(
            sol_start_tick(calm.site, sol) + 7, sol_start_tick(calm.site, sol) + 88_000, 997
        ):
            here = at(calm, tick)
            mean = mean_pressure_pa(here.ls_rad, calm.site.elevation_m)
            daily = tide_day_growth(radians(calm.site.latitude_deg), calm.air.tide_latitude_power)
            half = half_day_growth(here.tau, calm.air.tide_reference_tau)
            tide = tide_frac(here.ltst_h, daily, half)
            tide += daily * tide_detail_frac(here.ltst_h, here.ls_rad)
            assert here.pressure_pa == pytest.approx(float(mean * (1.0 + tide)), abs=0.1)


def test_straight_lines_between_rows_stay_below_the_tolerances(calm: EnvironmentSpec) -> None:
    # Twice as coarse a table shows four times the error of ours: a quarter of the gap at the
    # rows left out is what straight lines cost. Pressure 0.1 Pa; ground 0.5 K; light 0.5 %.
    for sol in (1, 30, 90):
        rows = np.array(nature_table(calm, sol).rows)
        middle = (rows[:-2:2] + rows[2::2]) / 2.0
        cost = np.abs(middle - rows[1:-1:2]) / 4.0
        assert float(cost[:, 6].max()) < 0.1
        assert float(cost[:, 3].max()) < 0.1
        assert float(cost[:, 4].max()) < 0.1
        by_day = rows[1:-1:2, 1] > 50.0
        light = rows[1:-1:2, 2]
        assert float((cost[by_day, 2] / light[by_day]).max()) < 0.005
        assert float((cost[by_day, 1] / rows[1:-1:2, 1][by_day]).max()) < 0.005
