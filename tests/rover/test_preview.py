"""What a drive is said to cost, against what it costs on the ground of the default level."""

import math

import pytest

from game.commands import Navigation
from game.events import StopReason
from game.levels.open import OpenedLevel
from game.rng import Stream, uniform
from game.rover.drive import DriveKind, DriveOrder, Obstacle
from game.rover.footing import Country
from game.rover.mobility import initial_mobility
from game.rover.preview import DrivePreview, preview_route
from game.rover.rehearsal import goto as rehearsal_goto
from game.rover.rehearsal import rehearsed
from tests.rover.machines import DURICRUST, Plane
from tests.rover.trips import SPEC, Trip, drive

COUNT = 100


def country(opened: OpenedLevel) -> Country:
    return Country(opened.setup.terrain, opened.setup.smallest_rock_m)


def flown(land: Country, number: int, navigation: Navigation) -> tuple[DrivePreview, Trip]:
    """One drive of 10 to 25 m from a random place in a random direction, and its preview."""
    draw = [uniform(5, Stream.AGENT, number, index) for index in range(4)]
    start = (80.0 * draw[0] - 40.0, -20.0 - 80.0 * draw[1])
    bearing_rad, way_m = math.tau * draw[2], 10.0 + 15.0 * draw[3]
    end = (start[0] + way_m * math.sin(bearing_rad), start[1] + way_m * math.cos(bearing_rad))
    order = DriveOrder(DriveKind.GOTO, x_m=end[0], y_m=end[1], navigation=navigation)
    rover = initial_mobility(*start, bearing_rad, is_on_lander=False)
    seen = rehearsed(SPEC, land, start, bearing_rad, order)
    return seen, drive(order, land, rover, seed=number)


@pytest.mark.parametrize("navigation", [Navigation.AUTONOMOUS, Navigation.VISUAL])
def test_rehearsals_hold_to_a_tenth_on_known_ground(
    ninety: OpenedLevel, navigation: Navigation
) -> None:
    # Measured: no bias; energy within a tenth on 98 % of all drives, time on 95 %.
    # The rest are those on which one slip check of two minutes more or less, of soil that nobody
    # knows beforehand, is more than a tenth of a drive of 15 minutes.
    land = country(ninety)
    errors, sure = [], []
    for number in range(COUNT):
        seen, trip = flown(land, number, navigation)
        if trip.end().reason is StopReason.DONE:
            energy = trip.end().energy_j / seen.energy_j - 1.0
            longer = trip.seconds / seen.duration_s - 1.0
            checks = (trip.seconds - seen.duration_s) / SPEC.navigation.autonomous.check_s
            errors.append((energy, longer))
            if abs(checks) < 0.7:
                sure.append(max(abs(energy), abs(longer)))
    assert len(errors) >= 92
    energies, times = zip(*errors, strict=True)
    assert sum(abs(error) <= 0.10 for error in energies) / len(errors) >= 0.95
    assert sum(abs(error) <= 0.10 for error in times) / len(errors) >= 0.91
    assert abs(sum(energies) / len(errors)) < 0.02
    assert abs(sum(times) / len(errors)) < 0.02
    assert len(sure) >= 0.85 * len(errors)
    assert max(sure) <= 0.10


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
