"""The map and the orbit: where things are, and how far."""

import math
import time

import numpy as np
import pygame
import pytest

from game.mission.chart import charted_disc, empty_chart
from game.orbiter.pass_doppler import pass_doppler
from game.orbiter.relay import passes_near
from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.draw.labels import touches
from game.ui.draw.marks import draw_finds
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
from game.ui.input import Pointed, Wheeled
from game.ui.prospects import DETOUR_M
from game.ui.screens.map import RIGHT_W, MapScreen
from game.ui.screens.map_lists import MOST_FINDS, draw_lists
from game.ui.screens.map_ruler import way_rows
from game.ui.screens.orbit import OrbitScreen
from game.ui.screens.play import PlayScreen
from game.ui.words import way_text
from game.world.overlays import Place, PlaceKind
from game.world.terrain import Terrain
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


def test_every_pass_of_the_page_tells_its_doppler(play: PlayScreen) -> None:
    setup, tick = play.desk.flight.session.setup, play.desk.flight.clock_s
    lines = coming_passes(setup, tick)
    assert len(lines) > 3
    near = passes_near(setup.orbiter, setup.site, int(tick))
    by_rise = {one.usable_rise_tick: pass_doppler(setup.orbiter, setup.site, one) for one in near}
    told = [line for line in lines if line.rise_tick in by_rise]
    assert told
    for line in told:
        found = by_rise[line.rise_tick]
        ends = [float(word.replace("−", "-")) for word in line.shift.split(" to ")]
        assert ends == pytest.approx([found.rise_hz / 1e3, found.set_hz / 1e3], abs=0.051)


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
    assert screen.ruler.end == pytest.approx(play.stage.ground_at(600, 400, 1.0))
    words = dict(way_rows(screen.ruler.start, screen.ruler.end or (0.0, 0.0)))
    assert words["Distance"].endswith(" m")
    before = play.stage.view
    screen.handle(Wheeled(600, 400, 2))
    screen.update(0.5)
    assert play.stage.view.scale_px_m > before.scale_px_m
    screen.handle(press("delete"))
    assert screen.ruler.end is None


def test_the_map_opens_on_lander_rover_and_the_nearest_goals(play: PlayScreen, tape: Tape) -> None:
    screen = MapScreen(play)
    screen.draw(tape)
    view, area = play.stage.view, screen.frame.area(tape.page)
    open_places = [place for _, place, is_met in screen.places if not is_met][:3]
    for x_m, y_m in ((0.0, 0.0), screen.rover, *((p.x_m, p.y_m) for p in open_places)):
        assert area.holds(*view.to_px(x_m, y_m))
    names = [words for words, _ in tape.written]
    assert all(names.count(place.title) >= 2 for place in open_places)  # in the list, on the map


def test_finds_to_be_told_of_come_before_those_that_are(tape: Tape) -> None:
    finds = [
        (Place(f"{k}", f"Find {k}", PlaceKind.CRATER, 100.0 * k, 0.0, 15.0), k % 2 == 0, k == 3)
        for k in range(6)
    ]
    draw_lists(tape, Box(0, 0, 248, 600), (0.0, 0.0), [], finds, 40.0)
    rows = [words for words, _ in tape.written]
    assert [words for words in rows if words.startswith("Find")] == [
        f"Find {k}" for k in (1, 3, 5, 0)
    ]
    assert "100 m · 090° · 40 points" in rows
    assert "300 m · 090° · 40 points · by camera" in rows
    tape.all_inside(Box(0, 0, 248, 600))


