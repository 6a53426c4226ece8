"""What hazard cameras make of the ground around: a price for each metre, or none at all."""

import math
from dataclasses import dataclass
from functools import lru_cache

from game.rng import Stream, normal
from game.rover.drive import ZONE_M, Obstacle
from game.rover.gear import MobilitySpec, MobilityState, Where, drive_energy_j_m
from game.rover.local_map import CLOSED, Cost, Place
from game.rover.slip import TractionCurve, traction
from game.rover.wheels import body_slope

_MOST_SIGMAS = 9.0  # a normal draw of 53 bits lies within 8.6
RUNGS = 100  # steps of a price ladder in a rise of one: percent
_CELLS_1_M = 5.0  # rocks are told apart by their place to 0.2 m
_ROW = 1_000_003


@dataclass(frozen=True, slots=True)
class Eyes:
    """What the hazard cameras see from one place: a wedge ahead, one behind, and their doubts.

    `tick` is when they look: another look has another error.
    """

    x_m: float
    y_m: float
    ahead_x: float
    ahead_y: float
    reach_m2: float
    cosine2: float
    under_m2: float
    tick: int

    def sees(self, x_m: float, y_m: float) -> bool:
        """Say whether a place lies in a wedge, or under the rover."""
        across, up = x_m - self.x_m, y_m - self.y_m
        square_m2 = across * across + up * up
        if square_m2 <= self.under_m2:
            return True
        along_m = across * self.ahead_x + up * self.ahead_y
        return square_m2 <= self.reach_m2 and along_m * along_m >= self.cosine2 * square_m2


def eyes(spec: MobilitySpec, state: MobilityState, tick: int) -> Eyes:
    """Return what the hazard cameras, front and rear, cover from where the rover stands."""
    nav = spec.navigation
    return Eyes(
        state.x_m,
        state.y_m,
        math.sin(state.heading_rad),
        math.cos(state.heading_rad),
        nav.sight_m**2,
        math.cos(math.radians(nav.sight_deg) / 2.0) ** 2,
        (nav.clearance_m + spec.chassis.base_m) ** 2,
        tick,
    )


def ground_cost(spec: MobilitySpec, where: Where, state: MobilityState) -> Cost:
    """Return the price of a metre anywhere around the rover: dear by its energy, or blocked [-].

    Ground that no camera has seen is blocked.

    References
    ----------
    .. [1] S. B. Goldberg, M. W. Maimone, L. Matthies, "Stereo vision and rover navigation
       software for planetary exploration", IEEE Aerospace Conf., 2002 (slope, step, roughness).
    """
    nav, ground = spec.navigation, where.ground
    ladders = price_ladders(spec)
    top = len(ladders[0]) - 1
    reach_m = nav.cell_count * nav.cell_m / math.sqrt(2.0) + nav.clearance_m
    now = eyes(spec, state, where.tick)
    blocked = tuple(
        (one.x_m, one.y_m, (one.radius_m + nav.clearance_m) ** 2)
        for one in ground.obstacles(state.x_m, state.y_m, reach_m)
        if looks_tall(spec, now, one, where.seed)
    )
    sees, is_seen = now.sees, where.is_seen

    def price(x_m: float, y_m: float) -> float:
        for rock_x, rock_y, square_m2 in blocked:
            if (rock_x - x_m) ** 2 + (rock_y - y_m) ** 2 < square_m2:
                return math.inf
        if not sees(x_m, y_m) and not is_seen(x_m, y_m):
            return math.inf
        rise = math.hypot(*body_slope(spec.chassis, ground, x_m, y_m))
        return ladders[ground.soil(x_m, y_m)][min(top, math.ceil(rise * RUNGS))]

    return price


