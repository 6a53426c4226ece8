"""mission.toml: what it may say, and the sentences for what it may not."""

from pathlib import Path

import pytest

from game.environment.clock import sol_of
from game.errors import LevelError
from game.levels.build import level_overlays
from game.levels.level import BeatKind, StoryBeat, beats_of_sol
from game.levels.load import find_level, load_level
from game.levels.open import open_level
from game.schedule import fault_starts
from game.tools.scenario_test import level_beside
from game.world.overlays import CraterOverlay, OpenGround, PlaceKind, PlaceOverlay, SoilPaint
from tests.levels.folders import changed_map, refusal

GOOD = """
schema = 1
title = "A walk"
sols = 12

[opening]
sol = 2
hour_lmst = 10.0

[rules.mars.dust]
coating_frac = 1.0

[[storms]]
kind = "regional"
start_sol = 5.5
rise_tau = 1.0
rise_sols = 2.0
peak_sols = 3.0
decay_sols = 4.0

[[objects]]
class = "goal"
name = "far"
x_m = -3.0
y_m = -40.5
radius_m = 5.0
from_sol = 3

[[objects]]
class = "soil_patch"
soil = "bedrock"
points_m = [[0.0, 0.0], [4.0, 0.0], [4.0, 4.0]]

[[objects]]
class = "crater"
x_m = 20.0
y_m = 20.0
diameter_m = 12.0

[[objectives]]
name = "walk"
title = "Walk"
condition = "odometer_m > 50"
place = "far"

[[story]]
sol = 2
kind = "goal"
title = "Go"
place = "far"
"""


def mission(folder: Path, *changes: tuple[str, str]) -> Path:
    text = GOOD
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / "mission.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_folder_and_its_file_are_the_same_level(tmp_path: Path) -> None:
    path = mission(tmp_path)
    assert load_level(tmp_path) == load_level(path)
    assert load_level(path).name == tmp_path.name


def test_a_place_with_points_is_a_goal_with_a_condition(tmp_path: Path) -> None:
    first, second = load_level(mission(tmp_path)).objectives
    near = "(x_m + 3.00) * (x_m + 3.00) + (y_m + 40.50) * (y_m + 40.50) <= 25.00"
    assert first.condition == f"{near} and sol >= 3"
    assert second.condition == f"(odometer_m > 50) and {near}"


def test_a_level_becomes_overlays_of_the_ground(tmp_path: Path) -> None:
    level = load_level(mission(tmp_path, ("sols = 12", "sols = 12\nis_open_ground = true")))
    open_ground, patch, crater, place = level_overlays(level)
    assert isinstance(open_ground, OpenGround)
    assert isinstance(patch, SoilPaint)
    # Half of a square of 4 m, painted bedrock (0) in cells of half a metre.
    assert abs(patch.soils.count(0) * patch.cell_m**2 - 8.0) < 1.5
    assert crater == CraterOverlay(20.0, 20.0, 12.0, 0.12, 0.3)
    assert place == PlaceOverlay("far", "far", PlaceKind.GOAL, -3.0, -40.5, 5.0)


def test_overrides_of_rules_are_passed_on(tmp_path: Path) -> None:
    assert load_level(mission(tmp_path)).rules == {"mars": {"dust": {"coating_frac": 1.0}}}


def test_a_mission_file_names_the_map_beside_it(tmp_path: Path) -> None:
    map_path = changed_map(tmp_path)
    path = tmp_path / "mission.toml"
    path.write_text('schema = 1\ntitle = "With a map"\nmap = "map.tmx"\n', encoding="utf-8")
    assert load_level(path) == load_level(map_path)
    assert load_level(map_path).title == "With a map"


def test_a_map_alone_is_a_level_too(tmp_path: Path) -> None:
    level = load_level(changed_map(tmp_path))
    assert (level.name, level.title, level.opening.sol) == ("map", "A small one", 8)
    assert load_level(tmp_path).title == "A small one"


