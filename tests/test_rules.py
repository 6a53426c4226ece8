"""All shipped rules parse, every preset and level builds, and no TOML key is left unread."""

import pytest

from game.errors import ConfigError
from game.levels.load import level_paths
from game.levels.open import Changes, open_level
from game.paths import PACKAGE
from game.rules import difficulties, find_difficulty, load_rules, load_table


@pytest.mark.parametrize("path", sorted((PACKAGE / "data").glob("*.toml")), ids=lambda p: p.stem)
def test_every_rules_file_parses_and_says_its_schema(path: object) -> None:
    name = path.stem  # type: ignore[attr-defined]
    assert load_table(name)


@pytest.mark.parametrize("name", sorted(difficulties()))
def test_every_preset_builds(name: str) -> None:
    assert open_level("ninety-sols", 1, name).setup.difficulty == name


@pytest.mark.parametrize("name", sorted(level_paths()))
def test_every_shipped_level_opens(name: str) -> None:
    opened = open_level(name)
    assert opened.setup.mission.sols >= 1
    assert opened.setup.opening_tick > 0


def test_a_level_may_change_any_number_by_its_own_name() -> None:
    rules = load_rules({"rover": {"power": {"capacity_wh": 321.0}}})
    assert rules.rover().power.capacity_wh == 321.0
    assert load_rules().rover().power.capacity_wh != 321.0


def test_an_unknown_file_or_key_is_named() -> None:
    with pytest.raises(ConfigError, match="did you mean 'rover'"):
        load_rules({"rovr": {}})
    with pytest.raises(ConfigError, match="did you mean 'capacity_wh'"):
        load_rules({"rover": {"power": {"capacity_w": 1.0}}}).rover()
    with pytest.raises(ConfigError, match="did you mean 'visitor'"):
        find_difficulty("visiter")


@pytest.mark.parametrize(
    ("override", "sentence"),
    [
        ({"mission": {"mission": 3}}, "expected a table"),
        ({"mission": {"mission": {"roll_off_sol": "x"}}}, "expected int, got 'x'"),
        ({"rover": {"power": []}}, "expected a table"),
        ({"terrain": {"sites": {"utopia-planitia": {"hurst": "a"}}}}, "expected float"),
    ],
)
def test_an_override_of_the_wrong_kind_is_told(override: dict[str, object], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        open_level("ninety-sols", 1, None, Changes(override))
