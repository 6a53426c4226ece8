"""What plans are held against: the rules as data, the expected course, and a broken rule."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from game.commands import Command, UplinkPlan
from game.environment.surroundings import Surroundings
from game.mission.plan import Plan
from game.rover.machine import RoverSpec
from game.units import celsius

Series = NDArray[np.float64]


def no_series() -> Series:
    """Return a series of nothing."""
    return np.empty(0)


_CLOSE_PERCENT = re.compile(r"(?<=\d)%")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of flight as `data/mission.toml` writes it.

    check : which look at plan and forecast it is; see `flight_checks.CHECKS`.
    limit : what the check compares with, in the unit of what it looks at.
    is_hard : a plan that breaks it should not fly; otherwise it is a warning.
    words : the sentence, with {name}, {clock}, {value}, {limit}, {margin}, {value_c}, {limit_c},
        {minutes} (of the value) and {reason} to be filled in.
    """

    name: str
    check: str
    is_hard: bool
    limit: float
    words: str


@dataclass(frozen=True, slots=True)
class FlightRules:
    """The rules, and what the size of a fix is reckoned with.

    charge_floor_frac : lowest charge that a plan may reach. [-]
    box_floor_k : lowest temperature of the warm box. [K]
    memory_limit_frac : fullest memory. [-]
    send_w : what sending costs above sleep. [W]
    capacity_j : battery when full and warm. [J]
    memory_bit : size of the memory. [bit]
    step_s : fixes are whole numbers of this. [s]
    saved_frac : share of the energy of work left out that is really saved. [-]
    motor_min_k : the wheels turn from here. [K]
    motor_warm_k, motor_warm_s : how far their heaters lift them in the end, and its e-fold. [K, s]
    heater_spare_k : how far above a floor of temperature a heater should come on to keep it. [K]
    rover : the machine, for how far what a fix changes may go.
    rule : all rules, in the order in which they are shown.
    """

    charge_floor_frac: float
    box_floor_k: float
    memory_limit_frac: float
    send_w: float
    capacity_j: float
    memory_bit: float
    step_s: int
    saved_frac: float
    motor_min_k: float
    motor_warm_k: float
    motor_warm_s: float
    heater_spare_k: float
    rover: RoverSpec
    rule: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """An activity that the rover would not carry out, when, and why in words."""

    number: int
    tick: int
    reason: str


@dataclass(frozen=True, slots=True)
class Cost:
    """What one activity is expected to take: when it really runs, energy beyond rest, and data."""

    number: int
    start_tick: int
    end_tick: int
    energy_j: float
    made_bit: float


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """What the forecast says, without the machinery that made it (arrays of equal length).

    `need_frac` is the least charge, at `need_tick`, if safe mode would not cut the plan short; it
    may be below nothing. `unfinished` are drives whose time was over before they arrived, each
    with the share of its way that it made.
    """

    tick: Series
    charge_frac: Series
    box_k: Series
    memory_frac: Series
    charge_low_frac: Series = field(default_factory=no_series)
    memory_high_frac: Series = field(default_factory=no_series)
    battery_k: Series = field(default_factory=no_series)
    motor_k: Series = field(default_factory=no_series)
    mast_k: Series = field(default_factory=no_series)
    shell_k: Series = field(default_factory=no_series)
    tilt_rad: Series = field(default_factory=no_series)
    need_tick: int = 0
    need_frac: float = 1.0
    costs: tuple[Cost, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    unfinished: tuple[tuple[int, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What else a plan meets.

    daylight : whether the Sun is high enough for cameras at a tick.
    passes : rise and set of the usable passes around a tick, in order; None if there is no orbiter.
    arrives_tick : when a plan that is sent now is on board. [s of mission time]
    readings : names that conditions may use; empty leaves them unchecked.
    felt : light and air that are expected at a tick; None if nobody knows.
    is_under_way : whether the rover is at work already, which no plan stops.
    """

    daylight: Callable[[int], bool]
    passes: Callable[[int], tuple[tuple[int, int], ...] | None] = lambda _: None
    arrives_tick: int = -(2**62)
    readings: Collection[str] = ()
    felt: Callable[[int], Surroundings] | None = None
    is_under_way: bool = False


@dataclass(frozen=True, slots=True)
class WayOut:
    """One step out of a broken rule: what it does in words, and the plan after it.

    `caveat` says what it does not do, if a run ahead has shown that; see `trials.py`. `commands`
    are sent along with the plan, for what no plan can do: a plan does not stop what is under way.
    """

    words: str
    plan: Plan
    caveat: str = ""
    commands: tuple[Command, ...] = ()

    @property
    def uplink(self) -> tuple[Command, ...]:
        """Everything that is to be sent, in order: for the window, scripts and agents alike."""
        return (*self.commands, UplinkPlan(self.plan))


@dataclass(frozen=True, slots=True)
class Violation:
    """One broken rule: what, when, by how much, and the plan that would keep it.

    `number` is the activity to blame, or 0. `fix` says in words what the fixed plan does: the first
    of `ways_out`, reckoned and not yet flown ahead, or what came of that, with its `caveat` (see
    `trials.py`); `commands` go with it. `reason` is the rover's own sentence, for activities that
    it would refuse.
    `margin` is how far the value is from the limit, negative on the wrong side; `lack` weighs how
    much is missing, so that two plans that both break a rule can be told apart: how deep, if safe
    mode cut nothing short, and on the average how long.
    """

    rule: str
    tick: int
    value: float
    limit: float
    number: int
    fix: str
    fixed_plan: Plan
    reason: str = ""
    is_hard: bool = True
    words: str = ""
    lack: float = 0.0
    caveat: str = ""
    commands: tuple[Command, ...] = ()

    @property
    def margin(self) -> float:
        """How far the value is on the wrong side of the limit, as a negative number."""
        return -abs(self.value - self.limit)

    def sentence(self, name: str, clock: str) -> str:
        """Return the rule in words for people, with the activity's name and the local time.

        Percents that would read alike are written with a decimal: 29.6 % is below 30.0 %.
        """
        words = self.words
        if self.value != self.limit and f"{self.value:.0%}" == f"{self.limit:.0%}":
            words = words.replace("{value:.0%}", "{value:.1%}").replace(
                "{limit:.0%}", "{limit:.1%}"
            )
        told = words.format(
            name=name,
            clock=clock,
            value=self.value,
            limit=self.limit,
            margin=self.margin,
            value_c=celsius(self.value),
            limit_c=celsius(self.limit),
            minutes=self.value / 60.0,
            reason=self.reason.removeprefix(f"{name}: "),
        )
        return _CLOSE_PERCENT.sub(" %", told)


@dataclass(frozen=True, slots=True, eq=False)
class Review:
    """Everything a check looks at."""

    rules: FlightRules
    plan: Plan
    course: Course
    around: Circumstances
