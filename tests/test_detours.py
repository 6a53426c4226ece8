"""Finds in a mission: offered near the rover, counted once a word of them is on Earth."""

import math
from collections.abc import Sequence
from dataclasses import replace

import pytest

from game.agents.agent import fly
from game.agents.baseline import BaselineAgent
from game.agents.observation import observe
from game.detours import (
    FARTHEST_LOOK_M,
    detours_around,
    detours_of,
    is_photographed,
    newly_told,
    told_finds,
)
from game.events import Event, FindTold
from game.levels.load import level_paths
from game.levels.open import OpenedLevel, open_level
from game.mission.chart import charted_ring
from game.mission.scoring import score
from game.report import report_data, report_text
from game.rover.archive import Archive
from game.rover.estimate import Estimate
from game.rover.storage import Product
from game.session import Session
from game.standing import score_facts
from game.state import KeepOut, Setup, State
from game.telemetry import CHANNELS
from game.world.overlays import Place
from tests.rover.desks import grounded
from tests.ui.products import product

HERE = (0.0, 0.0)


def taken(x_m: float, y_m: float, kind: str = "picture") -> Product:
    return replace(product(1, 5.0, 40.0), kind=kind, x_m=x_m, y_m=y_m)


def at_home(state: State, products: Sequence[Product]) -> State:
    storage = replace(state.rover.storage, home=Archive(tuple(products)))
    return replace(state, rover=replace(state.rover, storage=storage))


def standing_on(setup: Setup, find: Place) -> State:
    state = grounded(setup)
    place = state.rover.mobility
    belief = Estimate(find.x_m, find.y_m, place.heading_rad)
    moved = replace(place, x_m=find.x_m, y_m=find.y_m, estimate=belief)
    return replace(state, rover=replace(state.rover, mobility=moved))


@pytest.fixture(name="setup", scope="module")
def _setup(ninety: OpenedLevel) -> Setup:
    return ninety.setup


@pytest.fixture(name="near", scope="module")
def _near(setup: Setup) -> tuple[Place, ...]:
    return detours_around(setup, HERE, 1500.0)


def test_finds_around_the_lander_come_nearest_first(near: tuple[Place, ...]) -> None:
    away_m = [math.hypot(one.x_m, one.y_m) for one in near]
    assert away_m == sorted(away_m)
    assert len(near) >= 10
    assert away_m[-1] <= 1500.0


@pytest.mark.parametrize("name", sorted(level_paths()))
def test_every_level_offers_detours_at_any_distance(name: str) -> None:
    setup = open_level(name).setup
    for place_m in ((setup.start.x_m, setup.start.y_m), (12_300.0, -8_800.0), (1e6, -1e6)):
        assert len(detours_around(setup, place_m, 1000.0)) >= 2, place_m


def test_forbidden_ground_is_not_offered_and_does_not_count(
    setup: Setup, near: tuple[Place, ...]
) -> None:
    find = near[0]
    closed = replace(setup, keep_outs=(KeepOut("no", find.x_m + 3.0, find.y_m, 5.0),))
    assert find not in detours_around(closed, HERE, 1500.0)
    square = math.floor(find.x_m / 1000.0), math.floor(find.y_m / 1000.0)
    assert set(detours_of(setup, *square)) - set(detours_of(closed, *square)) == {find}
    home = Archive((taken(find.x_m, find.y_m),))
    assert told_finds(setup, home) == (find,)
    assert told_finds(closed, home) == ()


def test_what_a_camera_has_seen_is_told_from_what_orbit_alone_shows(
    setup: Setup, near: tuple[Place, ...]
) -> None:
    state, find = grounded(setup), near[0]
    assert not is_photographed(setup, state, find)
    chart = charted_ring(setup.chart, state.chart, find.x_m + 12.0, find.y_m)
    seen = replace(state, chart=chart)
    assert is_photographed(setup, seen, find)
    assert [one.name for one in observe(setup, seen).detours(1500.0) if one.is_photographed] == [
        find.name
    ]


