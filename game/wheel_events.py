"""What happens to wheels: part of the events, which see. Plain values, in order.

`tick` is when it happened [s of mission time].
"""

from dataclasses import dataclass
from enum import StrEnum

from game.commands import Command


class StopReason(StrEnum):
    """Why the wheels stopped, for programs; the sentence for people comes with it."""

    DONE = "done"
    ROCK = "rock"
    ZONE = "zone"
    TILT = "tilt"
    SLIP = "slip"
    SINKING = "sinking"
    EMBEDDED = "embedded"
    FREED = "freed"
    STEEP = "steep"
    NO_WAY = "no_way"
    COMMAND = "command"
    TIME = "time"
    POWER = "power"


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that may be done next: a sentence, and the command that does it."""

    text: str
    command: Command


@dataclass(frozen=True, slots=True)
class DriveEnded:
    """The wheels stopped; `cause` names why, in words, `choices` what may be done about it."""

    tick: int
    distance_m: float
    energy_j: float
    cause: str
    reason: StopReason = StopReason.COMMAND
    choices: tuple[Choice, ...] = ()


@dataclass(frozen=True, slots=True)
class SlipHigh:
    """Slip passed the warning limit."""

    tick: int
    slip_frac: float


@dataclass(frozen=True, slots=True)
class WheelsSinking:
    """Wheels have begun to dig: one of them stands in its own hole, and its motor strains."""

    tick: int
    wheel: int
    dug_m: float
    slip_frac: float
    current_a: float


@dataclass(frozen=True, slots=True)
class Embedded:
    """The wheels dug themselves in."""

    tick: int
    sinkage_m: float


@dataclass(frozen=True, slots=True)
class PositionFixed:
    """The rover's place was found anew; `source` says how, `moved_m` how far the belief moved."""

    tick: int
    source: str
    moved_m: float
    sigma_m: float
