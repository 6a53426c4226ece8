"""What each kind of a plan file may ask for, held against what the rover can do."""

import tomllib
from dataclasses import replace

import pytest

from game.commands import ActivityKind
from game.errors import ConfigError
from game.levels.open import OpenedLevel, plan_context
from game.mission.plan_file import parse_plan

Kind = ActivityKind
HEAD = "schema = 1\n"
IMPOSSIBLE = """
[[activity]]
kind = "soil"
sol = 9
start = "10:00"
range_m = 9
bearing_deg = 170

[[activity]]
kind = "picture"
sol = 9
start = "11:00"
compression = 1000

[[activity]]
kind = "tilt_wings"
sol = 9
start = "12:00"
left_deg = 86
right_deg = -86

[[activity]]
kind = "heater"
sol = 9
start = "12:30"
heater = "battery"
on_k = 242

[[activity]]
kind = "body"
sol = 9
start = "13:00"
body_m = 0.2

[[activity]]
kind = "arc"
sol = 9
start = "13:30"
distance_m = 0
curvature_1_m = 0.6

[[activity]]
kind = "drive"
sol = 9
start = "14:00"
minutes = 60
x_m = 0.0
y_m = -400.0
waypoints = [[0.0, 200.0]]

[[activity]]
kind = "wings"
sol = 9
start = "15:30"
mode = "held"
"""


def test_what_the_machines_cannot_do_is_told_all_at_once_with_line_key_and_range(
    ninety: OpenedLevel,
) -> None:
    text = HEAD + IMPOSSIBLE
    with pytest.raises(ConfigError) as caught:
        parse_plan(tomllib.loads(text), plan_context(ninety.setup), "x", text)
    assert [one.removeprefix("x:") for one in str(caught.value).split("\n")] == [
        "7: activity[0].range_m: range_m must be a number from 1.6 to 7, or 0 for the usual one, "
        "got 9.0",
        "8: activity[0].bearing_deg: bearing_deg must be a number from -30 to 30, got 170.0",
        "14: activity[1].compression: compression must be a number from 1 to 64, or 0 for the "
        "usual one, got 1000.0",
        "20: activity[2].left_deg: left_deg must be a number from -25 to 85, got 86.0",
        "21: activity[2].right_deg: right_deg must be a number from -85 to 25, got -86.0",
        "28: activity[3].on_k: on_k must be a number from 243.15 to 268.15, got 242.0",
        "34: activity[4].body_m: body_m must be a number from -0.15 to 0.15, got 0.2",
        "40: activity[5].distance_m: distance_m must not be 0",
        "41: activity[5].curvature_1_m: curvature_1_m must be a number from -0.5 to 0.5, got 0.6",
        "50: activity[6].waypoints: The goal is 600 m away; a drive is at most 500 m",
        "56: activity[7].mode: tilt_wings holds wings at an angle; wings has level, track, shed",
    ]


def test_what_the_rover_does_not_carry_is_no_activity(ninety: OpenedLevel) -> None:
    rover = ninety.setup.rover
    tools = tuple(one for one in rover.instruments.instrument if one.kind is not Kind.RADAR)
    poor = replace(rover, instruments=replace(rover.instruments, instrument=tools))
    text = HEAD + '[[activity]]\nkind = "radar"\nsol = 9\nstart = "10:00"\n'
    assert parse_plan(tomllib.loads(text), plan_context(ninety.setup), "x", text)
    with pytest.raises(ConfigError, match=r"3: activity\[0\]\.kind: .*no instrument for that"):
        parse_plan(tomllib.loads(text), replace(plan_context(ninety.setup), rover=poor), "x", text)
