"""The orbiter's own pictures and reports: made by day, sent to Earth, no data of the rover."""

from functools import lru_cache

import numpy as np
import pytest

from game.digest import digest
from game.environment.clock import sol_start_tick
from game.environment.nature import storm_outlook
from game.events import ProductHome
from game.levels.open import Changes, OpenedLevel, open_level
from game.orbiting import CONTEXT, REPORT, newest_report, worst_ahead
from game.render.album import is_picture, picture_of
from game.rover.records import ContextRecord, WeatherReport
from game.schedule import NEVER, facts_at, is_overhead, surroundings
from game.session import Session
from game.state import State
from game.telemetry import CHANNELS


@lru_cache(maxsize=1)
def twelve_sols() -> tuple[State, tuple[object, ...]]:
    setup = open_level("ninety-sols", 7).setup
    session = Session(setup)
    events = session.advance_to(sol_start_tick(setup.site, 13))
    return session.state, events


def test_reports_and_pictures_come_on_their_sols(ninety: OpenedLevel) -> None:
    state, events = twelve_sols()
    spec = ninety.setup.orbiter.survey
    home = [p for p in state.rover.storage.home if p.kind in (CONTEXT, REPORT)]
    assert [p.sol for p in home if p.kind == CONTEXT] == [10]
    assert [p.sol for p in home if p.kind == REPORT] == [4, 6, 8, 10, 12]
    assert all(spec.has_report(p.sol) for p in home if p.kind == REPORT)
    arrived = [e for e in events if isinstance(e, ProductHome) and e.kind == REPORT]
    for event, product in zip(arrived, (p for p in home if p.kind == REPORT), strict=True):
        assert event.product == product.number
        # handling aboard, 900 s, and light time, 1063 to 1296 s, at least
        assert event.tick - product.made_tick > 900 + 1_050


def test_they_are_made_by_day_with_the_orbiter_overhead(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    for sol in (4, 10, 30):
        facts = facts_at(setup, sol_start_tick(setup.site, sol))
        assert facts.survey_tick in facts.marks
        assert np.degrees(surroundings(setup, facts.survey_tick).sun_elevation_rad) > 15.0
        assert is_overhead(facts, facts.survey_tick)
    assert facts_at(setup, sol_start_tick(setup.site, 5)).survey_tick == NEVER


def test_they_are_no_data_of_the_rover() -> None:
    state, _ = twelve_sols()
    storage = state.rover.storage
    own = [p for p in storage.home if p.kind not in (CONTEXT, REPORT)]
    assert storage.home_bit == sum(p.size_bit for p in own)
    made = sum(one.sent_bit for one in storage.home)
    assert made == storage.home_bit
    numbers = [p.number for p in storage.home]
    assert len(set(numbers)) == len(numbers)


def test_a_report_says_what_the_weather_office_says(ninety: OpenedLevel) -> None:
    state, _ = twelve_sols()
    report = newest_report(state.rover)
    assert isinstance(report, WeatherReport)
    first = report.outlooks[0]
    said = storm_outlook(ninety.setup.environment, 12, first.sol)
    assert (first.sol, first.chance_frac, first.is_warned) == (
        13,
        said.chance_frac,
        said.is_warned,
    )
    worst = worst_ahead(state.rover, 13)
    assert worst is not None
    assert worst.chance_frac == max(one.chance_frac for one in report.outlooks)
    assert CHANNELS["storm_chance_frac"].read(ninety.setup, state) == worst.chance_frac
    assert worst_ahead(state.rover, 90) is None


def test_without_an_orbiter_there_is_neither() -> None:
    setup = open_level("ninety-sols", 7, None, Changes({}, (), ((1, 11),))).setup
    session = Session(setup)
    session.advance_to(sol_start_tick(setup.site, 11))
    assert newest_report(session.state.rover) is None
    assert not [p for p in session.state.rover.storage.home if p.kind == CONTEXT]


def test_the_picture_shows_the_ground_around_the_rover(ninety: OpenedLevel) -> None:
    state, _ = twelve_sols()
    taken = next(p for p in state.rover.storage.home if p.kind == CONTEXT)
    assert isinstance(taken.record, ContextRecord)
    assert is_picture(taken)
    before = digest(state)
    picture = picture_of(ninety.setup, state, taken, (160, 90))
    assert picture.shape == (90, 160, 3)
    assert float(picture.std()) > 2.0  # ground, not one tone
    assert picture[45, 80].tolist() == pytest.approx([236, 236, 228], abs=1)  # the lander
    assert digest(state) == before