MISTAKES = {
    "unknown key": (("sols = 12", "sol = 12"), "unknown key 'sol'; did you mean 'sols'?"),
    "no schema": (
        ("schema = 1\n", ""),
        "'schema' must be 1, but is missing. Fix: write schema = 1 on top",
    ),
    "newer schema": (("schema = 1", "schema = 2"), "'schema' must be 1, but is 2"),
    "no title": (('title = "A walk"\n', ""), "missing key 'title'"),
    "not TOML": (("sols = 12", "sols = "), "is not valid TOML: "),
    "not a number": (("sols = 12", "sols = nan"), "sols: expected int, got nan"),
    "unknown object key": (
        ("diameter_m = 12.0", "diametr_m = 12.0"),
        "objects[2]: \"\" (crater): unknown property 'diametr_m'; did you mean 'diameter_m'?",
    ),
    "unknown object class": (
        ('class = "crater"', 'class = "creater"'),
        'objects[2]: "" (creater): unknown class "creater"; did you mean \'crater\'?',
    ),
    "missing place": (
        ("x_m = -3.0\n", ""),
        "objects[0]: \"far\" (goal): 'x_m' must be a number of metres from the lander, but is "
        "missing",
    ),
    "infinite place": (("x_m = -3.0", "x_m = inf"), "'x_m' must be a number of metres"),
    "enormous number": (("x_m = -3.0", f"x_m = 1{'0' * 400}"), "'x_m' must be a number of metres"),
    "enormous property": (
        ("diameter_m = 12.0", f"diameter_m = 1{'0' * 400}"),
        "property 'diameter_m': must be a float",
    ),
    "bad outline": (("[4.0, 4.0]]", "[4.0]]"), "'points_m' must be 3 to 200 pairs of numbers"),
    "unknown reading": (
        ("odometer_m > 50", "odometr_m > 50"),
        "objective \"walk\": unknown reading 'odometr_m'; did you mean 'odometer_m'?",
    ),
    "unreadable condition": (
        ("odometer_m > 50", "odometer_m >"),
        'objective "walk": cannot read the condition',
    ),
    "unknown place of a goal": (
        ('place = "far"\n\n[[story]]', 'place = "fat"\n\n[[story]]'),
        "objective \"walk\": there is no place 'fat'; did you mean 'far'?",
    ),
    "opens after the end": (("sols = 12", "sols = 1"), "opens on sol 2, but its last sol is 1"),
    "hour": (("hour_lmst = 10.0", "hour_lmst = 25.0"), "'hour_lmst' must be from 0 to 23.999"),
    "storm": (("rise_sols = 2.0", "rise_sols = 0.0"), "rise_sols and decay_sols must be positive"),
    "storm kind": (('"regional"', '"regionl"'), "did you mean 'regional'?"),
    "rules": (("[rules.mars.dust]\n", "[rules]\nmars = 3\n[other]\n"), "'rules' must hold tables"),
    "unknown rules file": (
        ("[rules.mars.dust]", "[rules.marz.dust]"),
        "rules: unknown table 'marz'; did you mean 'mars'?",
    ),
    "unknown rule": (
        ("coating_frac = 1.0", "coatng_frac = 1.0"),
        "unknown key 'coatng_frac'; did you mean 'coating_frac'?",
    ),
    "a value for a table of rules": (
        ("[rules.mars.dust]\ncoating_frac = 1.0", "[rules.mars]\ndust = 3"),
        "rules.mars.dust: must be a table, not 3",
    ),
    "a rule out of range": (
        ("[rules.mars.dust]\ncoating_frac = 1.0", "[rules.mars.dust.cleaning]\nchance_1_sol = 2.0"),
        "chance_1_sol: must be from 0 to 1, got 2",
    ),
    "unknown difficulty": (
        ("sols = 12", 'sols = 12\ndifficulty = "operater"'),
        "unknown difficulty 'operater'; did you mean 'operator'?",
    ),
    "unknown ground": (
        ("sols = 12", 'sols = 12\npreset = "utopia-planita"'),
        "unknown preset 'utopia-planita'; did you mean 'utopia-planitia'?",
    ),
    "a name of the site": (
        ('name = "far"', 'name = "parachute"'),
        'the site has a place called "parachute", too. Fix: rename yours',
    ),
    "map elsewhere": (("sols = 12", 'map = "../map.tmx"'), "must name a .tmx file in the same"),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, name: str) -> None:
    change, expected = MISTAKES[name]
    lines = refusal(mission(tmp_path, change))
    assert any(expected in line for line in lines), "\n".join(lines)
    assert all(line.startswith("mission.toml: ") for line in lines), lines


def test_deep_brackets_are_refused_in_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "mission.toml"
    path.write_text("a = " + "[" * 5000, encoding="utf-8")
    assert "mission.toml: " in refusal(path)[0]


def test_an_unknown_level_gets_the_nearest_name() -> None:
    with pytest.raises(LevelError, match="did you mean 'ninety-sols'"):
        find_level("ninty-sols")


def test_the_newest_beat_of_each_kind_is_told() -> None:
    story = (
        StoryBeat(BeatKind.GOAL, "first", 1),
        StoryBeat(BeatKind.SURPRISE, "oh", 2),
        StoryBeat(BeatKind.GOAL, "second", 3),
    )
    titles = [[beat.title for beat in beats_of_sol(story, sol)] for sol in (1, 2, 3)]
    assert titles == [["first"], ["first", "oh"], ["second"]]


