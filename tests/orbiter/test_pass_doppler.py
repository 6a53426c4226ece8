"""The shift of the carrier over a pass, held against differences of distances found otherwise."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest

from game.cli import main
from game.orbiter.orbit import OrbitModel, position_m
from game.orbiter.pass_doppler import pass_doppler
from game.orbiter.pass_record import pass_records
from game.orbiter.relay import Pass, passes_of_sol
from game.orbiter.sight import epoch_tick, site_m
from tests.orbiter.cases import SITE, mission_passes, mission_s, shipped_orbiter

ORBITER = shipped_orbiter()
CARRIER_HZ, LIGHT_M_S = 401_585_625.0, 299_792_458.0


def kepler_range_m(second: float) -> float:
    """Distance of site and orbiter, from the elements of the file by hand, in the inertial frame.

    D. A. Vallado, "Fundamentals of Astrodynamics and Applications", 4th ed., 2013, sec. 2.2 and
    2.5; the planet turns under it by the rotation of the IAU 2009 report.
    """
    orbit, body = ORBITER.orbit, ORBITER.body
    days = (second - epoch_tick(orbit.epoch_utc, SITE.epoch_utc)) / 86_400.0
    node, argument, mean = (
        math.radians(start + rate * days)
        for start, rate in (
            (orbit.ascending_node_deg, orbit.ascending_node_rate_deg_day),
            (orbit.periapsis_argument_deg, orbit.periapsis_argument_rate_deg_day),
            (orbit.mean_anomaly_deg, orbit.mean_anomaly_rate_deg_day),
        )
    )
    eccentric = mean
    for _ in range(60):
        eccentric -= (eccentric - orbit.eccentricity * math.sin(eccentric) - mean) / (
            1.0 - orbit.eccentricity * math.cos(eccentric)
        )
    along = orbit.semi_major_axis_m * (math.cos(eccentric) - orbit.eccentricity)
    aside = orbit.semi_major_axis_m * math.sqrt(1.0 - orbit.eccentricity**2) * math.sin(eccentric)
    tilt = math.radians(orbit.inclination_deg)
    in_plane = (
        along * math.cos(argument) - aside * math.sin(argument),
        along * math.sin(argument) + aside * math.cos(argument),
    )
    there = np.array(
        (
            in_plane[0] * math.cos(node) - in_plane[1] * math.cos(tilt) * math.sin(node),
            in_plane[0] * math.sin(node) + in_plane[1] * math.cos(tilt) * math.cos(node),
            in_plane[1] * math.sin(tilt),
        )
    )
    # Rotation of Mars as 176.630 + 350.89198226 d, d from J2000.
    since_j2000_days = (mission_s("2021-06-03T00:00:00Z") - second) / -86_400.0
    since_j2000_days += 7823.5 + (37.0 + 32.184) / 86_400.0
    turned = math.radians(body.meridian_deg + body.meridian_rate_deg_day * since_j2000_days)
    x_m, y_m, z_m = site_m(body, SITE)
    here = (
        x_m * math.cos(turned) - y_m * math.sin(turned),
        x_m * math.sin(turned) + y_m * math.cos(turned),
        z_m,
    )
    return float(np.linalg.norm(there - np.array(here)))


def shift_by_differences_hz(second: float) -> float:
    """Count of wavelengths by which the way grows in twenty seconds, fourth order."""
    h_s = 5.0
    far = [kepler_range_m(second + k * h_s) for k in (-2, -1, 1, 2)]
    speed_m_s = (far[0] - 8.0 * far[1] + 8.0 * far[2] - far[3]) / (12.0 * h_s)
    return -CARRIER_HZ * speed_m_s / LIGHT_M_S


@pytest.mark.parametrize("one", mission_passes()[::23], ids=lambda one: f"{one.sol}-{one.number}")
def test_the_shift_is_the_difference_of_ranges(one: Pass) -> None:
    found = pass_doppler(ORBITER, SITE, one)
    assert ORBITER.link.frequency_hz == CARRIER_HZ
    for hertz, moment in (
        (found.rise_hz, one.rise_s),
        (found.culmination_hz, one.culmination_s),
        (found.set_hz, one.set_s),
    ):
        assert hertz == pytest.approx(shift_by_differences_hz(moment), abs=1.0)
    along = [shift_by_differences_hz(s) for s in np.linspace(one.rise_s, one.set_s, 200)]
    assert found.max_hz == pytest.approx(max(map(abs, along)), rel=2e-3)


def test_it_is_nothing_where_the_orbiter_is_nearest() -> None:
    with_zero = 0
    for one in mission_passes()[::7]:
        found = pass_doppler(ORBITER, SITE, one)
        moments = np.linspace(one.rise_s, one.set_s, 4001)
        ranges = [kepler_range_m(s) for s in moments]
        at = int(np.argmin(ranges))
        if found.zero_s is None:
            assert at in (0, 4000)  # nearest at an end: only one side of the way is seen
            continue
        with_zero += 1
        assert shift_by_differences_hz(found.zero_s) == pytest.approx(0.0, abs=1.0)
        if 0 < at < 4000:  # nearest within the pass: that is the moment that counts
            assert found.zero_s == pytest.approx(moments[at], abs=2.0 * (moments[1] - moments[0]))
    assert with_zero > 20


def test_each_pass_whose_shift_changes_sign_has_its_moment() -> None:
    """On the long side of the ellipse the sign may change where the orbiter is farthest."""
    kinds = {"nearest": 0, "farthest": 0, "one side": 0}
    for one in mission_passes():
        found = pass_doppler(ORBITER, SITE, one)
        if found.zero_s is None:
            kinds["one side"] += 1
            moments = np.linspace(one.rise_s, one.set_s, 60)
            signs = {math.copysign(1.0, shift_by_differences_hz(s)) for s in moments}
            assert len(signs) == 1
            continue
        assert one.rise_s < found.zero_s < one.set_s
        before, here, after = (
            shift_by_differences_hz(found.zero_s + step_s) for step_s in (-20.0, 0.0, 20.0)
        )
        assert here == pytest.approx(0.0, abs=1.0)
        assert before * after < 0.0
        kinds["nearest" if before > 0.0 else "farthest"] += 1
    assert kinds["nearest"] > 100
    assert kinds["farthest"] > 30


def test_on_a_circle_it_is_highest_at_rise_and_set_and_nothing_at_culmination() -> None:
    circle = replace(
        ORBITER.orbit,
        model=OrbitModel.INTEGRATED,
        semi_major_axis_m=3_796_190.0,
        eccentricity=0.0,
        inclination_deg=92.9,
        start_utc="",
        end_utc="",
        ascending_node_rate_deg_day=0.0,
        periapsis_argument_rate_deg_day=0.0,
        mean_anomaly_rate_deg_day=0.0,
    )
    spec = replace(ORBITER, orbit=circle)
    found_passes = passes_of_sol(spec, SITE, 20)
    assert len(found_passes) > 1
    for one in found_passes:
        found = pass_doppler(spec, SITE, one)
        assert found.rise_hz > 0.0 > found.set_hz
        assert found.max_hz == pytest.approx(max(found.rise_hz, -found.set_hz), rel=1e-3)
        assert abs(found.culmination_hz) < 0.05 * found.max_hz
        assert found.zero_s == pytest.approx(one.culmination_s, abs=20.0)
        ends = [-epoch_tick(circle.epoch_utc, SITE.epoch_utc) + one.rise_s + d for d in (-1.0, 1.0)]
        here = np.array(site_m(spec.body, SITE))
        far = [np.linalg.norm(np.array(position_m(spec.body, circle, s)) - here) for s in ends]
        expected = -CARRIER_HZ * float(far[1] - far[0]) / 2.0 / LIGHT_M_S
        assert found.rise_hz == pytest.approx(expected, abs=1.0)


def test_the_almanac_tells_it_as_text_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    record = pass_records(ORBITER, SITE, 9)[0]
    assert record.zero_doppler_utc is not None
    assert record.aos_utc < record.zero_doppler_utc < record.los_utc
    assert main(["almanac", "--sol", "9", "--json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    told = row["passes"][0]
    assert told["aos_doppler_hz"] == pytest.approx(record.aos_doppler_hz, abs=20.0)
    assert told["max_doppler_hz"] >= abs(told["los_doppler_hz"])
    assert main(["almanac", "--sol", "9"]) == 0
    text = capsys.readouterr().out
    assert f"{told['aos_doppler_hz']:+.0f} to {told['los_doppler_hz']:+.0f} Hz" in text
