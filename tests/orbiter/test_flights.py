from dataclasses import replace

import numpy as np
import pytest

from game.orbiter.flights import flights
from game.orbiter.orbit import OrbitModel, OrbitSpec, period_s
from game.orbiter.sight import sine_and_range
from tests.orbiter.cases import SITE, shipped_orbiter

ORBITER = shipped_orbiter()
START, END = 1_775_000.0, 1_775_000.0 + 3 * 88_775.0


def orbit(low_m: float, eccentricity: float, tilt_deg: float, model: OrbitModel) -> OrbitSpec:
    axis_m = (ORBITER.body.equator_radius_m + low_m) / (1.0 - eccentricity)
    plain = replace(
        ORBITER.orbit,
        model=model,
        semi_major_axis_m=axis_m,
        eccentricity=eccentricity,
        inclination_deg=tilt_deg,
    )
    turn_s = period_s(ORBITER.body, plain)
    return replace(plain, mean_anomaly_rate_deg_day=360.0 * 86_400.0 / turn_s)


@pytest.mark.parametrize(
    ("low_m", "eccentricity", "tilt_deg"),
    [(3.6e5, 0.0, 105.0), (9.2e5, 0.0, 93.0), (2.0e6, 0.1, 132.0), (2.9e5, 0.5, 67.0)],
)
@pytest.mark.parametrize("model", list(OrbitModel))
def test_no_flight_of_any_orbit_is_missed(
    low_m: float, eccentricity: float, tilt_deg: float, model: OrbitModel
) -> None:
    # two models: the search against looking up every four seconds
    one = orbit(low_m, eccentricity, tilt_deg, model)
    times = np.arange(START, END, 4.0)
    is_up = np.asarray(sine_and_range(ORBITER.body, one, SITE, times)[0]) > 0.0
    edges = np.flatnonzero(np.diff(is_up.astype(int))) + 1
    rises, sets = times[edges[is_up[edges]]], times[edges[~is_up[edges]]]
    whole = [rise for rise in rises if sets.size and rise < sets[-1]]
    found = flights(ORBITER.body, one, SITE, START, float(times[-1]))
    assert [flight.rise_s for flight in found] == pytest.approx(whole, abs=4.1)


def test_an_orbiter_that_never_rises_makes_no_flights() -> None:
    still = replace(
        orbit(17_031_000.0, 0.0, 0.0, OrbitModel.STATION_KEPT),
        mean_anomaly_rate_deg_day=350.89198226,
        ascending_node_rate_deg_day=0.0,
        periapsis_argument_rate_deg_day=0.0,
    )
    assert flights(ORBITER.body, still, SITE, START, END) == ()
