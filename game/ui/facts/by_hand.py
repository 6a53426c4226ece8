"""What is set by hand on the power page: the angles of the side wings, the heaters' set points."""

import math
from typing import NamedTuple

from game.commands import Command
from game.machine_commands import Heater, SetHeater, TiltWings, WingMode
from game.rover.heat import HeaterSpec
from game.rover.wing_dust import tilt_limits_rad
from game.state import Setup, State
from game.ui.words import signed
from game.units import celsius

SIDES = ("left", "right")
ANGLE_STEP_DEG, HEATER_STEP_K = 5, 1
DOES = {
    WingMode.LEVEL: "lying flat",
    WingMode.TRACK: "tracking the Sun",
    WingMode.SHED: "shedding dust",
    WingMode.HELD: "held at their angles",
}


class Wanted(NamedTuple):
    """What the player wants: angles of the side wings [deg], set points of the heaters [°C]."""

    left_deg: int
    right_deg: int
    box_c: int
    battery_c: int


class HandRow(NamedTuple):
    """One line: the field it changes, its name, the wanted value, how it stands, and its step."""

    name: str
    label: str
    value: str
    note: str
    step: int
    is_new: bool


def wanted_now(setup: Setup, state: State) -> Wanted:
    """Return how everything is set at this moment."""
    wings, thermal, spec = state.rover.power.wings, state.rover.thermal, setup.rover.thermal
    angles = wings.wanted_rad if wings.mode is WingMode.HELD else wings.tilt_rad
    return Wanted(
        round(math.degrees(angles[0])),
        round(math.degrees(angles[1])),
        round(celsius(spec.box_heater.on_k + thermal.box_shift_k)),
        round(celsius(spec.battery_heater.on_k + thermal.battery_shift_k)),
    )


def hand_rows(setup: Setup, state: State, wanted: Wanted) -> tuple[HandRow, ...]:
    """Return the lines of the panel."""
    now = wanted_now(setup, state)
    return (
        *(_wing_row(setup, state, (at, getattr(wanted, f"{side}_deg")), now[at])
          for at, side in enumerate(SIDES)),
        _heater_row(setup.rover.thermal.box_heater, Heater.BOX, wanted.box_c, now.box_c),
        _heater_row(setup.rover.thermal.battery_heater, Heater.BATTERY, wanted.battery_c,
                    now.battery_c),
    )  # fmt: skip


def wings_words(state: State) -> str:
    """Say what the side wings do."""
    return f"wings {DOES[state.rover.power.wings.mode]}"


def commands_for(setup: Setup, state: State, wanted: Wanted) -> tuple[Command, ...]:
    """Return the commands that make it so; none for what is so already."""
    now = wanted_now(setup, state)
    found: list[Command] = []
    if wanted[:2] != now[:2]:
        found.append(TiltWings(math.radians(wanted.left_deg), math.radians(wanted.right_deg)))
    zero_k = -celsius(0.0)
    if wanted.box_c != now.box_c:
        found.append(SetHeater(Heater.BOX, wanted.box_c + zero_k))
    if wanted.battery_c != now.battery_c:
        found.append(SetHeater(Heater.BATTERY, wanted.battery_c + zero_k))
    return tuple(found)


def _wing_row(setup: Setup, state: State, wanted: tuple[int, int], now_deg: int) -> HandRow:
    at, value_deg = wanted
    low, high = (math.degrees(one) for one in tilt_limits_rad(setup.rover.power.wings, at))
    tilt = math.degrees(state.rover.power.wings.tilt_rad[at])
    note = f"now {signed(tilt)}°, from {signed(low)} to {signed(high)}°"
    name = f"{SIDES[at]}_deg"
    value = f"{signed(value_deg)}°"
    return HandRow(name, f"{SIDES[at].capitalize()} wing", value, note, ANGLE_STEP_DEG,
                   value_deg != now_deg)  # fmt: skip


def _heater_row(spec: HeaterSpec, heater: Heater, value_c: int, now_c: int) -> HandRow:
    low, high = signed(celsius(spec.lowest_on_k)), signed(celsius(spec.highest_on_k))
    note = f"comes on there, {low} to {high} °C"
    label = f"{heater.capitalize()} heater"
    return HandRow(f"{heater}_c", label, f"{signed(value_c)} °C", note, HEATER_STEP_K,
                   value_c != now_c)  # fmt: skip
