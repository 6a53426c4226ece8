"""What commands ask of the wheels, and which orders they refuse, in sentences to act on."""

import math
from collections.abc import Sequence
from itertools import chain, pairwise

from game.commands import (
    Activity,
    ActivityKind,
    Crab,
    Creep,
    Drive,
    LiftWheel,
    Navigation,
    SetBody,
    Turn,
)
from game.rover.contact import turning
from game.rover.drive import DriveKind, DriveOrder
from game.rover.gear import MobilitySpec, MobilityState
from game.rover.posture import posture_refusal
from game.units import wrap_rad

Places = Sequence[tuple[float, float]]
WheelCommand = Drive | Turn | Crab | Creep | SetBody | LiftWheel


def order_of(command: WheelCommand, *, is_by_hand: bool) -> DriveOrder:
    """Return what a command asks of the wheels; by hand somebody watches every step."""
    kind = DriveKind
    match command:
        case Turn(heading_rad=heading_rad):
            return DriveOrder(kind.TURN, heading_rad=heading_rad, is_by_hand=is_by_hand)
        case Drive(distance_m=way_m, curvature_1_m=bend_1_m):
            return DriveOrder(kind.ARC, way_m, bend_1_m, is_by_hand=is_by_hand)
        case Crab(distance_m=way_m, bearing_rad=bearing_rad):
            bearing_rad = wrap_rad(bearing_rad)
            return DriveOrder(kind.CRAB, way_m, heading_rad=bearing_rad, is_by_hand=is_by_hand)
        case Creep(distance_m=way_m):
            return DriveOrder(kind.CREEP, way_m)
        case SetBody(body_m=body_m):
            return DriveOrder(kind.BODY, body_m=body_m)
        case LiftWheel(wheel=wheel, is_lifted=is_lifted):
            return DriveOrder(kind.LIFT, wheel=wheel if is_lifted else -1)


def drive_order(activity: Activity) -> DriveOrder:
    """Return what a drive of the plan asks of the wheels."""
    if activity.kind is ActivityKind.ROLL_OFF:
        return DriveOrder(DriveKind.ROLL_OFF)
    if isinstance(activity.command, WheelCommand):
        return order_of(activity.command, is_by_hand=False)
    return DriveOrder(
        DriveKind.GOTO,
        x_m=activity.x_m,
        y_m=activity.y_m,
        waypoints=activity.waypoints,
        navigation=activity.navigation,
    )


def places_of(state: MobilityState, order: DriveOrder) -> tuple[tuple[float, float], ...]:
    """Return the places that an order leads to, as the rover believes them to lie [m].

    What rolls or walks by its wheels alone is followed metre by metre; backwards it meets its own
    track.
    """
    if order.kind is DriveKind.GOTO:
        return (*order.waypoints, (order.x_m, order.y_m))
    is_way = order.kind in (DriveKind.ARC, DriveKind.CRAB, DriveKind.CREEP)
    if not is_way or state.is_on_lander or not 0.0 < order.distance_m < math.inf:
        return ()
    x_m, y_m, heading_rad = state.estimate.x_m, state.estimate.y_m, state.estimate.heading_rad
    if order.kind is DriveKind.CRAB:
        heading_rad += order.heading_rad
    count = math.ceil(order.distance_m)
    step_m = order.distance_m / count
    places: list[tuple[float, float]] = []
    for _ in range(count):
        middle_rad = heading_rad + step_m * order.curvature_1_m / 2.0
        x_m, y_m = x_m + step_m * math.sin(middle_rad), y_m + step_m * math.cos(middle_rad)
        heading_rad += step_m * order.curvature_1_m
        places.append((x_m, y_m))
    return tuple(places)


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
        return NO_WALK
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
        return NO_WALK
    believed = (state.estimate.x_m, state.estimate.y_m)
    route = (believed, *order.waypoints, (order.x_m, order.y_m))
    if reason := route_problem(spec, route):
        return reason
    return "The rover is there already." if _way_m(route) <= spec.navigation.arrival_m else ""


def route_problem(spec: MobilitySpec, route: Places) -> str:
    """Say why no drive may lead along places, the first and last of them its ends; or nothing."""
    away_m = _way_m(route)
    if away_m > spec.longest_order_m:
        return f"The goal is {away_m:.0f} m away; a drive is at most {spec.longest_order_m:.0f} m."
    if len(route) > spec.most_waypoints_count + 2:
        return f"A drive has at most {spec.most_waypoints_count} waypoints."
    return ""


def _way_m(route: Places) -> float:
    return math.fsum(math.dist(*leg) for leg in pairwise(route))


NO_WALK = "This suspension cannot walk: drive, or spin the wheels to get out."
_REFUSALS = {
    DriveKind.ARC: _way_refusal,
    DriveKind.CRAB: _way_refusal,
    DriveKind.CREEP: _way_refusal,
    DriveKind.BODY: _posture_refusal,
    DriveKind.LIFT: _posture_refusal,
    DriveKind.GOTO: _goto_refusal,
}
