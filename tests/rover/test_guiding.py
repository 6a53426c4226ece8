"""Three ways to be led: blind, by pictures, by an own map of hazards; and creeping."""

import math
from dataclasses import dataclass, replace

import pytest

from game.commands import Navigation
from game.events import StopReason
from game.levels.open import OpenedLevel
from game.rover.drive import DriveKind, DriveOrder, Obstacle
from game.rover.footing import footing_at, zoned
from game.rover.gear import Where
from game.rover.hazards import eyes, ground_cost, seen_height_m
from game.rover.looking import steady
from game.rover.mobility import begin_drive, initial_mobility, leg_ticks, step_mobility
from tests.rover.machines import DRIFT, DURICRUST, LOOSE, Plane
from tests.rover.trips import HERE, SPEC, STILL, Trip, arc, drive, rise

ROCK = Obstacle(0.0, 8.0, 0.4, 0.5)


def led(
    navigation: Navigation, x_m: float = 0.0, y_m: float = 20.0, ground: Plane | None = None
) -> Trip:
    order = DriveOrder(DriveKind.GOTO, x_m=x_m, y_m=y_m, navigation=navigation)
    return drive(order, ground or Plane(DURICRUST))


@pytest.mark.parametrize(
    ("navigation", "duty", "kj_m"),
    [
        (Navigation.BLIND, 0.60, 2.2),
        (Navigation.VISUAL, 0.25, 5.0),
        (Navigation.AUTONOMOUS, 0.30, 4.2),
    ],
)
def test_each_way_has_the_pace_and_price_of_real_rovers(
    navigation: Navigation, duty: float, kj_m: float
) -> None:
    # Shares of the time that wheels turn, and J/m with the awake rover (dossier of mobility, 3.7).
    trip = led(navigation, y_m=60.0)
    assert trip.end().reason is StopReason.DONE
    moving_s = trip.state.odometer_m / SPEC.speed_m_s
    assert moving_s / trip.seconds == pytest.approx(duty, abs=0.04)
    all_j = trip.energy_j + SPEC.awake_w * trip.seconds
    assert all_j / trip.state.odometer_m == pytest.approx(1000.0 * kj_m, rel=0.2)


def test_a_blind_drive_runs_up_to_a_rock_and_an_autonomous_one_goes_round() -> None:
    ground = Plane(DURICRUST, things=(ROCK,))
    for navigation in (Navigation.BLIND, Navigation.VISUAL):
        assert led(navigation, ground=ground).end().reason is StopReason.ROCK
    assert led(Navigation.AUTONOMOUS, ground=ground).end().reason is StopReason.DONE


def test_a_blind_drive_does_not_see_its_slip_and_falls_short() -> None:
    # Purgatory: 50 m of blind drive, hardly any progress. Here the slope slips without a trap.
    ground = Plane(LOOSE, north=rise(12.5))
    trip = led(Navigation.BLIND, ground=ground)
    assert trip.end().reason is StopReason.DONE
    assert trip.state.y_m < 0.85 * 20.0
    watched = led(Navigation.VISUAL, ground=ground)
    assert abs(watched.state.y_m - 20.0) < 1.0 or watched.end().reason is StopReason.SLIP


def test_the_stop_rule_of_a_visual_drive_holds() -> None:
    trip = led(Navigation.VISUAL, ground=Plane(LOOSE, north=rise(13.0)))
    assert trip.end().reason is StopReason.SLIP
    assert "over the limit of 40 %" in trip.end().cause
    assert not trip.state.is_embedded


def test_a_route_may_be_crept() -> None:
    trip = led(Navigation.CREEP, y_m=3.0, ground=Plane(DRIFT, north=rise(12.0)))
    assert trip.end().reason is StopReason.DONE
    metres_an_hour = trip.state.odometer_m / trip.seconds * 3600.0
    assert 4.0 < metres_an_hour <= 6.01  # 6 m/h, less a pause


def test_a_drive_that_starts_the_wrong_way_round_turns_and_looks_first() -> None:
    state = begin_drive(SPEC, HERE, DriveOrder(DriveKind.GOTO, x_m=8.0, y_m=-2.0), 7, 0)
    phases, tick = [], 0
    while state.drive is not None:
        assert state.progress is not None
        phases.append(state.progress.phase.value)
        dt_s = leg_ticks(SPEC, state)
        where = Where(Plane(), 7, tick, lambda _x, _y: False)
        state, _, _ = step_mobility(SPEC, state, where, float(dt_s))
        tick += dt_s
    order = [phase for at, phase in enumerate(phases) if at == 0 or phases[at - 1] != phase]
    assert order[:4] == ["look", "face", "look", "move"]
    assert math.hypot(state.x_m - 8.0, state.y_m + 2.0) < 1.0


