"""Where the rover believes to be: counted by its wheels, put right by pictures and the orbiter.

The error has two sources. Along the way, wheels count more than they cover, because they slip;
the rover takes off what a usual soil would cost on the slope it feels, and errs where the soil is
another one. Across it, the gyroscope drifts, and a wrong heading leads astray. Pictures of the
ground passed (a slip check, a photograph) measure the way since the last ones well; the Sun in a
photograph gives the heading; the orbiter gives the place itself.

How sure the rover is follows the same steps as a Kalman filter: one covariance of place, heading
and drift, carried along with the way and shrunk by each measurement.
"""

import math
from dataclasses import dataclass

from game.changes import changed
from game.rng import Stream, normal
from game.rover.estimate import Estimate, Felt, Pose, carried_on, known, marked, variance_m2

_NO_DRIFT = {"east_drift_m_s": 0.0, "north_drift_m_s": 0.0, "heading_drift_rad2_s": 0.0}


@dataclass(frozen=True, slots=True)
class PositionSpec:
    """How well the rover keeps its place.

    is_exact : nothing is ever off; for those who want to look around. [-]
    usual_soil : soil whose slip on the slope felt the odometer takes off.
    odometry_frac : one sigma of the wheels' way where they do not slip, of the way. [-]
    slip_doubt_ratio : how much of the slip taken off may be wrong, one sigma. [-]
    side_frac : one sigma of the slide to the side, of the way. [-]
    picture_frac : one sigma of a way measured by pictures, of the way. [-]
    gyro_deg_h : one sigma of the drift of heading under way. [deg/h]
    sun_deg : one sigma of a heading taken from the Sun. [deg]
    radio_m : one sigma of a place found from the radio of one pass. [m]
    is_mean : measurements do not err and gyroscopes do not drift, however unsure they are: for
        forecasts. [-]
    """

    is_exact: bool
    usual_soil: str
    odometry_frac: float
    slip_doubt_ratio: float
    side_frac: float
    picture_frac: float
    gyro_deg_h: float
    sun_deg: float
    radio_m: float
    is_mean: bool = False

    def __post_init__(self) -> None:
        """Refuse errors below zero."""
        ways = (self.odometry_frac, self.slip_doubt_ratio, self.side_frac, self.picture_frac)
        if min(*ways, self.gyro_deg_h, self.sun_deg, self.radio_m) < 0.0:
            raise ValueError("errors of position must not be negative")


def without_luck(spec: PositionSpec) -> PositionSpec:
    """Return the same without chance: the doubt grows and shrinks as ever, the errors are none."""
    return changed(spec, is_mean=True)


def set_out(spec: PositionSpec, before: Estimate, seed: int, tick: int) -> Estimate:
    """Begin a drive: the gyroscope, zeroed at rest, drifts its own way each time."""
    drift_rad_s = 0.0
    if spec.gyro_deg_h > 0.0:
        drift_rad_s = _drift_rad_s(spec) * _error(spec, (seed, tick), 0)
    return changed(before, gyro_rad_s=drift_rad_s, **_NO_DRIFT)


def carried(
    spec: PositionSpec, before: Estimate, pose: Pose, felt: Felt, moved: tuple[float, float]
) -> Estimate:
    """Count on by what the wheels report and the gyroscope says.

    Parameters
    ----------
    pose : Pose
        Where the rover truly is afterwards.
    felt : Felt
        What the wheels report.
    moved : tuple of float
        How long the wheels turned [s], and how far the nose swung [rad].
    """
    if spec.is_exact:
        return known(pose)
    used_s, turned_rad = moved
    off_rad = before.heading_rad - (pose.heading_rad - turned_rad)
    cosine, sine = math.cos(off_rad), math.sin(off_rad)
    east_m = felt.east_m * cosine + felt.north_m * sine
    north_m = felt.north_m * cosine - felt.east_m * sine
    way_m = math.hypot(east_m, north_m)
    doubt_frac = spec.odometry_frac + spec.slip_doubt_ratio * abs(felt.slip_frac)
    turned = before.heading_rad + turned_rad + before.gyro_rad_s * used_s
    there = Pose(before.x_m + east_m, before.y_m + north_m, turned % math.tau)
    return carried_on(
        before,
        there,
        (east_m, north_m, used_s, _drift_rad_s(spec) ** 2),
        (doubt_frac * way_m, spec.side_frac * way_m),
    )


def checked(spec: PositionSpec, before: Estimate, pose: Pose, seed: int, tick: int) -> Estimate:
    """Measure the way since the last mark by pictures; only the heading's error stays in it.

    References
    ----------
    .. [1] M. Maimone, Y. Cheng, L. Matthies, "Two years of visual odometry on the Mars
       Exploration Rovers", J. Field Robotics 24(3), 2007 (within 2.5 % over tests of 24 m).
    """
    if spec.is_exact:
        return known(pose)
    east_m, north_m = pose.x_m - before.mark_x_m, pose.y_m - before.mark_y_m
    sigma_m = spec.picture_frac * math.hypot(east_m, north_m)
    off_rad = before.heading_rad - pose.heading_rad
    cosine, sine = math.cos(off_rad), math.sin(off_rad)
    x_m = before.mark_at_x_m + east_m * cosine + north_m * sine
    y_m = before.mark_at_y_m + north_m * cosine - east_m * sine
    x_m += sigma_m * _error(spec, (seed, tick), 1)
    y_m += sigma_m * _error(spec, (seed, tick), 2)
    sure = changed(
        before, east_m2=before.east_m2 + sigma_m**2, north_m2=before.north_m2 + sigma_m**2
    )
    return marked(sure, pose, x_m, y_m)


