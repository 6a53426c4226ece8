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
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec, sol_of, sol_start_tick
from game.orbiter.link import LinkSpec, rate_step
from game.orbiter.orbit import BodySpec, OrbitSpec, period_s
from game.orbiter.sight import epoch_tick, look, sine_and_range
from game.search import find_changes

# How finely a pass is searched; no tuning, only accuracy.
_SPACING_S = 60.0
_PRECISION_S = 0.004
_BLOCK_SOLS = 10
_STEPS_A_PASS = 600
_NUDGE_S = 0.25
_MASKED = -2  # level below the mask; -1 is above it, but too far for the slowest rate

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class DownlinkSpec:
    """From orbiter to Earth: `delay_s` is what a product waits aboard, besides light time."""

    delay_s: int


@dataclass(frozen=True, slots=True)
class OrbiterSpec:
    """The relay orbiter, as `data/orbiter.toml` says it."""

    body: BodySpec
    orbit: OrbitSpec
    link: LinkSpec
    downlink: DownlinkSpec

    def __post_init__(self) -> None:
        lowest_m = self.orbit.semi_major_axis_m * (1.0 - self.orbit.eccentricity)
        if lowest_m <= self.body.equator_radius_m:
            raise ValueError(f"the orbit runs below ground: lowest radius {lowest_m / 1000:.0f} km")


