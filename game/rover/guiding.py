"""How a drive to a place is led: by dead reckoning, by pictures, or by its own hazard map.

Goals and waypoints are places on the map, and the rover steers by where it believes to be; what
its cameras see around it is where it is.
"""

import math

from game.changes import changed
from game.commands import Navigation
from game.events import StopReason
from game.rover.drive import DriveOrder, Phase, Progress
from game.rover.gear import Halt, MobilitySpec, MobilityState, Where
from game.rover.hazards import ground_cost, is_way_clear
from game.rover.local_map import NavigationSpec, PaceSpec, Place
from game.rover.looking import checking_s, looking_s
from game.rover.navigation import find_way
from game.units import wrap_rad

Next = tuple[Progress, Halt | None]


def pace_of(nav: NavigationSpec, navigation: Navigation) -> PaceSpec:
    """Return how often and how long a drive of a kind stops to look."""
    match navigation:
        case Navigation.BLIND:
            return nav.blind
        case Navigation.VISUAL:
            return nav.visual
        case Navigation.AUTONOMOUS:
            return nav.autonomous
        case Navigation.CREEP:
            return nav.creep


def bearing_rad(state: MobilityState, place: Place) -> float:
    """Direction of a place in the frame of the ground [rad]."""
    return math.atan2(place[0] - state.x_m, place[1] - state.y_m) % math.tau


def aim(order: DriveOrder, now: Progress, state: MobilityState) -> Place:
    """Where the rover, by its own belief, must go on the ground it stands on [m]."""
    x_m, y_m = order.goal(now.passed_count)
    return x_m + state.x_m - state.estimate.x_m, y_m + state.y_m - state.estimate.y_m


def after_goto(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState, where: Where
) -> Next:
    """Decide what a drive to a place does next."""
    nav = spec.navigation
    is_waiting = now.phase in (Phase.LOOK, Phase.CHECK) and now.left_s > 1e-9
    if not is_waiting and _away_m(order, now, state) <= nav.arrival_m:
        if now.passed_count >= len(order.waypoints):
            return now, Halt(StopReason.DONE, "The goal is reached.")
        return _passed(order, now, state), None
    match now.phase:
        case Phase.LOOK | Phase.CHECK if is_waiting:
            return now, None
        case Phase.LOOK:
            return _next_leg(spec, order, now, state, where)
        case Phase.CHECK:
            return _after_check(spec, order, now, state, where)
        case Phase.TURN | Phase.FACE:
            return _after_turn(nav, order, now, state), None
        case _:
            return _after_piece(spec, order, now, state, where), None


def _after_turn(
    nav: NavigationSpec, order: DriveOrder, now: Progress, state: MobilityState
) -> Progress:
    if abs(wrap_rad(bearing_rad(state, now.path[0]) - state.heading_rad)) > 1e-9:
        return now
    if now.phase is Phase.FACE:
        return changed(now, phase=Phase.LOOK, left_s=nav.autonomous.look_s, path=())
    return _leg(nav, order, now)


def _away_m(order: DriveOrder, now: Progress, state: MobilityState) -> float:
    return math.dist(order.goal(now.passed_count), (state.estimate.x_m, state.estimate.y_m))


def _passed(order: DriveOrder, now: Progress, state: MobilityState) -> Progress:
    """Turn to the next place of a route."""
    now = changed(now, phase=Phase.LOOK, left_s=0.0, path=(), passed_count=now.passed_count + 1)
    return changed(now, nearest_m=_away_m(order, now, state), detours_count=0)


