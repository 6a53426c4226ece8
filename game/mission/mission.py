"""Objectives, the record of each sol, and how a mission ends."""

from collections.abc import Mapping
from dataclasses import dataclass

from game.changes import changed, quick
from game.conditions import Condition, holds
from game.environment.clock import MOST_SOLS
from game.events import Event, MissionEnded, ObjectiveMet, Outcome, SolEnded


@dataclass(frozen=True, slots=True)
class Objective:
    """Something to reach: an id, words for people, the condition, and its points."""

    name: str
    title: str
    condition: Condition
    points: float


@dataclass(frozen=True, slots=True)
class MissionRules:
    """First sol on which the ramp may be used, share of goals that is a success, a storm."""

    roll_off_sol: int
    success_frac: float
    storm_tau: float

    def __post_init__(self) -> None:
        if not (1 <= self.roll_off_sol <= MOST_SOLS and 0.0 <= self.success_frac <= 1.0):
            raise ValueError(
                f"roll_off_sol must be from 1 to {MOST_SOLS}, success_frac from 0 to 1"
            )
        if not 0.0 < self.storm_tau <= 20.0:
            raise ValueError("storm_tau must be above 0, at most 20")


@dataclass(frozen=True, slots=True)
class MissionSpec:
    """What the mission asks for.

    sols : length. [sol]
    roll_off_sol : first sol on which the ramp may be used. [sol]
    floor_frac : a dawn below this charge counts as a broken margin. [-]
    success_frac : share of objectives that makes the end a success rather than partial. [-]
    storm_tau : optical depth from which people speak of a storm. [-]
    """

    sols: int
    roll_off_sol: int
    floor_frac: float
    success_frac: float
    objectives: tuple[Objective, ...]
    storm_tau: float = 1.0


@dataclass(frozen=True, slots=True)
class Meters:
    """Running totals that a sol's record takes the difference of.

    Energies [J], way [m], data [bit]; `working_s` is daylight spent on activities and
    `daylight_s` the daylight there was [s].
    """

    generated_j: float = 0.0
    consumed_j: float = 0.0
    drive_j: float = 0.0
    heater_j: float = 0.0
    radio_j: float = 0.0
    instrument_j: float = 0.0
    odometer_m: float = 0.0
    made_bit: int = 0
    home_bit: int = 0
    lost_bit: int = 0
    working_s: float = 0.0
    daylight_s: float = 0.0


@dataclass(frozen=True, slots=True)
class SolRecord:
    """One sol in numbers, midnight to midnight; meters are of that sol alone."""

    sol: int
    dawn_charge_frac: float
    low_charge_frac: float
    low_box_k: float
    high_box_k: float
    tau: float
    array_dust_frac: float
    waiting_bit: int
    meters: Meters
    bound: str


@dataclass(frozen=True, slots=True)
class MissionState:
    """What has been reached, and the sol's extremes so far."""

    met: tuple[tuple[str, int], ...] = ()
    records: tuple[SolRecord, ...] = ()
    before: Meters = Meters()
    dawn_charge_frac: float = 1.0
    low_charge_frac: float = 1.0
    low_box_k: float = 1000.0
    high_box_k: float = 0.0
    outcome: Outcome | None = None
    causes: tuple[str, ...] = ()


_made = quick(MissionState)


def watched(state: MissionState, charge_frac: float, box_k: float) -> MissionState:
    """Keep the extremes of the sol; returns the same object when nothing is new."""
    if (
        charge_frac >= state.low_charge_frac
        and box_k >= state.low_box_k
        and box_k <= state.high_box_k
    ):
        return state
    return _made(
        state.met,
        state.records,
        state.before,
        state.dawn_charge_frac,
        min(charge_frac, state.low_charge_frac),
        min(box_k, state.low_box_k),
        max(box_k, state.high_box_k),
        state.outcome,
        state.causes,
    )


def check_objectives(
    spec: MissionSpec,
    state: MissionState,
    readings: Mapping[str, float],
    tick: int,
    unchanged: frozenset[str] = frozenset(),
) -> tuple[MissionState, tuple[Event, ...]]:
    """Mark the objectives that hold now and did not before.

    Those that ask for nothing but `unchanged` readings are not looked at again.
    """
    known = {name for name, _ in state.met}
    events: list[Event] = []
    met = state.met
    for objective in spec.objectives:
        if objective.name in known or (unchanged and objective.condition.names <= unchanged):
            continue
        if holds(objective.condition, readings):
            met = (*met, (objective.name, tick))
            events.append(ObjectiveMet(tick, objective.name, objective.title))
    return (changed(state, met=met) if events else state), tuple(events)


