import json
import os
import pickle
import re
import subprocess
import sys
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from types import GenericAlias, NoneType, UnionType
from typing import Any, cast, get_args, get_type_hints

import numpy as np
import pytest

from game.cli import main
from game.commands import ActivityKind, Command, SampleAir, Send, TakePicture
from game.digest import digest
from game.environment.clock import tick_at
from game.errors import SaveError
from game.events import Outcome
from game.fingerprint import fingerprint
from game.levels.open import Changes, OpenedLevel, open_level
from game.mission.mission import SolRecord
from game.packing import decoded, encoded
from game.rover.drive import DriveKind, DriveOrder, Phase, Progress
from game.rover.modes import Mode
from game.rover.records import Record
from game.rover.sequencer import Running
from game.rover.storage import Archive, Flying, Receipt
from game.saves import OtherWorldError, read_record, resumed, write_recording, write_save
from game.session import Session, replayed
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
    assert json.loads(saved.read_text())["schema"] == 3


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda text: text[:-40], "damaged"),
        (lambda _: "", "damaged"),
        (lambda _: "[1, 2]", "schema is None"),
        (
            lambda text: text.replace('"schema":3', '"schema":99', 1),
            "another version, or none at all: its schema is 99",
        ),
        (
            lambda text: text.replace('"schema":3', '"schema":1', 1),
            "its schema is 1, and this version of the game reads 3",
        ),
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


def test_products_that_came_home_one_by_one_are_those_of_a_save() -> None:
    home = ten_sols().states[-1].rover.storage.home
    assert len(home) > 5
    grown = Archive()
    for product in home:
        grown = grown.plus((product,))
    assert grown == home == Archive(tuple(home))
    assert digest(grown) == digest(home)
    other = Archive((*home[1:], home[0]))
    assert digest(other) != digest(home)
    assert (home[-1], home[1:3]) == (home.items[-1], home.items[1:3])


@pytest.mark.parametrize("value", [{1}, {1: 2}, [1], (1, [2]), np.int64(3), object()])
def test_a_fingerprint_refuses_what_a_state_may_not_hold(value: object) -> None:
    with pytest.raises(TypeError, match="State may not hold"):
        digest(value)


def test_values_that_differ_have_fingerprints_that_differ() -> None:
    grid = np.zeros((4, 4), np.uint8)
    two, big = grid.copy(), grid.copy()
    two[1, 2], big[1, 2] = 2, 200
    values: list[object] = [0, 0.0, False, None, "", (), ((),), (0,), (0.0,), ((0.0,),), b""]
    values += [(1, 23), (12, 3), "ab", ("a", "b"), Send(5), SampleAir(5), -0.0, 2**70]
    values += [grid, two, big, two.T, two.astype(float)]
    assert len({digest(value) for value in values}) == len(values)
    assert digest(np.float64(0.5)) == digest(0.5)


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
        return build(**{one.name: plain(hints[one.name]) for one in fields(kind) if one.init})
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
def test_every_part_that_a_state_may_hold_comes_back(kind: Any) -> None:
    value = plain(kind)
    assert decoded(json.loads(json.dumps(encoded(value)))) == value


@pytest.mark.parametrize("kind", [Mode, Phase, DriveKind, ActivityKind, Outcome])
def test_every_word_of_an_enum_comes_back_as_itself(kind: type[Enum]) -> None:
    found = decoded(json.loads(json.dumps(encoded(tuple(kind)))))
    assert list(found) == list(kind)
    assert all(type(word) is kind for word in found)


@pytest.mark.parametrize("kind", [*get_args(Command), *get_args(Record), SolRecord, Running])
def test_a_field_of_another_kind_is_refused(kind: Any) -> None:
    for field in fields(kind):
        packed = encoded(plain(kind)) | {field.name: {"enum": "Enum", "value": 1}}
        for odd in (None, float("nan"), "x", [[1, 2, 3, 4, 5, 6, 7]], [{"type": "Stop"}]):
            if odd is None and NoneType in get_args(get_type_hints(kind)[field.name]):
                continue
            if odd == "x" and get_type_hints(kind)[field.name] is str:
                continue
            with pytest.raises(TypeError):
                decoded(packed | {field.name: odd})


