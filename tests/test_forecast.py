from dataclasses import replace

import numpy as np
import pytest

from game.commands import Activity, ActivityKind, UplinkPlan
from game.digest import digest
from game.environment.clock import tick_at
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


def test_without_chance_the_forecast_is_what_happens(
    flown: tuple[State, Forecast, Session],
) -> None:
    _, course, session = flown
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


def test_the_forecast_does_not_know_the_slip_to_come(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    drive = (Activity(1, Kind.DRIVE, state.tick + 60, 3000, 0.0, -16.0),)
    ends = [forecast(replace(setup, seed=seed), state, state.tick + 3600, drive) for seed in (7, 8)]
    assert ends[0].y_m[-1] < -8.0
    assert digest(ends[0].end.rover.mobility) != digest(ends[1].end.rover.mobility)
    again = forecast(setup, state, state.tick + 3600, drive)
    assert digest(again.end) == digest(ends[0].end)


def test_what_would_be_refused_is_told_with_the_reason(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    blind = Activity(1, Kind.DRIVE, state.tick + 600, 3000, 0.0, -200.0)
    course = forecast(setup, state, state.tick + 3600, (blind,))
    (refusal,) = course.course().refusals
    assert refusal.number == 1
    assert "No camera has seen" in refusal.reason
