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


def test_the_wheels_reckon_with_the_awake_rover_of_the_bus() -> None:
    thrifty = load_rules({"sequencer": {"bus": {"awake_w": 21.0}}}).rover()
    assert (thrifty.bus.awake_w, thrifty.mobility.awake_w) == (21.0, 21.0)


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
        ({"mission": {"sols": 0}}, "rules.mission: unknown key 'sols'"),
        ({"mission": {"forcast": {}}}, "did you mean 'forecast'"),
        ({"sequencer": {"buss": {}}}, "unknown key 'buss'; did you mean 'bus'"),
        ({"scoring": {"medals": 3}}, "rules.scoring: unknown key 'medals'"),
        ({"rover": {"mas_kg": 3.0}}, "rules.rover: unknown key 'mas_kg'"),
        ({"mars": {"dusty": {}}}, "unknown key 'dusty'"),
        ({"terrain": {"site": {}}}, "terrain.toml: unknown key 'site'"),
        ({"science": {"sols": 0}}, "unknown key 'sols'"),
        ({"sequencer": {"bus": {"floor_frac": 7.0}}}, "floor_frac: must be from 0 to 0.95, got 7"),
        ({"sequencer": {"bus": {"lost_box_k": -5.0}}}, "lost_box_k: must be from 0 to 700, got -5"),
        ({"sequencer": {"bus": {"wake_w": 1e300}}}, "wake_w: must be from 0 to 5000"),
        ({"sequencer": {"sequencer": {"hand_look_s": -1}}}, "hand_look_s: must be from 15 to 6000"),
        (
            {"mission": {"mission": {"roll_off_sol": 0}}},
            "roll_off_sol: must be from 1 to 2000",
        ),
        ({"mission": {"mission": {"success_frac": 7.0}}}, "success_frac: must be from 0 to 1"),
        ({"orbiter": {"body": {"meridian_rate_deg_day": 1e300}}}, "meridian_rate_deg_day: must"),
        ({"orbiter": {"body": {"j2": 1e30}}}, "j2: must be from -0.1 to 0.1"),
        ({"orbiter": {"link": {"radiated_dbm": 1e308}}}, "radiated_dbm: must be from -300 to 300"),
        ({"orbiter": {"link": {"losses_db": -1e308}}}, "losses_db: must be from -300 to 300"),
        ({"terrain": {"sites": {"utopia-planitia": {"hurst": "a"}}}}, "expected float"),
    ],
)
def test_an_override_of_the_wrong_kind_is_told(override: dict[str, object], sentence: str) -> None:
    with pytest.raises(ConfigError, match=sentence):
        open_level("ninety-sols", 1, None, Changes(override))


def test_unknown_keys_of_all_files_are_listed_together() -> None:
    with pytest.raises(ConfigError) as caught:
        load_rules({"mission": {"sols": 0}, "rovr": {}}, {"scoring": {"medals": 3}})
    assert len(str(caught.value).splitlines()) == 3


def test_numbers_out_of_range_in_several_files_are_listed_together() -> None:
    odd = {"sequencer": {"bus": {"floor_frac": 7.0}}, "orbiter": {"body": {"j2": 1e30}}}
    more = {"mission": {"mission": {"success_frac": -1.0}}}
    with pytest.raises(ConfigError) as caught:
        open_level("ninety-sols", 1, None, Changes(odd | more))
    for words in ("floor_frac: must be", "j2: must be", "success_frac: must be from 0 to 1"):
        assert words in str(caught.value)
