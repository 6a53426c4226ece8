import math
import tomllib
from dataclasses import fields, replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from game.commands import (
    COMMANDED,
    Activity,
    ActivityKind,
    Crab,
    Drive,
    Navigation,
    PlannedCommand,
)
from game.config import key_lines
from game.environment.clock import lmst_h, sol_of, tick_at
from game.errors import ConfigError, ScenarioError
from game.levels.open import OpenedLevel, open_plan, plan_context, usual_durations_s
from game.machine_commands import Heater, SetHeater, TiltWings
from game.mission.plan import Plan, timed
from game.mission.plan_file import parse_plan
from game.mission.plan_text import plan_text, time_text
from game.orbiter.relay import passes_of_sol
from game.rover.order_times import order_price
from tests.rover.planned_cases import COMMANDS

Kind = ActivityKind
HEAD = "schema = 1\n"
DRIVE = '[[activity]]\nkind = "drive"\nsol = 9\nstart = "10:00"\nminutes = 60\nname = "go"\n'


ORDERS = {
    Kind.TURN: "heading_deg = 90\n",
    Kind.ARC: "distance_m = -2.0\n",
    Kind.CRAB: "distance_m = 1.0\nbearing_deg = -90\n",
    Kind.CREEP: "distance_m = 0.5\n",
    Kind.BODY: "body_m = 0.1\n",
    Kind.LIFT_WHEEL: "wheel = 3\n",
    Kind.WINGS: 'mode = "shed"\n',
    Kind.TILT_WINGS: "left_deg = 20\nright_deg = -10\n",
    Kind.HEATER: 'heater = "box"\non_k = 250.0\n',
    Kind.SORT_QUEUE: "are_thumbnails_first = false\n",
}
KIND_OF_KEY = {
    "x_m": "drive",
    "waypoints": "drive",
    "elevation_deg": "picture",
    "compression": "picture",
}


def read(ninety: OpenedLevel, text: str) -> Plan:
    return parse_plan(tomllib.loads(text), plan_context(ninety.setup), "x.plan.toml", text)


def read_by_any(ninety: OpenedLevel, text: str) -> Plan:
    """Read a plan for whatever rover may come."""
    context = replace(plan_context(ninety.setup), rover=None)
    return parse_plan(tomllib.loads(text), context, "x.plan.toml", text)


def problems(ninety: OpenedLevel, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(ninety, HEAD + text)
    return str(caught.value).split("\n")


def test_a_plan_written_and_read_again_is_the_same(ninety: OpenedLevel) -> None:
    site = ninety.setup.site
    places = ((-1.1, -7.25), (-2.0, -14.0))
    plan = timed(
        (
            Activity(1, Kind.DRIVE, tick_at(site, 9, 9.5) + 7, 5411, -3.25, -20.123456789),
            Activity(
                2, Kind.PICTURE, 0, 120, azimuth_rad=3.1, elevation_rad=-0.1, after=1, gap_s=61
            ),
            Activity(3, Kind.SEND, tick_at(site, 9, 23.99), 3660, priority=8, name="late"),
            Activity(4, Kind.AIR, tick_at(site, 10, 3.0), 5400, condition="charge_frac > 50 %"),
            Activity(5, Kind.SOIL, 0, 840, instead_of=4, bearing_rad=0.3, range_m=1.7),
            Activity(
                6,
                Kind.DRIVE,
                tick_at(site, 10, 11.0),
                3600,
                1.0 / 3.0,
                -30.0,
                waypoints=places,
                navigation=Navigation.VISUAL,
                until="lmst_h > 12",
                abort="tilt_rad > 0.3",
                is_optional=True,
            ),
        )
    )
    text = plan_text(plan, site, 'a "strange"\\name\nof two lines')
    again = read(ninety, text)
    assert [a.name for a in again] == ["drive 1", "", "late", "air 4", "soil 5", ""]
    assert tuple(replace(a, name=b.name) for a, b in zip(again, plan, strict=True)) == plan
    assert plan_text(again, site, "x").splitlines()[2:] == text.splitlines()[2:]
    assert tomllib.loads(text)["name"] == 'a "strange"\\name\nof two lines'


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 9 * 88_775), st.integers(1, 90_000), st.floats(-3.0, 3.0), st.floats(-99, 99))
def test_times_angles_and_places_come_back_to_the_last_bit(
    ninety: OpenedLevel, tick: int, length_s: int, angle_rad: float, x_m: float
) -> None:
    plan = (
        Activity(1, Kind.PICTURE, tick, length_s, azimuth_rad=angle_rad, elevation_rad=0.1),
        Activity(2, Kind.DRIVE, tick + 95_000, length_s, x_m, -x_m, elevation_rad=0.0),
    )
    again = read_by_any(ninety, plan_text(plan, ninety.setup.site, "x"))
    assert [a.start_tick for a in again] == [tick, tick + 95_000]
    assert again[0].duration_s == length_s
    assert again[0].azimuth_rad == pytest.approx(angle_rad, abs=5e-16, rel=5e-16)
    assert (again[1].x_m, again[1].y_m) == (x_m, -x_m)


