"""Fades of the signal: seconds in which all that is sent is lost and has to go again.

Use: `fades_of(spec, site, window, seed)` once a pass; `repeat_bit(fades, start, end)` is what is
lost between two ticks, of the `volume_bit` that the link would carry: whole bits, so any split of
the time gives the same sum. Known beforehand are `expected_repeat_frac(spec, site, window)`,
`mean_fades(spec, site, window)` for a forecast, and `lost_bits(...)`, how it may differ.
"""

import math
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.environment.clock import SiteSpec
from game.orbiter.link import LinkSpec, doublings
from game.orbiter.passing import STEPS_A_PASS, Pass
from game.orbiter.relay import OrbiterSpec, volume_bit
from game.orbiter.sight import sine_and_range
from game.rng import Stream, normal, uniforms

_DB_A_DOUBLING = 10.0 * math.log10(2.0)
_Z = np.linspace(-8.0, 8.0, 1601)
_TAIL = np.array([0.5 * math.erfc(z / math.sqrt(2.0)) for z in _Z.tolist()])
MOST_SIGMAS = 3.0  # no pass is farther from the mean: beyond, the link would be built otherwise
_ONE_OF_TEN = 1.2816  # standard deviations (Abramowitz & Stegun 1964, table 26.5)
_SAMPLES = 64  # of one pass for the spread of its losses: accuracy, nothing to tune

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fades:
    """Lost seconds of one pass, in order, and the bits lost until each, and until the end."""

    ticks: tuple[int, ...]
    running_bit: tuple[int, ...]


NO_FADES = Fades((), (0,))


def loss_chance(link: LinkSpec, range_m: Array, offset_db: float | Array = 0.0) -> Array:
    """Return the chance that a second at this distance is lost.

    Parameters
    ----------
    link : LinkSpec
        The link.
    range_m : ndarray
        Distance. [m]
    offset_db : float or ndarray
        How much stronger than usual the signal of this pass is. [dB]

    Returns
    -------
    ndarray
        From 0 to 1. [-]

    Notes
    -----
    The signal wanders about the mean of its pass with a normal spread of `fade_db` (antenna
    pattern, echoes from the ground), the same for a second. A second is lost if the wandering takes
    more than what the rate in force has in hand: `margin_db` right after a step up, 3 dB more
    before one.
    """
    return _tail(_spare_db(link, range_m) + offset_db, link.fade_db)


def fades_of(spec: OrbiterSpec, site: SiteSpec, window: Pass, seed: int) -> Fades:
    """Draw the lost seconds of a pass."""
    first, count = window.usable_rise_tick, window.usable_set_tick - window.usable_rise_tick
    if count <= 0:
        return NO_FADES
    chance = loss_chance(
        spec.link, _ranges_m(spec, site, window), pass_offset_db(spec.link, window, seed)
    )
    lost = np.flatnonzero(uniforms(seed, Stream.RADIO, first, count) < chance) + first
    ticks = tuple(lost.tolist())
    running = [0]
    for tick in ticks:
        running.append(running[-1] + volume_bit(window, tick, tick + 1))
    return Fades(ticks, tuple(running))


def pass_offset_db(link: LinkSpec, window: Pass, seed: int) -> float:
    """Return how much stronger than usual the signal of a whole pass is [dB].

    Notes
    -----
    The pattern of an antenna on a crowded deck differs by decibels with the heading of the rover
    and the side on which the orbiter goes by; for a planner that is chance.
    """
    luck = normal(seed, Stream.RADIO, window.rise_tick, 1)
    return link.pass_db * min(MOST_SIGMAS, max(-MOST_SIGMAS, luck))


