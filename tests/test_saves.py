import json
import re
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from types import GenericAlias, NoneType, UnionType
from typing import Any, cast, get_args, get_type_hints

import pytest

from game.commands import ActivityKind, Command, SampleAir, Send
from game.digest import digest, forget
from game.environment.clock import tick_at
from game.errors import SaveError
from game.events import Outcome
from game.levels.open import OpenedLevel
from game.mission.mission import SolRecord
from game.rover.drive import DriveKind, DriveOrder, Phase, Progress
from game.rover.modes import Mode
from game.rover.records import Record
from game.rover.sequencer import Running
from game.rover.storage import Flying, Receipt
from game.saves import read_record, resumed, write_save
from game.session import Session, replayed
from game.simulation import initial_state
from tests.flights import ten_sols


@pytest.fixture
def saved(ninety: OpenedLevel, tmp_path: Path) -> Path:
    session = Session(ninety.setup)
    session.advance_to(tick_at(ninety.setup.site, 2, 12.0))
    path = tmp_path / "one.save.json"
    write_save(path, session)
    return path


def test_a_save_holds_the_state_to_the_last_bit(saved: Path) -> None:
    record = read_record(saved)
    assert record.state is not None
    assert digest(record.state) == record.digest
    assert (record.level, record.seed, record.difficulty) == ("ninety-sols", 7, "operator")


def test_a_save_carries_its_schema_from_the_first_day(saved: Path) -> None:
    assert json.loads(saved.read_text())["schema"] == 1


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: text[:-40], "damaged"),
        (lambda _: "", "damaged"),
        (lambda _: "[1, 2]", "schema None"),
        (lambda text: text.replace('"schema":1', '"schema":99', 1), "schema 99"),
        (lambda text: text.replace('"charge_j":', '"charge_j":1', 1), "fingerprint"),
        (lambda text: text.replace('"type":"PowerState"', '"type":"Nonsense"'), "damaged"),
        (lambda text: text.replace('"charge_j"', '"charge_k"'), "damaged"),
        (lambda _: "[" * 100_000, "damaged"),
        (lambda text: re.sub(r'"tick":\d+', '"tick":Infinity', text), "damaged"),
        (lambda text: text.replace('"log":[]', '"log":[7]'), "damaged"),
        (lambda text: text.replace('"state":{', '"state":' + "[" * 900 + "{", 1), "damaged"),
        (lambda text: text.replace('"shape":[', '"shape":[1e400,', 1), "damaged"),
    ],
)
def test_a_spoilt_save_is_told_in_one_sentence(saved: Path, spoil: object, sentence: str) -> None:
    saved.write_text(spoil(saved.read_text()))  # type: ignore[operator]
    with pytest.raises(SaveError, match=sentence) as caught:
        read_record(saved)
    assert "\n" not in str(caught.value)


def test_commands_not_yet_entered_are_kept(ninety: OpenedLevel, tmp_path: Path) -> None:
    path = tmp_path / "paused.save.json"
    session = Session(ninety.setup)
    session.advance_to(tick_at(ninety.setup.site, 5, 20.0))
    session.issue(SampleAir(900), session.state.tick - 40)  # takes a quiet step back
    session.issue(Send(600))
    write_save(path, session)
    loaded = resumed(ninety.setup, read_record(path))
    assert loaded.waiting_count == 2
    assert [entry.command for entry in loaded.log] == [SampleAir(900), Send(600)]
    end = session.state.tick + 3000
    session.advance_to(end)
    loaded.advance_to(end)
    assert digest(loaded.state) == digest(session.state)
    again = replayed(ninety.setup, loaded.log, end)
    assert digest(again.state) == digest(session.state)


def test_every_state_of_a_flight_comes_back_from_a_save(tmp_path: Path) -> None:
    flight = ten_sols()
    path = tmp_path / "any.save.json"
    for state in flight.states[::12]:
        write_save(path, Session(flight.setup, state))
        record = read_record(path)
        assert record.state is not None
        assert digest(record.state) == digest(state)


def test_what_is_remembered_of_a_state_never_changes_its_fingerprint() -> None:
    states = ten_sols().states[::12]
    known = [digest(state) for state in states]
    for state, was in zip(states, known, strict=True):
        forget()
        assert digest(state) == was


def plain(kind: Any) -> Any:
    """A value of a type, as simple as can be."""
    if kind is NoneType:
        return None
    if isinstance(kind, GenericAlias):
        inner = [one for one in get_args(kind) if one is not Ellipsis]
        return tuple(plain(one) for one in inner)
    if isinstance(kind, UnionType):
        return plain(get_args(kind)[0])
    if issubclass(kind, Enum):
        return next(iter(kind))
    if is_dataclass(kind):
        hints, build = get_type_hints(kind), cast(Any, kind)
        return build(**{field.name: plain(hints[field.name]) for field in fields(kind)})
    return kind()


@pytest.mark.parametrize(
    "kind",
    [
        *get_args(Command),
        *get_args(Record),
        DriveOrder,
        Progress,
        Flying,
        Receipt,
        SolRecord,
        Running,
    ],
)
def test_every_part_that_a_state_may_hold_comes_back(
    ninety: OpenedLevel, tmp_path: Path, kind: Any
) -> None:
    value = plain(kind)
    path = tmp_path / "part.save.json"
    odd = replace(initial_state(ninety.setup), uplink=((5, value),))
    write_save(path, Session(ninety.setup, odd))
    record = read_record(path)
    assert record.state is not None
    assert record.state.uplink[0][1] == value


@pytest.mark.parametrize("kind", [Mode, Phase, DriveKind, ActivityKind, Outcome])
def test_every_word_of_an_enum_comes_back_as_itself(
    ninety: OpenedLevel, tmp_path: Path, kind: type[Enum]
) -> None:
    path = tmp_path / "word.save.json"
    odd = replace(initial_state(ninety.setup), uplink=tuple((1, word) for word in kind))  # type: ignore[misc]
    write_save(path, Session(ninety.setup, odd))
    record = read_record(path)
    assert record.state is not None
    found: list[Any] = [word for _, word in record.state.uplink]
    assert found == list(kind)
    assert all(type(word) is kind for word in found)


def test_a_missing_save_is_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="cannot be read"):
        read_record(tmp_path / "none.json")
