"""What the payload remembers: the last calibration, a survey under way, the camera set down."""

from dataclasses import dataclass

from game.rover.setting import PlacedCamera
from game.rover.soundings import FieldReading


@dataclass(frozen=True, slots=True)
class DeckState:
    """`calibrated_tick` is negative before the first look at the calibration target.

    `readings` are those of the magnetic survey under way; `first_heading_rad` is where the rover
    looked when it began, and it `is_turning` between two readings.
    """

    calibrated_tick: int = -1
    readings: tuple[FieldReading, ...] = ()
    first_heading_rad: float = 0.0
    is_turning: bool = False
    camera: PlacedCamera | None = None


START_DECK = DeckState()
