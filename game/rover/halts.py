"""Why the wheels stop, and what may be done about it: sentences, and commands that go with them."""

import math

from game.commands import (
    Command,
    Crab,
    Creep,
    Drive,
    DriveTo,
    Navigation,
    SetBody,
    TakePicture,
    Turn,
)
from game.events import Choice, StopReason
from game.rover.drive import ZONE_M, DriveKind, DriveOrder, Ground, Obstacle, Progress
from game.rover.gear import (
    Halt,
    MobilitySpec,
    MobilityState,
    clearance_m,
    sinkage_m,
    tilt_limit_rad,
    tilt_rad,
)

BACK_M = 2.0  # a rover length: far enough to see and steer round what stopped it
LIMB_RAD = math.pi / 2.0

SINKING = Halt(
    StopReason.SINKING,
    "The wheels have begun to dig themselves in. Back up, or creep on, before they are caught.",
)
ENDS = {
    StopReason.COMMAND: "Drive on to the goal.",
    StopReason.TIME: "Drive on to the goal.",
    StopReason.POWER: "Drive on when charge has come back.",
}


def why_stop(
    spec: MobilitySpec, before: MobilityState, after: MobilityState, ground: Ground
) -> Halt | None:
    """Say why wheels that have just rolled a piece must not go on; None if they may."""
    if after.is_embedded:
        return Halt(
            StopReason.EMBEDDED,
            f"The wheels have dug themselves {100.0 * sinkage_m(after):.0f} cm deep. "
            "Creep out, or try to spin out the way you came.",
        )
    tilt, limit = tilt_rad(after), tilt_limit_rad(spec, after.body_m)
    if tilt > limit and tilt > tilt_rad(before):
        return Halt(
            StopReason.TILT,
            f"The rover leans {math.degrees(tilt):.0f} degrees; the limit is "
            f"{math.degrees(limit):.0f}. Back up, or go along the slope instead of across it.",
        )
    reach_m = spec.chassis.track_m / 2.0
    for thing in ground.obstacles(after.x_m, after.y_m, reach_m):
        near_m = math.hypot(thing.x_m - after.x_m, thing.y_m - after.y_m)
        was_m = math.hypot(thing.x_m - before.x_m, thing.y_m - before.y_m)
        if near_m < was_m and is_blocking(spec, after, thing):
            reason = StopReason.ZONE if thing.height_m >= ZONE_M else StopReason.ROCK
            return Halt(reason, f"{_named(thing)} is in the way. Back up and steer round it.")
    return None


def is_blocking(spec: MobilitySpec, state: MobilityState, thing: Obstacle) -> bool:
    """Say whether something is too high: for the belly between the wheels, else for a wheel.

    Notes
    -----
    What is too low to be an obstacle at all is not felt by a lowered belly either.
    """
    return thing.height_m > (
        clearance_m(spec, state) if _is_between(spec, state, thing) else spec.step_limit_m
    )


def choices_after(
    spec: MobilitySpec, state: MobilityState, halt: Halt, ground: Ground | None = None
) -> tuple[Choice, ...]:
    """Return what may be done after a stop, the likeliest to help first."""
    order, progress = state.drive, state.progress
    assert order is not None
    assert progress is not None
    back = Choice(f"Back up {BACK_M:.0f} m.", Drive(-BACK_M * way_of(order)))
    match halt.reason:
        case StopReason.ROCK | StopReason.ZONE:
            return (back, *_past(spec, state, ground))
        case StopReason.TILT:
            return (back, *_upright(spec, state))
        case StopReason.SLIP | StopReason.STEEP | StopReason.SINKING:
            creep = Creep(BACK_M * way_of(order))
            onward = Choice("Creep on: six metres an hour, and up to 25 degrees.", creep)
            return (back, onward)
        case StopReason.EMBEDDED:
            return _out(spec, state, order)
        case StopReason.NO_WAY:
            return _other_ways(state, order, progress, back)
        case StopReason.COMMAND | StopReason.TIME | StopReason.POWER if (
            order.kind is DriveKind.GOTO
        ):
            rest = DriveTo(
                order.x_m, order.y_m, order.waypoints[progress.passed_count :], order.navigation
            )
            return (Choice(ENDS[halt.reason], rest), back)
    return (Choice("Take a picture of what lies ahead.", TakePicture(state.estimate.heading_rad)),)