def test_a_tick_is_written_as_short_as_it_can_be(ninety: OpenedLevel) -> None:
    site = ninety.setup.site
    assert time_text(site, tick_at(site, 9, 10.5)) == "10:30"
    for tick in range(700_000, 700_200):
        assert len(time_text(site, tick)) <= 10


def test_no_length_means_the_usual_one(ninety: OpenedLevel) -> None:
    usual = usual_durations_s(ninety.setup.rover.instruments)
    text = HEAD + "".join(
        f'[[activity]]\nsol = {sol}\nstart = "10:30"\nkind = "{kind}"\n{ORDERS.get(kind, "")}'
        for sol, kind in enumerate(ActivityKind, 9)
    )
    for activity in read(ninety, text):
        if activity.command is None:
            assert activity.duration_s == usual[activity.kind] > 0
        else:
            price = order_price(ninety.setup.rover, activity.command)
            assert activity.duration_s == price.duration_s >= 60


def test_every_command_comes_back_from_its_file_as_it_was(ninety: OpenedLevel) -> None:
    site = ninety.setup.site
    plan = tuple(
        Activity(number, kind, tick_at(site, 8 + number, 10.5), 600, command=command)
        for number, (kind, command) in enumerate(COMMANDS.items(), 1)
    )
    assert set(COMMANDS) == set(COMMANDED)
    text = plan_text(plan, site, "x")
    assert read(ninety, text) == plan
    for kind, lines in ORDERS.items():
        assert read(
            ninety, f'{HEAD}[[activity]]\nkind = "{kind}"\nsol = 9\nstart = "9:00"\n{lines}'
        )


@settings(max_examples=40, deadline=None)
@given(st.floats(-1000.0, 1000.0), st.floats(-math.pi, math.pi), st.floats(0.0, 1000.0))
def test_numbers_of_commands_come_back_to_the_last_bit(
    ninety: OpenedLevel, way_m: float, angle_rad: float, on_k: float
) -> None:
    commands: dict[ActivityKind, PlannedCommand] = {
        Kind.CRAB: Crab(way_m, angle_rad),
        Kind.TILT_WINGS: TiltWings(angle_rad, -angle_rad),
        Kind.ARC: Drive(way_m, way_m / 100.0),
        Kind.HEATER: SetHeater(Heater.BATTERY, on_k),
    }
    site = ninety.setup.site
    plan = tuple(
        Activity(number, kind, tick_at(site, 9 + number, 9.0), 600, command=command)
        for number, (kind, command) in enumerate(commands.items(), 1)
    )
    again = read_by_any(ninety, plan_text(plan, site, "x"))
    for one, other in zip(plan, again, strict=True):
        for each in fields(one.command):  # type: ignore[arg-type]
            was, now = getattr(one.command, each.name), getattr(other.command, each.name)
            assert now == (
                was if isinstance(was, str) else pytest.approx(was, abs=5e-16, rel=5e-16)
            )


