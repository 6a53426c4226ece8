"""The pages of a run: they read, answer, and change nothing but by commands."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from types import SimpleNamespace

import numpy as np
import pygame
import pytest

from game.agents.agent import fly
from game.agents.registry import find_agent
from game.commands import (
    Activity,
    ActivityKind,
    Discard,
    MoveBefore,
    SetPriority,
    SortQueue,
    UplinkPlan,
)
from game.digest import digest
from game.environment.clock import tick_at
from game.events import Outcome
from game.levels.level import BeatKind
from game.levels.open import open_level
from game.mission.chart import charted_disc, empty_chart
from game.orbiter.pass_doppler import pass_doppler
from game.orbiter.relay import passes_near
from game.rover.records import OXIDES, FilterRecord, InfraredSample, PictureRecord, SoilSample
from game.rover.soundings import FieldSample, RadarLayer, RadarProfile
from game.rover.storage import Archive, Product
from game.session import Session
from game.state import State
from game.ui.boxes import Page
from game.ui.canvas import Canvas
from game.ui.draw.hud import hud_layout
from game.ui.facts.ledger import real_way_m, shares, standing
from game.ui.facts.orbit import coming_passes, eye_at, orbiter_at, site_at, sun_from
from game.ui.facts.queue import coming, expected_storage, queue_rows
from game.ui.facts.relief import (
    ORBIT_LEVEL,
    Chart,
    Heights,
    contours,
    profile,
    steepest_deg,
)
from game.ui.goals import told_beats
from game.ui.input import Pointed, Pressed, Wheeled
from game.ui.missions import Run, start
from game.ui.model import _power_row
from game.ui.screen import Pop, Push, Screen, Swap
from game.ui.screens.data import ROW, DataScreen
from game.ui.screens.end import EndScreen
from game.ui.screens.frame import TABS, page_of
from game.ui.screens.health import HealthScreen
from game.ui.screens.map import MapScreen
from game.ui.screens.mission import MissionScreen
from game.ui.screens.night import NightScreen
from game.ui.screens.orbit import OrbitScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.power import PowerScreen
from game.ui.screens.report import ReportScreen, has_worked
from game.ui.screens.science import ScienceScreen
from game.ui.screens.settings import SLIDES, SettingsScreen
from game.ui.screens.tray import TrayScreen
from game.ui.shell import Shell
from game.ui.shot_pages import FATAL
from game.ui.shot_studio import LEVEL, SEED
from tests.ui.tape import Tape
from tests.ui.test_play import PlainGround

SAMPLE = SoilSample("soil", (45.0,) * len(OXIDES), (0.5,) * len(OXIDES), 0.05, 0.0, 0.005, 0.1, 240)


@pytest.fixture(scope="module")
def opened() -> Run:
    return start("ninety-sols", 7, None)


@pytest.fixture
def play(shell: Shell, opened: Run) -> Iterator[PlayScreen]:
    state = with_products(opened.session.state)
    run = Run(opened.opened, Session(opened.opened.setup, state))
    screen = PlayScreen(shell, run, PlainGround(), is_still=True)  # type: ignore[arg-type]
    screen.desk.pictures.order = _nothing  # type: ignore[method-assign]
    yield screen
    screen.close()


def _nothing(state: State, product: Product | None = None) -> None:
    """Pictures are not made here."""


def product(number: int, size_mbit: float, value: float) -> Product:
    return Product(
        "soil", f"Sample {number}", 600_000 + number, 8, int(size_mbit * 1e6), 5, 0.0, 0.0, 0.0,
        0.0, 0.0, 0.9, value, SAMPLE, number
    )  # fmt: skip


def with_products(state: State) -> State:
    made = tuple(product(500 + k, 10.0 * (k + 1), 50.0) for k in range(4))
    storage = replace(
        state.rover.storage,
        products=made,
        home=state.rover.storage.home.plus((product(400, 5, 80),)),
    )
    tick = state.tick + 4000
    plan = tuple(
        Activity(number, ActivityKind.AIR, tick + 8000 * number, 1800) for number in (1, 2)
    )
    sequencer = replace(state.rover.sequencer, plan=plan)
    return replace(state, rover=replace(state.rover, storage=storage, sequencer=sequencer))


def press(*names: str) -> Pressed:
    return Pressed(frozenset(names))


def click(x: float, y: float) -> Pointed:
    return Pointed(x, y, 1, is_down=True)


def release(x: float, y: float) -> Pointed:
    return Pointed(x, y, 1, is_down=False)


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.action)
def test_every_page_draws_without_changing_the_mission(
    play: PlayScreen, tape: Tape, tab: object
) -> None:
    before = digest(play.desk.flight.state)
    screen = page_of(play, tab.action)  # type: ignore[attr-defined]
    for _ in range(3):
        screen.update(0.02)
        screen.draw(tape)
    tape.all_inside(tape.page.box)
    assert digest(play.desk.flight.state) == before
    assert play.desk.flight.session.log == []


@pytest.mark.parametrize("tab", TABS, ids=lambda tab: tab.action)
def test_keys_lead_to_every_page_and_back(play: PlayScreen, canvas: Canvas, tab: object) -> None:
    name: str = tab.action  # type: ignore[attr-defined]
    opened = play.handle(press(name))
    assert isinstance(opened, Push)
    opened.screen.draw(canvas)
    assert isinstance(opened.screen.handle(press("next_field")), Swap)
    assert isinstance(opened.screen.handle(press(name)), Pop)
    assert isinstance(opened.screen.handle(press("menu")), Pop)


@pytest.mark.parametrize(
    ("at", "screen"),
    [
        ((100, 130), PowerScreen),
        ((100, 300), ScienceScreen),
        ((1160, 110), DataScreen),
        ((1160, 320), MapScreen),
        ((1010, 40), OrbitScreen),
        ((1220, 40), MissionScreen),
    ],
)
def test_a_panel_leads_to_its_page(
    play: PlayScreen, canvas: Canvas, at: tuple[float, float], screen: type[Screen]
) -> None:
    play.draw(canvas)
    opened = play.handle(click(*at))
    assert isinstance(opened, Push)
    assert isinstance(opened.screen, screen)


def commands(play: PlayScreen) -> list[object]:
    return [entry.command for entry in play.desk.flight.session.log]


def test_the_queue_is_dragged_into_order(play: PlayScreen, canvas: Canvas) -> None:
    screen = DataScreen(play)
    screen.draw(canvas)
    x, y = screen._list.x + 60, screen._list.y
    screen.handle(click(x, y + 2.5 * ROW))
    screen.handle(Pointed(x, y + 10))
    screen.handle(release(x, y + 10))
    assert commands(play) == [MoveBefore(502, 500)]
    assert [row.number for row in screen.page.rows] == [502, 500, 501, 503]
    screen.handle(press("later"))
    assert [row.number for row in screen.page.rows] == [500, 502, 501, 503]
    screen.move(0, 4)
    assert [row.number for row in screen.page.rows][-1] == 500


def test_a_page_opened_again_knows_what_has_been_asked(play: PlayScreen, canvas: Canvas) -> None:
    screen = DataScreen(play)
    screen.draw(canvas)
    screen.move(3, 0)
    again = DataScreen(play)
    assert [row.number for row in again.page.rows] == [row.number for row in screen.page.rows]


def test_sorting_holding_back_and_discarding_are_commands(play: PlayScreen, canvas: Canvas) -> None:
    screen = DataScreen(play)
    screen.draw(canvas)
    screen.use("sort")
    assert [row.number for row in screen.page.rows] == [500, 501, 502, 503]
    screen.use("hold_back")
    assert screen.page.rows[-1].is_held
    screen.use("delete")
    assert not any(isinstance(one, Discard) for one in commands(play))
    screen.use("delete")
    kinds = [type(one) for one in commands(play)]
    assert kinds == [SortQueue, SetPriority, Discard]
    assert len(screen.page.rows) == 3


def test_the_queue_says_which_pass_takes_what(play: PlayScreen) -> None:
    setup, state = play.desk.flight.session.setup, play.desk.flight.state
    passes = coming(setup, state, state.tick)
    assert len(passes) == 2
    big = replace(state.rover.storage, products=(product(1, 100, 1), product(2, 5_000, 1)))
    rows = queue_rows(big, passes)
    assert rows[0].reach == passes[0].name
    assert rows[1].reach == "later"


def test_what_is_expected_is_what_the_rover_does(play: PlayScreen) -> None:
    session = play.desk.flight.session
    play.desk.issue(MoveBefore(503, 500))
    expected = expected_storage(session)
    while session.waiting_count or session.state.uplink:
        session.advance_once()
    numbers = [one.number for one in session.state.rover.storage.products]
    assert numbers == [one.number for one in expected.products]


def test_leaving_out_an_activity_sends_a_shorter_plan(play: PlayScreen, canvas: Canvas) -> None:
    screen = PowerScreen(play)
    screen.draw(canvas)
    assert screen.page.shed
    row = screen.page.shed[0]
    screen.leave_out()
    (sent,) = commands(play)
    assert isinstance(sent, UplinkPlan)
    assert all(activity.number != row.number for activity in sent.activities)
    assert all(one.number != row.number for one in screen.page.shed)


def test_loads_add_up_to_what_the_rover_uses(play: PlayScreen) -> None:
    flight = play.desk.flight
    flight.run_to(flight.state.tick + 1200)
    screen = PowerScreen(play)
    now_w = sum(row.now_w for row in screen.page.loads)
    assert now_w == pytest.approx(flight.state.rover.power.out_w, rel=0.02)


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


def test_energy_shares_and_score_are_those_of_the_mission(play: PlayScreen) -> None:
    setup, state = play.desk.flight.session.setup, play.desk.flight.state
    used_wh = sum(share.used_wh for share in shares(state))
    assert used_wh == pytest.approx(state.rover.power.consumed_j / 3600, rel=0.01)
    found = standing(setup, state)
    assert found.total == pytest.approx(sum(line.points for line in found.lines))


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_end_can_be_drawn(play: PlayScreen, tape: Tape, outcome: Outcome) -> None:
    state = play.desk.flight.session.state
    mission = replace(state.mission, outcome=outcome, causes=("It was -51 °C.",))
    play.desk.flight.session.state = replace(state, mission=mission)
    EndScreen(play).draw(tape)
    assert any("−51 °C" in words for words, _ in tape.written)
    tape.all_inside(tape.page.box)


def test_the_list_of_goals_says_how_many_do_not_fit_and_scrolls(
    play: PlayScreen, tape: Tape
) -> None:
    session = play.desk.flight.session
    causes = ("The rover was lost on sol 19: the battery stood empty.", "No light.", "Dust.")
    mission = replace(session.state.mission, outcome=Outcome.LOSS, causes=causes)
    session.state = replace(session.state, mission=mission)
    goals, screen = session.setup.mission.objectives, EndScreen(play)
    screen.draw(tape)
    shown = [goal for goal in goals if any(words == goal.title for words, _ in tape.written)]
    assert 0 < len(shown) < len(goals)
    rest = len(goals) - len(shown)
    assert any(words == f"and {rest} more below" for words, _ in tape.written)
    for _ in goals:
        screen.handle(Wheeled(640.0, 400.0, -1))
    tape.written.clear()
    screen.draw(tape)
    assert any(words == goals[-1].title for words, _ in tape.written)
    assert any(words == f"and {rest} more above" for words, _ in tape.written)


def test_the_scene_of_a_loss_is_a_loss_with_its_causes() -> None:
    opened = open_level(LEVEL, SEED, None, FATAL)
    session = Session(opened.setup)
    fly(session, find_agent("baseline", SEED), 25, lambda _: None, [])
    assert session.state.mission.outcome is Outcome.LOSS
    assert any("tau" in cause for cause in session.state.mission.causes)


def test_a_rover_that_never_moved_is_told_of_no_tracks_and_sent_to_the_nearest_goal(
    opened: Run,
) -> None:
    setup, level = opened.session.setup, opened.opened.level
    state = replace(opened.session.state, tick=tick_at(setup.site, 9, 6.5))
    told = {beat.kind: beat for beat in told_beats(level, setup, state, 9)}
    assert BeatKind.SURPRISE not in told
    assert told[BeatKind.GOAL].place == "first-prints"
    mobility = replace(state.rover.mobility, odometer_m=12.0)
    mission = replace(state.mission, met=(("first-prints", state.tick),))
    moved = replace(state, rover=replace(state.rover, mobility=mobility), mission=mission)
    told = {beat.kind: beat for beat in told_beats(level, setup, moved, 9)}
    assert told[BeatKind.SURPRISE].title == "The tracks shine"
    assert told[BeatKind.GOAL].place == "pale-slab"


def test_a_likely_storm_is_the_threat_of_the_morning(
    play: PlayScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    screen = ReportScreen(play)
    usual = next(b for b in screen.beats() if b.kind is BeatKind.THREAT)
    storm = SimpleNamespace(sol=11, chance_frac=0.46, is_warned=True)
    monkeypatch.setattr("game.ui.screens.report.worst_ahead", lambda *_: storm)
    threats = [b.title for b in screen.beats() if b.kind is BeatKind.THREAT]
    assert threats == ["A storm is likely on sol 11 (46 %)"]
    assert usual.title not in threats


@pytest.mark.parametrize(
    "page",
    [EndScreen, ReportScreen, MapScreen, MissionScreen, OrbitScreen, PowerScreen, ScienceScreen,
     DataScreen, HealthScreen, TrayScreen, NightScreen],
)  # fmt: skip
def test_a_page_holds_its_words_at_the_largest_size_it_allows(
    play: PlayScreen, display: pygame.Surface, shell: Shell, page: type[Screen]
) -> None:
    screen = page(play)  # type: ignore[call-arg]
    tape = Tape(display, screen.most_scale_frac, shell.letters)
    screen.draw(tape)
    tape.all_inside(tape.page.box)


def test_the_panels_of_a_run_do_not_collide_at_the_largest_size() -> None:
    for size in ((1280, 720), (1920, 1080)):
        scale = min(size[0] / 1280, size[1] / 720) * PlayScreen.most_scale_frac
        place = hud_layout(Page(size[0] / scale, size[1] / scale))
        boxes = (place.health, place.home, place.actions, place.more, place.strip, place.link)
        rects = [pygame.Rect(round(b.x), round(b.y), round(b.w), round(b.h)) for b in boxes]
        for one, two in combinations(rects, 2):
            assert not one.colliderect(two)


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


def test_settings_say_how_to_reach_what_is_larger_than_the_window(shell: Shell, tape: Tape) -> None:
    SettingsScreen(shell).draw(tape)
    assert not any(SLIDES in words for words, _ in tape.written)
    shell.settings = replace(shell.settings, scale_frac=2.0)
    SettingsScreen(shell).draw(tape)
    assert any(SLIDES in words for words, _ in tape.written)
    tape.all_inside(tape.page.box)


def test_a_sol_of_rest_was_limited_by_nothing(play: PlayScreen) -> None:
    record = play.desk.flight.state.mission.records[-1]
    rest = replace(record, bound="energy", meters=replace(record.meters, working_s=0.0))
    assert not has_worked(rest)
    assert has_worked(replace(rest, meters=replace(rest.meters, working_s=60.0)))


def test_a_full_battery_says_that_the_rest_goes_unused(play: PlayScreen) -> None:
    state, setup = play.desk.flight.state, play.desk.flight.session.setup
    power = replace(
        state.rover.power, charge_j=setup.rover.power.capacity_wh * 3600.0, in_w=300.0, out_w=80.0
    )
    full = replace(state, rover=replace(state.rover, power=power))
    assert "unused" in _power_row(setup, full).hint
    half = replace(power, charge_j=power.charge_j / 2)
    state = replace(state, rover=replace(state.rover, power=half))
    assert "unused" not in _power_row(setup, state).hint


RADAR = RadarProfile(
    12.0, 240, 3.6, 0.4, (0.0, 4.0, 8.0, 12.0),
    (RadarLayer(0, 126.0, 10.0, 0.8, 12.0, (120.0, 126.0, -1.0, 130.0)),
     RadarLayer(1, 25.0, 2.0, 0.2, 20.0, (24.0, 25.0, 25.5, 26.0))),
    0, ((3.0, 0.2),)
)  # fmt: skip
LOOK = PictureRecord(100.0, 0.5, 0.8, 0.8)
RECORDS = (
    RADAR,
    replace(RADAR, layers=()),
    FieldSample(8.0, -5.0, 1.5, 30.0, 8.0, 20.0, -3.0, 4),
    FieldSample(8.0, -5.0, 21.0, 30.0, 8.0, 0.0, 0.0, 1),
    FilterRecord(LOOK, (0.05, 0.07, 0.2, 0.24, 0.27, 0.27, 0.28, 0.28), (0.01,) * 8, 0.03, 0.01,
                 0.004, 4.0, 0.2, 2.0),
    InfraredSample("soil", 0.05, 0.01, 0.005, 0.4, 240.0, 2.0),
    SAMPLE,
)  # fmt: skip


@pytest.mark.parametrize("record", RECORDS, ids=lambda one: type(one).__name__)
def test_every_kind_of_measurement_has_its_plot(
    play: PlayScreen, tape: Tape, record: SoilSample
) -> None:
    session = play.desk.flight.session
    one = replace(product(900, 3.0, 10.0), record=record, kind="radar")
    storage = replace(session.state.rover.storage, home=Archive((one,)), products=())
    session.state = replace(session.state, rover=replace(session.state.rover, storage=storage))
    screen = ScienceScreen(play)
    assert [line.number for line in screen.lines] == [900]
    screen.draw(tape)
    tape.all_inside(tape.page.box)