@pytest.mark.parametrize("height", [720, 600])
def test_the_map_lists_places_and_finds_beside_each_other(play: PlayScreen, height: int) -> None:
    tape = Tape(pygame.Surface((1280, height)), 1.0, play.shell.letters)
    screen = MapScreen(play)
    screen.draw(tape)
    area = screen.frame.area(tape.page)
    column = [(words, box) for words, box in tape.written if box.x >= area.right - RIGHT_W]
    rows = [words for words, _ in column]
    assert rows[rows.index("Worth a detour") + 1] == "seen from orbit"
    found = play.stage.prospects.around(*screen.rover, DETOUR_M)[:MOST_FINDS]
    for place, is_told in found:
        assert not is_told
        way = f"{math.dist(screen.rover, (place.x_m, place.y_m)):.0f} m · "
        assert any(words.startswith(way) and words.endswith("100 points") for words in rows)
        assert place.title in rows
    assert len([words for words in rows if words.endswith(" points")]) > len(found)
    assert max(box.bottom for _, box in column) <= area.bottom


def test_the_map_marks_finds_with_names_wherever_it_is_moved(play: PlayScreen, tape: Tape) -> None:
    screen = MapScreen(play)
    screen.draw(tape)
    camera = play.stage.camera
    camera.zoom_to(0.6)
    camera.update(10.0, screen.rover, 0.0, False)
    screen.draw(tape)
    camera.pan_px(-20_000.0, 8_000.0)
    tape.written.clear()
    screen.draw(tape)
    names = [words for words, _ in tape.written if words.endswith(" km away")]
    assert names
    away_km = [float(words.rsplit(", ", 1)[1].split()[0]) for words in names]
    assert min(away_km) > 20.0


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


def test_every_part_of_the_map_that_is_seen_can_be_measured(
    play: PlayScreen, canvas: Canvas
) -> None:
    screen = MapScreen(play)
    screen.draw(canvas)
    area = screen.frame.area(canvas.page)
    below = (area.x + 60.0, area.bottom - 60.0)
    for at, is_map in ((below, True), ((area.x + 60.0, area.y + 60.0), False)):
        screen.ruler.clear()
        screen.handle(click(*at))
        screen.handle(release(*at))
        assert (screen.ruler.end is not None) == is_map
    assert screen.ruler.end is None
    screen.handle(click(*below))
    before = play.stage.view
    screen.handle(Pointed(below[0] + 50.0, below[1], 0, is_down=False))
    assert play.stage.view.x_m < before.x_m


def test_a_click_on_a_row_shows_the_way_to_its_place(play: PlayScreen, tape: Tape) -> None:
    screen = MapScreen(play)
    screen.draw(tape)
    assert len(screen.rows) > 6
    area = screen.frame.area(tape.page)
    for row in (screen.rows[3], screen.rows[-1]):  # a place, a find
        x, y = row.box.centre
        screen.handle(click(x, y))
        screen.handle(release(x, y))
        for _ in range(60):
            screen.update(0.05)
        assert (screen.ruler.start, screen.ruler.end) == (screen.rover, row.place_m)
        at = play.stage.view.to_px(*row.place_m)
        assert area.holds(*at)
        assert not any(box.holds(*at) for box in (row.box, screen._measure_box(tape.page)))
        tape.written.clear()
        screen.draw(tape)
        assert any(words == "A drive takes" for words, _ in tape.written)


