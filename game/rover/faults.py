"""What may break: kinds of faults with their signs and answers, and the faults a rover has.

Kinds are data (`data/faults.toml`). A fault changes numbers of the machine (`fault_effects.py`), so
readings move first; its cause is known only after a diagnosis, or after sols of strange readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum

from game.config import nearest


class Stage(IntEnum):
    """How much is known of a fault."""

    HIDDEN = 0
    SYMPTOM = 1
    FOUND = 2


class Grade(StrEnum):
    """How a part of the rover fares."""

    NOMINAL = "nominal"
    DEGRADED = "degraded"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class EffectSpec:
    """What a fault in full does to one number of the machine: value x `times` + `plus`.

    `path` leads to the number through the specs, such as `thermal.box_heater.power_w`; names pick
    from lists; {place} and {name} stand for number and name of the fault's place.
    `beyond.` starts numbers that
    no spec holds: see `fault_effects.Beyond`.
    """

    path: str
    times: float = 1.0
    plus: float = 0.0


@dataclass(frozen=True, slots=True)
class AnswerSpec:
    """One way to live with a fault, or to mend it.

    What the part does under it is said by `instead`, effects in place of the fault's; or else
    `ease_frac` of the fault's effect is gone (1: another part does its work). `cost` is what the
    answer itself takes. With `when`, a
    situation of `fault_signs.SITUATIONS`, it is a way of working and needs no command; without, it
    is switched by `Remedy`. `is_cure` ends the fault.
    """

    name: str
    title: str
    text: str
    ease_frac: float = 0.0
    when: str = ""
    is_cure: bool = False
    cost: tuple[EffectSpec, ...] = ()
    instead: tuple[EffectSpec, ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would make things worse than no answer, or mends only at times."""
        if not 0.0 <= self.ease_frac <= 1.0:
            raise ValueError(f"{self.name}: ease_frac must be from 0 to 1, not {self.ease_frac}")
        if self.is_cure and self.when:
            raise ValueError(f"{self.name}: a cure is a command and has no 'when'")
        if self.instead and self.ease_frac > 0.0:
            raise ValueError(f"{self.name}: 'instead' says all; ease_frac does not go with it")


@dataclass(frozen=True, slots=True)
class FaultKindSpec:
    """One kind of fault.

    part : What it belongs to, as people call it; all that a symptom tells.
    place : Which one of several it may be, drawn by seed; {place} in `finding`.
    shows : Situation in which readings give it away (`fault_signs.SITUATIONS`).
    reading : Telemetry channel that moves first.
    symptom, finding : What is seen, and what a diagnosis finds; sentences.
    weight : How often it comes, against the others. [-]
    evident_sols : Sols of symptoms after which the cause is plain without a diagnosis. [sol]
    worsens_1_sol : Growth of its severity until an answer is given. [1/sol]
    """

    name: str
    title: str
    part: str
    shows: str
    reading: str
    symptom: str
    finding: str
    effect: tuple[EffectSpec, ...]
    answer: tuple[AnswerSpec, ...]
    place: tuple[str, ...] = ()
    weight: float = 1.0
    evident_sols: int = 5
    worsens_1_sol: float = 0.0

    def __post_init__(self) -> None:
        """Refuse kinds without an effect, or with one way out only."""
        if not self.effect:
            raise ValueError(f"{self.name}: a fault needs an effect")
        if len({one.name for one in self.answer}) < 2:
            raise ValueError(f"{self.name}: a fault needs two answers of different names")
        if self.weight < 0.0 or self.evident_sols < 1 or self.worsens_1_sol < 0.0:
            raise ValueError(f"{self.name}: weight and growth from 0, evident_sols from 1")


@dataclass(frozen=True, slots=True)
class LuckSpec:
    """How often faults come by themselves.

    `rate_1_sol` from `first_sol` on, at most `most_count` in all, of a severity between the two
    of `severity`. With `double_sol` two kinds begin on one sol between the two given.
    """

    rate_1_sol: float
    first_sol: int
    most_count: int
    severity: tuple[float, float]
    is_double: bool
    double_sol: tuple[int, int]

    def __post_init__(self) -> None:
        """Refuse rates and shares that are none."""
        low, high = self.severity
        if not 0.0 <= self.rate_1_sol <= 1.0 or self.most_count < 0:
            raise ValueError("rate_1_sol must be from 0 to 1 and most_count not below 0")
        if not 0.0 < low <= high <= 1.0:
            raise ValueError("severity must be two shares above 0 and up to 1, ascending")
        if self.double_sol[0] > self.double_sol[1]:
            raise ValueError("double_sol must be two sols, ascending")


