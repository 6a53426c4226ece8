"""Where the energy and the daylight went: running totals that records take differences of."""

import math
from dataclasses import dataclass
from typing import NamedTuple

from game.changes import quick


@dataclass(frozen=True, slots=True)
class RoverMeters:
    """Energy by what it was for [J], daylight spent at work, and time without any power [s].

    The energies add up to what the rover has consumed. `tool_j` has one number an instrument.
    """

    base_j: float = 0.0
    drive_j: float = 0.0
    radio_j: float = 0.0
    box_heater_j: float = 0.0
    battery_heater_j: float = 0.0
    wheel_heater_j: float = 0.0
    mast_heater_j: float = 0.0
    wing_j: float = 0.0
    tool_j: tuple[float, ...] = ()
    working_s: float = 0.0
    daylight_s: float = 0.0
    dark_s: float = 0.0


_made = quick(RoverMeters)


class Loads(NamedTuple):
    """Mean electric power during one step, by what it is for [W].

    `tools` has the number and power of every instrument at work; `tool_w` is their sum.
    """

    base_w: float
    drive_w: float
    radio_w: float
    tool_w: float
    wheel_heater_w: float
    mast_heater_w: float
    wing_w: float
    tools: tuple[tuple[int, float], ...] = ()

    def total_w(self) -> float:
        """All loads but the heaters inside the box, which the thermal step adds [W]."""
        return (
            self.base_w
            + self.drive_w
            + self.radio_w
            + self.tool_w
            + self.wheel_heater_w
            + self.mast_heater_w
            + self.wing_w
        )


def heater_j(meters: RoverMeters) -> float:
    """Energy of all heaters [J]."""
    return (
        meters.box_heater_j + meters.battery_heater_j + meters.wheel_heater_j + meters.mast_heater_j
    )


def instrument_j(meters: RoverMeters) -> float:
    """Energy of all instruments [J]."""
    return math.fsum(meters.tool_j)


def used_j(meters: RoverMeters) -> float:
    """Energy of all loads: what the rover has consumed [J]."""
    return (
        meters.base_j
        + meters.drive_j
        + meters.radio_j
        + meters.wing_j
        + heater_j(meters)
        + instrument_j(meters)
    )


def metered(
    meters: RoverMeters,
    loads: Loads,
    heaters_w: tuple[float, float],
    span: tuple[float, float],
    work: tuple[bool, bool, bool],
) -> RoverMeters:
    """Add one step.

    `heaters_w` are of box and battery; `span` is the step's length, and for how long the battery
    could feed the loads [s]; `work` says whether the rover worked, the Sun was up, all was dark.
    """
    dt_s, served_s = span
    is_working, is_day, is_dark = work
    tool_j = meters.tool_j
    for tool, power_w in loads.tools:
        grown_j = tool_j[tool] + power_w * served_s
        tool_j = (*tool_j[:tool], grown_j, *tool_j[tool + 1 :])
    return _made(
        meters.base_j + loads.base_w * served_s,
        meters.drive_j + loads.drive_w * served_s,
        meters.radio_j + loads.radio_w * served_s,
        meters.box_heater_j + heaters_w[0] * served_s,
        meters.battery_heater_j + heaters_w[1] * served_s,
        meters.wheel_heater_j + loads.wheel_heater_w * served_s,
        meters.mast_heater_j + loads.mast_heater_w * served_s,
        meters.wing_j + loads.wing_w * served_s,
        tool_j,
        meters.working_s + (dt_s if is_working and is_day else 0.0),
        meters.daylight_s + (dt_s if is_day else 0.0),
        meters.dark_s + (dt_s if is_dark else 0.0),
    )
