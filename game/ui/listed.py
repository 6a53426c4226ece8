"""Files of the player as a list shows them: name in words, and when they were written."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from game.paths import user_folder

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
    return ListedFile(path, path.name.removesuffix(ending).replace("-", " "), note)


def _written_s(path: Path) -> float:
    return path.stat().st_mtime
