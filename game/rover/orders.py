"""Which orders the wheels refuse, in sentences to act on."""

import math
from itertools import chain, pairwise

from game.commands import Navigation
from game.rover.contact import turning
from game.rover.drive import DriveKind, DriveOrder
from game.rover.gear import MobilitySpec, MobilityState
from game.rover.posture import posture_refusal


def drive_refusal(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> str:
    """Say why an order cannot be carried out, in words; empty if it can."""
    numbers = (order.distance_m, order.curvature_1_m, order.x_m, order.y_m, order.heading_rad)
    if not all(map(math.isfinite, (*numbers, order.body_m, *chain(*order.waypoints)))):
        return "A drive needs finite numbers."
    if order.kind is DriveKind.ROLL_OFF:
        return "" if state.is_on_lander else "The rover has left the lander already."
    if state.is_on_lander and not (order.kind is DriveKind.ARC and order.distance_m > 0.0):
        return "The rover stands on the lander: roll off first."
    if not any(turning(state)) and order.kind is not DriveKind.BODY:
        return "No wheel can turn; the rover has to work from where it stands."
    refuse = _REFUSALS.get(order.kind)
    return "" if refuse is None else refuse(spec, state, order)


def _way_refusal(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> str:
    if not 0.0 < abs(order.distance_m) <= spec.longest_order_m:
        return f"One drive is more than 0 and at most {spec.longest_order_m:.0f} m long."
    if abs(order.curvature_1_m) > spec.largest_curvature_1_m:
        radius_m = 1.0 / spec.largest_curvature_1_m
        return f"The sharpest arc has a radius of {radius_m:.1f} m; turn in place instead."
    if order.kind is DriveKind.CREEP and not spec.walk.can_walk():
        return _NO_WALK
    if order.kind is DriveKind.CREEP and state.lifted_wheel >= 0:
        return "Creeping needs all six wheels on the ground; put the lifted one down first."
    return ""


def _posture_refusal(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> str:
    reason = posture_refusal(spec, order.body_m, order.wheel)
    if reason:
        return reason
    if order.kind is DriveKind.BODY:
        return "The body stands at that height." if order.body_m == state.body_m else ""
    if order.wheel == state.lifted_wheel:
        return "All wheels are down." if order.wheel < 0 else "That wheel is up already."
    if order.wheel >= 0 and state.lifted_wheel >= 0:
        return "One wheel is up already; five must carry the rover. Put it down first."
    if order.wheel >= 0 and state.is_embedded:
        return "The wheels are dug in; creep out before lifting one."
    return ""


def _goto_refusal(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> str:
    if order.navigation is Navigation.CREEP and not spec.walk.can_walk():
        return _NO_WALK
    believed = (state.estimate.x_m, state.estimate.y_m)
    route = (believed, *order.waypoints, (order.x_m, order.y_m))
    away_m = sum(math.dist(*leg) for leg in pairwise(route))
    if away_m > spec.longest_order_m:
        return f"The goal is {away_m:.0f} m away; a drive is at most {spec.longest_order_m:.0f} m."
    if len(order.waypoints) > spec.most_waypoints_count:
        return f"A drive has at most {spec.most_waypoints_count} waypoints."
    return "The rover is there already." if away_m <= spec.navigation.arrival_m else ""


_NO_WALK = "This suspension cannot walk: drive, or spin the wheels to get out."
_REFUSALS = {
    DriveKind.ARC: _way_refusal,
    DriveKind.CRAB: _way_refusal,
    DriveKind.CREEP: _way_refusal,
    DriveKind.BODY: _posture_refusal,
    DriveKind.LIFT: _posture_refusal,
    DriveKind.GOTO: _goto_refusal,
}
