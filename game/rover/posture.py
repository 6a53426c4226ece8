"""The active suspension at rest: raise or lower the body, lift a wheel, steer all six askew."""

import math
from dataclasses import replace

from game.rover.gear import MobilitySpec, MobilityState, Stretch
from game.rover.wheels import WHEEL_COUNT


def move_body(spec: MobilitySpec, state: MobilityState, body_m: float, limit_s: float) -> Stretch:
    """Raise or lower the body towards a height."""
    posture = spec.posture
    left_m = body_m - state.body_m
    used_s = min(limit_s, abs(left_m) / posture.rate_m_s)
    is_there = posture.rate_m_s * limit_s > abs(left_m)
    height_m = state.body_m + math.copysign(posture.rate_m_s * used_s, left_m)
    moved = replace(state, body_m=body_m if is_there else height_m, speed_m_s=0.0)
    return Stretch(moved, used_s, (posture.power_w + spec.drive_w) * used_s)


def move_wheel(
    spec: MobilitySpec, state: MobilityState, wheel: int, span_s: tuple[float, float]
) -> Stretch:
    """Lift a wheel, or put all down (-1); `span_s` is what is left of it and of the step [s]."""
    used_s = min(span_s)
    energy_j = (spec.posture.power_w + spec.drive_w) * used_s
    if used_s < span_s[0] - 1e-9:
        return Stretch(state, used_s, energy_j)
    return Stretch(replace(state, lifted_wheel=wheel, speed_m_s=0.0), used_s, energy_j)


def steer_s(spec: MobilitySpec, before_rad: float, after_rad: float) -> float:
    """How long it takes to steer all wheels to another bearing [s]."""
    return abs(math.degrees(after_rad - before_rad)) / spec.posture.steer_deg_s


def posture_refusal(spec: MobilitySpec, body_m: float, wheel: int) -> str:
    """Say why the suspension cannot do it; empty if it can."""
    low_m, high_m = spec.posture.lowest_m, spec.posture.highest_m
    if not low_m <= body_m <= high_m:
        return (
            f"The body goes from {100.0 * low_m:.0f} to {100.0 * high_m:+.0f} cm; "
            f"{100.0 * body_m:+.0f} cm is out of reach."
        )
    if not -1 <= wheel < WHEEL_COUNT:
        return f"Wheels are numbered 0 to {WHEEL_COUNT - 1}; there is no wheel {wheel}."
    return ""
