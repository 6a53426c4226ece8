"""The running gear: how it is built, how it stands, and what it draws."""

import math
from dataclasses import dataclass, field

from game.rover.drive import DriveOrder, Progress
from game.rover.local_map import NavigationSpec
from game.rover.slip import SoilSpec, Traction, TractionCurve, traction_curve
from game.rover.wheels import WHEEL_COUNT, ChassisSpec


@dataclass(frozen=True, slots=True)
class RampSpec:
    """The way down from the lander: from `start_m` to `end_m` along the heading, then flat."""

    deck_height_m: float
    start_m: float
    end_m: float
    leave_m: float
    speed_m_s: float


@dataclass(frozen=True, slots=True)
class MobilitySpec:
    """Wheels, drive, limits and soils.

    `speed_m_s` of the wheel rims at full voltage; below `bus_full_v` it falls in a straight line
    to nothing at `bus_none_v`, but not below `slowest_frac`. `motor_efficiency_frac` of electric
    power becomes work; `idle_w` is drawn by six motors that turn without load; `drive_w` by drive
    electronics, hazard cameras and gyroscopes under way, `look_w` while looking, `turn_w` while
    turning in place; `awake_w` is what the awake rover needs besides (the rover counts it, not
    the wheels). Slip above `dig_slip_frac` digs `dig_ratio` metres per metre of wheel travel and
    unit of slip; below `embed_depth_m` the wheels are caught, and creeping at `creep_speed_m_s`
    lifts them by `creep_lift_m_s`. Obstacles higher than `step_limit_m` stop the wheels. `piece_m`
    bounds one stretch of rolling. `curves` are worked out from wheel and `soil`.
    """

    chassis: ChassisSpec
    ramp: RampSpec
    navigation: NavigationSpec
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
    creep_speed_m_s: float
    creep_lift_m_s: float
    creep_w: float
    piece_m: float
    longest_order_m: float
    most_waypoints_count: int
    curves: tuple[TractionCurve, ...] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Solve the mechanics of the wheel once for every soil."""
        if self.speed_m_s <= 0.0 or not 0.0 < self.motor_efficiency_frac <= 1.0:
            raise ValueError("speed_m_s must be above 0, motor_efficiency_frac above 0 to 1")
        wheel = self.chassis.wheel
        curves = tuple(traction_curve(wheel, soil) for soil in self.soil)
        object.__setattr__(self, "curves", curves)


@dataclass(frozen=True, slots=True)
class MobilityState:
    """Where the rover stands and how its wheels fare.

    Nose up and right side down are positive; heading clockwise from north; `steer_rad` is the
    front wheels', positive to the right. `odometer_m` counts ground covered. `sinkage_m` is how
    deep the wheels stand, `dug_m` the part that spinning dug. `slip_frac` and `speed_m_s` are of
    the last step. `drive_odometer_m` and `drive_energy_j` belong to the order under way.
    """

    x_m: float
    y_m: float
    heading_rad: float
    pitch_rad: float = 0.0
    roll_rad: float = 0.0
    steer_rad: float = 0.0
    odometer_m: float = 0.0
    slip_frac: float = 0.0
    sinkage_m: float = 0.0
    dug_m: float = 0.0
    speed_m_s: float = 0.0
    is_on_lander: bool = False
    is_embedded: bool = False
    is_slip_warned: bool = False
    bus_speed_frac: float = 1.0
    wear_frac: float = 0.0
    ramp_m: float = 0.0
    drive: DriveOrder | None = None
    progress: Progress | None = None
    drive_odometer_m: float = 0.0
    drive_energy_j: float = 0.0


@dataclass(frozen=True, slots=True)
class Stretch:
    """One piece of motion: the state after it, what it took, and why it must end here."""

    state: MobilityState
    used_s: float
    energy_j: float
    wheel_m: float = 0.0
    ground_m: float = 0.0
    cause: str = ""


def motor_work_w(spec: MobilitySpec, torque_n_m: float, speed_m_s: float) -> float:
    """Electric power of six motors that turn against a torque each; braking gives none back [W]."""
    work_w = max(0.0, WHEEL_COUNT * torque_n_m * speed_m_s / spec.chassis.wheel.radius_m)
    return work_w / spec.motor_efficiency_frac + spec.idle_w


def drive_energy_j_m(spec: MobilitySpec, found: Traction, is_all_counted: bool = True) -> float:
    """Energy per metre of ground at full speed; infinite where the wheels only spin [J/m].

    Parameters
    ----------
    found : Traction
        Slip and torque, for example of `shared_traction`.
    is_all_counted : bool
        With what the awake rover draws besides, as published figures have it.
    """
    speed_m_s = spec.speed_m_s * (1.0 - found.slip_frac)
    if speed_m_s <= 0.0:
        return math.inf
    power_w = motor_work_w(spec, found.torque_n_m, spec.speed_m_s) + spec.drive_w
    return (power_w + (spec.awake_w if is_all_counted else 0.0)) / speed_m_s


def rim_speed_m_s(spec: MobilitySpec, state: MobilityState) -> float:
    """Speed of the wheel rims at the present bus voltage [m/s]."""
    return spec.speed_m_s * state.bus_speed_frac


def tilt_rad(state: MobilityState) -> float:
    """Angle between the rover's up and the sky's [rad]."""
    return math.acos(math.cos(state.pitch_rad) * math.cos(state.roll_rad))


def ramp_height_m(spec: RampSpec, along_m: float) -> float:
    """Height of deck and ramp above the ground at a distance from the lander's middle [m]."""
    share = (along_m - spec.start_m) / (spec.end_m - spec.start_m)
    return spec.deck_height_m * (1.0 - min(1.0, max(0.0, share)))


def lift_m(spec: MobilitySpec, state: MobilityState) -> float:
    """How far the wheels stand above the ground: not 0 only on the lander and its ramp [m]."""
    return ramp_height_m(spec.ramp, state.ramp_m) if state.is_on_lander else 0.0
