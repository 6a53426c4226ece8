"""What must be warmed before work, for how long, and at what price: asked by planners."""

import math
from collections.abc import Callable
from typing import NamedTuple

from game.commands import ActivityKind
from game.environment.surroundings import Surroundings
from game.rover.lanes import DRIVES
from game.rover.machine import RoverSpec, RoverState
from game.rover.motors import MotorSpec, motor_temperature_k
from game.units import celsius

ON_MAST = frozenset({ActivityKind.PICTURE, ActivityKind.PANORAMA, ActivityKind.MULTISPECTRAL})
_PIECE_S = 900  # the day is followed in quarters of an hour; motors follow within half an hour
_MARGIN_S = 60  # a minute more than the bare sum: the air may be colder than said


class WarmUpNeed(NamedTuple):
    """What a warm-up before an activity takes; `duration_s` 0 if none is needed.

    `is_possible` is false where the heater alone cannot reach the limit; `parked_k` is the
    temperature without warming, `limit_k` the one that is needed. `energy_j` counts the heater
    and the awake computer. [s, J, K]
    """

    duration_s: int
    energy_j: float
    parked_k: float
    limit_k: float
    is_possible: bool = True


def parked_k(
    spec: MotorSpec, before_k: float, span: tuple[int, int], felt: Callable[[int], Surroundings]
) -> float:
    """Temperature of motors at rest after a while outside [K].

    Parameters
    ----------
    before_k : float
        At the beginning. [K]
    span : tuple of int
        Beginning and end. [s]
    felt : callable
        Surroundings at a tick.
    """
    tick, end = span
    while tick < end:
        piece_s = min(_PIECE_S, end - tick)
        outside = felt(tick + piece_s // 2)
        sunlight_w = spec.sunlit_m2 * outside.global_w_m2
        before_k = motor_temperature_k(spec, before_k, outside.air_k, sunlight_w, float(piece_s))
        tick += piece_s
    return before_k


def warm_up_needed(
    spec: RoverSpec,
    state: RoverState,
    span: tuple[int, int],
    kind: ActivityKind,
    felt: Callable[[int], Surroundings],
) -> WarmUpNeed | None:
    """Return the warm-up that an activity needs; None for work that needs no motors.

    Parameters
    ----------
    span : tuple of int
        Now, and when the activity is to begin. [s]
    kind : ActivityKind
        What is to be done.
    felt : callable
        Surroundings at a tick; what is in the State is not asked.

    Notes
    -----
    One node, C dT/dt = Q - G (T - T0): the time to the limit is the logarithm of the distances to
    where the heater would settle. Surroundings are taken at the beginning of the work.
    """
    if kind in DRIVES:
        motors, before_k = spec.motors, state.motor_k
    elif kind in ON_MAST:
        motors, before_k = spec.mast, state.mast_k
    else:
        return None
    rest_k = parked_k(motors, before_k, span, felt)
    if rest_k >= motors.min_k:
        return WarmUpNeed(0, 0.0, rest_k, motors.min_k)
    outside = felt(span[1])
    heat_w = motors.heater_w + motors.sunlit_m2 * outside.global_w_m2
    settled_k = outside.air_k + heat_w / motors.conductance_w_k
    if settled_k <= motors.min_k:
        return WarmUpNeed(0, math.inf, rest_k, motors.min_k, is_possible=False)
    lag_s = motors.heat_capacity_j_k / motors.conductance_w_k
    needed_s = lag_s * math.log((settled_k - rest_k) / (settled_k - motors.min_k))
    duration_s = math.ceil(needed_s) + _MARGIN_S
    # A warm-up heats wheels and mast together.
    power_w = spec.motors.heater_w + spec.mast.heater_w + spec.bus.awake_w
    return WarmUpNeed(duration_s, power_w * duration_s, rest_k, motors.min_k)


def mast_refusal(spec: RoverSpec, state: RoverState, kind: ActivityKind) -> str:
    """Say why the mast is too cold to point a camera; empty if it is not, or not needed."""
    if kind not in ON_MAST or state.mast_k >= spec.mast.min_k:
        return ""
    return (
        f"The mast is at {celsius(state.mast_k):.0f} °C and turns from "
        f"{celsius(spec.mast.min_k):.0f} °C; warm up for some minutes, or wait for the day."
    )
