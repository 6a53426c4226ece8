"""Fades of the signal: seconds in which all that is sent is lost and has to go again.

Use: `fades_of(spec, site, window, seed)` once a pass; `repeat_bit(fades, start, end)` is what is
lost between two ticks, of the `volume_bit` that the link would carry: whole bits, so any split of
the time gives the same sum. `expected_repeat_frac(spec, site, window)` is known beforehand.
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
from game.rng import Stream, uniforms

_DB_A_DOUBLING = 10.0 * math.log10(2.0)
_Z = np.linspace(-8.0, 8.0, 1601)
_TAIL = np.array([0.5 * math.erfc(z / math.sqrt(2.0)) for z in _Z.tolist()])

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Fades:
    """Lost seconds of one pass, in order, and the bits lost until each, and until the end."""

    ticks: tuple[int, ...]
    running_bit: tuple[int, ...]


NO_FADES = Fades((), (0,))


def loss_chance(link: LinkSpec, range_m: Array) -> Array:
    """Return the chance that a second at this distance is lost.

    Parameters
    ----------
    link : LinkSpec
        The link.
    range_m : ndarray
        Distance. [m]

    Returns
    -------
    ndarray
        From 0 to 1. [-]

    Notes
    -----
    The signal wanders about its mean with a normal spread of `fade_db` (antenna pattern, echoes
    from the ground), the same for a second. A second is lost if the wandering takes more than
    what the rate in force has in hand: `margin_db` right after a step up, 3 dB more before one.
    """
    steps = np.asarray(doublings(link, range_m))
    most = math.log2(link.fastest_bit_s / link.slowest_bit_s)
    spare_db = link.margin_db + (steps - np.clip(np.floor(steps), 0.0, most)) * _DB_A_DOUBLING
    if link.fade_db <= 0.0:
        return np.asarray((spare_db < 0.0).astype(np.float64))
    return np.asarray(np.interp(spare_db / link.fade_db, _Z, _TAIL))


def fades_of(spec: OrbiterSpec, site: SiteSpec, window: Pass, seed: int) -> Fades:
    """Draw the lost seconds of a pass."""
    first, count = window.usable_rise_tick, window.usable_set_tick - window.usable_rise_tick
    if count <= 0:
        return NO_FADES
    chance = _chance_by_tick(spec, site, window)
    lost = np.flatnonzero(uniforms(seed, Stream.RADIO, first, count) < chance) + first
    ticks = tuple(lost.tolist())
    running = [0]
    for tick in ticks:
        running.append(running[-1] + volume_bit(window, tick, tick + 1))
    return Fades(ticks, tuple(running))


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
    chance = _chance_by_tick(spec, site, window)
    edges = np.append(np.array(window.step_s), np.inf)
    at = np.searchsorted(edges, np.arange(first, last) + 0.5, side="right") - 1
    rates = np.array(window.step_bit_s)[np.clip(at, 0, None)]
    return float(np.sum(chance * rates) / whole_bit)


@lru_cache(maxsize=64)
def expected_bit(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> int:
    """Return what a whole pass may be expected to bring, repeats not counted [bit]."""
    whole_bit = volume_bit(window, window.usable_rise_tick, window.usable_set_tick)
    return round(whole_bit * (1.0 - expected_repeat_frac(spec, site, window)))


def _chance_by_tick(spec: OrbiterSpec, site: SiteSpec, window: Pass) -> Array:
    """Chance of loss in every second of the usable window, from samples of the distance."""
    nodes = np.linspace(window.rise_s, window.set_s, STEPS_A_PASS + 1)
    ranges_m = np.asarray(sine_and_range(spec.body, spec.orbit, site, nodes)[1])
    middles = np.arange(window.usable_rise_tick, window.usable_set_tick) + 0.5
    return loss_chance(spec.link, np.interp(middles, nodes, ranges_m))
