"""Every flight of an orbiter above the horizon of a place: rise, culmination, set.

Use: `flights(body, orbit, site, start, end)`; times are mission time in seconds. A flight that is
already under way at the start is left out, one that has not set by the end as well; so an orbiter
that never sets, as over the equator with the period of a sol, makes no flights.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec
from game.orbiter.orbit import BodySpec, OrbitSpec
from game.orbiter.sight import look, sine_and_range
from game.search import find_changes

# How finely is searched: accuracy, nothing to tune.
_SPACING_S = 240.0
_PRECISION_S = 0.01
_NUDGE_S = 0.25

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Flight:
    """One flight above the horizon; the culmination is its highest moment."""

    rise_s: float
    culmination_s: float
    set_s: float
    max_elevation_rad: float


def flights(
    body: BodySpec, orbit: OrbitSpec, site: SiteSpec, start: float, end: float
) -> tuple[Flight, ...]:
    """Find all flights between two moments, the shortest grazing ones included."""
    tops = _culminations_s(body, orbit, site, start, end)
    if not tops.size:
        return ()
    heights = np.asarray(look(body, orbit, site, tops).elevation_rad)
    found: list[Flight] = []
    for rise_s, set_s in _spans_s(body, orbit, site, tops[heights > 0.0], (start, end)):
        inside = np.flatnonzero((tops > rise_s) & (tops < set_s))
        best = inside[np.argmax(heights[inside])]
        found.append(Flight(rise_s, float(tops[best]), set_s, float(heights[best])))
    return tuple(found)


def _culminations_s(
    body: BodySpec, orbit: OrbitSpec, site: SiteSpec, start: float, end: float
) -> Array:
    """Every moment at which the orbiter stands higher than just before and just after."""

    def is_falling(times: Array) -> NDArray[np.int64]:
        later = sine_and_range(body, orbit, site, times + _NUDGE_S)[0]
        sooner = sine_and_range(body, orbit, site, times - _NUDGE_S)[0]
        return np.asarray(later < sooner).astype(np.int64)

    times, falling = find_changes(is_falling, start, end, 2.0 * _SPACING_S, _PRECISION_S)
    tops: Array = times[falling == 1]
    return tops


def _spans_s(
    body: BodySpec, orbit: OrbitSpec, site: SiteSpec, tops: Array, window_s: tuple[float, float]
) -> list[tuple[float, float]]:
    """Rise and set around each culmination above the horizon."""

    def is_up(times: Array) -> NDArray[np.int64]:
        return np.asarray(sine_and_range(body, orbit, site, times)[0] > 0.0).astype(np.int64)

    times, up = find_changes(is_up, *window_s, _SPACING_S, _PRECISION_S)
    pairs = [
        (float(rise), float(fall))
        for rise, fall, is_rise in zip(times, times[1:], up, strict=False)
        if is_rise
    ]
    first = float(times[0]) if up.size and not up[0] else window_s[0]
    last = float(times[-1]) if up.size and up[-1] else window_s[1]
    for top in tops[(tops > first) & (tops < last)].tolist():
        if not any(rise <= top <= fall for rise, fall in pairs):
            rises, _ = find_changes(is_up, top - _SPACING_S, top, _SPACING_S, _PRECISION_S)
            sets, _ = find_changes(is_up, top, top + _SPACING_S, _SPACING_S, _PRECISION_S)
            pairs += list(zip(rises.tolist(), sets.tolist(), strict=False))
    return sorted(pairs)
