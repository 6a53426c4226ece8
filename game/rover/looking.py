"""How long a rover under way stands to look: usual times, and how single places differ.

Use: `looking_s(...)` after a leg, `checking_s(...)` where the way is measured by pictures.
"""

import math
from dataclasses import replace

from game.rng import Stream, normal, uniform
from game.rover.gear import MobilityState, Where
from game.rover.local_map import LookSpec, PaceSpec

_ROW = 1_000_003
_PLACE_INDEX, _LOOK_INDEX, _LOST_INDEX = 0, 1, 4  # numbers of the random draws
_MOST_REPEATS = 5  # then the rover takes what it has


def steady(look: LookSpec) -> LookSpec:
    """Return the same without chance: every look takes its usual time."""
    return replace(look, place_sigma=0.0, look_sigma=0.0, lost_frac=0.0)


def repeats(look: LookSpec, pace: PaceSpec) -> float:
    """Return how much longer a check takes by pictures taken again, on the average [-]."""
    if not pace.is_slip_measured:
        return 0.0
    return look.again_frac * look.lost_frac / (1.0 - look.lost_frac)


def looking_s(look: LookSpec, pace: PaceSpec, state: MobilityState, where: Where) -> float:
    """Return how long the look after a leg takes, in whole seconds [s]."""
    return float(round(pace.look_s * _ratio(look, state, where)))


def checking_s(look: LookSpec, pace: PaceSpec, state: MobilityState, where: Where) -> float:
    """Return how long a check takes, in whole seconds; pictures that do not match go again [s].

    References
    ----------
    .. [1] M. Maimone, Y. Cheng, L. Matthies, "Two years of visual odometry on the Mars
       Exploration Rovers", J. Field Robotics 24(3), 2007 (convergence in 97 and 95 of 100).
    """
    again = 0
    if pace.is_slip_measured:
        while again < _MOST_REPEATS and _is_lost(look, where, again):
            again += 1
    usual_s = pace.check_s * (1.0 + look.again_frac * again)
    return float(round(usual_s * _ratio(look, state, where)))


def _is_lost(look: LookSpec, where: Where, again: int) -> bool:
    luck = uniform(where.seed, Stream.PACE, where.tick, _LOST_INDEX + again)
    return luck < look.lost_frac


def _ratio(look: LookSpec, state: MobilityState, where: Where) -> float:
    """Return length over usual length here and now; 1 on the average [-]."""
    variance = look.place_sigma**2 + look.look_sigma**2
    if variance == 0.0:
        return 1.0
    place = math.floor(state.x_m / look.place_m) * _ROW + math.floor(state.y_m / look.place_m)
    spread = look.place_sigma * normal(where.seed, Stream.PACE, place, _PLACE_INDEX)
    spread += look.look_sigma * normal(where.seed, Stream.PACE, where.tick, _LOOK_INDEX)
    return math.exp(spread - variance / 2.0)
