"""The shown moment lies inside a step: what is saved, told and asked for belongs to it."""

from dataclasses import replace
from pathlib import Path

import pytest

from game.commands import ActivityKind
from game.digest import digest
from game.rover.archive import Archive, Product
from game.session import Session, replayed
from game.state import State
from game.ui.canvas import NOTE, Canvas
from game.ui.desk import RunDesk
from game.ui.draw.plan import plan_layout
from game.ui.flight import Flight
from game.ui.guide import FIRST_SOLS, Keys, later_step, sending_step
from game.ui.hud_parts import Strip
from game.ui.input import Pointed
from game.ui.keeping import quick_save
from game.ui.missions import Run, offers, resume
from game.ui.pacing import REASONS, Situation
from game.ui.screen import Load, Pop, Push, Swap
from game.ui.screens.frame import TABS
from game.ui.screens.help import HelpScreen
from game.ui.screens.levels import LevelsScreen
from game.ui.screens.pages import page_of
from game.ui.screens.pause import PauseScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.plan_files import PlanFilesScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.play_links import after_events
from game.ui.screens.report import ReportScreen
from game.ui.screens.saves import SavesScreen
from game.ui.screens.settings import SettingsScreen
from game.ui.screens.tray import TrayScreen
from game.ui.screens.viewer import WAY_ON, WIDTH, ViewerScreen
from game.ui.shell import Shell
from game.units import SOL_S
from tests.ui.products import SAMPLE
from tests.ui.tape import Tape
from tests.ui.window import frames, press


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))
    return tmp_path / "saves"


def to_open_pass(flight: Flight) -> None:
    """Skip from one thing that happens to the next until the orbiter is up."""
    for _ in range(400):
        told = flight.skip(40)
        if any(type(event).__name__ == "PassOpened" for event in told):
            return
    raise AssertionError("no pass opened")


def into_step(flight: Flight, seconds: float) -> State:
    """Run one step and show a moment inside it; return the state before it."""
    before = flight.state
    flight.session.advance_once()
    flight.clock_s = before.tick + seconds
    assert flight.clock_s < flight.state.tick
    return before


def test_a_save_holds_the_shown_moment_of_an_open_pass(play: PlayScreen, folder: Path) -> None:
    flight = play.desk.flight
    to_open_pass(flight)
    assert "Pass open" in play.desk.model().link.label
    into_step(flight, 7.0)
    shown = int(flight.clock_s)
    quick_save(play.desk, name="one")
    loaded = resume(folder / "one.save.json")
    other = Flight(loaded.session, loaded.shown_tick)
    assert int(other.clock_s) == shown
    later = flight.state.tick + 4000
    flight.session.advance_to(later)
    other.session.advance_to(later)
    assert digest(other.state) == digest(flight.state)


def test_a_loaded_run_shows_the_pass_that_was_open(
    play: PlayScreen, shell: Shell, folder: Path
) -> None:
    to_open_pass(play.desk.flight)
    into_step(play.desk.flight, 7.0)
    before = play.desk.model().link
    quick_save(play.desk, name="two")
    desk = RunDesk(shell, resume(folder / "two.save.json"))
    assert desk.model().link.label == before.label == "Pass open, ends in"
    desk.close()


def test_a_save_inside_a_step_with_commands_is_the_same_mission_and_log(
    play: PlayScreen, folder: Path
) -> None:
    flight = play.desk.flight
    assert not play.desk.act("air")
    into_step(flight, 3.0)
    quick_save(play.desk, name="three")
    loaded = resume(folder / "three.save.json")
    later = flight.state.tick + 3000
    flight.session.advance_to(later)
    loaded.session.advance_to(later)
    assert digest(loaded.session.state) == digest(flight.state)
    assert loaded.session.log == flight.session.log


def test_what_comes_later_in_a_step_is_told_then_and_can_be_prevented(run: Run) -> None:
    flight = Flight(run.session)
    to_open_pass(flight)
    opened_tick = int(flight.clock_s)
    flight._step()
    assert [e.tick > flight.clock_s for e in flight._coming] == [True] * len(flight._coming)
    flight.clock_s += 5.0
    assert not flight._told()
    assert flight.shown.tick == opened_tick + 5
    assert flight.session.standing(opened_tick + 5).tick == opened_tick


