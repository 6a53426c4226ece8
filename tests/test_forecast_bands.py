"""Bands hold what they promise: four of five outcomes, on sols they were not measured on.

Bands are around charge, coldest box, what still waits to be sent, and way driven. The last two
stand for memory in use and the end of the drive: those hardly spread (memory is the same to the bit
in most sols, drives end within seconds of the forecast), so four of five would say nothing about
them. What they are held to is how far the expected value is from the flown one.
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
from game.mission.light import Sky, light_factors
from game.mission.outlook import Doubt, draws, normal_quantile, tau_paths
from game.mission.plan import Plan, moved, timed
from game.mission.rules_of_flight import violations
from game.rover.storage import kept_bit
from game.rover.wings import Stance, WingsState, wings_normal
from game.units import MBIT_BIT
from tests.ensembles import case_of, flown
from tests.rover.desks import grounded

SOLS = 1000
FIRST = 501  # the model was measured on others: up to 500, and from 20,001 and 30,001 on
DOUBT = Doubt(made_sol=9.4, noise_tau=0.04, noise_sols=5.0, storm_tau=0.0)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_four_of_five_outcomes_lie_within_the_band() -> None:
    """80 +- 4 %: the issue's own tolerance, three standard deviations of 1,000 trials."""
    inside = np.zeros((SOLS, 4), dtype=bool)
    for number in range(SOLS):
        case = case_of(FIRST + number)
        seen = forecast(case.setup, case.state, case.dawn_tick, case.plan)
        real = flown(case)
        bands = (seen.end_charge_frac, seen.coldest_box_k, seen.waiting_bit, seen.way_m)
        values = (real.dawn_charge_frac, real.coldest_box_k, real.waiting_bit, real.way_m)
        inside[number] = [
            low <= value <= high for (low, _, high), value in zip(bands, values, strict=True)
        ]
    shares = dict(zip(("charge", "box", "memory", "way"), inside.mean(axis=0), strict=True))
    assert all(0.76 <= share <= 0.84 for share in shares.values()), shares


def test_memory_in_use_and_the_end_of_the_drive_come_as_expected() -> None:
    """Measured on sixty sols: memory within 1 Mbit in 95 of 100, drives 0 s off, 14 s at 90 %.

    Stated: 9 s in the middle, 23 s at 90 %. What memory may be off by is one product, sent whole
    but for the luck of the last pass, whose receipt is not yet there at dawn.
    """
    memory_bit, drive_s = [], []
    for number in range(FIRST, FIRST + 20):
        case = case_of(number)
        seen = forecast(case.setup, case.state, case.dawn_tick, case.plan)
        real = flown(case)
        memory_bit.append(abs(kept_bit(seen.end.rover.storage) - real.kept_bit))
        assert seen.drive_end_tick > 0
        drive_s.append(abs(seen.drive_end_tick - real.drive_end_tick))
    assert np.mean(np.array(memory_bit) <= MBIT_BIT) >= 0.9, memory_bit
    assert np.median(drive_s) <= 9.0, drive_s
    assert np.quantile(drive_s, 0.9) <= 23.0, drive_s


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
