"""The window tells what became of the plan: on the lanes, in the morning, and after a load."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from game.commands import Activity, ActivityKind, UplinkPlan
from game.events import ActivityEnded, ActivityOutcome
from game.machine_commands import Heater, SetHeater
from game.saves import read_record, write_save
from game.session import Session
from game.ui.canvas import Canvas
from game.ui.draw.plan import plan_layout
from game.ui.facts.fates import day_words, fates_of
from game.ui.flight import Flight
from game.ui.input import Pointed
from game.ui.missions import Run
from game.ui.news import news_of
from game.ui.screens.plan import PlanScreen
from game.ui.shell import Shell
from game.ui.widgets.timeline import block_box
from tests.ui.window import plain_play

Kind = ActivityKind


@pytest.fixture
def flown(run: Run) -> Run:
    tick = run.session.state.tick
    run.session.issue(
        UplinkPlan((
            Activity(1, Kind.AIR, tick + 60, 900),
            Activity(2, Kind.HEATER, tick + 120, 60, command=SetHeater(Heater.BOX, 900.0)),
        ))
    )  # fmt: skip
    return run


@pytest.fixture
def plan(shell: Shell, flown: Run, canvas: Canvas) -> Iterator[PlanScreen]:
    play = plain_play(shell, flown)
    play.desk.flight.run_to(flown.session.state.tick + 1200)
    screen = PlanScreen(play)
    screen.draw(canvas)
    yield screen
    play.close()


def test_what_is_over_lies_on_the_lanes_and_tells_its_outcome(
    plan: PlanScreen, canvas: Canvas
) -> None:
    over = [block for block in plan.model.blocks if block.is_over]
    assert [(b.kind, b.is_bad) for b in over] == [(Kind.HEATER, True), (Kind.AIR, False)]
    refused = over[0]
    x, y = block_box(plan_layout(canvas.page).lanes, refused).centre
    plan.handle(Pointed(x, y, 1, is_down=True))
    plan.handle(Pointed(x, y, 1))
    plan.draw(canvas)
    shown = plan.model.inspector
    assert shown is not None
    assert shown.title == "Heater"
    assert ("Outcome", "refused", True) in [row[:3] for row in shown.rows]
    assert shown.note.startswith("The box heater may come on between")
    plan.planning.delete()  # the past cannot be edited
    plan.planning.shift(600)
    assert [block.is_over for block in plan.model.blocks].count(True) == 2


def test_the_past_is_kept_in_a_save(plan: PlanScreen, tmp_path: Path) -> None:
    flight = plan.planning.desk.flight
    write_save(tmp_path / "x.json", flight.session, remembered=flight.remembered())
    record = read_record(tmp_path / "x.json")
    again = Flight(Session(flight.session.setup, record.state))
    again.recall_past(record.remembered)
    assert again.ended() == flight.ended()
    assert {fate.kind for fate in again.ended()} == {Kind.AIR, Kind.HEATER}


def test_a_morning_says_how_much_was_done_and_what_failed() -> None:
    done = ActivityEnded(50, 1, Kind.AIR, ActivityOutcome.DONE, "a record", "", 10)
    bad = ActivityEnded(60, 2, Kind.SOIL, ActivityOutcome.REFUSED, "the laser is cold.")
    gone = ActivityEnded(60, 3, Kind.SOIL, ActivityOutcome.REPLACED, "A new plan took its place.")
    fates = fates_of((done, bad, gone))
    assert len(fates) == 2
    words = day_words(fates, (0, 100))
    assert words == "1 of 2 activities were done. Soil laser was refused: The laser is cold."
    assert day_words(fates_of((done, done)), (0, 100)) == "All 2 activities were done."
    assert day_words(fates, (70, 100)) == ""


def test_a_single_activity_is_spoken_of_as_one() -> None:
    done = ActivityEnded(50, 1, Kind.AIR, ActivityOutcome.DONE, "a record", "", 10)
    out = ActivityEnded(50, 1, Kind.AIR, ActivityOutcome.SKIPPED, "not needed", "", 10)
    bad = ActivityEnded(60, 2, Kind.SOIL, ActivityOutcome.REFUSED, "the laser is cold.")
    said = [day_words(fates_of((one,)), (0, 100)) for one in (done, out, bad)]
    assert said == [
        "The one activity was done.",
        "The one activity was not done.",
        "Soil laser was refused: The laser is cold.",
    ]
    assert day_words(fates_of((done, out)), (0, 100)) == "1 of 2 activities were done."


def test_every_outcome_but_a_replacement_is_news() -> None:
    for outcome in ActivityOutcome:
        event = ActivityEnded(1, 1, Kind.SOIL, outcome, "because of this.")
        told = news_of(event)
        assert (told is None) == (outcome is ActivityOutcome.REPLACED)
        assert told is None or "because of this." in told.words
