"""Drawn ground on disk: what one game has made, the next one reads.

Nothing depends on these files. A file that is missing, damaged, half written or made by other
code is made again; a folder that cannot be written is left alone. All of it may be deleted at any
time, also while the game runs.
"""

import json
import logging
import math
import os
import platform
import zlib
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

import numpy as np

from game import __version__
from game.paths import PACKAGE
from game.render.fields import Fields, Grid

LOG = logging.getLogger(__name__)
MAGIC: Final = b"ninety-sols drawn ground 1\n"
ENDING, UNFINISHED = ".ground", ".part"
# After a clearing so much of the room is in use: clearing is not for every file.
_LEFT_FRAC: Final = 0.8
_CHECK_BYTE: Final = 4
_WRECK_S: Final = 3600.0  # a file is written in milliseconds
_ARRAYS: Final = ("height_m", "relief_m", "albedo", "redness", "hollow", "outer_m")
# What drawn ground is made by; a change in any of it makes other files.
_SOURCES: Final = ("world/*.py", "render/*.py", "ui/draw/b*.py", "rng.py", "data/look.toml")
Block = tuple[int, int, int]


@lru_cache(maxsize=1)
def _recipe_mark() -> str:
    """Return a fingerprint of the code that draws ground, and of the machine's arithmetic."""
    found = sha256(f"{__version__} {np.__version__} {platform.machine()}".encode())
    for pattern in _SOURCES:
        for path in sorted(PACKAGE.glob(pattern)):
            found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()


def mark_of(*inputs: object) -> str:
    """Return the mark of all that decides how blocks look: descriptions of plain values."""
    return sha256((_recipe_mark() + repr(inputs)).encode()).hexdigest()[:24]


class BlockFiles:
    """Blocks of drawn ground of one world in a folder that many worlds share.

    Parameters
    ----------
    folder : Path
        Made when something is written first.
    mark : str
        From `mark_of`; blocks with another mark are not seen.
    room_byte : int
        Files used longest ago are deleted beyond it. [byte]
    """

    def __init__(self, folder: Path, mark: str, room_byte: int) -> None:
        self._folder, self._mark, self._room_byte = folder, mark, room_byte
        self._used_byte: int | None = None
        self.is_off = False

    def path_of(self, name: Block) -> Path:
        """Return the file of a block."""
        level, column, row = name
        return self._folder / self._mark / f"{level}_{column}_{row}{ENDING}"

    def read(self, name: Block) -> Fields | None:
        """Return a block, or nothing if there is no sound file of it."""
        path = self.path_of(name)
        try:
            found = _unpacked(path.read_bytes(), self._header(name))
            os.utime(path)
        except OSError:
            return None
        return found

    def write(self, name: Block, content: Fields) -> None:
        """Put a block into its file; it appears there whole or not at all."""
        if self.is_off:
            return
        path = self.path_of(name)
        part = path.with_suffix(f".{os.getpid()}{UNFINISHED}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part.write_bytes(_packed(content, self._header(name)))
            os.replace(part, path)
            self._make_room(path.stat())
        except FileNotFoundError:
            return  # someone is deleting the folder right now; the next block makes it anew
        except OSError as error:
            self.is_off = True
            with suppress(OSError):
                part.unlink()
            LOG.warning("ground is not kept in %s: %s", self._folder, error.strerror)

    def _header(self, name: Block) -> dict[str, Any]:
        return {"mark": self._mark, "block": list(name)}

    def _make_room(self, new: os.stat_result) -> None:
        """Delete what was used longest ago when there is too much of it, and old wreckage."""
        if self._used_byte is None:
            self._sweep(new.st_mtime - _WRECK_S)
        else:
            self._used_byte += new.st_size
            if self._used_byte <= self._room_byte:
                return
        files = []
        for path in self._folder.glob(f"*/*{ENDING}"):
            try:
                status = path.stat()
            except OSError:
                continue
            files.append((status.st_mtime_ns, status.st_size, path))
        files.sort()
        self._used_byte = sum(size for _, size, _ in files)
        if self._used_byte <= self._room_byte:
            return
        for _, size, path in files:
            if self._used_byte <= _LEFT_FRAC * self._room_byte:
                return
            path.unlink(missing_ok=True)
            self._used_byte -= size

    def _sweep(self, before_s: float) -> None:
        """Delete files that a game left half written, and folders that have become empty."""
        for part in self._folder.glob(f"*/*{UNFINISHED}"):
            with suppress(OSError):
                if part.stat().st_mtime < before_s:
                    part.unlink()
        for folder in self._folder.iterdir():
            with suppress(OSError):
                folder.rmdir()  # refused while there is anything in it


def _packed(fields: Fields, header: dict[str, Any]) -> bytes:
    """Return a block as bytes: a line of JSON, the arrays one after the other, a checksum."""
    arrays: dict[str, Any] = {}
    parts: list[bytes] = []
    known: dict[int, str] = {}
    for name in _ARRAYS:
        array = getattr(fields, name)
        if id(array) in known:
            arrays[name] = known[id(array)]
            continue
        known[id(array)] = name
        arrays[name] = [str(array.dtype), *array.shape]
        parts.append(array.tobytes())
    grids = [[one.level, one.i0, one.j0, one.nx, one.ny] for one in (fields.grid, fields.outer)]
    table = {**header, "grids": grids, "margin": fields.margin, "arrays": arrays}
    data = b"".join((MAGIC, json.dumps(table).encode(), b"\n", *parts))
    return data + zlib.crc32(data).to_bytes(_CHECK_BYTE, "little")


def _unpacked(data: bytes, header: dict[str, Any]) -> Fields | None:
    """Return the block in a file, or nothing if it is another's or not as it was written."""
    whole = memoryview(data)[:-_CHECK_BYTE]
    check = int.from_bytes(data[-_CHECK_BYTE:], "little")
    if not data.startswith(MAGIC) or zlib.crc32(whole) != check:
        return None
    start = data.index(b"\n", len(MAGIC)) + 1
    table = json.loads(data[len(MAGIC) : start])
    if any(table[name] != value for name, value in header.items()):
        return None
    arrays: dict[str, Any] = {}
    for name, form in table["arrays"].items():
        if isinstance(form, str):
            arrays[name] = arrays[form]
            continue
        kind, *shape = form
        array = np.frombuffer(whole, kind, math.prod(shape), start).reshape(shape)
        arrays[name], start = array, start + array.nbytes
    grid, outer = (Grid(*numbers) for numbers in table["grids"])
    return Fields(grid=grid, outer=outer, margin=table["margin"], **arrays)
