"""Six wheels: where they stand, what each meets, what a dead or lifted one costs."""

import math
from dataclasses import dataclass, replace

import pytest

from game.events import WheelsSinking
from game.rover.contact import Climb, grip, turning
from game.rover.gear import (
    SIX_DRIVEN,
    MobilitySpec,
    MobilityState,
    WheelHealth,
    drive_energy_j_m,
    sinkage_m,
    tilt_rad,
)
from game.rover.orders import drive_refusal
from game.rover.slip import Traction, traction
from game.rover.wheels import attitude, contacts_m, wheel_places
from tests.rover.machines import BEDROCK, COMPACT, DRIFT, DURICRUST, LOOSE, Plane
from tests.rover.trips import HERE, SPEC, STILL, arc, drive, goto, rise

FRONT_RIGHT = 1


def with_wheel(number: int, health: WheelHealth, state: MobilityState = HERE) -> MobilityState:
    healths = tuple(health if at == number else one for at, one in enumerate(SIX_DRIVEN))
    return replace(state, wheel_health=healths)


@dataclass(frozen=True)
class Stone(Plane):
    """Level ground with one stone under one place."""

    x_m: float = 0.0
    y_m: float = 0.0
    high_m: float = 0.12

    def height_m(self, x_m: float, y_m: float) -> float:
        return self.high_m if math.hypot(x_m - self.x_m, y_m - self.y_m) < 0.2 else 0.0


@dataclass(frozen=True)
class Split(Plane):
    """One soil to the west, another to the east of the way."""

    east_kind: int = DRIFT

    def soil(self, x_m: float, y_m: float) -> int:  # noqa: ARG002
        return self.east_kind if x_m > 0.0 else self.kind


@pytest.mark.parametrize("number", range(6))
def test_a_stone_under_one_wheel_moves_the_body_a_little(number: int) -> None:
    place = wheel_places(SPEC.chassis, 0.0, 0.0, 0.0)[number]
    heights = contacts_m(SPEC.chassis, Stone(x_m=place[0], y_m=place[1]), 0.0, 0.0, 0.0)
    assert heights[number] == 0.12
    assert sum(heights) == pytest.approx(0.12)
    pitch, roll = attitude(SPEC.chassis, heights)
    # Rocker and bogie: the front wheel acts alone on the rocker, the two others share a bogie.
    share = 1.0 if number < 2 else 0.5
    lift_rad = math.atan2(share * 0.12, 1.2) / 2.0
    assert pitch == pytest.approx(lift_rad if number < 2 else -lift_rad)
    lean_rad = math.atan2(0.12 / 3.0, SPEC.chassis.track_m)
    assert roll == pytest.approx(lean_rad if number % 2 == 0 else -lean_rad)


def test_a_plane_gives_its_own_slope_whatever_the_suspension() -> None:
    ground = Plane(DURICRUST, east=rise(4.0), north=rise(9.0))
    pitch, roll = attitude(SPEC.chassis, contacts_m(SPEC.chassis, ground, 3.0, -2.0, 0.0))
    assert math.degrees(pitch) == pytest.approx(9.0)
    assert math.degrees(roll) == pytest.approx(-4.0)


@pytest.mark.parametrize("soil", [BEDROCK, DURICRUST, COMPACT, LOOSE, DRIFT])
@pytest.mark.parametrize("slope_deg", [0.0, 4.0, 8.0])
def test_on_one_soil_six_wheels_together_are_what_one_wheel_is_in_the_tables(
    soil: int, slope_deg: float
) -> None:
    slope_rad = math.radians(slope_deg)
    places = wheel_places(STILL.chassis, 0.0, 0.0, 0.0)
    found = grip(STILL, HERE, (soil,) * 6, places, Climb(slope_rad, 1.0, 7))
    alone = traction(STILL.curves[soil], slope_rad)
    assert found.slip_frac == pytest.approx(alone.slip_frac)
    mean_n_m = sum(met.torque_n_m for met in found.wheels) / 6.0
    assert mean_n_m == pytest.approx(alone.torque_n_m)


def test_each_wheel_meets_its_own_soil() -> None:
    trip = drive(arc(4.0), Split(DURICRUST), spec=STILL)
    left, right = trip.state.wheel_slip_frac[::2], trip.state.wheel_slip_frac[1::2]
    assert max(left) < min(right)
    assert max(trip.state.wheel_sinkage_m[::2]) < min(trip.state.wheel_sinkage_m[1::2])
    assert max(trip.state.wheel_current_a[::2]) < min(trip.state.wheel_current_a[1::2])
    mean = sum(trip.state.wheel_slip_frac) / 6.0
    assert trip.state.slip_frac == pytest.approx(mean)


def test_wheels_wear_by_the_metres_they_turn_and_faster_on_rock() -> None:
    # 1.0 would be worn out: at 25 km of bedrock, 100 km of crust.
    rock = drive(arc(10.0), Plane(BEDROCK), spec=STILL).state.wheel_wear_frac
    crust = drive(arc(10.0), Plane(DURICRUST), spec=STILL).state.wheel_wear_frac
    assert rock == pytest.approx((10.0 / 25_000.0,) * 6, rel=1e-6)
    assert crust == pytest.approx((10.0 / 100_000.0,) * 6, rel=1e-6)
    lifted = drive(arc(10.0), Plane(BEDROCK), replace(HERE, lifted_wheel=3), spec=STILL)
    assert lifted.state.wheel_wear_frac[3] == 0.0


