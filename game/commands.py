"""What a player, script, agent or replay may ask for. Plain values; no behaviour.

Angles are clockwise from north; x is east, y is north, both from the landing point. A choice may
be given by its word: `SetWings("track")` is `SetWings(WingMode.TRACK)`.
"""

from dataclasses import dataclass
from enum import StrEnum

from game.machine_commands import (
    Heater,
    Hibernate,
    MachineCommand,
    Recover,
    SetHeater,
    SetWings,
    TiltWings,
    WingMode,
)
from game.mending import Diagnose, Remedy
from game.queue_commands import Discard, MoveBefore, SetPriority, SortQueue
from game.wheel_commands import (
    Crab,
    Creep,
    Drive,
    DriveTo,
    LiftWheel,
    Navigation,
    RollOff,
    SetBody,
    Turn,
    Waypoints,
)
from game.wording import take_word

# Everything that may be asked for, wherever it is described: `from game.commands import *`.
__all__ = (
    "Activity", "ActivityKind", "Calibrate", "Command", "Crab", "Creep", "DeployCamera", "Diagnose",
    "Discard", "Drive", "DriveTo", "Heater", "Hibernate", "LiftWheel", "ListenRadar",
    "MachineCommand", "MeasureField", "MoveBefore", "Navigation", "PlannedCommand",
    "ReadInfrared", "Recover", "Remedy", "RollOff", "SampleAir", "SampleSoil", "Send", "SetBody",
    "SetHeater", "SetPriority", "SetWings", "Sleep", "SortQueue", "Stop", "TakeMultispectral",
    "TakePicture", "TakeSelfie", "TiltWings", "Turn", "UplinkPlan", "WarmUp", "Waypoints",
    "WingMode", "stray",
)  # fmt: skip


class ActivityKind(StrEnum):
    """What a planned activity does; the name is also what plan files say."""

    ROLL_OFF = "roll_off"
    DRIVE = "drive"
    PICTURE = "picture"
    PANORAMA = "panorama"
    SOIL = "soil"
    INFRARED = "infrared"
    MULTISPECTRAL = "multispectral"
    CALIBRATE = "calibrate"
    MAGNETOMETER = "magnetometer"
    RADAR = "radar"
    DEPLOY_CAMERA = "deploy_camera"
    SELFIE = "selfie"
    AIR = "air"
    SEND = "send"
    WARM_UP = "warm_up"
    SLEEP = "sleep"
    DIAGNOSE = "diagnose"
    TURN = "turn"
    ARC = "arc"
    CRAB = "crab"
    CREEP = "creep"
    BODY = "body"
    LIFT_WHEEL = "lift_wheel"
    WINGS = "wings"
    TILT_WINGS = "tilt_wings"
    HEATER = "heater"
    HIBERNATE = "hibernate"
    SORT_QUEUE = "sort_queue"


PlannedCommand = (
    Turn
    | Drive
    | Crab
    | Creep
    | SetBody
    | LiftWheel
    | SetWings
    | TiltWings
    | SetHeater
    | Hibernate
    | SortQueue
)

# Kinds of activities that give a command, with all that it says, when their time comes.
COMMANDED: dict[ActivityKind, type[PlannedCommand]] = {
    ActivityKind.TURN: Turn,
    ActivityKind.ARC: Drive,
    ActivityKind.CRAB: Crab,
    ActivityKind.CREEP: Creep,
    ActivityKind.BODY: SetBody,
    ActivityKind.LIFT_WHEEL: LiftWheel,
    ActivityKind.WINGS: SetWings,
    ActivityKind.TILT_WINGS: TiltWings,
    ActivityKind.HEATER: SetHeater,
    ActivityKind.HIBERNATE: Hibernate,
    ActivityKind.SORT_QUEUE: SortQueue,
}


