"""A belief about place and heading, and its covariance: carried along a way, shown as an ellipse.

`position.py` says what moves and what mends it.
"""

import math
from dataclasses import dataclass
from typing import NamedTuple

from game.changes import changed, quick


@dataclass(frozen=True, slots=True)
class Estimate:
    """What the rover believes of its place, and how sure it is.

    `x_m`, `y_m`, `heading_rad` as in the state. `east_m2`, `north_m2`, `cross_m2` is the variance
    of the place but for what the wheels have counted since the last mark, `heading_rad2` that of
    the heading; `east_heading_m` and so on are covariances (with the heading in radians, with the
    drift in radians a second). `counted_m`, `aside_m` are one sigma of the wheels' way since the
    mark, along and across it. A mark is where pictures last measured the way: truth (`mark_x_m`
    ...) and belief there (`mark_at_x_m` ...). `gyro_rad_s` is the present drift.
    """

    x_m: float = 0.0
    y_m: float = 0.0
    heading_rad: float = 0.0
    east_m2: float = 0.0
    north_m2: float = 0.0
    cross_m2: float = 0.0
    heading_rad2: float = 0.0
    east_heading_m: float = 0.0
    north_heading_m: float = 0.0
    east_drift_m_s: float = 0.0
    north_drift_m_s: float = 0.0
    heading_drift_rad2_s: float = 0.0
    counted_m: float = 0.0
    aside_m: float = 0.0
    mark_x_m: float = 0.0
    mark_y_m: float = 0.0
    mark_at_x_m: float = 0.0
    mark_at_y_m: float = 0.0
    gyro_rad_s: float = 0.0


NOWHERE = Estimate()
_made = quick(Estimate)


class Pose(NamedTuple):
    """A true place and heading (clockwise from north)."""

    x_m: float
    y_m: float
    heading_rad: float


class Felt(NamedTuple):
    """Way by the wheels, east and north as if the heading were right, and the slip taken off it."""

    east_m: float
    north_m: float
    slip_frac: float = 0.0


class Ellipse(NamedTuple):
    """One sigma around the believed place: half axes, and the direction of the longer one."""

    long_m: float
    short_m: float
    azimuth_rad: float


def known(pose: Pose) -> Estimate:
    """Return the estimate of a rover that knows where it stands."""
    x_m, y_m, heading_rad = pose
    return Estimate(
        x_m, y_m, heading_rad, mark_x_m=x_m, mark_y_m=y_m, mark_at_x_m=x_m, mark_at_y_m=y_m
    )


def carried_on(
    was: Estimate, pose: Pose, way: tuple[float, float, float, float], sigmas: tuple[float, float]
) -> Estimate:
    """Carry a belief and its covariance along a way.

    Parameters
    ----------
    pose : Pose
        The belief at its end.
    way : tuple of float
        East, north [m], how long it took [s], and the variance of the drift [rad2/s2].
    sigmas : tuple of float
        What the wheels' count adds along and across the way since the mark. [m]

    Notes
    -----
    A heading error e moves the place by e times the way, to the right of it, and grows by the
    drift; so every sum below is a row of F P F'.
    """
    east_m, north_m, used_s, drift_rad2_s2 = way
    heading_rad2, bend = was.heading_rad2, was.heading_drift_rad2_s
    east_heading_m = was.east_heading_m + north_m * heading_rad2
    north_heading_m = was.north_heading_m - east_m * heading_rad2
    east_drift_m_s = was.east_drift_m_s + north_m * bend
    north_drift_m_s = was.north_drift_m_s - east_m * bend
    return _made(
        *pose,
        was.east_m2 + north_m * (was.east_heading_m + east_heading_m),
        was.north_m2 - east_m * (was.north_heading_m + north_heading_m),
        was.cross_m2 - east_m * was.east_heading_m + north_m * north_heading_m,
        heading_rad2 + used_s * (2.0 * bend + used_s * drift_rad2_s2),
        east_heading_m + used_s * east_drift_m_s,
        north_heading_m + used_s * north_drift_m_s,
        east_drift_m_s,
        north_drift_m_s,
        bend + used_s * drift_rad2_s2,
        was.counted_m + sigmas[0],
        was.aside_m + sigmas[1],
        was.mark_x_m,
        was.mark_y_m,
        was.mark_at_x_m,
        was.mark_at_y_m,
        was.gyro_rad_s,
    )


def marked(before: Estimate, pose: Pose, x_m: float, y_m: float) -> Estimate:
    """Put a mark where the rover stands, which it takes for that place."""
    return changed(
        before,
        x_m=x_m,
        y_m=y_m,
        counted_m=0.0,
        aside_m=0.0,
        mark_x_m=pose.x_m,
        mark_y_m=pose.y_m,
        mark_at_x_m=x_m,
        mark_at_y_m=y_m,
    )


def ellipse(estimate: Estimate) -> Ellipse:
    """Return the one-sigma ellipse around the believed place."""
    return ellipse_of(variance_m2(estimate))


def ellipse_of(doubt_m2: tuple[float, float, float]) -> Ellipse:
    """Return the one-sigma ellipse of an east, north and cross variance [m2]."""
    east_m2, north_m2, cross_m2 = doubt_m2
    middle_m2 = (east_m2 + north_m2) / 2.0
    spread_m2 = math.hypot((east_m2 - north_m2) / 2.0, cross_m2)
    azimuth_rad = math.atan2(2.0 * cross_m2, north_m2 - east_m2) / 2.0
    return Ellipse(
        math.sqrt(max(0.0, middle_m2 + spread_m2)),
        math.sqrt(max(0.0, middle_m2 - spread_m2)),
        azimuth_rad % math.pi,
    )


def variance_m2(estimate: Estimate) -> tuple[float, float, float]:
    """East, north and cross variance, with what the wheels have counted since the mark [m2]."""
    east_m, north_m = estimate.x_m - estimate.mark_at_x_m, estimate.y_m - estimate.mark_at_y_m
    way_m = math.hypot(east_m, north_m)
    along_m2, across_m2 = estimate.counted_m**2, estimate.aside_m**2
    east, north = (east_m / way_m, north_m / way_m) if way_m > 0.0 else (0.0, 1.0)
    return (
        estimate.east_m2 + along_m2 * east * east + across_m2 * north * north,
        estimate.north_m2 + along_m2 * north * north + across_m2 * east * east,
        estimate.cross_m2 + (along_m2 - across_m2) * east * north,
    )
