"""A gamepad alone: the tray, the plan and every page can be used and left with it."""

from collections.abc import Iterator

import pygame
import pytest

from game.ui.canvas import Canvas
from game.ui.input import Keymap, Pressed, Reader
from game.ui.missions import Run
from game.ui.screen import Pop, Push, Swap, Transition
from game.ui.screens.frame import TABS
from game.ui.screens.help import HelpScreen
from game.ui.screens.pages import page_of
from game.ui.screens.pause import PauseScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.tray import TrayScreen
from game.ui.shell import Shell
from tests.ui.window import plain_play

A, B, RB, BACK, START, STICK = 0, 1, 5, 6, 7, 9


@pytest.fixture
def play(shell: Shell, run: Run) -> Iterator[PlayScreen]:
    screen = plain_play(shell, run)
    yield screen
    screen.close()


def button(number: int) -> Pressed:
    event = pygame.event.Event(pygame.JOYBUTTONDOWN, button=number, joy=0)
    happening = Reader(Keymap()).read(event)
    assert isinstance(happening, Pressed)
    return happening


def hat(x: int, y: int) -> Pressed:
    happening = Reader(Keymap()).read(
        pygame.event.Event(pygame.JOYHATMOTION, value=(x, y), hat=0, joy=0)
    )
    assert isinstance(happening, Pressed)
    return happening


def test_the_tray_is_opened_walked_used_and_left(play: PlayScreen, canvas: Canvas) -> None:
    opened = play.handle(button(A))
    assert isinstance(opened, Push)
    tray = opened.screen
    assert isinstance(tray, TrayScreen)
    tray.draw(canvas)
    tray.handle(hat(0, -1))
    tray.handle(hat(1, 0))
    assert (tray.row, tray.column) == (1, 1)
    tray.row, tray.column = 0, 0
    assert not tray.cell.reason
    assert isinstance(tray.handle(button(A)), Pop)
    assert play.desk.flight.session.log
    assert isinstance(TrayScreen(play).handle(button(B)), Pop)


def test_an_activity_is_planned_moved_and_sent(play: PlayScreen, canvas: Canvas) -> None:
    opened = play.handle(button(BACK))
    assert isinstance(opened, Push)
    plan = opened.screen
    assert isinstance(plan, PlanScreen)
    plan.draw(canvas)
    for happening in (button(RB), button(RB), button(A)):
        plan.handle(happening)
    plan.draw(canvas)
    (added,) = plan.planning.shown
    plan.handle(hat(1, 0))
    assert plan.planning.shown[0].start_tick > added.start_tick
    assert isinstance(plan.handle(button(START)), Pop | Swap)
    assert play.desk.last_plan


@pytest.mark.parametrize("tab", [tab.action for tab in TABS])
def test_every_page_leads_on_and_back(play: PlayScreen, canvas: Canvas, tab: str) -> None:
    page = page_of(play, tab)
    page.draw(canvas)
    assert isinstance(page.handle(button(RB)), Swap)
    assert isinstance(page_of(play, tab).handle(button(B)), Pop)


def test_the_menu_is_reached_and_left(play: PlayScreen, shell: Shell) -> None:
    opened = play.handle(button(STICK))
    assert isinstance(opened, Push)
    assert isinstance(opened.screen, PauseScreen)
    left: Transition | None = opened.screen.handle(button(B))
    assert isinstance(left, Pop)
    assert isinstance(HelpScreen(shell).handle(button(B)), Pop)


def test_the_trigger_sends_and_rests() -> None:
    reader = Reader(Keymap())

    def pulled(value: float) -> object:
        return reader.read(pygame.event.Event(pygame.JOYAXISMOTION, axis=5, value=value, joy=0))

    assert pulled(-1.0) is None
    sent = pulled(0.9)
    assert isinstance(sent, Pressed)
    assert sent.means("send")
    assert pulled(0.95) is None
    assert not isinstance(pulled(-1.0), Pressed)
