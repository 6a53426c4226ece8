"""Saves and recordings: plain JSON with everything a run needs to go on, or to be run again."""

import base64
import json
import zlib
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from types import GenericAlias, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from game import __version__
from game.commands import Command
from game.digest import digest
from game.errors import SaveError
from game.remembered import NOTHING, Remembered, remembered_past
from game.rng import check_seed
from game.session import LogEntry, Session
from game.state import Setup, State

SCHEMA = 2  # 2: products at home lie in an archive, fingerprints are made another way
MAX_BYTES = 64 << 20
DAMAGES = (
    KeyError,
    TypeError,
    ValueError,
    AttributeError,
    OverflowError,
    RecursionError,
    zlib.error,
)
MOST_TICKS = 10**9  # far beyond the longest mission, in seconds


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
        told = f"its schema is {schema!r}, and this version of the game reads {SCHEMA}"
        raise SaveError(f"{path}: is a save of another version, or none at all: {told}")
    try:
        record = _record(content)
    except DAMAGES:
        raise SaveError(f"{path}: is damaged, or from another version of this game") from None
    if record.state is not None and digest(record.state) != record.digest:
        raise SaveError(f"{path}: is damaged: its fingerprint does not fit its content")
    return record


def _record(content: dict[str, Any]) -> Record:
    """Return what a record says; one of `DAMAGES` if it cannot be so."""
    state = None if content["state"] is None else decoded(content["state"])
    tick = _whole(content, "tick", MOST_TICKS)
    if state is not None and not (isinstance(state, State) and state.tick == tick):
        raise TypeError("not a state of this moment")
    log = _log(content)
    return Record(
        _text(content, "level"),
        check_seed(content["seed"]),
        _text(content, "difficulty"),
        tick,
        _text(content, "digest"),
        state,
        log,
        _whole(content, "waiting_count", len(log)),
        _whole(content, "shown_tick" if "shown_tick" in content else "tick", MOST_TICKS),
        remembered_past(*(content.get(key, []) for key in ("trail", "done", "fates"))),
    )


def resumed(setup: Setup, record: Record) -> Session:
    """Return a session that goes on where the save was made."""
    session = Session(setup, record.state)
    entered = len(record.log) - record.waiting_count
    session.log = list(record.log[:entered])
    for entry in record.log[entered:]:
        session.issue(entry.command, entry.arrival_tick)
    return session


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
        "state": None if shown_tick is None else encoded(state),
        "log": [encoded(entry) for entry in session.log],
        "waiting_count": waiting_count,
        "trail": remembered.trail,
        "done": remembered.done,
        "fates": remembered.fates,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(json.dumps(content, separators=(",", ":")), encoding="utf-8")
    fresh.replace(path)


def encoded(value: Any) -> Any:
    """Return a value as plain tables and arrays; `decoded` makes the same value of them again."""
    if isinstance(value, Enum):
        return {"enum": type(value).__name__, "value": value.value}
    if is_dataclass(value):
        return {
            "type": type(value).__name__,
            **{f.name: encoded(getattr(value, f.name)) for f in fields(value) if f.init},
        }
    if isinstance(value, tuple):
        return [encoded(item) for item in value]
    if isinstance(value, np.ndarray):
        packed = base64.b64encode(zlib.compress(value.tobytes(), 6)).decode("ascii")
        return {"array": str(value.dtype), "shape": list(value.shape), "bytes": packed}
    return value


def decoded(value: Any) -> Any:
    """Return the value that `encoded` was given; every field must be of its declared type."""
    if isinstance(value, list):
        return tuple(decoded(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return _array(value)
    if "enum" in value:
        return _CLASSES[value["enum"]](value["value"])
    cls = _CLASSES[value["type"]]
    made = cls(**{key: decoded(item) for key, item in value.items() if key != "type"})
    for name, kind in _kinds(cls).items():
        if not _is_of(getattr(made, name), kind):
            raise TypeError(f"{value['type']}.{name} is of the wrong kind")
    return made


@lru_cache(maxsize=256)
def _kinds(cls: Any) -> dict[str, Any]:
    """Return the types of the fields of a record."""
    hints = get_type_hints(cls)
    return {each.name: hints[each.name] for each in fields(cls)}


def _is_of(value: Any, kind: Any) -> bool:
    """Say whether a value is of the type that a field declares; a NaN is no number."""
    inner = get_args(kind)
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        return any(_is_of(value, one) for one in inner)
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and _are_of(value, inner)
    if get_origin(kind) is not None:
        kind = get_origin(kind)
    if kind is float:
        return type(value) in (int, float) and value == value  # noqa: PLR0124 - not so for a NaN
    return type(value) is kind if kind in (int, bool, str) else isinstance(value, kind)


def _are_of(values: tuple[Any, ...], kinds: tuple[Any, ...]) -> bool:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return all(_is_of(value, kinds[0]) for value in values)
    return len(values) == len(kinds) and all(map(_is_of, values, kinds))


def _log(content: dict[str, Any]) -> tuple[LogEntry, ...]:
    """Return the entries of a log: each in its time, and not before the one that went ahead."""
    log = tuple(decoded(entry) for entry in content["log"])
    if not all(isinstance(entry, LogEntry) for entry in log):
        raise TypeError("not an entry of the log")
    moments = [0, *(entry.boundary_tick for entry in log), _whole(content, "tick", MOST_TICKS)]
    if any(later < sooner for sooner, later in pairwise(moments)):
        raise ValueError("the log does not go on in time")
    if any(abs(entry.arrival_tick) > MOST_TICKS for entry in log):
        raise ValueError("a command arrives long after the mission")
    return log


def _whole(content: dict[str, Any], key: str, most: int) -> int:
    """Return a whole number of a record that lies where it can."""
    value = content[key]
    if type(value) is not int or not 0 <= value <= most:
        raise ValueError(f"{key} is out of range")
    return value


def _text(content: dict[str, Any], key: str) -> str:
    if not isinstance(content[key], str):
        raise TypeError(f"{key} is no text")
    return str(content[key])


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
