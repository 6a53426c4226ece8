"""The window on a real mission; the ground is a plain colour, so that this is quick."""

from dataclasses import replace
from itertools import pairwise

import pytest

from game.commands import Activity, ActivityKind, SampleSoil, UplinkPlan
from game.digest import digest
from game.rover.records import PictureRecord
from game.rover.storage import Product
from game.session import Session
from game.ui.canvas import Canvas
from game.ui.desk import RunDesk
from game.ui.guide import step_of
from game.ui.hands import Hands
from game.ui.input import Typed
from game.ui.missions import Run
from game.ui.model import pictures
from game.ui.screen import Pop, Push
from game.ui.screens.end import EndScreen
from game.ui.screens.help import HelpScreen
from game.ui.screens.night import NightScreen
from game.ui.screens.pause import PauseScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.play_hints import hint_at
from game.ui.screens.report import ReportScreen
from game.ui.screens.viewer import ViewerScreen
from game.ui.shell import Shell
from tests.ui.window import FRAME_S, frames, press


def test_the_first_minute_from_the_ramp_to_a_picture(
    play: PlayScreen, canvas: Canvas, shell: Shell
) -> None:
    frames(play, canvas, 0.2)
    lit = [cell.name for cell in play.desk.model().actions if cell.is_lit]
    assert lit == ["drive"]
    shell.reader.held.add("forward")
    frames(play, canvas, 0.4)
    assert play.desk.flight.state.rover.mobility.drive is not None
    assert play.desk.flight.pace.rate == pytest.approx(60.0)
    for _ in range(60):
        frames(play, canvas, 0.5)
        if any(cell.name == "picture" and cell.is_lit for cell in play.desk.model().actions):
            break
    assert play.desk.flight.state.rover.mobility.odometer_m >= 4.0
    shell.reader.held.clear()
    frames(play, canvas, 0.5)
    assert play.desk.flight.state.rover.mobility.drive is None
    play.handle(press("picture"))
    opened = frames(play, canvas, 12.0)
    assert isinstance(opened, Push)
    assert isinstance(opened.screen, ViewerScreen)
    assert len(pictures(play.desk.flight.state)) == 1


def test_drawing_a_hundred_frames_changes_nothing(play: PlayScreen, canvas: Canvas) -> None:
    play.desk.flight.pause(is_paused=True)
    frames(play, canvas, 0.5)
    before = digest(play.desk.flight.state)
    for _ in range(100):
        play.update(FRAME_S)
        play.draw(canvas)
    assert digest(play.desk.flight.state) == before


def test_a_run_paced_by_frames_is_the_run_in_one_go(
    play: PlayScreen, canvas: Canvas, opened: Run
) -> None:
    play.shell.change(has_hints=False)
    frames(play, canvas, 2.0)
    tick = play.desk.flight.state.tick
    other = Session(opened.opened.setup, opened.session.state)
    other.advance_to(tick)
    assert tick > opened.session.state.tick
    assert digest(other.state) == digest(play.desk.flight.state)


def test_a_refused_action_says_why_and_is_not_issued(play: PlayScreen, canvas: Canvas) -> None:
    frames(play, canvas, 0.2)
    log = len(play.desk.run.session.log)
    play.handle(press("send"))
    assert "orbiter" in play.desk.captions.words
    assert len(play.desk.run.session.log) == log
    assert play.refused[0] == "send"


def test_every_action_has_a_reason_or_an_effect(play: PlayScreen, canvas: Canvas) -> None:
    play.desk.settle()
    for cell in play.desk.model().actions:
        assert cell.reason or cell.effect, cell.name
    air = next(cell for cell in play.desk.model().actions if cell.name == "air")
    assert "Dawn" in air.effect
    del canvas


def test_holding_a_key_does_not_flood_the_log(
    play: PlayScreen, canvas: Canvas, shell: Shell
) -> None:
    shell.reader.held.add("forward")
    frames(play, canvas, 6.0)
    driven = play.desk.flight.state.rover.mobility.odometer_m
    assert len(play.desk.run.session.log) < 6 + 2 * driven


def test_keys_steer_both_ways() -> None:
    hands = Hands()
    assert hands.wanted({"forward", "left"}) == (1, -1)
    assert hands.wanted({"forward", "backward"}) == (0, 0)


def test_keys_open_what_they_should(play: PlayScreen, canvas: Canvas) -> None:
    frames(play, canvas, 0.1)
    for name, kind in (
        ("plan", PlanScreen), ("report", ReportScreen), ("help", HelpScreen),
        ("menu", PauseScreen), ("sleep_till_dawn", NightScreen),
    ):  # fmt: skip
        transition = play.handle(press(name))
        assert isinstance(transition, Push), name
        assert isinstance(transition.screen, kind), name
        transition.screen.update(FRAME_S)
        transition.screen.draw(canvas)
        assert not isinstance(transition.screen.handle(Typed("x")), Pop)


def test_the_night_ends_at_sunrise_with_a_report(play: PlayScreen, canvas: Canvas) -> None:
    night = NightScreen(play)
    transition = None
    for _ in range(400):
        transition = night.update(FRAME_S)
        if transition is not None:
            break
        night.draw(canvas)
    assert transition is not None
    assert isinstance(transition.screen, ReportScreen)  # type: ignore[union-attr]
    assert play.desk.flight.state.tick >= night.dawn_tick
    transition.screen.draw(canvas)  # type: ignore[union-attr]


