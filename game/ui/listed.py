"""Files of the player as a list shows them: name in words, and when they were written."""

import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from game.paths import user_folder

SAVED = re.compile(r"(?P<level>[a-z0-9-]+)-sol-(?P<sol>\d+)")
SMALL_WORDS = frozenset({"a", "an", "and", "at", "in", "of", "off", "on", "the", "to"})
OWN_NAMES = {"last": "Where you left off", "rescued": "Rescued before an error"}
WRITTEN = "%d %B %Y, %H:%M"


@dataclass(frozen=True, slots=True)
class ListedFile:
    """A file on disk: its name in words, and a note."""

    path: Path
    words: str
    note: str


def own_files(ending: str) -> tuple[ListedFile, ...]:
    """Return the player's own files of one kind, the newest first."""
    paths = sorted(user_folder("saves").glob(f"*{ending}"), key=_written_s, reverse=True)
    return tuple(
        listed(path, ending, datetime.fromtimestamp(_written_s(path)).strftime(WRITTEN))
        for path in paths
    )


def listed(path: Path, ending: str, note: str) -> ListedFile:
    """Return a file with its name as a person would say it."""
    return ListedFile(path, words_of(path.name.removesuffix(ending)), note)


def words_of(name: str) -> str:
    """Return the name of a file in words; those that the game chose are titles of missions."""
    if name in OWN_NAMES:
        return OWN_NAMES[name]
    found = SAVED.fullmatch(name)
    if found is None:
        return name.replace("-", " ")
    first, *rest = found["level"].split("-")
    title = " ".join((first.title(), *(w if w in SMALL_WORDS else w.title() for w in rest)))
    return f"{title}, sol {int(found['sol'])}"


def _written_s(path: Path) -> float:
    return path.stat().st_mtime
