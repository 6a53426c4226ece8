"""Commands for the machine itself: wings, heaters, hibernation, and the way out of safe mode."""

from dataclasses import dataclass
from enum import StrEnum

from game.wording import take_word


class WingMode(StrEnum):
    """What the wings do.

    LEVEL lie flat; TRACK turn after the Sun while its beam is stronger than the sky; SHED stand up
    until loose dust has slid off, then lie flat again; HELD keep the angles given by hand.
    """

    LEVEL = "level"
    TRACK = "track"
    SHED = "shed"
    HELD = "held"


class Heater(StrEnum):
    """An electric heater with a set point."""

    BOX = "box"
    BATTERY = "battery"


@dataclass(frozen=True, slots=True)
class SetWings:
    """Tell the wings to lie flat, to follow the Sun, or to tip their dust off."""

    mode: WingMode

    def __post_init__(self) -> None:
        take_word(self, "mode", WingMode)


@dataclass(frozen=True, slots=True)
class TiltWings:
    """Hold the side wings at angles; positive ones face the rover's right."""

    left_rad: float
    right_rad: float


@dataclass(frozen=True, slots=True)
class SetHeater:
    """Move the temperature at which a heater comes on; it goes off the same span above."""

    heater: Heater
    on_k: float

    def __post_init__(self) -> None:
        take_word(self, "heater", Heater)


@dataclass(frozen=True, slots=True)
class Hibernate:
    """Switch everything off until the wings bring enough and the battery is warm enough."""


@dataclass(frozen=True, slots=True)
class Recover:
    """Tell a rover in safe mode that it may work again once its own checks hold."""


MachineCommand = SetWings | TiltWings | SetHeater | Hibernate | Recover
