"""Every kind of fault moves the reading it names, and each of its answers helps."""

import pytest

from game.events import FaultSymptom
from game.rover.fault_effects import Strain, afflicted, wheels_left
from game.rover.faults import AnswerSpec, EffectSpec, FaultKindSpec, Stage, answer_of, kind_of
from game.rover.gear import WheelHealth
from game.telemetry import CHANNELS
from tests.rover.fault_trials import WAYS, fault_of, flown, fly, reading, trial_of

KINDS = flown().rover.faults.kind
ANSWERS = [(kind.name, answer.name) for kind in KINDS for answer in kind.answer]
LEAST_MOVE = 0.02  # of the sound reading
LEAST_HELP = 0.10  # of the harm


def test_there_are_at_least_25_kinds_with_two_answers_and_a_reading_each() -> None:
    assert len(KINDS) >= 25
    for kind in KINDS:
        assert len(kind.answer) >= 2
        assert kind.reading in CHANNELS
        assert "{place}" not in kind.symptom
        assert ("{place}" in kind.finding) == bool(kind.place)


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_a_fault_moves_the_reading_it_names(name: str) -> None:
    setup = flown()
    kind = kind_of(setup.rover.faults, name)
    trial = trial_of(kind)
    sound = reading(setup, trial, kind.reading, None)
    mild = reading(setup, trial, kind.reading, fault_of(setup, name, 0.5))
    bad = reading(setup, trial, kind.reading, fault_of(setup, name))
    assert abs(bad - sound) > LEAST_MOVE * abs(sound) or (sound == 0.0 and bad != 0.0)
    assert abs(bad - sound) >= abs(mild - sound) > 0.0


@pytest.mark.parametrize("name", [kind.name for kind in KINDS])
def test_a_fault_shows_itself_by_a_symptom_and_not_by_its_cause(name: str) -> None:
    setup = flown()
    kind = kind_of(setup.rover.faults, name)
    state, events = fly(setup, trial_of(kind), fault_of(setup, name, 1.0, Stage.HIDDEN))
    signs = [event for event in events if isinstance(event, FaultSymptom)]
    assert [(sign.part, sign.reading) for sign in signs] == [(kind.part, kind.reading)]
    assert kind.title not in signs[0].words
    assert state.rover.faults.active[0].stage is Stage.SYMPTOM


@pytest.mark.parametrize(("name", "answer_name"), ANSWERS)
def test_each_answer_takes_away_part_of_the_harm(name: str, answer_name: str) -> None:
    setup = flown()
    kind = kind_of(setup.rover.faults, name)
    answer = answer_of(kind, answer_name)
    assert answer is not None
    trial, fault = trial_of(kind), fault_of(setup, name)
    sound = reading(setup, trial, kind.reading, None)
    harm = abs(reading(setup, trial, kind.reading, fault) - sound)
    if answer.when:
        trial = WAYS[answer.when](trial)
        sound = reading(setup, trial, kind.reading, None)
        left = abs(reading(setup, trial, kind.reading, fault) - sound)
    else:
        left = abs(reading(setup, trial, kind.reading, fault, answer_name) - sound)
    assert left < (1.0 - LEAST_HELP) * harm, f"harm {harm}, left {left}"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_the_answers_of_a_kind_do_something_physical_and_different(kind: FaultKindSpec) -> None:
    # Numbers of the machine as they are: sound, sick, and under each answer.
    setup = flown()
    place = kind.place[0] if kind.place else ""
    sound = afflicted(setup.rover, ())
    machines = [afflicted(setup.rover, (Strain(kind.name, 1.0, (), place),))]
    for answer in kind.answer:
        machines.append(afflicted(setup.rover, (Strain(kind.name, 1.0, (answer.name,), place),)))
    assert machines[0] != sound
    is_named = [answer.when in ("wheel_lifted", "sun_right") for answer in kind.answer]
    for number, machine in enumerate(machines[1:]):
        # Where the way of working is itself the remedy, the wheels and wings do the rest.
        assert machine != machines[0] or is_named[number]
        assert all(machine != other for other in machines[number + 2 :])


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_no_answer_is_a_bare_share(kind: FaultKindSpec) -> None:
    # It says what the part does instead, or puts another part in its place, or ends the fault; only
    # a way of working (warm, calm, by day ...) lessens a fault without a command.
    for answer in kind.answer:
        assert answer.instead or answer.when or answer.is_cure or answer.ease_frac in (0.0, 1.0)
        if answer.ease_frac == 0.0 and not answer.when:
            assert answer.instead or answer.cost


def test_what_an_answer_does_instead_goes_by_the_severity_and_excludes_a_share() -> None:
    setup = flown()
    half = afflicted(setup.rover, (Strain("thermostat_bias", 0.5, ("other_sensor",)),))
    heater = setup.rover.thermal.box_heater
    assert half.rover.thermal.box_heater.on_k == pytest.approx(heater.on_k - 1.0)
    dragged = afflicted(
        setup.rover, (Strain("wheel_drive_motor", 1.0, ("drag_wheel",), "rear left"),)
    )
    assert wheels_left(dragged.beyond).count(WheelHealth.FREE) == 1
    assert (
        dragged.rover.mobility.motor_efficiency_frac == setup.rover.mobility.motor_efficiency_frac
    )
    with pytest.raises(ValueError, match="ease_frac does not go with it"):
        AnswerSpec("a", "A", "a", 0.5, instead=(EffectSpec("bus.awake_w"),))
