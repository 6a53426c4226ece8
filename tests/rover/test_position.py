"""Where the rover believes to be: errors that grow, ellipses that are honest, fixes that help."""

import math
from dataclasses import replace

import pytest

from game.events import PositionFixed
from game.rover.drive import DriveKind, DriveOrder
from game.rover.gear import MobilityState, Where
from game.rover.mobility import (
    as_believed,
    begin_drive,
    initial_mobility,
    leg_ticks,
    step_mobility,
    with_fix,
    with_sight,
)
from game.rover.position import (
    Estimate,
    Pose,
    PositionSpec,
    carried,
    ellipse,
    fixed,
    known,
)
from tests.rover.machines import COMPACT, DURICRUST, LOOSE, Plane
from tests.rover.trips import HERE, SPEC, arc, drive, goto, rise

SEEDS = range(30)
POSITION = SPEC.position


def error_m(state: MobilityState) -> float:
    return math.hypot(state.estimate.x_m - state.x_m, state.estimate.y_m - state.y_m)


def blind(distance_m: float, ground: Plane, seed: int) -> MobilityState:
    return drive(arc(distance_m), ground, seed=seed, ticks=10).state


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_by_wheels_alone_the_error_grows_with_the_way_and_with_slip() -> None:
    # MER: within 10 % of the way by wheels and gyroscope (Maimone, Cheng, Matthies 2007).
    short = mean([error_m(blind(10.0, Plane(DURICRUST), seed)) for seed in SEEDS])
    long = mean([error_m(blind(40.0, Plane(DURICRUST), seed)) for seed in SEEDS])
    sandy = mean([error_m(blind(10.0, Plane(LOOSE), seed)) for seed in SEEDS])
    sloping = mean([error_m(blind(10.0, Plane(LOOSE, north=rise(8.0)), seed)) for seed in SEEDS])
    assert 2.0 * short < long < 0.1 * 40.0
    assert short < sandy < sloping
    assert sloping > 0.1 * 8.0  # a fifth of the way is lost to slip, and the wheels count it


def test_pictures_on_the_way_keep_the_error_small() -> None:
    # Visual odometry on MER: within 2.5 % over 24 m.
    ground = Plane(COMPACT, north=rise(-6.0))
    errors = [error_m(drive(goto(0.0, 24.0), ground, seed=seed).state) for seed in SEEDS]
    assert mean(errors) < 0.025 * 24.0
    assert mean(errors) < mean([error_m(blind(24.0, ground, seed)) for seed in SEEDS])


def test_the_ellipse_is_honest() -> None:
    # Squared error in units of the ellipse: 2 on average if it is; crust is better than its fear.
    squares = []
    for seed in SEEDS:
        state, tick = HERE, 0
        for _ in range(3):
            x_m, y_m = state.estimate.x_m, state.estimate.y_m
            order = DriveOrder(DriveKind.GOTO, x_m=x_m + 6.0, y_m=y_m - 10.0)
            state = begin_drive(SPEC, state, order, seed, tick)
            while state.drive is not None:
                dt_s = leg_ticks(SPEC, state)
                where = Where(Plane(DURICRUST), seed, tick)
                state, _, _ = step_mobility(SPEC, state, where, float(dt_s))
                tick += dt_s
            state = with_sight(SPEC, state, seed, tick)
            tick += 88_775
        found = ellipse(POSITION, state.estimate)
        off_x, off_y = state.estimate.x_m - state.x_m, state.estimate.y_m - state.y_m
        along = off_x * math.sin(found.azimuth_rad) + off_y * math.cos(found.azimuth_rad)
        across = off_x * math.cos(found.azimuth_rad) - off_y * math.sin(found.azimuth_rad)
        squares.append((along / found.long_m) ** 2 + (across / found.short_m) ** 2)
    assert 1.0 < mean(squares) < 3.0


def test_a_photograph_takes_the_heading_from_the_sun() -> None:
    lost = replace(
        HERE.estimate, heading_rad=math.radians(4.0), heading_rad2=math.radians(3.0) ** 2
    )
    sure = with_sight(SPEC, replace(HERE, estimate=lost), 7, 100).estimate
    off_rad = math.remainder(sure.heading_rad, math.tau)
    assert abs(off_rad) < math.radians(4.0 * POSITION.sun_deg)
    assert sure.heading_rad2 == pytest.approx(math.radians(POSITION.sun_deg) ** 2)