def bound_currency(
    record: SolRecord, floor_frac: float, was_short: str = "", room_bit: int = 0
) -> str:
    """Name what limited a sol most: "energy", "data", "time", or "none".

    Three margins between 0 and 1 are compared: charge left above the floor at the sol's lowest,
    the part of the waiting data that the sol's passes could have taken, and daylight left over.
    The smallest one binds if it is below a half: less is left than was spent of it. Data that the
    coming sol's passes have room for, `room_bit`, do not count as left behind.
    """
    if was_short:
        return was_short
    energy = (record.low_charge_frac - floor_frac) / (1.0 - floor_frac)
    asked = record.waiting_bit + record.meters.home_bit
    data = 1.0 - max(record.waiting_bit - room_bit, 0) / asked if asked else 1.0
    light = record.meters.daylight_s
    time = 1.0 - record.meters.working_s / light if light else 1.0
    name, least = min((("energy", energy), ("data", data), ("time", time)), key=lambda m: m[1])
    return name if least < 0.5 else "none"


def close_sol(
    spec: MissionSpec,
    state: MissionState,
    record: SolRecord,
    meters: Meters,
    tick: int,
    room_bit: int = 0,
) -> tuple[MissionState, tuple[Event, ...]]:
    """Write the sol's record and start the next one; the coming passes have room for some data."""
    bound = bound_currency(record, spec.floor_frac, room_bit=room_bit)
    after = changed(
        state,
        records=(*state.records, changed(record, bound=bound)),
        before=meters,
        low_charge_frac=1.0,
        low_box_k=1000.0,
        high_box_k=0.0,
    )
    return after, (SolEnded(tick, record.sol),)


def since(now: Meters, before: Meters) -> Meters:
    """Return the difference of two meter readings."""
    return Meters(
        generated_j=now.generated_j - before.generated_j,
        consumed_j=now.consumed_j - before.consumed_j,
        drive_j=now.drive_j - before.drive_j,
        heater_j=now.heater_j - before.heater_j,
        radio_j=now.radio_j - before.radio_j,
        instrument_j=now.instrument_j - before.instrument_j,
        odometer_m=now.odometer_m - before.odometer_m,
        made_bit=now.made_bit - before.made_bit,
        home_bit=now.home_bit - before.home_bit,
        lost_bit=now.lost_bit - before.lost_bit,
        working_s=now.working_s - before.working_s,
        daylight_s=now.daylight_s - before.daylight_s,
    )


def ended(
    spec: MissionSpec, state: MissionState, tick: int, lost_because: tuple[str, ...] = ()
) -> tuple[MissionState, tuple[Event, ...]]:
    """Close the mission: a loss with its causes, else success or partial by objectives met."""
    if lost_because:
        outcome, causes = Outcome.LOSS, lost_because
    else:
        outcome, causes = _verdict(spec, state)
    after = changed(state, outcome=outcome, causes=causes)
    return after, (MissionEnded(tick, outcome, causes),)


def _verdict(spec: MissionSpec, state: MissionState) -> tuple[Outcome, tuple[str, ...]]:
    total, met = len(spec.objectives), len(state.met)
    names = {name for name, _ in state.met}
    missing = [o.title for o in spec.objectives if o.name not in names]
    first = f"{met} of {total} goals were reached by the end of sol {spec.sols}."
    if total == 0 or met >= spec.success_frac * total:
        return Outcome.SUCCESS, (first,)
    short = "; ".join(missing[:3])
    return Outcome.PARTIAL, (first, f"Not reached: {short}.", *_why_short(state))


def _why_short(state: MissionState) -> tuple[str, ...]:
    bounds = [record.bound for record in state.records if record.bound != "none"]
    if not bounds:
        return ("No sol was limited by energy, data or time: there was room to do more.",)
    most = max(sorted(set(bounds)), key=bounds.count)
    return (f"{bounds.count(most)} sols were limited by {most}.",)
