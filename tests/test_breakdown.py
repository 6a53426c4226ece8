"""What faults do to runs: silence, symptoms, causes, marks, and balances that hold."""

import math
from dataclasses import replace
from pathlib import Path

import pytest

from game.agents.agent import fly as fly_agent
from game.agents.baseline import BaselineAgent
from game.agents.mechanic import is_puzzled, remedies
from game.agents.registry import find_agent
from game.commands import Activity, ActivityKind, Stop, UplinkPlan
from game.digest import digest
from game.environment.clock import sol_of
from game.events import (
    ActivityEnded,
    ComputerRestarted,
    FaultAnswered,
    FaultFound,
    FaultSymptom,
    ProductLost,
)
from game.forecast import forecast
from game.machine_commands import SetWings, WingMode
from game.mending import Diagnose, Remedy
from game.report import energy_balance_j
from game.rover.faults import (
    FaultEntry,
    FaultsState,
    Grade,
    Stage,
    found_only,
    grade_of,
)
from game.rover.gear import SIX_DRIVEN, WheelHealth
from game.rover.storage import waiting_bit
from game.saves import read_record, resumed, write_save
from game.schedule import fault_starts
from game.session import Session
from game.telemetry import readings
from tests.rover.fault_trials import IDLE, TRIALS, begin, fault_of, faults_of, flown, fly, ordered

SPEC = flown().rover.faults


def test_an_ordered_fault_begins_at_its_sol_and_hour_in_silence() -> None:
    session = ordered(FaultEntry("solar_string", 2, 0.5, 13.0))
    start = fault_starts(session.setup)[0][0]
    assert sol_of(session.setup.site, start) == 2
    session.advance_to(start)
    assert faults_of(session) == ()
    events = session.advance_once()
    fault = faults_of(session)[0]
    assert (fault.kind, fault.begun_tick, fault.severity) == ("solar_string", start, 0.5)
    assert [type(event) for event in events if isinstance(event, FaultSymptom)] == [FaultSymptom]


def test_causes_are_found_by_a_diagnosis_and_only_behind_symptoms() -> None:
    setup = flown()
    seen = fault_of(setup, "solar_string", 1.0, Stage.SYMPTOM)
    hidden = replace(fault_of(setup, "laser_weak", 1.0, Stage.HIDDEN), number=2)
    session = begin(setup, IDLE, None)
    rover = replace(session.state.rover, faults=FaultsState((seen, hidden), 2))
    session = Session(setup, replace(session.state, rover=rover))
    session.issue(Diagnose())
    events = session.advance_to(session.state.tick + SPEC.diagnosis_s + 60)
    found = [event for event in events if isinstance(event, FaultFound)]
    assert [event.kind for event in found] == ["solar_string"]
    assert set(found[0].answers) == {"cross_strap", "low_voltage_point"}
    assert [fault.stage for fault in session.state.rover.faults.active] == [
        Stage.FOUND,
        Stage.HIDDEN,
    ]
    used_j = session.state.rover.power.consumed_j
    assert used_j > SPEC.diagnosis_s * setup.rover.bus.awake_w, "it costs time awake"


def test_a_diagnosis_can_be_planned_and_one_broken_off_finds_nothing() -> None:
    setup = flown()
    fault = fault_of(setup, "solar_string", 1.0, Stage.SYMPTOM)
    session = begin(setup, IDLE, fault)
    tick = session.state.tick
    session.issue(UplinkPlan((Activity(1, ActivityKind.DIAGNOSE, tick + 60, 1),)))
    session.advance_to(tick + 300)
    session.issue(Stop())
    before = session.advance_to(tick + 400)
    events = (*before, *session.advance_to(tick + 3000))
    ended = [e for e in events if isinstance(e, ActivityEnded) and e.kind is ActivityKind.DIAGNOSE]
    assert [event.is_done for event in ended] == [False]
    assert grade_of(SPEC, session.state.rover.faults, "wings") is Grade.NOMINAL


def test_symptoms_seen_for_sols_are_understood_without_a_diagnosis() -> None:
    session = ordered(FaultEntry("solar_string", 2))
    events = session.advance_to(9 * 88_775)
    symptom = next(event for event in events if isinstance(event, FaultSymptom))
    found = next(event for event in events if isinstance(event, FaultFound))
    assert 5.0 <= (found.tick - symptom.tick) / 88_775 < 5.1