@dataclass(frozen=True, slots=True)
class Pass:
    """One flight over the site. Times are mission time; `_s` exact, `_tick` whole.

    Rise and set are at zero elevation, the usable window is above the mask; its ticks are equal
    when there is none. `step_tick` are the ticks at which the rate changes to `step_bit_s`, and
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
    step_tick: tuple[int, ...]
    step_bit_s: tuple[int, ...]
    step_bit: tuple[int, ...]

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
    sol = sol_of(site, tick)
    return tuple(one for near in (-1, 0, 1) for one in passes_of_sol(spec, site, sol + near))


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
    at = bisect_right(window.step_tick, tick) - 1
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
    return window.step_tick[at] + -(-missing_bit // window.step_bit_s[at])


def _up_to_bit(window: Pass, tick: int) -> int:
    """Bits that have gone up from the start of the pass until this tick."""
    at = bisect_right(window.step_tick, tick) - 1
    if at < 0:
        return 0
    return window.step_bit[at] + window.step_bit_s[at] * (tick - window.step_tick[at])


@lru_cache(maxsize=32)
def _passes_of_block(spec: OrbiterSpec, site: SiteSpec, block: int) -> tuple[Pass, ...]:
    """All passes that rise in a block of sols: one search serves them all."""
    first_sol = block * _BLOCK_SOLS
    start = float(sol_start_tick(site, first_sol))
    end = float(sol_start_tick(site, first_sol + _BLOCK_SOLS))
    late = end + period_s(spec.body, spec.orbit)
    tops = _culminations_s(spec, site, start, late)
    found = _above_s(spec, site, tops, start, late)
    silent_until = epoch_tick(spec.orbit.start_utc, site.epoch_utc)
    counts: dict[int, int] = {}
    passes: list[Pass] = []
    for rise_s, set_s in found:
        if not max(start, silent_until) <= rise_s < end:
            continue
        sol = sol_of(site, math.floor(rise_s))
        counts[sol] = counts.get(sol, 0) + 1
        inside = tops[(tops > rise_s) & (tops < set_s)]
        passes.append(_pass(spec, site, (rise_s, set_s), inside, (sol, counts[sol])))
    return tuple(passes)


def _culminations_s(spec: OrbiterSpec, site: SiteSpec, start: float, end: float) -> Array:
    """Every moment at which the orbiter stands higher than just before and just after."""

    def is_falling(times: Array) -> NDArray[np.int64]:
        later = sine_and_range(spec.body, spec.orbit, site, times + _NUDGE_S)[0]
        sooner = sine_and_range(spec.body, spec.orbit, site, times - _NUDGE_S)[0]
        return np.asarray(later < sooner).astype(np.int64)

    times, falling = find_changes(is_falling, start, end, 2.0 * _SPACING_S, _PRECISION_S)
    tops: Array = times[falling == 1]
    return tops


def _above_s(
    spec: OrbiterSpec, site: SiteSpec, tops: Array, start: float, end: float
) -> list[tuple[float, float]]:
    """Rise and set of every flight above the horizon, the shortest grazing ones included."""

    def is_up(times: Array) -> NDArray[np.int64]:
        sine = sine_and_range(spec.body, spec.orbit, site, times)[0]
        return np.asarray(sine > 0.0).astype(np.int64)

    times, up = find_changes(is_up, start, end, _SPACING_S, _PRECISION_S)
    rises, sets = times[up == 1], times[up == 0]
    pairs = [(float(rise), float(sets[sets > rise][0])) for rise in rises if sets[-1:] > rise]
    for top in tops[is_up(tops) == 1]:
        if not any(rise <= top <= fall for rise, fall in pairs) and top > times[:1]:
            grazing, _ = find_changes(is_up, top - _SPACING_S, top, _SPACING_S, _PRECISION_S)
            leaving, _ = find_changes(is_up, top, top + _SPACING_S, _SPACING_S, _PRECISION_S)
            pairs += list(zip(grazing.tolist(), leaving.tolist(), strict=False))
    return sorted(pairs)


def _pass(
    spec: OrbiterSpec,
    site: SiteSpec,
    span_s: tuple[float, float],
    tops: Array,
    name: tuple[int, int],
) -> Pass:
    """Measure one pass: its highest and nearest moments and the steps of its rate."""
    nodes = np.linspace(*span_s, _STEPS_A_PASS + 1)
    sines, ranges_m = sine_and_range(spec.body, spec.orbit, site, nodes)
    sines, ranges_m = np.asarray(sines), np.asarray(ranges_m)
    moments = np.append(tops, span_s)
    highest = np.asarray(look(spec.body, spec.orbit, site, moments).elevation_rad)
    at = int(np.argmax(highest))
    mask = math.sin(math.radians(spec.link.mask_deg))

    def level(times: Array) -> NDArray[np.int64]:
        step = rate_step(spec.link, np.interp(times, nodes, ranges_m))
        is_open = np.interp(times, nodes, sines) > mask
        return np.where(is_open, step, _MASKED).astype(np.int64)

    spacing = (span_s[1] - span_s[0]) / _STEPS_A_PASS
    times, levels = find_changes(level, *span_s, spacing, _PRECISION_S)
    open_s = np.diff(times)[levels[:-1] > _MASKED].sum() if times.size else 0.0
    ticks = tuple(int(tick) for tick in np.ceil(times))
    rates = tuple(spec.link.slowest_bit_s << step if step >= 0 else 0 for step in levels.tolist())
    return Pass(
        number=name[1],
        sol=name[0],
        rise_s=span_s[0],
        culmination_s=float(moments[at]),
        set_s=span_s[1],
        max_elevation_rad=float(highest[at]),
        min_range_m=_least(nodes, ranges_m),
        max_range_m=float(ranges_m.max()),
        usable_s=float(open_s),
        usable_rise_tick=ticks[0] if ticks else math.ceil(span_s[0]),
        usable_set_tick=ticks[-1] if ticks else math.ceil(span_s[0]),
        step_tick=ticks,
        step_bit_s=rates,
        step_bit=_running_bit(ticks, rates),
    )


def _running_bit(ticks: tuple[int, ...], rates: tuple[int, ...]) -> tuple[int, ...]:
    """Bits carried until each change of rate."""
    total, running = 0, []
    for tick, before, rate in zip(ticks, (0, *ticks), (0, *rates), strict=False):
        total += rate * (tick - before)
        running.append(total)
    return tuple(running)


def _least(times: Array, values: Array) -> float:
    """Lowest value of a smooth function sampled evenly, by the parabola through three samples."""
    at = int(np.argmin(values))
    if at in (0, times.size - 1):
        return float(values[at])
    before, lowest, after = (float(value) for value in values[at - 1 : at + 2])
    return lowest - (after - before) ** 2 / (8.0 * (after - 2.0 * lowest + before))
