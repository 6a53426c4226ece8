"""What may be asked of the wheels: part of the commands, which see. Plain values; no behaviour."""

from dataclasses import dataclass
from enum import StrEnum

from game.wording import take_word


class Navigation(StrEnum):
    """How a drive to a place finds its way; the name is also what plan files say.

    BLIND rolls straight lines and trusts the wheels; VISUAL does the same and measures its slip
    by pictures; AUTONOMOUS looks for a way round what its cameras see, and measures slip, too;
    CREEP walks straight lines on its wheels, slowly, where they would only spin.
    """

    BLIND = "blind"
    VISUAL = "visual"
    AUTONOMOUS = "autonomous"
    CREEP = "creep"


Waypoints = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class RollOff:
    """Leave the lander by the ramp."""


@dataclass(frozen=True, slots=True)
class Drive:
    """Drive by hand along an arc; negative distance backs up. Curvature is positive to the right.

    A further Drive replaces the one under way, so that a held key keeps the wheels turning.
    """

    distance_m: float
    curvature_1_m: float = 0.0


@dataclass(frozen=True, slots=True)
class DriveTo:
    """Drive to a place, by way of `waypoints` in their order, stopping to look between legs."""

    x_m: float
    y_m: float
    waypoints: Waypoints = ()
    navigation: Navigation = Navigation.AUTONOMOUS

    def __post_init__(self) -> None:
        take_word(self, "navigation", Navigation)


@dataclass(frozen=True, slots=True)
class Turn:
    """Turn in place to a heading."""

    heading_rad: float


@dataclass(frozen=True, slots=True)
class Crab:
    """Drive with all six wheels steered to a bearing from the nose; the nose keeps its heading."""

    distance_m: float
    bearing_rad: float


@dataclass(frozen=True, slots=True)
class Creep:
    """Walk on the wheels: slow, and it works where rolling wheels only spin. Negative backs up.

    Wheels that are dug in are lifted out first.
    """

    distance_m: float


@dataclass(frozen=True, slots=True)
class SetBody:
    """Raise or lower the body by the suspension; 0 is the usual height."""

    body_m: float


@dataclass(frozen=True, slots=True)
class LiftWheel:
    """Hold one wheel up and drive on five, or put it down again.

    Wheels count 0 front left, 1 front right, 2 and 3 middle, 4 and 5 rear.
    """

    wheel: int
    is_lifted: bool = True
