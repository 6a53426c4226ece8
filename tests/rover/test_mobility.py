"""Driving: by hand and alone, on the flat, on slopes, in traps, between rocks."""

import math
from dataclasses import dataclass, replace

import pytest

from game.digest import digest
from game.events import DriveEnded, Embedded, RolledOff, SlipHigh, StopReason
from game.rover.drive import DriveKind, DriveOrder, Obstacle
from game.rover.gear import Halt, Where, dug_m, sinkage_m
from game.rover.mobility import (
    begin_drive,
    believed_place,
    drive_refusal,
    end_drive,
    initial_mobility,
    leg_ticks,
    lift_m,
    preview_drive,
    settled,
    step_mobility,
    tilt_rad,
    with_bus,
)
from game.rover.preview import usual_gear
from game.rover.wheels import scatter_ratio
from tests.rover.machines import COMPACT, CRUSTY, DRIFT, DURICRUST, LOOSE, Plane
from tests.rover.trips import SOUTH, SPEC, STILL, TURN, arc, drive, goto, rise


def test_ten_metres_by_hand_on_crust_take_three_minutes_and_four_watt_hours() -> None:
    # Full speed 200 m/h; 1.47 kJ/m with the awake rover's 35 W, which the wheels do not count.
    trip = drive(arc(10.0), Plane(DURICRUST), spec=STILL)
    assert trip.seconds == 180
    assert trip.state.y_m == pytest.approx(10.0 * (1.0 - 0.0206), abs=0.005)
    with_awake_j = trip.energy_j + SPEC.awake_w * trip.seconds
    assert with_awake_j / trip.state.odometer_m == pytest.approx(1465.7, rel=0.005)
    assert trip.end().distance_m == pytest.approx(trip.state.odometer_m)
    assert trip.end().energy_j == pytest.approx(trip.energy_j)


def test_by_hand_the_rover_answers_every_second() -> None:
    state = begin_drive(SPEC, initial_mobility(0.0, 0.0, 0.0, False), arc(1.0), 7, 0)
    assert leg_ticks(SPEC, state) == 1


def test_a_positive_curvature_turns_right_and_closes_a_circle() -> None:
    quarter = drive(arc(4.0 * math.pi / 2.0, 0.25), Plane(0), spec=STILL).state
    assert quarter.x_m == pytest.approx(4.0, abs=0.05)
    assert quarter.y_m == pytest.approx(4.0, abs=0.05)
    assert quarter.heading_rad == pytest.approx(math.pi / 2.0, abs=0.01)


def test_forth_and_back_returns() -> None:
    out = drive(arc(5.0, 0.1), Plane(DURICRUST), spec=STILL).state
    back = drive(arc(-5.0, 0.1), Plane(DURICRUST), out, spec=STILL).state
    assert math.hypot(back.x_m, back.y_m) < 0.02
    assert back.odometer_m == pytest.approx(2.0 * out.odometer_m)


def test_step_length_does_not_change_a_drive() -> None:
    whole = drive(arc(12.0, 0.05), Plane(CRUSTY, north=0.08), spec=STILL, ticks=30)
    split = drive(arc(12.0, 0.05), Plane(CRUSTY, north=0.08), spec=STILL, ticks=1)
    assert whole.state.x_m == pytest.approx(split.state.x_m, abs=0.01)
    assert whole.state.y_m == pytest.approx(split.state.y_m, abs=0.01)
    assert whole.energy_j == pytest.approx(split.energy_j, rel=0.005)


def test_attitude_comes_from_the_ground_under_the_wheels() -> None:
    ground = Plane(DURICRUST, east=rise(5.0), north=rise(10.0))
    north = settled(SPEC, initial_mobility(0.0, 0.0, 0.0, False), ground)
    assert math.degrees(north.pitch_rad) == pytest.approx(10.0)
    assert math.degrees(north.roll_rad) == pytest.approx(-5.0)  # left, west, side down
    south = settled(SPEC, initial_mobility(0.0, 0.0, SOUTH, False), ground)
    assert math.degrees(south.pitch_rad) == pytest.approx(-10.0)
    assert math.degrees(south.roll_rad) == pytest.approx(5.0)
    assert math.degrees(tilt_rad(north)) == pytest.approx(11.2, abs=0.1)


