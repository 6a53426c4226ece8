"""When and where a drive may end: slow looks, pictures taken again, slip checks; doubt of place."""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Series = NDArray[np.float64]
_MOST_COUNT = 12  # checks of a kind that are counted out: beyond lies less than a thousandth


class Trip(NamedTuple):
    """The last drive of the expected run.

    start_tick, end_tick : From when to when. [s]
    limit_tick : When its time is over. [s]
    way_m : How far it goes. [m]
    looked_s, looked_s2 : Time spent standing to look, and the sum of the squares of each look.
        [s, s2]
    checks_count, check_s : Checks by pictures, and how long one takes. [-, s]
    slipping_count : Legs that may be expected to slip so much that each is checked. [-]
    """

    start_tick: int
    end_tick: int
    limit_tick: int
    way_m: float
    looked_s: float
    looked_s2: float
    checks_count: float
    check_s: float
    slipping_count: float


class Stand(NamedTuple):
    """Where the rover will stand, as the expected run has it: on the map, and how far from there.

    x_m, y_m : The place to be expected. [m]
    doubt_m2 : East, north and cross variance of the true place around it. [m2]
    """

    x_m: float = 0.0
    y_m: float = 0.0
    doubt_m2: tuple[float, float, float] = (0.0, 0.0, 0.0)


class Slowness(NamedTuple):
    """How much a drive may be held up.

    place_sigma, look_sigma : Of the logarithm of a look: by place, by look. [-]
    lost_frac, again_frac : Checks taken again, and how long that takes as a part of one. [-]
    slow_s_m : How much longer a drive takes for each metre more. [s/m]
    other_s : One standard deviation of all else: whole legs, bends round what stereo shows. [s]
    """

    place_sigma: float
    look_sigma: float
    lost_frac: float
    again_frac: float
    slow_s_m: float
    other_s: float


def drive_ends(trip: Trip, slowness: Slowness, luck: Series, more_m: Series) -> Series:
    """Return when the drive of each member ends [s].

    Parameters
    ----------
    trip : Trip
        The drive as expected.
    slowness : Slowness
        What may hold it up.
    luck : ndarray
        Standard normal numbers: places, looks, pictures, slip, and all else, shape (5, members).
    more_m : ndarray
        How much farther than expected each member goes. [m]
    """
    places, looks, pictures, slips, others = luck
    held = trip.looked_s * (np.exp(slowness.place_sigma * places) - 1.0)
    held = held + slowness.look_sigma * math.sqrt(trip.looked_s2) * looks
    mean = trip.checks_count * slowness.lost_frac / (1.0 - slowness.lost_frac)
    again_s = slowness.again_frac * trip.check_s
    held = held + again_s * counts(mean, pictures)
    held = held + trip.check_s * counts(trip.slipping_count, slips)
    held = held + slowness.slow_s_m * more_m + slowness.other_s * others
    return np.asarray(np.clip(trip.end_tick + held, trip.start_tick, trip.limit_tick))


def stands(stand: Stand, luck: Series, stop_m: float) -> tuple[Series, Series]:
    """Return where the rover of each member truly stands at last, east and north on the map [m].

    Parameters
    ----------
    stand : Stand
        The place to be expected, and its doubt: of the start, and of the way.
    luck : ndarray
        Standard normal numbers, shape (2, members).
    stop_m : float
        One standard deviation of where on its way a drive stops. [m]
    """
    east_m2, north_m2, cross_m2 = stand.doubt_m2
    east_m = math.sqrt(max(0.0, east_m2) + stop_m**2)
    with_east_m = cross_m2 / east_m if east_m > 0.0 else 0.0
    alone_m = math.sqrt(max(0.0, north_m2 + stop_m**2 - with_east_m**2))
    return (
        stand.x_m + east_m * luck[0],
        stand.y_m + with_east_m * luck[0] + alone_m * luck[1],
    )


def counts(mean: float, luck: Series) -> Series:
    """Return how often something rare happens in each member [-].

    References
    ----------
    .. [1] M. Abramowitz, I. A. Stegun, "Handbook of Mathematical Functions", 1964, eq. 26.1.22
       (Poisson distribution).
    """
    share = (np.argsort(np.argsort(luck)) + 1 / 2) / luck.size
    found = np.zeros(luck.size)
    chance = below = math.exp(-mean)
    for number in range(1, _MOST_COUNT + 1):
        found = np.where(share > below, float(number), found)
        chance *= mean / number
        below += chance
    return found
