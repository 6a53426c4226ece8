from dataclasses import replace

import numpy as np
import pytest

from game.environment.clock import lmst_h, sol_of, sol_start_tick
from game.environment.nature import EnvironmentSpec, nature_table, surroundings_at
from game.environment.places import map_elevation_m, named_places
from game.rules import load_table
from game.tools.almanac import elevation_map

PLACES = {place.name: place for place in named_places(load_table("places"))}


@pytest.mark.parametrize("name", PLACES)
def test_every_named_place_has_weather_at_its_landing(name: str, nature: EnvironmentSpec) -> None:
    spec = replace(nature, site=PLACES[name])
    assert sol_of(spec.site, 0) == 1
    here = surroundings_at(nature_table(spec, 1), 0)
    assert here.lmst_h == pytest.approx(lmst_h(spec.site, 0), abs=1e-6)
    assert here.sun_elevation_rad > 0.3, "all landed by day"
    assert 180 < here.ground_k < 310


@pytest.mark.parametrize("name", PLACES)
def test_published_elevations_agree_with_the_laser_altimeter(name: str) -> None:
    # Pixels of 15 km: within 40 m on plains, 170 m inside craters.
    place = PLACES[name]
    ours = map_elevation_m(elevation_map(), place.latitude_deg, place.longitude_deg)
    assert ours == pytest.approx(place.elevation_m, abs=175)


def test_spirit_saw_midnight_when_the_mars24_page_says() -> None:
    # Worked example B: 2004-01-03T13:46:31Z is 00:00:00.7 true solar time at 184.702 W.
    assert PLACES["Gusev"].longitude_deg == pytest.approx(360 - 184.702, abs=0.3)


def test_perseverance_first_measured_718_pa(nature: EnvironmentSpec) -> None:
    # NASA news release, first report of MEDA, 2021-02-20; +-3 %.
    spec = replace(nature, site=PLACES["Jezero"])
    assert surroundings_at(nature_table(spec, 1), 3_600).pressure_pa == pytest.approx(718, rel=0.03)


def test_insight_measured_669_pa_in_northern_summer(nature: EnvironmentSpec) -> None:
    # NASA/JPL InSight weather service, sol 359, 2019-11-30: mean 668.79 Pa, 652.77 to 681.96. Its
    # landing sol is 0, ours 1. +-3 %. (Spirit and Opportunity carried no barometer.)
    spec = replace(nature, site=PLACES["InSight"])
    start = sol_start_tick(spec.site, 360)
    table = nature_table(spec, 360)
    sol = [surroundings_at(table, start + hour * 3_699).pressure_pa for hour in range(24)]
    assert np.mean(sol) == pytest.approx(668.79, rel=0.03)
    assert min(sol) == pytest.approx(652.77, rel=0.03)
    assert max(sol) == pytest.approx(681.96, rel=0.03)


def test_the_map_wraps_around_and_ends_at_the_poles() -> None:
    grid = elevation_map()
    assert grid.shape == (720, 1440)
    assert map_elevation_m(grid, 10.0, 360.0) == map_elevation_m(grid, 10.0, 0.0)
    assert map_elevation_m(grid, 90.0, 0.0) == pytest.approx(float(grid[0].mean()), abs=50)
    # Olympus Mons and Hellas, MOLA.
    assert map_elevation_m(grid, 18.65, 226.2) > 17_000
    assert map_elevation_m(grid, -42.0, 66.0) < -5_000
    small = np.array([[0, 10], [20, 30]], dtype=np.int16)
    assert map_elevation_m(small, 0.0, 180.0) == pytest.approx(15.0)
