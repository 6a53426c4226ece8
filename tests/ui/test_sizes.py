"""Every page at every size that can be set: no word leaves it, no word lies on another."""

from collections.abc import Callable
from itertools import combinations

import pygame
import pytest

from game.ui.loupe import power_of
from game.ui.screen import Screen
from game.ui.screens.end import EndScreen
from game.ui.screens.frame import TABS
from game.ui.screens.help import HelpScreen
from game.ui.screens.levels import LevelsScreen
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.message import MessageScreen
from game.ui.screens.night import NightScreen
from game.ui.screens.pages import page_of
from game.ui.screens.pause import PauseScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.report import ReportScreen
from game.ui.screens.saves import SavesScreen
from game.ui.screens.settings import SettingsScreen
from game.ui.screens.title import TitleScreen
from game.ui.screens.tray import TrayScreen
from game.ui.settings import SCALES
from game.ui.shell import Shell
from tests.ui.tape import Tape

SIZES = ((1280, 720), (1920, 1080))
PAGES = ("play", "plan", "end", "report", "night", "pause", "tray",
         "help", "levels", "title", "settings", "saves", "loading", "message")  # fmt: skip
OVER_RUN: dict[str, Callable[[PlayScreen], Screen]] = {
    "end": EndScreen, "report": ReportScreen, "night": NightScreen, "pause": PauseScreen,
    "tray": TrayScreen, "plan": PlanScreen}  # fmt: skip
OVER_SHELL: dict[str, Callable[[Shell], Screen]] = {
    "help": HelpScreen, "levels": LevelsScreen, "title": TitleScreen,
    "settings": SettingsScreen, "saves": SavesScreen}  # fmt: skip
TOUCH_PX = 2.0  # letters of one line may come this near to those of the next


@pytest.fixture
def play(stocked: PlayScreen) -> PlayScreen:
    return stocked


def page(name: str, play: PlayScreen, shell: Shell) -> Screen:
    if name in OVER_RUN:
        return OVER_RUN[name](play)
    if name in OVER_SHELL:
        return OVER_SHELL[name](shell)
    match name:
        case "play":
            return play
        case "loading":
            return LoadingScreen(shell, "ninety-sols", 7, None)
        case "message":
            return MessageScreen(shell, "This cannot be opened", ("one: two", "three: four"))
    return page_of(play, name)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[1]}")
@pytest.mark.parametrize("setting", SCALES)
@pytest.mark.parametrize("name", [*PAGES, *(tab.action for tab in TABS)])
def test_no_word_is_cut_or_covered(
    play: PlayScreen, shell: Shell, name: str, setting: float, size: tuple[int, int]
) -> None:
    screen = page(name, play, shell)
    power = power_of(setting, screen.most_scale_frac)
    sheet = pygame.Surface((round(size[0] * power), round(size[1] * power)))
    scale = min(size[0] / 1280, size[1] / 720) * min(setting, screen.most_scale_frac * power)
    tape = Tape(sheet, scale, shell.letters)
    screen.draw(tape)
    tape.written.clear()
    screen.draw(tape)
    covered = [
        f"{one} | {two}"
        for (one, a), (two, b) in combinations(tape.written, 2)
        if one != two
        and min(a.right, b.right) - max(a.x, b.x) > TOUCH_PX
        and min(a.bottom, b.bottom) - max(a.y, b.y) > TOUCH_PX
    ]
    assert covered == []
    tape.all_inside(tape.page.box)