def test_a_wrong_heading_leads_astray_sideways() -> None:
    before = replace(known(Pose(0.0, 0.0, 0.0)), heading_rad=0.1, heading_rad2=0.01)
    after = carried(POSITION, before, Pose(0.0, 10.0, 0.0), (0.0, 10.0), (180.0, 0.0))
    assert after.x_m == pytest.approx(10.0 * math.sin(0.1))
    assert after.y_m == pytest.approx(10.0 * math.cos(0.1))
    found = ellipse(POSITION, after)
    assert found.azimuth_rad == pytest.approx(math.pi / 2.0, abs=0.4)  # longer across the way
    assert found.long_m > found.short_m


def test_the_orbiter_pulls_a_lost_rover_back() -> None:
    wide = replace(HERE.estimate, x_m=30.0, y_m=-20.0, east_m2=900.0, north_m2=900.0)
    state, events = with_fix(SPEC, replace(HERE, estimate=wide), "picture", 1.0, (7, 5))
    assert error_m(state) < 4.0
    (fix,) = events
    assert isinstance(fix, PositionFixed)
    assert fix.source == "picture"
    assert fix.moved_m == pytest.approx(math.hypot(30.0, 20.0), rel=0.15)
    assert fix.sigma_m == pytest.approx(1.0, rel=0.05)
    sure, none = with_fix(SPEC, HERE, "radio", 10.0, (7, 5))
    assert (sure, none) == (HERE, ())  # what is known better is left alone


def test_fixes_are_weighed_like_kalman_does() -> None:
    before = Estimate(x_m=4.0, y_m=0.0, east_m2=4.0, north_m2=1.0)
    exact = PositionSpec(False, 0.0, 0.0, 0.0, 0.0, 0.0, 10.0)
    after = fixed(exact, before, Pose(0.0, 0.0, 0.0), 2.0, (7, 11))
    assert after.east_m2 == pytest.approx(1.0 / (1.0 / 4.0 + 1.0 / 4.0))
    assert after.north_m2 == pytest.approx(1.0 / (1.0 / 1.0 + 1.0 / 4.0))
    assert after.cross_m2 == 0.0
    many = [fixed(exact, before, Pose(0.0, 0.0, 0.0), 2.0, (seed, 11)).x_m for seed in range(400)]
    assert mean(many) == pytest.approx(2.0, abs=0.2)  # half of the way, both being as sure


def test_an_ellipse_has_its_long_axis_where_the_error_is() -> None:
    slanted = Estimate(east_m2=2.0, north_m2=2.0, cross_m2=1.0)
    found = ellipse(POSITION, slanted)
    assert found.long_m == pytest.approx(math.sqrt(3.0))
    assert found.short_m == pytest.approx(1.0)
    assert found.azimuth_rad == pytest.approx(math.pi / 4.0)


def test_where_the_truth_is_shown_nothing_drifts() -> None:
    spec = replace(SPEC, position=replace(POSITION, is_exact=True))
    state = drive(goto(3.0, 20.0), Plane(LOOSE), spec=spec).state
    assert error_m(state) == 0.0
    assert state.estimate.heading_rad == state.heading_rad
    assert ellipse(spec.position, state.estimate).long_m == 0.0


def test_a_drive_goes_by_what_the_rover_believes() -> None:
    off = replace(HERE, estimate=replace(HERE.estimate, x_m=2.0, mark_at_x_m=2.0))
    state = drive(goto(2.0, 12.0), Plane(DURICRUST), off).state
    assert state.x_m == pytest.approx(0.0, abs=0.6)
    assert as_believed(state).x_m == state.estimate.x_m == pytest.approx(2.0, abs=0.6)


def test_the_same_seed_drifts_the_same_way_and_another_one_elsewhere() -> None:
    ground = Plane(COMPACT)
    first, again = blind(20.0, ground, 7).estimate, blind(20.0, ground, 7).estimate
    assert first == again
    assert first != blind(20.0, ground, 8).estimate
    assert initial_mobility(1.0, 2.0, 0.5, False).estimate == known(Pose(1.0, 2.0, 0.5))


def test_errors_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="must not be negative"):
        replace(POSITION, sun_deg=-1.0)
