from math import degrees

import numpy as np
import pytest

from game.environment.clock import tick_of_utc
from game.environment.earth import earth_at, earth_sky, light_time_s
from game.environment.julian import tai_s, tt_day
from game.environment.nature import EnvironmentSpec


def test_conjunction_is_when_it_was() -> None:
    # Superior conjunction of 2021-10-08, least angle 0.65 deg (JPL DE440).
    days = np.asarray(tt_day(tai_s("2021-10-01T00:00:00Z"))) + np.arange(0.0, 15.0, 0.05)
    angle = np.degrees(earth_sky(days, 0.0, 0.0).sun_earth_mars_rad)
    assert float(angle.min()) == pytest.approx(0.651, abs=0.02)
    best = float(days[int(angle.argmin())])
    assert best == pytest.approx(float(tt_day(tai_s("2021-10-08T05:17:00Z"))), abs=0.15)


def test_earth_is_a_morning_star_for_the_whole_mission(nature: EnvironmentSpec) -> None:
    # Elongation 27 deg on the first sol, 11 deg on sol 91 (JPL DE440).
    for utc, elongation_deg in (("2021-05-14T21:25:00Z", 27.45), ("2021-08-15T08:25:00Z", 11.0)):
        earth = earth_at(nature.site, tick_of_utc(nature.site, utc))
        assert degrees(earth.elongation_rad) == pytest.approx(elongation_deg, abs=0.4)


def test_light_needs_18_minutes_at_landing(nature: EnvironmentSpec) -> None:
    assert light_time_s(nature.site, 0) == pytest.approx(1063, abs=1)


def test_the_quick_light_time_is_the_light_time(nature: EnvironmentSpec) -> None:
    for tick in range(0, 8_000_000, 333_333):
        exact = float(earth_at(nature.site, tick).light_time_s)
        assert light_time_s(nature.site, tick) == pytest.approx(exact, abs=0.02)


@pytest.mark.parametrize("utc", ["2020-01-01", "2030-12-31"])
def test_the_whole_decade_is_covered(utc: str) -> None:
    earth = earth_sky(tt_day(tai_s(utc)), 18.4, 77.5)
    assert 0.37 < float(earth.distance_au) < 2.68
    assert np.isfinite(float(earth.elevation_rad))


def test_dates_outside_are_refused() -> None:
    with pytest.raises(ValueError, match="1972 to 2049"):
        earth_sky(20_000.0, 0.0, 0.0)