def test_the_end_names_outcome_and_goals(play: PlayScreen, canvas: Canvas) -> None:
    EndScreen(play).draw(canvas)


def test_a_plan_is_made_undone_mended_and_sent(play: PlayScreen, canvas: Canvas) -> None:
    plan = PlanScreen(play)
    plan.settle()
    plan.draw(canvas)
    planning = plan.planning
    planning.add(ActivityKind.AIR)
    planning.add(ActivityKind.SOIL)
    assert [a.kind for a in planning.shown] == [ActivityKind.AIR, ActivityKind.SOIL]
    plan.handle(press("undo"))
    assert len(planning.shown) == 1
    plan.handle(press("redo"))
    assert len(planning.shown) == 2
    planning.shift(-4 * 3600)
    plan.settle()
    assert planning.violations
    plan.draw(canvas)
    plan.handle(press("fix"))
    plan.settle()
    assert not [v for v in planning.violations if v.rule == "overlap"]
    plan.handle(press("uplink"))
    sent = [entry.command for entry in play.desk.run.session.log][-1]
    assert isinstance(sent, UplinkPlan)
    assert len(sent.activities) == 2


def test_nothing_reaches_the_rover_before_the_uplink(play: PlayScreen, canvas: Canvas) -> None:
    before = digest(play.desk.flight.state)
    plan = PlanScreen(play)
    for number in range(3):
        plan.planning.template(number)
        plan.settle()
        plan.draw(canvas)
    plan.handle(press("plan"))
    assert digest(play.desk.flight.state) == before
    assert not play.desk.run.session.log


def test_at_the_edge_of_the_seen_a_picture_is_lit(
    play: PlayScreen, canvas: Canvas, shell: Shell
) -> None:
    shell.reader.held.add("forward")
    for _ in range(60):
        frames(play, canvas, 0.5)
        place = play.desk.flight.state.rover.mobility
        if place.odometer_m > 12.0 and place.drive is None:
            break
    shell.reader.held.clear()
    frames(play, canvas, 0.8)
    lit = [cell.name for cell in play.desk.model().actions if cell.is_lit]
    assert lit == ["picture"]


def test_past_the_first_steps_the_edge_still_asks_for_a_picture(play: PlayScreen) -> None:
    state = play.desk.flight.state
    place = replace(state.rover.mobility, is_on_lander=False, odometer_m=30.0)
    record = PictureRecord(0.0, 0.0, 0.0, 0.8)
    product = Product("picture", "", 0, 8, 1, 1, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 1.0, record)
    storage = replace(state.rover.storage, products=(product,))
    later = replace(state, rover=replace(state.rover, mobility=place, storage=storage))
    step = step_of(later, "W", "C", is_at_edge=True)
    assert step is not None
    assert step.action == "picture"
    assert not step.is_first


def test_yesterdays_plan_is_known_after_loading(play: PlayScreen, shell: Shell, run: Run) -> None:
    plan = (Activity(1, ActivityKind.AIR, run.session.state.tick + 4000, 1800),)
    play.desk.issue(UplinkPlan(plan))
    loaded = Session(run.opened.setup, run.session.state)
    loaded.log = list(run.session.log)
    assert RunDesk(shell, Run(run.opened, loaded)).last_plan == plan


def test_a_refusal_from_the_rover_outlines_its_action_once(
    play: PlayScreen, canvas: Canvas, shell: Shell
) -> None:
    frames(play, canvas, 0.1)
    play.desk.issue(SampleSoil())
    for _ in range(40):
        play.update(FRAME_S)
        if play.refused[0]:
            break
    assert play.refused[0] == "soil"
    frames(play, canvas, shell.theme.motion.refusal_s + 0.1)
    assert play.refused[1] == 0.0


def test_a_key_held_at_the_edge_of_the_seen_costs_no_time(
    play: PlayScreen, canvas: Canvas, shell: Shell
) -> None:
    shell.reader.held.add("forward")
    for _ in range(80):
        frames(play, canvas, 0.5)
        place = play.desk.flight.state.rover.mobility
        if place.odometer_m > 8.0 and place.drive is None:
            break
    asked = len(play.desk.run.session.log)
    tick = play.desk.flight.state.tick
    frames(play, canvas, 3.0)
    assert len(play.desk.run.session.log) == asked
    assert play.desk.flight.state.tick - tick <= play.desk.run.session.setup.steps.silent_s
    shell.reader.held.clear()


def test_the_score_counts_up_to_what_has_come_home(play: PlayScreen, canvas: Canvas) -> None:
    play.desk.flight.pause(is_paused=True)
    frames(play, canvas, 0.3)
    assert play.desk._counted(100.0) != 100.0
    shown = [play.desk._counted(100.0) for _ in range(30)]
    assert shown[-1] == 100.0
    steps = [abs(b - a) for a, b in pairwise(shown)]
    assert steps[0] > steps[3] > 0.0


def test_hovering_over_a_panel_says_where_a_click_leads(play: PlayScreen, canvas: Canvas) -> None:
    frames(play, canvas, 0.2)
    play.pointer, play.hover_s = (100.0, 120.0), 1.0
    assert hint_at(play)[1].endswith("Click: power.")
    play.pointer = (840.0, 440.0)  # open ground
    assert hint_at(play) == ("", "")
