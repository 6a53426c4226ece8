"""What is said on a terminal, whatever its alphabet, and where output may go."""

import codecs
import io
import os
import stat
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import TextIO

from game.errors import UsageError

# What an older code page lacks, in letters that every one has. [design]
PLAIN = {
    "−": "-",
    "–": "-",
    "…": "...",
    "·": "|",
    "°": "deg ",
    "×": "x",
    "✓": "x",
    "→": "->",
    "≤": "<=",
    "≥": ">=",
    "±": "+-",
    "²": "2",
    "³": "3",
    "’": "'",
    "“": '"',
    "”": '"',
}


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign, "?") for sign in missing), error.end


codecs.register_error("ninety-sols-plain", _plainly)


def open_terminal() -> None:
    """Make output safe to write to: no alphabet is too small, and nobody need listen.

    Without a console (a window of Windows, or `>&-`) the streams are missing; what is said then
    goes nowhere.
    """
    if sys.stdout is None:
        sys.stdout = _nowhere()
    if sys.stderr is None:
        sys.stderr = _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="ninety-sols-plain")


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def close_terminal() -> None:
    """Give up on standard output: what it still holds goes nowhere, so that Python ends quietly."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def complain(words: str) -> None:
    """Say a line on standard error, if anybody can hear it."""
    with suppress(OSError):
        sys.stderr.write(f"{words}\n")
        sys.stderr.flush()


def check_targets(targets: Mapping[str, str | None], sources: Mapping[str, str | None]) -> None:
    """Refuse output files that could not be written, before the long run and not after it.

    Parameters
    ----------
    targets : mapping
        File that each option names, or None; the option `--pictures` names a folder.
    sources : mapping
        Files that are read, which no output may write over.

    Raises
    ------
    UsageError
        With every problem, a line each.
    """
    asked = {option: name for option, name in targets.items() if name is not None}
    found = [words for option, name in asked.items() if (words := _problem(option, name))]
    named = {option: name for option, name in (*sources.items(), *asked.items()) if name}
    found += _twice(named, asked)
    if found:
        raise UsageError("\n".join(found))


def _problem(option: str, name: str) -> str:
    """Say why nothing can be written there; else empty."""
    if not name.strip():
        return f"{option}: the name is empty; give a file, or leave the option out"
    path = Path(name)
    try:
        problem = _folder_problem(path) if option == "--pictures" else _file_problem(path)
    except (OSError, ValueError) as error:
        problem = f"cannot be written ({getattr(error, 'strerror', None) or error})"
    return f"{option} {name}: {problem}" if problem else ""


def _file_problem(path: Path) -> str:
    if path.is_dir():
        return "is a folder; name a file in it"
    if not path.absolute().parent.is_dir():
        return "the folder does not exist"
    if path.exists() and not path.is_file():
        return ""  # a device or a pipe: only writing tells
    was_there = path.exists()
    path.open("ab").close()
    if not was_there:
        path.unlink()
    return ""


def _folder_problem(path: Path) -> str:
    there = next(one for one in (path, *path.absolute().parents) if one.exists())
    if not there.is_dir():
        return f"{there} is a file, not a folder"
    return "" if os.access(there, os.W_OK | os.X_OK) else f"{there} cannot be written to"


def _twice(named: Mapping[str, str], asked: Mapping[str, str]) -> list[str]:
    """Name options that stand for one and the same file."""
    first: dict[str, str] = {}
    found: list[str] = []
    for option, name in named.items():
        place = _place(name)
        if option in asked and place in first and not _is_device(place):
            found.append(f"{first[place]} and {option} name the same file, {name}")
        first.setdefault(place, option)
    return found


def _place(name: str) -> str:
    try:
        return os.path.realpath(name)
    except (OSError, ValueError):
        return name


def _is_device(place: str) -> bool:
    try:
        return not stat.S_ISREG(Path(place).stat().st_mode)
    except (OSError, ValueError):
        return False
