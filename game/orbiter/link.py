"""How fast the rover can talk to the orbiter over a distance.

Use: `rate_bit_s(link, range_m)`, one distance or an array.
"""

import math
from dataclasses import dataclass

import numpy as np

from game.bounds import out_of_bounds
from game.units import LIGHT_SPEED_M_S, Numeric

# Wide enough for any radio between a whisper and a radar (design).
RANGES = {
    "frequency_hz": (1.0e6, 1.0e12),
    "radiated_dbm": (-200.0, 200.0),
    "receiver_gain_db": (-200.0, 200.0),
    "losses_db": (0.0, 300.0),
    "floor_dbm": (-300.0, 100.0),
    "margin_db": (-100.0, 100.0),
    "fade_db": (0.0, 50.0),
    "pass_db": (0.0, 50.0),
    "slowest_bit_s": (1, 2**40),
    "fastest_bit_s": (1, 2**40),
}


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """The UHF link from rover to orbiter.

    `radiated_dbm` is what the antenna sends out, `floor_dbm` the weakest signal at which the
    slowest rate can be read, `margin_db` what is kept in hand, `fade_db` how far the signal wanders
    about its mean within a pass, `pass_db` how far the mean of one pass is from that of another,
    `mask_deg` the lowest elevation.
    """

    frequency_hz: float
    radiated_dbm: float
    receiver_gain_db: float
    losses_db: float
    floor_dbm: float
    margin_db: float
    fade_db: float
    pass_db: float
    slowest_bit_s: int
    fastest_bit_s: int
    mask_deg: float

    def __post_init__(self) -> None:
        """Refuse what no radio does, by name and range."""
        problems = out_of_bounds(self, RANGES)
        if not problems:
            steps = math.log2(self.fastest_bit_s / self.slowest_bit_s)
            if steps < 0 or steps != int(steps):
                problems = ["fastest_bit_s must be slowest_bit_s times a power of two"]
        if not 0.0 <= self.mask_deg < 90.0:
            problems.append(f"mask_deg must be from 0 to below 90, not {self.mask_deg}")
        if problems:
            raise ValueError("; ".join(problems))


def received_dbm(link: LinkSpec, range_m: Numeric) -> Numeric:
    """Power at the receiver of the orbiter.

    Parameters
    ----------
    link : LinkSpec
        The link.
    range_m : float or ndarray
        Distance. [m]

    Returns
    -------
    float or ndarray
        Power. [dBm]

    References
    ----------
    .. [1] H. T. Friis, "A note on a simple transmission formula", Proc. IRE 34, 1946.
    """
    spread_db = 20.0 * np.log10(4.0 * math.pi * range_m * link.frequency_hz / LIGHT_SPEED_M_S)
    return link.radiated_dbm + link.receiver_gain_db - link.losses_db - spread_db


def doublings(link: LinkSpec, range_m: Numeric) -> Numeric:
    """Return how many times the signal could double the slowest rate [-].

    The radio uses the whole number below, up to its fastest rate; below zero it is silent.
    """
    margin_db = received_dbm(link, range_m) - link.floor_dbm - link.margin_db
    return margin_db * (math.log2(10.0) / 10.0)


def rate_bit_s(link: LinkSpec, range_m: Numeric) -> Numeric:
    """Rate over this distance: the highest power of two that the signal carries, or zero [bit/s].

    References
    ----------
    .. [1] CCSDS 211.1-B-4, "Proximity-1 Space Link Protocol - Physical Layer", 2013.
    """
    most = math.log2(link.fastest_bit_s / link.slowest_bit_s)
    step = np.floor(np.minimum(doublings(link, range_m), most))
    return np.where(step < 0.0, 0.0, link.slowest_bit_s * 2.0**step)
