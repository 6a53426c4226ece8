"""Where the rover believes to be: errors that grow, ellipses that are honest, fixes that help."""

import math
from dataclasses import replace
from typing import NamedTuple

import pytest

from game.commands import Navigation
from game.events import PositionFixed
from game.levels.open import OpenedLevel
from game.rng import Stream, uniform
from game.rover.drive import DriveKind, DriveOrder
from game.rover.estimate import Estimate, Felt, Pose, ellipse, known
from game.rover.footing import Country
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
from game.rover.position import PositionSpec, carried, fixed
from tests.rover.machines import COMPACT, DURICRUST, LOOSE, Plane
from tests.rover.trips import HERE, SPEC, arc, drive, goto, rise

SEEDS = range(30)
POSITION = SPEC.position


def error_m(state: MobilityState) -> float:
    return math.hypot(state.estimate.x_m - state.x_m, state.estimate.y_m - state.y_m)


def blind(distance_m: float, ground: Plane, seed: int) -> MobilityState:
    return drive(arc(distance_m), ground, seed=seed, ticks=10).state


class Stroll(NamedTuple):
    """How one drive of 10 to 25 m on the ground of the default level ended.

    Error ahead and to the right of the way [m], and its square in units of the ellipse [-].
    """

    navigation: Navigation
    way_m: float
    ahead_m: float
    aside_m: float
    square: float


@pytest.fixture(scope="module")
def strolls(ninety: OpenedLevel) -> list[Stroll]:
    """120 drives of each kind from random places in random directions."""
    land = Country(ninety.setup.terrain, ninety.setup.smallest_rock_m)
    kinds = (Navigation.BLIND, Navigation.VISUAL, Navigation.AUTONOMOUS)
    return [strolled(land, kind, seed) for kind in kinds for seed in range(120)]


def strolled(land: Country, navigation: Navigation, seed: int) -> Stroll:
    draw = [uniform(11, Stream.AGENT, seed, index) for index in range(4)]
    bearing_rad, way_m = math.tau * draw[2], 10.0 + 15.0 * draw[3]
    ahead = (math.sin(bearing_rad), math.cos(bearing_rad))
    x_m, y_m = 300.0 * draw[0] - 150.0, 300.0 * draw[1] - 150.0
    order = DriveOrder(
        DriveKind.GOTO,
        x_m=x_m + way_m * ahead[0],
        y_m=y_m + way_m * ahead[1],
        navigation=navigation,
    )
    state = drive(order, land, initial_mobility(x_m, y_m, bearing_rad, False), seed=seed).state
    off_x, off_y = state.estimate.x_m - state.x_m, state.estimate.y_m - state.y_m
    found = ellipse(state.estimate)
    sine, cosine = math.sin(found.azimuth_rad), math.cos(found.azimuth_rad)
    along, across = off_x * sine + off_y * cosine, off_x * cosine - off_y * sine
    return Stroll(
        navigation,
        way_m,
        off_x * ahead[0] + off_y * ahead[1],
        off_x * ahead[1] - off_y * ahead[0],
        (along / found.long_m) ** 2 + (across / found.short_m) ** 2,
    )


def mean(values: list[float]) -> float:
    return sum(values) / len(values)


def test_by_wheels_alone_the_error_grows_with_the_way_and_on_strange_soil() -> None:
    # MER: within 10 % of the way by wheels and gyroscope (Maimone, Cheng, Matthies 2007). What a
    # usual soil slips on the slope felt is taken off; what another one slips more, is not.
    short = mean([error_m(blind(10.0, Plane(DURICRUST), seed)) for seed in SEEDS])
    long = mean([error_m(blind(40.0, Plane(DURICRUST), seed)) for seed in SEEDS])
    usual = mean([error_m(blind(10.0, Plane(COMPACT, north=rise(8.0)), seed)) for seed in SEEDS])
    strange = mean([error_m(blind(10.0, Plane(LOOSE, north=rise(12.0)), seed)) for seed in SEEDS])
    assert 2.0 * short < long < 0.1 * 40.0
    assert usual < 0.05 * 8.0
    assert usual < 0.5 * strange  # loose sand takes a third, the odometer a quarter
    assert strange > 0.1 * 6.0