@dataclass(frozen=True, slots=True)
class Activity:
    """One timed thing to do.

    `number` names it within a plan. `start_tick` is the earliest start [s of mission time];
    `duration_s` is planned length, for sending, listening to air or ground, warming up and
    sleeping also the real one. A drive goes to (`x_m`, `y_m`) by way of
    `waypoints`, led as `navigation` says; a picture looks along `azimuth_rad` and
    `elevation_rad` and is packed by `compression` (raw size over sent size).
    Laser and infrared look `range_m` away, `bearing_rad` to the right of the rover's nose. Zero
    means what is usual. Higher `priority` wins a clash.

    Three texts in the language of `conditions.py`; an empty one says nothing. It runs only if
    `condition` holds when its time comes. It ends early, well done, when `until` becomes true,
    and is broken off when `abort` does. An `is_optional` activity is the first to be left out: it
    never makes another wait, and needs more charge.

    `name` is what a plan file calls it. With `after`, the number of another activity, it starts
    `gap_s` after that one has ended, whenever that is; with `instead_of` it runs only if that one
    does not. `start_tick` is then where it is expected. `at_pass` notes that the start was taken
    from an orbiter pass: "next", "night", or which one of the sol. The kinds in `COMMANDED` have
    the `command` that they give.
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
    compression: float = 0.0
    range_m: float = 0.0
    bearing_rad: float = 0.0
    waypoints: Waypoints = ()
    navigation: Navigation = Navigation.AUTONOMOUS
    until: str = ""
    abort: str = ""
    is_optional: bool = False
    name: str = ""
    after: int = 0
    gap_s: int = 0
    instead_of: int = 0
    at_pass: str = ""
    command: PlannedCommand | None = None

    def __post_init__(self) -> None:
        take_word(self, "kind", ActivityKind)
        take_word(self, "navigation", Navigation)


@dataclass(frozen=True, slots=True)
class TakePicture:
    """Take one picture along a direction, or a ring of them.

    `compression` is raw size over sent size; zero for the usual one.
    """

    azimuth_rad: float
    elevation_rad: float = -0.12
    is_panorama: bool = False
    compression: float = 0.0


@dataclass(frozen=True, slots=True)
class SampleSoil:
    """Fire the laser at the ground ahead, and read its light and the infrared of the spot.

    `range_m` from the rover's middle (zero: the usual one), `bearing_rad` right of its nose.
    """

    range_m: float = 0.0
    bearing_rad: float = 0.0


@dataclass(frozen=True, slots=True)
class ReadInfrared:
    """Read the infrared of the ground ahead, without the laser; place as for `SampleSoil`."""

    range_m: float = 0.0
    bearing_rad: float = 0.0


@dataclass(frozen=True, slots=True)
class TakeMultispectral:
    """Take a picture through each filter; `compression` zero for the usual one."""

    azimuth_rad: float
    elevation_rad: float = -0.12
    compression: float = 0.0


@dataclass(frozen=True, slots=True)
class Calibrate:
    """Take the calibration target through each filter: later pictures are measured against it."""


@dataclass(frozen=True, slots=True)
class MeasureField:
    """Measure the magnetic field at a stop, turning in place to tell it from the rover's own."""


@dataclass(frozen=True, slots=True)
class ListenRadar:
    """Listen with the ground radar for a while; it records as long as the wheels turn."""

    duration_s: int


@dataclass(frozen=True, slots=True)
class DeployCamera:
    """Set the small camera down on the ground; it cannot be picked up again."""


@dataclass(frozen=True, slots=True)
class TakeSelfie:
    """Ask the camera on the ground for a picture of rover and lander."""


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


Command = (
    RollOff | Drive | DriveTo | Turn | Crab | Creep | SetBody | LiftWheel
    | TakePicture | SampleSoil | ReadInfrared | TakeMultispectral | Calibrate | MeasureField
    | ListenRadar | DeployCamera | TakeSelfie | SampleAir
    | Send | WarmUp | Sleep | Diagnose | Remedy | Stop | MachineCommand
    | UplinkPlan | SetPriority | MoveBefore | SortQueue | Discard
)  # fmt: skip


def stray(command: object) -> str:
    """Say that something is no command at all, with what it may be; else empty."""
    if isinstance(command, Command):
        return ""
    if isinstance(command, type) and issubclass(command, Command):
        return f"{command.__name__} is a kind of command; write {command.__name__}(...) for one."
    return f"{command!r:.80} is no command; game.commands has all there are, such as Drive(2.0)."
