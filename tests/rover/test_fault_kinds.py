"""Every kind of fault moves the reading it names, and each of its answers helps."""

import pytest

from game.events import FaultSymptom
from game.rover.faults import Stage, answer_of, kind_of
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
