"""The pages of a run: they read, answer, and change nothing but by commands."""

from dataclasses import replace
from itertools import combinations

import pygame
import pytest

from game.digest import digest
from game.rover.records import FilterRecord, InfraredSample, PictureRecord, SoilSample
from game.rover.soundings import FieldSample, RadarLayer, RadarProfile
from game.rover.storage import Archive
from game.ui.boxes import Page
from game.ui.canvas import Canvas
from game.ui.draw.hud import hud_layout
from game.ui.facts.ledger import shares, standing
from game.ui.model import _power_row
from game.ui.screen import Pop, Push, Screen, Swap
from game.ui.screens.data import DataScreen
from game.ui.screens.end import EndScreen
from game.ui.screens.frame import TABS
from game.ui.screens.health import HealthScreen
from game.ui.screens.map import MapScreen
from game.ui.screens.mission import MissionScreen
from game.ui.screens.night import NightScreen
from game.ui.screens.orbit import OrbitScreen
from game.ui.screens.pages import page_of
from game.ui.screens.play import PlayScreen
from game.ui.screens.power import PowerScreen
from game.ui.screens.report import ReportScreen
from game.ui.screens.science import ScienceScreen
from game.ui.screens.settings import SLIDES, SettingsScreen
from game.ui.screens.tray import TrayScreen
from game.ui.shell import Shell
from tests.ui.products import SAMPLE, product
from tests.ui.tape import Tape
from tests.ui.window import click, press


@pytest.fixture
def play(stocked: PlayScreen) -> PlayScreen:
    return stocked


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


def test_loads_add_up_to_what_the_rover_uses(play: PlayScreen) -> None:
    flight = play.desk.flight
    flight.run_to(flight.state.tick + 1200)
    screen = PowerScreen(play)
    now_w = sum(row.now_w for row in screen.page.loads)
    assert now_w == pytest.approx(flight.state.rover.power.out_w, rel=0.02)


def test_energy_shares_and_score_are_those_of_the_mission(play: PlayScreen) -> None:
    setup, state = play.desk.flight.session.setup, play.desk.flight.state
    used_wh = sum(share.used_wh for share in shares(state))
    assert used_wh == pytest.approx(state.rover.power.consumed_j / 3600, rel=0.01)
    found = standing(setup, state)
    assert found.total == pytest.approx(sum(line.points for line in found.lines))


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


def test_settings_say_how_to_reach_what_is_larger_than_the_window(shell: Shell, tape: Tape) -> None:
    SettingsScreen(shell).draw(tape)
    assert not any(SLIDES in words for words, _ in tape.written)
    shell.settings = replace(shell.settings, scale_frac=2.0)
    SettingsScreen(shell).draw(tape)
    assert any(SLIDES in words for words, _ in tape.written)
    tape.all_inside(tape.page.box)


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
