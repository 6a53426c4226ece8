"""Save files of the window: writing one, and listing those there are."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from game.paths import user_folder
from game.saves import write_save
from game.ui.day import day_at
from game.ui.desk import RunDesk

ENDING = ".save.json"


@dataclass(frozen=True, slots=True)
class SaveFile:
    """A save on disk."""

    path: Path
    words: str
    note: str


def quick_save(desk: RunDesk, name: str = "") -> str:
    """Write a save and return a sentence about it."""
    session = desk.flight.session
    sol = day_at(session.setup.site, desk.flight.clock_s).sol
    level = Path(session.setup.level).stem
    file_name = name or f"{level}-sol-{sol:02d}"
    path = user_folder("saves") / f"{file_name}{ENDING}"
    try:
        write_save(path, session, int(desk.flight.clock_s), desk.flight.remembered())
    except OSError as error:
        words = f"Not saved: {path.parent} cannot be written to ({error.strerror})."
    else:
        words = f"Saved as {file_name}."
        desk.shell.audio.play("paper")
    desk.captions.say(words, 3)
    return words


def save_files(folder: Path) -> tuple[SaveFile, ...]:
    """Return the saves of a folder, the newest first."""
    paths = sorted(folder.glob(f"*{ENDING}"), key=lambda p: p.stat().st_mtime, reverse=True)
    return tuple(
        SaveFile(
            path,
            path.name.removesuffix(ENDING).replace("-", " "),
            datetime.fromtimestamp(path.stat().st_mtime).strftime("%d %B %Y, %H:%M"),
        )
        for path in paths
    )