@pytest.mark.parametrize(
    ("kind", "lines", "sentence", "line"),
    [
        ("turn", "", "missing key 'heading_deg'", 2),
        ("turn", "heading_dg = 3", "did you mean 'heading_deg'", 6),
        ("turn", "heading_deg = nan", "heading_deg: must be a finite number", 6),
        ("turn", "heading_deg = 1e9", "heading_deg must be a number from", 6),
        ("turn", 'heading_deg = "north"', "expected float, got 'north'", 6),
        (
            "turn",
            "heading_deg = 1\nx_m = 2.0",
            "turn has no x_m (drive has); it has heading_deg",
            7,
        ),
        (
            "picture",
            "heading_deg = 1",
            "picture has no heading_deg (turn has); it has azimuth_deg",
            6,
        ),
        ("air", "distance_m = 1", "air has no distance_m (arc, crab, creep has); it has none", 6),
        ("crab", "distance_m = 1", "missing key 'bearing_deg'", 2),
        ("crab", "distance_m = 5000\nbearing_deg = 90", "from -500 to 500, got 5000.0", 6),
        ("lift_wheel", "wheel = 6", "wheel must be a whole number from 0 to 5, got 6", 6),
        ("lift_wheel", "wheel = 1.5", "expected int, got 1.5", 6),
        ("wings", 'mode = "trak"', "did you mean 'track'", 6),
        ("heater", 'heater = "bx"\non_k = 250', "did you mean 'box'", 6),
        (
            "heater",
            'heater = "box"\non_k = -4',
            "on_k must be a number from 233.15 to 263.15, got -4",
            7,
        ),
        ("hibernate", "minuts = 3", "did you mean 'minutes'", 6),
        ("sort_queue", "are_thumbnails_first = 1", "expected bool, got 1", 6),
    ],
)
def test_mistakes_in_commands_are_named_with_line_and_range(
    ninety: OpenedLevel, kind: str, lines: str, sentence: str, line: int
) -> None:
    head = f'[[activity]]\nkind = "{kind}"\nsol = 9\nstart = "10:30"\n'
    found = problems(ninety, head + lines + "\n")
    hits = [one for one in found if sentence in one]
    assert len(hits) == 1, found
    assert hits[0].startswith(f"x.plan.toml:{line}:"), hits


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('start = "24:00"', "a time looks like"),
        ('start = "midday"', "a time looks like"),
        ("sol = -1", "sol must be 1 or later"),
        ("sol = 91", "after the last sol, 90"),
        ('kind = "drvie"', "did you mean 'drive'"),
        ("minuts = 3.0", "did you mean 'minutes'"),
        ("minutes = -1.0", "must not be negative"),
        ("minutes = 2000", "at most 1600"),
        ("x_m = nan", "finite"),
        ('condition = "chrge_frac > 1"', "did you mean 'charge_frac'"),
        ('until = "sol >"', "cannot read the condition"),
        ('after = "go"', "no activity is called 'go'"),
        ("at_pass = 99", "no such pass"),
        ('at_pass = "nite"', "at_pass is next, noon, night"),
        ("gap_minutes = 3", "needs 'after'"),
        ('else = "stay"', "no activity is called 'stay'"),
        ("x_m = 1e30", "x_m must be a number from -1e+06 to 1e+06, got 1e+30"),
        ("elevation_deg = 900", "elevation_deg must be a number from -90 to 90, got 900.0"),
        (
            "range_m = -5",
            "range_m must be a number from 1.6 to 7, or 0 for the usual one, got -5.0",
        ),
        ("bearing_deg = 1e300", "bearing_deg must be a number from"),
        ("priority = 99999999999", "priority must be a whole number from -1000 to 1000"),
        ("compression = 1e-305", "compression must be a number from 1 to 64, or 0"),
        ("waypoints = [[0.0, 1e30]]", "Waypoint 1: y_m must be a number"),
        (f"minutes = {10**400}", "finite"),
    ],
)
def test_every_mistake_is_named_with_its_line(
    ninety: OpenedLevel, line: str, sentence: str
) -> None:
    kind = KIND_OF_KEY.get(line.partition(" ")[0], "soil")
    good = {"sol": "sol = 9", "start": 'start = "10:30"', "kind": f'kind = "{kind}"'}
    if line.startswith("after"):
        del good["start"]
    good[line.partition(" ")[0]] = line
    (problem,) = problems(ninety, "[[activity]]\n" + "\n".join(good.values()))
    at = list(good.values()).index(line) + 3
    assert sentence in problem
    assert problem.startswith(f"x.plan.toml:{at}:"), problem