@pytest.mark.parametrize("reach_m", [-1.0, math.nan, math.inf, FARTHEST_LOOK_M + 1.0])
def test_a_reach_that_is_none_is_refused(setup: Setup, reach_m: float) -> None:
    with pytest.raises(ValueError, match="detours: "):
        detours_around(setup, HERE, reach_m)


@pytest.mark.parametrize("x_m", [math.nan, math.inf, 1e300])
def test_a_place_that_is_none_is_refused(setup: Setup, x_m: float) -> None:
    with pytest.raises(ValueError, match="there is no ground"):
        detours_around(setup, (x_m, 0.0), 100.0)


def test_a_find_counts_from_its_edge_on_by_what_shows_it(
    setup: Setup, near: tuple[Place, ...]
) -> None:
    find = near[0]
    inside, outside = find.radius_m - 0.1, find.radius_m + 0.1
    assert told_finds(setup, Archive((taken(find.x_m + inside, find.y_m),))) == (find,)
    assert told_finds(setup, Archive((taken(find.x_m + outside, find.y_m),))) == ()
    assert told_finds(setup, Archive((taken(find.x_m, find.y_m, "soil"),))) == (find,)
    for kind in ("air", "health", "thumbnail", "context"):
        assert told_finds(setup, Archive((taken(find.x_m, find.y_m, kind),))) == ()


def test_only_the_first_word_of_a_find_is_news(setup: Setup, near: tuple[Place, ...]) -> None:
    one, two = near[:2]
    first, second = taken(one.x_m, one.y_m), taken(two.x_m, two.y_m)
    home = Archive((first, first, second))
    assert told_finds(setup, home) == (one, two)
    assert newly_told(setup, Archive((first,)), 1) == (one,)
    assert newly_told(setup, Archive((first, first)), 1) == ()
    assert newly_told(setup, home, 1) == (two,)
    assert newly_told(setup, home, 3) == (one, two)
    assert newly_told(setup, home, 0) == ()


def test_finds_count_among_the_goals_and_never_beyond_them(
    setup: Setup, near: tuple[Place, ...]
) -> None:
    state = grounded(setup)
    all_points = math.fsum(goal.points for goal in setup.mission.objectives)
    part = setup.score.find_points / all_points
    for count in (0, 1, 3):
        flown = at_home(state, [taken(one.x_m, one.y_m) for one in near[:count]])
        assert score_facts(setup, flown).goals_frac == pytest.approx(count * part)
        assert CHANNELS["find_home_count"].read(setup, flown) == count
    rich = replace(setup, score=replace(setup.score, find_points=1e9))
    facts = score_facts(rich, at_home(state, [taken(near[0].x_m, near[0].y_m)]))
    assert facts.goals_frac == 1.0
    assert score(setup.score, facts).exploration <= setup.score.exploration_max


def test_a_level_without_goals_lives_from_its_finds(setup: Setup, near: tuple[Place, ...]) -> None:
    free = replace(setup, mission=replace(setup.mission, objectives=()))
    state = grounded(free)
    assert score_facts(free, state).goals_frac == 0.0
    flown = at_home(state, [taken(one.x_m, one.y_m) for one in near[:2]])
    expected = 2.0 * free.score.find_points / free.score.goalless_points
    assert score_facts(free, flown).goals_frac == pytest.approx(expected)


def test_a_rover_on_a_find_is_paid_for_it_when_its_data_are_home(
    setup: Setup, near: tuple[Place, ...]
) -> None:
    find = near[0]
    session, events = Session(setup, standing_on(setup, find)), list[Event]()
    fly(session, BaselineAgent(7), 11, lambda _: None, events)
    told = [event for event in events if isinstance(event, FindTold)]
    assert [(event.name, event.title) for event in told] == [(find.name, find.title)]
    data = report_data(setup, session.state, tuple(events))
    row = {"name": find.name, "title": find.title, "points": setup.score.find_points}
    assert data["finds"] == [row]
    assert f"✓ {find.title} ({find.name})" in report_text(data)
    home = session.state.rover.storage.home
    nothing = at_home(session.state, [replace(one, x_m=one.x_m + 5e4) for one in home])
    gain = score_facts(setup, session.state).goals_frac - score_facts(setup, nothing).goals_frac
    assert gain > 0.0
