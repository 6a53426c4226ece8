import math
import re
from dataclasses import replace

import pytest

from game.orbiter.flights import flights
from game.orbiter.orbit import BODY_RANGES
from game.orbiter.orbit_check import (
    FASTEST_DEG_DAY,
    INFLUENCE_M,
    TURN_DEG,
    body_problems,
    element_problems,
)
from game.rules import load_rules
from tests.orbiter.cases import shipped_orbiter

ORBITER = shipped_orbiter()
BODY = ORBITER.body
SITE = load_rules().environment(1).site
GOOD: dict[str, object] = {
    "model": "integrated",
    "epoch_utc": "2021-06-03T09:41:25.417Z",
    "start_utc": "",
    "end_utc": "",
    "semi_major_axis_m": 9.8e6,
    "eccentricity": 0.6,
    "inclination_deg": 88.0,
}


def keys(**changed: object) -> list[str]:
    values = GOOD | changed
    around = body_problems(BODY.gm_m3_s2, BODY.equator_radius_m, values)
    return [key for key, _ in (*element_problems(values), *around)]


def test_a_good_orbit_has_no_problem() -> None:
    assert keys() == []


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"eccentricity": 1.0}, "eccentricity"),
        ({"eccentricity": 1.4}, "eccentricity"),
        ({"eccentricity": -0.1}, "eccentricity"),
        ({"inclination_deg": 190.0}, "inclination_deg"),
        ({"semi_major_axis_m": -9.8e6}, "semi_major_axis_m"),
        ({"semi_major_axis_m": 8.0e6}, "semi_major_axis_m"),
        ({"semi_major_axis_m": 0.7 * INFLUENCE_M}, "semi_major_axis_m"),
        ({"semi_major_axis_m": 3.0e6, "eccentricity": None}, "semi_major_axis_m"),
        ({"ascending_node_deg": 1e299}, "ascending_node_deg"),
        ({"periapsis_argument_deg": -360.5}, "periapsis_argument_deg"),
        ({"mean_anomaly_deg": 361.0}, "mean_anomaly_deg"),
        ({"ascending_node_rate_deg_day": 1e30}, "ascending_node_rate_deg_day"),
        ({"periapsis_argument_rate_deg_day": -1e30}, "periapsis_argument_rate_deg_day"),
        ({"mean_anomaly_rate_deg_day": 1e30}, "mean_anomaly_rate_deg_day"),
        ({"epoch_utc": ""}, "epoch_utc"),
        ({"epoch_utc": "2021-02-30T00:00:00Z"}, "epoch_utc"),
        ({"start_utc": "soon"}, "start_utc"),
        ({"model": "station_kept"}, "mean_anomaly_rate_deg_day"),
        (
            {"model": "station_kept", "mean_anomaly_rate_deg_day": 500.0},
            "mean_anomaly_rate_deg_day",
        ),
        (
            {"start_utc": "2022-01-01T00:00:00Z", "end_utc": "2021-01-01T00:00:00Z"},
            "end_utc",
        ),
    ],
)
def test_each_impossible_element_is_named(changed: dict[str, object], key: str) -> None:
    assert keys(**changed) == [key]


def test_all_problems_are_told_at_once_and_other_kinds_are_left_to_the_parser() -> None:
    found = keys(eccentricity=2.0, inclination_deg=-3.0, semi_major_axis_m=0.0, start_utc="x")
    assert sorted(found) == ["eccentricity", "inclination_deg", "semi_major_axis_m", "start_utc"]
    assert keys(eccentricity="wide", inclination_deg=True, semi_major_axis_m=math.nan) == []


@pytest.mark.parametrize("key", BODY_RANGES)
def test_a_number_that_no_planet_has_is_named_with_its_range(key: str) -> None:
    low, high = BODY_RANGES[key]
    for odd in (1e300, -1e30):
        with pytest.raises(ValueError, match=f"{key} must be from {re.escape(f'{low:g}')}"):
            replace(BODY, **{key: odd})
    assert low <= getattr(BODY, key) <= high


def test_a_planet_denser_than_any_is_refused() -> None:
    with pytest.raises(ValueError, match="gm_m3_s2 is too much for equator_radius_m"):
        replace(BODY, gm_m3_s2=1e17)


@pytest.mark.parametrize("turn", [-1.0, 1.0])
@pytest.mark.parametrize("tilt_deg", [0.0, 63.0, 180.0])
def test_the_fastest_orbits_within_the_ranges_are_searched_without_trouble(
    turn: float, tilt_deg: float
) -> None:
    body = replace(BODY, meridian_rate_deg_day=1000.0 * turn)
    orbit = replace(
        ORBITER.orbit,
        ascending_node_rate_deg_day=TURN_DEG,
        periapsis_argument_rate_deg_day=-TURN_DEG,
        mean_anomaly_rate_deg_day=FASTEST_DEG_DAY,
        inclination_deg=tilt_deg,
    )
    for one in flights(body, orbit, SITE, 700_000.0, 1_100_000.0):
        assert one.rise_s < one.culmination_s < one.set_s
