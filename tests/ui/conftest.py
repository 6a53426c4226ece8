"""Every test here draws without a display and without sound."""

import os

os.environ["SDL_VIDEODRIVER"] = "dummy"
os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import pygame
import pytest

from game.ui.canvas import Canvas
from game.ui.settings import Settings
from game.ui.shell import Shell, new_shell
from tests.ui.tape import Tape


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
