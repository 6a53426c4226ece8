import tomllib
from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind, Navigation
from game.environment.clock import tick_at
from game.errors import ConfigError
from game.levels.open import OpenedLevel, usual_durations_s
from game.mission.plan import Plan
from game.mission.plan_file import parse_plan, plan_text


def read(ninety: OpenedLevel, text: str) -> Plan:
    usual = usual_durations_s(ninety.setup.rover.instruments)
    return parse_plan(tomllib.loads(text), ninety.setup.site, usual, "x.plan.toml")


def test_a_plan_written_and_read_again_is_the_same_to_a_minute(ninety: OpenedLevel) -> None:
    site = ninety.setup.site
    plan = (
        Activity(
            1,
            ActivityKind.DRIVE,
            tick_at(site, 9, 9.5),
            5400,
            -3.25,
            -20.5,
            waypoints=((2.5, -8.0), (1.0, -14.25)),
            navigation=Navigation.VISUAL,
        ),
        Activity(2, ActivityKind.PICTURE, tick_at(site, 9, 11.25), 120, 0.0, 0.0, 3.1, -0.1),
        Activity(3, ActivityKind.SEND, tick_at(site, 9, 23.99), 3660, priority=8),
        Activity(4, ActivityKind.AIR, tick_at(site, 10, 3.0), 5400, condition="charge_frac > 0.5"),
    )
    text = plan_text(plan, site, 'a "strange"\\name\nof two lines')
    again = read(ninety, text)
    assert len(again) == 4
    for one, two in zip(plan, again, strict=True):
        assert abs(one.start_tick - two.start_tick) <= 62
        assert abs(one.azimuth_rad - two.azimuth_rad) < 1e-3 or one.kind != ActivityKind.PICTURE
        same = replace(
            two,
            start_tick=one.start_tick,
            azimuth_rad=one.azimuth_rad,
            elevation_rad=one.elevation_rad,
        )
        assert same == one
    assert plan_text(again, site, "x").splitlines()[2:] == text.splitlines()[2:]
    assert tomllib.loads(text)["name"] == 'a "strange"\\name\nof two lines'


def test_no_length_means_the_usual_one(ninety: OpenedLevel) -> None:
    usual = usual_durations_s(ninety.setup.rover.instruments)
    text = "schema = 1\n" + "".join(
        f'[[activity]]\nsol = 9\nstart = "10:30"\nkind = "{kind}"\n' for kind in ActivityKind
    )
    for activity in read(ninety, text):
        assert activity.duration_s == usual[activity.kind] > 0


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('start = "24:00"', "a time looks like"),
        ('start = "noon"', "a time looks like"),
        ("sol = 0", "sol must be 1 or later"),
        ('kind = "drvie"', "did you mean 'drive'"),
        ("minuts = 3.0", "did you mean 'minutes'"),
        ("minutes = -1.0", "must not be negative"),
        ("x_m = nan", "finite"),
    ],
)
def test_every_mistake_is_named(ninety: OpenedLevel, line: str, sentence: str) -> None:
    good = {"sol": "sol = 9", "start": 'start = "10:30"', "kind": 'kind = "soil"'}
    good[line.partition(" ")[0]] = line
    with pytest.raises(ConfigError, match=sentence):
        read(ninety, "schema = 1\n[[activity]]\n" + "\n".join(good.values()))


def test_a_file_of_another_schema_is_refused(ninety: OpenedLevel) -> None:
    with pytest.raises(ConfigError, match="schema 2 is not known"):
        read(ninety, "schema = 2\n")
