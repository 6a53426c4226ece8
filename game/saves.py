"""Saves and recordings: plain JSON with everything a run needs to go on, or to be run again."""

import json
import zlib
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from game import __version__
from game.digest import digest
from game.errors import SaveError
from game.fingerprint import fingerprint
from game.packing import MAX_BYTES, decoded, encoded
from game.remembered import NOTHING, Remembered, remembered_past
from game.rng import check_seed
from game.session import LogEntry, Session
from game.state import Setup, State

# 2: products at home lie in an archive, fingerprints are made another way; 3: the world is named
SCHEMA = 3
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
    screen, which may lie inside the step after the state [s]. `world` is the fingerprint of the
    setup, `version` that of the game that wrote it.
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
    world: str = ""
    version: str = ""


class OtherWorldError(SaveError):
    """A save or a recording belongs to a world that is no more: its level or the game changed."""


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
        _text(content, "world"),
        _text(content, "version"),
    )


def check_world(setup: Setup, record: Record) -> None:
    """See that a record belongs to a setup.

    Raises
    ------
    OtherWorldError
        In sentences: what differs, and what can be done.
    """
    if record.world == fingerprint(setup):
        return
    if (record.seed, record.difficulty) != (setup.seed, setup.difficulty):
        raise OtherWorldError(
            f"this is of seed {record.seed} ({record.difficulty}), but the world at hand of seed "
            f"{setup.seed} ({setup.difficulty}); open the level with the seed of the save"
        )
    what = f"the rules, ground or goals of the level {record.level!r} are not what they were then"
    if record.version != __version__:
        what += f" (it was written by version {record.version} of the game, this is {__version__})"
    raise OtherWorldError(
        f"{what}. Put the level's files back as they were, or start the mission anew"
    )


def resumed(setup: Setup, record: Record, *, may_differ: bool = False) -> Session:
    """Return a session that goes on where the save was made.

    `may_differ` goes on in a world that has changed since: another mission from there on.

    Raises
    ------
    OtherWorldError
        If the world has changed and may not.
    """
    if not may_differ:
        check_world(setup, record)
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
        "world": fingerprint(session.setup),
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
    text = json.dumps(content, separators=(",", ":"))
    if path.exists() and not path.is_file():  # a device or a pipe, which nothing may replace
        path.write_text(text, encoding="utf-8")
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


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
