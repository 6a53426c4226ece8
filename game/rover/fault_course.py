"""The course of a fault: it begins, shows, worsens, is found, is answered, and may end."""

import math
from dataclasses import replace

from game import rng
from game.events import (
    CommandRejected,
    Event,
    FaultAnswered,
    FaultCleared,
    FaultFound,
    FaultSymptom,
)
from game.mending import Remedy
from game.rover.fault_signs import Moment, shows
from game.rover.faults import Fault, FaultKindSpec, FaultsSpec, FaultsState, Stage, kind_of
from game.units import SOL_S

LAST_SOL = 700  # luck is drawn so far: more than a year of Mars
FIRST_DRAWS = 8  # tries for a kind that is not there yet
SHORTEST_S = 900.0  # between two restarts or losses, however bad the fault
# Numbers of the random draws of one sol.
(_COMES, _HOUR, _SEVERITY, _PLACE, _DOUBLE, _KIND) = range(6)

Start = tuple[int, float, Fault]


def starts(spec: FaultsSpec, seed: int) -> tuple[Start, ...]:
    """Return every fault to come, ordered or by luck: sol, hour of mean time, and the fault.

    The numbers and moments of the faults are given when they begin.
    """
    found = [
        (entry.sol, entry.hour_lmst, _fresh(kind_of(spec, entry.kind), entry.severity, "", 0))
        for entry in spec.ordered
    ]
    found = [(sol, hour, _placed(spec, one, seed, sol)) for sol, hour, one in found]
    found += _by_luck(spec, seed)
    return tuple(sorted(found, key=lambda start: (start[0], start[1])))


def _by_luck(spec: FaultsSpec, seed: int) -> list[Start]:
    luck = spec.luck
    if not spec.kind or luck.most_count == 0:
        return []
    found: list[Start] = []
    double_sol = -1
    if luck.is_double:
        first, last = luck.double_sol
        share = rng.uniform(seed, rng.Stream.FAULT, 0, _DOUBLE)
        double_sol = first + int(share * (last - first + 1))
    for sol in range(1, LAST_SOL if luck.rate_1_sol > 0.0 else double_sol + 1):
        comes = sol >= luck.first_sol and (
            rng.uniform(seed, rng.Stream.FAULT, sol, _COMES) < luck.rate_1_sol
        )
        count = 2 if sol == double_sol else int(comes and len(found) < luck.most_count)
        for extra in range(count):
            found.append(_drawn(spec, seed, sol, (extra, {start[2].kind for start in found})))
    return found


def _drawn(spec: FaultsSpec, seed: int, sol: int, extra: tuple[int, set[str]]) -> Start:
    """Draw one fault of a kind that has not come yet."""
    number, known = extra
    base = 100 * (number + 1)

    def draw(index: int) -> float:
        return rng.uniform(seed, rng.Stream.FAULT, sol, base + index)

    kind = _by_weight(spec, draw(_KIND))
    for more in range(1, FIRST_DRAWS):
        if kind.name not in known:
            break
        kind = _by_weight(spec, draw(_KIND + more))
    low, high = spec.luck.severity
    severity = low + (high - low) * draw(_SEVERITY)
    place = kind.place[int(draw(_PLACE) * len(kind.place))] if kind.place else ""
    return sol, 24.0 * draw(_HOUR), _fresh(kind, severity, place, 0)


def _by_weight(spec: FaultsSpec, share: float) -> FaultKindSpec:
    left = share * math.fsum(kind.weight for kind in spec.kind)
    for kind in spec.kind:
        left -= kind.weight
        if left < 0.0:
            return kind
    return spec.kind[-1]


def _fresh(kind: FaultKindSpec, severity: float, place: str, number: int) -> Fault:
    return Fault(number, kind.name, severity, 0, place)


def _placed(spec: FaultsSpec, fault: Fault, seed: int, sol: int) -> Fault:
    places = kind_of(spec, fault.kind).place
    if not places:
        return fault
    share = rng.uniform(seed, rng.Stream.FAULT, sol, _PLACE)
    return replace(fault, place=places[int(share * len(places))])


def begun(state: FaultsState, coming: tuple[tuple[int, Fault], ...], tick: int) -> FaultsState:
    """Return the faults after those whose moment has come have begun, in silence."""
    fresh: list[Fault] = []
    for number, (start_tick, fault) in enumerate(coming[state.begun_count :], state.begun_count):
        if start_tick > tick:
            break
        fresh.append(replace(fault, number=number + 1, begun_tick=start_tick))
    if not fresh:
        return state
    count = state.begun_count + len(fresh)
    return replace(state, active=(*state.active, *fresh), begun_count=count)


def next_start_tick(state: FaultsState, coming: tuple[tuple[int, Fault], ...]) -> int | None:
    """Return when the next fault begins [s]."""
    return coming[state.begun_count][0] if state.begun_count < len(coming) else None


