"""What happened during a step. Plain values, in order; window, sound, mission and logs read them.

`tick` is when it happened [s of mission time].
"""

from dataclasses import dataclass
from enum import StrEnum

from game.activity_events import ActivityEnded, ActivityOutcome, ActivityStarted
from game.commands import Command
from game.wheel_events import (
    Choice,
    DriveEnded,
    Embedded,
    PositionFixed,
    SlipHigh,
    StopReason,
    WheelsSinking,
)

__all__ = [
    "ActivityEnded",
    "ActivityOutcome",
    "ActivityStarted",
    "Choice",
    "DriveEnded",
    "Embedded",
    "PositionFixed",
    "SlipHigh",
    "StopReason",
    "WheelsSinking",
]  # what lives elsewhere and is asked for here


class Outcome(StrEnum):
    """How a mission ended."""

    SUCCESS = "success"
    PARTIAL = "partial"
    LOSS = "loss"


@dataclass(frozen=True, slots=True)
class CommandRejected:
    """A command that could not be carried out, and why, in words for the player."""

    tick: int
    command: Command
    reason: str


@dataclass(frozen=True, slots=True)
class RolledOff:
    """All six wheels are on the ground of Mars."""

    tick: int


@dataclass(frozen=True, slots=True)
class ProductStored:
    """A new data product lies in memory."""

    tick: int
    product: int
    kind: str
    size_bit: float


@dataclass(frozen=True, slots=True)
class ProductConfirmed:
    """The orbiter has a product in full and says so; its memory on the rover is free again."""

    tick: int
    product: int
    size_bit: int


@dataclass(frozen=True, slots=True)
class ProductHome:
    """A product has reached Earth in full."""

    tick: int
    product: int
    kind: str
    size_bit: float


@dataclass(frozen=True, slots=True)
class ProductLost:
    """A product is gone; `cause` says why."""

    tick: int
    product: int
    kind: str
    size_bit: float
    cause: str


@dataclass(frozen=True, slots=True)
class PassOpened:
    """The orbiter came above the radio mask and the hills around the rover."""

    tick: int
    closes_tick: int


@dataclass(frozen=True, slots=True)
class PassClosed:
    """The orbiter is not heard any more; `sent_bit` is what it took.

    `repeated_bit` was lost in fades of the signal and had to be sent again.
    """

    tick: int
    sent_bit: float
    repeated_bit: float = 0.0


@dataclass(frozen=True, slots=True)
class LowCharge:
    """The battery went below its floor; everything but survival is switched off."""

    tick: int
    charge_frac: float


@dataclass(frozen=True, slots=True)
class LoadShed:
    """A load was switched off to save the battery, or came back; `cause` says why."""

    tick: int
    load: str
    is_off: bool
    cause: str


@dataclass(frozen=True, slots=True)
class ModeChanged:
    """The rover changed mode, and why."""

    tick: int
    before: str
    after: str
    cause: str


@dataclass(frozen=True, slots=True)
class StormRose:
    """Dust in the air passed the storm mark."""

    tick: int
    tau: float


@dataclass(frozen=True, slots=True)
class ArrayCleaned:
    """Wind took dust off the array."""

    tick: int
    gain_frac: float


@dataclass(frozen=True, slots=True)
class FaultSymptom:
    """Readings of a part are strange; `reading` is the channel, the cause is not known.

    `fault` is a number to speak of it.
    """

    tick: int
    fault: int
    part: str
    reading: str
    words: str


@dataclass(frozen=True, slots=True)
class FaultFound:
    """The cause of strange readings is known; `answers` name what can be done."""

    tick: int
    fault: int
    kind: str
    title: str
    words: str
    answers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FaultAnswered:
    """An answer to a fault is in force now, or no longer."""

    tick: int
    fault: int
    title: str
    answer: str
    is_on: bool
    words: str


@dataclass(frozen=True, slots=True)
class FaultCleared:
    """A fault is over; `words` say what ended it."""

    tick: int
    fault: int
    kind: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class ComputerRestarted:
    """The computer started anew by itself; what ran is broken off."""

    tick: int
    cause: str


@dataclass(frozen=True, slots=True)
class ObjectiveMet:
    """A goal of the mission was reached."""

    tick: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class FindTold:
    """The first picture or reading taken on a find is on Earth: the find counts."""

    tick: int
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class SolEnded:
    """Local mean midnight."""

    tick: int
    sol: int


@dataclass(frozen=True, slots=True)
class MissionEnded:
    """The mission is over; `causes` runs from the outcome back to what led to it."""

    tick: int
    outcome: Outcome
    causes: tuple[str, ...]


Event = (
    CommandRejected
    | ActivityStarted
    | ActivityEnded
    | RolledOff
    | DriveEnded
    | SlipHigh
    | WheelsSinking
    | Embedded
    | PositionFixed
    | ProductStored
    | ProductConfirmed
    | ProductHome
    | ProductLost
    | PassOpened
    | PassClosed
    | LowCharge
    | LoadShed
    | ModeChanged
    | StormRose
    | ArrayCleaned
    | FaultSymptom
    | FaultFound
    | FaultAnswered
    | FaultCleared
    | ComputerRestarted
    | ObjectiveMet
    | FindTold
    | SolEnded
    | MissionEnded
)
