"""The running gear: how it is built, how it stands, and what it draws."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from game.events import StopReason
from game.rover.drive import DriveOrder, Ground, Progress
from game.rover.estimate import NOWHERE, Estimate, Felt
from game.rover.limbs import PostureSpec, RampSpec, StrainSpec, WalkSpec, ramp_height_m
from game.rover.local_map import NavigationSpec
from game.rover.position import PositionSpec
from game.rover.slip import SoilSpec, Traction, TractionCurve, traction, traction_curve
from game.rover.wheels import WHEEL_COUNT, ChassisSpec

SIX_ZEROS = (0.0,) * WHEEL_COUNT
NOTHING_FELT = Felt(0.0, 0.0)


class WheelHealth(StrEnum):
    """What the motor of a wheel can do: drive it, let it turn freely, or only hold it fast."""

    DRIVEN = "driven"
    FREE = "free"
    LOCKED = "locked"


SIX_DRIVEN = (WheelHealth.DRIVEN,) * WHEEL_COUNT


@dataclass(frozen=True, slots=True)
class MobilitySpec:
    """Wheels, drive, limits and soils.

    `speed_m_s` of the wheel rims at full voltage; below `bus_full_v` it falls in a straight line to
    nothing at `bus_none_v`, but not below `slowest_frac`. `motor_efficiency_frac` of electric power
    becomes work; `idle_w` is drawn by six motors that turn without load; `drive_w` by drive
    electronics, hazard cameras and gyroscopes under way, `look_w` while looking, `turn_w` while
    turning in place; `awake_w` is what the sound rover needs awake, for the price of a way (the
    rover counts it, not the wheels; unless a file says otherwise it is that of the bus). Slip above
    `dig_slip_frac` digs `dig_ratio` metres per metre of wheel travel and unit of slip; below
    `embed_depth_m` the wheels are caught. Obstacles higher than `step_limit_m` stop the wheels.
    `piece_m` bounds one stretch of rolling. `curves` are worked out from wheel and `soil`,
    `level_slips` are their slips on the level; `usual` is the number of the soil whose slip the
    odometer takes off.
    """

    chassis: ChassisSpec
    ramp: RampSpec
    navigation: NavigationSpec
    position: PositionSpec
    walk: WalkSpec
    posture: PostureSpec
    strain: StrainSpec
    soil: tuple[SoilSpec, ...]
    speed_m_s: float
    bus_full_v: float
    bus_none_v: float
    slowest_frac: float
    motor_efficiency_frac: float
    idle_w: float
    drive_w: float
    look_w: float
    turn_w: float
    awake_w: float
    turn_rate_deg_s: float
    largest_curvature_1_m: float
    tilt_warn_deg: float
    tilt_stop_deg: float
    step_limit_m: float
    slip_warn_frac: float
    slip_stop_frac: float
    side_slip_ratio: float
    dig_slip_frac: float
    dig_ratio: float
    dig_fade_m: float
    embed_depth_m: float
    piece_m: float
    longest_order_m: float
    most_waypoints_count: int
    curves: tuple[TractionCurve, ...] = field(init=False, compare=False, repr=False)
    level_slips: tuple[float, ...] = field(init=False, compare=False, repr=False)
    kept_hash: int = field(init=False, compare=False, repr=False)
    usual: int = field(init=False, compare=False, repr=False)

    def __hash__(self) -> int:
        """Spare those who look things up by the gear: its soils alone are a hundred numbers."""
        return self.kept_hash

    def __post_init__(self) -> None:
        """Solve the mechanics of the wheel once for every soil."""
        if self.speed_m_s <= 0.0 or not 0.0 < self.motor_efficiency_frac <= 1.0:
            raise ValueError("speed_m_s must be above 0, motor_efficiency_frac above 0 to 1")
        wheel = self.chassis.wheel
        curves = tuple(traction_curve(wheel, soil) for soil in self.soil)
        object.__setattr__(self, "curves", curves)
        built = (self.chassis, self.navigation, self.position, self.soil, self.speed_m_s)
        object.__setattr__(self, "kept_hash", hash(built))
        slips = tuple(traction(curve, 0.0).slip_frac for curve in curves)
        object.__setattr__(self, "level_slips", slips)
        names = [soil.name for soil in self.soil]
        if self.position.usual_soil not in names:
            raise ValueError(f"usual_soil must be one of {', '.join(names)}")
        object.__setattr__(self, "usual", names.index(self.position.usual_soil))


@dataclass(frozen=True, slots=True)
class MobilityState:
    """Where the rover stands and how its wheels fare.

    Place, heading, pitch and roll are the true ones; `estimate` is where the rover believes to be
    (see `position.py`). Nose up and right side down are positive; heading clockwise from north;
    `steer_rad` is the front wheels', positive to the right. `odometer_m` counts ground covered.
    `body_m` is how far the body is raised. `slip_frac` and `speed_m_s` are of the last step;
    `rolled_way` is 1 if the wheels last rolled forwards, -1 backwards. `drive_odometer_m` and
    `drive_energy_j` belong to the order under way; `halt_reason` and `halt_cause` tell why the
    wheels stopped last.

    The six wheels, front left, front right, middle, rear: height of the ground they stand on,
    slip, how deep they stand, the part of it that spinning dug, current of the motor, share of
    life used. `lifted_wheel` is the number of the wheel held up, -1 if none is.
    """

    x_m: float
    y_m: float
    heading_rad: float
    pitch_rad: float = 0.0
    roll_rad: float = 0.0
    steer_rad: float = 0.0
    odometer_m: float = 0.0
    slip_frac: float = 0.0
    speed_m_s: float = 0.0
    body_m: float = 0.0
    is_on_lander: bool = False
    is_embedded: bool = False
    is_slip_warned: bool = False
    is_sink_warned: bool = False
    rolled_way: int = 0
    bus_speed_frac: float = 1.0
    ramp_m: float = 0.0
    drive: DriveOrder | None = None
    progress: Progress | None = None
    drive_odometer_m: float = 0.0
    drive_energy_j: float = 0.0
    lifted_wheel: int = -1
    wheel_health: tuple[WheelHealth, ...] = SIX_DRIVEN
    wheel_contact_m: tuple[float, ...] = SIX_ZEROS
    wheel_slip_frac: tuple[float, ...] = SIX_ZEROS
    wheel_sinkage_m: tuple[float, ...] = SIX_ZEROS
    wheel_dug_m: tuple[float, ...] = SIX_ZEROS
    wheel_current_a: tuple[float, ...] = SIX_ZEROS
    wheel_wear_frac: tuple[float, ...] = SIX_ZEROS
    estimate: Estimate = NOWHERE
    halt_reason: StopReason = StopReason.DONE
    halt_cause: str = ""


class Halt(NamedTuple):
    """Why the wheels stop: a word for programs and a sentence for people."""

    reason: StopReason
    cause: str


def stopped(why: str, reason: StopReason = StopReason.COMMAND) -> Halt:
    """Return the halt of wheels that others have stopped, and why."""
    return Halt(reason, f"Stopped: {why}.")


def _all_seen(_x_m: float, _y_m: float) -> bool:
    return True


class Where(NamedTuple):
    """Where and when a stretch happens: the ground, the seed of its scatter, the moment [s].

    `is_seen` says whether the mast has photographed a place (east, north); without it, all is.
    """

    ground: Ground
    seed: int
    tick: int
    is_seen: Callable[[float, float], bool] = _all_seen


class Stretch(NamedTuple):
    """One piece of motion: the state after it, what it took, and why it must end here, if so.

    `felt` is the way that the wheels report, before any error of heading.
    """

    state: MobilityState
    used_s: float
    energy_j: float
    wheel_m: float = 0.0
    ground_m: float = 0.0
    halt: Halt | None = None
    felt: Felt = NOTHING_FELT


def sinkage_m(state: MobilityState) -> float:
    """How deep the wheels stand, on average [m]."""
    return math.fsum(state.wheel_sinkage_m) / WHEEL_COUNT


def dug_m(state: MobilityState) -> float:
    """How deep spinning has dug the wheels, on average [m]."""
    return math.fsum(state.wheel_dug_m) / WHEEL_COUNT


def motor_work_w(spec: MobilitySpec, torque_n_m: float, speed_m_s: float) -> float:
    """Electric power of six motors that turn against a torque in all; braking gives none [W]."""
    work_w = max(0.0, torque_n_m * speed_m_s / spec.chassis.wheel.radius_m)
    return work_w / spec.motor_efficiency_frac + spec.idle_w


def motor_current_a(spec: MobilitySpec, torque_n_m: float) -> float:
    """Return what one drive motor draws; it follows the torque, whatever the speed [A]."""
    work_w = max(0.0, torque_n_m * spec.speed_m_s / spec.chassis.wheel.radius_m)
    return (work_w / spec.motor_efficiency_frac + spec.idle_w / WHEEL_COUNT) / spec.bus_full_v


def drive_energy_j_m(spec: MobilitySpec, found: Traction, is_all_counted: bool = True) -> float:
    """Energy per metre of ground at full speed; infinite where the wheels only spin [J/m].

    Parameters
    ----------
    found : Traction
        Slip and torque of the wheels, see `slip.py`.
    is_all_counted : bool
        With what the awake rover draws besides, as published figures have it.
    """
    speed_m_s = spec.speed_m_s * (1.0 - found.slip_frac)
    if speed_m_s <= 0.0:
        return math.inf
    torque_n_m = WHEEL_COUNT * found.torque_n_m
    power_w = motor_work_w(spec, torque_n_m, spec.speed_m_s) + spec.drive_w
    return (power_w + (spec.awake_w if is_all_counted else 0.0)) / speed_m_s


def rim_speed_m_s(spec: MobilitySpec, state: MobilityState) -> float:
    """Speed of the wheel rims at the present bus voltage [m/s]."""
    return spec.speed_m_s * state.bus_speed_frac


def tilt_rad(state: MobilityState) -> float:
    """Angle between the rover's up and the sky's [rad]."""
    return math.acos(math.cos(state.pitch_rad) * math.cos(state.roll_rad))


def tip_rad(spec: MobilitySpec, body_m: float) -> float:
    """Lean at which the rover would fall over sideways; a raised body falls sooner [rad]."""
    return math.atan2(spec.chassis.track_m / 2.0, spec.posture.mass_height_m + body_m)


def tilt_limit_rad(spec: MobilitySpec, body_m: float) -> float:
    """Lean at which the wheels stop: the same share of the way to falling, however high [rad]."""
    share = tip_rad(spec, body_m) / tip_rad(spec, 0.0)
    return math.radians(spec.tilt_stop_deg) * share


def clearance_m(spec: MobilitySpec, state: MobilityState) -> float:
    """Height of a stone that passes under the belly [m]."""
    return spec.posture.clearance_m + state.body_m


def lift_m(spec: MobilitySpec, state: MobilityState) -> float:
    """How far the wheels stand above the ground: not 0 only on the lander and its ramp [m]."""
    return ramp_height_m(spec.ramp, state.ramp_m) if state.is_on_lander else 0.0