def way_of(order: DriveOrder) -> float:
    """Return 1 for an order that goes forwards, -1 for one that backs up."""
    return -1.0 if order.distance_m < 0.0 else 1.0


def _past(spec: MobilitySpec, state: MobilityState, ground: Ground | None) -> tuple[Choice, ...]:
    """Ways past what stands near: sideways with all wheels steered, or over it with a high body."""
    if ground is None:
        return ()
    reach_m = spec.chassis.track_m / 2.0 + spec.piece_m
    things = [
        thing
        for thing in ground.obstacles(state.x_m, state.y_m, reach_m)
        if is_blocking(spec, state, thing)
    ]
    if not things:
        return ()
    thing = min(things, key=lambda one: math.hypot(one.x_m - state.x_m, one.y_m - state.y_m))
    side = -1.0 if _aside_m(state, thing) > 0.0 else 1.0
    name = "right" if side > 0.0 else "left"
    found = [Choice(f"Crab {BACK_M:.0f} m to the {name}.", Crab(BACK_M, side * LIMB_RAD))]
    highest_m = spec.posture.highest_m
    if thing.height_m < spec.posture.clearance_m + highest_m and _is_between(spec, state, thing):
        found.append(Choice("Raise the body and drive over it.", SetBody(highest_m)))
    return tuple(found)


def _upright(spec: MobilitySpec, state: MobilityState) -> tuple[Choice, ...]:
    """Ways to lean less: nose down the slope, or the body low."""
    lean_rad = math.atan2(math.tan(state.roll_rad), -math.tan(state.pitch_rad))
    down_rad = state.estimate.heading_rad + lean_rad
    found = [Choice("Turn the nose down the slope.", Turn(down_rad % math.tau))]
    lowest_m = spec.posture.lowest_m
    if state.body_m > lowest_m:
        found.append(Choice("Lower the body: it stands steeper slopes.", SetBody(lowest_m)))
    return tuple(found)


def _out(spec: MobilitySpec, state: MobilityState, order: DriveOrder) -> tuple[Choice, ...]:
    """Ways out of one's own hole: slow and sure, or fast and perhaps deeper."""
    way = float(state.rolled_way or way_of(order))
    chance = Choice("Spin out the way you came: fast, but it may dig deeper.", Drive(-BACK_M * way))
    if not spec.walk.can_walk():
        return (chance, Choice("Spin on forwards: less likely still.", Drive(BACK_M * way)))
    minutes = max(state.wheel_dug_m) / spec.walk.lift_m_s / 60.0
    sure = Choice(f"Creep out backwards: {minutes:.0f} minutes to lift, then slow metres.",
                  Creep(-BACK_M * way))  # fmt: skip
    return sure, chance


def _other_ways(
    state: MobilityState, order: DriveOrder, progress: Progress, back: Choice
) -> tuple[Choice, ...]:
    x_m, y_m = order.goal(progress.passed_count)
    azimuth_rad = math.atan2(x_m - state.estimate.x_m, y_m - state.estimate.y_m) % math.tau
    straight: Command = DriveTo(
        order.x_m, order.y_m, order.waypoints[progress.passed_count :], Navigation.VISUAL
    )
    return (
        Choice("Take a picture towards the goal.", TakePicture(azimuth_rad)),
        back,
        Choice("Go straight on, with an eye on the slip.", straight),
    )


def _is_between(spec: MobilitySpec, state: MobilityState, thing: Obstacle) -> bool:
    """Say whether something fits between the left and the right wheels."""
    room_m = (spec.chassis.track_m - spec.chassis.wheel.width_m) / 2.0
    return thing.height_m < ZONE_M and abs(_aside_m(state, thing)) + thing.radius_m < room_m


def _aside_m(state: MobilityState, thing: Obstacle) -> float:
    """How far something lies to the right of the rover's middle line [m]."""
    across, up = thing.x_m - state.x_m, thing.y_m - state.y_m
    return across * math.cos(state.heading_rad) - up * math.sin(state.heading_rad)


def _named(thing: Obstacle) -> str:
    if thing.height_m >= ZONE_M:
        return "A keep-out zone"
    return f"A {thing.name} {thing.height_m:.1f} m high"
