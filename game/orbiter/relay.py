"""When the orbiter can be heard, and how much goes up to it.

Use: `passes_of_sol(spec, site, sol)` lists the passes that rise in a sol;
`pass_at(spec, site, tick)` is the one whose usable window holds the tick, or None;
`next_pass(spec, site, tick)` the next one that opens later; `boundaries(spec, site, tick)` are the
ticks around this one at which a step must end.
`volume_bit(window, start_tick, end_tick)` is what one pass carries between two ticks: whole bits,
so any split of the time gives the same sum. `volume_between_bit(...)` adds up several passes.
"""

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Any

import numpy as np

from game.environment.clock import SiteSpec, sol_of, sol_start_tick
from game.orbiter.deep_space import DownlinkSpec
from game.orbiter.flights import flights
from game.orbiter.link import LinkSpec
from game.orbiter.orbit import BodySpec, OrbitSpec, period_s
from game.orbiter.orbit_check import body_problems
from game.orbiter.passing import STEPS_A_PASS, Pass, pass_of
from game.orbiter.phases import PhaseSpec
from game.orbiter.sight import epoch_tick, sine_and_range
from game.orbiter.survey import SurveySpec

__all__ = [
    "OrbiterSpec",
    "Pass",
    "boundaries",
    "next_pass",
    "pass_at",
    "passes_near",
    "passes_of_sol",
    "rate_at_bit_s",
    "tick_when_bit",
    "volume_between_bit",
    "volume_bit",
]

_BLOCK_SOLS = 10  # sols that are searched at once
_LOOK_AHEAD_SOLS = 10


