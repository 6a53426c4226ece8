"""Every test here draws without a display and without sound."""

import os
from collections.abc import Iterator

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import pygame
import pytest

from game.session import Session
from game.ui.canvas import Canvas
from game.ui.missions import Run, start
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.settings import Settings
from game.ui.shell import Shell, new_shell
from tests.ui.products import with_products
from tests.ui.tape import Tape
from tests.ui.window import plain_play


@pytest.fixture(autouse=True)
def display() -> pygame.Surface:
    pygame.display.init()
    pygame.font.init()
    return pygame.display.set_mode((1280, 720))


@pytest.fixture
def shell(display: pygame.Surface) -> Shell:
    del display
    return new_shell(Settings())


@pytest.fixture
def canvas(display: pygame.Surface, shell: Shell) -> Canvas:
    display.fill((120, 84, 56))
    return Canvas(display, 1.0, shell.letters)


@pytest.fixture
def tape(display: pygame.Surface, shell: Shell) -> Tape:
    return Tape(display, 1.0, shell.letters)


@pytest.fixture(scope="session")
def opened() -> Run:
    """The shipped mission at its first moment; to play it, take `run`."""
    return start("ninety-sols", 7, None)


@pytest.fixture
def run(opened: Run) -> Run:
    return Run(opened.opened, Session(opened.opened.setup, opened.session.state))


@pytest.fixture
def play(shell: Shell, run: Run) -> Iterator[PlayScreen]:
    screen = plain_play(shell, run, is_still=False)
    yield screen
    screen.close()


@pytest.fixture
def stocked(shell: Shell, opened: Run) -> Iterator[PlayScreen]:
    """The play screen, standing, with products in memory and at home."""
    state = with_products(opened.session.state)
    screen = plain_play(shell, Run(opened.opened, Session(opened.opened.setup, state)))
    yield screen
    screen.close()


@pytest.fixture
def plan(shell: Shell, run: Run, canvas: Canvas) -> Iterator[PlanScreen]:
    """The plan screen with an empty table, drawn once."""
    play = plain_play(shell, run)
    screen = PlanScreen(play)
    screen.planning.select_all()
    screen.planning.delete()
    screen.draw(canvas)
    yield screen
    play.close()
