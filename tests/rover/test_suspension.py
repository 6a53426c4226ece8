"""What the active suspension does: crab, creep, raise and lower the body, hold a wheel up."""

import math
from dataclasses import replace

import pytest

from game.events import StopReason
from game.rover.drive import DriveKind, DriveOrder, Obstacle
from game.rover.gear import (
    MobilityState,
    clearance_m,
    drive_energy_j_m,
    motor_work_w,
    tilt_limit_rad,
    tip_rad,
)
from game.rover.mobility import drive_refusal
from game.rover.slip import traction
from game.rover.walking import creep_limit_rad
from game.rover.wheels import WHEEL_COUNT
from tests.rover.machines import COMPACT, CRUSTY, DRIFT, DURICRUST, LOOSE, TAR, Plane
from tests.rover.trips import HERE, SPEC, STILL, arc, drive, rise

SOFT = (CRUSTY, COMPACT, TAR, LOOSE, DRIFT)


def crab(distance_m: float, bearing_deg: float) -> DriveOrder:
    bearing_rad = math.radians(bearing_deg)
    return DriveOrder(DriveKind.CRAB, distance_m, heading_rad=bearing_rad, is_by_hand=True)


def creep(distance_m: float) -> DriveOrder:
    return DriveOrder(DriveKind.CREEP, distance_m)


def body(body_m: float) -> DriveOrder:
    return DriveOrder(DriveKind.BODY, body_m=body_m)


def sunk(depth_m: float) -> MobilityState:
    return replace(
        HERE,
        is_embedded=True,
        rolled_way=1,
        wheel_dug_m=(depth_m,) * 6,
        wheel_sinkage_m=(depth_m + 0.02,) * 6,
    )


@pytest.mark.parametrize("bearing_deg", [90.0, -90.0, 45.0, 180.0])
def test_crabbing_goes_askew_and_keeps_the_nose_where_it_is(bearing_deg: float) -> None:
    trip = drive(crab(3.0, bearing_deg), Plane(DURICRUST), spec=STILL)
    way_m = 3.0 * (1.0 - 0.0206)
    assert trip.state.x_m == pytest.approx(way_m * math.sin(math.radians(bearing_deg)), abs=0.01)
    assert trip.state.y_m == pytest.approx(way_m * math.cos(math.radians(bearing_deg)), abs=0.01)
    assert trip.state.heading_rad == 0.0
    steering_s = abs(bearing_deg) / SPEC.posture.steer_deg_s
    assert trip.seconds == pytest.approx(steering_s + 3.0 / SPEC.speed_m_s, abs=2)


def test_crabbing_feels_the_slope_it_climbs() -> None:
    # East is 10 degrees up: to the right it climbs, ahead it slides.
    ground = Plane(LOOSE, east=rise(10.0))
    up = drive(crab(2.0, 90.0), ground, spec=STILL)
    down = drive(crab(2.0, -90.0), ground, spec=STILL)
    assert up.state.slip_frac == pytest.approx(0.30, abs=0.01)
    assert down.state.slip_frac < 0.0
    assert up.state.y_m == pytest.approx(0.0, abs=0.01)
    assert drive(crab(2.0, 0.0), ground, spec=STILL).state.x_m < -0.05


def test_creeping_frees_six_wheels_from_thirty_centimetres_in_sixteen_minutes() -> None:
    # Pan et al. 2022.
    trip = drive(creep(-0.01), Plane(LOOSE), sunk(0.30), spec=STILL)
    assert not trip.state.is_embedded
    assert max(trip.state.wheel_dug_m) == 0.0
    assert trip.seconds == pytest.approx(16 * 60, abs=61)


def test_creeping_makes_two_metres_in_twenty_minutes() -> None:
    # ExoMars wheel walking (ESA).
    trip = drive(creep(2.0), Plane(LOOSE, north=rise(10.0)), spec=STILL)
    assert trip.state.odometer_m == pytest.approx(2.0)
    assert trip.seconds == pytest.approx(20 * 60, abs=61)


def test_creeping_climbs_twenty_five_degrees_where_wheels_only_spin() -> None:
    # Pan et al. 2022: soft slopes of 25 instead of 20 degrees.
    slope = Plane(CRUSTY, north=rise(24.9))
    assert drive(creep(1.0), slope, spec=STILL).state.y_m == pytest.approx(1.0)
    spun = drive(arc(1.0), slope, spec=STILL)
    assert spun.state.odometer_m < 0.01
    steep = drive(creep(1.0), Plane(CRUSTY, north=rise(26.0)), spec=STILL)
    assert steep.end().reason is StopReason.STEEP
    assert "limit is 25" in steep.end().cause
    assert steep.end().choices


@pytest.mark.parametrize("soil", SOFT)
def test_creeping_takes_less_than_half_the_power_of_dragging(soil: int) -> None:
    # Pan et al. 2022: more than 50 % less. Dragging: wheels at the steepest climb of that soil.
    torque_n_m = WHEEL_COUNT * SPEC.curves[soil].torque_n_m[-1]
    dragging_w = motor_work_w(SPEC, torque_n_m, SPEC.speed_m_s) + SPEC.drive_w
    trip = drive(creep(0.5), Plane(soil), spec=STILL)
    assert trip.energy_j / trip.seconds < 0.5 * dragging_w


