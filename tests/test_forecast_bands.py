"""Bands hold what they promise: four of five outcomes, on sols they were not measured on.

Every sol of the ensemble has a drive and two passes, so that none of the outcomes is certain:
pictures pack to sizes of their own, a pass carries more or less, looks take longer or shorter.
The drive ends at a moment and at a place; both are held to the band. The place is the true one,
east and north on the map, foreseen from where the rover believes to be.
"""

import math
import time
from dataclasses import replace

import numpy as np
import pytest

from game.circumstances import circumstances, unknowing
from game.commands import Activity, ActivityKind
from game.environment.clock import sol_time_sol, tick_at
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.machine_commands import WingMode
from game.mission.chances import draws, normal_quantile
from game.mission.light import Sky, light_factors
from game.mission.outlook import QUANTILES, Doubt, Series, tau_paths
from game.mission.plan import Plan, moved, timed
from game.mission.rules_of_flight import violations
from game.rover.estimate import ellipse, ellipse_of
from game.rover.power import capacity_j
from game.rover.storage import kept_bit
from game.rover.wings import Stance, WingsState, wings_normal
from tests.astray import driven_by_belief
from tests.ensembles import case_of, flown
from tests.rover.desks import grounded

SOLS = 1000
OUTCOMES = (
    "dawn charge",
    "coldest box",
    "end memory",
    "drive end, time",
    "drive end, way",
    "drive end, east",
    "drive end, north",
)
FIRST = 501  # the model was measured on others: up to 500, and from 20,001 and 30,001 on
DOUBT = Doubt(made_sol=9.4, noise_tau=0.04, noise_sols=5.0, storm_tau=0.0)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_four_of_five_outcomes_lie_within_the_band() -> None:
    """80 +- 4 %: the issue's own tolerance, three standard deviations of 1,000 trials."""
    inside = np.zeros((SOLS, len(OUTCOMES)))
    for number in range(SOLS):
        case = case_of(FIRST + number)
        seen = forecast(case.setup, case.state, case.dawn_tick, case.plan)
        real = flown(case)
        full_j = capacity_j(case.setup.rover.power, case.state.rover.power)
        all_ends = seen.outcomes
        outcomes = (
            (real.dawn_charge_frac, seen.end_charge_frac, all_ends.charge_j / full_j),
            (real.coldest_box_k, seen.coldest_box_k, all_ends.coldest_box_k),
            (float(real.kept_bit), seen.end_memory_bit, all_ends.memory_bit),
            (float(real.drive_end_tick), seen.drive_end_tick, all_ends.drive_end_tick),
            (real.way_m, seen.way_m, all_ends.way_m),
            (real.x_m, seen.stand_x_m, all_ends.stand_x_m),
            (real.y_m, seen.stand_y_m, all_ends.stand_y_m),
        )
        inside[number] = [share_inside(*outcome) for outcome in outcomes]
    shares = dict(zip(OUTCOMES, inside.mean(axis=0).round(3).tolist(), strict=True))
    assert all(0.76 <= share <= 0.84 for share in shares.values()), shares


def share_inside(value: float, band: tuple[float, float, float], members: Series) -> float:
    """Return 1 inside the band, 0 outside, and on an edge the share that belongs inside.

    Where some members end at one and the same value, an edge of the band may be that value; then
    only a part of its chance lies between the tenth and the ninetieth. To count it in full would
    make any band look good.
    """
    low, _, high = band
    if value not in (low, high):
        return float(low < value < high)
    below, upto = float(np.mean(members < value)), float(np.mean(members <= value))
    if upto == below:
        return 1.0
    return max(0.0, min(upto, 0.9) - max(below, 0.1)) / (upto - below)


def test_values_that_come_often_are_counted_honestly() -> None:
    # a third of all outcomes are the same value, at the lower end: by the law of the members
    # themselves, four of five must count as inside, although the band holds nine of ten
    members = np.concatenate([np.zeros(60), np.linspace(0.1, 1.0, 120)])
    low, middle, high = np.quantile(members, QUANTILES)
    band = (float(low), float(middle), float(high))
    assert np.mean((members >= band[0]) & (members <= band[2])) > 0.89
    counted = [share_inside(float(value), band, members) for value in members]
    assert np.mean(counted) == pytest.approx(0.8, abs=0.01)


