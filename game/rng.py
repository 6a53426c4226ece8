"""Random numbers as a function of (seed, stream, tick): nothing to store, no order to keep."""

import math
from enum import IntEnum

import numpy as np
from numpy.random import Generator, Philox
from numpy.typing import NDArray

_MASK = (1 << 64) - 1


class Stream(IntEnum):
    """One entry per use. Numbers are never reused: a change would alter every old replay."""

    TERRAIN = 1
    DUST = 2
    STORM = 3
    CLEANING = 4
    WIND = 5
    PRESSURE = 6
    VORTEX = 7
    CRATER = 8
    ROCK = 9
    SLIP = 10
    SENSOR = 11
    SCIENCE = 12
    PLACES = 13
    FAULT = 14
    RADIO = 15
    AGENT = 16
    FORECAST = 17
    POSITION = 31
    EXTRICATION = 32
    STEREO = 33
    PACKING = 34
    PACE = 35


def check_seed(seed: int) -> int:
    """Return the seed if it is a whole number of 64 bits, signed or unsigned.

    Raises
    ------
    ValueError
        With a sentence that names the value and the range.
    """
    if type(seed) is not int or not -(1 << 63) <= seed <= _MASK:
        raise ValueError(f"a seed is a whole number from -2^63 to 2^64-1, not {seed!r}")
    return seed


def salted(seed: int, salt: int) -> int:
    """Return the seed of another world that belongs to this one; salt 0 is this one itself."""
    return _mix((seed & _MASK) ^ _mix(salt)) if salt else seed


def uniform(seed: int, stream: Stream, tick: int, index: int = 0) -> float:
    """Return the number in [0, 1) that belongs to this seed, stream, tick and index [-].

    References
    ----------
    .. [1] G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators",
       OOPSLA 2014 (the mixing function of SplitMix64).
    """
    bits = seed & _MASK
    for word in (stream, tick, index):
        bits = _mix(bits ^ _mix(word + 1))
    return float(bits >> 11) * 2.0**-53


def uniforms(seed: int, stream: Stream, first_tick: int, count: int) -> NDArray[np.float64]:
    """Return `uniform` of many ticks in a row, the same numbers to the last bit [-]."""
    start = _mix((seed & _MASK) ^ _mix(stream + 1))
    words = np.arange(count, dtype=np.uint64) + np.uint64((first_tick + 1) & _MASK)
    bits = _mixed(_mixed(words) ^ np.uint64(start))
    bits = _mixed(bits ^ np.uint64(_mix(1)))
    return (bits >> np.uint64(11)).astype(np.float64) * 2.0**-53


def normal(seed: int, stream: Stream, tick: int, index: int = 0) -> float:
    """Return the standard normal number that belongs to this seed, stream, tick and index [-].

    References
    ----------
    .. [1] G. E. P. Box, M. E. Muller, "A note on the generation of random normal deviates",
       Annals of Mathematical Statistics 29, 1958.
    """
    radius = math.sqrt(-2.0 * math.log(1.0 - uniform(seed, stream, tick, 2 * index)))
    return radius * math.cos(math.tau * uniform(seed, stream, tick, 2 * index + 1))


def generator(seed: int, stream: Stream, first: int = 0, second: int = 0) -> Generator:
    """Return a generator for building arrays once; (first, second) name a place, such as a cell.

    Philox is keyed by a mix of all four numbers, so streams of neighbours share nothing.
    """
    bits = seed & _MASK
    for word in (stream, first, second):
        bits = _mix(bits ^ _mix(word + 1))
    return Generator(Philox(key=bits))


def _mix(word: int) -> int:
    word = (word + 0x9E3779B97F4A7C15) & _MASK
    word = ((word ^ word >> 30) * 0xBF58476D1CE4E5B9) & _MASK
    word = ((word ^ word >> 27) * 0x94D049BB133111EB) & _MASK
    return word ^ word >> 31


def _mixed(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Do what `_mix` does, for many words at once."""
    words = words + np.uint64(0x9E3779B97F4A7C15)
    words = (words ^ words >> np.uint64(30)) * np.uint64(0xBF58476D1CE4E5B9)
    words = (words ^ words >> np.uint64(27)) * np.uint64(0x94D049BB133111EB)
    return words ^ words >> np.uint64(31)
