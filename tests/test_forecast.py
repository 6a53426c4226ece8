from dataclasses import replace

import numpy as np
import pytest

from game.circumstances import unknowing
from game.commands import Activity, ActivityKind, UplinkPlan
from game.digest import digest
from game.environment.clock import tick_at
from game.environment.storms import StormKind, StormSpec
from game.forecast import Forecast, forecast
from game.levels.open import OpenedLevel
from game.rover.power import charge_frac
from game.session import Session
from game.state import Setup, State
from tests.rover.desks import grounded

Kind = ActivityKind


def plan_of(setup: Setup) -> tuple[Activity, ...]:
    """A sol without a drive: nothing in it is left to chance."""
    return (
        Activity(1, Kind.PICTURE, tick_at(setup.site, 9, 11.5), 120, azimuth_rad=3.0),
        Activity(2, Kind.AIR, tick_at(setup.site, 9, 13.0), 5400),
        Activity(3, Kind.SEND, tick_at(setup.site, 9, 22.0), 7200),
    )


def constant_past(setup: Setup) -> Setup:
    """Nature whose dust, air and ground so far are the same for every seed; only luck differs."""
    spec = setup.environment
    dust = replace(spec.dust, noise_tau=0.0, storm_scale=0.0)
    return replace(
        setup, environment=replace(spec, dust=dust, air=replace(spec.air, weather_pa=0.0))
    )


@pytest.fixture(name="flown", scope="module")
def _flown(ninety: OpenedLevel) -> tuple[State, Forecast, Session]:
    setup = ninety.setup
    state = grounded(setup)
    end = tick_at(setup.site, 10, 11.0)
    course = forecast(setup, state, end, plan_of(setup))
    session = Session(setup, state)
    session.issue(UplinkPlan(plan_of(setup)))
    session.advance_to(end)
    return state, course, session


def test_if_all_goes_as_expected_the_forecast_is_what_happens(
    flown: tuple[State, Forecast, Session],
) -> None:
    state, course, real = flown
    setup = unknowing(real.setup, state.tick)
    session = Session(setup, state)
    session.issue(UplinkPlan(plan_of(setup)))
    session.advance_to(course.end.tick)
    power, thermal = session.state.rover.power, session.state.rover.thermal
    assert course.end.tick == session.state.tick
    assert course.end.rover.power == power
    assert course.end.rover.thermal == thermal
    assert course.charge_frac[-1] == charge_frac(session.setup.rover.power, power)


def test_the_band_holds_the_course_and_never_leaves_the_battery(
    flown: tuple[State, Forecast, Session],
) -> None:
    _, course, _ = flown
    assert np.all(course.charge_low_frac <= course.charge_frac)
    assert np.all(course.charge_frac <= course.charge_high_frac)
    assert course.charge_low_frac.min() >= 0.0
    assert course.charge_high_frac.max() <= 1.0
    assert np.max(course.charge_high_frac - course.charge_low_frac) > 0.01
    assert np.all(np.diff(course.tick) > 0.0)
    low, mid, high = (course.at(course.tick[5])[k] for k in (1, 0, 2))
    assert low <= mid <= high


def test_looking_ahead_changes_nothing(ninety: OpenedLevel) -> None:
    state = grounded(ninety.setup)
    before = digest(state)
    forecast(ninety.setup, state, state.tick + 9000, plan_of(ninety.setup))
    assert digest(state) == before


def test_the_forecast_does_not_know_slip_dust_wind_or_luck_to_come(ninety: OpenedLevel) -> None:
    setup = constant_past(ninety.setup)
    state = grounded(setup)
    drive = (Activity(1, Kind.DRIVE, state.tick + 60, 3000, 0.0, -16.0),)
    until = state.tick + 40_000
    ends = []
    for seed in (7, 8):
        other = replace(setup, seed=seed, environment=replace(setup.environment, seed=seed))
        ends.append(forecast(other, state, until, drive).end.rover)
    assert ends[0].mobility.y_m < -14.0
    for part in ("mobility", "power", "thermal"):
        assert digest(getattr(ends[0], part)) == digest(getattr(ends[1], part))


def test_the_forecast_knows_the_dust_of_today(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    storm = StormSpec(StormKind.REGIONAL, 7.0, 1.5, 0.5, 3.0, 10.0)
    dust = replace(setup.environment.dust, storms=(storm,))
    dusty = replace(setup, environment=replace(setup.environment, dust=dust))
    until = tick_at(setup.site, 9, 18.0)
    clear, thick = (forecast(one, state, until).end.rover.power for one in (setup, dusty))
    assert thick.generated_j < 0.8 * clear.generated_j
    usual = forecast(setup, state, until)
    wide = forecast(dusty, state, until)
    assert usual.charge_low_frac[-1] > wide.charge_low_frac[-1] - 1e-9


def test_what_would_be_refused_is_told_with_the_reason(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    blind = Activity(1, Kind.DRIVE, state.tick + 600, 3000, 0.0, -200.0)
    course = forecast(setup, state, state.tick + 3600, (blind,))
    (refusal,) = course.course().refusals
    assert refusal.number == 1
    assert "No camera has seen" in refusal.reason
