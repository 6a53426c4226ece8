"""What a drive would cost before anybody drives it."""

import math

from game.rover.drive import DrivePreview, Ground
from game.rover.gear import MobilitySpec, motor_work_w
from game.rover.slip import traction
from game.rover.wheels import body_slope


def preview_drive(
    spec: MobilitySpec,
    ground: Ground,
    x0_m: float,
    y0_m: float,
    x1_m: float,
    y1_m: float,
) -> DrivePreview:
    """Work out what an autonomous drive straight to a place takes, looks and checks included.

    Notes
    -----
    Middle values: the scatter of the soil from place to place is not known beforehand. Energy is
    of wheels, drive electronics and cameras, as `DriveEnded` reports it.
    """
    nav = spec.navigation
    ahead_x, ahead_y = x1_m - x0_m, y1_m - y0_m
    length_m = math.hypot(ahead_x, ahead_y)
    count = max(1, math.ceil(length_m / nav.leg_m))
    piece_m = length_m / count
    wheel_m = work_j = worst_tilt = worst_slip = 0.0
    for number in range(count):
        share = (number + 0.5) / count
        x_m, y_m = x0_m + share * ahead_x, y0_m + share * ahead_y
        rise_x, rise_y = body_slope(spec.chassis, ground, x_m, y_m)
        along = (rise_x * ahead_x + rise_y * ahead_y) / length_m if length_m > 0.0 else 0.0
        found = traction(spec.curves[int(ground.soil(x_m, y_m))], math.atan(along))
        rolled_m = piece_m / max(1.0 - found.slip_frac, 1.0 - spec.slip_stop_frac)
        wheel_m += rolled_m
        work_j += motor_work_w(spec, found.torque_n_m, spec.speed_m_s) * rolled_m / spec.speed_m_s
        worst_tilt = max(worst_tilt, math.atan(math.hypot(rise_x, rise_y)))
        worst_slip = max(worst_slip, found.slip_frac)
    moving_s = wheel_m / spec.speed_m_s
    checks = math.floor(wheel_m / nav.check_m)
    looking_s = checks * nav.check_s + (math.ceil(wheel_m / nav.leg_m) - checks) * nav.look_s
    energy_j = work_j + spec.drive_w * moving_s + spec.look_w * looking_s
    return DrivePreview(length_m, energy_j, moving_s + looking_s, worst_tilt, worst_slip)