def test_send_is_offered_and_obeyed_to_the_end_of_an_open_pass(
    play: PlayScreen, run: Run, opened: Run
) -> None:
    play.desk.act("picture")
    play.desk.flight.run_to(run.session.state.tick + 900)
    flight = play.desk.flight
    to_open_pass(flight)
    flight._step()
    flight.clock_s = flight.session.previous.tick + 9.0
    asked = int(flight.clock_s)
    assert play.desk.act("send") == ""
    assert run.session.log[-1].arrival_tick == asked
    flight.go_on()
    flight.go_on()
    assert flight.state.rover.sequencer.radio is not None
    path_log = list(run.session.log)
    first = Session(opened.opened.setup)
    again = replayed(first.setup, path_log, flight.state.tick)
    assert digest(again.state) == digest(flight.state)


def test_the_guide_asks_to_send_while_the_orbiter_hears(play: PlayScreen) -> None:
    play.desk.act("picture")
    play.desk.flight.run_to(play.desk.flight.state.tick + 900)
    flight = play.desk.flight
    play.desk.timers.model_s = 1.0
    play.desk.model()
    assert play.desk.step is None or play.desk.step.action != "send"
    to_open_pass(flight)
    play.desk.timers.model_s = 1.0
    play.desk.model()
    assert play.desk.step is not None
    assert play.desk.step.words.startswith("Press R: the orbiter hears you")
    assert play.desk.step.is_first
    assert not play.desk.act("send")
    flight.go_on()
    flight.go_on()
    assert sending_step(flight.session.setup, flight.shown, "R") is None


def test_the_plan_shows_the_moment_of_the_play_screen(play: PlayScreen) -> None:
    flight = play.desk.flight
    flight.run_to(flight.state.tick + 4000)
    while flight.session.state.tick - flight.session.previous.tick < 20:
        flight.go_on()
    into_step(flight, 5.0)
    play.desk.timers.model_s = 1.0
    hud = play.desk.model()
    plan = PlanScreen(play)
    assert plan.model.clock == hud.clock
    assert plan.model.link.value == hud.link.value
    assert plan.model.now_h == pytest.approx(plan.planning.day.hour(int(flight.clock_s)))
    before = flight.clock_s
    plan.planning.add(ActivityKind.AIR)
    plan.planning.uplink()
    assert flight.clock_s == before


def test_a_loaded_strip_knows_the_day(play: PlayScreen, shell: Shell, folder: Path) -> None:
    flight = play.desk.flight
    play.desk.act("air")
    flight.run_to(flight.state.tick + 9000)
    assert flight.done
    before = strip_of(play.desk)
    state = digest(flight.state)
    quick_save(play.desk, name="day")
    desk = RunDesk(shell, resume(folder / "day.save.json"))
    after = strip_of(desk)
    assert [b for b in after.blocks if b.is_past] == [b for b in before.blocks if b.is_past]
    assert len(after.past) > 10
    assert after.past[:-2] == before.past[: len(after.past) - 2]
    assert digest(desk.flight.state) == state
    desk.close()


def strip_of(desk: RunDesk) -> Strip:
    desk._forget()
    return desk.model().strip


def test_a_click_on_the_palette_adds_at_the_next_free_time(
    play: PlayScreen, canvas: Canvas
) -> None:
    plan = PlanScreen(play)
    plan.draw(canvas)
    place = plan_layout(canvas.page)
    wanted = next(row for row in plan.model.palette if row.kind is ActivityKind.AIR)
    mine = [row for row in plan.model.palette if row.group == wanted.group]
    plan.palette.open(wanted.group)
    x, y = place.palette_row(mine.index(wanted)).centre
    plan.handle(Pointed(x, y, 1, is_down=True))
    plan.handle(Pointed(x, y, 1, is_down=False))
    assert [a.kind for a in plan.planning.shown] == [ActivityKind.AIR]
    assert plan.planning.selected == plan.planning.shown[0].number
    assert plan.planning.shown[0].start_tick > play.desk.flight.clock_s


