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
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec, sol_of, sol_start_tick
from game.orbiter.flights import Flight, flights
from game.orbiter.link import LinkSpec, doublings
from game.orbiter.orbit import BodySpec, OrbitSpec, period_s
from game.orbiter.sight import epoch_tick, sine_and_range
from game.units import Numeric

# How finely is searched: accuracy, nothing to tune.
_BLOCK_SOLS = 10
_STEPS_A_PASS = 320
_HAIR = 1e-9  # keeps both ends of a flight below a mask of zero
_MASKED = -2  # level below the mask; -1 is above it, but too far for the slowest rate

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DownlinkSpec:
    """From orbiter to Earth: `delay_s` is what a product waits aboard, besides light time."""

    delay_s: int


@dataclass(frozen=True, slots=True)
class OrbiterSpec:
    """The relay orbiter, as `data/orbiter.toml` says it; the hash is kept for the caches."""

    body: BodySpec
    orbit: OrbitSpec
    link: LinkSpec
    downlink: DownlinkSpec
    kept_hash: int = field(init=False, repr=False, compare=False)

    def __hash__(self) -> int:
        return self.kept_hash

    def __post_init__(self) -> None:
        kept_hash = hash((self.body, self.orbit, self.link, self.downlink))
        object.__setattr__(self, "kept_hash", kept_hash)
        lowest_m = self.orbit.semi_major_axis_m * (1.0 - self.orbit.eccentricity)
        if lowest_m <= self.body.equator_radius_m:
            raise ValueError(f"the orbit runs below ground: lowest radius {lowest_m / 1000:.0f} km")


@dataclass(frozen=True, slots=True)
class Pass:
    """One flight over the site. Times are mission time; `_s` exact, `_tick` whole.

    Rise and set are at zero elevation, the usable window is above the mask; its ticks are equal
    when there is none. `step_s` are the moments at which the rate changes to `step_bit_s`, and
    `step_bit` is what has gone up until then.
    """

    number: int
    sol: int
    rise_s: float
    culmination_s: float
    set_s: float
    max_elevation_rad: float
    min_range_m: float
    max_range_m: float
    usable_s: float
    usable_rise_tick: int
    usable_set_tick: int
    step_s: tuple[float, ...]
    step_bit_s: tuple[int, ...]
    step_bit: tuple[float, ...]

    @property
    def rise_tick(self) -> int:
        """First whole tick above the horizon [s]."""
        return math.ceil(self.rise_s)

    @property
    def set_tick(self) -> int:
        """First whole tick below the horizon again [s]."""
        return math.ceil(self.set_s)


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
    for sol in range(first, first + _BLOCK_SOLS):
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
    silent_until = max(start, epoch_tick(spec.orbit.start_utc, site.epoch_utc))
    found = [
        one
        for one in flights(spec.body, spec.orbit, site, start, late)
        if silent_until <= one.rise_s < end
    ]
    if not found:
        return ()
    rises, sets = (np.array([getattr(one, edge) for one in found]) for edge in ("rise_s", "set_s"))
    nodes = np.linspace(rises, sets, _STEPS_A_PASS + 1, axis=1)
    sines, ranges_m = (
        np.asarray(part) for part in sine_and_range(spec.body, spec.orbit, site, nodes)
    )
    sols = [sol_of(site, math.floor(one.rise_s)) for one in found]
    return tuple(
        _pass(spec.link, one, (sol, 1 + sols[:at].count(sol)), (nodes[at], sines[at], ranges_m[at]))
        for at, (one, sol) in enumerate(zip(found, sols, strict=True))
    )


def _pass(
    link: LinkSpec, flight: Flight, name: tuple[int, int], samples: tuple[Array, Array, Array]
) -> Pass:
    """Measure one flight by its samples: how near it comes and the steps of its rate."""
    nodes, sines, ranges_m = samples
    mask = math.sin(math.radians(link.mask_deg))
    sines[[0, -1]] = np.minimum(sines[[0, -1]], mask - _HAIR)
    moments, levels = _rate_changes(link, nodes, sines - mask, doublings(link, ranges_m))
    speeds = tuple(link.slowest_bit_s << step if step >= 0 else 0 for step in levels)
    return Pass(
        number=name[1],
        sol=name[0],
        rise_s=flight.rise_s,
        culmination_s=flight.culmination_s,
        set_s=flight.set_s,
        max_elevation_rad=flight.max_elevation_rad,
        min_range_m=_least(nodes, ranges_m),
        max_range_m=float(ranges_m.max()),
        usable_s=sum(
            later - moment
            for moment, later, level in zip(moments, moments[1:], levels, strict=False)
            if level > _MASKED
        ),
        usable_rise_tick=math.ceil(moments[0] if moments else flight.rise_s),
        usable_set_tick=math.ceil(moments[-1] if moments else flight.rise_s),
        step_s=moments,
        step_bit_s=speeds,
        step_bit=_running_bit(moments, speeds),
    )


def _rate_changes(
    link: LinkSpec, nodes: Array, heights: Array, rates: Numeric
) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Moments at which the rate changes, and its doublings from then on (`_MASKED` below).

    Both series are taken as straight between their samples: height above the mask, and doublings.
    """
    most = int(math.log2(link.fastest_bit_s / link.slowest_bit_s))
    samples = np.stack([nodes, heights, np.asarray(rates)])
    levels = np.where(heights > 0.0, np.clip(np.floor(samples[2]), -1, most), _MASKED)
    moments: list[float] = []
    after: list[int] = []
    for at in np.flatnonzero(np.diff(levels)).tolist():
        (first, height, rate), (last, height_2, rate_2) = samples[:, at : at + 2].T.tolist()
        cuts = [height / (height - height_2)] if (height > 0.0) != (height_2 > 0.0) else []
        low, high = sorted((math.floor(rate), math.floor(rate_2)))
        cuts += [(step - rate) / (rate_2 - rate) for step in range(low + 1, high + 1)]
        cuts = sorted(cuts)
        for cut, later in zip(cuts, (*cuts[1:], 1.0), strict=True):
            middle = (cut + later) / 2.0
            is_open = height + (height_2 - height) * middle > 0.0
            step = min(most, max(-1, math.floor(rate + (rate_2 - rate) * middle)))
            moments.append(first + (last - first) * cut)
            after.append(step if is_open else _MASKED)
    return _without_repeats(moments, after)


def _without_repeats(
    moments: list[float], levels: list[int]
) -> tuple[tuple[float, ...], tuple[int, ...]]:
    """Leave out moments at which nothing changes."""
    kept = [
        (moment, level)
        for moment, level, before in zip(moments, levels, (_MASKED, *levels), strict=False)
        if level != before
    ]
    return tuple(moment for moment, _ in kept), tuple(level for _, level in kept)


def _running_bit(moments: tuple[float, ...], rates: tuple[int, ...]) -> tuple[float, ...]:
    """Bits carried until each change of rate."""
    sums = [0.0]
    for moment, later, rate in zip(moments, moments[1:], rates, strict=False):
        sums.append(sums[-1] + rate * (later - moment))
    return tuple(sums[: len(moments)])


def _least(times: Array, values: Array) -> float:
    """Lowest value of a smooth function sampled evenly, by the parabola through three samples."""
    at = int(np.argmin(values))
    if at in (0, times.size - 1):
        return float(values[at])
    before, lowest, after = (float(value) for value in values[at - 1 : at + 2])
    return lowest - (after - before) ** 2 / (8.0 * (after - 2.0 * lowest + before))
