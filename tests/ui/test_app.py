import os
import subprocess
import sys
from pathlib import Path

import pygame
import pytest

from game.errors import ConfigError, LevelError
from game.ui.app import App
from game.ui.assets import asset
from game.ui.canvas import Canvas
from game.ui.draw.hud_panels import RATES
from game.ui.input import Pressed
from game.ui.missions import check
from game.ui.screen import Home, Load, Pop, Push, Quit, Replace, Swap, applied, visible
from game.ui.screens.levels import LevelsScreen
from game.ui.screens.loading import TRUTHS, LoadingScreen
from game.ui.screens.message import MessageScreen
from game.ui.screens.saves import SavesScreen
from game.ui.screens.settings import SettingsScreen
from game.ui.screens.title import TitleScreen
from game.ui.settings import SCALES, Settings, load_settings, save_settings
from game.ui.shell import Shell
from game.ui.shots import SCENES, chosen
from game.ui.words import KINDS, clock_text, mbit, percent_range, signed, span_text
from tests.ui.tape import Tape

ROOT = Path(__file__).parents[2]


def test_without_a_display_there_is_a_sentence_and_exit_2(tmp_path: Path) -> None:
    bare = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    bare |= {"NINETY_SOLS_HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    bare.pop("SDL_VIDEODRIVER", None)
    done = subprocess.run(
        [sys.executable, "-m", "game"], cwd=ROOT, env=bare, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 2
    assert "No display" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_level_or_preset_is_refused_before_a_window_opens() -> None:
    with pytest.raises(LevelError, match="ninety-sols"):
        check("ninety-soles", None)
    with pytest.raises(ConfigError, match="operator"):
        check("ninety-sols", "operater")


def test_closing_the_window_ends_the_game_with_0() -> None:
    app = App((1280, 720), Settings())
    pygame.event.post(pygame.event.Event(pygame.QUIT))
    assert app.run(TitleScreen(app.shell)) == 0


def test_the_window_knows_the_way_to_the_saves_and_home(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))
    app = App((1280, 720), Settings())
    app.stack = (SettingsScreen(app.shell),)
    app._go(Load())
    assert [type(screen).__name__ for screen in app.stack] == ["SettingsScreen", "SavesScreen"]
    app._go(Home())
    assert [type(screen).__name__ for screen in app.stack] == ["TitleScreen"]


def test_the_stack_goes_up_and_down(shell: Shell) -> None:
    one, two = TitleScreen(shell), SettingsScreen(shell)
    assert applied((one,), Push(two)) == (one, two)
    assert applied((one, two), Pop()) == (one,)
    assert applied((one, two), Swap(one)) == (one, one)
    assert applied((one, two), Replace(two)) == (two,)
    assert applied((one, two), Quit()) == ()
    assert applied((one,), None) == (one,)
    assert list(visible((one, two))) == [two]


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (800, 450)])
def test_the_pages_draw_at_every_size(size: tuple[int, int], shell: Shell) -> None:
    surface = pygame.display.set_mode(size)
    for setting in SCALES:
        for page in (
            TitleScreen(shell), SettingsScreen(shell), LevelsScreen(shell),
            MessageScreen(shell, "Trouble", ("one: two", "three")),
            LoadingScreen(shell, "x", 1, None),
        ):  # fmt: skip
            scale = min(size[0] / 1280, size[1] / 720) * min(setting, page.most_scale_frac)
            page.draw(Canvas(surface, scale, shell.letters))


def test_an_unknown_level_opens_a_page_that_says_so(shell: Shell, canvas: Canvas) -> None:
    page = LoadingScreen(shell, "ninety-soles", 1, None)
    transition = None
    for _ in range(4):
        page.draw(canvas)
        transition = transition or page.update(0.016)
    assert isinstance(transition, Swap)
    assert isinstance(transition.screen, MessageScreen)
    transition.screen.draw(canvas)
    assert isinstance(transition.screen.handle(Pressed(frozenset({"menu"}))), Pop)


def test_loading_shows_the_site_and_one_thing_worth_knowing(shell: Shell, tape: Tape) -> None:
    screen = LoadingScreen(shell, "ninety-sols", 7, None)
    screen.draw(tape)
    words = [one for one, _ in tape.written]
    assert "Ninety Sols" in words
    assert any(one in TRUTHS for one in words)
    colours = pygame.transform.average_color(tape.surface)
    assert max(colours[:3]) > 20
    LoadingScreen(shell, "no-such-level", None, None).draw(tape)


def test_saves_are_listed(shell: Shell, canvas: Canvas, monkeypatch: pytest.MonkeyPatch,
                          tmp_path: Path) -> None:  # fmt: skip
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))
    page = SavesScreen(shell)
    page.draw(canvas)
    assert not page.list.files
    (tmp_path / "saves" / "ninety-sols-sol-09.save.json").write_text("{}")
    page = SavesScreen(shell)
    page.draw(canvas)
    assert page.list.files[0].words == "Ninety Sols, sol 9"
    opened = page.handle(Pressed(frozenset({"confirm"})))
    assert isinstance(opened, Swap)
    assert isinstance(opened.screen, MessageScreen)


def test_settings_survive_and_damage_is_forgiven(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert load_settings(path) == Settings()
    settings = Settings(scale_frac=1.25, keys={"plan": ["f2"]})
    save_settings(settings, path)
    assert load_settings(path) == settings
    path.write_text("not json")
    assert load_settings(path) == Settings()
    path.write_text('{"scale_frac": "wide", "volume_frac": 0.1}')
    assert load_settings(path) == Settings(volume_frac=0.1)


def test_every_activity_has_a_colour_and_an_icon(shell: Shell) -> None:
    for token, icon, _, _ in KINDS.values():
        assert shell.theme.rgb(token)
        assert asset("images", "icons", f"{icon}.png").is_file()


def test_every_asset_has_its_source_noted() -> None:
    text = asset("LICENSES.md").read_text(encoding="utf-8")
    for word in ("icons", "mars_globe.png", "sounds", "Source Sans Pro"):
        assert word in text


def test_there_is_a_scene_for_every_number_up_to_thirty() -> None:
    assert [name[:2] for name in SCENES][:30] == [f"{k:02d}" for k in range(1, 31)]
    assert chosen(["04", "title"]) == ("04_play_default", "01_title")


def test_numbers_are_written_as_people_write_them() -> None:
    assert signed(-3.4) == "−3"
    assert signed(96.2) == "+96"
    assert mbit(7.04e6) == "7.0"
    assert mbit(61e6) == "61"
    assert clock_text(14.6) == "14:36"
    assert span_text(31_020) == "8 h 37 m"
    assert percent_range(0.512, 0.607) == "51–61 %"
    assert RATES[0] == 0.0
