"""How an order is carried out, phase by phase: what the wheels do next, and what follows it."""

import math

from game.changes import changed
from game.commands import Navigation
from game.events import StopReason
from game.rover.drive import DriveKind, DriveOrder, Phase, Progress
from game.rover.gear import Halt, MobilitySpec, MobilityState, Stretch, Where, dug_m
from game.rover.guiding import Next, after_goto, bearing_rad, pace_of
from game.rover.halts import way_of
from game.rover.motion import Course, come_down, roll, turn_in_place
from game.rover.posture import move_body, move_wheel, steer_s
from game.rover.spinning import back_out
from game.rover.walking import creep, lift_out
from game.units import wrap_rad

STRAIGHT = {
    DriveKind.ARC: Phase.MOVE,
    DriveKind.CREEP: Phase.CREEP,
    DriveKind.BODY: Phase.BODY,
    DriveKind.TURN: Phase.TURN,
}  # what starts at once with its own phase
_TOLD_FRAC = 0.1  # slip below this is not worth a word


def first_progress(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> Progress:
    """Return where an order starts; a rover that is dug in gets out first, unless it stays."""
    way_m = abs(order.distance_m)
    if state.is_embedded and order.kind not in (DriveKind.BODY, DriveKind.LIFT):
        if order.kind is DriveKind.ARC or not spec.walk.can_walk():
            return Progress(Phase.BACK_OUT, left_s=spec.strain.back_out_s, left_m=way_m)
        return Progress(Phase.FREE, left_m=way_m)
    if order.kind in STRAIGHT:
        return Progress(STRAIGHT[order.kind], left_m=way_m)
    if order.kind is DriveKind.CRAB:
        seconds = steer_s(spec, state.steer_rad, order.heading_rad)
        return Progress(Phase.STEER, left_s=seconds, left_m=way_m)
    if order.kind is DriveKind.LIFT:
        return Progress(Phase.LIFT, left_s=spec.posture.lift_wheel_s)
    if order.kind is DriveKind.ROLL_OFF:
        return Progress(Phase.MOVE, left_m=spec.ramp.leave_m)
    seconds = pace_of(spec.navigation, order.navigation).look_s
    away_m = math.dist(order.goal(0), (state.estimate.x_m, state.estimate.y_m))
    return Progress(Phase.LOOK, left_s=seconds, nearest_m=away_m)


def stretch(spec: MobilitySpec, state: MobilityState, where: Where, left_s: float) -> Stretch:
    """Do one piece of the present phase, within what is left of the step."""
    order, progress = state.drive, state.progress
    assert order is not None
    assert progress is not None
    match progress.phase:
        case Phase.MOVE if state.is_on_lander:
            return come_down(spec, state, where.ground, left_s, progress.left_m)
        case Phase.MOVE:
            return roll(spec, state, where, _course(spec, state, order, progress), left_s)
        case Phase.CREEP:
            return creep(spec, state, where, way_of(order) * progress.left_m, left_s)
        case Phase.FREE:
            return lift_out(spec, state, where, _way_out(state, order), left_s)
        case Phase.BACK_OUT:
            return back_out(spec, state, where, _way_spun(state, order), (progress.left_s, left_s))
        case _:
            return _in_place(spec, state, where, left_s)


def _in_place(spec: MobilitySpec, state: MobilityState, where: Where, left_s: float) -> Stretch:
    """Do what leaves the rover where it is: look, turn, steer, move body or wheel."""
    order, progress = state.drive, state.progress
    assert order is not None
    assert progress is not None
    match progress.phase:
        case Phase.TURN | Phase.FACE:
            goal_rad = order.heading_rad
            if progress.path:
                goal_rad = bearing_rad(state, progress.path[0])
            return turn_in_place(spec, state, where.ground, goal_rad, left_s)
        case Phase.BODY:
            return move_body(spec, state, order.body_m, left_s)
        case Phase.LIFT:
            return move_wheel(spec, state, order.wheel, (progress.left_s, left_s))
        case _:
            return _waited(spec, state, progress, min(left_s, progress.left_s))


def turnout(
    spec: MobilitySpec, order: DriveOrder, progress: Progress, done: Stretch, where: Where
) -> Next:
    """Decide what follows a stretch that ended without trouble."""
    now = changed(
        progress,
        left_s=progress.left_s - done.used_s,
        left_m=progress.left_m - done.wheel_m,
        wheel_m=progress.wheel_m + done.wheel_m,
        ground_m=progress.ground_m + done.ground_m,
        since_check_m=progress.since_check_m + done.wheel_m,
        sure_m=max(0.0, progress.sure_m - done.wheel_m),
    )
    state = done.state
    match now.phase:
        case Phase.FREE:
            return _after_freeing(order, now, state)
        case Phase.BACK_OUT:
            cause = "The wheels spun free. This soil would catch them again: choose another way."
            return now, None if state.is_embedded else Halt(StopReason.FREED, cause)
        case Phase.STEER:
            is_steered = now.left_s <= 1e-9
            return changed(now, phase=Phase.MOVE) if is_steered else now, None
    if order.kind is DriveKind.GOTO:
        return after_goto(spec, order, now, state, where)
    return now, _after_order(order, now, state)


def _after_order(order: DriveOrder, now: Progress, state: MobilityState) -> Halt | None:
    match order.kind:
        case DriveKind.TURN:
            is_there = abs(wrap_rad(order.heading_rad - state.heading_rad)) < 1e-9
            return _done("The rover faces where it should.", is_over=is_there)
        case DriveKind.BODY:
            cause = f"The body stands {100.0 * state.body_m:+.0f} cm from its usual height."
            return _done(cause, is_over=state.body_m == order.body_m)
        case DriveKind.LIFT:
            cause = "All six wheels stand." if order.wheel < 0 else "The wheel is held up."
            return _done(cause, is_over=now.left_s <= 1e-9)
        case _:
            return _after_way(order, now, state)


def _way_out(state: MobilityState, order: DriveOrder) -> float:
    """Return which way to creep out of a hole: as told, else back."""
    if order.kind is DriveKind.CREEP:
        return way_of(order)
    return -1.0 if state.rolled_way >= 0 else 1.0


def _way_spun(state: MobilityState, order: DriveOrder) -> float:
    """Return which way to spin: as told, or to where the goal lies."""
    if order.kind is not DriveKind.GOTO:
        return way_of(order)
    ahead_rad = wrap_rad(bearing_rad(state, order.goal(0)) - state.heading_rad)
    return 1.0 if abs(ahead_rad) <= math.pi / 2.0 else -1.0


def is_sinking(spec: MobilitySpec, order: DriveOrder, state: MobilityState) -> bool:
    """Say whether a drive that watches its slip should stop because the wheels dig."""
    is_watching = order.kind is DriveKind.GOTO and order.navigation in (
        Navigation.VISUAL,
        Navigation.AUTONOMOUS,
    )
    return is_watching and not state.is_embedded and dug_m(state) > spec.strain.warn_dug_m


def _waited(spec: MobilitySpec, state: MobilityState, progress: Progress, used_s: float) -> Stretch:
    steer_rad = 0.0
    power_w = spec.look_w
    if progress.phase is Phase.STEER:
        steer_rad, power_w = state.steer_rad, spec.turn_w + spec.idle_w + spec.drive_w
        if used_s >= progress.left_s and state.drive is not None:
            steer_rad = state.drive.heading_rad
    if state.speed_m_s != 0.0 or state.steer_rad != steer_rad:
        state = changed(state, speed_m_s=0.0, steer_rad=steer_rad)
    return Stretch(state, used_s, power_w * used_s)


def _done(cause: str, *, is_over: bool) -> Halt | None:
    return Halt(StopReason.DONE, cause) if is_over else None


def _after_freeing(order: DriveOrder, now: Progress, state: MobilityState) -> Next:
    if state.is_embedded:
        return now, None
    if order.kind is DriveKind.CREEP and now.left_m > 1e-9:
        return changed(now, phase=Phase.CREEP), None
    cause = "The wheels have crept free. Choose another way: this soil would catch them again."
    return now, Halt(StopReason.FREED, cause)


def _after_way(order: DriveOrder, now: Progress, state: MobilityState) -> Halt | None:
    if order.kind is DriveKind.ROLL_OFF and not state.is_on_lander:
        return Halt(StopReason.DONE, "All six wheels stand on Mars.")
    lost_m = now.wheel_m - now.ground_m
    verb = "crept" if order.kind is DriveKind.CREEP else "driven"
    cause = f"{now.ground_m:.1f} m {verb}."
    if lost_m > _TOLD_FRAC * now.wheel_m:
        cause = f"{now.ground_m:.1f} m {verb}; the wheels slipped away {lost_m:.1f} m more."
    return _done(cause, is_over=now.left_m <= 1e-9)


def _course(
    spec: MobilitySpec, state: MobilityState, order: DriveOrder, progress: Progress
) -> Course:
    """Return what to roll next."""
    if order.kind is not DriveKind.GOTO:
        crab_rad = order.heading_rad if order.kind is DriveKind.CRAB else 0.0
        left_m = math.copysign(progress.left_m, order.distance_m)
        return Course(order.curvature_1_m, left_m, crab_rad)
    place = progress.path[0]
    away_m = math.hypot(place[0] - state.x_m, place[1] - state.y_m)
    error_rad = wrap_rad(bearing_rad(state, place) - state.heading_rad)
    limit_1_m = spec.largest_curvature_1_m
    curvature_1_m = 2.0 * math.sin(error_rad) / max(away_m, spec.piece_m)
    return Course(min(limit_1_m, max(-limit_1_m, curvature_1_m)), progress.left_m)
