"""Where the energy and the daylight went: running totals that records take differences of."""

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class RoverMeters:
    """Energy by what it was for [J], daylight spent at work, and time without any power [s]."""

    base_j: float = 0.0
    drive_j: float = 0.0
    heater_j: float = 0.0
    radio_j: float = 0.0
    instrument_j: float = 0.0
    working_s: float = 0.0
    daylight_s: float = 0.0
    dark_s: float = 0.0


class Loads(NamedTuple):
    """Mean electric power during one step, by what it is for [W]."""

    base_w: float
    drive_w: float
    radio_w: float
    instrument_w: float
    motor_heater_w: float

    def total_w(self) -> float:
        """All loads but the box heaters, which the thermal step adds [W]."""
        return self.base_w + self.drive_w + self.radio_w + self.instrument_w + self.motor_heater_w


def metered(
    meters: RoverMeters,
    loads: Loads,
    heater_w: float,
    span: tuple[float, float],
    work: tuple[bool, bool, bool],
) -> RoverMeters:
    """Add one step.

    `span` is its length, and for how long the battery could feed the loads [s]; `work` says
    whether the rover worked, the Sun was up, all was dark.
    """
    dt_s, served_s = span
    is_working, is_day, is_dark = work
    return RoverMeters(
        meters.base_j + loads.base_w * served_s,
        meters.drive_j + loads.drive_w * served_s,
        meters.heater_j + (heater_w + loads.motor_heater_w) * served_s,
        meters.radio_j + loads.radio_w * served_s,
        meters.instrument_j + loads.instrument_w * served_s,
        meters.working_s + (dt_s if is_working and is_day else 0.0),
        meters.daylight_s + (dt_s if is_day else 0.0),
        meters.dark_s + (dt_s if is_dark else 0.0),
    )
