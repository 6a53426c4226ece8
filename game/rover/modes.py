"""How awake the rover is, what brings it back, and the limits beyond which it never wakes."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from game.bounds import out_of_bounds
from game.units import SOL_S, celsius


class Mode(StrEnum):
    """What the computer is doing.

    AWAKE works; STANDBY waits by day; ASLEEP keeps clock, heaters and radio timer; LOW has shed
    loads to save the battery; SAFE does nothing but stay alive until its checklist holds;
    HIBERNATING has switched itself off until both wake-up keys turn; DARK has no power at all;
    LOST is over.
    """

    AWAKE = "awake"
    STANDBY = "standby"
    ASLEEP = "asleep"
    LOW = "low power"
    SAFE = "safe"
    HIBERNATING = "hibernating"
    DARK = "dark"
    LOST = "lost"


NOMINAL = frozenset({Mode.AWAKE, Mode.STANDBY, Mode.ASLEEP})
WORKING = NOMINAL | {Mode.LOW}
UNPOWERED = frozenset({Mode.HIBERNATING, Mode.DARK, Mode.LOST})


class SafeCause(StrEnum):
    """Why the rover went into safe mode."""

    CHARGE = "low charge"
    DARK = "loss of power"
    WAKE = "hibernation"


@dataclass(frozen=True, slots=True)
class SafeState:
    """The last safe mode: why, since when [s], and whether Earth has given its go-ahead."""

    cause: SafeCause = SafeCause.CHARGE
    since_tick: int = 0
    is_released: bool = False


_KELVIN = ("recover", "lost", "dormant")
BUS_BOUNDS = {
    **dict.fromkeys(("awake_w", "standby_w", "sleep_w", "hibernate_w"), (0.0, 1000.0)),
    **dict.fromkeys(("floor_frac", "dark_frac", "boot_frac"), (0.0, 1.0)),
    **{f"{word}_{part}_k": (50.0, 400.0) for word in _KELVIN for part in ("battery", "box")},
    **{"wake_battery_k": (50.0, 400.0), "wake_w": (0.0, 10_000.0)},
    **dict.fromkeys(("hibernate_wh", "hibernate_dark_wh"), (0.0, 100_000.0)),
    **{"lost_dark_s": (0.0, 1e9)},
    **dict.fromkeys(("camera_sun_deg", "sleep_sun_deg"), (-90.0, 90.0)),
}  # what loads and limits may be, by name


@dataclass(frozen=True, slots=True)
class BusSpec:
    """Loads of the computer by mode [W], and the limits of work and life.

    hibernate_w : what watches the wings by day while hibernating; the wings feed it. [W]
    floor_frac : charge below which work is refused. [-]
    dark_frac, boot_frac : charge that can be drawn (cold locks some of it) at which everything
        goes out, and comes back. [-]
    recover_battery_k, recover_box_k : what safe mode waits for. [K]
    is_ground_needed : whether safe mode also waits for a word from Earth.
    hibernate_wh, hibernate_dark_wh : energy of a sol below which a rover in safe mode hibernates,
        and one that has gone dark. [Wh]
    wake_w, wake_battery_k : the two keys of waking: power of the wings, battery. [W, K]
    lost_battery_k, lost_box_k : temperatures that ruin battery and electronics. [K]
    dormant_battery_k, dormant_box_k : the same while hibernating, all switched off. [K]
    lost_dark_s : time without power, added up, after which empty cells are ruined. [s]
    camera_sun_deg, sleep_sun_deg : height of the Sun that cameras need; below which a rover with
        nothing to do sleeps. [deg]
    """

    awake_w: float
    standby_w: float
    sleep_w: float
    hibernate_w: float
    floor_frac: float
    dark_frac: float
    boot_frac: float
    recover_battery_k: float
    recover_box_k: float
    is_ground_needed: bool
    hibernate_wh: float
    hibernate_dark_wh: float
    wake_w: float
    wake_battery_k: float
    lost_battery_k: float
    lost_box_k: float
    dormant_battery_k: float
    dormant_box_k: float
    lost_dark_s: float
    camera_sun_deg: float
    sleep_sun_deg: float

    def __post_init__(self) -> None:
        """Refuse loads and limits beyond sense, by name."""
        if problems := out_of_bounds(self, BUS_BOUNDS):
            raise ValueError("; ".join(problems))
        if not 0.0 <= self.dark_frac < self.boot_frac <= 1.0:
            raise ValueError("dark_frac must be below boot_frac, both from 0 to 1")
        if self.dormant_battery_k > self.lost_battery_k or self.dormant_box_k > self.lost_box_k:
            raise ValueError("dormant_battery_k and dormant_box_k may not be above lost_...")


class Condition(NamedTuple):
    """What the mode depends on, as plain numbers.

    usable_frac : charge that can be drawn at this temperature.
    is_low : the battery's own low flag, with its hysteresis.
    is_short : loads have been shed to save the battery.
    is_starved : a load went out because the battery had no more to give.
    is_fed : the wings alone give what computer and heaters need to survive.
    is_recovered : the checklist of safe mode holds.
    made_wh : energy made in the last whole sol or in this one, whichever is more.
    is_working, is_resting : an activity runs; it is a sleep.
    """

    charge_frac: float
    usable_frac: float
    is_low: bool
    is_short: bool
    is_starved: bool
    is_fed: bool
    is_recovered: bool
    in_w: float
    made_wh: float
    battery_k: float
    box_k: float
    dark_s: float
    sun_elevation_deg: float
    is_working: bool
    is_resting: bool


def mode_after(spec: BusSpec, mode: Mode, now: Condition) -> Mode:
    """Return the mode that follows from the condition of the rover."""
    is_whole = is_alive(spec, mode, now.battery_k, now.box_k, now.dark_s)
    if mode is Mode.LOST or not is_whole:
        return Mode.LOST
    if mode is Mode.HIBERNATING:
        return Mode.SAFE if all(wake_keys(spec, now.in_w, now.battery_k)) else mode
    if mode in (Mode.SAFE, Mode.DARK) and is_sleep_better(spec, mode, now):
        return Mode.HIBERNATING
    least_frac = spec.boot_frac if mode is Mode.DARK else spec.dark_frac
    if now.is_starved or (now.usable_frac <= least_frac and not now.is_fed):
        return Mode.DARK
    if now.is_low or (mode in (Mode.SAFE, Mode.DARK) and not now.is_recovered):
        return Mode.SAFE
    return _at_work(spec, now)


def _at_work(spec: BusSpec, now: Condition) -> Mode:
    if now.is_short:
        return Mode.LOW
    if now.is_working and not now.is_resting:
        return Mode.AWAKE
    if now.is_resting or now.sun_elevation_deg < spec.sleep_sun_deg:
        return Mode.ASLEEP
    return Mode.STANDBY


def wake_keys(spec: BusSpec, in_w: float, battery_k: float) -> tuple[bool, bool]:
    """Say which of the two keys of waking turn: enough power of the wings, a warm battery.

    References
    ----------
    .. [1] Zhang Rongqiao, interview, 2022-09-21 (140 W and -15 C, both).
    """
    return in_w >= spec.wake_w, battery_k >= spec.wake_battery_k


def is_sleep_better(spec: BusSpec, mode: Mode, now: Condition) -> bool:
    """Say whether staying up would only drain the battery: the sol gives too little."""
    least_wh = spec.hibernate_dark_wh if mode is Mode.DARK else spec.hibernate_wh
    return now.is_low and now.made_wh < least_wh and now.in_w < spec.wake_w


def is_alive(spec: BusSpec, mode: Mode, battery_k: float, box_k: float, dark_s: float) -> bool:
    """Say whether neither cold nor emptiness has ruined battery or electronics."""
    least_battery_k, least_box_k = limits_k(spec, mode)
    return battery_k >= least_battery_k and box_k >= least_box_k and dark_s <= spec.lost_dark_s


def limits_k(spec: BusSpec, mode: Mode) -> tuple[float, float]:
    """Return how cold battery and electronics may become in a mode [K]."""
    if mode is Mode.HIBERNATING:
        return spec.dormant_battery_k, spec.dormant_box_k
    return spec.lost_battery_k, spec.lost_box_k


def base_load_w(spec: BusSpec, mode: Mode, *, is_busy: bool = False) -> float:
    """Load of computer and receiver [W]; a hibernating rover's watch is fed by the wings alone."""
    match mode:
        case Mode.AWAKE:
            return spec.awake_w
        case Mode.STANDBY:
            return spec.standby_w
        case Mode.LOW:
            return spec.awake_w if is_busy else spec.sleep_w
        case Mode.ASLEEP | Mode.SAFE:
            return spec.sleep_w
        case Mode.HIBERNATING | Mode.DARK | Mode.LOST:
            return 0.0


