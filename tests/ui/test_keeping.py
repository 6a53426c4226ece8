"""Saves: a home that cannot be written to, and a world that has changed since."""

import json
from pathlib import Path

import pytest

from game.ui.canvas import Canvas
from game.ui.keeping import quick_save
from game.ui.screen import Replace, Swap
from game.ui.screens.message import MessageScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.saves import SavesScreen
from game.ui.settings import load_settings, settings_path
from game.ui.shell import Shell
from tests.ui.tape import Tape
from tests.ui.window import press


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