def test_across_a_slope_the_rover_slides_down_a_little() -> None:
    trip = drive(arc(10.0), Plane(COMPACT, east=rise(10.0)), spec=STILL)
    assert -1.2 < trip.state.x_m < -0.3


def test_slip_makes_a_climb_slow_and_dear() -> None:
    level = drive(arc(5.0), Plane(LOOSE), spec=STILL)
    climb = drive(arc(5.0), Plane(LOOSE, north=rise(10.0)), spec=STILL)
    assert climb.state.slip_frac == pytest.approx(0.30, abs=0.01)
    assert climb.state.odometer_m == pytest.approx(5.0 * 0.703, abs=0.03)
    assert climb.energy_j > 1.1 * level.energy_j


def test_a_drive_alone_reaches_its_goal_at_the_pace_of_real_rovers() -> None:
    # Wheels turn 0.3 of the time: about 60 m/h (Zhurong in practice: some 40 m/h).
    trip = drive(goto(5.0, -30.0), Plane(DURICRUST))
    believed = trip.state.estimate
    assert math.hypot(believed.x_m - 5.0, believed.y_m + 30.0) <= SPEC.navigation.arrival_m
    assert math.hypot(trip.state.x_m - 5.0, trip.state.y_m + 30.0) < 1.5
    assert trip.end().cause == "The goal is reached."
    assert 40.0 < trip.state.odometer_m / trip.seconds * 3600.0 < 75.0
    moving_s = trip.state.odometer_m / SPEC.speed_m_s
    assert moving_s / trip.seconds == pytest.approx(0.3, abs=0.05)
    # Quoted for autonomous driving: 4.2 kJ/m in all.
    all_j = trip.energy_j + SPEC.awake_w * trip.seconds
    assert all_j / trip.state.odometer_m == pytest.approx(4200.0, rel=0.2)


@pytest.mark.parametrize(
    "ground", [Plane(DURICRUST), Plane(CRUSTY, north=rise(4.0)), Plane(COMPACT)]
)
def test_the_preview_is_within_a_tenth_on_known_soil(ground: Plane) -> None:
    seen = preview_drive(SPEC, ground, 0.0, 0.0, 0.0, 40.0)
    trip = drive(goto(0.0, 40.0), ground)
    assert seen.distance_m == 40.0
    assert seen.energy_j == pytest.approx(trip.energy_j, rel=0.1)
    assert seen.duration_s == pytest.approx(trip.seconds, rel=0.1)


def test_the_preview_names_the_worst_place() -> None:
    seen = preview_drive(SPEC, Plane(LOOSE, north=rise(12.0)), 0.0, 0.0, 0.0, 10.0)
    assert math.degrees(seen.worst_tilt_rad) == pytest.approx(12.0)
    assert seen.worst_slip_frac == pytest.approx(0.385, abs=0.005)


def test_rocks_are_driven_round_with_room_to_spare() -> None:
    things = tuple(Obstacle(0.9 * i, 6.0 + 0.3 * i, 0.4, 0.35) for i in range(-3, 4))
    state = settled(SPEC, initial_mobility(0.0, 0.0, 0.0, False), Plane())
    state, tick, nearest = begin_drive(SPEC, state, goto(0.0, 15.0), 7, 0), 0, math.inf
    ground = Plane(DURICRUST, things=things)
    while state.drive is not None:
        dt_s = leg_ticks(SPEC, state)
        state, _, _ = step_mobility(SPEC, state, Where(ground, 7, tick), float(dt_s))
        tick += dt_s
        nearest = min(
            nearest, *(math.hypot(o.x_m - state.x_m, o.y_m - state.y_m) - 0.4 for o in things)
        )
    assert math.hypot(state.x_m, state.y_m - 15.0) <= SPEC.navigation.arrival_m
    assert nearest > 0.6


def test_a_walled_in_rover_says_what_it_sees_and_what_to_do() -> None:
    ring = tuple(
        Obstacle(5.0 * math.sin(a / 6.0), 5.0 * math.cos(a / 6.0), 0.5, 0.5) for a in range(38)
    )
    trip = drive(goto(0.0, 20.0), Plane(DURICRUST, things=ring))
    assert "close every way" in trip.end().cause
    assert "another goal" in trip.end().cause


