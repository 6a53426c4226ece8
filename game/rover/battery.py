"""What a battery can hold and give: less when cold, a little less every sol."""

import math
from dataclasses import dataclass
from enum import StrEnum


class Load(StrEnum):
    """What can be switched off when the battery runs down; also the name people read."""

    INSTRUMENTS = "instruments"
    WHEELS = "wheels"
    WING_MOTORS = "wing motors"
    RADIO = "radio"
    BOX_HEATER = "box heater"
    BATTERY_HEATER = "battery heater"


class Gauge(StrEnum):
    """What a stage of shedding looks at: the charge, or what cold lets out of it."""

    CHARGE = "charge"
    USABLE = "usable"


@dataclass(frozen=True, slots=True)
class CapacityPoint:
    """Share of the battery's energy that can be used at a temperature."""

    battery_k: float
    usable_frac: float


@dataclass(frozen=True, slots=True)
class ShedStage:
    """One load, the reading below which it is switched off, and above which it comes back."""

    load: Load
    gauge: Gauge
    below_frac: float
    back_frac: float

    def __post_init__(self) -> None:
        """Refuse a stage that would switch to and fro."""
        if not 0.0 <= self.below_frac < self.back_frac <= 1.0:
            raise ValueError(f"stage {self.load!r}: 0 <= below_frac < back_frac <= 1")


@dataclass(frozen=True, slots=True)
class AgeingSpec:
    """How the capacity fades.

    cycle_fade_frac : share of the capacity lost per full cycle of energy drawn. [-]
    calendar_fade_1_sol : lost with time at `calendar_reference_k`. [1/sol]
    calendar_halving_k : so many kelvin less halve the calendar fade. [K]
    """

    cycle_fade_frac: float
    calendar_fade_1_sol: float
    calendar_reference_k: float
    calendar_halving_k: float

    def __post_init__(self) -> None:
        """Refuse a battery that gets better with age, or falls apart in a sol."""
        if not (0.0 <= self.cycle_fade_frac <= 0.1 and 0.0 <= self.calendar_fade_1_sol <= 0.1):
            raise ValueError("cycle_fade_frac and calendar_fade_1_sol must be from 0 to 0.1")
        if self.calendar_halving_k <= 0.0:
            raise ValueError("calendar_halving_k must be above 0")


def usable_frac(usable: tuple[CapacityPoint, ...], battery_k: float) -> float:
    """Share of the battery's capacity that can be drawn at a temperature [-]."""
    before = usable[0]
    if battery_k <= before.battery_k:
        return before.usable_frac
    for point in usable[1:]:
        if battery_k < point.battery_k:
            share = (battery_k - before.battery_k) / (point.battery_k - before.battery_k)
            return before.usable_frac + share * (point.usable_frac - before.usable_frac)
        before = point
    return before.usable_frac


def fade_frac(spec: AgeingSpec, cycles: float, battery_k: float, sols: float) -> float:
    """Share of the capacity lost to full cycles of energy drawn and to time [-].

    Parameters
    ----------
    cycles : float
        Energy drawn as a share of the full battery. [-]
    battery_k : float
        Temperature. [K]
    sols : float
        Time. [sol]

    References
    ----------
    .. [1] B. V. Ratnakumar, M. C. Smart, "An update on the performance of Li-ion rechargeable
       batteries on Mars rovers", 2006, NTRS 20060051687 (marginal change after 800 sols).
    .. [2] H. Ali et al., "Assessment of the calendar aging of lithium-ion batteries for a
       long-term space missions", Front. Energy Res. 11, 2023, 1108269 (slower in the cold).
    """
    colder = (battery_k - spec.calendar_reference_k) / spec.calendar_halving_k
    return spec.cycle_fade_frac * cycles + spec.calendar_fade_1_sol * sols * math.pow(2.0, colder)


def shed_count(stages: tuple[ShedStage, ...], count: int, charge_frac: float, usable: float) -> int:
    """Return how many stages, counted from the first, are switched off now.

    Parameters
    ----------
    count : int
        How many were before: a load comes back at a higher reading than it went.
    charge_frac, usable : float
        Charge, and what of it can be drawn, as shares of the full battery. [-]
    """
    while count < len(stages):
        stage = stages[count]
        if (charge_frac if stage.gauge is Gauge.CHARGE else usable) >= stage.below_frac:
            break
        count += 1
    while count > 0:
        stage = stages[count - 1]
        if (charge_frac if stage.gauge is Gauge.CHARGE else usable) < stage.back_frac:
            break
        count -= 1
    return count
