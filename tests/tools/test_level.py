"""Checking levels from the command line."""

from pathlib import Path

import pytest

from game.paths import data_root
from game.tools.level import types, validate
from tests.levels.folders import changed_map


def test_good_levels_are_described(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert validate([str(changed_map(tmp_path))]) == 0
    shown = capsys.readouterr()
    assert shown.out.startswith("map: A small one – sols 8 to 20, 8 × 6 m painted")
    assert shown.err == ""


def test_all_problems_of_all_levels_go_to_stderr(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = changed_map(tmp_path, ('"depth_ratio"', '"depth"'), ("1,5,9,13,", "1,5,9,"))
    assert validate([str(path), "no-such-level", "off-the-ramp"]) == 2
    shown = capsys.readouterr()
    assert "unknown property 'depth'; did you mean 'depth_ratio'?" in shown.err
    assert "has 11 tile numbers, but its size needs 12" in shown.err
    assert "there is no level 'no-such-level'" in shown.err
    assert shown.err.endswith("2 of 3 levels cannot be used.\n")
    assert shown.out.startswith("off-the-ramp: ")


def test_types_writes_the_project_of_the_levels_in_use(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "levels").mkdir()
    monkeypatch.setenv("NINETY_SOLS_DATA", str(tmp_path))
    assert types() == 0
    text = (tmp_path / "levels" / "ninety-sols.tiled-project").read_text(encoding="utf-8")
    assert '"name": "rock_field"' in text


def test_a_folder_of_levels_is_checked_whole(capsys: pytest.CaptureFixture[str]) -> None:
    assert validate([str(data_root("levels"))]) == 0
    assert capsys.readouterr().out.count("OK") >= 5
