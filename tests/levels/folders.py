"""Level folders for tests: a copy of the small good map, changed in one place."""

import shutil
from pathlib import Path

import pytest

from game.errors import LevelError
from game.levels.level import Level
from game.levels.load import load_level

MAPS = Path(__file__).parent / "maps"


def changed_map(folder: Path, *changes: tuple[str, str]) -> Path:
    """Copy the good map and its tileset into `folder` with some text replaced."""
    for name in ("soil.tsx", "soil.png", "stone.tx"):
        shutil.copy(MAPS / name, folder / name)
    text = (MAPS / "good.tmx").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "map.tmx"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> list[str]:
    """Return the lines with which a level is refused, without the path of its folder."""
    with pytest.raises(LevelError) as caught:
        load_level(path)
    folder = path if path.is_dir() else path.parent
    return str(caught.value).replace(f"{folder}/", "").splitlines()


def good_level(folder: Path) -> Level:
    """Load the good map."""
    return load_level(changed_map(folder))
