"""What a drive would cost before anybody drives it."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from game.commands import Navigation
from game.events import StopReason
from game.rover.drive import Ground
from game.rover.gear import MobilitySpec, motor_work_w
from game.rover.guiding import pace_of
from game.rover.local_map import Place
from game.rover.looking import repeats, steady
from game.rover.motion import counted_slip_frac
from game.rover.position import without_luck
from game.rover.slip import traction
from game.rover.wheels import WHEEL_COUNT, body_slope

_ALMOST = 0.02  # a check comes at the end of the leg in which it falls due


@dataclass(frozen=True, slots=True)
class DrivePreview:
    """What a drive would take, on known soil: middle values, and the worst place on the way.

    `check_count` checks, on average, will be made, `slipping_count` of them because wheels slip.
    `ends` says how a rehearsal came out: one that did not get there has priced the rest as straight
    lines.
    """

    distance_m: float
    energy_j: float
    duration_s: float
    worst_tilt_rad: float
    worst_slip_frac: float
    slipping_count: float = 0.0
    check_count: float = 0.0
    ends: StopReason = StopReason.DONE


def usual_gear(spec: MobilitySpec) -> MobilitySpec:
    """Return running gear without luck: soil grips as usual, cameras and gyroscope do not err.

    Looks and checks take their usual time.
    """
    return replace(
        spec,
        chassis=replace(spec.chassis, scatter_sigma=0.0),
        position=without_luck(spec.position),
        navigation=replace(spec.navigation, noise_1_m=0.0, look=steady(spec.navigation.look)),
    )


def preview_route(
    spec: MobilitySpec,
    ground: Ground,
    route: tuple[Place, ...],
    navigation: Navigation = Navigation.AUTONOMOUS,
) -> DrivePreview:
    """Work out what a drive along straight lines takes, looks, checks and turns included.

    Parameters
    ----------
    route : tuple of places
        Where it starts, where it turns, where it ends: east and north. [m]

    Notes
    -----
    Middle values: the scatter of the soil from place to place is not known beforehand, nor are
    bends round rocks. Energy is of wheels, drive electronics and cameras, as `DriveEnded` reports
    it.
    """
    lines = [_line(spec, ground, leg) for leg in pairwise(route)]
    length_m = math.fsum(line.length_m for line in lines)
    pace = pace_of(spec.navigation, navigation)
    driven_m = max(0.0, length_m - spec.navigation.arrival_m)  # near enough is there
    rolled_s = math.fsum(line.rolled_s for line in lines)
    work_w = math.fsum(line.work_j for line in lines) / max(1e-9, rolled_s)
    if navigation is Navigation.BLIND:  # the wheels count to the end, whatever slips
        rolled_s = math.fsum(line.counted_s for line in lines)
    moving_s = rolled_s * driven_m / max(length_m, driven_m, 1e-9)
    moving_j = (work_w + spec.drive_w) * moving_s
    wheel_m = moving_s * spec.speed_m_s
    if navigation is Navigation.CREEP and spec.walk.can_walk():
        wheel_m, moving_s = driven_m, driven_m / spec.walk.speed_m_s
        moving_j = spec.walk.power_w * moving_s
    checks = float(math.floor(wheel_m / spec.navigation.check_m + _ALMOST))
    if pace.is_slip_measured:  # where it slips, it checks at once
        checks += math.fsum(line.slipping_count for line in lines)
    legs = math.ceil(wheel_m / spec.navigation.leg_m)
    check_s = pace.check_s * (1.0 + repeats(spec.navigation.look, pace))
    looking_s = checks * check_s + (legs - checks) * pace.look_s
    turning_s = _turning_s(spec, route)
    return DrivePreview(
        length_m,
        moving_j + spec.look_w * looking_s + (spec.turn_w + spec.idle_w + spec.drive_w) * turning_s,
        moving_s + looking_s + turning_s,
        max((line.tilt_rad for line in lines), default=0.0),
        max((line.slip_frac for line in lines), default=0.0),
        math.fsum(line.slipping_count for line in lines),
        checks,
    )


def preview_drive(
    spec: MobilitySpec, ground: Ground, x0_m: float, y0_m: float, x1_m: float, y1_m: float
) -> DrivePreview:
    """Work out what an autonomous drive straight to a place takes; see also `rehearsal.py`."""
    return preview_route(spec, ground, ((x0_m, y0_m), (x1_m, y1_m)))


class _Line(NamedTuple):
    """One straight line rolled: wheels only, without looks.

    `rolled_s` is how long the wheels turn to get there, `counted_s` until they count it.
    """

    length_m: float
    work_j: float
    rolled_s: float
    counted_s: float
    tilt_rad: float
    slip_frac: float
    slipping_count: float


def _line(spec: MobilitySpec, ground: Ground, leg: tuple[Place, Place]) -> _Line:
    (x0_m, y0_m), (x1_m, y1_m) = leg
    ahead_x, ahead_y = x1_m - x0_m, y1_m - y0_m
    length_m = math.hypot(ahead_x, ahead_y)
    count = max(1, math.ceil(length_m / spec.navigation.leg_m))
    piece_m = length_m / count
    rolled_m = counted_m = work_j = worst_tilt = worst_slip = 0.0
    slipping_count = 0.0
    for number in range(count):
        share = (number + 0.5) / count
        x_m, y_m = x0_m + share * ahead_x, y0_m + share * ahead_y
        rise_x, rise_y = body_slope(spec.chassis, ground, x_m, y_m)
        along = (rise_x * ahead_x + rise_y * ahead_y) / length_m if length_m > 0.0 else 0.0
        along_rad = math.atan(along)
        found = traction(spec.curves[int(ground.soil(x_m, y_m))], along_rad)
        wheel_m = piece_m / max(1.0 - found.slip_frac, 1.0 - spec.slip_stop_frac)
        rolled_m += wheel_m
        counted_m += piece_m / (1.0 - counted_slip_frac(spec, along_rad))
        work_w = motor_work_w(spec, WHEEL_COUNT * found.torque_n_m, spec.speed_m_s)
        work_j += work_w * wheel_m / spec.speed_m_s
        worst_tilt = max(worst_tilt, math.atan(math.hypot(rise_x, rise_y)))
        worst_slip = max(worst_slip, found.slip_frac)
        slipping_count += slipping_frac(spec, found.slip_frac) * piece_m / spec.navigation.sure_m
    speed_m_s = spec.speed_m_s
    return _Line(
        length_m,
        work_j,
        rolled_m / speed_m_s,
        counted_m / speed_m_s,
        worst_tilt,
        worst_slip,
        slipping_count,
    )


def slipping_frac(spec: MobilitySpec, slip_frac: float) -> float:
    """Chance that a leg slips beyond the warning, as soil scatters from place to place [-]."""
    sigma = spec.chassis.scatter_sigma
    if slip_frac <= 0.0 or sigma == 0.0:
        return float(slip_frac > spec.slip_warn_frac)
    off = math.log(slip_frac / spec.slip_warn_frac) / sigma
    return (1.0 + math.erf(off / math.sqrt(2.0))) / 2.0


def _turning_s(spec: MobilitySpec, route: tuple[Place, ...]) -> float:
    """How long the turns in place between the lines of a route take [s]."""
    bearings = [math.atan2(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(route) if a != b]
    total_s = 0.0
    for one, other in pairwise(bearings):
        turn_deg = abs(math.degrees(math.remainder(other - one, math.tau)))
        if turn_deg > spec.navigation.turn_deg:
            total_s += turn_deg / spec.turn_rate_deg_s
    return total_s