def sighted(spec: PositionSpec, before: Estimate, pose: Pose, seed: int, tick: int) -> Estimate:
    """Take heading from the Sun and the way from a photograph, as after every picture.

    The Sun's heading and the gyroscope's are weighed by how sure each is; the place that a wrong
    heading led to is put right by as much.
    """
    if spec.is_exact:
        return known(pose)
    seen = checked(spec, before, pose, seed, tick)
    sigma_rad = math.radians(spec.sun_deg)
    whole_rad2 = seen.heading_rad2 + sigma_rad**2
    if seen.heading_rad2 == 0.0 or not whole_rad2 < math.inf:
        return seen
    error_rad = sigma_rad * _error(spec, (seed, tick), 3)
    off_rad = math.remainder(pose.heading_rad + error_rad - seen.heading_rad, math.tau)
    east_m, north_m = seen.east_heading_m / whole_rad2, seen.north_heading_m / whole_rad2
    left_frac = sigma_rad**2 / whole_rad2
    sure = changed(
        seen,
        heading_rad=(seen.heading_rad + (1.0 - left_frac) * off_rad) % math.tau,
        heading_rad2=left_frac * seen.heading_rad2,
        east_m2=seen.east_m2 - east_m * seen.east_heading_m,
        north_m2=seen.north_m2 - north_m * seen.north_heading_m,
        cross_m2=seen.cross_m2 - east_m * seen.north_heading_m,
        east_heading_m=left_frac * seen.east_heading_m,
        north_heading_m=left_frac * seen.north_heading_m,
        **_NO_DRIFT,
    )
    return marked(sure, pose, seen.x_m + east_m * off_rad, seen.y_m + north_m * off_rad)


def fixed(
    spec: PositionSpec, before: Estimate, pose: Pose, sigma_m: float, draw: tuple[int, int]
) -> Estimate:
    """Weigh the belief against a place seen from above, each by how sure it is.

    Parameters
    ----------
    sigma_m : float
        One sigma of the place seen from above, east and north alike. [m]
    draw : tuple of int
        Seed and tick of its error.

    References
    ----------
    .. [1] R. E. Kalman, "A new approach to linear filtering and prediction problems",
       J. Basic Engineering 82, 1960.
    """
    if spec.is_exact:
        return known(pose)
    east_m2, north_m2, cross_m2 = variance_m2(before)
    noise_m2 = sigma_m**2
    area_m4 = (east_m2 + noise_m2) * (north_m2 + noise_m2) - cross_m2**2
    if area_m4 <= 0.0:
        return before

    def gain(with_east: float, with_north: float) -> tuple[float, float]:
        return (
            (with_east * (north_m2 + noise_m2) - with_north * cross_m2) / area_m4,
            (with_north * (east_m2 + noise_m2) - with_east * cross_m2) / area_m4,
        )

    east, north = gain(east_m2, cross_m2), gain(cross_m2, north_m2)
    leans = (before.east_heading_m, before.north_heading_m)
    turn = gain(*leans)
    off_m = (
        pose.x_m + sigma_m * _error(spec, draw, 4) - before.x_m,
        pose.y_m + sigma_m * _error(spec, draw, 5) - before.y_m,
    )
    sure = changed(
        before,
        heading_rad=(before.heading_rad + _dot(turn, off_m)) % math.tau,
        east_m2=east_m2 - _dot(east, (east_m2, cross_m2)),
        north_m2=north_m2 - _dot(north, (cross_m2, north_m2)),
        cross_m2=cross_m2 - _dot(east, (cross_m2, north_m2)),
        heading_rad2=before.heading_rad2 - _dot(turn, leans),
        east_heading_m=leans[0] - _dot(east, leans),
        north_heading_m=leans[1] - _dot(north, leans),
        **_NO_DRIFT,
    )
    return marked(sure, pose, before.x_m + _dot(east, off_m), before.y_m + _dot(north, off_m))


def _drift_rad_s(spec: PositionSpec) -> float:
    return math.radians(spec.gyro_deg_h) / 3600.0


def _dot(one: tuple[float, float], other: tuple[float, float]) -> float:
    return one[0] * other[0] + one[1] * other[1]


def _error(spec: PositionSpec, draw: tuple[int, int], index: int) -> float:
    """Return an error in units of its sigma; none where all is as on the average."""
    return 0.0 if spec.is_mean else normal(draw[0], Stream.POSITION, draw[1], index)
