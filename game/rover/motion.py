"""What rolling wheels do in one stretch: roll on an arc or askew, turn, come down the ramp."""

import math
from typing import NamedTuple

from game.changes import changed
from game.rover.contact import Climb, Grip, grip, pull_1_m
from game.rover.drive import Ground
from game.rover.estimate import Felt
from game.rover.gear import (
    MobilitySpec,
    MobilityState,
    Stretch,
    Where,
    motor_current_a,
    motor_work_w,
    rim_speed_m_s,
)
from game.rover.halts import why_stop
from game.rover.limbs import ramp_height_m
from game.rover.slip import traction
from game.rover.wheels import WHEEL_COUNT, attitude, contacts_m, wheel_places
from game.units import wrap_rad


class Course(NamedTuple):
    """What to roll next: curvature [1/m], signed wheel travel left [m], bearing from the nose."""

    curvature_1_m: float
    left_m: float
    crab_rad: float = 0.0


def settled(spec: MobilitySpec, state: MobilityState, ground: Ground) -> MobilityState:
    """Return the rover with the attitude that the ground under its wheels gives it."""
    if state.is_on_lander:
        return changed(state, pitch_rad=ramp_pitch_rad(spec, state.ramp_m), roll_rad=0.0)
    return changed(state, **_attitude(spec, ground, state.x_m, state.y_m, state.heading_rad))


def _attitude(
    spec: MobilitySpec, ground: Ground, x_m: float, y_m: float, heading_rad: float
) -> dict[str, object]:
    """Return what changes by the heights of the ground under six wheels."""
    heights_m = contacts_m(spec.chassis, ground, x_m, y_m, heading_rad)
    pitch, roll_right = attitude(spec.chassis, heights_m)
    return {"pitch_rad": pitch, "roll_rad": roll_right, "wheel_contact_m": heights_m}


def slopes_rad(state: MobilityState, crab_rad: float) -> tuple[float, float]:
    """Slope along a bearing from the nose, and that to the right of it; positive uphill [rad]."""
    if crab_rad == 0.0:
        return state.pitch_rad, -state.roll_rad
    ahead, right = math.tan(state.pitch_rad), -math.tan(state.roll_rad)
    cosine, sine = math.cos(crab_rad), math.sin(crab_rad)
    return math.atan(ahead * cosine + right * sine), math.atan(right * cosine - ahead * sine)


def side_slip_ratio(spec: MobilitySpec, across_rad: float, under: tuple[int, ...]) -> float:
    """Slide to the right per metre of ground, from the rise to the right of the way [-]."""
    if across_rad == 0.0:
        return 0.0
    slide, steep_rad, level_slips = 0.0, abs(across_rad), spec.level_slips
    for soil in sorted(set(under)):
        extra = traction(spec.curves[soil], steep_rad).slip_frac - level_slips[soil]
        slide += extra * under.count(soil) / len(under)
    return math.copysign(spec.side_slip_ratio * slide, -across_rad)


def counted_slip_frac(spec: MobilitySpec, along_rad: float) -> float:
    """Slip that the odometer takes off its count on a slope that it feels [-].

    References
    ----------
    .. [1] A. Angelova, L. Matthies, D. Helmick, P. Perona, "Learning and prediction of slip from
       visual information", J. Field Robotics 24(3), 2007 (slip as a function of slope and soil).
    """
    return min(spec.dig_slip_frac, traction(spec.curves[spec.usual], along_rad).slip_frac)


def roll(
    spec: MobilitySpec, state: MobilityState, where: Where, course: Course, limit_s: float
) -> Stretch:
    """Roll one piece along a course."""
    ground = where.ground
    speed_m_s = rim_speed_m_s(spec, state)
    wheel_m = min(abs(course.left_m), speed_m_s * limit_s, spec.piece_m)
    used_s = wheel_m / speed_m_s
    way = math.copysign(1.0, course.left_m)
    places = wheel_places(spec.chassis, state.x_m, state.y_m, state.heading_rad)
    under = tuple([int(ground.soil(*place)) for place in places])
    along_rad, across_rad = slopes_rad(state, course.crab_rad)
    found = grip(spec, state, under, places, Climb(way * along_rad, way, where.seed))
    torque_n_m = math.fsum(met.torque_n_m for met in found.wheels)
    ground_m = wheel_m * (1.0 - found.slip_frac)
    slide_m = ground_m * side_slip_ratio(spec, across_rad, under)
    turned_rad = (course.curvature_1_m * way + pull_1_m(spec, state)) * ground_m
    ahead_rad = state.heading_rad + turned_rad / 2.0 + course.crab_rad
    ahead_x, ahead_y = way * math.sin(ahead_rad), way * math.cos(ahead_rad)
    x_m = state.x_m + ahead_x * ground_m + ahead_y * way * slide_m
    y_m = state.y_m + ahead_y * ground_m - ahead_x * way * slide_m
    heading_rad = (state.heading_rad + turned_rad) % math.tau
    steer_rad = course.crab_rad or math.atan(course.curvature_1_m * spec.chassis.base_m / 2.0)
    moved = changed(
        state,
        x_m=x_m,
        y_m=y_m,
        heading_rad=heading_rad,
        steer_rad=steer_rad,
        odometer_m=state.odometer_m + ground_m,
        speed_m_s=way * ground_m / used_s,
        rolled_way=int(way),
        **_attitude(spec, ground, x_m, y_m, heading_rad),
        **_worked(spec, state, under, found, wheel_m),
    )
    return Stretch(
        moved,
        used_s,
        (motor_work_w(spec, torque_n_m, speed_m_s) + spec.drive_w) * used_s,
        wheel_m,
        ground_m,
        why_stop(spec, state, moved, ground),
        _felt(spec, wheel_m, (ahead_x, ahead_y), (way * along_rad, way * across_rad)),
    )