def test_what_no_camera_has_seen_is_closed() -> None:
    def cost(is_seen: bool) -> object:
        where = Where(Plane(DURICRUST), 7, 0, lambda _x, _y: is_seen)
        return ground_cost(SPEC, where, HERE)

    blind, charted = cost(False), cost(True)
    assert callable(blind)
    assert callable(charted)
    for x_m, y_m, is_open in (
        (0.0, 7.0, True),  # ahead
        (0.0, -7.0, True),  # behind
        (5.0, 5.0, True),  # in the wedge of 130 degrees
        (5.0, 0.5, False),  # beside it
        (0.0, 9.0, False),  # too far for stereo
        (1.0, 0.0, True),  # under the rover
    ):
        assert math.isfinite(blind(x_m, y_m)) is is_open
        assert math.isfinite(charted(x_m, y_m))


def test_stereo_is_sure_of_what_is_near() -> None:
    def heights(far_m: float) -> list[float]:
        rock = Obstacle(0.0, far_m, 0.2, 0.3)
        return [seen_height_m(SPEC, eyes(SPEC, HERE, tick), rock, 7) for tick in range(300)]

    for far_m, sigma_m in ((2.0, 0.016), (8.0, 0.256)):  # 0.4 % of the square of the distance
        seen = heights(far_m)
        mean_m = sum(seen) / len(seen)
        spread_m = math.sqrt(sum((one - mean_m) ** 2 for one in seen) / len(seen))
        assert mean_m == pytest.approx(0.3, abs=4.0 * sigma_m / math.sqrt(300.0))
        assert spread_m == pytest.approx(sigma_m, rel=0.2)
    zone = Obstacle(0.0, 7.0, 3.0, 1000.0)
    assert seen_height_m(SPEC, eyes(SPEC, HERE, 3), zone, 7) == 1000.0


def test_a_rock_that_was_missed_from_afar_is_seen_from_near() -> None:
    # At 6 m a rock of 0.3 m is missed in a third of the looks; nobody runs into it for that.
    for seed in range(12):
        rock = Obstacle(0.0, 6.0, 0.3, 0.32)
        order = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=14.0)
        trip = drive(order, Plane(DURICRUST, things=(rock,)), seed=seed)
        assert trip.end().reason is StopReason.DONE


@dataclass(frozen=True)
class Zoned(Plane):
    """Level crust with a keep-out zone across the way."""


def test_a_keep_out_zone_is_driven_round() -> None:
    zone = Obstacle(0.0, 8.0, 3.0, 1000.0, "zone")
    ground = Zoned(DURICRUST, things=(zone,))
    nav = STILL.navigation
    gear, state = replace(STILL, navigation=replace(nav, look=steady(nav.look))), HERE
    order = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=18.0)
    state = begin_drive(gear, replace(state), order, 7, 0)
    nearest, tick = math.inf, 0
    while state.drive is not None:
        dt_s = leg_ticks(gear, state)
        state, _, _ = step_mobility(gear, state, Where(ground, 7, tick), float(dt_s))
        tick += dt_s
        nearest = min(nearest, math.hypot(state.x_m, state.y_m - 8.0))
    assert nearest > 3.0
    assert abs(state.y_m - 18.0) < 1.0


def test_a_keep_out_zone_is_minded_where_the_rover_believes_it(ninety: OpenedLevel) -> None:
    # The circle is a place on the map. A rover that believes to stand 6 m too far east stops before
    # it by its own belief; the ground it truly stands on is six metres from there.
    footing = footing_at(ninety.setup.terrain, 0.0, -20.0, ninety.setup.smallest_rock_m)
    assert zoned(footing, ()) is footing
    circle = ((12.0, -20.0, 3.0),)
    place = initial_mobility(0.0, -20.0, 0.5 * math.pi, is_on_lander=False)
    off = replace(place, estimate=replace(place.estimate, x_m=6.0, mark_at_x_m=6.0))
    stops = []
    for state in (place, off):
        off_m = (state.x_m - state.estimate.x_m, state.y_m - state.estimate.y_m)
        trip = drive(arc(30.0), zoned(footing, circle, off_m), state, spec=STILL)
        assert trip.end().reason is StopReason.ZONE
        stops.append(trip.state)
    assert stops[0].x_m == pytest.approx(12.0 - 3.0 - 0.75, abs=0.3)
    assert stops[1].x_m == pytest.approx(stops[0].x_m - 6.0, abs=0.3)
    assert stops[1].estimate.x_m == pytest.approx(stops[0].x_m, abs=0.4)
