"""What a way is said to take, before and after it is driven."""

import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from game.changes import changed
from game.commands import DriveTo, Navigation
from game.events import StopReason
from game.levels.open import OpenedLevel
from game.rover.mobility import believed_place
from game.simulation import initial_state
from game.state import Setup, State
from game.way_price import Pricing, WayPrice, first_look, outlined, pricing, way_price
from tests.known_ground import Flown, ahead, driven, standing, with_charge

PLACE = (-20.0, -60.0)


def off(found: Flown, seen: WayPrice) -> float:
    return max(
        abs(found.energy_wh / seen.energy_wh - 1.0), abs(found.duration_s / seen.duration_s - 1.0)
    )


@pytest.fixture(scope="module")
def setup(ninety: OpenedLevel) -> Setup:
    return ninety.setup


@pytest.fixture(scope="module")
def ready(setup: Setup) -> State:
    return standing(setup, PLACE, math.radians(150.0))


@pytest.mark.parametrize(
    ("navigation", "bearing_deg"),
    [
        (Navigation.AUTONOMOUS, 20.0),
        (Navigation.AUTONOMOUS, 150.0),
        (Navigation.AUTONOMOUS, 260.0),
        (Navigation.VISUAL, 150.0),
        (Navigation.VISUAL, 260.0),
        (Navigation.BLIND, 150.0),
    ],
)
def test_a_mission_holds_the_price_of_a_way_it_has_seen(
    setup: Setup, ready: State, navigation: Navigation, bearing_deg: float
) -> None:
    goal = ahead(PLACE, math.radians(bearing_deg), 45.0)
    order = DriveTo(*goal, (), navigation)
    seen = way_price(setup, ready, order)
    assert (seen.is_whole, seen.unseen_frac) == (True, 0.0)
    found = driven(setup, ready, order)
    assert found.reason is seen.ends is StopReason.DONE
    assert off(found, seen) <= 0.10


def test_a_way_that_will_not_be_driven_to_its_end_says_so(setup: Setup, ready: State) -> None:
    order = DriveTo(*ahead(PLACE, math.radians(20.0), 45.0), (), Navigation.VISUAL)
    assert driven(setup, ready, order).reason is StopReason.ROCK
    assert way_price(setup, ready, order).ends is StopReason.ROCK


def test_low_voltage_drives_slowly_and_the_price_says_so(setup: Setup, ready: State) -> None:
    weak = with_charge(setup, ready, 0.36)
    order = DriveTo(*ahead(PLACE, math.radians(150.0), 25.0))
    full, seen = way_price(setup, ready, order), way_price(setup, weak, order)
    assert seen.duration_s > 1.03 * full.duration_s
    found = driven(setup, weak, order)
    assert found.reason is StopReason.DONE
    assert off(found, seen) <= 0.10


def test_a_rover_that_is_wrong_about_its_place_has_the_price_of_where_it_is(
    setup: Setup, ready: State
) -> None:
    wheels = ready.rover.mobility
    x_m, y_m = PLACE[0] + 6.0, PLACE[1] - 4.0
    lost = replace(wheels.estimate, x_m=x_m, y_m=y_m, mark_at_x_m=x_m, mark_at_y_m=y_m)
    state = changed(ready, rover=changed(ready.rover, mobility=changed(wheels, estimate=lost)))
    here = believed_place(state.rover.mobility)
    order = DriveTo(*ahead(here, math.radians(150.0), 40.0))
    seen = way_price(setup, state, order)
    as_true = way_price(setup, ready, DriveTo(*ahead(PLACE, math.radians(150.0), 40.0)))
    # It knows stones and soil where it is, but the slopes of where its map has it.
    assert seen.energy_wh == pytest.approx(as_true.energy_wh, rel=0.02)
    assert off(driven(setup, state, order), seen) <= 0.10


def test_the_whole_way_is_in_the_worst_of_it(setup: Setup, ready: State) -> None:
    near = way_price(setup, ready, DriveTo(*ahead(PLACE, math.radians(20.0), 12.0)))
    far = way_price(setup, ready, DriveTo(*ahead(PLACE, math.radians(20.0), 45.0)))
    assert far.tilt_rad > near.tilt_rad
    assert far.slip_frac > near.slip_frac


def test_a_price_in_pieces_grows_to_the_same(setup: Setup, ready: State) -> None:
    order = DriveTo(*ahead(PLACE, math.radians(20.0), 30.0))
    steps = pricing(setup, ready, order)
    parts: list[WayPrice] = []
    whole: list[WayPrice] = []

    def listening() -> Pricing:
        whole.append((yield from steps))
        return whole[0]

    parts += list(listening())
    assert whole == [way_price(setup, ready, order)]
    assert len(parts) > 50
    assert not any(part.is_whole for part in parts)
    for one, other in pairwise((*parts, *whole)):
        assert one.tilt_rad <= other.tilt_rad
        assert one.slip_frac <= other.slip_frac
        assert one.duration_s <= other.duration_s


def test_unseen_ground_is_a_guess_and_says_how_much(setup: Setup, ready: State) -> None:
    chart = np.zeros_like(ready.chart)
    state = changed(ready, chart=chart)
    goal = ahead(PLACE, math.radians(150.0), 60.0)
    assert way_price(setup, state, DriveTo(*goal)).unseen_frac == 1.0
    half = np.array(ready.chart)
    row = math.floor((PLACE[1] - 26.0 - setup.chart.y_m + setup.chart.half_m) / setup.chart.cell_m)
    half[:row] = 0
    seen = way_price(setup, changed(ready, chart=half), DriveTo(*goal))
    assert seen.unseen_frac == pytest.approx(0.5, abs=0.08)


def test_a_way_from_elsewhere_sets_out_with_its_nose_ahead(setup: Setup, ready: State) -> None:
    start, goal = (40.0, -90.0), (40.0, -120.0)
    first = way_price(setup, ready, DriveTo(*goal), start)
    turned = changed(
        ready, rover=changed(ready.rover, mobility=changed(ready.rover.mobility, heading_rad=0.3))
    )
    assert way_price(setup, turned, DriveTo(*goal), start) == first
    assert first.distance_m == pytest.approx(30.0, rel=0.2)


def test_a_rover_on_its_lander_can_ask_as_well(setup: Setup) -> None:
    seen = way_price(setup, initial_state(setup), DriveTo(0.0, -30.0))
    assert seen.energy_wh > 0.0
    assert 0.0 < seen.unseen_frac < 1.0


def test_no_way_costs_nothing(setup: Setup, ready: State) -> None:
    assert way_price(setup, ready, DriveTo(*PLACE)) == WayPrice(0.0, 0.0, 0.0)
    assert outlined(setup, (PLACE, PLACE)).energy_wh == 0.0
    assert first_look(setup, PLACE, PLACE).energy_wh == 0.0


def test_straight_lines_and_first_metres_are_near_the_rehearsal(setup: Setup, ready: State) -> None:
    goal = ahead(PLACE, math.radians(150.0), 40.0)
    seen = way_price(setup, ready, DriveTo(*goal))
    assert outlined(setup, (PLACE, goal)).energy_wh == pytest.approx(seen.energy_wh, rel=0.15)
    look = first_look(setup, PLACE, goal)
    assert look.energy_wh == pytest.approx(seen.energy_wh, rel=0.3)
    assert not look.is_whole
