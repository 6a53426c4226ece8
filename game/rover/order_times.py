"""How long an order of the plan may take, and about what it costs: for planners.

Closed forms at full voltage, with room for slip; the run ahead tells what it really takes.
"""

import math
from typing import NamedTuple

from game.commands import (
    Crab,
    Creep,
    Drive,
    LiftWheel,
    PlannedCommand,
    SetBody,
    Turn,
)
from game.machine_commands import SetWings, TiltWings, WingMode
from game.rover.gear import MobilitySpec, drive_energy_j_m
from game.rover.machine import RoverSpec
from game.rover.posture import steer_s
from game.rover.slip import traction
from game.rover.wing_dust import SHED_LEFT
from game.rover.wings import WingsSpec

GRAIN_S = 60  # plans count in minutes
SETTING_S = 60  # what takes no time is a minute on paper


class OrderPrice(NamedTuple):
    """Planned length and expected energy of one order [s, J]."""

    duration_s: int
    energy_j: float


def order_price(spec: RoverSpec, command: PlannedCommand) -> OrderPrice:
    """Return how long an order may take, to whole minutes, and what it needs beyond rest.

    Notes
    -----
    Turns are reckoned as half a circle and wings and body from one end to the other, as nobody
    knows beforehand from where they start.
    """
    match command:
        case Turn() | Drive() | Crab() | Creep() | SetBody() | LiftWheel():
            seconds, energy_j = _wheels(spec.mobility, command)
            energy_j += (spec.bus.awake_w - spec.bus.standby_w) * seconds
            spared_s = seconds * (1.0 + spec.sequencer.order_spare_frac)
            return OrderPrice(_planned_s(spared_s), energy_j)
        case SetWings() | TiltWings():
            return _wings(spec.power.wings, command, spec.sequencer.shed_dust_tau)
    return OrderPrice(SETTING_S, 0.0)


def least_s(spec: MobilitySpec, command: PlannedCommand) -> float:
    """Return the time without which an order to the wheels cannot be done, at top speed [s].

    0 for what depends on how the rover stands.
    """
    match command:
        case Drive(distance_m=way_m) | Crab(distance_m=way_m):
            return abs(way_m) / spec.speed_m_s
        case Creep(distance_m=way_m) if spec.walk.can_walk():
            return abs(way_m) / spec.walk.speed_m_s
        case LiftWheel():
            return spec.posture.lift_wheel_s
    return 0.0


def _planned_s(seconds: float) -> int:
    return max(1, math.ceil(seconds / GRAIN_S)) * GRAIN_S


def _wheels(
    spec: MobilitySpec, command: Turn | Drive | Crab | Creep | SetBody | LiftWheel
) -> tuple[float, float]:
    """Return time and energy of an order to the wheels [s, J]."""
    posture = spec.posture
    match command:
        case Turn():
            seconds = 180.0 / spec.turn_rate_deg_s
            return seconds, (spec.turn_w + spec.idle_w + spec.drive_w) * seconds
        case Drive(distance_m=way_m):
            return _rolled(spec, abs(way_m))
        case Crab(distance_m=way_m, bearing_rad=bearing_rad):
            seconds, energy_j = _rolled(spec, abs(way_m))
            steer = steer_s(spec, 0.0, bearing_rad)
            return seconds + steer, energy_j + (spec.turn_w + spec.drive_w) * steer
        case Creep(distance_m=way_m):
            if not spec.walk.can_walk():
                return 0.0, 0.0
            seconds = abs(way_m) / spec.walk.speed_m_s
            return seconds, spec.walk.power_w * seconds
        case SetBody():
            seconds = (posture.highest_m - posture.lowest_m) / posture.rate_m_s
            return seconds, (posture.power_w + spec.drive_w) * seconds
        case LiftWheel():
            return posture.lift_wheel_s, (posture.power_w + spec.drive_w) * posture.lift_wheel_s


def _rolled(spec: MobilitySpec, way_m: float) -> tuple[float, float]:
    """Return time and energy of rolling on level ground of the first soil [s, J]."""
    found = traction(spec.curves[0], 0.0)
    return way_m / spec.speed_m_s, way_m * drive_energy_j_m(spec, found, is_all_counted=False)


def _wings(spec: WingsSpec, command: SetWings | TiltWings, dust_tau: float) -> OrderPrice:
    """Return length and energy of work on the wings: the motors run one way, or up and down."""
    spans_deg = [wing.highest_deg - wing.lowest_deg for wing in spec.wing]
    seconds = max(spans_deg) / spec.turn_deg_s
    energy_j = spec.motor_w * math.fsum(spans_deg) / spec.turn_deg_s
    if isinstance(command, SetWings) and command.mode is WingMode.TRACK:
        return OrderPrice(SETTING_S, 0.0)
    if isinstance(command, SetWings) and command.mode is WingMode.SHED:
        sliding_s = spec.slide_s * math.log(max(1.0, dust_tau / SHED_LEFT))
        return OrderPrice(_planned_s(2.0 * seconds + sliding_s), 2.0 * energy_j)
    return OrderPrice(_planned_s(seconds), energy_j)
