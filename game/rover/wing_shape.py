"""What wings and mast are like, and where the Sun stands for them."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class WingSpec:
    """One wing, seen from above in the rover's own axes (right and forward of its middle).

    `across_m` wide and `along_m` long. A wing turns about a hinge along the rover: positive
    angles face right, negative ones left, between `lowest_deg` and `highest_deg`; a fixed wing
    has 0 for both. `working_frac` of its cells still work, its motor has
    `motor_frac` of its speed: less than 1 with a fault.
    """

    name: str
    right_m: float
    forward_m: float
    across_m: float
    along_m: float
    lowest_deg: float
    highest_deg: float
    working_frac: float = 1.0
    motor_frac: float = 1.0

    def __post_init__(self) -> None:
        """Refuse a wing that cannot be built."""
        if not (0.0 < self.across_m <= 10.0 and 0.0 < self.along_m <= 10.0):
            raise ValueError(
                f"wing {self.name!r}: across_m and along_m must be above 0, at most 10"
            )
        if not -90.0 <= self.lowest_deg <= 0.0 <= self.highest_deg <= 90.0:
            raise ValueError(
                f"wing {self.name!r}: lowest_deg to highest_deg must hold 0, within 90"
            )


@dataclass(frozen=True, slots=True)
class MastSpec:
    """What stands above the deck and throws a shadow at low Sun.

    `string_ratio` tells how much more is lost than is shaded, because cells hang in rows.
    """

    right_m: float
    forward_m: float
    height_m: float
    width_m: float
    string_ratio: float


class BodySun(NamedTuple):
    """Direction of the Sun in the rover's axes, and how far its own up and right point up [-]."""

    right: float
    forward: float
    up: float
    up_up: float
    right_up: float