def test_by_hand_a_high_rock_stops_the_wheels_and_backing_up_frees_them() -> None:
    rock = Obstacle(0.0, 4.0, 0.4, 0.45)
    stopped = drive(arc(10.0), Plane(DURICRUST, things=(rock,)))
    assert stopped.end().cause.startswith("A rock 0.5 m high is in the way")
    assert stopped.state.y_m == pytest.approx(4.0 - 0.4 - 0.75, abs=0.3)
    assert drive(arc(-2.0), Plane(DURICRUST, things=(rock,)), stopped.state).state.y_m < 1.5


def test_a_keep_out_zone_is_called_by_its_name() -> None:
    zone = Obstacle(0.0, 10.0, 5.0, 1000.0)
    trip = drive(arc(10.0), Plane(DURICRUST, things=(zone,)))
    assert trip.end().cause.startswith("A keep-out zone is in the way")


def test_a_low_rock_is_climbed() -> None:
    rock = Obstacle(0.0, 4.0, 0.3, 0.29)  # published step limit: 0.30 m
    assert drive(arc(8.0), Plane(DURICRUST, things=(rock,))).state.y_m > 7.0


def test_the_slip_rule_stops_a_drive_alone_at_forty_percent() -> None:
    # Middle slip of 36 %: the plan allows it, the unevenness of the soil does not.
    trip = drive(goto(0.0, 40.0), Plane(LOOSE, north=rise(11.5)))
    assert any(isinstance(event, SlipHigh) for event in trip.events)
    assert "over the limit of 40 %" in trip.end().cause
    assert "loose sand" in trip.end().cause
    assert not trip.state.is_embedded


def test_tilt_stops_the_wheels_but_not_the_way_back() -> None:
    @dataclass(frozen=True)
    class Bank(Plane):
        def height_m(self, x_m: float, y_m: float) -> float:  # noqa: ARG002
            return max(0.0, y_m - 3.0) ** 2 * 0.1

    trip = drive(arc(10.0), Bank(0), spec=STILL)
    assert "the limit is 25" in trip.end().cause
    assert math.degrees(tilt_rad(trip.state)) > 25.0
    back = drive(arc(-3.0), Bank(0), trip.state, spec=STILL)
    assert tilt_rad(back.state) < tilt_rad(trip.state)


def test_spinning_wheels_dig_in_as_at_purgatory_and_creep_out() -> None:
    # Dig: 0.03 b (s - 0.6) m per metre of wheel travel; caught at 75 mm, half a wheel radius.
    trap = Plane(LOOSE, north=rise(20.0))
    trip = drive(arc(30.0), trap, spec=STILL)
    assert trip.state.is_embedded
    assert any(isinstance(event, Embedded) for event in trip.events)
    assert sinkage_m(trip.state) == pytest.approx(0.075, abs=0.002)
    wheel_m = trip.seconds * SPEC.speed_m_s
    sunk_m = 0.075 - 0.0375
    assert wheel_m == pytest.approx(sunk_m / (0.03 * 1.5 * 0.4), rel=0.15)
    assert trip.state.odometer_m < 0.1
    # Zhurong's creep: 0.3 m of sinkage in 16 minutes.
    freed = drive(TURN, trap, trip.state, spec=STILL)
    assert not freed.state.is_embedded
    assert freed.seconds == pytest.approx(dug_m(trip.state) / 0.3 * 16 * 60, abs=61)
    assert "crept free" in freed.end().cause
    assert freed.end().reason is StopReason.FREED
    assert freed.state.y_m < trip.state.y_m


def test_an_order_to_go_elsewhere_frees_a_dug_in_rover_first() -> None:
    stuck = replace(
        initial_mobility(0.0, 0.0, 0.0, False),
        is_embedded=True,
        wheel_sinkage_m=(0.08,) * 6,
        wheel_dug_m=(0.05,) * 6,
    )
    for order in (goto(0.0, 20.0), TURN, DriveOrder(DriveKind.CRAB, 1.0)):
        trip = drive(order, Plane(LOOSE), stuck)
        assert not trip.state.is_embedded
        assert "crept free" in trip.end().cause


def test_the_hole_is_left_behind() -> None:
    deep = replace(
        initial_mobility(0.0, 0.0, 0.0, False), wheel_sinkage_m=(0.07,) * 6, wheel_dug_m=(0.05,) * 6
    )
    assert drive(arc(3.0), Plane(LOOSE), deep).state.wheel_dug_m[0] < 0.001