@dataclass(frozen=True, slots=True)
class FaultEntry:
    """A fault that a level or a scenario orders: `[[fault]]` with kind, sol and severity."""

    kind: str
    sol: int
    severity: float = 1.0
    hour_lmst: float = 9.0

    def __post_init__(self) -> None:
        """Refuse sols, shares and hours that are none."""
        told: list[str] = []
        if self.sol < 1:
            told.append(f".sol: sol must be 1 or more, not {self.sol}")
        if not 0.0 < self.severity <= 1.0:
            told.append(f".severity: severity must be above 0 and at most 1, not {self.severity}")
        if not 0.0 <= self.hour_lmst < 24.0:
            told.append(f".hour_lmst: hour_lmst must be from 0 to below 24, not {self.hour_lmst}")
        if told:
            raise ValueError("\n".join(told))


def unknown_kinds(
    ordered: Sequence[FaultEntry], names: Sequence[str], where: str = ""
) -> list[str]:
    """Name every order of a kind that is not there, by the key that gives it.

    `where` is the path of the table of orders; without it, the sentences stand alone.
    """
    told = {
        at: f"unknown kind of fault {entry.kind!r}{nearest(entry.kind, names)}"
        for at, entry in enumerate(ordered)
        if entry.kind not in names
    }
    return [f"{where}[{at}].kind: {words}" if where else words for at, words in told.items()]


@dataclass(frozen=True, slots=True)
class SignsSpec:
    """Where situations begin: see `fault_signs.SITUATIONS`."""

    warm_motor_k: float
    cool_box_k: float
    bright_w_m2: float
    calm_m_s: float


@dataclass(frozen=True, slots=True)
class FaultsSpec:
    """All kinds, luck, and what is ordered; `diagnosis_s` is how long a diagnosis takes."""

    kind: tuple[FaultKindSpec, ...]
    luck: LuckSpec
    signs: SignsSpec
    diagnosis_s: int
    ordered: tuple[FaultEntry, ...] = ()

    def __post_init__(self) -> None:
        """Refuse two kinds of one name, and orders of a kind that is not there."""
        names = [one.name for one in self.kind]
        if len(set(names)) < len(names):
            raise ValueError("two kinds of fault have the same name")
        if strange := unknown_kinds(self.ordered, names):
            raise ValueError("\n".join(strange))


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of this rover.

    `number` counts from 1 in the order of beginning. `known_tick` is when its symptom was seen,
    -1 before. `answers` are those in force by command.
    """

    number: int
    kind: str
    severity: float
    begun_tick: int
    place: str = ""
    stage: Stage = Stage.HIDDEN
    known_tick: int = -1
    answers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaultsState:
    """The faults that a rover has now, and what they have done.

    `begun_count` is how many there ever were, `restart_count` how often the computer started anew
    by itself, `clock_s` how far its clock is ahead: what is planned has been moved by as much;
    `gain_db` what they took from the transmitter, `wing_deg` where they hung the side wings.
    """

    active: tuple[Fault, ...] = ()
    begun_count: int = 0
    restart_count: int = 0
    clock_s: int = 0
    gain_db: float = 0.0
    wing_deg: tuple[float, float] = (0.0, 0.0)


def kind_of(spec: FaultsSpec, name: str) -> FaultKindSpec:
    """Return a kind by name.

    Raises
    ------
    KeyError
        If there is none: a mistake of the caller, as files are checked when they are read.
    """
    for one in spec.kind:
        if one.name == name:
            return one
    raise KeyError(name)


def answer_of(kind: FaultKindSpec, name: str) -> AnswerSpec | None:
    """Return an answer by name, or nothing."""
    return next((one for one in kind.answer if one.name == name), None)


def grade_of(spec: FaultsSpec, state: FaultsState, part: str) -> Grade:
    """Return how a part fares, as far as is known."""
    seen = [
        fault.severity
        for fault in state.active
        if fault.stage is Stage.FOUND and kind_of(spec, fault.kind).part == part
    ]
    if not seen:
        return Grade.NOMINAL
    return Grade.FAILED if max(seen) >= 1.0 else Grade.DEGRADED


def found_only(state: FaultsState) -> FaultsState:
    """Return what a forecast may know: faults whose cause has been found."""
    known = tuple(fault for fault in state.active if fault.stage is Stage.FOUND)
    return replace(state, active=known)
