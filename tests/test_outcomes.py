"""Nothing that was asked for disappears: each activity is done, or says what became of it."""

import json
from dataclasses import replace

from game.commands import Activity, ActivityKind, SampleAir, SetBody, Stop, UplinkPlan
from game.events import ActivityOutcome, Event
from game.levels.open import OpenedLevel
from game.machine_commands import Heater, SetHeater
from game.outcomes import NOT_BEGUN, UNDER_WAY, WORDS, activity_lines, activity_rows
from game.report import report_data, report_text
from game.session import Session
from game.state import State
from tests.rover.desks import charged, grounded

Kind = ActivityKind


def every_outcome(ninety: OpenedLevel) -> tuple[State, list[Event]]:
    """A plan in which each activity comes to something else."""
    setup = ninety.setup
    state = charged(setup, grounded(setup), 0.7)
    at = state.tick
    session = Session(setup, state)
    old = Activity(20, Kind.PANORAMA, at + 3000, 1200, name="the old one")
    session.issue(UplinkPlan((old,)))
    events = list(session.advance_to(at + 5))
    plan = (
        Activity(1, Kind.PICTURE, at + 60, 120, name="look"),
        Activity(2, Kind.DRIVE, at + 600, 240, 0.0, -14.0, name="too far"),
        Activity(3, Kind.SOIL, at + 1200, 840, condition="charge_frac > 99 %"),
        Activity(4, Kind.HEATER, at + 1300, 60, command=SetHeater(Heater.BOX, 900.0)),
        Activity(5, Kind.BODY, at + 1400, 300, command=SetBody(0.05)),
        Activity(6, Kind.AIR, at + 3300, 3000),
        Activity(7, Kind.DRIVE, at + 1800, 600, 0.0, -300.0),
        Activity(8, Kind.SLEEP, at + 90_000, 600),
    )
    session.issue(UplinkPlan(plan))
    events += session.advance_to(at + 3600)
    return session.state, events


def test_every_activity_of_every_plan_is_in_the_report_once(ninety: OpenedLevel) -> None:
    state, events = every_outcome(ninety)
    rows = activity_rows(ninety.setup, state, events)
    found = {row["number"]: (row["outcome"], row["cause"]) for row in rows}
    assert len(rows) == len(found) == 9
    assert found[1][0] == "done"
    assert found[2][0] == "cut short"
    assert "m short of the goal: Stopped: its time was over." in found[2][1]
    assert found[3] == ("skipped", "Its condition did not hold: charge_frac > 99 %.")
    assert found[4][0] == "refused"
    assert "The box heater may come on between" in found[4][1]
    assert found[5][0] == "done"
    assert found[6] == (UNDER_WAY, "the run ended first")
    assert found[7][0] == "refused"
    assert found[8] == (NOT_BEGUN, "the run ended before its time")
    assert found[20] == ("replaced", "A new plan took its place.")
    assert all(row["cause"] for row in rows)
    assert {row["outcome"] for row in rows} == set(WORDS)


def test_the_page_counts_them_and_names_the_causes(ninety: OpenedLevel) -> None:
    state, events = every_outcome(ninety)
    data = report_data(ninety.setup, state, tuple(events))
    assert json.loads(json.dumps(data)) == data
    page = report_text(data)
    assert "activities     2 done, 1 cut short, 1 skipped, 2 refused, 1 replaced, 1 under" in page
    assert "too far, cut short: " in page
    assert "No camera has seen that ground yet" in page
    assert max(len(line) for line in page.splitlines()) <= 100


def test_many_alike_are_one_line_and_the_rest_is_counted(ninety: OpenedLevel) -> None:
    state, events = every_outcome(ninety)
    row = next(r for r in activity_rows(ninety.setup, state, events) if r["outcome"] == "refused")
    lines = activity_lines([row, row, row | {"cause": "another"}])
    assert any("(2 times)" in line for line in lines)
    many = [row | {"cause": f"cause {number}"} for number in range(30)]
    assert activity_lines(many)[-1] == "  and 22 more kinds of trouble; --json lists them"
    assert activity_lines([]) == ["activities     none"]


def test_what_is_done_by_hand_is_told_like_the_rest(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    session = Session(setup, charged(setup, grounded(setup), 0.7))
    session.issue(SampleAir(900))
    events = list(session.advance_to(session.state.tick + 120))
    session.issue(Stop())
    events += session.advance_to(session.state.tick + 120)
    (row,) = activity_rows(setup, session.state, events)
    assert (row["kind"], row["outcome"]) == ("air", str(ActivityOutcome.CUT_SHORT))
    assert row["cause"].startswith("stopped on command")


def test_a_plan_still_on_its_way_is_told_with_its_time(ninety: OpenedLevel) -> None:
    setup = replace(ninety.setup, is_delayed=True)
    session = Session(setup, grounded(setup))
    session.issue(UplinkPlan(()))
    session.advance_once()
    (row,) = report_data(setup, session.state, ())["travelling"]
    assert row["command"] == "UplinkPlan"
    assert row["arrives_sol"] == 9
    assert row["arrives_lmst"] > "11:0"
