"""Traps that real rovers fell into, with what is published of them."""

import math
from dataclasses import dataclass, replace

import pytest

from game.commands import Drive, Navigation
from game.events import Embedded, StopReason
from game.rover.drive import DriveKind, DriveOrder
from game.rover.gear import (
    SIX_DRIVEN,
    MobilityState,
    WheelHealth,
    sinkage_m,
)
from game.rover.mobility import drive_refusal, initial_mobility
from game.rover.spinning import back_out_chance_frac, inched_m
from tests.rover.machines import CRUSTY, DRIFT, DURICRUST, Plane
from tests.rover.trips import HERE, SPEC, arc, drive, rise

SEEDS = range(40)


@dataclass(frozen=True)
class Ripple(Plane):
    """Opportunity, sol 446: a plain of crust, then a ripple of drift that rises 12 degrees."""

    starts_m: float = 10.0

    def height_m(self, x_m: float, y_m: float) -> float:  # noqa: ARG002
        return max(0.0, y_m - self.starts_m) * rise(12.0)

    def soil(self, x_m: float, y_m: float) -> int:  # noqa: ARG002
        return DRIFT if y_m > self.starts_m else DURICRUST


@dataclass(frozen=True)
class Troy(Plane):
    """Spirit, sols 1886 to 1900: sulfate sand under a thin crust, on a slope, beside firm ground.

    The crust bears the wheels of the east side; those of the west have broken through.
    """

    def soil(self, x_m: float, y_m: float) -> int:
        if y_m < 2.0:
            return CRUSTY
        return DRIFT if x_m < 0.4 else CRUSTY

    def height_m(self, x_m: float, y_m: float) -> float:  # noqa: ARG002
        return max(0.0, y_m - 2.0) * rise(12.0)


def spirit(*dead: int) -> MobilityState:
    """A rover that drags the named wheels, as Spirit its right front one from sol 779 on."""
    healths = tuple(
        WheelHealth.LOCKED if number in dead else one for number, one in enumerate(SIX_DRIVEN)
    )
    return replace(HERE, wheel_health=healths)


FRONT_RIGHT, REAR_RIGHT = 1, 5


def test_purgatory_a_blind_drive_makes_two_metres_of_fifty() -> None:
    # 50 m were ordered; on the ripple 2 m of progress, and wheels at hub depth.
    order = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=60.0, navigation=Navigation.BLIND)
    trip = drive(order, Ripple())
    assert trip.end().reason is StopReason.EMBEDDED
    assert any(isinstance(event, Embedded) for event in trip.events)
    assert 0.0 <= trip.state.y_m - 10.0 < 2.0
    assert sinkage_m(trip.state) >= SPEC.embed_depth_m


@pytest.mark.parametrize("navigation", [Navigation.VISUAL, Navigation.AUTONOMOUS])
def test_purgatory_does_not_catch_a_rover_that_measures_its_slip(navigation: Navigation) -> None:
    # After Purgatory: a slip check each 5 m, stop at 40 %.
    order = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=60.0, navigation=navigation)
    for seed in range(10):
        trip = drive(order, Ripple(), seed=seed)
        assert not trip.state.is_embedded
        assert trip.end().reason in (StopReason.SLIP, StopReason.SINKING, StopReason.NO_WAY)
        back = drive(arc(-3.0), Ripple(), trip.state, seed=seed)
        assert back.state.odometer_m > trip.state.odometer_m + 2.0


def test_troy_catches_a_rover_with_five_wheels() -> None:
    # 1 May 2009 (sol 1892): embedded, wheels to the hub on one side.
    trip = drive(arc(25.0), Troy(), spirit(FRONT_RIGHT))
    assert trip.end().reason is StopReason.EMBEDDED
    west, east = trip.state.wheel_sinkage_m[::2], trip.state.wheel_sinkage_m[1::2]
    assert min(west) > max(east)
    assert trip.state.heading_rad > 0.0  # the dragged wheel pulls to the right


def test_troy_would_let_a_whole_rover_go_more_often() -> None:
    caught = drive(arc(25.0), Troy(), spirit(FRONT_RIGHT)).state
    five = back_out_chance_frac(SPEC, caught, -1.0)
    four = back_out_chance_frac(SPEC, replace(caught, wheel_health=dead_two()), -1.0)
    six = back_out_chance_frac(SPEC, replace(caught, wheel_health=SIX_DRIVEN), -1.0)
    assert four < five < six <= SPEC.strain.back_out_frac


def dead_two() -> tuple[WheelHealth, ...]:
    return spirit(FRONT_RIGHT, REAR_RIGHT).wheel_health


