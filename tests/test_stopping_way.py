"""What is under way is stopped by a command that goes with the plan: no plan can do that."""

import math
from dataclasses import replace

import pytest

from game.circumstances import circumstances
from game.commands import Activity, ActivityKind, Drive, Stop, UplinkPlan
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.mission import flight_checks
from game.mission.flight_rules import Review
from game.mission.plan import Plan
from game.mission.rules_of_flight import violations
from game.simulation import step
from game.state import State
from game.trials import Question, proven
from tests.rover.desks import grounded


@pytest.fixture
def rolling(ninety: OpenedLevel, monkeypatch: pytest.MonkeyPatch) -> State:
    """A rover that drives by hand where the ground leans a little more as it goes."""
    monkeypatch.setattr(flight_checks, "LEAN_HAIR_RAD", 0.0)
    state = grounded(ninety.setup, 11.0)
    state, _ = step(ninety.setup, state, [(state.tick, Drive(8.0))])
    for _ in range(3):
        state, _ = step(ninety.setup, state)
    assert state.rover.mobility.drive is not None
    return state


def leaning(opened: OpenedLevel, state: State, plan: Plan) -> Question:
    """Hold a plan against a limit of tilt that the drive under way is about to pass."""
    until = state.tick + 20_000
    course = forecast(opened.setup, state, until, plan).course()
    limit_rad = (float(course.tilt_rad[0]) + float(course.tilt_rad.max())) / 2.0
    rule = tuple(
        replace(one, limit=math.degrees(limit_rad)) if one.name == "tilt" else one
        for one in opened.flight_rules.rule
    )
    rules, around = replace(opened.flight_rules, rule=rule), circumstances(opened.setup, state)
    found = violations(rules, plan, course, around)
    return Question(opened.setup, state, until, Review(rules, plan, course, around), found)


def test_a_drive_under_way_is_stopped_and_that_is_proven(
    ninety: OpenedLevel, rolling: State
) -> None:
    question = leaning(ninety, rolling, ())
    (broken,) = question.found
    assert (broken.rule, broken.fix, broken.commands) == (
        "tilt", "stop what is under way", (Stop(),),
    )  # fmt: skip
    way = proven(question, broken)
    assert (way.words, way.caveat, way.uplink) == (
        "stop what is under way", "", (Stop(), UplinkPlan(())),
    )  # fmt: skip


def test_the_plan_flies_on_behind_the_stop(ninety: OpenedLevel, rolling: State) -> None:
    air = Activity(7, ActivityKind.AIR, rolling.tick + 3000, 600)
    question = leaning(ninety, rolling, (air,))
    way = proven(question, question.found[0])
    assert way.plan == (air,)
    state, tilts = rolling, []
    commands = [(state.tick, command) for command in way.uplink]
    while state.tick < rolling.tick + 3100:
        state, _ = step(ninety.setup, state, commands)
        commands = []
        tilts.append(state.rover.mobility.drive is None)
    assert all(tilts)
    main = state.rover.sequencer.main
    assert main is not None
    assert main.activity.number == 7


def test_where_nothing_is_under_way_no_lean_is_stopped(ninety: OpenedLevel, rolling: State) -> None:
    question = leaning(ninety, rolling, ())
    still = replace(question.review.around, is_under_way=False)
    assert question.review.around.is_under_way
    assert not still.is_under_way
    assert not circumstances(ninety.setup, grounded(ninety.setup, 11.0)).is_under_way
