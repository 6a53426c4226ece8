"""Situations: when a fault shows in readings, and when a way of working eases it."""

import math
from collections.abc import Callable
from typing import NamedTuple

from game.commands import ActivityKind, Navigation
from game.environment.surroundings import Surroundings
from game.rover.drive import DriveKind, DriveOrder
from game.rover.fault_effects import Machine, Strain, afflicted, strain_of
from game.rover.faults import Fault, FaultsSpec, SignsSpec, kind_of
from game.rover.lanes import lane_of
from game.rover.modes import Mode
from game.rover.rover import RoverSpec, RoverState, running_kind
from game.rover.sequencer import running_in


class Moment(NamedTuple):
    """What situations are told from; `is_heard` says that the orbiter can be used."""

    signs: SignsSpec
    rover: RoverState
    outside: Surroundings
    is_heard: bool


Situation = Callable[[Moment], bool]


def _order(now: Moment) -> DriveOrder | None:
    return now.rover.mobility.drive


def _is_reverse(now: Moment) -> bool:
    order = _order(now)
    return order is not None and order.kind is DriveKind.ARC and order.distance_m < 0.0


def _is_led(now: Moment, *ways: Navigation) -> bool:
    order = _order(now)
    return order is not None and order.kind is DriveKind.GOTO and order.navigation in ways


def _is_turning(now: Moment) -> bool:
    order = _order(now)
    return order is not None and order.kind is DriveKind.TURN


def _is_sun_right(now: Moment) -> bool:
    """Say whether the Sun stands to the right of the rover's nose."""
    side_rad = now.outside.sun_azimuth_rad - now.rover.mobility.heading_rad
    return now.outside.sun_elevation_rad > 0.0 and math.sin(side_rad) > 0.0


def _runs(kind: ActivityKind) -> Situation:
    lane = lane_of(kind)
    return lambda now: running_kind(running_in(now.rover.sequencer, lane)) is kind


SITUATIONS: dict[str, Situation] = {
    "always": lambda _: True,
    "driving": lambda now: _order(now) is not None,
    "turning": _is_turning,
    "by_hand": lambda now: (order := _order(now)) is not None and order.kind is DriveKind.ARC,
    "reverse": _is_reverse,
    "led": lambda now: _is_led(now, Navigation.AUTONOMOUS, Navigation.VISUAL),
    "creep": lambda now: _is_led(now, Navigation.CREEP),
    "wheel_lifted": lambda now: now.rover.mobility.lifted_wheel >= 0,
    "warm_motors": lambda now: now.rover.motor_k >= now.signs.warm_motor_k,
    "warm_mast": lambda now: now.rover.mast_k >= now.signs.warm_motor_k,
    "cool_box": lambda now: now.rover.thermal.box_k <= now.signs.cool_box_k,
    "bright": lambda now: now.outside.global_w_m2 >= now.signs.bright_w_m2,
    "calm": lambda now: now.outside.wind_m_s <= now.signs.calm_m_s,
    "day": lambda now: now.outside.sun_elevation_rad > 0.0,
    "night": lambda now: now.outside.sun_elevation_rad <= 0.0,
    "sun_right": _is_sun_right,
    "asleep": lambda now: now.rover.mode is Mode.ASLEEP,
    "sending": lambda now: now.rover.sequencer.radio is not None and now.is_heard,
    "in_pass": lambda now: now.is_heard,
    "restarted": lambda now: now.rover.faults.restart_count > 0,
    "forgetful": lambda now: now.rover.storage.lost_bit > 0,
    "warming": _runs(ActivityKind.WARM_UP),
    "picture": _runs(ActivityKind.PICTURE),
    "panorama": _runs(ActivityKind.PANORAMA),
    "multispectral": _runs(ActivityKind.MULTISPECTRAL),
    "soil": _runs(ActivityKind.SOIL),
    "infrared": _runs(ActivityKind.INFRARED),
    "radar": _runs(ActivityKind.RADAR),
    "magnetometer": _runs(ActivityKind.MAGNETOMETER),
    "air": _runs(ActivityKind.AIR),
}


def shows(spec: FaultsSpec, fault: Fault, now: Moment) -> bool:
    """Say whether readings give a fault away at this moment."""
    return SITUATIONS[kind_of(spec, fault.kind).shows](now)


def strains(spec: FaultsSpec, faults: tuple[Fault, ...], now: Moment) -> tuple[Strain, ...]:
    """Return all faults as the machine feels them at this moment."""
    return tuple(strain_of(fault, _eased_by(spec, fault, now)) for fault in faults)


def _eased_by(spec: FaultsSpec, fault: Fault, now: Moment) -> tuple[str, ...]:
    return tuple(
        one.name
        for one in kind_of(spec, fault.kind).answer
        if one.when and SITUATIONS[one.when](now)
    )


def machine_now(
    spec: RoverSpec, rover: RoverState, outside: Surroundings, *, is_heard: bool
) -> Machine:
    """Return the machine as its faults leave it at this moment."""
    active = rover.faults.active
    if not active:
        return Machine(spec)
    now = Moment(spec.faults.signs, rover, outside, is_heard)
    return afflicted(spec, strains(spec.faults, active, now))
