"""Faults as values: their files, their luck, their course, and what they leave untouched."""

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.agents.agent import fly as fly_agent
from game.agents.baseline import BaselineAgent
from game.agents.mechanic import is_puzzled, remedies
from game.commands import Activity, ActivityKind, Stop, UplinkPlan
from game.digest import digest
from game.environment.clock import sol_of
from game.errors import ConfigError
from game.events import (
    ActivityEnded,
    CommandRejected,
    ComputerRestarted,
    FaultAnswered,
    FaultCleared,
    FaultFound,
    FaultSymptom,
    ProductLost,
)
from game.forecast import forecast
from game.levels.open import Changes, open_level
from game.machine import machine_of
from game.machine_commands import SetWings, WingMode
from game.mending import Diagnose, Remedy
from game.rover.fault_course import begun, diagnosed, starts, worsened
from game.rover.fault_effects import Machine, Strain, afflicted
from game.rover.faults import (
    Fault,
    FaultEntry,
    FaultsSpec,
    FaultsState,
    Grade,
    Stage,
    found_only,
    grade_of,
)
from game.rover.gear import SIX_DRIVEN, WheelHealth
from game.rover.storage import kept_bit
from game.rules import load_rules
from game.saves import read_record, resumed, write_save
from game.schedule import fault_starts
from game.session import Session
from game.telemetry import readings
from tests.rover.fault_trials import IDLE, TRIALS, begin, fault_of, flown, fly

SPEC = flown().rover.faults


def ordered(*entries: FaultEntry, seed: int = 7) -> Session:
    return Session(open_level("ninety-sols", seed, None, Changes({}, faults=entries)).setup)


def faults_of(session: Session) -> tuple[Fault, ...]:
    return session.state.rover.faults.active


def test_a_rover_without_faults_runs_on_its_own_specs() -> None:
    setup = flown()
    assert machine_of(setup, begin(setup, IDLE, None).state).rover is setup.rover
    assert afflicted(setup.rover, ()) == Machine(setup.rover)


def test_the_same_strains_give_the_same_machine_without_working_it_out_again() -> None:
    strains = (Strain("bus_converter", 0.5, ()),)
    rover = flown().rover
    assert afflicted(rover, strains) is afflicted(rover, strains)
    assert afflicted(rover, strains).rover.power.wiring_frac == pytest.approx(0.95 * 0.925)


def test_an_answer_in_force_eases_the_effect_and_has_its_price() -> None:
    rover = flown().rover
    sick = afflicted(rover, (Strain("bus_converter", 1.0, ()),)).rover
    eased = afflicted(rover, (Strain("bus_converter", 1.0, ("spare_converter",)),)).rover
    assert sick.power.wiring_frac < eased.power.wiring_frac == rover.power.wiring_frac
    assert eased.bus.sleep_w == rover.bus.sleep_w + 2.0


def test_two_faults_of_one_part_add_up() -> None:
    rover = flown().rover
    both = (
        Strain("wing_latch", 1.0, (), "rear left"),
        Strain("solar_string", 1.0, (), "rear left"),
        Strain("solar_string", 1.0, (), "left"),
    )
    wings = {one.name: one.working_frac for one in afflicted(rover, both).rover.power.wings.wing}
    assert wings == pytest.approx(
        {"left": 0.5, "right": 1.0, "rear left": 0.6 * 0.5, "rear right": 1.0}
    )


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"effect": [{"path": "power.array_m2", "times": 0.5}]}, "leads nowhere"),
        ({"effect": [{"path": "power.usable", "times": 0.5}]}, "no number"),
        ({"shows": "dayly"}, "did you mean 'day'"),
        ({"answer": []}, "two answers"),
        ({"effect": []}, "needs an effect"),
        ({"evident_sols": 0}, "evident_sols from 1"),
    ],
)
def test_a_wrong_kind_is_refused_by_name(change: dict[str, object], words: str) -> None:
    table = load_rules().tables["faults"]
    kinds = [dict(table["kind"][0]) | change, *table["kind"][1:]]
    with pytest.raises(ConfigError, match=words):
        load_rules({"faults": {"kind": kinds}}).rover()


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"kind": "wheel", "sol": 3}, "unknown kind of fault 'wheel'"),
        ({"kind": "x_band", "sol": 0}, "sol must be 1"),
        ({"kind": "x_band", "sol": 3, "severity": 1.5}, "severity above 0"),
        ({"kind": "x_band", "sol": 3, "hour_lmst": 25.0}, "hour_lmst"),
    ],
)
def test_a_wrong_order_is_refused_with_a_sentence(entry: dict[str, object], words: str) -> None:
    with pytest.raises((ConfigError, ValueError), match=words):
        load_rules().rover((FaultEntry(**entry),))  # type: ignore[arg-type]


def test_luck_depends_on_the_seed_alone_and_spares_the_first_sols() -> None:
    many = [starts(SPEC, seed) for seed in range(60)]
    assert many == [starts(SPEC, seed) for seed in range(60)]
    assert all(sol >= SPEC.luck.first_sol for one in many for sol, _, _ in one)
    assert all(len(one) <= SPEC.luck.most_count for one in many)
    assert len({fault.kind for one in many for _, _, fault in one}) > 15
    within = [sum(sol <= 90 for sol, _, _ in one) for one in many]
    # 0.015 a sol over 69 sols, at most two: 0.86 on average.
    assert 0.5 < sum(within) / len(within) < 1.2


