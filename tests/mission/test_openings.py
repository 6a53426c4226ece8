"""When the rover could do something: its light, its warmth, its charge, and a free lane."""

from dataclasses import replace

import numpy as np

from game.circumstances import circumstances
from game.commands import Activity, ActivityKind
from game.environment.clock import tick_at
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.machine_commands import SetWings, WingMode
from game.mission.flight_rules import Review
from game.mission.openings import CHARGE, HINGES, LIGHT, WARMTH, Openings, openings
from game.mission.plan import Plan
from game.rover.machine import RoverState
from game.simulation import step
from game.state import State
from tests.rover.desks import charged, grounded

Kind = ActivityKind


def hours(opened: OpenedLevel, plan: Plan, frac: float = 0.9, until_h: float = 8.0) -> Openings:
    setup = opened.setup
    state = charged(setup, grounded(setup, 16.0), frac)
    seen = forecast(setup, state, tick_at(setup.site, 10, until_h), plan).course()
    return Openings(Review(opened.flight_rules, plan, seen, circumstances(setup, state)))


def flown(opened: OpenedLevel, until_tick: int) -> RoverState:
    state: State = charged(opened.setup, grounded(opened.setup, 16.0), 0.9)
    while state.tick < until_tick:
        state, _ = step(opened.setup, state, ())
    return state.rover


def test_the_first_morning_hour_is_lit_and_the_mast_is_warm_then(ninety: OpenedLevel) -> None:
    look = Activity(1, Kind.PICTURE, tick_at(ninety.setup.site, 9, 21.0), 120)
    found = hours(ninety, (look,)).starts(look, look.start_tick)
    first = int(found[0])
    assert tick_at(ninety.setup.site, 10, 6.0) < first < tick_at(ninety.setup.site, 10, 10.0)
    assert flown(ninety, first).mast_k >= ninety.setup.rover.mast.min_k
    assert np.all(np.diff(found) > 0)


def test_motors_beyond_the_forecast_are_as_warm_as_they_will_be(ninety: OpenedLevel) -> None:
    look = Activity(1, Kind.PICTURE, tick_at(ninety.setup.site, 9, 21.0), 120)
    short = hours(ninety, (look,), until_h=5.0)
    for hour in (7.0, 9.0, 12.0):
        tick = tick_at(ninety.setup.site, 10, hour)
        told = short.motors_k(Kind.PICTURE, np.array([tick]))[0]
        assert abs(told - flown(ninety, tick).mast_k) < 5.0


def test_what_is_lacking_is_named(ninety: OpenedLevel) -> None:
    site = ninety.setup.site
    look = Activity(1, Kind.PICTURE, tick_at(site, 9, 21.0), 120)
    wings = Activity(2, Kind.WINGS, tick_at(site, 10, 6.0), 60, command=SetWings(WingMode.TRACK))
    drive = Activity(3, Kind.DRIVE, tick_at(site, 10, 6.5), 600, 0.0, -5.0)
    plan = (look, wings, drive)
    rich, poor = hours(ninety, plan), hours(ninety, plan, 0.2)
    assert rich.lack(look, look.start_tick) == LIGHT
    assert rich.lack(wings, wings.start_tick) == HINGES
    assert rich.lack(drive, drive.start_tick) == WARMTH
    assert poor.lack(replace(drive, kind=Kind.SOIL), tick_at(site, 10, 5.0)) == CHARGE
    assert rich.lack(look, tick_at(site, 10, 11.0)) == ""


def test_the_lane_of_another_activity_is_not_free_and_its_own_is(ninety: OpenedLevel) -> None:
    noon = tick_at(ninety.setup.site, 10, 12.0)
    soil = Activity(1, Kind.SOIL, noon, 3600)
    look = Activity(2, Kind.PICTURE, noon, 120)
    found = hours(ninety, (soil, look))
    at = np.array([noon - 121, noon - 119, noon + 1800, noon + 3600])
    assert found.is_free(look, at, 120).tolist() == [True, False, False, True]
    assert found.is_free(soil, at[:1] - 7200, 3600).all()


def test_a_review_is_asked_once(ninety: OpenedLevel) -> None:
    review = hours(ninety, ())._review
    assert openings(review) is openings(review)
