"""How an order is carried out, phase by phase: by hand, or by itself in legs with looks between."""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

from game.rover.drive import DriveKind, DriveOrder, Ground, Phase, Progress
from game.rover.gear import MobilitySpec, MobilityState, Stretch, drive_energy_j_m
from game.rover.local_map import CLOSED, Cost, NavigationSpec
from game.rover.motion import come_down, creep, roll, turn_in_place
from game.rover.navigation import find_way
from game.rover.slip import TractionCurve, traction
from game.rover.wheels import body_slope
from game.units import wrap_rad

RUNGS = 100  # steps of a price ladder in a rise of one: percent


@dataclass(frozen=True, slots=True)
class Turnout:
    """What follows a stretch: the next progress, or the end of the order and why."""

    progress: Progress
    is_over: bool = False
    cause: str = ""


def first_progress(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> Progress:
    """Return where an order starts; a rover that is dug in creeps free first."""
    if state.is_embedded:
        return Progress(Phase.CREEP)
    match order.kind:
        case DriveKind.ARC:
            return Progress(Phase.MOVE, left_m=abs(order.distance_m))
        case DriveKind.ROLL_OFF:
            return Progress(Phase.MOVE, left_m=spec.ramp.leave_m)
        case DriveKind.TURN:
            return Progress(Phase.TURN)
        case DriveKind.GOTO:
            away_m = math.dist(order.goal(0), (state.x_m, state.y_m))
            return Progress(Phase.LOOK, left_s=spec.navigation.look_s, nearest_m=away_m)


def stretch(
    spec: MobilitySpec,
    state: MobilityState,
    order: DriveOrder,
    progress: Progress,
    where: tuple[Ground, int],
    left_s: float,
) -> Stretch:
    """Do one piece of the present phase; `where` is the ground and the seed of its scatter."""
    ground, seed = where
    match progress.phase:
        case Phase.LOOK | Phase.CHECK:
            used_s = min(left_s, progress.left_s)
            if state.speed_m_s != 0.0:
                state = replace(state, speed_m_s=0.0, steer_rad=0.0)
            return Stretch(state, used_s, spec.look_w * used_s)
        case Phase.TURN:
            heading_rad = order.heading_rad
            if progress.path:
                heading_rad = _bearing_rad(state, progress.path[0])
            return turn_in_place(spec, state, ground, heading_rad, left_s)
        case Phase.CREEP:
            way = 1.0 if order.kind is DriveKind.ARC and order.distance_m > 0.0 else -1.0
            return creep(spec, state, ground, way, left_s)
        case Phase.MOVE:
            if state.is_on_lander:
                return come_down(spec, state, ground, left_s, progress.left_m)
            arc = _arc(spec, state, order, progress)
            return roll(spec, state, ground, seed, arc, left_s)


def turnout(
    spec: MobilitySpec, order: DriveOrder, progress: Progress, done: Stretch, ground: Ground
) -> Turnout:
    """Decide what follows a stretch that ended without trouble."""
    now = replace(
        progress,
        left_s=progress.left_s - done.used_s,
        left_m=progress.left_m - done.wheel_m,
        wheel_m=progress.wheel_m + done.wheel_m,
        ground_m=progress.ground_m + done.ground_m,
        since_check_m=progress.since_check_m + done.wheel_m,
    )
    if now.phase is Phase.CREEP:
        return Turnout(now)
    match order.kind:
        case DriveKind.ARC | DriveKind.ROLL_OFF:
            return _after_arc(order, now, done.state)
        case DriveKind.TURN:
            is_there = abs(wrap_rad(order.heading_rad - done.state.heading_rad)) < 1e-9
            return Turnout(now, is_there, "The rover faces where it should.")
        case DriveKind.GOTO:
            return _after_goto(spec, order, now, done.state, ground)


def _after_arc(order: DriveOrder, now: Progress, state: MobilityState) -> Turnout:
    if order.kind is DriveKind.ROLL_OFF and not state.is_on_lander:
        return Turnout(now, is_over=True, cause="All six wheels stand on Mars.")
    lost_m = now.wheel_m - now.ground_m
    cause = f"{now.ground_m:.1f} m driven."
    if lost_m > 0.1 * now.wheel_m:
        cause = f"{now.ground_m:.1f} m driven; the wheels slipped away {lost_m:.1f} m more."
    return Turnout(now, now.left_m <= 1e-9, cause)


def _after_goto(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState, ground: Ground
) -> Turnout:
    nav = spec.navigation
    away_m = math.dist(order.goal(now.passed_count), (state.x_m, state.y_m))
    if away_m <= nav.arrival_m:
        if now.passed_count >= len(order.waypoints):
            return Turnout(now, is_over=True, cause="The goal is reached.")
        return Turnout(_passed(order, now, state))
    match now.phase:
        case Phase.LOOK | Phase.CHECK if now.left_s > 1e-9:
            return Turnout(now)
        case Phase.LOOK:
            return _next_leg(spec, order, now, state, ground)
        case Phase.CHECK:
            return _after_check(spec, order, now, state, ground)
        case Phase.TURN:
            if abs(wrap_rad(_bearing_rad(state, now.path[0]) - state.heading_rad)) > 1e-9:
                return Turnout(now)
            return Turnout(_leg(nav, now))
        case _:
            return Turnout(_after_piece(spec, now, state))


def _passed(order: DriveOrder, now: Progress, state: MobilityState) -> Progress:
    """Turn to the next place of a route."""
    count = now.passed_count + 1
    away_m = math.dist(order.goal(count), (state.x_m, state.y_m))
    return replace(
        now,
        phase=Phase.LOOK,
        left_s=0.0,
        path=(),
        passed_count=count,
        nearest_m=away_m,
        detours_count=0,
    )


def _after_piece(spec: MobilitySpec, now: Progress, state: MobilityState) -> Progress:
    nav = spec.navigation
    path = now.path
    while path and math.hypot(path[0][0] - state.x_m, path[0][1] - state.y_m) < nav.cell_m:
        path = path[1:]
    if path is not now.path:
        now = replace(now, path=path)
    if now.left_m > 1e-9 and path:
        return now
    is_slipping = now.wheel_m - now.ground_m > spec.slip_warn_frac * now.wheel_m
    if now.since_check_m >= nav.check_m or is_slipping:
        return replace(now, phase=Phase.CHECK, left_s=nav.check_s)
    return replace(now, phase=Phase.LOOK, left_s=nav.look_s)


def _after_check(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState, ground: Ground
) -> Turnout:
    slip = 1.0 - now.ground_m / now.wheel_m if now.wheel_m > 0.0 else 0.0
    if slip > spec.slip_stop_frac:
        name = spec.soil[int(ground.soil(state.x_m, state.y_m))].name.replace("_", " ")
        return Turnout(
            now,
            is_over=True,
            cause=f"Slip {100.0 * slip:.0f} % on {name}, over the limit of "
            f"{100.0 * spec.slip_stop_frac:.0f} %. Back up and choose another way, "
            "or drive on by hand with care.",
        )
    away_m = math.dist(order.goal(now.passed_count), (state.x_m, state.y_m))
    is_nearer = away_m < now.nearest_m - spec.navigation.arrival_m
    now = replace(
        now,
        since_check_m=0.0,
        path=(),
        nearest_m=min(away_m, now.nearest_m),
        detours_count=0 if is_nearer else now.detours_count + 1,
    )
    if now.detours_count > spec.navigation.patience_count:
        return Turnout(
            now,
            is_over=True,
            cause="No way leads nearer to the goal from here. Give a goal on this side of "
            "the obstacle, or drive round it by hand.",
        )
    return _next_leg(spec, order, now, state, ground)


def _next_leg(
    spec: MobilitySpec, order: DriveOrder, now: Progress, state: MobilityState, ground: Ground
) -> Turnout:
    nav = spec.navigation
    here, goal = (state.x_m, state.y_m), order.goal(now.passed_count)
    cost = ground_cost(spec, ground, here)
    path = now.path
    if not path or cost(*here) >= CLOSED:
        path = find_way(nav, cost, here, goal)
        if not path:
            return Turnout(now, is_over=True, cause=_no_way(nav, math.dist(here, goal)))
    now = replace(now, path=path)
    error_rad = wrap_rad(_bearing_rad(state, path[0]) - state.heading_rad)
    if abs(error_rad) > math.radians(nav.turn_deg):
        return Turnout(replace(now, phase=Phase.TURN))
    return Turnout(_leg(nav, now))


def _no_way(nav: NavigationSpec, away_m: float) -> str:
    if away_m < 2.0 * nav.clearance_m + nav.cell_m:
        return (
            f"{away_m:.1f} m short of the goal: the rest is rock, slope or soft ground. "
            "Work from here, or drive on by hand with care."
        )
    return (
        "Rocks, slopes or soft ground close every way ahead within "
        f"{nav.horizon_m:.0f} m. Back up, or choose another goal."
    )


def _leg(nav: NavigationSpec, now: Progress) -> Progress:
    return replace(now, phase=Phase.MOVE, left_m=nav.leg_m, wheel_m=0.0, ground_m=0.0)


def _bearing_rad(state: MobilityState, place: tuple[float, float]) -> float:
    return math.atan2(place[0] - state.x_m, place[1] - state.y_m) % math.tau


def _arc(
    spec: MobilitySpec, state: MobilityState, order: DriveOrder, progress: Progress
) -> tuple[float, float]:
    """Curvature and signed wheel travel of the next piece."""
    if order.kind is not DriveKind.GOTO:
        return order.curvature_1_m, math.copysign(progress.left_m, order.distance_m)
    place = progress.path[0]
    away_m = math.hypot(place[0] - state.x_m, place[1] - state.y_m)
    error_rad = wrap_rad(_bearing_rad(state, place) - state.heading_rad)
    limit_1_m = spec.largest_curvature_1_m
    curvature_1_m = 2.0 * math.sin(error_rad) / max(away_m, spec.piece_m)
    return min(limit_1_m, max(-limit_1_m, curvature_1_m)), progress.left_m


def ground_cost(spec: MobilitySpec, ground: Ground, start: tuple[float, float]) -> Cost:
    """Return the price of a metre anywhere around a start: dear by its energy, or blocked [-].

    References
    ----------
    .. [1] S. B. Goldberg, M. W. Maimone, L. Matthies, "Stereo vision and rover navigation
       software for planetary exploration", IEEE Aerospace Conf., 2002 (slope, step, roughness).
    """
    nav = spec.navigation
    ladders = price_ladders(spec)
    top = len(ladders[0]) - 1
    reach_m = nav.cell_count * nav.cell_m / math.sqrt(2.0) + nav.clearance_m
    blocked = tuple(
        (one.x_m, one.y_m, (one.radius_m + nav.clearance_m) ** 2)
        for one in ground.obstacles(*start, reach_m)
        if one.height_m >= nav.rock_height_m
    )

    def price(x_m: float, y_m: float) -> float:
        for rock_x, rock_y, square_m2 in blocked:
            if (rock_x - x_m) ** 2 + (rock_y - y_m) ** 2 < square_m2:
                return math.inf
        rise = math.hypot(*body_slope(spec.chassis, ground, x_m, y_m))
        return ladders[ground.soil(x_m, y_m)][min(top, math.ceil(rise * RUNGS))]

    return price


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
