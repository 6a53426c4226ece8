"""Spinning the wheels to get out of one's own hole: fast, and it may make things worse."""

import math
from dataclasses import replace

from game.events import StopReason
from game.rng import Stream, uniform
from game.rover.contact import turning
from game.rover.estimate import Felt
from game.rover.gear import (
    SIX_ZEROS,
    Halt,
    MobilitySpec,
    MobilityState,
    Stretch,
    Where,
    motor_work_w,
    rim_speed_m_s,
    sinkage_m,
)
from game.rover.motion import settled
from game.rover.walking import deeper_m
from game.rover.wheels import WHEEL_COUNT


def back_out(
    spec: MobilitySpec, state: MobilityState, where: Where, way: float, span_s: tuple[float, float]
) -> Stretch:
    """Spin in a hole; at the end of the try it has worked, or the hole is deeper.

    Parameters
    ----------
    way : float
        1 to try forwards, -1 backwards. [-]
    span_s : tuple of float
        What is left of the try, and what is left of the step. [s]
    """
    strain = spec.strain
    used_s = min(span_s)
    energy_j = spinning_w(spec, state, where) * used_s
    if used_s < span_s[0] - 1e-9:
        return Stretch(replace(state, slip_frac=1.0, speed_m_s=0.0), used_s, energy_j)
    draw = uniform(where.seed, Stream.EXTRICATION, where.tick)
    if draw < back_out_chance_frac(spec, state, way):
        ahead_x, ahead_y = math.sin(state.heading_rad), math.cos(state.heading_rad)
        moved_m = way * strain.back_out_m
        freed = replace(
            state,
            x_m=state.x_m + ahead_x * moved_m,
            y_m=state.y_m + ahead_y * moved_m,
            odometer_m=state.odometer_m + strain.back_out_m,
            is_embedded=False,
            rolled_way=0,
            wheel_dug_m=SIX_ZEROS,
            wheel_sinkage_m=deeper_m(state, SIX_ZEROS),
        )
        return Stretch(
            settled(spec, freed, where.ground),
            used_s,
            energy_j,
            ground_m=strain.back_out_m,
            felt=Felt(ahead_x * moved_m, ahead_y * moved_m),
        )
    return _sunk(spec, state, where, way, energy_j, used_s)


def _sunk(
    spec: MobilitySpec,
    state: MobilityState,
    where: Where,
    way: float,
    energy_j: float,
    used_s: float,
) -> Stretch:
    """End a try that has failed: deeper in, and a little further on."""
    strain = spec.strain
    dugs = tuple(
        dug_m + strain.deeper_m * is_turning
        for dug_m, is_turning in zip(state.wheel_dug_m, turning(state), strict=True)
    )
    inch_m = inched_m(spec, state, way)
    ahead_x, ahead_y = math.sin(state.heading_rad), math.cos(state.heading_rad)
    sunk = replace(
        state,
        x_m=state.x_m + way * inch_m * ahead_x,
        y_m=state.y_m + way * inch_m * ahead_y,
        odometer_m=state.odometer_m + inch_m,
        slip_frac=1.0,
        wheel_dug_m=dugs,
        wheel_sinkage_m=deeper_m(state, dugs),
    )
    cause = f"The wheels only spun and stand {100.0 * sinkage_m(sunk):.0f} cm deep now."
    if spec.walk.can_walk():
        cause += " Creeping is slower and surer."
    return Stretch(
        settled(spec, sunk, where.ground),
        used_s,
        energy_j,
        ground_m=inch_m,
        halt=Halt(StopReason.EMBEDDED, cause),
        felt=Felt(way * inch_m * ahead_x, way * inch_m * ahead_y),
    )


def inched_m(spec: MobilitySpec, state: MobilityState, way: float) -> float:
    """How far a try that fails brings the rover: wheels that spin still inch along [m].

    Notes
    -----
    `inch_frac` of the wheel travel back along the tracks, `onward_ratio` of that onward, and as
    much less as fewer wheels turn. Spirit at Troy: 19 cm onward in a dozen drives from November on,
    38 cm back in January and February (odometry of the status reports), 12 mm for 2.5 m of wheel
    travel on sol 2090 and 3 mm for some 45 m on sol 2126.
    """
    strain = spec.strain
    share = sum(turning(state)) / WHEEL_COUNT
    inch_m = strain.inch_frac * share * strain.back_out_s * rim_speed_m_s(spec, state)
    return inch_m if way != state.rolled_way else inch_m * strain.onward_ratio


def back_out_chance_frac(spec: MobilitySpec, state: MobilityState, way: float) -> float:
    """Chance that one try works [-].

    Notes
    -----
    It falls in a straight line from `back_out_frac` at the embedding limit to nothing at
    `hopeless_m`, with the square of the share of wheels that drive, and is `onward_ratio` of that
    in the direction that led into the hole.
    """
    strain = spec.strain
    depth = (strain.hopeless_m - sinkage_m(state)) / (strain.hopeless_m - spec.embed_depth_m)
    share = sum(turning(state)) / WHEEL_COUNT
    chance = strain.back_out_frac * min(1.0, max(0.0, depth)) * share * share
    return chance if way != state.rolled_way else chance * strain.onward_ratio


def spinning_w(spec: MobilitySpec, state: MobilityState, where: Where) -> float:
    """Electric power of wheels that spin in their own holes, with drive electronics [W]."""
    curve = spec.curves[int(where.ground.soil(state.x_m, state.y_m))]
    torque_n_m = math.fsum(
        curve.torque_n_m[-1] * (1.0 + spec.strain.dug_torque_ratio * dug_m / spec.embed_depth_m)
        for dug_m, is_turning in zip(state.wheel_dug_m, turning(state), strict=True)
        if is_turning
    )
    return motor_work_w(spec, torque_n_m, rim_speed_m_s(spec, state)) + spec.drive_w
