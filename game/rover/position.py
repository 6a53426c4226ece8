"""Where the rover believes it is: counted by its wheels, put right by pictures and the orbiter.

The error has two sources. Along the way, wheels count more than they cover, because they slip;
across it, the gyroscope drifts, and a wrong heading leads astray. Pictures of the ground passed
(a slip check, a photograph) measure the way since the last ones well; the Sun in a photograph
gives the heading; the orbiter gives the place itself.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

from game.changes import changed
from game.rng import Stream, normal


@dataclass(frozen=True, slots=True)
class PositionSpec:
    """How well the rover keeps its place.

    is_exact : nothing is ever off; for those who want to look around. [-]
    expected_slip_frac : what the odometer takes off for slip. [-]
    odometry_frac : one sigma of the wheels' way, of the way. [-]
    picture_frac : one sigma of a way measured by pictures, of the way. [-]
    gyro_deg_h : one sigma of the drift of heading under way. [deg/h]
    sun_deg : one sigma of a heading taken from the Sun. [deg]
    radio_m : one sigma of a place found from the radio of one pass. [m]
    """

    is_exact: bool
    expected_slip_frac: float
    odometry_frac: float
    picture_frac: float
    gyro_deg_h: float
    sun_deg: float
    radio_m: float

    def __post_init__(self) -> None:
        """Refuse errors below zero."""
        sigmas = (self.odometry_frac, self.picture_frac, self.gyro_deg_h, self.sun_deg)
        if min(*sigmas, self.radio_m) < 0.0:
            raise ValueError("errors of position must not be negative")


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the rover believes of its place, and how sure it is.

    `x_m`, `y_m`, `heading_rad` as in the state. `east_m2`, `north_m2`, `cross_m2` is the variance
    of the place at the last mark but for what heading adds; `heading_rad2` that of the heading.
    A mark is where pictures last measured the way: truth (`mark_x_m` ...) and belief there
    (`mark_at_x_m` ...). `sun_x_m`, `sun_y_m` is the belief where the heading was last taken from
    the Sun. `gyro_rad_s` is the present drift.
    """

    x_m: float = 0.0
    y_m: float = 0.0
    heading_rad: float = 0.0
    east_m2: float = 0.0
    north_m2: float = 0.0
    cross_m2: float = 0.0
    heading_rad2: float = 0.0
    mark_x_m: float = 0.0
    mark_y_m: float = 0.0
    mark_at_x_m: float = 0.0
    mark_at_y_m: float = 0.0
    sun_x_m: float = 0.0
    sun_y_m: float = 0.0
    gyro_rad_s: float = 0.0


NOWHERE = Estimate()


class Pose(NamedTuple):
    """A true place and heading (clockwise from north)."""

    x_m: float
    y_m: float
    heading_rad: float


class Ellipse(NamedTuple):
    """One sigma around the believed place: half axes, and the direction of the longer one."""

    long_m: float
    short_m: float
    azimuth_rad: float


def known(pose: Pose) -> Estimate:
    """Return the estimate of a rover that knows where it stands."""
    x_m, y_m, heading_rad = pose
    return Estimate(
        x_m,
        y_m,
        heading_rad,
        mark_x_m=x_m,
        mark_y_m=y_m,
        mark_at_x_m=x_m,
        mark_at_y_m=y_m,
        sun_x_m=x_m,
        sun_y_m=y_m,
    )


def without_luck(spec: PositionSpec) -> PositionSpec:
    """Return the same without chance, and without any way to find out the present error."""
    return changed(spec, picture_frac=0.0, gyro_deg_h=0.0, sun_deg=math.inf, radio_m=math.inf)


def set_out(spec: PositionSpec, before: Estimate, seed: int, tick: int) -> Estimate:
    """Begin a drive: the gyroscope, zeroed at rest, drifts its own way each time."""
    if spec.gyro_deg_h == 0.0:
        return changed(before, gyro_rad_s=0.0)
    sigma_rad_s = math.radians(spec.gyro_deg_h) / 3600.0
    return changed(before, gyro_rad_s=sigma_rad_s * normal(seed, Stream.POSITION, tick, 0))


