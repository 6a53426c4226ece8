"""Saves and recordings: plain JSON with everything a run needs to go on, or to be run again."""

import base64
import json
import zlib
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Any, get_args, get_type_hints

import numpy as np

from game import __version__
from game.commands import ActivityKind, Command
from game.digest import digest
from game.errors import SaveError
from game.session import LogEntry, Session
from game.state import Setup, State

SCHEMA = 1
MAX_BYTES = 64 << 20


@dataclass(frozen=True, slots=True)
class Remembered:
    """What a window remembers of the past days, which no state knows; a run does not need it.

    `trail` holds tick, charge, warm box, and power in and out; `done` the kinds of activities
    that are over, each with its start and end tick.
    """

    trail: tuple[tuple[int, float, float, float, float], ...] = ()
    done: tuple[tuple[ActivityKind, int, int], ...] = ()


NOTHING = Remembered()


@dataclass(frozen=True, slots=True)
class Record:
    """What a save or a recording says: how to build the setup, and what happened since.

    `state` is None in a recording, which is run again from its log. The last `waiting_count`
    entries of the log have not entered the state yet. `shown_tick` is the moment that was on
    screen, which may lie inside the step after the state. [s]
    """

    level: str
    seed: int
    difficulty: str
    tick: int
    digest: str
    state: State | None
    log: tuple[LogEntry, ...]
    waiting_count: int = 0
    shown_tick: int = 0
    remembered: Remembered = NOTHING


def write_save(
    path: Path,
    session: Session,
    shown_tick: int | None = None,
    remembered: Remembered = NOTHING,
) -> None:
    """Write a save of the shown moment; the old file stays whole until the new one is complete."""
    tick = session.state.tick if shown_tick is None else shown_tick
    _write(path, session, tick, remembered)


def write_recording(path: Path, session: Session) -> None:
    """Write the command log with the digest that running it again must give."""
    _write(path, session, None, NOTHING)


def read_record(path: Path) -> Record:
    """Read a save or a recording.

    Raises
    ------
    SaveError
        In one sentence: missing, damaged, or written by a newer program.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise SaveError(f"{path}: too large to be a save of this game")
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SaveError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError):
        raise SaveError(f"{path}: is damaged or not a save of this game") from None
    schema = content.get("schema") if isinstance(content, dict) else None
    if schema != SCHEMA:
        raise SaveError(f"{path}: schema {schema!r} is not known; this program reads {SCHEMA}")
    try:
        state = None if content["state"] is None else _decode(content["state"])
        log = tuple(_entry(entry) for entry in content["log"])
        record = Record(
            str(content["level"]),
            int(content["seed"]),
            str(content["difficulty"]),
            int(content["tick"]),
            str(content["digest"]),
            state,
            log,
            int(content["waiting_count"]),
            int(content.get("shown_tick", content["tick"])),
            _remembered(content.get("trail", []), content.get("done", [])),
        )
    except (
        KeyError,
        TypeError,
        ValueError,
        AttributeError,
        OverflowError,
        RecursionError,
        zlib.error,
    ):
        raise SaveError(f"{path}: is damaged, or from another version of this game") from None
    if state is not None and digest(state) != record.digest:
        raise SaveError(f"{path}: is damaged: its fingerprint does not fit its content")
    return record


def resumed(setup: Setup, record: Record) -> Session:
    """Return a session that goes on where the save was made."""
    session = Session(setup, record.state)
    entered = len(record.log) - record.waiting_count
    session.log = list(record.log[:entered])
    for entry in record.log[entered:]:
        session.issue(entry.command, entry.arrival_tick)
    return session


def _remembered(trail: Any, done: Any) -> Remembered:
    return Remembered(
        tuple((int(t), float(c), float(k), float(i), float(o)) for t, c, k, i, o in trail),
        tuple((ActivityKind(kind), int(first), int(last)) for kind, first, last in done),
    )


def _write(path: Path, session: Session, shown_tick: int | None, remembered: Remembered) -> None:
    tick = session.state.tick if shown_tick is None else shown_tick
    state, waiting_count = session.kept(tick)
    content = {
        "schema": SCHEMA,
        "version": __version__,
        "level": session.setup.level,
        "seed": session.setup.seed,
        "difficulty": session.setup.difficulty,
        "tick": state.tick,
        "shown_tick": max(tick, state.tick),
        "digest": digest(state),
        "state": None if shown_tick is None else _encode(state),
        "log": [_encode(entry) for entry in session.log],
        "waiting_count": waiting_count,
        "trail": remembered.trail,
        "done": remembered.done,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
    fresh.replace(path)


def _encode(value: Any) -> Any:
    if isinstance(value, Enum):
        return {"enum": type(value).__name__, "value": value.value}
    if is_dataclass(value):
        return {
            "type": type(value).__name__,
            **{f.name: _encode(getattr(value, f.name)) for f in fields(value)},
        }
    if isinstance(value, tuple):
        return [_encode(item) for item in value]
    if isinstance(value, np.ndarray):
        packed = base64.b64encode(zlib.compress(value.tobytes(), 6)).decode("ascii")
        return {"array": str(value.dtype), "shape": list(value.shape), "bytes": packed}
    return value


def _decode(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_decode(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return _array(value)
    if "enum" in value:
        return _CLASSES[value["enum"]](value["value"])
    cls = _CLASSES[value["type"]]
    return cls(**{key: _decode(item) for key, item in value.items() if key != "type"})


def _entry(value: Any) -> LogEntry:
    entry = _decode(value)
    if not isinstance(entry, LogEntry):
        raise TypeError(f"not an entry of the log: {entry!r}")
    return entry


def _array(value: dict[str, Any]) -> Any:
    shape = tuple(int(side) for side in value["shape"])
    dtype = np.dtype(value["array"])
    size = int(np.prod(shape)) * dtype.itemsize
    if size > MAX_BYTES or dtype.hasobject:
        raise ValueError("array too large")
    raw = zlib.decompressobj().decompress(base64.b64decode(value["bytes"]), size + 1)
    array = np.frombuffer(raw, dtype).reshape(shape).copy()
    array.flags.writeable = False
    return array


def _classes() -> dict[str, Any]:
    """Every dataclass and enum that State and the log are made of, by name."""
    found: dict[str, Any] = {}
    todo: list[Any] = [State, LogEntry, Command]
    while todo:
        kind = todo.pop()
        if isinstance(kind, UnionType | GenericAlias):
            todo += get_args(kind)
        elif isinstance(kind, type) and kind.__name__ not in found:
            if is_dataclass(kind):
                found[kind.__name__] = kind
                todo += get_type_hints(kind).values()
            elif issubclass(kind, Enum):
                found[kind.__name__] = kind
    return found


_CLASSES = _classes()
