"""What the wheels can do in one stretch: roll, turn in place, creep, come down the ramp."""

import math
from dataclasses import replace

from game.rover.drive import Ground, Obstacle
from game.rover.gear import (
    MobilitySpec,
    MobilityState,
    Stretch,
    motor_work_w,
    ramp_height_m,
    rim_speed_m_s,
    tilt_rad,
)
from game.rover.slip import Traction
from game.rover.wheels import attitude, scatter_ratio, shared_traction, soils_under
from game.units import wrap_rad


def settled(spec: MobilitySpec, state: MobilityState, ground: Ground) -> MobilityState:
    """Return the rover with the attitude that the ground under its wheels gives it."""
    if state.is_on_lander:
        return replace(state, pitch_rad=ramp_pitch_rad(spec, state.ramp_m), roll_rad=0.0)
    pitch, roll_right = attitude(spec.chassis, ground, state.x_m, state.y_m, state.heading_rad)
    return replace(state, pitch_rad=pitch, roll_rad=roll_right)


def traction_here(
    spec: MobilitySpec, state: MobilityState, ground: Ground, seed: int, direction: float
) -> tuple[Traction, float, float]:
    """How the wheels get on here: traction, and the means of digging ratio and wear per metre."""
    under = soils_under(spec.chassis, ground, state.x_m, state.y_m, state.heading_rad)
    found = shared_traction(spec.curves, under, direction * state.pitch_rad)
    if found.slip_frac > 0.0:
        ratio = scatter_ratio(spec.chassis, seed, state.x_m, state.y_m)
        found = Traction(min(1.0, found.slip_frac * ratio), found.torque_n_m, found.sinkage_m)
    count = len(under)
    return (
        found,
        sum(spec.soil[index].digging_ratio for index in under) / count,
        sum(spec.soil[index].wear_1_m for index in under) / count,
    )


def side_slip_ratio(spec: MobilitySpec, state: MobilityState, ground: Ground) -> float:
    """Slide to the right per metre of ground, from the slope across the way [-]."""
    if state.roll_rad == 0.0:
        return 0.0
    under = soils_under(spec.chassis, ground, state.x_m, state.y_m, state.heading_rad)
    across = shared_traction(spec.curves, under, abs(state.roll_rad)).slip_frac
    level = shared_traction(spec.curves, under, 0.0).slip_frac
    return math.copysign(spec.side_slip_ratio * (across - level), state.roll_rad)


def roll(
    spec: MobilitySpec,
    state: MobilityState,
    ground: Ground,
    seed: int,
    arc: tuple[float, float],
    limit_s: float,
) -> Stretch:
    """Roll one piece along an arc: `arc` is curvature [1/m] and signed wheel travel left [m]."""
    curvature_1_m, left_m = arc
    speed_m_s = rim_speed_m_s(spec, state)
    wheel_m = min(abs(left_m), speed_m_s * limit_s, spec.piece_m)
    direction = math.copysign(1.0, left_m)
    found, digging, wear_1_m = traction_here(spec, state, ground, seed, direction)
    ground_m = wheel_m * (1.0 - found.slip_frac)
    slide_m = ground_m * side_slip_ratio(spec, state, ground)
    middle_rad = state.heading_rad + curvature_1_m * direction * ground_m / 2.0
    ahead_x, ahead_y = math.sin(middle_rad), math.cos(middle_rad)
    dug_m = state.dug_m * math.exp(-abs(ground_m) / spec.dig_fade_m) + (
        spec.dig_ratio * digging * max(0.0, found.slip_frac - spec.dig_slip_frac) * wheel_m
    )
    sinkage_m = found.sinkage_m + dug_m
    used_s = wheel_m / speed_m_s
    moved = replace(
        state,
        x_m=state.x_m + ahead_x * direction * ground_m + ahead_y * slide_m,
        y_m=state.y_m + ahead_y * direction * ground_m - ahead_x * slide_m,
        heading_rad=(state.heading_rad + curvature_1_m * direction * ground_m) % math.tau,
        steer_rad=math.atan(curvature_1_m * spec.chassis.base_m / 2.0),
        odometer_m=state.odometer_m + ground_m,
        slip_frac=found.slip_frac,
        sinkage_m=sinkage_m,
        dug_m=dug_m,
        speed_m_s=direction * ground_m / used_s,
        is_embedded=found.slip_frac > spec.dig_slip_frac and sinkage_m > spec.embed_depth_m,
        wear_frac=state.wear_frac + wear_1_m * wheel_m,
    )
    moved = settled(spec, moved, ground)
    power_w = motor_work_w(spec, found.torque_n_m, speed_m_s) + spec.drive_w
    cause = _why_stop(spec, state, moved, ground)
    return Stretch(moved, used_s, power_w * used_s, wheel_m, ground_m, cause)