@pytest.fixture
def recorded(ninety: OpenedLevel, tmp_path: Path) -> Path:
    session = Session(ninety.setup)
    session.advance_to(tick_at(ninety.setup.site, 2, 12.0))
    session.issue(TakePicture(1.5, -0.25))
    session.issue(Send(600))
    session.advance_to(session.state.tick + 900)
    path = tmp_path / "one.run.json"
    write_recording(path, session)
    assert replayed(ninety.setup, list(read_record(path).log), session.state.tick).log
    return path


@pytest.mark.parametrize(
    ("pattern", "instead"),
    [
        (r'"azimuth_rad":1.5', '"azimuth_rad":null'),
        (r'"azimuth_rad":1.5', '"azimuth_rad":NaN'),
        (r'"azimuth_rad":1.5', '"azimuth_rad":"south"'),
        (r'"is_panorama":false', '"is_panorama":0'),
        (r'"duration_s":600', '"duration_s":600.5'),
        (r'"boundary_tick":\d+', '"boundary_tick":1e30'),
        (r'"boundary_tick":\d+', f'"boundary_tick":{10**30}'),
        (r'"boundary_tick":\d+', '"boundary_tick":-5'),
        (r'"arrival_tick":\d+', '"arrival_tick":null'),
        (r'"arrival_tick":\d+', f'"arrival_tick":{10**30}'),
        (r'"tick":\d+', '"tick":1e30'),
        (r'"tick":\d+', f'"tick":{10**30}'),
        (r'"tick":\d+', '"tick":"x"'),
        (r'"seed":7', '"seed":7.5'),
        (r'"seed":7', f'"seed":{10**30}'),
        (r'"level":"ninety-sols"', '"level":null'),
        (r'"waiting_count":0', '"waiting_count":3'),
    ],
)
def test_a_recording_with_values_that_cannot_be_is_damaged(
    recorded: Path, pattern: str, instead: str
) -> None:
    text, count = re.subn(pattern, instead, recorded.read_text())
    assert count
    recorded.write_text(text)
    with pytest.raises(SaveError, match="damaged"):
        read_record(recorded)
    assert main(["replay", str(recorded)]) == 2


def test_a_missing_save_is_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="cannot be read"):
        read_record(tmp_path / "none.json")


def test_a_save_is_refused_in_a_world_with_other_rules(saved: Path) -> None:
    record = read_record(saved)
    other = open_level(
        "ninety-sols", 7, None, Changes({"rover": {"power": {"capacity_wh": 100.0}}})
    )
    with pytest.raises(OtherWorldError, match="are not what they were then") as refusal:
        resumed(other.setup, record)
    assert "start the mission anew" in str(refusal.value)
    assert "version" not in str(refusal.value)
    older = replace(record, version="0.0.9")
    with pytest.raises(OtherWorldError, match=r"written by version 0\.0\.9 of the game, this is"):
        resumed(other.setup, older)
    assert resumed(other.setup, record, may_differ=True).state.tick == record.tick


def test_a_save_is_refused_with_another_seed(saved: Path) -> None:
    with pytest.raises(OtherWorldError, match=r"is of seed 7 .* at hand of seed 8"):
        resumed(open_level("ninety-sols", 8).setup, read_record(saved))


def test_the_fingerprint_of_a_world_is_the_same_in_every_process() -> None:
    code = (
        "from game.levels.open import open_level; from game.fingerprint import fingerprint; "
        "print(fingerprint(open_level('ninety-sols', 7).setup))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=Path(__file__).parent.parent,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {fingerprint(open_level("ninety-sols", 7).setup) + "\n"}


def test_a_setup_may_be_pickled_and_flies_the_same(ninety: OpenedLevel) -> None:
    copy = pickle.loads(pickle.dumps(ninety.setup))
    assert fingerprint(copy) == fingerprint(ninety.setup)
    assert hash(copy.orbiter) == hash(ninety.setup.orbiter)
    ends = []
    for setup in (ninety.setup, copy):
        session = Session(setup)
        session.issue(SampleAir(900))
        session.advance_to(90_000)
        ends.append(digest(session.state))
    assert ends[0] == ends[1]
    assert digest(pickle.loads(pickle.dumps(session.state))) == ends[0]
