import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from game.environment import julian
from game.environment.clock import SiteSpec
from game.orbiter.orbit import OrbitModel, period_s, position_m, reach_problem
from game.orbiter.relay import OrbiterSpec, passes_of_sol
from game.orbiter.sight import look
from tests.orbiter.cases import SITE, mission_s, rows, shipped_orbiter

SHIPPED = shipped_orbiter()
# Osculating elements of the telemetry vector of 2021-06-03, relay_elements.csv
FREE: OrbiterSpec = replace(
    SHIPPED,
    orbit=replace(
        SHIPPED.orbit,
        model=OrbitModel.INTEGRATED,
        semi_major_axis_m=9_819_337.231,
        eccentricity=0.628520622,
        inclination_deg=88.938805,
        ascending_node_deg=111.371417,
        periapsis_argument_deg=168.070909,
        mean_anomaly_deg=306.831385,
    ),
)


def inertial_m(seconds: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    still = replace(FREE.body, meridian_deg=0.0, meridian_rate_deg_day=0.0)
    return [np.asarray(part) for part in position_m(still, FREE.orbit, seconds)]


def test_five_sols_follow_the_dear_integration_within_fifty_metres() -> None:
    # relay_track_j2.csv: DOP853, relative tolerance 1e-12, same J2
    table = rows("relay_track_j2")
    seconds = np.array([float(row["t_s"]) for row in table])
    found = inertial_m(seconds)
    for part, axis in zip(found, "xyz", strict=True):
        truth = np.array([float(row[f"{axis}_km"]) for row in table]) * 1e3
        assert np.abs(part - truth).max() < 50.0


def test_energy_with_the_bulge_is_kept_for_a_hundred_revolutions() -> None:
    # conservative field; single values are as rough as the interpolation, their mean is not
    times = np.linspace(0.0, 100.0 * period_s(FREE.body, FREE.orbit), 300)
    here, later, sooner = inertial_m(times), inertial_m(times + 5.0), inertial_m(times - 5.0)
    speed2 = sum(((a - b) / 10.0) ** 2 for a, b in zip(later, sooner, strict=True))
    far = np.sqrt(sum(part**2 for part in here))
    body = FREE.body
    bulge = body.j2 * (body.equator_radius_m / far) ** 2 * (1.5 * (here[2] / far) ** 2 - 0.5)
    energy = speed2 / 2.0 - body.gm_m3_s2 / far * (1.0 - bulge)
    assert np.abs(energy / energy.mean() - 1.0).max() < 1e-4
    assert energy[:60].mean() == pytest.approx(energy[-60:].mean(), rel=5e-6)


def test_without_a_bulge_the_orbit_closes_on_itself() -> None:
    round_spec = replace(FREE, body=replace(FREE.body, j2=0.0, meridian_rate_deg_day=0.0))
    turn_s = period_s(FREE.body, FREE.orbit)
    first = position_m(round_spec.body, round_spec.orbit, 1_000.0)
    again = position_m(round_spec.body, round_spec.orbit, 1_000.0 + 20 * turn_s)
    for a, b in zip(first, again, strict=True):
        assert float(a) == pytest.approx(float(b), abs=50.0)


@pytest.mark.parametrize("turns", [-6000, 6000])
def test_an_epoch_years_away_is_reached_and_the_orbit_still_closes(turns: int) -> None:
    # 16 months of a low orbit, as from an epoch of January 2020: 750 stretches
    low = replace(FREE.orbit, semi_major_axis_m=3.6e6, eccentricity=0.01)
    round_body = replace(FREE.body, j2=0.0, meridian_rate_deg_day=0.0)
    away_s = turns * period_s(round_body, low)
    first = position_m(round_body, low, 1_000.0)
    again = position_m(round_body, low, 1_000.0 + away_s)
    for a, b in zip(first, again, strict=True):
        assert float(a) == pytest.approx(float(b), abs=50.0)


def test_an_epoch_absurdly_far_away_is_refused_in_a_sentence() -> None:
    landed_s = julian.tai_s(SITE.epoch_utc)
    readme = replace(FREE.orbit, epoch_utc="1990-01-01T00:00:00Z")
    assert reach_problem(FREE.body, readme, (landed_s,)) == ""
    far = replace(readme, semi_major_axis_m=3.6e6, eccentricity=0.01)
    words = reach_problem(FREE.body, far, (landed_s,))
    assert "revolutions away" in words
    assert "nearer date" in words
    kept = replace(far, model=OrbitModel.STATION_KEPT)
    assert reach_problem(SHIPPED.body, kept, (landed_s,)) == ""


def test_times_before_the_epoch_join_smoothly() -> None:
    times = np.arange(-300.0, 301.0, 60.0)
    for part in inertial_m(times):
        assert np.abs(np.diff(part, 4)).max() < 20.0


@pytest.mark.parametrize("row", rows("relay_passes_j2"), ids=lambda row: row["aos_utc"])
def test_passes_of_a_free_orbit_are_those_of_the_reference(row: dict[str, str]) -> None:
    # relay_passes_j2.csv; 5 s (its station stands about a kilometre from ours)
    rise_s, set_s = mission_s(row["aos_utc"]), mission_s(row["los_utc"])
    passes = [one for sol in range(20, 27) for one in passes_of_sol(FREE, SITE, sol)]
    found = min(passes, key=lambda one: abs(one.rise_s - rise_s))
    assert found.rise_s == pytest.approx(rise_s, abs=5.0)
    assert found.set_s == pytest.approx(set_s, abs=5.0)


def test_a_day_agrees_with_a_third_partys_integration() -> None:
    # relay_gmat_independent_2021-06-03.csv: GMAT, 50x50 gravity and planets, station at 25.1 N on
    # the ellipsoid; J2 alone may miss by 3 km in the first hours and 20 km after a day
    table = rows("relay_gmat_independent_2021-06-03")
    flattening = 1.0 - FREE.body.polar_radius_m / FREE.body.equator_radius_m
    latitude_rad = math.atan((1.0 - flattening) ** 2 * math.tan(math.radians(25.1)))
    station = SiteSpec("GMAT", math.degrees(latitude_rad), 109.9, -4_400.0, SITE.epoch_utc)
    ticks = mission_s(FREE.orbit.epoch_utc) + np.array([float(row["t_s"]) for row in table])
    seen = look(FREE.body, FREE.orbit, station, ticks)
    truth_m = np.array([float(row["range_km"]) for row in table]) * 1e3
    miss_m = np.abs(np.asarray(seen.range_m) - truth_m)
    assert miss_m[:10].max() < 3_000.0
    assert miss_m.max() < 20_000.0
