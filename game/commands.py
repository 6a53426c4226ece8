"""What a player, script, agent or replay may ask for. Plain values; no behaviour.

Angles are clockwise from north; x is east, y is north, both from the landing point.
"""

from dataclasses import dataclass
from enum import StrEnum


class ActivityKind(StrEnum):
    """What a planned activity does; the name is also what plan files say."""

    ROLL_OFF = "roll_off"
    DRIVE = "drive"
    PICTURE = "picture"
    PANORAMA = "panorama"
    SOIL = "soil"
    AIR = "air"
    SEND = "send"
    WARM_UP = "warm_up"
    SLEEP = "sleep"


@dataclass(frozen=True, slots=True)
class Activity:
    """One timed thing to do.

    `number` names it within a plan. `start_tick` is the earliest start [s of mission time];
    `duration_s` is planned length, for sending, listening to the air, warming up and sleeping
    also the real one. A drive goes to (`x_m`, `y_m`); a picture looks along `azimuth_rad` and
    `elevation_rad`. An optional activity runs only if `condition` (see `conditions.py`) holds
    when its time comes; an empty condition always holds. Higher `priority` wins a clash.
    """

    number: int
    kind: ActivityKind
    start_tick: int
    duration_s: int
    x_m: float = 0.0
    y_m: float = 0.0
    azimuth_rad: float = 0.0
    elevation_rad: float = 0.0
    priority: int = 5
    condition: str = ""


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
    """Drive to a place, stopping to look between legs."""

    x_m: float
    y_m: float


@dataclass(frozen=True, slots=True)
class Turn:
    """Turn in place to a heading."""

    heading_rad: float


@dataclass(frozen=True, slots=True)
class TakePicture:
    """Take one picture along a direction, or a ring of them."""

    azimuth_rad: float
    elevation_rad: float = -0.12
    is_panorama: bool = False


@dataclass(frozen=True, slots=True)
class SampleSoil:
    """Fire the laser at the ground ahead and read its light."""


@dataclass(frozen=True, slots=True)
class SampleAir:
    """Run the weather station for a while."""

    duration_s: int


@dataclass(frozen=True, slots=True)
class Send:
    """Switch the radio on and send what is queued while the orbiter hears."""

    duration_s: int


@dataclass(frozen=True, slots=True)
class WarmUp:
    """Warm the drive motors before a cold start."""

    duration_s: int


@dataclass(frozen=True, slots=True)
class Sleep:
    """Switch off all but the clock, the heaters and the radio timer."""

    duration_s: int


@dataclass(frozen=True, slots=True)
class Stop:
    """End whatever runs, at once."""


@dataclass(frozen=True, slots=True)
class UplinkPlan:
    """Replace all activities that have not started."""

    activities: tuple[Activity, ...]


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Change the place of a product in the queue; higher goes first."""

    product: int
    priority: int


@dataclass(frozen=True, slots=True)
class Discard:
    """Delete a product from memory to make room."""

    product: int


Command = (
    RollOff
    | Drive
    | DriveTo
    | Turn
    | TakePicture
    | SampleSoil
    | SampleAir
    | Send
    | WarmUp
    | Sleep
    | Stop
    | UplinkPlan
    | SetPriority
    | Discard
)
