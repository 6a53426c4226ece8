"""Steps that keep an activity: flown ahead, the first of them mends what it says it does."""

from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind, SetBody
from game.environment.clock import tick_at
from game.levels.open import OpenedLevel
from game.machine_commands import SetWings, WingMode
from game.mission.later_starts import later_words
from game.trials import proven
from tests.rover.desks import charged, grounded
from tests.test_trials import asked

Kind = ActivityKind


@pytest.mark.parametrize(
    ("activity", "sol", "hour", "words"),
    [
        (Activity(1, Kind.PICTURE, 0, 120), 9, 21.0, "move it into daylight"),
        (Activity(1, Kind.PANORAMA, 0, 600), 10, 3.0, "move it into daylight"),
        (Activity(1, Kind.PICTURE, 0, 120), 10, 7.0, "warm up for 25 min before"),
        (
            Activity(1, Kind.WINGS, 0, 60, command=SetWings(WingMode.TRACK)), 10, 6.0,
            "move it to where the Sun has warmed the hinges",
        ),
    ],
)  # fmt: skip
def test_the_estimate_keeps_it_and_is_what_the_run_ahead_proves(
    ninety: OpenedLevel, activity: Activity, sol: int, hour: float, words: str
) -> None:
    setup = ninety.setup
    start = tick_at(setup.site, sol, hour)
    state = charged(setup, grounded(setup, 16.0), 0.9)
    question = asked(ninety, state, (replace(activity, start_tick=start),))
    (broken,) = question.found
    way = proven(question, broken)
    assert (broken.fix, way.words, way.caveat) == (words, words, "")
    assert [a.kind for a in way.plan][-1] is activity.kind


def test_a_warm_up_is_as_long_as_it_needs_and_ends_at_the_start(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    look = Activity(1, Kind.PICTURE, tick_at(setup.site, 10, 7.0), 120, priority=7)
    question = asked(ninety, charged(setup, grounded(setup, 16.0), 0.9), (look,))
    warm, kept = question.found[0].fixed_plan
    assert kept == look
    assert warm.kind is Kind.WARM_UP
    assert warm.start_tick + warm.duration_s == look.start_tick
    assert warm.priority == look.priority


def test_what_cannot_be_warmed_in_time_begins_when_it_can(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup, 7.0), 0.9)
    state = replace(state, rover=replace(state.rover, mast_k=185.0))
    look = Activity(1, Kind.PICTURE, state.tick + 200, 120)
    question = asked(ninety, state, (look,))
    (broken,) = question.found
    way = proven(question, broken)
    assert not way.caveat
    assert Kind.PICTURE in [a.kind for a in way.plan]


def test_the_words_say_how_much_later() -> None:
    look = Activity(1, Kind.PICTURE, 1000, 120)
    assert later_words(look, 1000 + 600) == "start it 10 min later"
    assert later_words(look, 1000 + 7200) == "start it 2 h later"
    assert later_words(look, 1000 + 67_200) == "start it 18 h 40 min later"


def test_a_radar_at_rest_listens_during_the_drive(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup, 10.0), 0.9)
    drive = Activity(1, Kind.DRIVE, tick_at(setup.site, 9, 12.0), 5400, 0.0, -12.0)
    radar = Activity(2, Kind.RADAR, tick_at(setup.site, 9, 15.0), 1200)
    question = asked(ninety, state, (drive, radar))
    (broken,) = question.found
    way = proven(question, broken)
    assert (broken.rule, broken.fix) == ("refused", way.words)
    assert (way.words, way.caveat) == ("listen during the drive", "")


def test_an_order_beyond_reach_asks_for_as_much_as_it_can(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    rise = Activity(1, Kind.BODY, tick_at(setup.site, 9, 12.0), 600, command=SetBody(0.9))
    question = asked(ninety, charged(setup, grounded(setup, 10.0), 0.9), (rise,))
    (broken,) = question.found
    way = proven(question, broken)
    assert (way.words, way.caveat) == ("ask for as much as it can do", "")
    highest_m = setup.rover.mobility.posture.highest_m
    assert [a.command for a in way.plan] == [SetBody(highest_m)]