def test_all_problems_are_listed_at_once(ninety: OpenedLevel) -> None:
    text = '[[activity]]\nkind = "drvie"\nsol = 9\nstrat = "9:00"\n[[activity]]\nkind = 3\n'
    found = problems(ninety, text)
    assert [one.split(":")[1] for one in found] == ["3", "5", "7"]


def test_one_mistake_hides_no_other_of_its_table_or_of_the_rest(ninety: OpenedLevel) -> None:
    text = (
        '[[activity]]\nkind = "drive"\nname = "go"\nsol = 9\nminutes = nan\nstart = "25:00"\n'
        'condition = "chrge_frac > 1"\nx_m = 1e30\n'
        '[[activity]]\nkind = "soil"\nsol = 910\nstart = "9:00"\nuntil = "sol >"\n'
        '[[activity]]\nkind = "picture"\nafter = "goo"\n'
        '[[activity]]\nkind = "air"\nsol = 10\nstart = "9:70"\nafter = "stay"\nabort = "tao > 1"\n'
        '[[activity]]\nkind = "air"\nafter = "go"\nelevation_deg = 91\n'
        '[[use]]\ntemplate = "nobody"\nsol = 9\n'
        '[[use]]\ntemplate = "nothing"\nsol = 0\n[[use]]\nsol = 3\n'
    )
    found = problems(ninety, text)
    for words in (
        "6: activity[0].minutes: must be a finite number",
        "7: activity[0].start: a time looks like \"10:30\", not '25:00'",
        "did you mean 'charge_frac'",
        "x_m must be a number",
        "sol 910 is after the last sol, 90",
        "cannot read the condition 'sol >'",
        "no activity is called 'goo'; did you mean 'go'?",
        "not '9:70'",
        "no activity is called 'stay'",
        "unknown reading 'tao'; did you mean 'tau'?",
        "elevation_deg must be a number from -90 to 90",
        "unknown template 'nobody'",
        "sol must be 1 or later, got 0",
        "missing key 'template'",
    ):
        assert any(words in one for one in found), (words, found)
    assert not any("called 'go'" in one for one in found)
    assert len(found) == len(set(found))


def test_clashes_are_listed_beside_other_mistakes(ninety: OpenedLevel) -> None:
    look = '[[activity]]\nkind = "picture"\nsol = 9\nstart = "10:20"\n'
    found = problems(ninety, DRIVE + look + '[[activity]]\nkind = "drvie"\n')
    assert any("overlaps go of sol 9" in one for one in found)
    assert any("did you mean 'drive'" in one for one in found)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("minutes", "colour = 3\nminutes"), "unknown key 'colour'"),
        (("minutes = 60", "minuts = 60"), "did you mean 'minutes'"),
        (("minutes", "x_m = 1e30\nminutes"), "x_m must be"),
        (("minutes", 'x_m = "far"\nminutes'), "expected float"),
        (('"on"', '"go"'), "another activity is called 'go'"),
        (("minutes", 'until = "sol >"\nminutes'), "cannot read the condition"),
        (("minutes", "azimuth_deg = 3.0\nminutes"), "drive has no azimuth_deg"),
    ],
)
@pytest.mark.parametrize("is_first", [True, False])
def test_a_mistake_in_one_of_two_overlapping_activities_does_not_hide_the_overlap(
    ninety: OpenedLevel, change: tuple[str, str], told: str, *, is_first: bool
) -> None:
    other = DRIVE.replace('"go"', '"on"').replace("10:00", "10:30").replace(*change)
    found = problems(ninety, other + DRIVE if is_first else DRIVE + other)
    assert [told in one for one in found].count(True) == 1, found
    assert ["overlaps " in one for one in found].count(True) == 1, found
    assert len(found) == 2


def test_an_activity_whose_time_cannot_be_known_overlaps_nothing(ninety: OpenedLevel) -> None:
    other = DRIVE.replace('"go"', '"on"').replace('start = "10:00"', 'at_pass = "nigt"')
    (problem,) = problems(ninety, DRIVE + other)
    assert "did you mean 'night'" in problem


