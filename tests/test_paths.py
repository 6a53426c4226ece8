"""The player's own folder, and what is said where there can be none."""

from pathlib import Path

import pytest

from game.paths import keeping_problem, user_folder, user_levels
from game.tools import doctor


def test_a_home_that_can_be_written_to_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path / "home"))
    assert user_levels() is None
    assert user_folder("saves").is_dir()
    assert keeping_problem() == ""
    user_folder("levels")
    assert user_levels() == tmp_path / "home" / "levels"


def test_a_home_that_cannot_be_made_is_told_and_nothing_breaks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("NINETY_SOLS_HOME", str(tmp_path / "file" / "below"))
    assert not user_folder("saves").exists()
    assert keeping_problem().startswith("Nothing can be saved: ")
    assert doctor.run() == 2
    assert "Nothing can be saved" in capsys.readouterr().out