def _why_stop(
    spec: MobilitySpec, before: MobilityState, after: MobilityState, ground: Ground
) -> str:
    if after.is_embedded:
        return (
            f"The wheels have dug themselves {100.0 * after.sinkage_m:.0f} cm deep. "
            "Any drive order now creeps them free first; back out the way you came."
        )
    tilt = tilt_rad(after)
    if tilt > math.radians(spec.tilt_stop_deg) and tilt > tilt_rad(before):
        return (
            f"The rover leans {math.degrees(tilt):.0f} degrees; the limit is "
            f"{spec.tilt_stop_deg:.0f}. Back up, or go along the slope instead of across it."
        )
    reach_m = spec.chassis.track_m / 2.0
    for thing in ground.obstacles(after.x_m, after.y_m, reach_m):
        near_m = math.hypot(thing.x_m - after.x_m, thing.y_m - after.y_m)
        was_m = math.hypot(thing.x_m - before.x_m, thing.y_m - before.y_m)
        if thing.height_m > spec.step_limit_m and near_m < was_m:
            return f"{_named(thing)} is in the way. Back up and steer round it."
    return ""


def _named(thing: Obstacle) -> str:
    if math.isinf(thing.height_m):
        return f"The {thing.name}"
    return f"A {thing.name} {thing.height_m:.1f} m high"


def turn_in_place(
    spec: MobilitySpec, state: MobilityState, ground: Ground, heading_rad: float, limit_s: float
) -> Stretch:
    """Turn on the spot towards a heading."""
    error_rad = wrap_rad(heading_rad - state.heading_rad)
    rate_rad_s = math.radians(spec.turn_rate_deg_s) * state.bus_speed_frac
    used_s = min(limit_s, abs(error_rad) / rate_rad_s)
    turned_rad = math.copysign(rate_rad_s * used_s, error_rad)
    is_done = used_s < limit_s
    heading = heading_rad if is_done else state.heading_rad + turned_rad
    moved = settled(
        spec,
        replace(
            state,
            heading_rad=heading % math.tau,
            steer_rad=math.atan2(spec.chassis.base_m, spec.chassis.track_m),
            speed_m_s=0.0,
        ),
        ground,
    )
    return Stretch(moved, used_s, (spec.turn_w + spec.idle_w + spec.drive_w) * used_s)


def creep(
    spec: MobilitySpec, state: MobilityState, ground: Ground, direction: float, limit_s: float
) -> Stretch:
    """Walk on the wheels out of a hole: slow, costly, and it works where spinning does not.

    References
    ----------
    .. [1] Pan D. et al., "Mobility design and performance of the Zhurong rover", Sci. Sin.
       Technol. 52(2), 2022 (0.3 m of sinkage in 16 minutes).
    """
    used_s = min(limit_s, state.dug_m / spec.creep_lift_m_s)
    dug_m = state.dug_m - spec.creep_lift_m_s * used_s
    is_free = used_s < limit_s
    ground_m = spec.creep_speed_m_s * used_s
    moved = replace(
        state,
        x_m=state.x_m + math.sin(state.heading_rad) * direction * ground_m,
        y_m=state.y_m + math.cos(state.heading_rad) * direction * ground_m,
        odometer_m=state.odometer_m + ground_m,
        steer_rad=0.0,
        speed_m_s=direction * spec.creep_speed_m_s,
        sinkage_m=max(0.0, state.sinkage_m - spec.creep_lift_m_s * used_s),
        dug_m=0.0 if is_free else dug_m,
        is_embedded=not is_free,
        slip_frac=0.0,
    )
    cause = "The wheels have crept free. Choose another way: this soil would catch them again."
    return Stretch(
        settled(spec, moved, ground),
        used_s,
        spec.creep_w * used_s,
        ground_m,
        ground_m,
        cause if is_free else "",
    )


def come_down(
    spec: MobilitySpec, state: MobilityState, ground: Ground, limit_s: float, left_m: float
) -> Stretch:
    """Roll down the ramp, straight ahead; `left_m` bounds a ride by hand."""
    ramp = spec.ramp
    move_m = min(left_m, ramp.speed_m_s * limit_s, ramp.leave_m - state.ramp_m)
    used_s = move_m / ramp.speed_m_s
    ramp_m = state.ramp_m + move_m
    is_down = ramp_m >= ramp.leave_m - 1e-9
    moved = replace(
        state,
        x_m=state.x_m + math.sin(state.heading_rad) * move_m,
        y_m=state.y_m + math.cos(state.heading_rad) * move_m,
        odometer_m=state.odometer_m + move_m,
        steer_rad=0.0,
        speed_m_s=ramp.speed_m_s,
        ramp_m=ramp_m,
        is_on_lander=not is_down,
    )
    power_w = spec.idle_w + spec.drive_w
    return Stretch(settled(spec, moved, ground), used_s, power_w * used_s, move_m, move_m)


def ramp_pitch_rad(spec: MobilitySpec, along_m: float) -> float:
    """Nose up or down on deck and ramp, from the heights under front and rear axle [rad]."""
    half_m = spec.chassis.base_m / 2.0
    rise_m = ramp_height_m(spec.ramp, along_m + half_m) - ramp_height_m(spec.ramp, along_m - half_m)
    return math.atan2(rise_m, spec.chassis.base_m)