def test_an_order_whose_length_cannot_be_known_overlaps_nothing(ninety: OpenedLevel) -> None:
    arc = '[[activity]]\nkind = "arc"\nsol = 9\nstart = "10:30"\ndistance_m = 5e9\n'
    (problem,) = problems(ninety, DRIVE + arc)
    assert "distance_m must be" in problem
    assert len(problems(ninety, DRIVE + arc + "minutes = 5\n")) == 2


@pytest.mark.parametrize(
    ("table", "like"),
    [("activty", "activity"), ("usee", "use"), ("templat", "template"), ("nonsense", "")],
)
@pytest.mark.parametrize("marks", [("[[", "]]"), ("[", "]")])
def test_a_misspelt_table_is_told_with_its_line_and_the_nearest_name(
    ninety: OpenedLevel, table: str, like: str, marks: tuple[str, str]
) -> None:
    (problem,) = problems(ninety, f'\n{marks[0]}{table}{marks[1]}\nkind = "air"\n')
    hint = f"; did you mean {like!r}?" if like else ""
    assert problem == f"x.plan.toml:3: unknown key {table!r}{hint}"


def test_a_misspelt_pass_is_told_with_the_nearest_name(ninety: OpenedLevel) -> None:
    text = '[[activity]]\nkind = "send"\nsol = 9\nat_pass = "nigt"\n'
    (problem,) = problems(ninety, text)
    assert problem.startswith("x.plan.toml:5: ")
    assert problem.endswith("not 'nigt'; did you mean 'night'?")


def test_a_file_of_another_schema_is_refused(ninety: OpenedLevel) -> None:
    for schema in (2, -1):
        told = rf"^x\.plan\.toml:2: schema: schema {schema} is not known"
        with pytest.raises(ConfigError, match=told):
            read(ninety, f"name = 'x'\nschema = {schema}\n")


