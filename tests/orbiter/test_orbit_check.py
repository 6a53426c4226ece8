import math

import pytest

from game.orbiter.orbit_check import INFLUENCE_M, body_problems, element_problems
from tests.orbiter.cases import shipped_orbiter

BODY = shipped_orbiter().body
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