@dataclass(frozen=True, slots=True)
class OrbiterSpec:
    """The relay orbiter, as `data/orbiter.toml` says it; the hash is kept for the caches.

    `phase` tells the whole story of its orbits; only `orbit` is heard by the rover.
    """

    body: BodySpec
    orbit: OrbitSpec
    link: LinkSpec
    downlink: DownlinkSpec
    survey: SurveySpec
    phase: tuple[PhaseSpec, ...] = ()
    kept_hash: int = field(init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return self.kept_hash

    def __reduce__(self) -> tuple[Any, ...]:
        """Let copies in other processes work out their own hash."""
        return OrbiterSpec, tuple(getattr(self, each.name) for each in fields(self) if each.init)

    def __post_init__(self) -> None:
        kept_hash = hash((self.body, self.orbit, self.link, self.downlink))
        object.__setattr__(self, "kept_hash", kept_hash)
        orbit = self.orbit
        named = {each.name: getattr(orbit, each.name) for each in fields(orbit)}
        found = body_problems(self.body.gm_m3_s2, self.body.equator_radius_m, named)
        texts = [words for _, words in found]
        for phase in self.phase:
            if phase.lowest_radius_m <= self.body.equator_radius_m:
                texts.append(f"the phase {phase.name} runs below ground")
        if texts:
            raise ValueError("; ".join(texts))


def passes_of_sol(spec: OrbiterSpec, site: SiteSpec, sol: int) -> tuple[Pass, ...]:
    """Return the passes that rise in a sol, in order; none before the orbiter is on station."""
    block = sol // _BLOCK_SOLS
    return tuple(one for one in _passes_of_block(spec, site, block) if one.sol == sol)


def passes_near(spec: OrbiterSpec, site: SiteSpec, tick: int) -> tuple[Pass, ...]:
    """Return the passes that rise in the sol of this tick, the one before and the one after."""
    return _passes_around(spec, site, sol_of(site, tick))


def pass_at(spec: OrbiterSpec, site: SiteSpec, tick: int) -> Pass | None:
    """Return the pass whose usable window holds this tick."""
    for one in passes_near(spec, site, tick):
        if one.usable_rise_tick <= tick < one.usable_set_tick:
            return one
    return None


def next_pass(spec: OrbiterSpec, site: SiteSpec, tick: int) -> Pass | None:
    """Return the first pass with a usable window that opens after this tick, within ten sols."""
    first = sol_of(site, tick) - 1
    for sol in range(first, first + _LOOK_AHEAD_SOLS):
        for one in passes_of_sol(spec, site, sol):
            if tick < one.usable_rise_tick < one.usable_set_tick:
                return one
    return None


def boundaries(spec: OrbiterSpec, site: SiteSpec, tick: int) -> tuple[int, ...]:
    """Return when usable windows open and close around this tick, in order [s]."""
    return tuple(
        edge
        for one in passes_near(spec, site, tick)
        if one.usable_rise_tick < one.usable_set_tick
        for edge in (one.usable_rise_tick, one.usable_set_tick)
    )


def volume_bit(window: Pass, start_tick: int, end_tick: int) -> int:
    """Return what a pass carries from one tick to another: whole bits, exactly additive [bit]."""
    return _up_to_bit(window, end_tick) - _up_to_bit(window, start_tick)


def volume_between_bit(spec: OrbiterSpec, site: SiteSpec, start_tick: int, end_tick: int) -> int:
    """Return what all passes carry from one tick to another [bit]."""
    sols = range(sol_of(site, start_tick) - 1, sol_of(site, end_tick) + 1)
    return sum(
        volume_bit(one, start_tick, end_tick)
        for sol in sols
        for one in passes_of_sol(spec, site, sol)
    )


def rate_at_bit_s(window: Pass, tick: int) -> int:
    """Return the rate in force at a tick, zero outside the usable window [bit/s]."""
    at = bisect_right(window.step_s, tick) - 1
    return window.step_bit_s[at] if at >= 0 else 0


def tick_when_bit(window: Pass, start_tick: int, size_bit: int) -> int | None:
    """Return the first tick by which a pass has carried so much since `start_tick`, or None."""
    goal_bit = _up_to_bit(window, start_tick) + size_bit
    at = bisect_left(window.step_bit, goal_bit) - 1
    if at + 1 >= len(window.step_bit):
        return None
    if at < 0:
        return start_tick
    missing_bit = goal_bit - window.step_bit[at]
    return math.ceil(window.step_s[at] + missing_bit / window.step_bit_s[at])


@lru_cache(maxsize=64)
def _passes_around(spec: OrbiterSpec, site: SiteSpec, sol: int) -> tuple[Pass, ...]:
    return tuple(one for near in (-1, 0, 1) for one in passes_of_sol(spec, site, sol + near))


def _up_to_bit(window: Pass, tick: int) -> int:
    """Whole bits that have gone up from the start of the pass until this tick."""
    at = bisect_right(window.step_s, tick) - 1
    if at < 0:
        return 0
    return int(window.step_bit[at] + window.step_bit_s[at] * (tick - window.step_s[at]))


@lru_cache(maxsize=32)
def _passes_of_block(spec: OrbiterSpec, site: SiteSpec, block: int) -> tuple[Pass, ...]:
    """All passes that rise in a block of sols: one search serves them all."""
    start = float(sol_start_tick(site, block * _BLOCK_SOLS))
    end = float(sol_start_tick(site, (block + 1) * _BLOCK_SOLS))
    late = end + period_s(spec.body, spec.orbit)
    first, last = start, end
    if spec.orbit.start_utc:
        first = max(start, epoch_tick(spec.orbit.start_utc, site.epoch_utc))
    if spec.orbit.end_utc:
        last = min(end, epoch_tick(spec.orbit.end_utc, site.epoch_utc))
    found = [
        one
        for one in flights(spec.body, spec.orbit, site, start, late)
        if first <= one.rise_s < last
    ]
    if not found:
        return ()
    rises, sets = (np.array([getattr(one, edge) for one in found]) for edge in ("rise_s", "set_s"))
    nodes = np.linspace(rises, sets, STEPS_A_PASS + 1, axis=1)
    sines, ranges_m = (
        np.asarray(part) for part in sine_and_range(spec.body, spec.orbit, site, nodes)
    )
    heights = sines - math.sin(math.radians(spec.link.mask_deg))
    sols = [sol_of(site, math.floor(one.rise_s)) for one in found]
    return tuple(
        pass_of(
            spec.link, one, (sol, 1 + sols[:at].count(sol)), (nodes[at], heights[at], ranges_m[at])
        )
        for at, (one, sol) in enumerate(zip(found, sols, strict=True))
    )