def seen_height_m(spec: MobilitySpec, now: Eyes, thing: Obstacle, seed: int) -> float:
    """Height of an obstacle as stereo shows it: the farther, the less sure [m].

    Zones are known from the map, not seen.
    """
    if thing.height_m >= ZONE_M:
        return thing.height_m
    sigma_m = _doubt_m(spec, now, thing)
    index = math.floor(thing.x_m * _CELLS_1_M) * _ROW + math.floor(thing.y_m * _CELLS_1_M)
    return thing.height_m + sigma_m * normal(seed, Stream.STEREO, now.tick, index)


def looks_tall(spec: MobilitySpec, now: Eyes, thing: Obstacle, seed: int) -> bool:
    """Say whether stereo shows an obstacle as high as one that must be passed at a distance.

    What no error can hide or make up is told without a draw: most rocks at most looks.
    """
    over_m = thing.height_m - spec.navigation.rock_height_m
    if abs(over_m) > _MOST_SIGMAS * _doubt_m(spec, now, thing):
        return over_m >= 0.0
    return seen_height_m(spec, now, thing, seed) >= spec.navigation.rock_height_m


def _doubt_m(spec: MobilitySpec, now: Eyes, thing: Obstacle) -> float:
    """One sigma of a height that stereo shows: it grows with the square of the distance [m]."""
    square_m2 = (thing.x_m - now.x_m) ** 2 + (thing.y_m - now.y_m) ** 2
    return spec.navigation.noise_1_m * square_m2


def is_way_clear(spec: MobilitySpec, where: Where, state: MobilityState, path: Place) -> bool:
    """Say whether the next metres towards a place are still open, seen from here.

    The look between two legs: what was too far to be sure of has come near.
    """
    nav, ground = spec.navigation, where.ground
    away_m = max(1e-9, math.dist(path, (state.x_m, state.y_m)))
    ahead_m = min(nav.ahead_m, away_m)
    unit_x, unit_y = (path[0] - state.x_m) / away_m, (path[1] - state.y_m) / away_m
    ladders = price_ladders(spec)
    for share in (0.0, 1.0):
        x_m, y_m = state.x_m + share * ahead_m * unit_x, state.y_m + share * ahead_m * unit_y
        rise = math.hypot(*body_slope(spec.chassis, ground, x_m, y_m))
        ladder = ladders[ground.soil(x_m, y_m)]
        if ladder[min(len(ladder) - 1, math.ceil(rise * RUNGS))] >= CLOSED:
            return False
    now = eyes(spec, state, where.tick)
    for thing in ground.obstacles(state.x_m, state.y_m, ahead_m + nav.clearance_m):
        across, up = thing.x_m - state.x_m, thing.y_m - state.y_m
        along_m = min(ahead_m, max(0.0, across * unit_x + up * unit_y))
        off_m = math.hypot(across - along_m * unit_x, up - along_m * unit_y)
        is_near = off_m < thing.radius_m + nav.clearance_m - nav.cell_m
        if is_near and looks_tall(spec, now, thing, where.seed):
            return False
    return True


@lru_cache(maxsize=4)
def price_ladders(spec: MobilitySpec) -> tuple[tuple[float, ...], ...]:
    """Return, for every soil, the price of a metre by the rise of the ground in percent [-].

    Ground up to `easy_cost` times the energy of the firmest and flattest costs 1; where it is
    steeper than the limit, or slips more than the stop rule allows, it is closed.
    """
    nav = spec.navigation
    easy_j_m = nav.easy_cost * min(drive_energy_j_m(spec, traction(c, 0.0)) for c in spec.curves)
    top = math.floor(math.tan(math.radians(nav.slope_limit_deg)) * RUNGS)

    def price(curve: TractionCurve, rung: int) -> float:
        found = traction(curve, math.atan(rung / RUNGS))
        if found.slip_frac > spec.slip_stop_frac:
            return CLOSED
        fear = 1.0 + nav.steep_cost * math.pow(rung / top, nav.steep_power)
        return max(1.0, fear * drive_energy_j_m(spec, found) / easy_j_m)

    return tuple(
        (*(price(curve, rung) for rung in range(top + 1)), CLOSED) for curve in spec.curves
    )