def _felt(
    spec: MobilitySpec, wheel_m: float, ahead: tuple[float, float], slopes: tuple[float, float]
) -> Felt:
    """Return what the wheels report of a piece: length, direction rolled, slope along and aside."""
    along_rad, across_rad = slopes
    slip_frac = counted_slip_frac(spec, along_rad)
    counted_m = wheel_m * (1.0 - slip_frac)
    east, north = ahead
    if across_rad == 0.0:
        return Felt(counted_m * east, counted_m * north, slip_frac)
    aside_m = counted_m * side_slip_ratio(spec, across_rad, (spec.usual,))
    return Felt(counted_m * east + aside_m * north, counted_m * north - aside_m * east, slip_frac)


def _worked(
    spec: MobilitySpec,
    state: MobilityState,
    under: tuple[int, ...],
    found: Grip,
    wheel_m: float,
) -> dict[str, object]:
    """Return what changes by what a piece of rolling did to each wheel: slip, depth, current, wear.

    A hole is left behind, or made deeper by a wheel that spins.
    """
    left = math.exp(-wheel_m * (1.0 - found.slip_frac) / spec.dig_fade_m)
    slips, dugs, depths, currents, wears = [], [], [], [], []
    for number, (slip, torque_n_m, depth_m) in enumerate(found.wheels):
        soil = spec.soil[under[number]]
        dug_m = state.wheel_dug_m[number] * left
        if slip > spec.dig_slip_frac:
            dug_m += spec.dig_ratio * soil.digging_ratio * (slip - spec.dig_slip_frac) * wheel_m
        slips.append(slip)
        dugs.append(dug_m)
        depths.append(depth_m + dug_m)
        currents.append(motor_current_a(spec, torque_n_m) if torque_n_m else 0.0)
        wears.append(
            state.wheel_wear_frac[number]
            + (wheel_m * soil.wear_1_m if depth_m or torque_n_m else 0.0)
        )
    is_deep = math.fsum(depths) / WHEEL_COUNT > spec.embed_depth_m
    return {
        "slip_frac": found.slip_frac,
        "is_embedded": is_deep and found.slip_frac > spec.dig_slip_frac,
        "wheel_slip_frac": tuple(slips),
        "wheel_sinkage_m": tuple(depths),
        "wheel_dug_m": tuple(dugs),
        "wheel_current_a": tuple(currents),
        "wheel_wear_frac": tuple(wears),
    }


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
        changed(
            state,
            heading_rad=heading % math.tau,
            steer_rad=math.atan2(spec.chassis.base_m, spec.chassis.track_m),
            speed_m_s=0.0,
        ),
        ground,
    )
    return Stretch(moved, used_s, (spec.turn_w + spec.idle_w + spec.drive_w) * used_s)


def come_down(
    spec: MobilitySpec, state: MobilityState, ground: Ground, limit_s: float, left_m: float
) -> Stretch:
    """Roll down the ramp, straight ahead; `left_m` bounds a ride by hand."""
    ramp = spec.ramp
    move_m = min(left_m, ramp.speed_m_s * limit_s, ramp.leave_m - state.ramp_m)
    used_s = move_m / ramp.speed_m_s
    ramp_m = state.ramp_m + move_m
    is_down = ramp_m >= ramp.leave_m - 1e-9
    way_m = (math.sin(state.heading_rad) * move_m, math.cos(state.heading_rad) * move_m)
    moved = changed(
        state,
        x_m=state.x_m + way_m[0],
        y_m=state.y_m + way_m[1],
        odometer_m=state.odometer_m + move_m,
        steer_rad=0.0,
        speed_m_s=ramp.speed_m_s,
        ramp_m=ramp_m,
        is_on_lander=not is_down,
    )
    energy_j = (spec.idle_w + spec.drive_w) * used_s
    return Stretch(
        settled(spec, moved, ground), used_s, energy_j, move_m, move_m, felt=Felt(*way_m)
    )


def ramp_pitch_rad(spec: MobilitySpec, along_m: float) -> float:
    """Nose up or down on deck and ramp, from the heights under front and rear axle [rad]."""
    half_m = spec.chassis.base_m / 2.0
    rise_m = ramp_height_m(spec.ramp, along_m + half_m) - ramp_height_m(spec.ramp, along_m - half_m)
    return math.atan2(rise_m, spec.chassis.base_m)
