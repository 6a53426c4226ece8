"""What no run can make of a plan file is told when it is read: too early, too far."""

import tomllib
from dataclasses import replace

import pytest

from game.commands import Activity
from game.errors import ConfigError
from game.levels.open import OpenedLevel, plan_context
from game.mission.plan_file import parse_plan

HEAD = "schema = 1\n"


def read(ninety: OpenedLevel, text: str) -> tuple[Activity, ...]:
    return parse_plan(tomllib.loads(HEAD + text), plan_context(ninety.setup), "x", HEAD + text)


def problems(ninety: OpenedLevel, text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        read(ninety, text)
    return str(caught.value).split("\n")


def drive(sol: int, y_m: float, more: str = "") -> str:
    head = f'[[activity]]\nkind = "drive"\nsol = {sol}\nstart = "10:00"\n'
    return f"{head}x_m = 0.0\ny_m = {y_m}\n{more}"


def air(sol: int, start: str) -> str:
    return f'[[activity]]\nkind = "air"\nsol = {sol}\nstart = "{start}"\n'


def test_what_is_over_before_the_landing_is_told(ninety: OpenedLevel) -> None:
    (problem,) = problems(ninety, air(1, "10:00") + air(1, "14:00"))
    assert problem == "x:5: activity[0].start: the rover lands on sol 1 at 13:40; this is before it"


def test_a_little_before_the_landing_is_merely_late(ninety: OpenedLevel) -> None:
    assert len(read(ninety, air(1, "13:00"))) == 1


def test_no_wheels_are_anywhere_at_once(ninety: OpenedLevel) -> None:
    (problem,) = problems(ninety, drive(9, -90_000.0))
    assert problem.startswith("x:7: activity[0].y_m: 90000 m away, but the wheels can have gone ")


def test_a_goal_too_far_from_the_last_one_is_told(ninety: OpenedLevel) -> None:
    (problem,) = problems(ninety, drive(9, -100.0) + drive(10, -700.0))
    assert problem == (
        "x:13: activity[1].y_m: from the last goal: The goal is 600 m away; a drive is at most "
        "500 m"
    )


@pytest.mark.parametrize(
    "between",
    [
        "",
        '[[activity]]\nkind = "arc"\nsol = 9\nstart = "15:00"\ndistance_m = 2.0\n',
    ],
)
def test_who_knows_where_the_rover_stands_is_given_the_benefit(
    ninety: OpenedLevel, between: str
) -> None:
    unsure = drive(9, -100.0, "" if between else 'condition = "charge_frac > 60 %"\n')
    assert read(ninety, unsure + between + drive(10, -700.0))


def test_a_goal_that_cannot_be_read_is_no_place_to_measure_from(ninety: OpenedLevel) -> None:
    bad = drive(9, -700.0).replace("-700.0", "nan")
    (problem,) = problems(ninety, bad + drive(10, -700.0))
    assert "y_m: must be a finite number" in problem


def work(kind: str, sol: int, more: str = "", start: str = "10:00") -> str:
    return f'[[activity]]\nkind = "{kind}"\nsol = {sol}\nstart = "{start}"\n{more}'


ON_LANDER = "the rover stands on the lander until the ramp opens on sol 8"


@pytest.mark.parametrize(
    ("kind", "more", "words"),
    [
        ("roll_off", "", "the ramp opens on sol 8; roll off then"),
        ("drive", "y_m = -9.0\n", f"{ON_LANDER}; drive needs the ground"),
        ("arc", "distance_m = 2.0\n", f"{ON_LANDER}; arc needs the ground"),
        ("deploy_camera", "", f"{ON_LANDER}; deploy camera needs the ground"),
    ],
)
def test_nothing_leaves_the_lander_before_the_ramp_opens(
    ninety: OpenedLevel, kind: str, more: str, words: str
) -> None:
    (problem,) = problems(ninety, work(kind, 7, more))
    assert problem == f"x:4: activity[0].sol: {words}"
    assert read(ninety, work(kind, 8, more))
    # What has to wait for its lane late in the evening may still start the next sol.
    assert read(ninety, work(kind, 7, more, start="23:55"))
    assert read(ninety, work("picture", 7))


def test_without_a_lander_there_is_nothing_to_roll_off(ninety: OpenedLevel) -> None:
    context = replace(plan_context(ninety.setup), is_on_lander=False)
    text = HEAD + work("roll_off", 9)
    with pytest.raises(ConfigError, match=r"x:3: activity\[0\].kind: the rover stands on Mars"):
        parse_plan(tomllib.loads(text), context, "x", text)
    text = HEAD + work("drive", 3, "y_m = -9.0\n")
    assert parse_plan(tomllib.loads(text), context, "x", text)


@pytest.mark.parametrize(
    ("kind", "more", "least"),
    [
        ("arc", "distance_m = 300.0\n", 90),
        ("arc", "distance_m = -20.0\ncurvature_1_m = 0.1\n", 6),
        ("crab", "distance_m = 20.0\nbearing_deg = 20\n", 6),
        ("creep", "distance_m = 1.0\n", 10),
        ("lift_wheel", "wheel = 2\n", 2),
    ],
)
def test_an_order_has_the_minutes_of_its_metres(
    ninety: OpenedLevel, kind: str, more: str, least: int
) -> None:
    (problem,) = problems(ninety, work(kind, 9, f"minutes = 0.1\n{more}"))
    assert problem.startswith("x:6: activity[0].minutes: ")
    assert f"takes at least {least} minutes at top speed, here it has 0.1" in problem
    assert read(ninety, work(kind, 9, f"minutes = {least + 1}\n{more}"))
    assert read(ninety, work(kind, 9, more))
    # Who says when to stop may name more metres than there is time for.
    assert read(ninety, work(kind, 9, f'minutes = 0.1\nuntil = "charge_frac < 50 %"\n{more}'))


def test_a_drive_may_be_cut_short_but_not_before_it_has_begun(ninety: OpenedLevel) -> None:
    """Minutes are a limit to the sequencer: a part of the way is of use, nothing of it is none."""
    first = drive(9, -10.0)
    (problem,) = problems(ninety, first + drive(10, -110.0, "minutes = 1\n"))
    assert problem == (
        "x:14: activity[1].minutes: in 1 min the wheels roll at most 3 m, and the goal is 100 m "
        "from the last one; give it 30 min or more"
    )
    assert read(ninety, first + drive(10, -110.0, "minutes = 10\n"))
    assert read(ninety, first + drive(10, -12.0, "minutes = 1\n"))
    assert read(ninety, drive(9, -110.0, "minutes = 1\n"))  # it may stand close by


def test_one_camera_is_set_down_once(ninety: OpenedLevel) -> None:
    first = work("deploy_camera", 9)
    (problem,) = problems(ninety, first + work("deploy_camera", 10))
    assert problem == (
        "x:7: activity[1].kind: the small camera can be set down once, and sol 9 10:00 does it; "
        "leave one out, or let it stand in for the other ('else')"
    )
    assert read(ninety, first + work("deploy_camera", 10, "is_optional = true\n"))
    assert read(
        ninety, work("deploy_camera", 9, 'else = "b"\n') + work("deploy_camera", 9, 'name = "b"\n')
    )


def test_dark_and_cold_are_no_mistakes_of_a_file(ninety: OpenedLevel) -> None:
    """They depend on the run; the rules of flight tell them."""
    assert read(ninety, work("picture", 9, start="00:30"))