def test_who_is_ahead_of_the_story_is_told_its_next_line_early() -> None:
    story = (
        StoryBeat(BeatKind.GOAL, "near", 1, place="a"),
        StoryBeat(BeatKind.GOAL, "far", 5, place="b"),
        StoryBeat(BeatKind.THREAT, "dust", 1),
    )
    assert [beat.title for beat in beats_of_sol(story, 2, {"a"})] == ["far", "dust"]
    assert [beat.title for beat in beats_of_sol(story, 2, {"a", "b"})] == ["dust"]
    assert [beat.title for beat in beats_of_sol(story, 6, {"b"})] == ["near", "dust"]


def test_a_level_orders_faults(tmp_path: Path) -> None:
    entry = """[[faults]]
kind = "stuck_wing"
sol = 6
severity = 0.5

[[storms]]"""
    path = mission(tmp_path, ("[[storms]]", entry))
    setup = open_level(str(path)).setup
    tick, fault = fault_starts(setup)[0]
    assert sol_of(setup.site, tick) == 6
    assert (fault.kind, fault.severity) == ("stuck_wing", 0.5)
    assert fault.place


def test_a_level_with_a_fault_of_no_kind_is_refused(tmp_path: Path) -> None:
    entry = """[[faults]]
kind = "stuck_wig"
sol = 6

[[storms]]"""
    path = mission(tmp_path, ("[[storms]]", entry))
    text = (path if path.is_file() else path / "mission.toml").read_text()
    line = text[: text.index("stuck_wig")].count("\n") + 1
    told = rf"line {line}: .*unknown kind of fault 'stuck_wig'; did you mean 'stuck_wing'\?"
    with pytest.raises(LevelError, match=told):
        open_level(str(path))


def test_a_folder_called_like_a_level_stands_in_its_way_only_if_it_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside = tmp_path / "ninety-sols"
    beside.mkdir()
    (beside / "notes.txt").write_text("pictures of the mission")
    scenario = tmp_path / "one.toml"
    monkeypatch.chdir(tmp_path)
    assert level_beside(scenario, "ninety-sols") == "ninety-sols"
    assert load_level(find_level("ninety-sols")).name == "ninety-sols"
    assert find_level("ninety-sols") != Path("ninety-sols")
    (beside / "mission.toml").write_text('schema = 1\ntitle = "Mine"\n')
    assert level_beside(scenario, "ninety-sols") == str(beside)
    assert find_level("ninety-sols") == Path("ninety-sols")


def test_rules_that_nobody_reads_are_told_with_the_file_and_hide_no_others(tmp_path: Path) -> None:
    path = tmp_path / "mission.toml"
    path.write_text(
        'schema = 1\ntitle = "Odd"\n[rules.mission]\nsols = 0\n[rules.scoring]\nmedal = 1\n'
        "[rules.sequencer.bus]\nfloor_frac = 7.0\n[rules.orbiter.body]\nj2 = 1e30\n"
    )
    with pytest.raises(LevelError) as caught:
        load_level(path)
    lines = str(caught.value).splitlines()
    for words in (
        "rules.mission: unknown key 'sols'",
        "rules.scoring: unknown key 'medal'",
        "floor_frac: must be from 0 to 0.95, got 7",
        "j2: must be from -0.1 to 0.1, got 1e+30",
    ):
        assert any(words in one and one.startswith(str(path)) for one in lines), lines


BROKEN = """schema = 1
title = "x"

[rules.rovr.power]
capacity_wh = 3

[rules.rover.power]
capacity_wh = 1e9

[[storms]]
kind = "locl"
start_sol = 3
rise_tau = 1
rise_sols = 1
peak_sols = 1
decay_sols = 1

[[objects]]
class = "roc"
x_m = 1.0
y_m = 2.0

[[objectives]]
name = "a"
title = "b"
condition = "chrge_frac > 1"
points = 3
"""


def test_a_mistake_in_one_table_hides_none_in_another(tmp_path: Path) -> None:
    path = tmp_path / "mission.toml"
    path.write_text(BROKEN, encoding="utf-8")
    with pytest.raises(LevelError) as caught:
        load_level(tmp_path)
    told = str(caught.value).split("\n")
    for sentence in (
        "line 4: rules: unknown table 'rovr'; did you mean 'rover'?",
        "line 8: rules.rover.power.capacity_wh: must be from",
        "line 11: storms[0].kind: expected one of local, regional, global, got 'locl'",
        "unknown class \"roc\"; did you mean 'rock'?",
        "unknown reading 'chrge_frac'; did you mean 'charge_frac'?",
    ):
        assert len([one for one in told if sentence in one]) == 1, (sentence, told)
    assert len(told) == 5