def shown(
    spec: FaultsSpec, state: FaultsState, now: Moment, tick: int
) -> tuple[FaultsState, tuple[Event, ...]]:
    """Let faults show in readings, and let long-seen ones be understood.

    `now` is what the last step was like, `tick` its end.
    """
    active: list[Fault] = []
    events: list[Event] = []
    for fault in state.active:
        kind, after = kind_of(spec, fault.kind), fault
        if fault.stage is Stage.HIDDEN and shows(spec, fault, now):
            after = replace(fault, stage=Stage.SYMPTOM, known_tick=tick)
            events.append(FaultSymptom(tick, fault.number, kind.part, kind.reading, kind.symptom))
        elif _is_evident(kind, fault, tick):
            after = replace(fault, stage=Stage.FOUND)
            events.append(_found(kind, fault, tick))
        active.append(after)
    if not events:
        return state, ()
    return replace(state, active=tuple(active)), tuple(events)


def _is_evident(kind: FaultKindSpec, fault: Fault, tick: int) -> bool:
    """Say whether a symptom has been seen for so long that its cause is plain."""
    return fault.stage is Stage.SYMPTOM and tick - fault.known_tick >= kind.evident_sols * SOL_S


def diagnosed(
    spec: FaultsSpec, state: FaultsState, tick: int
) -> tuple[FaultsState, tuple[Event, ...]]:
    """Find the cause behind every symptom; what has not shown yet stays hidden."""
    found = [fault for fault in state.active if fault.stage is Stage.SYMPTOM]
    active = tuple(
        replace(fault, stage=Stage.FOUND) if fault.stage is Stage.SYMPTOM else fault
        for fault in state.active
    )
    events = tuple(_found(kind_of(spec, fault.kind), fault, tick) for fault in found)
    return (replace(state, active=active), events) if found else (state, ())


def _found(kind: FaultKindSpec, fault: Fault, tick: int) -> FaultFound:
    finding = kind.finding.replace("{place}", fault.place)
    names = tuple(answer.name for answer in kind.answer)
    return FaultFound(tick, fault.number, kind.name, kind.title, finding, names)


def worsened(spec: FaultsSpec, state: FaultsState) -> FaultsState:
    """Let faults that nobody has answered grow by one sol."""
    active = tuple(
        fault
        if fault.answers or kind_of(spec, fault.kind).worsens_1_sol == 0.0
        else replace(
            fault,
            severity=min(1.0, fault.severity + kind_of(spec, fault.kind).worsens_1_sol),
        )
        for fault in state.active
    )
    return state if active == state.active else replace(state, active=active)


def remedy_refusal(spec: FaultsSpec, state: FaultsState, command: Remedy) -> str:
    """Say why an answer cannot be given now, in a sentence to act on; empty if it can."""
    fault = next((one for one in state.active if one.number == command.fault), None)
    if fault is None or fault.stage is Stage.HIDDEN:
        return f"No fault {command.fault} is known; a diagnosis tells what lies behind a symptom."
    if fault.stage is Stage.SYMPTOM:
        return "Its cause is not known yet; run a diagnosis first."
    kind = kind_of(spec, fault.kind)
    known = {answer.name: answer for answer in kind.answer}
    answer = known.get(command.answer)
    if answer is None:
        able = " or ".join(one.name for one in kind.answer if not one.when)
        return f"{command.answer!r} is no answer to that; try {able}."
    if answer.when:
        return f"That needs no command but a way of working: {answer.text}"
    if command.is_on and command.answer in fault.answers:
        return "That answer is in force already."
    if not command.is_on and command.answer not in fault.answers:
        return "That answer is not in force."
    return ""


def remedied(
    spec: FaultsSpec, state: FaultsState, command: Remedy, tick: int
) -> tuple[FaultsState, tuple[Event, ...]]:
    """Give an answer or take it back, or refuse; a cure ends the fault."""
    reason = remedy_refusal(spec, state, command)
    if reason:
        return state, (CommandRejected(tick, command, reason),)
    fault = next(one for one in state.active if one.number == command.fault)
    kind = kind_of(spec, fault.kind)
    answer = next(one for one in kind.answer if one.name == command.answer)
    if answer.is_cure and command.is_on:
        left = tuple(one for one in state.active if one.number != fault.number)
        cleared = FaultCleared(tick, fault.number, kind.name, kind.title, answer.text)
        return replace(state, active=left), (cleared,)
    kept = tuple(name for name in fault.answers if name != answer.name)
    after = replace(fault, answers=(*kept, answer.name) if command.is_on else kept)
    active = tuple(after if one.number == fault.number else one for one in state.active)
    told = FaultAnswered(tick, fault.number, kind.title, answer.title, command.is_on, answer.text)
    return replace(state, active=active), (told,)


def incident_every_s(rate_1_sol: float) -> int:
    """Return how far apart restarts or losses are; 0 for never [s]."""
    return 0 if rate_1_sol <= 0.0 else round(max(SHORTEST_S, SOL_S / rate_1_sol))


def next_incident_tick(rate_1_sol: float, tick: int) -> int | None:
    """Return when the next restart or loss comes: on a grid of whole intervals [s]."""
    every_s = incident_every_s(rate_1_sol)
    return (tick // every_s + 1) * every_s if every_s else None


def is_incident(rate_1_sol: float, tick: int) -> bool:
    """Say whether a restart or loss comes at this moment."""
    every_s = incident_every_s(rate_1_sol)
    return every_s > 0 and tick % every_s == 0