def _after_piece(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState, where: Where
) -> Progress:
    nav = spec.navigation
    pace = pace_of(nav, order.navigation)
    path = now.path
    while path and math.hypot(path[0][0] - state.x_m, path[0][1] - state.y_m) < nav.cell_m:
        path = path[1:]
    if path is not now.path:
        now = changed(now, path=path)
    if now.left_m > 1e-9 and path:
        return now
    limit_frac = spec.slip_stop_frac if now.sure_m > 0.0 else spec.slip_warn_frac
    is_slipping = now.wheel_m - now.ground_m > limit_frac * now.wheel_m
    if now.since_check_m >= nav.check_m or (is_slipping and pace.is_slip_measured):
        return changed(now, phase=Phase.CHECK, left_s=checking_s(nav.look, pace, state, where))
    return changed(now, phase=Phase.LOOK, left_s=looking_s(nav.look, pace, state, where))


def _after_check(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState, where: Where
) -> Next:
    slip = 1.0 - now.ground_m / now.wheel_m if now.wheel_m > 0.0 else 0.0
    if pace_of(spec.navigation, order.navigation).is_slip_measured and slip > spec.slip_stop_frac:
        name = spec.soil[int(where.ground.soil(state.x_m, state.y_m))].name.replace("_", " ")
        cause = (
            f"Slip {100.0 * slip:.0f} % on {name}, over the limit of "
            f"{100.0 * spec.slip_stop_frac:.0f} %. Back up and choose another way, "
            "or creep on."
        )
        return now, Halt(StopReason.SLIP, cause)
    away_m = _away_m(order, now, state)
    now = changed(now, path=(), sure_m=spec.navigation.sure_m)
    if now.since_check_m >= spec.navigation.check_m:  # not a check for the sake of slip alone
        is_nearer = away_m < now.nearest_m - spec.navigation.arrival_m
        now = changed(
            now,
            since_check_m=0.0,
            nearest_m=min(away_m, now.nearest_m),
            detours_count=0 if is_nearer else now.detours_count + 1,
        )
    if now.detours_count > spec.navigation.patience_count:
        cause = (
            "No way leads nearer to the goal from here. Give a goal on this side of "
            "the obstacle, or drive round it by hand."
        )
        return now, Halt(StopReason.NO_WAY, cause)
    return _next_leg(spec, order, now, state, where)


def _next_leg(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState, where: Where
) -> Next:
    nav = spec.navigation
    goal = aim(order, now, state)
    if order.navigation is not Navigation.AUTONOMOUS:
        return _set_off(spec, order, changed(now, path=(goal,)), state), None
    path = now.path
    if not path or not is_way_clear(spec, where, state, path[0]):
        here = (state.x_m, state.y_m)
        off_rad = abs(wrap_rad(bearing_rad(state, goal) - state.heading_rad))
        if not path and off_rad > math.radians(nav.sight_deg) / 2.0:
            return changed(now, phase=Phase.FACE, path=(goal,)), None
        path = find_way(nav, ground_cost(spec, where, state), here, goal)
        if not path:
            return now, Halt(StopReason.NO_WAY, _no_way(nav, math.dist(here, goal)))
    return _set_off(spec, order, changed(now, path=path), state), None


def _set_off(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState
) -> Progress:
    nav = spec.navigation
    error_rad = wrap_rad(bearing_rad(state, now.path[0]) - state.heading_rad)
    if abs(error_rad) > math.radians(nav.turn_deg):
        return changed(now, phase=Phase.TURN)
    return _leg(nav, order, now)


def _leg(nav: NavigationSpec, order: DriveOrder, now: Progress) -> Progress:
    phase = Phase.CREEP if order.navigation is Navigation.CREEP else Phase.MOVE
    return changed(now, phase=phase, left_m=nav.leg_m, wheel_m=0.0, ground_m=0.0)


def _no_way(nav: NavigationSpec, away_m: float) -> str:
    if away_m < 2.0 * nav.clearance_m + nav.cell_m:
        return (
            f"{away_m:.1f} m short of the goal: the rest is rock, slope or soft ground. "
            "Work from here, or drive on by hand with care."
        )
    return (
        "Rocks, slopes, soft or unseen ground close every way ahead within "
        f"{nav.horizon_m:.0f} m. Back up, take a picture, or choose another goal."
    )