@lru_cache(maxsize=64)
def mean_fades(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> Fades:
    """Return what a pass loses on the average, spread over all its seconds."""
    first, last = window.usable_rise_tick, window.usable_set_tick
    if last <= first:
        return NO_FADES
    lost = np.cumsum(_mean_chance(spec, site, window) * _rates_bit_s(window, first, last))
    return Fades(tuple(range(first, last)), (0, *lost.astype(np.int64).tolist()))


def lost_bits(
    spec: OrbiterSpec,
    site: SiteSpec,
    window: Pass,
    span: tuple[int, int],
    luck: tuple[Array, Array],
) -> Array:
    """Return what a part of a pass may lose, one number for each pair of chances [bit].

    Parameters
    ----------
    span : tuple of int
        From which tick to which.
    luck : tuple of ndarray
        Standard normal numbers: of the whole pass, and of its seconds.
    """
    first, last = max(span[0], window.usable_rise_tick), min(span[1], window.usable_set_tick)
    if last <= first:
        return np.zeros_like(luck[0])
    ticks = np.linspace(first, last, _SAMPLES + 1)
    middles = (ticks[1:] + ticks[:-1]) / 2.0
    step_s = float(ticks[1] - ticks[0])
    rates = _rates_at_bit_s(window, middles)
    ranges_m = np.asarray(sine_and_range(spec.body, spec.orbit, site, middles)[1])
    offset_db = spec.link.pass_db * np.clip(luck[0], -MOST_SIGMAS, MOST_SIGMAS)
    chance = loss_chance(spec.link, ranges_m, offset_db[:, None])
    mean = chance @ rates * step_s
    spread = np.sqrt((chance * (1.0 - chance)) @ rates**2 * step_s)
    return np.asarray(np.clip(mean + spread * luck[1], 0.0, float(rates.sum()) * step_s))


def repeat_bit(fades: Fades, start_tick: int, end_tick: int) -> int:
    """Return what is lost from one tick to another [bit]."""
    first, last = bisect_left(fades.ticks, start_tick), bisect_left(fades.ticks, end_tick)
    return fades.running_bit[last] - fades.running_bit[first]


def expected_repeat_frac(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> float:
    """Return the share of a pass that will have to be sent again, on the average [-]."""
    first, last = window.usable_rise_tick, window.usable_set_tick
    whole_bit = volume_bit(window, first, last)
    if not whole_bit:
        return 0.0
    chance = _mean_chance(spec, site, window)
    return float(np.sum(chance * _rates_bit_s(window, first, last)) / whole_bit)


@lru_cache(maxsize=64)
def expected_bit(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> int:
    """Return what a whole pass may be expected to bring, repeats not counted [bit]."""
    whole_bit = volume_bit(window, window.usable_rise_tick, window.usable_set_tick)
    return round(whole_bit * (1.0 - expected_repeat_frac(spec, site, window)))


@lru_cache(maxsize=64)
def likely_bits(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> tuple[int, int]:
    """Return what nine of ten passes like this bring, and what one of ten does [bit]."""
    span = (window.usable_rise_tick, window.usable_set_tick)
    most_bit = volume_bit(window, *span)
    lucks = np.array([-_ONE_OF_TEN, _ONE_OF_TEN])
    poor, good = lost_bits(spec, site, window, span, (lucks, np.zeros(2)))
    return round(most_bit - float(poor)), round(most_bit - float(good))


def _mean_chance(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> Array:
    """Chance of loss in every second of the usable window, over passes of every kind."""
    both_db = math.hypot(spec.link.fade_db, spec.link.pass_db)
    return _tail(_spare_db(spec.link, _ranges_m(spec, site, window)), both_db)


def _spare_db(link: LinkSpec, range_m: Array) -> Array:
    """Return what the rate in force has in hand [dB]."""
    steps = np.asarray(doublings(link, range_m))
    most = math.log2(link.fastest_bit_s / link.slowest_bit_s)
    spare = steps - np.clip(np.floor(steps), 0.0, most)
    return np.asarray(link.margin_db + spare * _DB_A_DOUBLING)


def _tail(spare_db: Array, spread_db: float) -> Array:
    if spread_db <= 0.0:
        return np.asarray((spare_db < 0.0).astype(np.float64))
    return np.asarray(np.interp(spare_db / spread_db, _Z, _TAIL))


def _rates_bit_s(window: Pass, first: int, last: int) -> Array:
    return _rates_at_bit_s(window, np.asarray(np.arange(first, last) + 0.5, np.float64))


def _rates_at_bit_s(window: Pass, moments: Array) -> Array:
    edges = np.append(np.array(window.step_s), np.inf)
    at = np.searchsorted(edges, moments, side="right") - 1
    return np.asarray(np.array(window.step_bit_s, np.float64)[np.clip(at, 0, None)])


def _ranges_m(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> Array:
    """Distance in every second of the usable window, from samples [m]."""
    nodes = np.linspace(window.rise_s, window.set_s, STEPS_A_PASS + 1)
    ranges_m = np.asarray(sine_and_range(spec.body, spec.orbit, site, nodes)[1])
    middles = np.arange(window.usable_rise_tick, window.usable_set_tick) + 0.5
    return np.asarray(np.interp(middles, nodes, ranges_m))
