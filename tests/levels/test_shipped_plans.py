"""The example plans that come with the levels are read, flown, and do what they say."""

import json
from pathlib import Path

import pytest

from game.agents.agent import fly
from game.agents.simple import PlanAgent
from game.commands import ActivityKind
from game.events import Event
from game.levels.open import open_level, open_plan
from game.outcomes import activity_rows
from game.session import Session
from game.ui.plan_shelf import plan_files

LEVELS = Path(__file__).parents[2] / "levels"
PLANS = sorted(LEVELS.rglob("*.plan.toml"))


def flown(path: Path, sols: int) -> list[dict[str, str]]:
    setup = open_level(path.parent.name).setup
    session, events = Session(setup), list[Event]()
    fly(session, PlanAgent(open_plan(path, setup)), sols, lambda _: None, events)
    return activity_rows(setup, session.state, events)


def test_there_are_examples_and_the_window_offers_them() -> None:
    assert len(PLANS) >= 2
    for path in PLANS:
        setup = open_level(path.parent.name).setup
        assert path in [one.path for one in plan_files(setup)]
        assert path.read_text(encoding="utf-8").count("#") >= 15  # it explains itself


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.name)
def test_an_example_does_what_it_says(path: Path) -> None:
    rows = flown(path, 13 if path.parent.name == "ninety-sols" else 12)
    failed = [json.dumps(row) for row in rows if row["outcome"] not in ("done", "skipped")]
    assert not failed
    skipped = [row["cause"] for row in rows if row["outcome"] == "skipped"]
    assert skipped in (
        ["not needed: first prints runs"],
        ["Its condition did not hold: tau > 3."],
    )


def test_the_workbench_has_every_kind() -> None:
    path = LEVELS / "devlab" / "one-of-each" / "every-kind.plan.toml"
    plan = open_plan(path, open_level("one-of-each").setup)
    assert {activity.kind for activity in plan} == set(ActivityKind)
