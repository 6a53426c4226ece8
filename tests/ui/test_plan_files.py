"""Plan files in the window: written, read again, refused as a whole; the last good plan stays."""

from pathlib import Path

import pygame
import pytest

from game.commands import ActivityKind, UplinkPlan
from game.levels.open import open_plan
from game.ui.canvas import Canvas
from game.ui.draw.plan import plan_buttons, plan_layout
from game.ui.input import Pointed
from game.ui.plan_shelf import ENDING, ahead_only
from game.ui.screen import Pop, Push, Screen, Swap
from game.ui.screens.message import MessageScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.plan_files import PlanFilesScreen
from game.ui.shell import Shell
from tests.ui.tape import Tape
from tests.ui.window import press

WRONG = """schema = 1
[[activity]]
kind = "drvie"
sol = 2
start = "10:00"
[[activity]]
kind = "air"
sol = 2
start = "11:00"
colour = "red"
[[activity]]
kind = "air"
sol = 2
start = "teatime"
"""


@pytest.fixture(autouse=True)
def home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))


def with_work(plan: PlanScreen) -> PlanScreen:
    for kind in (ActivityKind.PICTURE, ActivityKind.AIR, ActivityKind.SEND):
        plan.planning.add(kind)
    return plan


def files(tmp_path: Path) -> list[Path]:
    return sorted((tmp_path / "saves").glob(f"*{ENDING}"))


def opened_files(plan: PlanScreen) -> PlanFilesScreen:
    went = plan.handle(press("load"))
    assert isinstance(went, Push)
    assert isinstance(went.screen, PlanFilesScreen)
    return went.screen


def test_a_saved_plan_is_read_again_as_it_was(plan: PlanScreen, tmp_path: Path) -> None:
    with_work(plan).handle(press("save"))
    assert "Saved as" in plan.note
    (path,) = files(tmp_path)
    setup = plan.host.desk.flight.session.setup
    before = plan.planning.shown
    assert open_plan(path, setup) == before
    plan.planning.select_all()
    plan.planning.delete()
    assert not plan.planning.shown
    assert isinstance(opened_files(plan).handle(press("confirm")), Pop)
    assert plan.planning.shown == before
    assert "3 activities" in plan.note
    plan.planning.undo()
    assert not plan.planning.shown


def test_reading_a_plan_sends_nothing(plan: PlanScreen) -> None:
    with_work(plan).handle(press("save"))
    count = len(plan.host.desk.flight.session.log)
    opened_files(plan).handle(press("confirm"))
    assert len(plan.host.desk.flight.session.log) == count
    plan.handle(press("uplink"))
    assert isinstance(plan.host.desk.flight.session.log[-1].command, UplinkPlan)


def test_buttons_of_the_head_save_and_open(
    plan: PlanScreen, canvas: Canvas, tmp_path: Path
) -> None:
    buttons = {one.name: one.box.centre for one in plan_buttons(plan_layout(canvas.page))}
    with_work(plan).handle(Pointed(*buttons["save"], 1, is_down=True))
    assert len(files(tmp_path)) == 1
    assert isinstance(plan.handle(Pointed(*buttons["load"], 1, is_down=True)), Push)


def test_no_plan_is_written_over(plan: PlanScreen, tmp_path: Path) -> None:
    with_work(plan).handle(press("save"))
    plan.handle(press("save"))
    assert len(files(tmp_path)) == 1
    plan.planning.add(ActivityKind.SOIL)
    plan.handle(press("save"))
    assert len(files(tmp_path)) == 2


def test_an_empty_plan_is_not_written(plan: PlanScreen, tmp_path: Path) -> None:
    plan.handle(press("save"))
    assert "empty" in plan.note
    assert not files(tmp_path)


def test_a_broken_file_shows_all_its_problems_and_the_plan_stays(
    plan: PlanScreen, tmp_path: Path, tape: Tape
) -> None:
    before = with_work(plan).planning.shown
    (tmp_path / "saves").mkdir()
    (tmp_path / "saves" / f"wrong{ENDING}").write_text(WRONG, encoding="utf-8")
    went = opened_files(plan).handle(press("confirm"))
    assert isinstance(went, Swap)
    assert isinstance(went.screen, MessageScreen)
    went.screen.draw(tape)
    said = " ".join(words for words, _ in tape.written)
    for words in ("drvie", "colour", "teatime", "stayed as it was"):
        assert words in said
    assert plan.planning.shown == before


def test_what_is_past_is_left_out(plan: PlanScreen) -> None:
    shown = with_work(plan).planning.shown
    starts = sorted(activity.start_tick for activity in shown)
    ahead, past_count = ahead_only(shown, starts[1])
    assert (len(ahead), past_count) == (2, 1)
    plan.take_file("old", tuple(a for a in shown if a.start_tick < 0))
    assert "past" in plan.note
    assert plan.planning.shown == shown


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5])
def test_the_list_fits(plan: PlanScreen, shell: Shell, scale: float) -> None:
    def drawn(screen: Screen) -> None:
        size = (1280, 720)
        tape = Tape(pygame.display.set_mode(size), scale, shell.letters)
        screen.draw(tape)
        tape.all_inside(tape.page.box)

    drawn(opened_files(plan))
    with_work(plan).handle(press("save"))
    drawn(opened_files(plan))
    assert plan.planning.shown