def test_the_ramp_leads_down_to_mars_in_a_few_minutes() -> None:
    ground = Plane(DURICRUST)
    start = initial_mobility(0.0, 0.0, SOUTH, True)
    assert lift_m(SPEC, start) == SPEC.ramp.deck_height_m
    trip = drive(DriveOrder(DriveKind.ROLL_OFF), ground, start)
    assert any(isinstance(event, RolledOff) for event in trip.events)
    assert not trip.state.is_on_lander
    assert trip.state.y_m == pytest.approx(-SPEC.ramp.leave_m)
    assert 120 < trip.seconds < 900
    assert lift_m(SPEC, trip.state) == 0.0


def test_a_held_key_comes_down_the_ramp_piece_by_piece() -> None:
    state = initial_mobility(0.0, 0.0, SOUTH, True)
    steepest = 0.0
    for _ in range(9):
        state = drive(arc(0.6), Plane(DURICRUST), state).state
        steepest = min(steepest, state.pitch_rad)
    assert not state.is_on_lander
    assert math.degrees(steepest) == pytest.approx(-20.0, abs=3.0)


def test_turning_in_place_keeps_the_place_and_takes_the_short_way() -> None:
    trip = drive(DriveOrder(DriveKind.TURN, heading_rad=math.radians(300.0)), Plane(DURICRUST))
    assert trip.state.estimate.heading_rad == pytest.approx(math.radians(300.0))
    # the gyroscope drifts by a degree or two an hour, and the rover turns by its gyroscope
    drift_rad = math.radians(3.0) * trip.seconds / 3600.0
    assert trip.state.heading_rad == pytest.approx(math.radians(300.0), abs=drift_rad)
    assert (trip.state.x_m, trip.state.y_m, trip.state.odometer_m) == (0.0, 0.0, 0.0)
    assert trip.seconds == pytest.approx(60.0 / SPEC.turn_rate_deg_s, abs=10)


def test_orders_that_make_no_sense_are_refused_in_words() -> None:
    parked = initial_mobility(0.0, 0.0, 0.0, False)
    aboard = initial_mobility(0.0, 0.0, 0.0, True)
    assert "finite" in drive_refusal(SPEC, parked, arc(math.nan))
    assert "finite" in drive_refusal(SPEC, parked, goto(math.inf, 0.0))
    assert "at most" in drive_refusal(SPEC, parked, arc(1e9))
    assert "at most" in drive_refusal(SPEC, parked, goto(0.0, 1e6))
    assert "more than 0" in drive_refusal(SPEC, parked, arc(0.0))
    assert "sharpest arc" in drive_refusal(SPEC, parked, arc(1.0, 3.0))
    assert "there already" in drive_refusal(SPEC, parked, goto(0.1, 0.1))
    assert "roll off first" in drive_refusal(SPEC, aboard, goto(0.0, 20.0))
    assert "roll off first" in drive_refusal(SPEC, aboard, arc(-1.0))
    assert "already" in drive_refusal(SPEC, parked, DriveOrder(DriveKind.ROLL_OFF))


def test_a_stop_names_its_cause_and_a_parked_rover_has_none() -> None:
    state = begin_drive(SPEC, initial_mobility(0.0, 0.0, 0.0, False), arc(5.0), 7, 0)
    state, _, _ = step_mobility(SPEC, state, Where(Plane(), 7, 0), 10.0)
    stopped, events = end_drive(SPEC, state, 10, Halt(StopReason.COMMAND, "Stopped on command."))
    assert stopped.drive is None
    assert stopped.speed_m_s == 0.0
    assert isinstance(events[0], DriveEnded)
    assert events[0].cause == "Stopped on command."
    assert events[0].distance_m == state.drive_odometer_m
    assert events[0].energy_j == state.drive_energy_j
    assert end_drive(SPEC, stopped, 11, Halt(StopReason.COMMAND, "Again.")) == (stopped, ())


def test_a_parked_rover_costs_nothing_and_never_changes() -> None:
    state = initial_mobility(1.0, 2.0, 0.3, False)
    after, power_w, events = step_mobility(SPEC, state, Where(Plane(), 7, 0), 300.0)
    assert after is state
    assert (power_w, events) == (0.0, ())


