"""What no run can make of a plan file is told when it is read: too early, too far."""

import tomllib

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