def test_a_clock_that_jumped_moves_the_plan_and_a_set_one_moves_it_back() -> None:
    setup = flown()
    session = begin(setup, IDLE, fault_of(setup, "clock_jump"))
    tick = session.state.tick
    session.advance_once()
    session.issue(UplinkPlan((Activity(1, ActivityKind.PICTURE, tick + 9000, 1),)))
    session.advance_once()
    assert session.state.rover.sequencer.plan[0].start_tick == tick + 9000 - 1500
    session.issue(Remedy(1, "set_at_pass"))
    session.advance_to(session.state.tick + 400)
    assert session.state.rover.sequencer.plan[0].start_tick == tick + 9000


def test_restarts_break_off_work_and_losses_are_told_with_their_cause() -> None:
    setup = flown()
    _, events = fly(setup, TRIALS["restarted"], fault_of(setup, "computer_reset"))
    assert sum(isinstance(event, ComputerRestarted) for event in events) >= 4
    state, events = fly(setup, TRIALS["forgetful"], fault_of(setup, "flash_corruption"))
    lost = [event for event in events if isinstance(event, ProductLost)]
    assert lost
    assert all("memory" in event.cause for event in lost)
    assert state.rover.storage.lost_bit == sum(event.size_bit for event in lost)


def test_a_forecast_knows_no_fault_that_was_not_found() -> None:
    session = ordered(FaultEntry("box_heater_on", 3, 1.0, 12.0))
    setup, state = session.setup, session.state
    session.advance_to(2 * 88_775)
    blind = forecast(setup, session.state, 4 * 88_775)
    assert blind.end.rover.faults.active == ()
    fault = fault_of(setup, "box_heater_on", 1.0, Stage.SYMPTOM)
    faults = FaultsState((fault, replace(fault, number=2, stage=Stage.FOUND)), 2)
    assert [one.number for one in found_only(faults).active] == [2]
    assert state.rover.faults == FaultsState()


def test_energy_and_data_balance_with_faults() -> None:
    entries = tuple(
        FaultEntry(name, 9 + number % 2, 0.9, 11.0 + number)
        for number, name in enumerate(
            ("battery_cell", "solar_string", "memory_bank", "flash_corruption", "computer_reset")
        )
    )
    session = ordered(*entries)
    first_j = session.state.rover.power.charge_j
    fly_agent(session, BaselineAgent(7), 14, lambda _: None, [])
    power, storage = session.state.rover.power, session.state.rover.storage
    made_j = first_j + power.generated_j - power.consumed_j - power.lost_j
    assert power.charge_j == pytest.approx(made_j, rel=1e-6)
    assert storage.made_bit == storage.sent_bit + waiting_bit(storage) + storage.lost_bit
    assert power.charge_j <= session.setup.rover.power.capacity_wh * 3600.0 * 0.9


def test_a_run_with_faults_is_the_same_in_one_go_and_in_frames() -> None:
    entry = (FaultEntry("computer_reset", 2), FaultEntry("gyroscope_bias", 2))
    whole, frames = ordered(*entry), ordered(*entry)
    whole.advance_to(4 * 88_775)
    while frames.state.tick < 4 * 88_775:
        frames.advance_to(frames.state.tick + 977)
    while whole.state.tick < frames.state.tick:
        whole.advance_once()
    assert digest(whole.state) == digest(frames.state)


def test_the_crew_diagnoses_and_answers() -> None:
    session = ordered(FaultEntry("bus_converter", 9, 0.8))
    events: list[object] = []
    fly_agent(session, BaselineAgent(7), 12, lambda _: None, events)  # type: ignore[arg-type]
    kinds = [type(event) for event in events]
    assert kinds.index(FaultSymptom) < kinds.index(FaultFound) < kinds.index(FaultAnswered)
    assert session.state.rover.faults.active[0].answers == ("spare_converter",)
    assert not is_puzzled(session.state)
    assert remedies(session.setup, session.state) == ()


