"""How awake the rover is, and the two limits beyond which it never wakes again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from game.units import SOL_S, celsius


class Mode(StrEnum):
    """What the computer is doing.

    AWAKE works; STANDBY waits by day; ASLEEP keeps clock, heaters and radio timer; SAFE does
    nothing but stay alive until charge returns; DARK has no power at all; LOST is over.
    """

    AWAKE = "awake"
    STANDBY = "standby"
    ASLEEP = "asleep"
    SAFE = "safe"
    DARK = "dark"
    LOST = "lost"


WORKING = frozenset({Mode.AWAKE, Mode.STANDBY, Mode.ASLEEP})


@dataclass(frozen=True, slots=True)
class BusSpec:
    """Loads of the computer by mode [W], and the limits of work and life.

    floor_frac : charge below which work is refused. [-]
    dark_frac, boot_frac : charge that can be drawn (cold locks some of it) at which everything
        goes out, and comes back. [-]
    lost_battery_k, lost_box_k : temperatures that ruin battery and electronics. [K]
    lost_dark_s : time without power, added up, after which empty cells are ruined. [s]
    camera_sun_deg, sleep_sun_deg : height of the Sun that cameras need; below which a rover with
        nothing to do sleeps. [deg]
    """

    awake_w: float
    standby_w: float
    sleep_w: float
    floor_frac: float
    dark_frac: float
    boot_frac: float
    lost_battery_k: float
    lost_box_k: float
    lost_dark_s: float
    camera_sun_deg: float
    sleep_sun_deg: float


class Condition(NamedTuple):
    """What the mode depends on, as plain numbers.

    usable_frac : charge that can be drawn at this temperature.
    is_low : the battery's own low flag, with its hysteresis.
    is_starved : a load went out because the battery had no more to give.
    is_fed : the wings alone give what computer and heaters need to survive.
    is_working, is_resting : an activity runs; it is a sleep.
    """

    charge_frac: float
    usable_frac: float
    is_low: bool
    is_starved: bool
    is_fed: bool
    battery_k: float
    box_k: float
    dark_s: float
    sun_elevation_deg: float
    is_working: bool
    is_resting: bool


def mode_after(spec: BusSpec, mode: Mode, now: Condition) -> Mode:
    """Return the mode that follows from the condition of the rover."""
    if mode is Mode.LOST or is_ruined(spec, now):
        return Mode.LOST
    least_frac = spec.boot_frac if mode is Mode.DARK else spec.dark_frac
    if now.is_starved or (now.usable_frac <= least_frac and not now.is_fed):
        return Mode.DARK
    if now.is_low:
        return Mode.SAFE
    if now.is_working and not now.is_resting:
        return Mode.AWAKE
    if now.is_resting or now.sun_elevation_deg < spec.sleep_sun_deg:
        return Mode.ASLEEP
    return Mode.STANDBY


def is_ruined(spec: BusSpec, now: Condition) -> bool:
    """Say whether cold or emptiness has ruined battery or electronics."""
    return (
        now.battery_k < spec.lost_battery_k
        or now.box_k < spec.lost_box_k
        or now.dark_s > spec.lost_dark_s
    )


def base_load_w(spec: BusSpec, mode: Mode) -> float:
    """Load of computer and receiver [W]."""
    match mode:
        case Mode.AWAKE:
            return spec.awake_w
        case Mode.STANDBY:
            return spec.standby_w
        case Mode.ASLEEP | Mode.SAFE:
            return spec.sleep_w
        case Mode.DARK | Mode.LOST:
            return 0.0


def cause_of(spec: BusSpec, before: Mode, after: Mode, now: Condition) -> str:
    """Say in words why the mode changed."""
    charge = f"{100 * now.charge_frac:.0f} %"
    if after is Mode.LOST:
        if now.battery_k < spec.lost_battery_k:
            return f"the battery froze at {celsius(now.battery_k):.0f} °C"
        if now.box_k < spec.lost_box_k:
            return f"the electronics froze at {celsius(now.box_k):.0f} °C"
        return f"the battery stood empty for {now.dark_s / SOL_S:.0f} sols in all"
    if after is Mode.DARK:
        return f"the battery gave out at {charge} charge"
    if after is Mode.SAFE:
        if before is Mode.DARK:
            return "the Sun feeds the rover again" if now.is_fed else f"charge rose to {charge}"
        return f"charge fell to {charge}"
    if before in (Mode.SAFE, Mode.DARK):
        return f"charge is back at {charge}"
    return "work to do" if after is Mode.AWAKE else "nothing to do"