def test_what_cannot_come_otherwise_has_no_band(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    seen = forecast(setup, state, tick_at(setup.site, 10, 6.0), ())
    assert seen.drive_end_tick == (0.0, 0.0, 0.0)
    low, _, high = seen.end_memory_bit
    assert low == high == kept_bit(seen.end.rover.storage)
    assert seen.way_m[0] == seen.way_m[2] == state.rover.mobility.odometer_m
    assert seen.stand_x_m[0] == seen.stand_x_m[2] == state.rover.mobility.x_m


def test_a_drive_ends_in_an_ellipse_no_smaller_than_that_of_its_start(
    ninety: OpenedLevel,
) -> None:
    setup, state = ninety.setup, driven_by_belief(grounded(ninety.setup, hour=9.0))
    drive = Activity(1, ActivityKind.DRIVE, state.tick + 600, 6000, 0.0, -18.0)
    seen = forecast(setup, state, tick_at(setup.site, 10, 6.0), (drive,))
    start, end = ellipse(state.rover.mobility.estimate), ellipse_of(seen.stand.doubt_m2)
    assert start.long_m <= end.long_m < start.long_m + 0.5
    assert (seen.stand.x_m, seen.stand.y_m) == pytest.approx((0.0, -18.0), abs=0.6)
    low, _, high = seen.stand_x_m
    assert high - low == pytest.approx(2 * 1.2816 * 3.0, rel=0.05)  # four of five at 3 m


def test_a_forecast_with_bands_takes_less_than_150_ms(ninety: OpenedLevel) -> None:
    """By processor time, because other work shares the machine; the second run, as in a drag."""
    setup, state = ninety.setup, grounded(ninety.setup, hour=9.0)
    plan = (
        Activity(1, ActivityKind.DRIVE, state.tick + 600, 6000, 0.0, -18.0),
        Activity(2, ActivityKind.AIR, tick_at(setup.site, 9, 14.0), 5400),
        Activity(3, ActivityKind.SEND, tick_at(setup.site, 9, 23.0), 5400),
    )
    until = tick_at(setup.site, 10, 6.0)
    forecast(setup, state, until, plan)
    took = []
    for shift in (300, 600, 900):
        moved = (replace(plan[0], start_tick=plan[0].start_tick + shift), *plan[1:])
        began = time.process_time()
        forecast(setup, state, until, moved)
        took.append(time.process_time() - began)
    assert min(took) < 0.150


def test_two_hundred_activities_edit_check_and_are_foreseen_without_a_pause(
    ninety: OpenedLevel,
) -> None:
    """An edit with its check within a frame of 16 ms, a forecast within 150 ms, of processor time.

    Ten sols of twenty activities; the forecast goes to the next dawn, as on the plan screen.
    """
    setup, state = ninety.setup, grounded(ninety.setup, hour=9.0)
    kinds = (ActivityKind.PICTURE, ActivityKind.SOIL, ActivityKind.AIR, ActivityKind.SEND)
    plan: Plan = tuple(
        Activity(
            20 * sol + slot + 1,
            kinds[slot % 4],
            tick_at(setup.site, 9 + sol, 9.2 + 0.5 * slot),
            900,
            azimuth_rad=3.0,
            after=20 * sol + slot if slot % 5 == 1 else 0,
            condition="charge_frac > 30 %" if slot % 7 == 0 else "",
        )
        for sol in range(10)
        for slot in range(20)
    )
    plan, until = timed(plan), tick_at(setup.site, 10, 6.0)
    course, around = forecast(setup, state, until, plan).course(), circumstances(setup, state)
    violations(ninety.flight_rules, plan, course, around)
    checks, looks = [], []
    for turn in range(3):
        began = time.process_time()
        edited = moved(plan, 7, plan[6].start_tick + 300 * turn)
        violations(ninety.flight_rules, edited, course, around)
        checks.append(time.process_time() - began)
        began = time.process_time()
        forecast(setup, state, until, edited)
        looks.append(time.process_time() - began)
    assert len(plan) == 200
    assert min(checks) < 0.016, checks
    assert min(looks) < 0.150, looks


def test_dust_paths_start_at_what_was_measured_and_spread_as_weather_does(
    ninety: OpenedLevel,
) -> None:
    spec = ninety.setup.forecast
    at_sol = np.linspace(9.4, 15.0, 60)
    paths = tau_paths(spec, DOUBT, at_sol)
    assert paths.shape == (spec.members, 60)
    assert np.abs(paths[:, 0]).max() < 1e-12
    spread = paths.std(axis=0)
    assert spread[-1] == pytest.approx(0.04, rel=0.2)  # five sols on little is left of today
    assert 0.2 < spread[10] / 0.04 < 0.7
    assert abs(paths[:, -1].mean()) < 0.006


def test_a_storm_in_the_air_makes_the_spread_wider(ninety: OpenedLevel) -> None:
    spec, at_sol = ninety.setup.forecast, np.linspace(9.4, 10.4, 10)
    calm = tau_paths(spec, DOUBT, at_sol)
    stormy = tau_paths(spec, DOUBT._replace(storm_tau=1.0), at_sol)
    assert stormy[:, -1].std() > 5.0 * calm[:, -1].std()


def test_the_normal_numbers_are_normal() -> None:
    assert float(normal_quantile(np.array([0.9]))[0]) == pytest.approx(1.28155, abs=5e-4)
    rows = draws(200, 4)
    assert np.allclose(rows.mean(axis=1), 0.0, atol=1e-3)
    assert np.allclose(rows.std(axis=1), 1.0, atol=0.01)
    assert abs(float(np.mean(rows[0] * rows[1]))) < 0.2


def test_more_dust_is_less_power_and_night_is_night(ninety: OpenedLevel) -> None:
    level = (np.sin([-0.2, 0.8]), np.ones(2))
    sky = Sky(np.array([-0.2, 0.8]), np.array([0.5, 0.5]), *level, 0.1, 0.25)
    factors = light_factors(ninety.setup.rover.power, sky, np.array([[0.0, 0.0], [1.0, 1.0]]))
    assert factors[:, 0].tolist() == [1.0, 1.0]
    assert factors[0, 1] == pytest.approx(1.0)
    assert 0.5 < factors[1, 1] < 0.8


def test_wings_that_face_a_low_sun_lose_more_to_dust_than_level_ones(ninety: OpenedLevel) -> None:
    power, height = ninety.setup.rover.power, np.array([0.4])
    level = Sky(height, np.array([0.5]), np.sin(height), np.ones(1), 0.1, 0.25)
    tracking = Sky(height, np.array([0.5]), np.ones(1), np.sin(height), 0.1, 0.25)
    thicker = np.array([[1.0]])
    lost = [float(light_factors(power, sky, thicker)[0, 0]) for sky in (level, tracking)]
    assert lost[1] < 0.9 * lost[0]
    # As the wings themselves have it: the same light on wings of that tilt, dust or none.
    wings = WingsState(WingMode.HELD, (math.pi / 2.0 - 0.4, 0.0, 0.0, 0.0), *((0.0,) * 4,) * 3)
    east, north, up = wings_normal(power.wings, wings, Stance(0.0, 0.0, 0.0))
    assert north == 0.0
    assert up == pytest.approx((3.0 + math.sin(0.4)) / 4.0)
    assert east == pytest.approx(math.cos(0.4) / 4.0)


def test_the_future_of_the_expected_weather_is_no_ones(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    blind = unknowing(setup, state.tick)
    other = replace(setup.environment, seed=setup.environment.seed + 1)
    assert blind.environment.expected is not None
    assert blind.environment.expected.made_sol <= float(sol_time_sol(setup.site, state.tick))
    assert blind.seed != setup.seed
    assert blind.rover.mobility.chassis.scatter_sigma == 0.0
    assert unknowing(replace(setup, environment=other), state.tick).seed == blind.seed
