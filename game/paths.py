"""Where shipped files and the player's own files are."""

import os
import sys
from contextlib import suppress
from pathlib import Path

import platformdirs

from game.errors import GameError

PACKAGE = Path(__file__).parent
NAME = "ninety-sols"


def data_root(kind: str) -> Path:
    """Return the folder of shipped `assets` or `levels`.

    Looked for in the checkout first, so that an editable install never shows a stale copy; then
    in the installed package and in a frozen bundle. `NINETY_SOLS_DATA` comes before all.

    Raises
    ------
    GameError
        Naming every place that was looked at.
    """
    places = [PACKAGE.parent / kind, PACKAGE / "_data" / kind]
    if "NINETY_SOLS_DATA" in os.environ:
        places.insert(0, Path(os.environ["NINETY_SOLS_DATA"]) / kind)
    if hasattr(sys, "_MEIPASS"):
        places.append(Path(sys._MEIPASS) / kind)
    for place in places:
        if place.is_dir():
            return place
    looked = ", ".join(str(place) for place in places)
    raise GameError(f"cannot find the folder {kind!r}; looked in {looked}")


def user_folder(kind: str) -> Path:
    """Return a folder of the player's own: saves, pictures, settings, levels.

    It is made if that is possible. If not, whoever writes into it meets the reason and tells it;
    the game goes on without.
    """
    folder = _user_root() / kind
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder


def keeping_problem() -> str:
    """Say why nothing can be saved on this machine; else empty."""
    folder = user_folder("saves")
    if folder.is_dir() and os.access(folder, os.W_OK):
        return ""
    return f"Nothing can be saved: {folder} cannot be written to."


def cache_folder() -> Path | None:
    """Return the folder for what can be made again, or nothing if the player wants none.

    `NINETY_SOLS_CACHE` names another folder, or is `off`. Nothing is made here.
    """
    asked = os.environ.get("NINETY_SOLS_CACHE", "")
    if asked.lower() == "off":
        return None
    if asked:
        return Path(asked)
    home = os.environ.get("NINETY_SOLS_HOME")
    return (
        Path(home) / "cache" if home else Path(platformdirs.user_cache_dir(NAME, appauthor=False))
    )


def user_levels() -> Path | None:
    """Return the folder with the player's own levels if there is one; nothing is made."""
    folder = _user_root() / "levels"
    return folder if folder.is_dir() else None


def _user_root() -> Path:
    base = os.environ.get("NINETY_SOLS_HOME")
    return Path(base) if base else Path(platformdirs.user_data_dir(NAME, appauthor=False))