def test_the_first_tab_shows_where_start_is(shell: Shell) -> None:
    levels = LevelsScreen(shell)
    levels.handle(press("next_field"))
    assert levels.form.shows_focus
    assert levels.form.focused is levels.start


def test_captions_say_what_is_meant(shell: Shell, tape: Tape, folder: Path) -> None:
    assert not folder.exists()
    SavesScreen(shell).draw(tape)
    assert any("No saved missions yet" in words for words, _ in tape.written)
    offer = next(one for one in offers() if one.name == "ninety-sols")
    assert offer.note.startswith("sols ")
    assert " to 90" in offer.note
    assert "waiting" not in REASONS[Situation.READY]


def test_words_below_a_picture_do_not_meet(canvas: Canvas) -> None:
    longest = "from orbit, 3000 m wide, north up, around (−1234, −1234) · 12.3 Mbit"
    assert canvas.width(longest, NOTE) + canvas.width(WAY_ON, NOTE) < WIDTH - 12


def test_the_load_key_asks_for_the_saves(
    play: PlayScreen, shell: Shell, canvas: Canvas, folder: Path
) -> None:
    frames(play, canvas, 0.1)
    assert isinstance(play.handle(press("load")), Load)
    assert isinstance(SavesScreen(shell).handle(press("menu")), Pop)
    del folder


def test_help_opens_from_every_page(play: PlayScreen, shell: Shell, folder: Path) -> None:
    del folder
    pages = [page_of(play, tab.action) for tab in TABS]
    others = (
        PlanScreen(play), ReportScreen(play), TrayScreen(play), PauseScreen(play),
        LevelsScreen(shell), SavesScreen(shell), SettingsScreen(shell),
        PlanFilesScreen(shell, play.desk.flight.session.setup, lambda *_: None), play,
    )  # fmt: skip
    for page in (*pages, *others):
        opened = page.handle(press("help"))
        assert isinstance(opened, Push), type(page).__name__
        assert isinstance(opened.screen, HelpScreen)


def test_the_first_picture_gives_way_to_any_key(play: PlayScreen, canvas: Canvas) -> None:
    play.desk.act("picture")
    viewer = None
    for _ in range(60):
        opened = after_events(play, play.desk.flight.skip(40))
        if isinstance(opened, Push) and isinstance(opened.screen, ViewerScreen):
            viewer = opened.screen
            break
    assert viewer is not None
    assert viewer.auto_close
    viewer.draw(canvas)
    assert isinstance(viewer.handle(press("soil")), Pop)
    assert play.desk.captions.words or play.desk.run.session.waiting_count
    plan = viewer.handle(press("plan"))
    assert isinstance(plan, Swap)
    assert isinstance(plan.screen, PlanScreen)
    assert isinstance(viewer.handle(press("next_event")), Pop)
    assert play.is_skipping
    assert viewer.handle(press("later")) is None
    assert isinstance(viewer.handle(press("menu")), Pop)


def test_later_steps_come_one_by_one_and_end_with_the_first_sols(play: PlayScreen) -> None:
    setup, state = play.desk.flight.session.setup, play.desk.flight.state
    keys = Keys("T", "P", ".", "N")
    bare = replace(state.rover.storage, products=(), home=Archive(), flying=())
    state = replace(state, rover=replace(state.rover, storage=bare))
    first = later_step(setup, state, keys, has_planned=False)
    assert first is not None
    assert first.action == "soil"
    soil = Product("soil", "", 0, 8, 1, 1, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, SAMPLE)
    has_soil = replace(state, rover=replace(state.rover, storage=replace(bare, products=(soil,))))
    steps = [later_step(setup, has_soil, keys, has_planned=done) for done in (False, True)]
    assert [step.action for step in steps if step] == ["plan", "wait"]
    assert [step.is_first for step in steps if step] == [True, False]
    late = replace(has_soil, tick=setup.opening_tick + round((FIRST_SOLS + 0.1) * SOL_S))
    assert later_step(setup, late, keys, has_planned=True) is None
