"""The covariance of the believed place against the textbook's matrices, written out in full.

State: east, north, heading (clockwise from north), drift of the heading. R. E. Kalman, "A new
approach to linear filtering and prediction problems", J. Basic Engineering 82, 1960.
"""

import math
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from game.rng import Stream, normal
from game.rover.estimate import Estimate, Felt, Pose, ellipse, known
from game.rover.position import PositionSpec, carried, fixed, sighted

Array = NDArray[np.float64]

SEED, TICK = 7, 11
SPEC = PositionSpec(
    is_exact=False,
    usual_soil="compact_sand",
    odometry_frac=0.03,
    slip_doubt_ratio=0.5,
    side_frac=0.01,
    picture_frac=0.0,
    gyro_deg_h=0.0,
    sun_deg=1.0,
    radio_m=10.0,
)
TRUTH = Pose(3.0, -2.0, 0.4)
BELIEF = Estimate(
    x_m=1.0,
    y_m=0.5,
    heading_rad=0.5,
    east_m2=4.0,
    north_m2=2.0,
    cross_m2=-1.5,
    heading_rad2=0.01,
    east_heading_m=0.1,
    north_heading_m=-0.06,
    mark_x_m=3.0,  # the mark is where the rover stands: pictures add nothing
    mark_y_m=-2.0,
    mark_at_x_m=1.0,
    mark_at_y_m=0.5,
)


def covariance(of: Estimate) -> Array:
    """East, north and heading."""
    return np.array(
        [
            [of.east_m2, of.cross_m2, of.east_heading_m],
            [of.cross_m2, of.north_m2, of.north_heading_m],
            [of.east_heading_m, of.north_heading_m, of.heading_rad2],
        ]
    )


def weighed(seen: Array, rows: Array, noise: Array) -> tuple[Array, Array]:
    """Return the belief after a measurement in the information form: inverses add up."""
    before = np.linalg.inv(covariance(BELIEF))
    told = rows.T @ np.linalg.inv(noise)
    after = np.asarray(np.linalg.inv(before + told @ rows), np.float64)
    middle = np.array([BELIEF.x_m, BELIEF.y_m, BELIEF.heading_rad])
    return after @ (before @ middle + told @ seen), after


def test_a_place_seen_from_above_is_weighed_as_the_inverses_of_the_covariances_add_up() -> None:
    sigma_m = 1.5
    errors = [sigma_m * normal(SEED, Stream.POSITION, TICK, index) for index in (4, 5)]
    seen = np.array([TRUTH.x_m + errors[0], TRUTH.y_m + errors[1]])
    middle, wanted = weighed(seen, np.eye(2, 3), sigma_m**2 * np.eye(2))
    after = fixed(SPEC, BELIEF, TRUTH, sigma_m, (SEED, TICK))
    assert (after.x_m, after.y_m, after.heading_rad) == pytest.approx(middle)
    assert covariance(after) == pytest.approx(wanted)


def test_the_sun_puts_the_place_right_as_far_as_it_hangs_on_the_heading() -> None:
    sigma_rad = math.radians(SPEC.sun_deg)
    error_rad = sigma_rad * normal(SEED, Stream.POSITION, TICK, 3)
    seen = np.array([TRUTH.heading_rad + error_rad])
    middle, wanted = weighed(seen, np.array([[0.0, 0.0, 1.0]]), np.array([[sigma_rad**2]]))
    after = sighted(SPEC, BELIEF, TRUTH, SEED, TICK)
    assert (after.x_m, after.y_m, after.heading_rad) == pytest.approx(middle)
    assert covariance(after) == pytest.approx(wanted)


def test_a_way_carries_the_covariance_from_both_sides() -> None:
    # P' = F P F' for (east, north, heading, drift): a heading error e moves the place by e times
    # the way to its right (north for east, minus east for north), and the drift turns the heading.
    drift_rad_s = math.radians(30.0) / 3600.0
    spec = replace(SPEC, odometry_frac=0.0, side_frac=0.0, gyro_deg_h=30.0)
    used_s = (100.0, 250.0)
    ways = ((3.0, 4.0), (-2.0, 5.0))
    state = replace(known(Pose(0.0, 0.0, 0.0)), heading_rad2=0.01)
    wanted = np.diag([0.0, 0.0, 0.01, drift_rad_s**2])
    for (east_m, north_m), seconds in zip(ways, used_s, strict=True):
        pose = Pose(state.x_m + east_m, state.y_m + north_m, 0.0)
        state = carried(spec, state, pose, Felt(east_m, north_m), (seconds, 0.0))
        turn = np.eye(4)
        turn[0, 2], turn[1, 2], turn[2, 3] = north_m, -east_m, seconds
        wanted = turn @ wanted @ turn.T
    assert covariance(state) == pytest.approx(wanted[:3, :3])


@pytest.mark.parametrize("pieces", [1, 4, 50])
def test_the_doubt_of_the_wheels_is_a_share_of_the_way_however_it_is_cut(pieces: int) -> None:
    # One odometer has one error of scale: sigmas add up, not variances. 3 % of 20 m ahead,
    # 1 % aside; the way leads east, so the ellipse does.
    state = known(Pose(0.0, 0.0, 0.0))
    for at in range(1, pieces + 1):
        pose = Pose(20.0 * at / pieces, 0.0, 0.0)
        state = carried(SPEC, state, pose, Felt(20.0 / pieces, 0.0), (60.0, 0.0))
    found = ellipse(state)
    assert (found.long_m, found.short_m) == pytest.approx((0.6, 0.2))
    assert found.azimuth_rad == pytest.approx(math.pi / 2.0)


def test_slip_that_is_taken_off_may_be_wrong_by_half_of_itself() -> None:
    felt = Felt(0.0, 10.0, 0.2)
    state = carried(SPEC, known(Pose(0.0, 0.0, 0.0)), Pose(0.0, 10.0, 0.0), felt, (60.0, 0.0))
    assert ellipse(state).long_m == pytest.approx((0.03 + 0.5 * 0.2) * 10.0)


def test_an_ellipse_is_in_metres_along_its_own_axes() -> None:
    found = ellipse(Estimate(east_m2=9.0, north_m2=0.25))
    assert (found.long_m, found.short_m) == (3.0, 0.5)
    assert found.azimuth_rad == pytest.approx(math.pi / 2.0)