def test_a_tired_battery_drives_slowly() -> None:
    # v = v_max clip((V - 22) / 6, 0.5, 1).
    state = initial_mobility(0.0, 0.0, 0.0, False)
    assert with_bus(SPEC, state, 33.0).bus_speed_frac == 1.0
    assert with_bus(SPEC, state, 26.5).bus_speed_frac == pytest.approx(0.75)
    assert with_bus(SPEC, state, 20.0).bus_speed_frac == 0.5
    slow = drive(arc(5.0), Plane(), with_bus(SPEC, state, 20.0), spec=STILL)
    assert slow.seconds == 180


def test_scatter_belongs_to_the_place_and_is_lognormal() -> None:
    logs = [
        math.log(scatter_ratio(SPEC.chassis, 7, 0.7 * i, 1.3 * j))
        for i in range(40)
        for j in range(40)
    ]
    mean = sum(logs) / len(logs)
    sigma = math.sqrt(sum((one - mean) ** 2 for one in logs) / len(logs))
    assert mean == pytest.approx(0.0, abs=0.03)
    assert sigma == pytest.approx(0.25, abs=0.02)
    here = scatter_ratio(SPEC.chassis, 7, 3.3, -8.1)
    assert here == scatter_ratio(SPEC.chassis, 7, 3.3, -8.1)
    assert here != scatter_ratio(SPEC.chassis, 8, 3.3, -8.1)
    assert here == pytest.approx(scatter_ratio(SPEC.chassis, 7, 3.301, -8.1), abs=0.01)


def test_the_same_order_on_the_same_ground_is_the_same_drive() -> None:
    ground = Plane(COMPACT, north=rise(5.0), things=(Obstacle(0.0, 7.0, 0.5, 0.4),))
    first, second = drive(goto(1.0, 15.0), ground), drive(goto(1.0, 15.0), ground)
    assert digest(first.state) == digest(second.state)
    assert first.events == second.events


def test_a_drive_alone_asks_for_steps_of_a_leg_or_a_look() -> None:
    usual = usual_gear(SPEC)
    state = begin_drive(usual, initial_mobility(0.0, 0.0, 0.0, False), goto(0.0, 12.0), 7, 0)
    asked, tick = [], 0
    while state.drive is not None:
        asked.append(leg_ticks(usual, state))
        state, _, _ = step_mobility(usual, state, Where(Plane(), 7, tick), float(asked[-1]))
        tick += asked[-1]
    assert set(asked) <= set(range(1, 11)) | {round(SPEC.navigation.autonomous.check_s)}
    assert len(asked) < 70


def test_drift_is_a_trap_on_the_gentlest_slope() -> None:
    trip = drive(arc(40.0), Plane(DRIFT, north=rise(11.0)), spec=STILL)
    assert trip.state.is_embedded


def test_a_route_passes_every_waypoint_in_order() -> None:
    usual = usual_gear(SPEC)
    places = ((6.0, 4.0), (6.0, 12.0), (-3.0, 15.0))
    order = DriveOrder(DriveKind.GOTO, x_m=-8.0, y_m=8.0, waypoints=places)
    state = begin_drive(usual, initial_mobility(0.0, 0.0, 0.0, False), order, 7, 0)
    nearest, passed, tick = [math.inf] * 3, [], 0
    while state.drive is not None:
        dt_s = leg_ticks(usual, state)
        state, _, _ = step_mobility(usual, state, Where(Plane(), 7, tick), float(dt_s))
        tick += dt_s
        for number, place in enumerate(places):
            away_m = math.dist(place, believed_place(state))
            if away_m <= SPEC.navigation.arrival_m and number not in passed:
                passed.append(number)
            nearest[number] = min(nearest[number], away_m)
    assert passed == [0, 1, 2]
    assert max(nearest) <= SPEC.navigation.arrival_m
    assert math.dist((-8.0, 8.0), believed_place(state)) <= SPEC.navigation.arrival_m


def test_a_route_that_is_too_long_or_too_busy_is_refused() -> None:
    parked = initial_mobility(0.0, 0.0, 0.0, False)
    there_and_back = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=5.0, waypoints=((0.0, 300.0),))
    assert "at most 500 m" in drive_refusal(SPEC, parked, there_and_back)
    busy = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=50.0, waypoints=((1.0, 1.0),) * 25)
    assert "at most 24 waypoints" in drive_refusal(SPEC, parked, busy)
    astray = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=5.0, waypoints=((0.0, math.nan),))
    assert "finite" in drive_refusal(SPEC, parked, astray)
