"""What the wheels can do in one stretch: roll, turn in place, creep, come down the ramp."""

import math
from dataclasses import replace

from game.rover.drive import ZONE_M, Ground, Obstacle
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


def scattered(
    spec: MobilitySpec, state: MobilityState, under: tuple[int, ...], seed: int, direction: float
) -> Traction:
    """How the wheels get on here, with the unevenness of the soil that belongs to the place."""
    found = shared_traction(spec.curves, under, direction * state.pitch_rad)
    if found.slip_frac <= 0.0:
        return found
    ratio = scatter_ratio(spec.chassis, seed, state.x_m, state.y_m)
    return Traction(min(1.0, found.slip_frac * ratio), found.torque_n_m, found.sinkage_m)


def side_slip_ratio(spec: MobilitySpec, state: MobilityState, under: tuple[int, ...]) -> float:
    """Slide to the right per metre of ground, from the slope across the way [-]."""
    if state.roll_rad == 0.0:
        return 0.0
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
    used_s = wheel_m / speed_m_s
    direction = math.copysign(1.0, left_m)
    under = soils_under(spec.chassis, ground, state.x_m, state.y_m, state.heading_rad)
    found = scattered(spec, state, under, seed, direction)
    ground_m = wheel_m * (1.0 - found.slip_frac)
    slide_m = ground_m * side_slip_ratio(spec, state, under)
    turned_rad = curvature_1_m * direction * ground_m
    middle_rad = state.heading_rad + turned_rad / 2.0
    ahead_x, ahead_y = math.sin(middle_rad), math.cos(middle_rad)
    x_m = state.x_m + ahead_x * direction * ground_m + ahead_y * slide_m
    y_m = state.y_m + ahead_y * direction * ground_m - ahead_x * slide_m
    heading_rad = (state.heading_rad + turned_rad) % math.tau
    pitch, roll_right = attitude(spec.chassis, ground, x_m, y_m, heading_rad)
    dug_m = _dug_m(spec, state, under, found.slip_frac, wheel_m)
    sinkage_m = found.sinkage_m + dug_m
    moved = replace(
        state,
        x_m=x_m,
        y_m=y_m,
        heading_rad=heading_rad,
        pitch_rad=pitch,
        roll_rad=roll_right,
        steer_rad=math.atan(curvature_1_m * spec.chassis.base_m / 2.0),
        odometer_m=state.odometer_m + ground_m,
        slip_frac=found.slip_frac,
        sinkage_m=sinkage_m,
        dug_m=dug_m,
        speed_m_s=direction * ground_m / used_s,
        is_embedded=found.slip_frac > spec.dig_slip_frac and sinkage_m > spec.embed_depth_m,
        wear_frac=state.wear_frac
        + wheel_m * sum(spec.soil[i].wear_1_m for i in under) / len(under),
    )
    power_w = motor_work_w(spec, found.torque_n_m, speed_m_s) + spec.drive_w
    cause = _why_stop(spec, state, moved, ground)
    return Stretch(moved, used_s, power_w * used_s, wheel_m, ground_m, cause)


def _dug_m(
    spec: MobilitySpec,
    state: MobilityState,
    under: tuple[int, ...],
    slip_frac: float,
    wheel_m: float,
) -> float:
    """How deep spinning has dug the wheels: a hole is left behind, or made deeper [m]."""
    left_m = state.dug_m * math.exp(-abs(wheel_m * (1.0 - slip_frac)) / spec.dig_fade_m)
    if slip_frac <= spec.dig_slip_frac:
        return left_m
    digging = sum(spec.soil[index].digging_ratio for index in under) / len(under)
    return left_m + spec.dig_ratio * digging * (slip_frac - spec.dig_slip_frac) * wheel_m


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
    if thing.height_m >= ZONE_M:
        return "A keep-out zone"
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
