"""How the parts of the rover fare, as far as is known: what is strange, found and answered."""

from dataclasses import dataclass

from game.environment.clock import sol_of
from game.mending import Remedy
from game.rover.fault_course import remedy_refusal
from game.rover.faults import Fault, FaultsSpec, Grade, Stage, grade_of, kind_of
from game.state import Setup, State

WELL = "sound"
STRANGE = "strange readings"


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the rover and how it fares; `token` colours it."""

    name: str
    words: str
    token: str


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One answer to a fault; ways of working have no button and are in force by themselves."""

    name: str
    title: str
    words: str
    is_command: bool
    is_on: bool


@dataclass(frozen=True, slots=True)
class Case:
    """One thing that is wrong: a symptom, or a fault whose cause is known."""

    number: int
    title: str
    words: str
    note: str
    is_found: bool
    answers: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class HealthPage:
    """Everything the page shows."""

    parts: tuple[PartRow, ...]
    cases: tuple[Case, ...]
    is_puzzling: bool


def health_page(setup: Setup, state: State) -> HealthPage:
    """Return what is known of the rover's health."""
    spec, faults = setup.rover.faults, state.rover.faults
    seen = [fault for fault in faults.active if fault.stage is not Stage.HIDDEN]
    return HealthPage(
        parts=_parts(spec, state, seen),
        cases=tuple(_case(setup, fault) for fault in seen),
        is_puzzling=any(fault.stage is Stage.SYMPTOM for fault in seen),
    )


def _parts(spec: FaultsSpec, state: State, seen: list[Fault]) -> tuple[PartRow, ...]:
    puzzling = {kind_of(spec, fault.kind).part for fault in seen if fault.stage is Stage.SYMPTOM}
    rows: list[PartRow] = []
    for part in dict.fromkeys(kind.part for kind in spec.kind):
        grade = grade_of(spec, state.rover.faults, part)
        words, token = WELL, "quiet"
        if grade is not Grade.NOMINAL:
            words, token = str(grade), "act" if grade is Grade.FAILED else "accent"
        elif part in puzzling:
            words, token = STRANGE, "accent"
        rows.append(PartRow(part[:1].upper() + part[1:], words, token))
    return tuple(rows)


def _case(setup: Setup, fault: Fault) -> Case:
    kind = kind_of(setup.rover.faults, fault.kind)
    since = f"since sol {sol_of(setup.site, fault.known_tick)}"
    if fault.stage is Stage.SYMPTOM:
        title = f"{kind.part[:1].upper()}{kind.part[1:]}: {STRANGE}"
        return Case(fault.number, title, kind.symptom, since, False, ())
    answers = tuple(
        AnswerRow(one.name, one.title, one.text, not one.when, one.name in fault.answers)
        for one in kind.answer
    )
    words = kind.finding.replace("{place}", fault.place)
    note = f"{since} · {'failed' if fault.severity >= 1.0 else 'degraded'}"
    return Case(fault.number, kind.title, words, note, True, answers)


def switch(setup: Setup, state: State, case: Case, answer: AnswerRow) -> tuple[Remedy, str]:
    """Return the command behind an answer's button, and why it would be refused."""
    command = Remedy(case.number, answer.name, is_on=not answer.is_on)
    return command, remedy_refusal(setup.rover.faults, state.rover.faults, command)