def test_worn_wheels_slip_a_little_more() -> None:
    new = drive(arc(5.0), Plane(LOOSE, north=rise(8.0)), spec=STILL)
    old = drive(
        arc(5.0), Plane(LOOSE, north=rise(8.0)), replace(HERE, wheel_wear_frac=(1.0,) * 6), STILL
    )
    assert old.state.slip_frac == pytest.approx(1.1 * new.state.slip_frac, rel=0.01)


def test_a_wheel_held_up_leaves_its_weight_to_the_others() -> None:
    lifted = drive(arc(5.0), Plane(LOOSE), replace(HERE, lifted_wheel=5), spec=STILL)
    whole = drive(arc(5.0), Plane(LOOSE), spec=STILL)
    assert lifted.state.wheel_sinkage_m[5] == 0.0
    assert lifted.state.wheel_current_a[5] == 0.0
    assert lifted.state.wheel_sinkage_m[0] > 1.05 * whole.state.wheel_sinkage_m[0]
    assert lifted.state.slip_frac < 1.5 * whole.state.slip_frac
    assert lifted.end().energy_j == pytest.approx(whole.end().energy_j, rel=0.1)


def test_a_dragged_wheel_costs_pull_energy_and_direction() -> None:
    # Spirit dragged its right front wheel from sol 779 on; it ploughed a trench to its right.
    dead = with_wheel(FRONT_RIGHT, WheelHealth.LOCKED)
    ground = Plane(DURICRUST)
    whole, dragging = drive(arc(8.0), ground, spec=STILL), drive(arc(8.0), ground, dead, STILL)
    assert dragging.state.slip_frac > 1.5 * whole.state.slip_frac
    assert dragging.end().energy_j > 1.1 * whole.end().energy_j
    assert 0.0 < dragging.state.heading_rad < math.radians(15.0)
    assert dragging.state.wheel_slip_frac[FRONT_RIGHT] == -1.0
    up = drive(arc(8.0), ground, replace(dead, lifted_wheel=FRONT_RIGHT), STILL)
    assert up.end().energy_j < dragging.end().energy_j
    assert up.state.heading_rad == pytest.approx(0.0, abs=1e-9)


def test_a_dead_wheel_takes_degrees_off_the_steepest_climb() -> None:
    climb = Plane(COMPACT, north=rise(14.0))
    places = wheel_places(STILL.chassis, 0.0, 0.0, 0.0)

    def slip(state: MobilityState) -> float:
        way = Climb(math.radians(14.0), 1.0, 7)
        return grip(STILL, state, (COMPACT,) * 6, places, way).slip_frac

    assert slip(HERE) < 0.4
    assert slip(with_wheel(4, WheelHealth.FREE)) > slip(HERE)
    assert slip(with_wheel(4, WheelHealth.LOCKED)) == 1.0
    assert drive(arc(3.0), climb, with_wheel(4, WheelHealth.LOCKED), STILL).state.odometer_m < 0.1


def test_a_rover_without_a_turning_wheel_refuses_to_drive() -> None:
    dead = replace(HERE, wheel_health=(WheelHealth.LOCKED,) * 6)
    assert not any(turning(dead))
    assert "No wheel can turn" in drive_refusal(SPEC, dead, arc(1.0))


def test_signs_come_before_the_trap() -> None:
    # Rising slip, a rising current and holes under the wheels are told before they are caught.
    trap = Plane(LOOSE, north=rise(15.0))
    trip = drive(arc(30.0), trap, spec=STILL)
    kinds = [type(event).__name__ for event in trip.events]
    assert kinds.index("SlipHigh") < kinds.index("WheelsSinking") < kinds.index("Embedded")
    sign = next(event for event in trip.events if isinstance(event, WheelsSinking))
    caught = next(event for event in trip.events if type(event).__name__ == "Embedded")
    assert caught.tick - sign.tick > 20  # time to press a key
    start = drive(arc(0.25), trap, spec=STILL).state
    assert trip.state.wheel_current_a[0] > 1.2 * start.wheel_current_a[0]
    assert sinkage_m(trip.state) > sinkage_m(start)


def test_a_drive_that_watches_its_slip_stops_before_it_is_caught() -> None:
    @dataclass(frozen=True)
    class Pit(Plane):
        def soil(self, x_m: float, y_m: float) -> int:  # noqa: ARG002
            return DRIFT if y_m > 3.0 else DURICRUST

        def height_m(self, x_m: float, y_m: float) -> float:  # noqa: ARG002
            return max(0.0, y_m - 3.0) * rise(12.0)

    for seed in range(8):
        trip = drive(goto(0.0, 20.0), Pit(), seed=seed)
        assert not trip.state.is_embedded
        assert trip.end().reason.value in ("slip", "sinking", "no_way")


@pytest.mark.parametrize("slope_deg", [-15.0, 0.0, 6.0])
def test_energy_of_a_drive_is_that_of_the_tables(slope_deg: float) -> None:
    spec: MobilitySpec = STILL
    trip = drive(arc(10.0), Plane(DURICRUST, north=rise(slope_deg)), spec=spec)
    found: Traction = traction(spec.curves[DURICRUST], math.radians(slope_deg))
    expected_j_m = drive_energy_j_m(spec, found, is_all_counted=False)
    assert trip.end().energy_j / trip.end().distance_m == pytest.approx(expected_j_m, rel=0.02)
    assert math.degrees(tilt_rad(trip.state)) == pytest.approx(abs(slope_deg))
