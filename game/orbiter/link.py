"""How fast the rover can talk to the orbiter over a distance.

Use: `rate_bit_s(link, range_m)`, one distance or an array.
"""

import math
from dataclasses import dataclass

import numpy as np

from game.units import LIGHT_SPEED_M_S, Numeric


@dataclass(frozen=True, slots=True)
class LinkSpec:
    """The UHF link from rover to orbiter.

    `radiated_dbm` is what the antenna sends out, `floor_dbm` the weakest signal at which the
    slowest rate can be read, `margin_db` what is kept in hand, `fade_db` how far the signal wanders
    about its mean, `mask_deg` the lowest elevation.
    """

    frequency_hz: float
    radiated_dbm: float
    receiver_gain_db: float
    losses_db: float
    floor_dbm: float
    margin_db: float
    fade_db: float
    slowest_bit_s: int
    fastest_bit_s: int
    mask_deg: float

    def __post_init__(self) -> None:
        if self.frequency_hz <= 0.0:
            raise ValueError(f"frequency_hz must be above zero, not {self.frequency_hz}")
        steps = math.log2(self.fastest_bit_s / self.slowest_bit_s) if self.slowest_bit_s > 0 else -1
        if steps < 0 or steps != int(steps):
            raise ValueError("fastest_bit_s must be slowest_bit_s times a power of two")
        if self.fade_db < 0.0:
            raise ValueError(f"fade_db must not be negative, not {self.fade_db}")
        if not 0.0 <= self.mask_deg < 90.0:
            raise ValueError(f"mask_deg must be from 0 to below 90, not {self.mask_deg}")


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
