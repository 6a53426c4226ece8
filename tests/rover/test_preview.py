"""What a drive is said to cost, against what it costs on the ground of the default level."""

import math
from dataclasses import dataclass, replace

import pytest

from game.commands import Navigation
from game.events import StopReason
from game.levels.open import OpenedLevel, open_level
from game.rng import Stream, uniform
from game.rover.drive import DriveKind, DriveOrder, Obstacle
from game.rover.footing import Country
from game.rover.mobility import initial_mobility
from game.rover.preview import DrivePreview, preview_route, usual_gear
from game.rover.rehearsal import goto as rehearsal_goto
from game.rover.rehearsal import rehearsed
from tests.rover.machines import DURICRUST, Plane
from tests.rover.trips import SPEC, Trip, drive

TENTH = 0.10
AS_REHEARSED = replace(usual_gear(SPEC), slip_warn_frac=1.0)
SAME_WAY_M = 2.0  # less than a rock with its clearance


def country(opened: OpenedLevel) -> Country:
    return Country(opened.setup.terrain, opened.setup.smallest_rock_m)


@dataclass(frozen=True)
class Compared:
    """A completed drive against its rehearsal: energy with the awake rover, time, and checks.

    `off_count` is how many checks more were made than expected: soil that slips more or less than
    its kind usually does, which nobody knows beforehand, or a last one just before the goal.
    `aside_m` is how far the drive went from the rehearsed way: past a rock on its other side, where
    an inch decides, it is some metres.
    """

    energy: float
    time: float
    off_count: float
    energy_but_checks: float
    time_but_checks: float
    aside_m: float

    def worst(self) -> float:
        return max(abs(self.energy), abs(self.time))

    def worst_but_checks(self) -> float:
        return max(abs(self.energy_but_checks), abs(self.time_but_checks))


def compared(seen: DrivePreview, trip: Trip, usual: Trip) -> Compared:
    off_count = trip.check_count - seen.check_count
    check_s = off_count * SPEC.navigation.autonomous.check_s
    expected_j = seen.energy_j + SPEC.awake_w * seen.duration_s
    used_j = trip.energy_j + SPEC.awake_w * trip.seconds
    check_j = (SPEC.look_w + SPEC.awake_w) * check_s
    return Compared(
        used_j / expected_j - 1.0,
        trip.seconds / seen.duration_s - 1.0,
        off_count,
        (used_j - check_j) / expected_j - 1.0,
        (trip.seconds - check_s) / seen.duration_s - 1.0,
        max(min(math.dist(at, other) for other in usual.track) for at in trip.track),
    )


def flown(
    land: Country, number: int, navigation: Navigation, span_m: tuple[float, float]
) -> Compared | None:
    """One drive from a random place in a random direction, seen beforehand and completed.

    None if it stopped, or if its rehearsal said that it may.
    """
    draw = [uniform(5, Stream.AGENT, number, index) for index in range(4)]
    start = (80.0 * draw[0] - 40.0, -20.0 - 80.0 * draw[1])
    bearing_rad, way_m = math.tau * draw[2], span_m[0] + (span_m[1] - span_m[0]) * draw[3]
    end = (start[0] + way_m * math.sin(bearing_rad), start[1] + way_m * math.cos(bearing_rad))
    order = DriveOrder(DriveKind.GOTO, x_m=end[0], y_m=end[1], navigation=navigation)
    rover = initial_mobility(*start, bearing_rad, is_on_lander=False)
    seen = rehearsed(SPEC, land, start, bearing_rad, order)
    trip = drive(order, land, rover, seed=number)
    if not trip.end().reason is seen.ends is StopReason.DONE:
        return None
    return compared(seen, trip, drive(order, land, rover, AS_REHEARSED, seed=0))


def completed(
    land: Country, numbers: range, navigation: Navigation, span_m: tuple[float, float]
) -> list[Compared]:
    drives = [flown(land, number, navigation, span_m) for number in numbers]
    return [one for one in drives if one is not None]


def test_every_completed_drive_of_some_length_takes_what_was_said_within_a_tenth(
    ninety: OpenedLevel,
) -> None:
    drives = completed(country(ninety), range(14), Navigation.AUTONOMOUS, (40.0, 130.0))
    assert len(drives) >= 10
    assert max(one.worst() for one in drives) <= TENTH