@pytest.mark.parametrize(
    ("old", "new", "line", "key"),
    [("kind", "KIND", 3, "kind"), ("sol", "Sol", 4, "sol"), ("[[a", "[[A", 2, "activity")],
)
def test_capitals_are_told_with_line_and_nearest_name(
    ninety: OpenedLevel, old: str, new: str, line: int, key: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        read(ninety, HEAD + DRIVE.replace(old, new))
    (odd,) = [one for one in str(caught.value).split("\n") if "unknown key" in one]
    assert odd.startswith(f"x.plan.toml:{line}: ")
    assert odd.endswith(f"did you mean {key!r}?")


def test_names_join_activities(ninety: OpenedLevel) -> None:
    text = (
        HEAD
        + DRIVE
        + 'else = "stay"\ncondition = "charge_frac > 60 %"\n'
        + (
            '[[activity]]\nkind = "soil"\nname = "stay"\n'
            '[[activity]]\nkind = "picture"\nafter = "go"\ngap_minutes = 5\n'
        )
    )
    go, stay, look = read(ninety, text)
    assert (stay.instead_of, stay.start_tick) == (go.number, go.start_tick)
    assert (look.after, look.gap_s) == (go.number, 300)
    assert look.start_tick == go.start_tick + 3600 + 300


def test_passes_give_start_and_length(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    text = HEAD + "".join(
        f'[[activity]]\nkind = "send"\nsol = 20\nat_pass = {one}\n' for one in (1, 2, '"night"')
    ).replace("at_pass = 2", "sol = 21\nat_pass = 2", 1).replace("sol = 20\nsol = 21", "sol = 21")
    first, night, second = sorted(
        read(ninety, text), key=lambda a: (a.at_pass == "2", a.start_tick)
    )
    usable = [one for one in passes_of_sol(setup.orbiter, setup.site, 20)
              if one.usable_rise_tick < one.usable_set_tick]  # fmt: skip
    assert first.start_tick == usable[0].usable_rise_tick - setup.rover.radio.warm_up_s
    assert first.start_tick + first.duration_s == usable[0].usable_set_tick
    assert sol_of(setup.site, second.start_tick) == 21
    hour = lmst_h(setup.site, night.start_tick)
    assert hour > 19.0 or hour < 5.0


def test_overlaps_that_nothing_decides_are_refused(ninety: OpenedLevel) -> None:
    look = '[[activity]]\nkind = "picture"\nsol = 9\nstart = "10:20"\n'
    (problem,) = problems(ninety, DRIVE + look)
    assert problem.startswith("x.plan.toml:8: activity[1]: overlaps go of sol 9 10:00 by")
    for settled in ("priority = 7", "is_optional = true", 'condition = "sol > 3"'):
        assert len(read(ninety, HEAD + DRIVE + look + settled + "\n")) == 2
    ring = look + 'name = "a"\nelse = "b"\n[[activity]]\nkind = "soil"\nname = "b"\nelse = "a"\n'
    assert all("roundabout" in one for one in problems(ninety, ring))


TEMPLATE = """
[[template]]
name = "go and look"
[template.parameters]
x_m = 0.0
y_m = -20.0
minutes = 45
[[template.activity]]
kind = "drive"
name = "go"
start = "+00:00"
minutes = "$minutes"
x_m = "$x_m"
y_m = "$y_m"
[[template.activity]]
kind = "panorama"
after = "go"
[[template.activity]]
kind = "send"
start = "night"
minutes = 30
[[use]]
template = "go and look"
sol = 12
start = "10:15"
sols = 3
values = { y_m = -24.0 }
"""


def test_a_template_is_put_to_use_sol_by_sol(ninety: OpenedLevel) -> None:
    site = ninety.setup.site
    plan = read(ninety, HEAD + TEMPLATE)
    drives = [a for a in plan if a.kind is Kind.DRIVE]
    assert [sol_of(site, a.start_tick) for a in drives] == [12, 13, 14]
    assert [a.start_tick for a in drives] == [tick_at(site, sol, 10.25) for sol in (12, 13, 14)]
    assert {(a.x_m, a.y_m, a.duration_s) for a in drives} == {(0.0, -24.0, 2700)}
    looks = [a for a in plan if a.kind is Kind.PANORAMA]
    assert [a.after for a in looks] == [a.number for a in drives]
    assert len([a for a in plan if a.kind is Kind.SEND]) == 3
    again = read(ninety, plan_text(plan, site, "x"))
    assert [a.start_tick for a in again] == [a.start_tick for a in plan]


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('template = "go and look"', 'template = "go and lok"', "did you mean 'go and look'"),
        ("values = { y_m", "values = { ym", "has no parameter 'ym'; did you mean 'y_m'"),
        ('"$minutes"', '"$minute"', "unknown parameter '$minute'; did you mean 'minutes'"),
        ('start = "+00:00"', 'start = "+noon"', "a time looks like"),
        ("[template.parameters]", "[template.params]", "did you mean 'parameters'"),
        ('kind = "panorama"', 'kind = "panorma"', "did you mean 'panorama'"),
        ("sols = 3", "sols = 0", "sols must be from 1 to 669, got 0"),
    ],
)
def test_mistakes_in_templates_are_named(
    ninety: OpenedLevel, old: str, new: str, sentence: str
) -> None:
    found = problems(ninety, TEMPLATE.replace(old, new))
    assert any(sentence in one for one in found), found


def test_the_bundled_templates_serve_plan_files(ninety: OpenedLevel) -> None:
    use = '[[use]]\ntemplate = "{}"\nsol = 20\n'
    for name in plan_context(ninety.setup).templates:
        assert read(ninety, HEAD + use.format(name))


def test_a_file_that_is_no_toml_is_named_with_its_line(ninety: OpenedLevel, tmp_path: Path) -> None:
    path = tmp_path / "x.plan.toml"
    path.write_text("schema = 1\n[[activity]\n", encoding="utf-8")
    with pytest.raises(ScenarioError, match="line 2"):
        open_plan(path, ninety.setup)


def test_lines_of_keys_are_found_in_any_nesting() -> None:
    text = "a = 1\n[b]\nc = 2\n[[d]]\ne = 3\n[[d.f]]\ng = 4\n[[d.f]]\n[[d]]\n[[d.f]]\ng = 5\n"
    lines = key_lines(text)
    assert (lines["a"], lines["b.c"], lines["d[0].e"]) == (1, 3, 5)
    assert (lines["d[0].f[0].g"], lines["d[0].f[1]"], lines["d[1].f[0].g"]) == (7, 8, 11)
