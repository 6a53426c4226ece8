"""Where pictures, sounds, fonts and the window's own TOML files are found."""

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from game.paths import data_root

FONT_PACKAGE = "font_source_sans_pro"


def asset(*parts: str) -> Path:
    """Return the path of one asset file."""
    return data_root("assets").joinpath(*parts)


@cache
def font_path(weight: str) -> Path | None:
    """Return the file of a weight of Source Sans Pro, or None when the package is missing."""
    try:
        folder = resources.files(FONT_PACKAGE)
    except ModuleNotFoundError:
        return None
    path = Path(str(folder)) / "files" / f"SourceSansPro-{weight}.ttf"
    return path if path.is_file() else None


def window_table(name: str) -> dict[str, Any]:
    """Read `game/data/<name>.toml` and return it without its schema number."""
    text = resources.files("game").joinpath("data", f"{name}.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    table.pop("schema", None)
    return table
