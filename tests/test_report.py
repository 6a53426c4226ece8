import json
import math
from dataclasses import replace

from game.commands import SampleAir, Send
from game.events import (
    CommandRejected,
    FaultAnswered,
    FaultCleared,
    FaultFound,
    FaultSymptom,
    MissionEnded,
    Outcome,
)
from game.mission.mission import MissionState
from game.report import (
    csv_text,
    energy_balance_j,
    heat_balance_j,
    report_data,
    report_text,
)
from game.telemetry import CHANNELS
from game.tools.scenario_test import books_findings
from game.units import WH_J
from tests.flights import SOLS, ten_sols


def test_the_report_is_plain_data_and_one_page() -> None:
    flight = ten_sols()
    data = report_data(flight.setup, flight.states[-1], flight.events)
    assert json.loads(json.dumps(data)) == data
    page = report_text(data)
    assert len(page.splitlines()) <= 66  # a sheet of eleven inches
    assert max(len(line) for line in page.splitlines()) <= 100
    assert data["sols"] == len(data["bound"]) == SOLS
    assert data["outcome"] == "under way"


def test_energy_in_is_energy_out_and_stored_in_every_state() -> None:
    flight = ten_sols()
    for state in flight.states:
        missing_j = energy_balance_j(flight.setup, state)
        assert abs(missing_j) <= 1e-9 * max(1e6, state.rover.power.generated_j)


def test_heat_in_is_heat_out_and_stored_in_every_state() -> None:
    flight = ten_sols()
    for state in flight.states:
        missing_j = heat_balance_j(flight.setup, state)
        assert abs(missing_j) <= 1e-9 * max(1e6, state.rover.thermal.heat_in_j)


def test_the_ledger_of_the_report_is_all_that_was_used() -> None:
    flight = ten_sols()
    state = flight.states[-1]
    rows = report_data(flight.setup, state, ())["ledger"]
    total_wh = sum(row["total_wh"] for row in rows)
    assert math.isclose(total_wh, state.rover.power.consumed_j / WH_J, rel_tol=1e-9)
    names = [row["load"] for row in rows]
    assert {"computer", "driving", "radio", "battery heater", "panorama"} <= set(names)
    assert all(name in report_text(report_data(flight.setup, state, ())) for name in names)


def test_a_joule_that_goes_astray_is_missed() -> None:
    flight = ten_sols()
    setup, state = flight.setup, flight.states[-1]
    assert all(finding.is_met for finding in books_findings(setup, state))
    power = replace(state.rover.power, charge_j=state.rover.power.charge_j + 1000.0)
    meters = replace(state.rover.meters, radio_j=state.rover.meters.radio_j + 1000.0)
    thermal = replace(state.rover.thermal, box_k=state.rover.thermal.box_k + 1.0)
    for part in ({"power": power}, {"meters": meters}, {"thermal": thermal}):
        spoilt = replace(state, rover=replace(state.rover, **part))
        broken = [one.name for one in books_findings(setup, spoilt) if not one.is_met]
        assert len(broken) == 1, part


def test_the_score_by_part_adds_up() -> None:
    flight = ten_sols()
    parts = report_data(flight.setup, flight.states[-1], ())["score"]
    names = ("science", "exploration", "atmosphere", "operations", "survival")
    assert math.isclose(sum(parts[name] for name in names), parts["total"])


def test_a_row_of_every_channel_belongs_to_each_sol() -> None:
    rows = list(ten_sols().rows)
    assert [row["sol"] for row in rows] == list(range(1, SOLS + 1))
    lines = csv_text(rows).splitlines()
    assert lines[0].split(",") == list(CHANNELS)
    assert all(len(line.split(",")) == len(CHANNELS) for line in lines)


def test_the_sol_that_was_not_finished_counts_for_the_extremes() -> None:
    flight = ten_sols()
    state = flight.states[-1]
    last = replace(state.mission, low_charge_frac=0.01, low_box_k=200.0)
    data = report_data(flight.setup, replace(state, mission=last), ())
    assert data["lowest_charge_frac"] == 0.01
    assert data["coldest_box_k"] == 200.0
    fresh = report_data(flight.setup, replace(state, mission=MissionState()), ())
    assert fresh["coldest_box_k"] == state.rover.thermal.box_k


def test_a_lost_mission_tells_its_chain() -> None:
    flight = ten_sols()
    state = flight.states[-1]
    causes = ("The battery froze.", "The night was long.")
    lost = replace(state, mission=replace(state.mission, outcome=Outcome.LOSS, causes=causes))
    page = report_text(
        report_data(flight.setup, lost, (MissionEnded(state.tick, Outcome.LOSS, causes),))
    )
    assert "loss after" in page
    assert all(cause in page for cause in causes)


def test_the_report_tells_the_course_of_faults_in_order() -> None:
    flight = ten_sols()
    tick = flight.states[-1].tick
    course = (
        FaultSymptom(tick, 1, "wings", "generated_w", "Less comes in."),
        FaultFound(tick + 5, 1, "stuck_wing", "Wing stuck", "It hangs.", ("shake",)),
        FaultAnswered(tick + 9, 1, "Wing stuck", "Shake it loose", True, "Runs to and fro."),
        FaultAnswered(tick + 10, 1, "Wing stuck", "Shake it loose", False, "Runs to and fro."),
        FaultCleared(tick + 12, 1, "stuck_wing", "Wing stuck", "It is back."),
    )
    data = report_data(flight.setup, flight.states[-1], course)
    assert [row["what"] for row in data["faults"]] == [
        *("symptom", "found", "answer", "taken back", "cleared")
    ]
    assert "sol 11  found    It hangs." in report_text(data)
    quiet = report_data(flight.setup, flight.states[-1], ())
    assert "none known" in report_text(quiet)


def test_refused_commands_are_told_once_each_with_their_number() -> None:
    flight = ten_sols()
    state = flight.states[-1]
    reason = "Charge is 12 %, below the floor of 30 %; let the Sun fill the battery first."
    many = tuple(CommandRejected(state.tick, Send(600), f"reason {n}") for n in range(20))
    events = (*(CommandRejected(90_000 + n, SampleAir(60), reason) for n in range(3)), *many)
    data = report_data(flight.setup, state, events)
    row = {"sol": 2, "command": "SampleAir", "reason": reason, "count": 3}
    assert data["refused"][0] == row
    assert len(data["refused"]) == 21
    page = " ".join(report_text(data).split())
    assert f"sol 2 SampleAir (3 times): {reason}" in page
    assert "and 13 more kinds of refusal" in page
    assert "refused nothing" in " ".join(report_text(report_data(flight.setup, state, ())).split())
    assert max(len(line) for line in report_text(data).splitlines()) <= 100
