"""Walking on wheels: half of them hold while the suspension pushes the others on."""

import math
from dataclasses import replace

from game.events import StopReason
from game.rover.contact import turning
from game.rover.estimate import Felt
from game.rover.gear import (
    SIX_ZEROS,
    Halt,
    MobilitySpec,
    MobilityState,
    Stretch,
    Where,
)
from game.rover.halts import why_stop
from game.rover.motion import settled, slopes_rad
from game.rover.slip import traction
from game.rover.wheels import WHEEL_COUNT


def creep_limit_rad(spec: MobilitySpec, soils: tuple[int, ...]) -> float:
    """Slope that creeping climbs: some degrees more than the softest soil under the wheels [rad].

    References
    ----------
    .. [1] Pan D. et al., "Mobility design and performance of the Zhurong rover", Sci. Sin.
       Technol. 52(2), 2022 (soft slopes of 25 degrees instead of 20; less than half the power).
    """
    rolling_rad = min(spec.curves[soil].slope_rad[-1] for soil in soils)
    walked_rad = rolling_rad + math.radians(spec.walk.extra_slope_deg)
    return min(math.radians(spec.walk.slope_limit_deg), walked_rad)


def creep(
    spec: MobilitySpec, state: MobilityState, where: Where, left_m: float, limit_s: float
) -> Stretch:
    """Walk on the wheels: slow, and it works where spinning does not."""
    ground = where.ground
    way = math.copysign(1.0, left_m)
    soil = int(ground.soil(state.x_m, state.y_m))
    along_rad = way * slopes_rad(state, 0.0)[0]
    limit_rad = creep_limit_rad(spec, (soil,))
    if along_rad > limit_rad + 1e-9:
        cause = (
            f"The slope of {math.degrees(along_rad):.0f} degrees is too steep even to creep; here "
            f"the limit is {math.degrees(limit_rad):.0f}. Back down, and go round or along it."
        )
        return Stretch(state, min(limit_s, 1.0), 0.0, halt=Halt(StopReason.STEEP, cause))
    pace_m_s = walking_m_s(spec, state)
    ground_m = min(abs(left_m), pace_m_s * limit_s)
    used_s = ground_m / pace_m_s
    ahead = _ahead_m(state, way * ground_m)
    depth_m = traction(spec.curves[soil], 0.0).sinkage_m
    moved = replace(
        state,
        x_m=state.x_m + ahead[0],
        y_m=state.y_m + ahead[1],
        odometer_m=state.odometer_m + ground_m,
        steer_rad=0.0,
        speed_m_s=way * pace_m_s,
        slip_frac=0.0,
        wheel_slip_frac=SIX_ZEROS,
        wheel_sinkage_m=(depth_m,) * WHEEL_COUNT,
        wheel_dug_m=SIX_ZEROS,
    )
    moved = settled(spec, moved, ground)
    halt = why_stop(spec, state, moved, ground)
    energy_j = spec.walk.power_w * used_s
    return Stretch(moved, used_s, energy_j, ground_m, ground_m, halt, Felt(*ahead))


def lift_out(
    spec: MobilitySpec, state: MobilityState, where: Where, way: float, limit_s: float
) -> Stretch:
    """Step out of the hole that the wheels have dug, moving on meanwhile.

    References
    ----------
    .. [1] Pan D. et al., 2022 (0.3 m of sinkage of all six wheels in 16 minutes).
    """
    rate_m_s = spec.walk.lift_m_s * sum(turning(state)) / WHEEL_COUNT
    deepest_m = max(state.wheel_dug_m)
    used_s = min(limit_s, deepest_m / rate_m_s) if rate_m_s > 0.0 else limit_s
    lifted_m = rate_m_s * used_s
    is_free = rate_m_s > 0.0 and used_s < limit_s
    ground_m = walking_m_s(spec, state) * used_s
    ahead = _ahead_m(state, way * ground_m)
    dugs = tuple(0.0 if is_free else max(0.0, one - lifted_m) for one in state.wheel_dug_m)
    moved = replace(
        state,
        x_m=state.x_m + ahead[0],
        y_m=state.y_m + ahead[1],
        odometer_m=state.odometer_m + ground_m,
        steer_rad=0.0,
        speed_m_s=way * walking_m_s(spec, state),
        slip_frac=0.0,
        is_embedded=not is_free,
        rolled_way=0 if is_free else state.rolled_way,
        wheel_slip_frac=SIX_ZEROS,
        wheel_dug_m=dugs,
        wheel_sinkage_m=deeper_m(state, dugs),
    )
    energy_j = spec.walk.power_w * used_s
    return Stretch(
        settled(spec, moved, where.ground), used_s, energy_j, ground_m, ground_m, felt=Felt(*ahead)
    )


def deeper_m(state: MobilityState, dugs_m: tuple[float, ...]) -> tuple[float, ...]:
    """How deep the wheels stand when their own holes have become as deep as given [m]."""
    return tuple(
        max(0.0, depth - old) + new
        for depth, old, new in zip(state.wheel_sinkage_m, state.wheel_dug_m, dugs_m, strict=True)
    )


def walking_m_s(spec: MobilitySpec, state: MobilityState) -> float:
    """Speed of creeping; wheels that do not turn cannot step [m/s]."""
    return spec.walk.speed_m_s * sum(turning(state)) / WHEEL_COUNT


def _ahead_m(state: MobilityState, way_m: float) -> tuple[float, float]:
    return way_m * math.sin(state.heading_rad), way_m * math.cos(state.heading_rad)
