from dataclasses import replace
from math import degrees, radians

import numpy as np
import pytest

from game.environment.clock import lmst_h, sol_start_tick
from game.environment.nature import EnvironmentSpec
from game.environment.sun import (
    elevation_azimuth_rad,
    sun_position_rad,
    sun_times,
    top_irradiance_w_m2,
)


def test_the_sun_is_on_the_horizon_at_rise_and_set_and_due_south_or_north_at_noon(
    nature: EnvironmentSpec,
) -> None:
    times = sun_times(nature.site, 10)
    assert times.rise_tick is not None
    assert times.set_tick is not None
    for tick in (times.rise_tick, times.set_tick):
        assert degrees(sun_position_rad(nature.site, tick)[0]) == pytest.approx(0.0, abs=0.005)
    _, azimuth = sun_position_rad(nature.site, times.noon_tick)
    assert degrees(azimuth) == pytest.approx(180.0, abs=0.1)
    assert times.rise_tick < times.noon_tick < times.set_tick


def test_the_sun_rises_in_the_east(nature: EnvironmentSpec) -> None:
    times = sun_times(nature.site, 10)
    assert times.rise_tick is not None
    assert 60 < degrees(sun_position_rad(nature.site, times.rise_tick)[1]) < 80


def test_polar_day_and_polar_night_are_answered(nature: EnvironmentSpec) -> None:
    north = sun_times(replace(nature.site, latitude_deg=85.0), 30)
    south = sun_times(replace(nature.site, latitude_deg=-85.0), 30)
    assert north.is_polar_day
    assert not north.is_polar_night
    assert south.is_polar_night
    assert (north.rise_tick, north.set_tick) == (None, None)
    assert (south.rise_tick, south.set_tick) == (None, None)
    assert north.noon_elevation_rad > 0 > south.noon_elevation_rad


@pytest.mark.parametrize("latitude_deg", [-90.0, -70.0, 0.0, 70.0, 89.9, 90.0])
def test_every_latitude_and_season_has_an_answer(
    nature: EnvironmentSpec, latitude_deg: float
) -> None:
    site = replace(nature.site, latitude_deg=latitude_deg, longitude_deg=-77.0)
    for sol in range(1, 670, 83):
        times = sun_times(site, sol)
        assert 10.5 < lmst_h(site, times.noon_tick) < 13.5
        assert times.noon_tick > sol_start_tick(site, sol)


def test_one_body_serves_numbers_and_arrays() -> None:
    angles = np.linspace(-3, 3, 7)
    many = elevation_azimuth_rad(0.3, angles, radians(25.0))
    for index, angle in enumerate(angles):
        one = elevation_azimuth_rad(0.3, float(angle), radians(25.0))
        assert one == (np.asarray(many[0])[index], np.asarray(many[1])[index])


def test_sunlight_above_the_air_falls_with_the_square_of_distance() -> None:
    assert top_irradiance_w_m2(2.0) == pytest.approx(1361.0 / 4)
