"""The map and the orbit: where things are, and how far."""

import numpy as np
import pytest

from game.mission.chart import charted_disc, empty_chart
from game.ui.canvas import Canvas
from game.ui.facts.ledger import real_way_m
from game.ui.facts.orbit import coming_passes, eye_at, orbiter_at, site_at, sun_from
from game.ui.facts.relief import (
    ORBIT_LEVEL,
    Chart,
    Heights,
    contours,
    profile,
    steepest_deg,
)
from game.ui.input import Wheeled
from game.ui.screens.map import MapScreen
from game.ui.screens.orbit import OrbitScreen
from game.ui.screens.play import PlayScreen
from tests.ui.tape import Tape
from tests.ui.window import click, press, release


@pytest.fixture
def play(stocked: PlayScreen) -> PlayScreen:
    return stocked


def test_the_site_is_seen_when_the_page_opens_and_turns_away(play: PlayScreen) -> None:
    setup, tick = play.desk.flight.session.setup, play.desk.flight.clock_s
    eye = eye_at(setup, tick)
    assert site_at(setup, eye, tick)[2] > 0.5
    assert site_at(setup, eye, tick + 44_000)[2] < 0.0
    sun, later = sun_from(setup, eye, tick), sun_from(setup, eye, tick + 30_000)
    assert np.dot(sun, later) / np.dot(sun, sun) == pytest.approx(1.0, abs=0.01)


def test_the_orbiter_keeps_its_distance_from_mars(play: PlayScreen) -> None:
    setup, tick = play.desk.flight.session.setup, play.desk.flight.clock_s
    eye = eye_at(setup, tick)
    for ahead_s in range(0, 30_000, 3_000):
        assert np.linalg.norm(orbiter_at(setup, eye, tick + ahead_s)) > 1.05


def test_looking_ahead_goes_to_the_next_pass(play: PlayScreen, canvas: Canvas) -> None:
    screen = OrbitScreen(play)
    screen.draw(canvas)
    screen.handle(press("next_event"))
    first = coming_passes(screen.setup, screen.tick)[0]
    assert screen.shown_tick == pytest.approx(max(first.rise_tick, screen.tick), abs=1.0)
    screen.handle(press("pause"))
    screen.update(1.0)
    assert screen.shown_tick > first.rise_tick
    screen.draw(canvas)
    screen.handle(click(screen._foot.right - 1, screen._foot.y + 5))
    assert screen.ahead_s > 1.9 * 86_400


def test_the_ruler_measures_metres(play: PlayScreen, canvas: Canvas) -> None:
    screen = MapScreen(play)
    screen.draw(canvas)
    for _ in range(40):
        screen.update(0.05)
    screen.draw(canvas)
    screen.handle(click(600, 400))
    screen.handle(release(600, 400))
    assert screen.end == pytest.approx(play.stage.ground_at(600, 400, 1.0))
    words = dict(screen._way(screen.start, screen.end or (0.0, 0.0)))
    assert words["Distance"].endswith(" m")
    before = play.stage.view
    screen.handle(Wheeled(600, 400, 2))
    screen.update(0.5)
    assert play.stage.view.scale_px_m > before.scale_px_m
    screen.handle(press("delete"))
    assert screen.end is None


def test_the_map_opens_on_lander_rover_and_the_nearest_goals(play: PlayScreen, tape: Tape) -> None:
    screen = MapScreen(play)
    screen.draw(tape)
    view, area = play.stage.view, screen.frame.area(tape.page)
    open_places = [place for _, place, is_met in screen.places if not is_met][:3]
    for x_m, y_m in ((0.0, 0.0), screen.rover, *((p.x_m, p.y_m) for p in open_places)):
        assert area.holds(*view.to_px(x_m, y_m))
    names = [words for words, _ in tape.written]
    assert all(names.count(place.title) >= 2 for place in open_places)  # in the list, on the map


def test_contours_of_a_cone_are_rings_at_their_heights() -> None:
    x, y = np.meshgrid(np.arange(-20, 21), np.arange(-20, 21))
    cone = (10.0 - 0.5 * np.hypot(x, y)).astype(np.float32)
    found = contours(Heights(cone, -20.0, -20.0, 1.0))
    assert len(found.lines) >= 10
    for height_m, pieces in found.lines[2:-1]:
        away = np.hypot(pieces[..., 0], pieces[..., 1])
        inside = away < 19.0
        assert away[inside] == pytest.approx(2 * (10.0 - height_m), abs=0.3)


@pytest.mark.parametrize(("sol", "way_m"), [(1, 0), (42, 236), (60, 450), (82, 808), (90, 889)])
def test_the_real_rover_stands_where_the_bulletins_say(sol: int, way_m: float) -> None:
    assert real_way_m(sol) == pytest.approx(way_m)


def test_a_profile_knows_unseen_ground_only_as_coarsely_as_from_orbit(play: PlayScreen) -> None:
    setup, state = play.desk.flight.session.setup, play.desk.flight.state
    here = (state.rover.mobility.x_m, state.rover.mobility.y_m)
    far = (here[0] + 90.0, here[1] + 40.0)
    chart = Chart(setup.chart, charted_disc(setup.chart, state.chart, *here))
    steps = profile(setup.terrain, chart, here, far)
    assert steps[0].is_seen
    assert not steps[-1].is_seen
    for step in (steps[-1], steps[-20]):
        part = step.way_m / steps[-1].way_m
        x_m, y_m = here[0] + 90.0 * part, here[1] + 40.0 * part
        assert step.height_m == setup.terrain.height_m(x_m, y_m, ORBIT_LEVEL)
    only = Chart(setup.chart, empty_chart(setup.chart))
    steepest = steepest_deg(profile(setup.terrain, only, here, far))
    known = Chart(setup.chart, np.ones_like(state.chart))
    assert steepest < steepest_deg(profile(setup.terrain, known, here, far))