def test_troy_extraction_by_spinning_fails_as_it_did_from_november_to_january() -> None:
    # Attempts from 17 Nov 2009; the right rear wheel was lost; declared stationary 26 Jan 2010.
    stuck, freed = 0, 0
    for seed in SEEDS:
        state = drive(arc(25.0), Troy(), spirit(FRONT_RIGHT), seed=seed, ticks=10).state
        if not state.is_embedded:
            continue  # the slope was kinder there
        state = replace(state, wheel_health=dead_two())
        start = (state.x_m, state.y_m)
        for attempt in range(8):  # forwards, as Spirit tried
            state = drive(arc(2.0), Troy(), state, seed=1000 * attempt + seed).state
            if not state.is_embedded:
                freed += 1
                break
        else:
            stuck += 1
            assert math.dist(start, (state.x_m, state.y_m)) < 0.34  # the last attempts made 34 cm
            assert max(state.wheel_sinkage_m) > 0.15  # beyond the hub
    assert stuck + freed >= 0.5 * len(SEEDS)
    assert freed / (stuck + freed) < 0.25


def test_troy_lets_spinning_wheels_inch_along_more_backwards_than_onward() -> None:
    # Status reports: 19 cm onward in a dozen drives, "several centimeters" a drive backwards.
    caught = replace(drive(arc(25.0), Troy(), spirit(FRONT_RIGHT)).state, wheel_health=dead_two())
    onward, back = inched_m(SPEC, caught, 1.0), inched_m(SPEC, caught, -1.0)
    assert 0.003 < onward < 0.05
    assert 0.04 < back < 0.12
    deep = replace(caught, wheel_sinkage_m=(0.2,) * 6)  # beyond hope, so that the try fails
    after = drive(arc(-2.0), Troy(), deep)
    assert after.state.is_embedded
    assert after.state.odometer_m - deep.odometer_m == pytest.approx(back)
    assert math.dist((after.state.x_m, after.state.y_m), (deep.x_m, deep.y_m)) == (
        pytest.approx(back)
    )


def test_troy_is_no_end_for_a_rover_that_can_walk() -> None:
    state = drive(arc(25.0), Troy(), spirit(FRONT_RIGHT)).state
    state = replace(state, wheel_health=dead_two())
    trip = drive(DriveOrder(DriveKind.CREEP, -3.0), Troy(), state)
    assert not trip.state.is_embedded
    assert trip.end().reason is StopReason.DONE
    assert trip.state.y_m < state.y_m - 2.5
    # Four of six wheels lift at two thirds of the rate.
    whole = drive(
        DriveOrder(DriveKind.CREEP, -3.0), Troy(), replace(state, wheel_health=SIX_DRIVEN)
    )
    assert trip.seconds == pytest.approx(1.5 * whole.seconds, rel=0.05)


def test_a_suspension_that_cannot_walk_spins_towards_its_goal() -> None:
    plain = replace(SPEC, walk=replace(SPEC.walk, speed_m_s=0.0, lift_m_s=0.0))
    state = drive(arc(25.0), Troy(), spirit(FRONT_RIGHT), spec=plain).state
    state = replace(state, wheel_health=dead_two())
    refused = drive_refusal(plain, state, DriveOrder(DriveKind.CREEP, -3.0))
    assert refused.startswith("This suspension cannot walk")
    creeping = DriveOrder(DriveKind.GOTO, x_m=0.0, y_m=90.0, navigation=Navigation.CREEP)
    assert drive_refusal(plain, state, creeping) == refused
    blind = replace(creeping, navigation=Navigation.BLIND)
    trip = drive(blind, Troy(), state, spec=plain)
    assert trip.seconds == SPEC.strain.back_out_s
    end = trip.end()
    assert end.reason is StopReason.EMBEDDED
    assert "Creeping" not in end.cause
    assert [type(choice.command) for choice in end.choices] == [Drive, Drive]
    assert max(trip.state.wheel_sinkage_m) > max(state.wheel_sinkage_m)


def test_spinning_out_works_six_times_in_ten_at_first() -> None:
    # Judged: 0.6 a try, back along the tracks.
    caught = replace(
        initial_mobility(0.0, 0.0, 0.0, False),
        is_embedded=True,
        rolled_way=1,
        wheel_dug_m=(0.04,) * 6,
        wheel_sinkage_m=(0.075,) * 6,
    )
    tries = [drive(arc(-2.0), Plane(DRIFT), caught, seed=seed) for seed in range(200)]
    freed = [trip for trip in tries if not trip.state.is_embedded]
    assert len(freed) / len(tries) == pytest.approx(0.6, abs=0.1)
    assert all(trip.end().reason is StopReason.FREED for trip in freed)
    assert tries[0].seconds == SPEC.strain.back_out_s
    deeper = next(trip for trip in tries if trip.state.is_embedded)
    assert sinkage_m(deeper.state) == pytest.approx(0.105)
    assert back_out_chance_frac(SPEC, deeper.state, -1.0) < 0.6
    hopeless = replace(caught, wheel_sinkage_m=(0.15,) * 6)
    assert back_out_chance_frac(SPEC, hopeless, -1.0) == 0.0
