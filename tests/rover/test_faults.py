"""Faults as values: their files, their luck, their answers, and their course."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.environment.clock import sol_of
from game.errors import ConfigError
from game.events import (
    CommandRejected,
    FaultAnswered,
    FaultCleared,
)
from game.levels.open import open_level
from game.machine import machine_of
from game.mending import Remedy
from game.rover.fault_course import begun, diagnosed, starts, worsened
from game.rover.fault_effects import Machine, Strain, afflicted
from game.rover.faults import (
    Fault,
    FaultEntry,
    FaultsSpec,
    FaultsState,
    Grade,
    Stage,
    grade_of,
)
from game.rules import load_rules
from game.schedule import fault_starts
from game.telemetry import readings
from tests.rover.fault_trials import IDLE, begin, fault_of, flown, fly

SPEC = flown().rover.faults


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
        ({"kind": "x_band", "sol": 3, "severity": 1.5}, "severity must be above 0"),
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


def test_a_spec_without_kinds_is_a_spec_without_faults() -> None:
    bare = FaultsSpec((), SPEC.luck, SPEC.signs, SPEC.diagnosis_s)
    assert starts(bare, 3) == ()