@pytest.mark.slow
@pytest.mark.parametrize("level", ["ninety-sols", "ripple-field", "first-hundred-metres"])
def test_every_completed_drive_on_every_ground_takes_what_was_said_within_a_tenth(
    level: str,
) -> None:
    # Measured: 125 of 126 within 9.3 %, and one of 13.1 % that passed a rock on its other side.
    # Such another way is all that is excluded, and it is rare.
    land = country(open_level(level, 8))
    drives = completed(land, range(100, 150), Navigation.AUTONOMOUS, (40.0, 130.0))
    assert len(drives) >= 35
    assert max(one.worst() for one in drives if one.aside_m <= SAME_WAY_M) <= TENTH
    assert max(one.worst() for one in drives) <= 0.15
    assert sum(one.worst() > TENTH for one in drives) <= 0.03 * len(drives)
    assert abs(sum(one.energy for one in drives) / len(drives)) < 0.02
    assert abs(sum(one.time for one in drives) / len(drives)) < 0.02


@pytest.mark.parametrize("navigation", [Navigation.AUTONOMOUS, Navigation.VISUAL])
def test_short_drives_hold_to_a_tenth_but_for_a_check_of_soil_that_nobody_knows(
    ninety: OpenedLevel, navigation: Navigation
) -> None:
    # A check takes two minutes of a drive of some fifteen. It is the one thing that is excluded:
    # with the checks made as expected every drive holds, and with them taken out all others do.
    drives = completed(country(ninety), range(100), navigation, (10.0, 25.0))
    assert len(drives) >= 90
    sure = [one for one in drives if abs(one.off_count) < 0.7]
    assert len(sure) >= 0.85 * len(drives)
    assert max(one.worst() for one in sure) <= TENTH
    assert max(one.worst_but_checks() for one in drives) <= TENTH
    assert sum(one.worst() > TENTH for one in drives) <= 0.05 * len(drives)
    assert abs(sum(one.energy for one in drives) / len(drives)) < 0.02
    assert abs(sum(one.time for one in drives) / len(drives)) < 0.02


def test_a_rehearsal_without_a_way_prices_the_rest_as_a_straight_line() -> None:
    wall = tuple(Obstacle(0.4 * at, 6.0, 0.3, 1.0) for at in range(-60, 61))
    ground = Plane(DURICRUST, things=wall)
    seen = rehearsed(SPEC, ground, (0.0, 0.0), 0.0, rehearsal_goto((0.0, 20.0)))
    free = rehearsed(SPEC, Plane(DURICRUST), (0.0, 0.0), 0.0, rehearsal_goto((0.0, 20.0)))
    assert 20.0 < seen.distance_m < 60.0  # it looks for a gap before it gives up
    assert seen.energy_j > free.energy_j


def test_a_turn_before_the_first_metre_is_in_the_price() -> None:
    ahead = rehearsed(SPEC, Plane(DURICRUST), (0.0, 0.0), 0.0, rehearsal_goto((0.0, 12.0)))
    behind = rehearsed(SPEC, Plane(DURICRUST), (0.0, 0.0), math.pi, rehearsal_goto((0.0, 12.0)))
    turn_s = 180.0 / SPEC.turn_rate_deg_s
    assert behind.duration_s - ahead.duration_s == pytest.approx(turn_s, abs=30.0)


def test_a_bend_in_a_route_costs_a_turn_in_place() -> None:
    ground = Plane(DURICRUST)
    straight = preview_route(SPEC, ground, ((0.0, 0.0), (0.0, 10.0), (0.0, 20.0)))
    bent = preview_route(SPEC, ground, ((0.0, 0.0), (0.0, 10.0), (10.0, 10.0)))
    turn_s = 90.0 / SPEC.turn_rate_deg_s
    assert bent.distance_m == pytest.approx(straight.distance_m)
    assert bent.duration_s == pytest.approx(straight.duration_s + turn_s)
    order = DriveOrder(DriveKind.GOTO, x_m=10.0, y_m=10.0, waypoints=((0.0, 10.0),))
    trip = drive(order, ground)
    assert trip.seconds == pytest.approx(bent.duration_s, rel=0.1)
    assert trip.end().energy_j == pytest.approx(bent.energy_j, rel=0.1)


def test_creeping_is_slow_and_said_to_be() -> None:
    seen = preview_route(SPEC, Plane(DURICRUST), ((0.0, 0.0), (0.0, 4.0)), Navigation.CREEP)
    order = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=4.0, navigation=Navigation.CREEP)
    trip = drive(order, Plane(DURICRUST))
    assert trip.seconds == pytest.approx(seen.duration_s, rel=0.1)
    assert trip.end().energy_j == pytest.approx(seen.energy_j, rel=0.1)


def test_a_route_to_where_one_stands_costs_nothing() -> None:
    seen = preview_route(SPEC, Plane(), ((3.0, 3.0), (3.0, 3.0)))
    assert (seen.distance_m, seen.energy_j, seen.duration_s) == (0.0, 0.0, 0.0)
