"""How fast time runs. No pygame, no clock: every function here is a plain calculation.

Rates belong to situations: wheels turn at one, waiting at another. The player may choose another
rate for a situation; it is kept for that situation until chosen again.
"""

import math
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from game.config import parse
from game.ui.assets import window_table


class Situation(StrEnum):
    """What is going on, as far as the pace is concerned."""

    DRIVE = "drive"
    LOOK = "look"
    INSTRUMENT = "instrument"
    WAIT = "wait"
    CONTACT = "contact"
    CAUTION = "caution"
    READY = "ready"
    RESULT = "result"


REASONS = {
    Situation.DRIVE: "slowed for driving",
    Situation.LOOK: "stopped to look",
    Situation.INSTRUMENT: "slowed for the instrument",
    Situation.WAIT: "",
    Situation.CONTACT: "slowed for the pass",
    Situation.CAUTION: "slowed: wheels slip",
    Situation.READY: "slowed: your move",
    Situation.RESULT: "a result is in",
}
# Legs and looks alternate every few seconds of a drive: easing between them would blur both.
_ONE_DRIVE = frozenset({Situation.DRIVE, Situation.LOOK})


@dataclass(frozen=True, slots=True)
class PaceSpec:
    """Mission seconds per second in each situation, and how the night passes.

    hitch_s : a longer frame is cut to this. [s]
    least_paused : the rate that easing to and from a stop goes through. [-]
    """

    drive: float
    look: float
    instrument: float
    wait: float
    contact: float
    caution: float
    ready: float
    result: float
    night_peak: float
    night_s: float
    hitch_s: float
    least_paused: float

    def rate(self, situation: Situation) -> float:
        """Return the shipped rate of a situation."""
        return {
            Situation.DRIVE: self.drive,
            Situation.LOOK: self.look,
            Situation.INSTRUMENT: self.instrument,
            Situation.WAIT: self.wait,
            Situation.CONTACT: self.contact,
            Situation.CAUTION: self.caution,
            Situation.READY: self.ready,
            Situation.RESULT: self.result,
        }[situation]


@cache
def load_pace() -> PaceSpec:
    """Read the rates from the theme file once."""
    return parse(window_table("theme")["pace"], PaceSpec, "data/theme.toml: pace")


@dataclass(frozen=True, slots=True)
class Signs:
    """What a state shows, in the words the pace needs."""

    is_turning: bool = False
    is_looking: bool = False
    is_working: bool = False
    is_contact: bool = False
    is_caution: bool = False
    is_ready: bool = False
    is_result: bool = False


def situation_of(signs: Signs) -> Situation:
    """Return the situation; the one that wants most attention wins."""
    if signs.is_caution:
        return Situation.CAUTION
    if signs.is_turning:
        return Situation.DRIVE
    if signs.is_contact:
        return Situation.CONTACT
    if signs.is_looking:
        return Situation.LOOK
    if signs.is_working:
        return Situation.INSTRUMENT
    if signs.is_ready:
        return Situation.READY
    return Situation.RESULT if signs.is_result else Situation.WAIT


@dataclass(frozen=True, slots=True)
class Pace:
    """The rate now, and on its way to what.

    `chosen` holds the player's own rates by situation; `passed_s` counts the easing.
    """

    situation: Situation = Situation.WAIT
    is_paused: bool = False
    rate: float = 0.0
    start_rate: float = 0.0
    passed_s: float = 1.0
    chosen: tuple[tuple[Situation, float], ...] = ()


def wanted_rate(spec: PaceSpec, pace: Pace) -> float:
    """Return the rate that the pace is easing to."""
    if pace.is_paused:
        return 0.0
    return dict(pace.chosen).get(pace.situation, spec.rate(pace.situation))


def with_situation(spec: PaceSpec, pace: Pace, situation: Situation) -> Pace:
    """Enter a situation: start easing, or jump between the legs and looks of one drive."""
    if situation is pace.situation:
        return pace
    is_one_drive = {situation, pace.situation} <= _ONE_DRIVE
    entered = replace(pace, situation=situation, start_rate=pace.rate, passed_s=0.0)
    if is_one_drive and not pace.is_paused:
        return replace(entered, rate=wanted_rate(spec, entered), passed_s=math.inf)
    return entered


def with_choice(pace: Pace, rate: float | None) -> Pace:
    """Take the player's rate for this situation, or go back to the shipped one."""
    others = tuple(item for item in pace.chosen if item[0] is not pace.situation)
    chosen = others if rate is None else (*others, (pace.situation, rate))
    return replace(pace, chosen=chosen, is_paused=False, start_rate=pace.rate, passed_s=0.0)


def with_pause(pace: Pace, *, is_paused: bool) -> Pace:
    """Stop or go on."""
    if is_paused == pace.is_paused:
        return pace
    return replace(pace, is_paused=is_paused, start_rate=pace.rate, passed_s=0.0)


def eased(spec: PaceSpec, pace: Pace, frame_s: float, ease_s: float) -> Pace:
    """Move the rate towards what is wanted, by equal factors in equal times."""
    goal = wanted_rate(spec, pace)
    passed_s = pace.passed_s + frame_s
    if passed_s >= ease_s:
        return replace(pace, rate=goal, passed_s=passed_s)
    part = passed_s / ease_s
    first = math.log(max(pace.start_rate, spec.least_paused))
    last = math.log(max(goal, spec.least_paused))
    return replace(pace, rate=math.exp(first + (last - first) * part), passed_s=passed_s)


def stepped_choice(rate: float, choices: tuple[float, ...], step: int) -> float:
    """Return the next faster or slower of the rates on offer."""
    nearest = min(range(len(choices)), key=lambda k: abs(choices[k] - rate))
    return choices[min(max(nearest + step, 0), len(choices) - 1)]


def reason(spec: PaceSpec, pace: Pace) -> str:
    """Say why time runs as it does, or nothing while it simply waits."""
    if pace.is_paused:
        return "paused"
    own = dict(pace.chosen).get(pace.situation)
    if own is not None and own != spec.rate(pace.situation):
        return "your choice"
    return REASONS[pace.situation]


def frame_cut_s(spec: PaceSpec, frame_s: float) -> float:
    """Return the real time that counts: a hitch is dropped, not chased."""
    return min(max(frame_s, 0.0), spec.hitch_s)


def night_frac(spec: PaceSpec, passed_s: float) -> float:
    """Return how much of the night has gone by: slow at dusk, fast at midnight, slow at dawn."""
    part = min(max(passed_s / spec.night_s, 0.0), 1.0)
    return part * part * (3.0 - 2.0 * part)
