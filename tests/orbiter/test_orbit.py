import math
from dataclasses import replace

import numpy as np
import pytest

from game.orbiter.orbit import eccentric_anomaly_rad, period_s, position_m
from tests.orbiter.cases import rows, shipped_orbiter

ORBITER = shipped_orbiter()


def test_the_track_is_that_of_the_reference_within_ten_metres() -> None:
    # relay_track_stationkept.csv: the same analytic formula, worked out independently.
    table = rows("relay_track_stationkept")
    seconds = np.array([float(row["t_s"]) for row in table])
    turned = np.radians([float(row["theta_deg"]) for row in table])
    x, y, z = (np.array([float(row[f"{axis}_km"]) for row in table]) * 1e3 for axis in "xyz")
    found = position_m(ORBITER.body, ORBITER.orbit, seconds)
    fixed = (np.cos(turned) * x + np.sin(turned) * y, np.cos(turned) * y - np.sin(turned) * x, z)
    miss_m = np.sqrt(sum((a - b) ** 2 for a, b in zip(found, fixed, strict=True)))
    assert miss_m.max() < 10.0


def test_keplers_equation_is_solved_to_rounding() -> None:
    mean = np.linspace(-20.0, 20.0, 4001)
    for eccentricity in (0.0, 0.1, 0.628, 0.9, 0.99):
        found = np.asarray(eccentric_anomaly_rad(mean, eccentricity))
        miss = found - eccentricity * np.sin(found) - mean
        assert np.abs((miss + math.pi) % math.tau - math.pi).max() < 1e-12


def test_one_number_and_an_array_give_the_same_place() -> None:
    alone = position_m(ORBITER.body, ORBITER.orbit, 1234.5)
    many = position_m(ORBITER.body, ORBITER.orbit, np.array([0.0, 1234.5]))
    assert [float(a) for a in alone] == [float(np.asarray(b)[1]) for b in many]


def test_three_revolutions_take_a_sidereal_day() -> None:
    # announced period 8.2 h (CNSA); percent
    assert period_s(ORBITER.body, ORBITER.orbit) / 3600.0 == pytest.approx(8.2, rel=0.01)


def test_an_orbit_below_ground_is_refused_in_words() -> None:
    low = replace(ORBITER.orbit, semi_major_axis_m=5_000_000.0)
    with pytest.raises(ValueError, match="below ground"):
        replace(ORBITER, orbit=low)


def test_impossible_elements_are_refused() -> None:
    with pytest.raises(ValueError, match="eccentricity"):
        replace(ORBITER.orbit, eccentricity=1.0)
    with pytest.raises(ValueError, match="inclination_deg"):
        replace(ORBITER.orbit, inclination_deg=181.0)
    with pytest.raises(ValueError, match="mean_anomaly_rate_deg_day"):
        replace(ORBITER.orbit, mean_anomaly_rate_deg_day=0.0)


def test_an_epoch_that_is_no_date_is_refused() -> None:
    with pytest.raises(ValueError, match="2021-13-03"):
        replace(ORBITER.orbit, epoch_utc="2021-13-03T00:00:00Z")
