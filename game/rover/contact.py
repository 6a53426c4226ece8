"""What each of six wheels meets in the soil, and how the rover gets on upon them together."""

import math
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from game.rover.gear import MobilitySpec, MobilityState, WheelHealth
from game.rover.slip import SoilSpec, Traction, TractionCurve, WheelSpec, traction, traction_curve
from game.rover.wheels import WHEEL_COUNT, scatter_ratio

_SAME_RAD = 1e-6  # slopes that differ by less need one look-up
LOCKED_SLIP = -1.0  # a wheel that is dragged without turning skids all the way

Places = tuple[tuple[float, float], ...]


class Meeting(NamedTuple):
    """What one wheel meets: slip, torque, depth. A wheel held up meets nothing."""

    slip_frac: float
    torque_n_m: float
    sinkage_m: float


class Grip(NamedTuple):
    """How the rover gets on, and what each of its wheels meets."""

    slip_frac: float
    wheels: tuple[Meeting, ...]


NOTHING = Meeting(0.0, 0.0, 0.0)


class Climb(NamedTuple):
    """The way ahead: slope [rad], +1 forwards or -1 backwards, and the seed of the scatter."""

    slope_rad: float
    way: float
    seed: int


def grip(
    spec: MobilitySpec, state: MobilityState, under: tuple[int, ...], places: Places, climb: Climb
) -> Grip:
    """How the wheels get on where they stand, each on its soil (index) and at its place.

    Notes
    -----
    Each wheel that turns slips as it would alone on its soil, with the scatter of its own place;
    the rover gets on at the mean of them, because one frame holds them together. Its torque is
    that of the slope under its own axle. The load is shared evenly by the wheels that stand. A
    wheel that only drags resists with a share of its load, which the others must pull: to them
    the slope is steeper, tan a' = (n tan a + sum of shares) / (wheels that drive).
    """
    turns = turning(state)
    driving_count = sum(turns)
    if driving_count == 0:
        return Grip(1.0, (NOTHING,) * WHEEL_COUNT)
    need_rad, curves = climb.slope_rad, spec.curves
    if driving_count < WHEEL_COUNT:
        standing_count = WHEEL_COUNT - (state.lifted_wheel >= 0)
        need_rad = _pulling_rad(spec, state, need_rad, (standing_count, driving_count))
        if standing_count < WHEEL_COUNT:
            curves = _heavier(spec.chassis.wheel, spec.soil, standing_count)
    locals_rad = _axle_slopes_rad(spec, state.wheel_contact_m, need_rad, climb.way)
    alone = {soil: traction(curves[soil], need_rad) for soil in set(under)}
    wheels = []
    total = 0.0
    for number, is_turning in enumerate(turns):
        curve = curves[under[number]]
        if is_turning:
            worn = state.wheel_wear_frac[number] * spec.strain.worn_slip_ratio
            ratio = (1.0 + worn) * scatter_ratio(spec.chassis, climb.seed, *places[number])
            weight = spec.strain.dug_torque_ratio * state.wheel_dug_m[number] / spec.embed_depth_m
            local = alone[under[number]]
            if abs(locals_rad[number] - need_rad) > _SAME_RAD:
                local = traction(curve, locals_rad[number])
            met = _met(alone[under[number]], local.torque_n_m, ratio, 1.0 + weight)
            total += met.slip_frac
        else:
            met = _dragged(state, curve, number, need_rad)
        wheels.append(met)
    return Grip(total / driving_count, tuple(wheels))


def turning(state: MobilityState) -> tuple[bool, ...]:
    """Say of each wheel whether it drives the rover."""
    return tuple(
        health is WheelHealth.DRIVEN and number != state.lifted_wheel
        for number, health in enumerate(state.wheel_health)
    )


def pull_1_m(spec: MobilitySpec, state: MobilityState) -> float:
    """Curvature that dragging wheels force upon the way; positive to the right [1/m]."""
    pull = 0.0
    for number, health in enumerate(state.wheel_health):
        if health is not WheelHealth.DRIVEN and number != state.lifted_wheel:
            side = 1.0 if number % 2 else -1.0
            pull += side * _drag_ratio(spec, health) / spec.strain.locked_ratio
    return spec.strain.pull_1_m * pull


def _met(found: Traction, torque_n_m: float, slip_ratio: float, torque_ratio: float) -> Meeting:
    slip = found.slip_frac
    if slip > 0.0:
        slip = min(1.0, slip * slip_ratio)
    return Meeting(slip, torque_n_m * torque_ratio, found.sinkage_m)


def _dragged(state: MobilityState, curve: TractionCurve, number: int, slope_rad: float) -> Meeting:
    if number == state.lifted_wheel:
        return NOTHING
    is_locked = state.wheel_health[number] is WheelHealth.LOCKED
    depth_m = traction(curve, slope_rad).sinkage_m
    return Meeting(LOCKED_SLIP if is_locked else 0.0, 0.0, depth_m)


def _pulling_rad(
    spec: MobilitySpec, state: MobilityState, slope_rad: float, counts: tuple[int, int]
) -> float:
    """Slope that the driving wheels feel when they drag others along [rad]."""
    standing_count, driving_count = counts
    drag = math.fsum(
        _drag_ratio(spec, health)
        for number, health in enumerate(state.wheel_health)
        if number != state.lifted_wheel
    )
    return math.atan((standing_count * math.tan(slope_rad) + drag) / driving_count)


def _drag_ratio(spec: MobilitySpec, health: WheelHealth) -> float:
    match health:
        case WheelHealth.DRIVEN:
            return 0.0
        case WheelHealth.FREE:
            return spec.strain.free_ratio
        case WheelHealth.LOCKED:
            return spec.strain.locked_ratio


def _axle_slopes_rad(
    spec: MobilitySpec, heights_m: tuple[float, ...], whole_rad: float, way: float
) -> tuple[float, ...]:
    """Slope under each wheel: that of the way, and how its own half of the side differs [rad]."""
    front_l, front_r, middle_l, middle_r, rear_l, rear_r = heights_m
    per_m = way / spec.chassis.base_m
    bend_l = (front_l + rear_l - 2.0 * middle_l) * per_m
    bend_r = (front_r + rear_r - 2.0 * middle_r) * per_m
    return (
        whole_rad + bend_l,
        whole_rad + bend_r,
        whole_rad,
        whole_rad,
        whole_rad - bend_l,
        whole_rad - bend_r,
    )


@lru_cache(maxsize=8)
def _heavier(
    wheel: WheelSpec, soils: tuple[SoilSpec, ...], standing_count: int
) -> tuple[TractionCurve, ...]:
    """Solve the mechanics anew for fewer wheels under the same weight."""
    loaded = replace(wheel, load_n=wheel.load_n * WHEEL_COUNT / standing_count)
    return tuple(traction_curve(loaded, soil) for soil in soils)