def test_a_save_with_faults_goes_on_as_if_nothing_had_been(tmp_path: Path) -> None:
    session = ordered(FaultEntry("clock_jump", 2), FaultEntry("flash_corruption", 2, 0.6))
    session.advance_to(2 * 88_775)
    assert len(faults_of(session)) == 2
    path = tmp_path / "save.json"
    write_save(path, session)
    loaded = resumed(session.setup, read_record(path))
    assert digest(loaded.state) == digest(session.state)
    for run in (session, loaded):
        run.advance_to(3 * 88_775)
    assert digest(loaded.state) == digest(session.state)


@pytest.mark.parametrize(("severity", "left"), [(0.4, WheelHealth.FREE), (1.0, WheelHealth.LOCKED)])
def test_a_seized_wheel_is_the_wheel_of_its_place_and_pulls(
    severity: float, left: WheelHealth
) -> None:
    setup = flown()
    fault = replace(fault_of(setup, "wheel_stalled", severity), place="rear right")
    state, _ = fly(setup, TRIALS["driving"], fault)
    expected = [WheelHealth.DRIVEN] * 5 + [left]
    assert list(state.rover.mobility.wheel_health) == expected
    straight, _ = fly(setup, TRIALS["driving"], None)
    turned = state.rover.mobility.heading_rad - straight.rover.mobility.heading_rad
    assert turned > 1e-3, "a wheel dragged on the right pulls the nose to the right"


def test_a_wheel_drives_again_when_its_fault_is_gone() -> None:
    setup = flown()
    session = begin(setup, IDLE, fault_of(setup, "wheel_stalled"))
    session.advance_to(session.state.tick + 700)
    assert session.state.rover.mobility.wheel_health[0] is WheelHealth.LOCKED
    rover = replace(session.state.rover, faults=FaultsState((), 1))
    session = Session(setup, replace(session.state, rover=rover))
    session.advance_to(session.state.tick + 700)
    assert session.state.rover.mobility.wheel_health == SIX_DRIVEN


@pytest.mark.parametrize(("place", "at"), [("left", 0), ("right", 1)])
def test_a_stuck_wing_hangs_and_does_not_turn_until_it_is_loose(place: str, at: int) -> None:
    setup = flown()
    fault = replace(fault_of(setup, "stuck_wing", 1.0), place=place)
    session = begin(setup, TRIALS["day"], fault)
    session.issue(SetWings(WingMode.TRACK))
    session.advance_to(session.state.tick + 1500)
    tilts = session.state.rover.power.wings.tilt_rad
    assert tilts[at] == pytest.approx(math.radians(50.0))
    session.issue(Remedy(1, "shake"))
    session.advance_to(session.state.tick + 900)
    assert session.state.rover.power.wings.tilt_rad[at] < math.radians(49.0)
    rover = replace(session.state.rover, faults=FaultsState((), 1))
    sound = Session(setup, replace(session.state, rover=rover))
    sound.issue(SetWings(WingMode.LEVEL))
    sound.advance_to(sound.state.tick + 3600)
    assert abs(sound.state.rover.power.wings.tilt_rad[at]) < math.radians(5.0)


@pytest.mark.parametrize("seed", [3, 4])
def test_all_faults_at_once_break_no_balance_and_no_run(seed: int) -> None:
    names = sorted(kind.name for kind in SPEC.kind)
    entries = tuple(
        FaultEntry(name, 2 + at // 7, 0.3 + 0.1 * ((at + seed) % 8), 3.0 * (at % 8))
        for at, name in enumerate(names)
    )
    session = ordered(*entries, seed=seed)
    fly_agent(session, find_agent("random", seed), 9, lambda _: None, [])
    rover = session.state.rover
    assert rover.faults.begun_count == len(names)
    missing_j = energy_balance_j(session.setup, session.state)
    assert abs(missing_j) <= 1e-9 * max(1e6, rover.power.generated_j)
    storage = rover.storage
    assert storage.made_bit == storage.sent_bit + waiting_bit(storage) + storage.lost_bit
    assert all(math.isfinite(value) for value in readings(session.setup, session.state).values())
    blind = forecast(session.setup, session.state, session.state.tick + 20_000)
    assert {fault.stage for fault in blind.end.rover.faults.active} <= {Stage.FOUND}
