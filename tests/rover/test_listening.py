"""How long a way the radar may hear decides about its room in memory, and nothing longer."""

import math
from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind, Command, Creep, Drive, DriveTo, Turn, UplinkPlan
from game.levels.open import OpenedLevel
from game.rover.listening import most_way_m
from game.rover.memory import capacity_bit
from game.rover.refusals import refusal_of
from game.simulation import desk_at
from game.state import Setup, State
from game.units import MBIT_BIT
from tests.rover.desks import grounded
from tests.rover.payload_cases import product
from tests.rover.test_fieldwork import flown, newest, notes

Kind = ActivityKind
HOURS_S = 5_400


def planned(state: State, *activities: Activity) -> State:
    """The same with a plan aboard."""
    sequencer = replace(state.rover.sequencer, plan=activities, next_number=len(activities) + 1)
    return replace(state, rover=replace(state.rover, sequencer=sequencer))


def filled(setup: Setup, state: State, left_mbit: float) -> State:
    """The same with so much room left for science, and none in the buffer."""
    spec = setup.rover.storage
    buffer = next(one for one in spec.partition if one.is_volatile)
    flash = next(one for one in spec.partition if "radar" in one.kinds)
    room_bit = capacity_bit(spec, flash) - round(left_mbit * MBIT_BIT)
    kept = replace(product(room_bit, 9, kind="soil"), number=1)
    spilled = product(capacity_bit(spec, buffer), 9, kind="soil")
    products = (kept, replace(spilled, number=2, is_volatile=True))
    storage = replace(state.rover.storage, products=products, made_count=2)
    return replace(state, rover=replace(state.rover, storage=storage))


def test_a_radar_alone_is_not_refused_for_the_memory(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    radar = Activity(1, Kind.RADAR, state.tick, HOURS_S)
    desk = desk_at(setup, state)
    assert refusal_of(setup.rover, planned(state, radar).rover, desk, radar) == ""
    state, events = flown(setup, state, HOURS_S + 30, UplinkPlan((radar,)))
    assert notes(events, Kind.RADAR) == [
        (False, "the radar listens only while the wheels turn, and they hardly did")
    ]


def test_a_radar_beside_a_short_drive_asks_for_the_room_of_that_drive(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    radar = Activity(1, Kind.RADAR, state.tick, HOURS_S)
    drive = Activity(2, Kind.DRIVE, state.tick, 3_000, 0.0, -16.0)
    asked = planned(state, radar, drive)
    assert most_way_m(setup.rover, asked.rover, state.tick, HOURS_S) == pytest.approx(15.0)
    desk = desk_at(setup, asked)
    assert refusal_of(setup.rover, asked.rover, desk, radar) == ""
    after, events = flown(setup, state, HOURS_S + 30, UplinkPlan((radar, drive)))
    assert notes(events, Kind.RADAR)[0][0]
    assert newest(after, "radar").size_bit < 15.0 * 0.4e6 + 0.1e6
    needs_mbit = 15.0 * 0.4 + 0.1
    roomy = filled(setup, asked, needs_mbit + 0.1)
    assert refusal_of(setup.rover, roomy.rover, desk, radar) == ""
    crowded = filled(setup, asked, needs_mbit - 0.1)
    refused = refusal_of(setup.rover, crowded.rover, desk, radar)
    assert refused.startswith("The memory for science is full: 0.1 Mbit more")


def test_only_drives_that_begin_while_it_listens_count(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    first = Activity(1, Kind.DRIVE, state.tick + 60, 3_000, 0.0, -16.0)
    back = Activity(2, Kind.DRIVE, state.tick + 4_000, 3_000, 0.0, -12.0)
    there = planned(state, first, back)
    assert most_way_m(setup.rover, there.rover, state.tick, 30) == 0.0
    assert most_way_m(setup.rover, there.rover, state.tick, 4_000) == pytest.approx(15.0)
    assert most_way_m(setup.rover, there.rover, state.tick, 4_001) == pytest.approx(21.0)
    full_m = setup.rover.mobility.speed_m_s * 100
    assert most_way_m(setup.rover, there.rover, state.tick, 100) == pytest.approx(full_m)


@pytest.mark.parametrize(
    ("command", "kind", "way_m"),
    [(Drive(4.0), Kind.ARC, 6.0), (Creep(2.0), Kind.CREEP, 3.0), (Turn(1.0), Kind.TURN, 0.0)],
)
def test_orders_to_the_wheels_count_as_they_say(
    ninety: OpenedLevel, command: Drive | Creep | Turn, kind: Kind, way_m: float
) -> None:
    state = grounded(ninety.setup)
    one = planned(state, Activity(1, kind, state.tick, 600, command=command))
    assert most_way_m(ninety.setup.rover, one.rover, state.tick, HOURS_S) == pytest.approx(way_m)


@pytest.mark.parametrize(("command", "is_long"), [(DriveTo(0.0, -16.0), False), (Drive(9.0), True)])
def test_a_drive_by_hand_may_go_on_and_one_to_a_goal_may_not(
    ninety: OpenedLevel, command: Command, is_long: bool
) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state, _ = flown(setup, state, 5, command)
    assert state.rover.mobility.drive is not None
    way_m = most_way_m(setup.rover, state.rover, state.tick, 3_600)
    full_m = setup.rover.mobility.speed_m_s * 3_600
    assert math.isclose(way_m, full_m) is is_long
    assert way_m == pytest.approx(full_m if is_long else 15.0)