def test_the_profile_comes_in_over_frames_that_stay_short(
    play: PlayScreen, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.is_still = False
    screen = MapScreen(play)
    screen.draw(canvas)
    terrain, asked = play.desk.flight.session.setup.terrain, []
    height_m = type(terrain).height_m

    def slow(self: Terrain, *place: float) -> float:
        asked.append(place)
        time.sleep(0.004)
        return height_m(self, *place)  # type: ignore[arg-type]

    monkeypatch.setattr(type(terrain), "height_m", slow)
    end_m = (screen.rover[0] + 900.0, screen.rover[1] - 700.0)
    screen.measure(end_m)
    assert not asked
    assert screen.ruler.work(0.02)
    assert 0 < len(asked) < 20
    screen.draw(canvas)
    while screen.ruler.work(0.02):
        pass
    monkeypatch.undo()
    chart = Chart(screen.setup.chart, screen.state.chart)
    assert screen.ruler.steps == profile(screen.setup.terrain, chart, screen.rover, end_m)


def test_names_keep_off_a_ruler_that_lies(play: PlayScreen, tape: Tape) -> None:
    screen = MapScreen(play)
    screen.draw(tape)
    view = play.stage.view
    places = [place for _, place, is_met in screen.places if not is_met][:3]
    for place in places:
        x, y = view.to_px(place.x_m, place.y_m)
        screen.ruler.measure(view.to_m(x - 200.0, y), view.to_m(x + 200.0, y))
        tape.written.clear()
        screen.draw(tape)
        named = [box for words, box in tape.written if words == place.title and box.x < 1000.0]
        assert all(not box.y < y < box.bottom for box in named)
        length = next(
            box
            for words, box in tape.written
            if words == way_text(math.dist(screen.ruler.start, screen.ruler.end or (0.0, 0.0)))
            and box.x > 260.0
        )
        assert not length.y < y < length.bottom or length.x > x + 200.0
        assert not any(touches(length, box) for box in named)


def test_names_keep_off_the_scale(play: PlayScreen, tape: Tape) -> None:
    screen = MapScreen(play)
    screen.draw(tape)
    view, area = play.stage.view, screen.frame.area(tape.page)
    scale = next(
        box
        for words, box in tape.written
        if words.endswith(" m") and box.y > area.bottom - 45 and box.x > area.x + 248
    )
    x_m, y_m = view.to_m(*scale.centre)
    find = Place("f", "Find", PlaceKind.CRATER, x_m - 14.0 / view.scale_px_m, y_m, 15.0)
    tape.written.clear()
    draw_finds(tape, view, [(find, False)], screen.rover, screen._taken(tape))
    assert not any(touches(box, scale) for _, box in tape.written)


def test_marks_of_finds_never_end_in_the_midst_of_the_ground(
    play: PlayScreen, tape: Tape, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = MapScreen(play)
    screen.draw(tape)
    marked: list[tuple[float, float]] = []

    def note(*given: object) -> tuple[Box, ...]:
        marked.extend((find.x_m, find.y_m) for find, _ in given[2])  # type: ignore[attr-defined]
        return ()

    monkeypatch.setattr("game.ui.screens.map.draw_finds", note)
    for scale_px_m in (0.2, 0.125):
        camera = play.stage.camera
        camera.jump(*screen.rover, scale_px_m)
        camera.is_following = False
        marked.clear()
        tape.written.clear()
        screen.draw(tape)
        assert marked
        west, south, east, north = camera.view.bounds_m()
        reach_m = max(math.dist(screen.rover, at) for at in marked)
        said = any("finds within 1.5 km" in words for words, _ in tape.written)
        assert said == (scale_px_m < 0.15)
        assert not said or reach_m <= DETOUR_M
        if not said:  # they fill the view: some in each of its quarters
            east_m, north_m = (west + east) / 2, (south + north) / 2
            quarters = {(x > east_m, y > north_m) for x, y in marked}
            assert len(quarters) == 4
            assert max(x for x, _ in marked) > east - 1200.0
            assert min(x for x, _ in marked) < west + 1200.0


def test_contours_come_in_a_frame_of_their_own(
    play: PlayScreen, canvas: Canvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    play.is_still = False
    done: list[str] = []
    monkeypatch.setattr(play.stage.ground, "draw", lambda *_: done.append("ground"))
    monkeypatch.setattr("game.ui.screens.map.contours", lambda _: done.append("contours"))
    monkeypatch.setattr("game.ui.screens.map.draw_contours", lambda *_: done.append("lines"))
    monkeypatch.setattr(MapScreen, "_draw_foot", lambda *_: None)
    screen = MapScreen(play)
    frames = []
    for _ in range(30):
        done.clear()
        screen.update(0.02)
        screen.draw(canvas)
        frames.append(tuple(done))
    assert ("contours",) in frames
    after = frames[frames.index(("contours",)) + 1]
    assert after == ("ground", "lines")
    assert sum("contours" in frame for frame in frames) == 1
