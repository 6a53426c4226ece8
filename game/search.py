"""When does something change? One search for sunrise, passes, shadows and empty batteries."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Times = NDArray[np.float64]
Levels = NDArray[np.int64]


def find_changes(
    level: Callable[[Times], Levels], start: float, end: float, spacing: float, precision: float
) -> tuple[Times, Levels]:
    """Find every moment at which a whole-numbered function of time takes a new value.

    The function is sampled at a fixed spacing and all changes are bisected together, so a dip
    shorter than the spacing can be missed.

    Parameters
    ----------
    level : callable
        Takes an array of times, returns an integer array of the same shape.
    start, end : float
        Range of times, in any unit. [s]
    spacing : float
        Distance between samples, in the same unit. [s]
    precision : float
        Largest error of a returned time. [s]

    Returns
    -------
    times : ndarray
        First times at which the new value holds, ascending. [s]
    values : ndarray
        The new value after each time. [-]

    References
    ----------
    .. [1] B. Rhodes, "Skyfield", ascl:1907.024 (idea of searching a discrete function of time).
    """
    count = max(2, int(np.ceil((end - start) / spacing)) + 1)
    times = np.linspace(start, end, count)
    values = level(times)
    at = np.flatnonzero(np.diff(values))
    before, after = times[at].copy(), times[at + 1].copy()
    old = values[at]
    while before.size and float(np.max(after - before)) > precision:
        middle = (before + after) / 2.0
        is_old = level(middle) == old
        before = np.where(is_old, middle, before)
        after = np.where(is_old, after, middle)
    return after, level(after) if after.size else values[:0]
