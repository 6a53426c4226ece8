"""Saves: a home that cannot be written to, and a world that has changed since."""

import json
from pathlib import Path

import pygame
import pytest

from game.ui.canvas import Canvas
from game.ui.keeping import quick_save
from game.ui.screen import Replace, Swap
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.message import MessageScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.saves import SavesScreen
from game.ui.settings import load_settings, settings_path
from game.ui.shell import Shell
from tests.ui.tape import Tape
from tests.ui.window import PlainGround, press


@pytest.fixture
def homeless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path / "file" / "below"))


@pytest.mark.usefixtures("homeless")
def test_the_game_plays_on_where_nothing_can_be_saved_and_says_so(
    play: PlayScreen, shell: Shell, tape: Tape
) -> None:
    assert "cannot be written to" in quick_save(play.desk)
    play.rescue()
    load_settings(settings_path())
    shell.is_lasting = True
    SavesScreen(shell).draw(tape)
    assert any("Nothing can be saved" in words for words, _ in tape.written)


def test_a_save_of_a_changed_world_asks_before_it_goes_on(
    play: PlayScreen, shell: Shell, canvas: Canvas, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))
    quick_save(play.desk, name="one")
    file = tmp_path / "saves" / "one.save.json"
    content = json.loads(file.read_text())
    file.write_text(json.dumps(content | {"world": "0" * 16}))
    page = SavesScreen(shell)
    page.draw(canvas)
    asked = page.handle(press("confirm"))
    assert isinstance(asked, Swap)
    assert isinstance(asked.screen, MessageScreen)
    asked.screen.draw(canvas)
    asked.screen.form.focus_on("go_on")
    assert isinstance(asked.screen.handle(press("confirm")), Replace)


class ReadyGround(PlainGround):
    """Plain ground that comes in over a few frames."""

    def __init__(self) -> None:
        super().__init__()
        self.asked_count = self.drawn_count = 0

    def readiness_frac(self, *rest: object) -> float:
        del rest
        self.asked_count += 1
        return min(1.0, self.asked_count / 4)

    def draw(self, target: pygame.Surface, *rest: object) -> None:
        super().draw(target, *rest)
        self.drawn_count += 1


def test_a_save_goes_on_only_when_its_ground_is_there(
    play: PlayScreen, shell: Shell, canvas: Canvas, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path))
    quick_save(play.desk, name="one")
    page = SavesScreen(shell)
    page.draw(canvas)
    chosen = page.handle(press("confirm"))
    assert isinstance(chosen, Replace)
    waiting = chosen.screen
    assert isinstance(waiting, LoadingScreen)
    ground = ReadyGround()
    monkeypatch.setattr(
        "game.ui.screens.loading.PlayScreen",
        lambda shell, run: PlayScreen(shell, run, ground, is_still=False),  # type: ignore[arg-type]
    )
    shown = None
    for _ in range(12):
        waiting.draw(canvas)
        shown = shown or waiting.update(0.016)
    assert isinstance(shown, Replace)
    assert isinstance(shown.screen, PlayScreen)
    assert ground.asked_count >= 4
    assert ground.drawn_count == 1  # the first frame, unseen
    flight = shown.screen.desk.flight
    assert flight.clock_s == play.desk.flight.clock_s
    shown.screen.close()