def cause_of(spec: BusSpec, before: Mode, after: Mode, now: Condition) -> str:
    """Say in words why the mode changed."""
    charge = f"{100 * now.charge_frac:.0f} %"
    match after:
        case Mode.LOST:
            return _why_lost(spec, before, now)
        case Mode.DARK:
            return f"the battery gave out at {charge} charge"
        case Mode.HIBERNATING:
            return f"the wings made only {now.made_wh:.0f} Wh in a sol; charge was down to {charge}"
        case Mode.SAFE:
            return _why_safe(before, now, charge)
        case Mode.LOW:
            return f"charge fell to {charge}; loads are switched off to save the battery"
    if before is Mode.LOW:
        return f"charge is back at {charge}"
    if before not in NOMINAL:
        return f"every check of safe mode holds, charge is back at {charge}"
    return "work to do" if after is Mode.AWAKE else "nothing to do"


def _why_lost(spec: BusSpec, before: Mode, now: Condition) -> str:
    battery_k, box_k = limits_k(spec, before)
    if now.battery_k < battery_k:
        return f"the battery froze at {celsius(now.battery_k):.0f} °C"
    if now.box_k < box_k:
        return f"the electronics froze at {celsius(now.box_k):.0f} °C"
    return f"the battery stood empty for {now.dark_s / SOL_S:.0f} sols in all"


def _why_safe(before: Mode, now: Condition, charge: str) -> str:
    if before is Mode.HIBERNATING:
        return (
            f"both keys turned: {now.in_w:.0f} W from the wings, "
            f"battery at {celsius(now.battery_k):.0f} °C"
        )
    if before is Mode.DARK:
        return "the Sun feeds the rover again" if now.is_fed else f"charge rose to {charge}"
    return f"charge fell to {charge}"