def carried(
    spec: PositionSpec,
    before: Estimate,
    pose: Pose,
    felt_m: tuple[float, float],
    moved: tuple[float, float],
) -> Estimate:
    """Count on by what the wheels report and the gyroscope says.

    Parameters
    ----------
    pose : Pose
        Where the rover truly is afterwards.
    felt_m : tuple of float
        Way by the wheels, east and north, as if the heading were right. [m]
    moved : tuple of float
        How long the wheels turned [s], and how far the nose swung [rad].
    """
    if spec.is_exact:
        return known(pose)
    used_s, turned_rad = moved
    off_rad = before.heading_rad - (pose.heading_rad - turned_rad)
    cosine, sine = math.cos(off_rad), math.sin(off_rad)
    drift_rad = before.gyro_rad_s * used_s
    sigma_rad = math.radians(spec.gyro_deg_h) * used_s / 3600.0
    heading_rad2 = before.heading_rad2
    if used_s > 0.0:  # the drift keeps its sign, so deviations add up, not variances
        heading_rad2 = (math.sqrt(heading_rad2) + sigma_rad) ** 2
    return changed(
        before,
        x_m=before.x_m + felt_m[0] * cosine + felt_m[1] * sine,
        y_m=before.y_m + felt_m[1] * cosine - felt_m[0] * sine,
        heading_rad=(before.heading_rad + turned_rad + drift_rad) % math.tau,
        heading_rad2=heading_rad2,
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
    x_m += sigma_m * normal(seed, Stream.POSITION, tick, 1)
    y_m += sigma_m * normal(seed, Stream.POSITION, tick, 2)
    return changed(
        before,
        x_m=x_m,
        y_m=y_m,
        east_m2=before.east_m2 + sigma_m**2,
        north_m2=before.north_m2 + sigma_m**2,
        mark_x_m=pose.x_m,
        mark_y_m=pose.y_m,
        mark_at_x_m=x_m,
        mark_at_y_m=y_m,
    )


def sighted(spec: PositionSpec, before: Estimate, pose: Pose, seed: int, tick: int) -> Estimate:
    """Take heading from the Sun and the way from a photograph, as after every picture."""
    if spec.is_exact:
        return known(pose)
    seen = checked(spec, before, pose, seed, tick)
    sigma_rad = math.radians(spec.sun_deg)
    if sigma_rad**2 >= seen.heading_rad2:
        return seen
    east_m2, north_m2, cross_m2 = _variance_m2(spec, seen)
    error_rad = sigma_rad * normal(seed, Stream.POSITION, tick, 3)
    return changed(
        seen,
        heading_rad=(pose.heading_rad + error_rad) % math.tau,
        heading_rad2=sigma_rad**2,
        east_m2=east_m2,
        north_m2=north_m2,
        cross_m2=cross_m2,
        sun_x_m=seen.x_m,
        sun_y_m=seen.y_m,
    )


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
    east_m2, north_m2, cross_m2 = _variance_m2(spec, before)
    noise_m2 = sigma_m**2
    area_m4 = (east_m2 + noise_m2) * (north_m2 + noise_m2) - cross_m2**2
    if area_m4 <= 0.0:
        return before
    gain_xx = (east_m2 * (north_m2 + noise_m2) - cross_m2**2) / area_m4
    gain_yy = (north_m2 * (east_m2 + noise_m2) - cross_m2**2) / area_m4
    gain_xy = cross_m2 * noise_m2 / area_m4
    off_x_m = pose.x_m + sigma_m * normal(*_draw(draw, 4)) - before.x_m
    off_y_m = pose.y_m + sigma_m * normal(*_draw(draw, 5)) - before.y_m
    x_m = before.x_m + gain_xx * off_x_m + gain_xy * off_y_m
    y_m = before.y_m + gain_xy * off_x_m + gain_yy * off_y_m
    return Estimate(
        x_m,
        y_m,
        before.heading_rad,
        (1.0 - gain_xx) * east_m2 - gain_xy * cross_m2,
        (1.0 - gain_yy) * north_m2 - gain_xy * cross_m2,
        (1.0 - gain_xx) * cross_m2 - gain_xy * north_m2,
        before.heading_rad2,
        mark_x_m=pose.x_m,
        mark_y_m=pose.y_m,
        mark_at_x_m=x_m,
        mark_at_y_m=y_m,
        sun_x_m=x_m,
        sun_y_m=y_m,
        gyro_rad_s=before.gyro_rad_s,
    )


def ellipse(spec: PositionSpec, estimate: Estimate) -> Ellipse:
    """Return the one-sigma ellipse around the believed place."""
    east_m2, north_m2, cross_m2 = _variance_m2(spec, estimate)
    middle_m2 = (east_m2 + north_m2) / 2.0
    spread_m2 = math.hypot((east_m2 - north_m2) / 2.0, cross_m2)
    azimuth_rad = math.atan2(2.0 * cross_m2, north_m2 - east_m2) / 2.0
    return Ellipse(
        math.sqrt(max(0.0, middle_m2 + spread_m2)),
        math.sqrt(max(0.0, middle_m2 - spread_m2)),
        azimuth_rad % math.pi,
    )


def _variance_m2(spec: PositionSpec, estimate: Estimate) -> tuple[float, float, float]:
    """East, north and cross variance: marks, way since the last one, and heading [m2]."""
    east_m, north_m = estimate.x_m - estimate.mark_at_x_m, estimate.y_m - estimate.mark_at_y_m
    along = spec.odometry_frac**2
    east_m2 = estimate.east_m2 + along * east_m**2
    north_m2 = estimate.north_m2 + along * north_m**2
    cross_m2 = estimate.cross_m2 + along * east_m * north_m
    east_m, north_m = estimate.x_m - estimate.sun_x_m, estimate.y_m - estimate.sun_y_m
    return (
        east_m2 + estimate.heading_rad2 * north_m**2,
        north_m2 + estimate.heading_rad2 * east_m**2,
        cross_m2 - estimate.heading_rad2 * east_m * north_m,
    )


def _draw(draw: tuple[int, int], index: int) -> tuple[int, Stream, int, int]:
    return draw[0], Stream.POSITION, draw[1], index
