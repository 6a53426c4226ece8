"""The chances of an ensemble: normal numbers, evenly spread, the same for every forecast."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from game.rng import Stream, generator

Series = NDArray[np.float64]
SEED = 1  # the same ensemble for every forecast, so that a drag does not make bands tremble
OTHER_SEED = 2  # for data and drives, which have nothing to do with the weather
PLACE_SEED = 3  # for where it stands
_DRIVE, _PASSES, _FAMILIES = 5, 8, 16  # rows of chances: of a drive, of passes, of pictures


@lru_cache(maxsize=4)
def draws(members: int, count: int, seed: int = SEED) -> Series:
    """Return standard normal numbers, evenly spread, shape (count, members).

    Notes
    -----
    Every row holds the same quantiles in its own order, so that a band of a hundred members is
    as steady as one of thousands drawn freely.

    References
    ----------
    .. [1] M. D. McKay et al., "A comparison of three methods for selecting values of input
       variables", Technometrics 21, 1979, 239 (stratified sampling).
    """
    luck = generator(seed, Stream.FORECAST, members, count)
    share = (np.arange(members) + 1 / 2) / members
    even = normal_quantile(share)
    rows = np.stack([luck.permutation(even) for _ in range(count)])
    rows.flags.writeable = False
    return rows


def normal_quantile(share: Series) -> Series:
    """Return where a part of a standard normal distribution lies below, to 5e-4 [-].

    References
    ----------
    .. [1] M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 1964, eq. 26.2.23.
    """
    tail = np.minimum(share, 1.0 - share)
    t = np.sqrt(-2.0 * np.log(tail))
    top = 2.515517 + t * (0.802853 + t * 0.010328)
    low = 1.0 + t * (1.432788 + t * (0.189269 + t * 0.001308))
    return np.sign(share - 1 / 2) * (t - top / low)


def drive_luck(members: int) -> Series:
    """Return the chances of a drive, shape (5, members)."""
    return _others(members)[:_DRIVE]


def place_luck(members: int) -> Series:
    """Return the chances of where the rover truly stands, shape (2, members)."""
    return draws(members, 2, PLACE_SEED)


def data_luck(members: int) -> tuple[Series, Series, Series]:
    """Return the chances of whole passes, of their seconds, and of pictures, by rows."""
    rows = _others(members)[_DRIVE:]
    return rows[:_PASSES], rows[_PASSES : 2 * _PASSES], rows[2 * _PASSES :]


def _others(members: int) -> Series:
    return draws(members, _DRIVE + 2 * _PASSES + _FAMILIES, OTHER_SEED)
