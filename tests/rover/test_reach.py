"""The ends that planners are shown are those at which the rover itself refuses."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from game.commands import (
    ActivityKind,
    Command,
    Crab,
    Creep,
    Drive,
    Heater,
    ReadInfrared,
    SampleSoil,
    SetBody,
    SetHeater,
    TakePicture,
    TiltWings,
)
from game.levels.open import OpenedLevel
from game.rover.hand import hand_refusal
from game.rover.nonsense import LIMITS
from game.rover.orders import route_problem
from game.rover.reach import lacks, reach
from game.simulation import desk_at
from tests.rover.desks import grounded

Kind = ActivityKind
ASKED: list[tuple[Kind, str, Heater, Callable[[float], Command]]] = [
    (Kind.SOIL, "range_m", Heater.BOX, SampleSoil),
    (Kind.INFRARED, "range_m", Heater.BOX, ReadInfrared),
    (Kind.SOIL, "bearing_rad", Heater.BOX, lambda to: SampleSoil(2.0, to)),
    (Kind.INFRARED, "bearing_rad", Heater.BOX, lambda to: ReadInfrared(2.0, to)),
    (Kind.PICTURE, "compression", Heater.BOX, lambda by: TakePicture(0.0, compression=by)),
    (Kind.ARC, "distance_m", Heater.BOX, Drive),
    (Kind.ARC, "curvature_1_m", Heater.BOX, lambda by: Drive(1.0, by)),
    (Kind.CRAB, "distance_m", Heater.BOX, lambda way: Crab(way, 1.0)),
    (Kind.CREEP, "distance_m", Heater.BOX, Creep),
    (Kind.BODY, "body_m", Heater.BOX, SetBody),
    (Kind.TILT_WINGS, "left_rad", Heater.BOX, lambda to: TiltWings(to, 0.0)),
    (Kind.TILT_WINGS, "right_rad", Heater.BOX, lambda to: TiltWings(0.0, to)),
    (Kind.HEATER, "on_k", Heater.BOX, lambda on: SetHeater(Heater.BOX, on)),
    (Kind.HEATER, "on_k", Heater.BATTERY, lambda on: SetHeater(Heater.BATTERY, on)),
]


@pytest.mark.parametrize(
    ("kind", "field", "heater", "command"), ASKED, ids=lambda one: str(one) * isinstance(one, str)
)
def test_the_rover_does_what_lies_within_and_refuses_what_lies_beyond(
    ninety: OpenedLevel, kind: Kind, field: str, heater: Heater, command: Callable[[float], Command]
) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    desk = replace(desk_at(setup, state), is_seen=lambda *_: True)
    low, high = reach(setup.rover, kind, field, heater)
    for end, beyond in ((low, low - 0.02), (high, high + 0.02)):
        assert hand_refusal(setup.rover, state.rover, desk, command(end)) == ""
        assert hand_refusal(setup.rover, state.rover, desk, command(beyond)) != ""


def test_a_crab_may_go_to_any_side(ninety: OpenedLevel) -> None:
    assert reach(ninety.setup.rover, Kind.CRAB, "bearing_rad") == LIMITS["bearing_rad"]


def test_what_no_machine_limits_has_the_ends_of_sense(ninety: OpenedLevel) -> None:
    assert reach(ninety.setup.rover, Kind.PICTURE, "elevation_rad") == LIMITS["elevation_rad"]


def test_a_rover_lacks_what_it_does_not_carry(ninety: OpenedLevel) -> None:
    rover = ninety.setup.rover
    assert [lacks(rover, kind) for kind in Kind] == [""] * len(Kind)
    tools = tuple(one for one in rover.instruments.instrument if one.kind is not Kind.RADAR)
    walk = replace(rover.mobility.walk, speed_m_s=0.0)
    poor = replace(
        rover,
        instruments=replace(rover.instruments, instrument=tools),
        mobility=replace(rover.mobility, walk=walk),
    )
    assert {kind for kind in Kind if lacks(poor, kind)} == {Kind.RADAR, Kind.CREEP}


def test_a_route_has_a_longest_way_and_a_largest_number_of_points(ninety: OpenedLevel) -> None:
    wheels = ninety.setup.rover.mobility
    half_m = wheels.longest_order_m / 2.0
    assert route_problem(wheels, ((0.0, 0.0), (half_m, 0.0), (0.0, 0.0))) == ""
    assert "at most" in route_problem(wheels, ((0.0, 0.0), (half_m, 0.0), (-0.5, 0.0)))
    most = wheels.most_waypoints_count
    steps = tuple((float(at), 0.0) for at in range(most + 3))
    assert route_problem(wheels, steps[: most + 2]) == ""
    assert f"at most {most} waypoints" in route_problem(wheels, steps)
