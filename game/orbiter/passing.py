"""One flight over the site as the radio sees it: usable window and steps of the rate.

Use: `relay.py` builds passes; `pass_behind` in `horizon.py` builds one with hills around.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from game.orbiter.flights import Flight
from game.orbiter.link import LinkSpec, doublings
from game.units import Numeric

STEPS_A_PASS = 320  # samples of one pass: accuracy, nothing to tune

_HAIR = 1e-9  # keeps both ends of a flight below a mask of zero
_MASKED = -2  # level below the mask; -1 is above it, but too far for the slowest rate

Array = NDArray[np.float64]


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


def pass_of(
    link: LinkSpec, flight: Flight, name: tuple[int, int], samples: tuple[Array, Array, Array]
) -> Pass:
    """Measure one flight by its samples: how near it comes and the steps of its rate.

    Parameters
    ----------
    link : LinkSpec
        The radio link.
    flight : Flight
        Rise, culmination and set.
    name : tuple of int
        Sol, and number within the sol.
    samples : tuple of ndarray
        Evenly spaced moments from rise to set [s], height there above the mask (any measure that
        is zero at the mask) and distance [m].

    Returns
    -------
    Pass
        With the exact moments at which the rate changes.
    """
    nodes, heights, ranges_m = samples
    heights[[0, -1]] = np.minimum(heights[[0, -1]], -_HAIR)
    moments, levels = _rate_changes(link, nodes, heights, doublings(link, ranges_m))
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
        usable_s=math.fsum(
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