def test_the_odometer_is_right_on_average_on_real_ground(strolls: list[Stroll]) -> None:
    # 120 blind drives of 10 to 25 m: no bias to either side.
    blind_ones = [one for one in strolls if one.navigation is Navigation.BLIND]
    ahead = [one.ahead_m / one.way_m for one in blind_ones]
    aside = [one.aside_m / one.way_m for one in blind_ones]
    assert abs(mean(ahead)) < 0.01
    assert abs(mean(aside)) < 0.002


@pytest.mark.parametrize("navigation", [Navigation.VISUAL, Navigation.AUTONOMOUS])
def test_two_fifths_end_inside_one_sigma_and_six_of_seven_inside_two(
    strolls: list[Stroll], navigation: Navigation
) -> None:
    # Two dimensions: 1 - exp(-1/2) = 39 % and 1 - exp(-2) = 86 %; 120 drives scatter by 5 and 3 %.
    squares = [one.square for one in strolls if one.navigation is navigation]
    assert sum(square <= 1.0 for square in squares) / len(squares) == pytest.approx(0.39, abs=0.10)
    assert sum(square <= 4.0 for square in squares) / len(squares) == pytest.approx(0.86, abs=0.07)
    assert mean(squares) == pytest.approx(2.0, abs=0.5)


def test_blind_drives_fear_rather_too_much_than_too_little(strolls: list[Stroll]) -> None:
    # Slip has long tails: the ellipse is wide for most, and now and then a wheel digs in.
    squares = [one.square for one in strolls if one.navigation is Navigation.BLIND]
    assert 0.39 < sum(square <= 1.0 for square in squares) / len(squares) < 0.65
    assert sum(square <= 4.0 for square in squares) / len(squares) > 0.84


def test_pictures_on_the_way_keep_the_error_small() -> None:
    # Visual odometry on MER: within 2.5 % over 24 m.
    ground = Plane(DURICRUST, north=rise(-6.0))
    errors = [error_m(drive(goto(0.0, 24.0), ground, seed=seed).state) for seed in SEEDS]
    assert mean(errors) < 0.025 * 24.0
    assert mean(errors) < mean([error_m(blind(24.0, ground, seed)) for seed in SEEDS])


def test_the_ellipse_is_honest() -> None:
    # Squared error in units of the ellipse: 2 on average if it is.
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
        found = ellipse(state.estimate)
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
    both = 1.0 / (1.0 / math.radians(POSITION.sun_deg) ** 2 + 1.0 / math.radians(3.0) ** 2)
    assert sure.heading_rad2 == pytest.approx(both)


def test_a_wrong_heading_leads_astray_sideways() -> None:
    before = replace(known(Pose(0.0, 0.0, 0.0)), heading_rad=0.1, heading_rad2=0.01)
    after = carried(POSITION, before, Pose(0.0, 10.0, 0.0), Felt(0.0, 10.0), (180.0, 0.0))
    assert after.x_m == pytest.approx(10.0 * math.sin(0.1))
    assert after.y_m == pytest.approx(10.0 * math.cos(0.1))
    found = ellipse(after)
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
    exact = PositionSpec(False, "compact_sand", 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 10.0)
    after = fixed(exact, before, Pose(0.0, 0.0, 0.0), 2.0, (7, 11))
    assert after.east_m2 == pytest.approx(1.0 / (1.0 / 4.0 + 1.0 / 4.0))
    assert after.north_m2 == pytest.approx(1.0 / (1.0 / 1.0 + 1.0 / 4.0))
    assert after.cross_m2 == 0.0
    many = [fixed(exact, before, Pose(0.0, 0.0, 0.0), 2.0, (seed, 11)).x_m for seed in range(400)]
    assert mean(many) == pytest.approx(2.0, abs=0.2)  # half of the way, both being as sure


def test_an_ellipse_has_its_long_axis_where_the_error_is() -> None:
    slanted = Estimate(east_m2=2.0, north_m2=2.0, cross_m2=1.0)
    found = ellipse(slanted)
    assert found.long_m == pytest.approx(math.sqrt(3.0))
    assert found.short_m == pytest.approx(1.0)
    assert found.azimuth_rad == pytest.approx(math.pi / 4.0)


def test_where_the_truth_is_shown_nothing_drifts() -> None:
    spec = replace(SPEC, position=replace(POSITION, is_exact=True))
    state = drive(goto(3.0, 20.0), Plane(LOOSE), spec=spec).state
    assert error_m(state) == 0.0
    assert state.estimate.heading_rad == state.heading_rad
    assert ellipse(state.estimate).long_m == 0.0


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