def test_a_double_fault_is_two_kinds_on_one_sol() -> None:
    luck = replace(SPEC.luck, rate_1_sol=0.0, is_double=True)
    for seed in range(20):
        first, second = starts(replace(SPEC, luck=luck), seed)[:2]
        assert first[0] == second[0]
        assert luck.double_sol[0] <= first[0] <= luck.double_sol[1]
        assert first[2].kind != second[2].kind


def test_presets_differ_in_luck() -> None:
    counts = {}
    for preset in ("visitor", "operator", "iron-sol"):
        setup = open_level("ninety-sols", 8, preset).setup
        counts[preset] = sum(sol_of(setup.site, t) <= 90 for t, _ in fault_starts(setup))
    assert counts["visitor"] == 0
    assert counts["operator"] <= 2 <= counts["iron-sol"]


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


@pytest.mark.parametrize(
    ("command", "stage", "words"),
    [
        (Remedy(1, "drag_wheel"), Stage.HIDDEN, "No fault 1 is known"),
        (Remedy(1, "drag_wheel"), Stage.SYMPTOM, "run a diagnosis first"),
        (Remedy(2, "drag_wheel"), Stage.FOUND, "No fault 2 is known"),
        (Remedy(1, "kick_it"), Stage.FOUND, "try drag_wheel"),
        (Remedy(1, "drive_backwards"), Stage.FOUND, "a way of working"),
        (Remedy(1, "drag_wheel", is_on=False), Stage.FOUND, "not in force"),
        (Remedy(-5, "drag_wheel"), Stage.FOUND, "No fault -5"),
    ],
)
def test_wrong_answers_are_refused_with_a_sentence(
    command: Remedy, stage: Stage, words: str
) -> None:
    setup = flown()
    fault = fault_of(setup, "wheel_drive_motor", 1.0, stage)
    _, events = fly(setup, IDLE, fault, (command,))
    refused = [event for event in events if isinstance(event, CommandRejected)]
    assert len(refused) == 1
    assert words in refused[0].reason


def test_an_answer_can_be_taken_back_but_not_given_twice() -> None:
    setup = flown()
    fault = fault_of(setup, "uhf_weak")
    commands = (
        Remedy(1, "strong_code"),
        Remedy(1, "strong_code"),
        Remedy(1, "strong_code", is_on=False),
    )
    state, events = fly(setup, IDLE, fault, commands)
    told = [event.is_on for event in events if isinstance(event, FaultAnswered)]
    assert told == [True, False]
    assert sum(isinstance(event, CommandRejected) for event in events) == 1
    assert state.rover.faults.active[0].answers == ()


def test_a_cure_ends_the_fault_and_says_so() -> None:
    setup = flown()
    state, events = fly(setup, IDLE, fault_of(setup, "clock_jump"), (Remedy(1, "set_at_pass"),))
    assert [event.kind for event in events if isinstance(event, FaultCleared)] == ["clock_jump"]
    assert state.rover.faults.active == ()
    assert readings(setup, state)["clock_error_s"] == 0.0


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


def test_what_nobody_answers_gets_worse_until_it_has_failed() -> None:
    fault = fault_of(flown(), "uhf_weak", 0.5)
    answered = replace(fault, number=2, answers=("strong_code",))
    state = FaultsState((fault, answered), 2)
    for _ in range(60):
        state = worsened(SPEC, state)
    assert [one.severity for one in state.active] == [1.0, 0.5]
    assert grade_of(SPEC, state, "radio") is Grade.FAILED
    assert grade_of(SPEC, FaultsState((answered,), 1), "radio") is Grade.DEGRADED
    hidden = FaultsState((replace(fault, stage=Stage.SYMPTOM),), 1)
    assert grade_of(SPEC, hidden, "radio") is Grade.NOMINAL


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


@given(st.integers(0, 40), st.integers(0, 4))
def test_faults_begin_in_order_and_once(tick: int, count: int) -> None:
    fault = Fault(0, "x_band", 0.5, 0)
    coming = tuple((moment, fault) for moment in (3, 9, 9, 30))
    state = begun(FaultsState((), count), coming, tick)
    expected = max(count, sum(moment <= tick for moment, _ in coming))
    assert state.begun_count == expected
    assert begun(state, coming, tick) is state
    assert [one.number for one in state.active] == list(range(count + 1, expected + 1))


def test_nothing_is_diagnosed_where_nothing_shows() -> None:
    state = FaultsState((fault_of(flown(), "x_band", 1.0, Stage.HIDDEN),), 1)
    assert diagnosed(SPEC, state, 5) == (state, ())


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
    assert storage.made_bit == storage.sent_bit + kept_bit(storage) + storage.lost_bit
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


def test_a_spec_without_kinds_is_a_spec_without_faults() -> None:
    bare = FaultsSpec((), SPEC.luck, SPEC.signs, SPEC.diagnosis_s)
    assert starts(bare, 3) == ()


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
