"""How much way the ground radar may come to hear, and so how much room its profile may need."""

import math
from itertools import pairwise

from game.rover.drive import DriveKind, DriveOrder
from game.rover.lanes import DRIVES
from game.rover.machine import RoverSpec, RoverState
from game.rover.orders import drive_order

Place = tuple[float, float]
_LONG = frozenset({DriveKind.ARC, DriveKind.CRAB, DriveKind.CREEP})
_STANDING = frozenset({DriveKind.TURN, DriveKind.BODY, DriveKind.LIFT})


def most_way_m(spec: RoverSpec, state: RoverState, tick: int, seconds: int) -> float:
    """Return the longest way that the wheels may turn within some time from now [m].

    That is what drives under way or planned to begin by then are long, with a spare for ways
    around rocks, and never more than full speed allows. Where no drive is due the way is 0.
    """
    full_m = spec.mobility.speed_m_s * seconds
    place = (state.mobility.estimate.x_m, state.mobility.estimate.y_m)
    order, passed_count = state.mobility.drive, 0
    total_m = 0.0
    if order is not None:
        passed_count = state.mobility.progress.passed_count if state.mobility.progress else 0
        way_m, place = _way(order, place, passed_count)
        total_m += way_m
    for activity in state.sequencer.plan:
        if activity.kind in DRIVES and activity.start_tick < tick + seconds:
            way_m, place = _way(drive_order(activity), place)
            total_m += way_m
    return min(full_m, (1.0 + spec.sequencer.order_spare_frac) * total_m)


def _way(order: DriveOrder, place: Place, passed_count: int = 0) -> tuple[float, Place]:
    """Return how long an order is, as far as it says, and where it ends [m]."""
    if order.kind is DriveKind.GOTO:
        goal = (order.x_m, order.y_m)
        points = (place, *order.waypoints[passed_count:], goal)
        return math.fsum(math.dist(*leg) for leg in pairwise(points)), goal
    if order.kind in _STANDING:
        return 0.0, place
    is_told = order.kind in _LONG and not order.is_by_hand  # by hand it may go on and on
    return abs(order.distance_m) if is_told else math.inf, place