def test_the_whole_rover_creeps_on_less_than_half_of_a_steep_drive_and_pays_by_the_metre() -> None:
    # Mission dossier 3.2: 200 W for the whole rover on 15 to 20 degrees or at high slip; its 180 W
    # of creeping would break "less than half the power of dragging" (Pan et al. 2022).
    assert SPEC.walk.power_w + SPEC.awake_w < 0.5 * 200.0
    for soil in SOFT:
        level_j_m = drive_energy_j_m(SPEC, traction(SPEC.curves[soil], 0.0))
        creeping_j_m = (SPEC.walk.power_w + SPEC.awake_w) / SPEC.walk.speed_m_s
        assert creeping_j_m > 4.0 * level_j_m  # terrain dossier 3.6


@pytest.mark.parametrize("soil", SOFT)
def test_creeping_climbs_more_than_rolling_but_not_more_than_its_limit(soil: int) -> None:
    rolling_rad = SPEC.curves[soil].slope_rad[-1]
    limit_rad = creep_limit_rad(SPEC, (soil,))
    assert rolling_rad < limit_rad <= math.radians(25.0)


def test_a_high_body_passes_over_stones_and_falls_over_sooner() -> None:
    rock = Obstacle(0.0, 4.0, 0.3, 0.40)  # between the wheels, too high for the usual belly
    ground = Plane(DURICRUST, things=(rock,))
    assert drive(arc(8.0), ground, spec=STILL).end().reason is StopReason.ROCK
    raised = drive(body(0.15), ground, spec=STILL)
    assert raised.seconds == pytest.approx(0.15 / SPEC.posture.rate_m_s, abs=10)
    assert raised.state.body_m == 0.15
    assert clearance_m(SPEC, raised.state) == pytest.approx(0.45)
    assert drive(arc(8.0), ground, raised.state, spec=STILL).state.y_m > 7.0
    beside = Plane(DURICRUST, things=(Obstacle(0.7, 4.0, 0.3, 0.40),))  # under the right wheels
    assert drive(arc(8.0), beside, raised.state, spec=STILL).end().reason is StopReason.ROCK
    # 240 kg with the centre 0.70 m up on a track of 1.5 m: 47 degrees.
    assert math.degrees(tip_rad(SPEC, 0.0)) == pytest.approx(47.0, abs=0.1)
    assert tilt_limit_rad(SPEC, 0.15) < tilt_limit_rad(SPEC, 0.0) < tilt_limit_rad(SPEC, -0.15)


def test_a_low_body_stands_steeper_slopes_and_scrapes_on_stones() -> None:
    low = drive(body(-0.15), Plane(), spec=STILL).state
    assert clearance_m(SPEC, low) == pytest.approx(0.15)
    stone = Plane(DURICRUST, things=(Obstacle(0.0, 4.0, 0.3, 0.26),))
    assert drive(arc(8.0), stone, low, spec=STILL).end().reason is StopReason.ROCK
    assert drive(arc(8.0), stone, spec=STILL).end().reason is StopReason.DONE


def test_a_wheel_is_lifted_and_put_down_again() -> None:
    up = drive(DriveOrder(DriveKind.LIFT, wheel=2), Plane(), spec=STILL)
    assert up.state.lifted_wheel == 2
    assert up.seconds == pytest.approx(SPEC.posture.lift_wheel_s)
    second = DriveOrder(DriveKind.LIFT, wheel=3)
    assert "One wheel is up already" in drive_refusal(SPEC, up.state, second)
    assert "six wheels on the ground" in drive_refusal(SPEC, up.state, creep(1.0))
    down = drive(DriveOrder(DriveKind.LIFT, wheel=-1), Plane(), up.state, spec=STILL)
    assert down.state.lifted_wheel == -1


@pytest.mark.parametrize(
    ("order", "words"),
    [
        (body(0.3), "from -15 to +15 cm"),
        (body(math.nan), "finite"),
        (body(0.0), "stands at that height"),
        (DriveOrder(DriveKind.LIFT, wheel=6), "numbered 0 to 5"),
        (DriveOrder(DriveKind.LIFT, wheel=-1), "All wheels are down"),
        (creep(0.0), "more than 0"),
        (creep(math.inf), "finite"),
        (crab(501.0, 10.0), "at most 500"),
        (DriveOrder(DriveKind.CRAB, 1.0, heading_rad=math.nan), "finite"),
    ],
)
def test_what_the_suspension_cannot_do_is_refused_in_words(order: DriveOrder, words: str) -> None:
    assert words in drive_refusal(SPEC, HERE, order)


def test_a_wheel_is_not_lifted_out_of_a_hole() -> None:
    assert "creep out" in drive_refusal(SPEC, sunk(0.06), DriveOrder(DriveKind.LIFT, wheel=0))
