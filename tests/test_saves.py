import json
from pathlib import Path

import pytest

from game.digest import digest
from game.environment.clock import tick_at
from game.errors import SaveError
from game.levels.open import OpenedLevel
from game.saves import read_record, write_save
from game.session import Session


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
    ],
)
def test_a_spoilt_save_is_told_in_one_sentence(saved: Path, spoil: object, sentence: str) -> None:
    saved.write_text(spoil(saved.read_text()))  # type: ignore[operator]
    with pytest.raises(SaveError, match=sentence) as caught:
        read_record(saved)
    assert "\n" not in str(caught.value)


def test_a_missing_save_is_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="cannot be read"):
        read_record(tmp_path / "none.json")
