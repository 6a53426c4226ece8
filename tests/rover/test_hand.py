"""Commands by hand: obeyed at once, or refused in a sentence."""

from dataclasses import replace
from typing import Any

import pytest

from game.commands import (
    Activity,
    ActivityKind,
    Calibrate,
    Command,
    Crab,
    Creep,
    DeployCamera,
    Discard,
    Drive,
    DriveTo,
    LiftWheel,
    ListenRadar,
    MeasureField,
    ReadInfrared,
    RollOff,
    SampleAir,
    SampleSoil,
    Send,
    SetBody,
    SetPriority,
    Sleep,
    Stop,
    TakeMultispectral,
    TakePicture,
    TakeSelfie,
    Turn,
    UplinkPlan,
    WarmUp,
)
from game.events import ActivityEnded, ActivityStarted, CommandRejected, DriveEnded, Event
from game.levels.open import OpenedLevel
from game.rover.hand import hand_refusal, obey
from game.rover.modes import Mode
from game.rover.rover import RoverState
from game.simulation import desk_at, initial_state
from game.state import Setup, State
from tests.rover.desks import grounded

EVERY: tuple[Command, ...] = (
    RollOff(),
    Drive(1.0),
    DriveTo(0.0, -10.0),
    DriveTo(0.0, -10.0, ((1.0, -8.0), (0.0, -9.0))),
    Turn(1.0),
    TakePicture(1.0),
    TakePicture(1.0, is_panorama=True),
    SampleSoil(),
    SampleSoil(3.0, 0.2),
    ReadInfrared(3.0),
    TakeMultispectral(1.0),
    Calibrate(),
    MeasureField(),
    ListenRadar(900),
    DeployCamera(),
    TakeSelfie(),
    SampleAir(900),
    Send(900),
    WarmUp(900),
    Sleep(900),
    Stop(),
    UplinkPlan(()),
    SetPriority(1, 3),
    Discard(1),
)


def told(setup: Setup, state: State, *commands: Command) -> tuple[RoverState, list[Event]]:
    rover, events = state.rover, list[Event]()
    for command in commands:
        desk = desk_at(setup, replace(state, rover=rover))
        rover, more = obey(setup.rover, rover, desk, command)
        events += more
    return rover, events


@pytest.mark.parametrize("command", EVERY, ids=repr)
def test_the_reason_shown_beforehand_is_the_reason_given(
    ninety: OpenedLevel, command: Command
) -> None:
    setup = ninety.setup
    for state in (initial_state(setup), grounded(setup), grounded(setup, 1.0)):
        if isinstance(command, Stop | SetPriority | Discard):
            continue  # these depend on what runs or lies in memory; the window asks that itself
        said = hand_refusal(setup.rover, state.rover, desk_at(setup, state), command)
        _, events = told(setup, state, command)
        reasons = [event.reason for event in events if isinstance(event, CommandRejected)]
        assert reasons == ([said] if said else [])


def test_the_ramp_is_closed_to_the_wheels_before_its_sol(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    for command in (RollOff(), Drive(3.0)):
        rover, events = told(setup, initial_state(setup), command)
        assert "ramp is still being checked" in str(events[0])
        assert rover.mobility.drive is None


def test_a_held_key_is_one_drive(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, events = told(setup, state, Drive(5.0), Drive(5.0, 0.1), Turn(1.0))
    assert [type(event) for event in events] == [ActivityStarted]
    assert rover.mobility.drive is not None
    assert rover.mobility.drive.heading_rad == 1.0


def test_a_hand_on_the_wheel_ends_a_drive_to_a_goal(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, events = told(setup, state, DriveTo(0.0, -12.0), Drive(2.0))
    kinds = [ActivityStarted, DriveEnded, ActivityEnded, ActivityStarted]
    assert [type(event) for event in events] == kinds
    assert rover.mobility.drive is not None
    assert rover.mobility.drive.is_by_hand


def test_stop_ends_both_lanes_at_once_and_the_radio_can_start_again(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, _ = told(setup, state, DriveTo(0.0, -12.0), Send(900))
    rover, events = told(setup, replace(state, rover=rover), Stop(), Send(600))
    kinds = [DriveEnded, ActivityEnded, ActivityEnded, ActivityStarted]
    assert [type(event) for event in events] == kinds
    assert rover.sequencer.main is None
    assert rover.mobility.drive is None


def test_stop_with_nothing_running_says_so(ninety: OpenedLevel) -> None:
    _, events = told(ninety.setup, grounded(ninety.setup), Stop())
    assert "Nothing is running" in str(events[0])


def test_work_is_not_interrupted_but_rest_is(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    _, events = told(setup, state, SampleSoil(), TakePicture(0.0))
    assert "busy (soil); stop it first" in str(events[1])
    _, events = told(setup, state, Sleep(9000), TakePicture(0.0))
    assert [type(event) for event in events] == [ActivityStarted, ActivityEnded, ActivityStarted]


def test_a_command_keeps_the_computer_up_for_the_next_one(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 2.0)
    state = replace(state, rover=replace(state.rover, mode=Mode.ASLEEP))
    rover, _ = told(setup, state, SampleAir(900))
    assert rover.sequencer.awake_until_tick == state.tick + setup.rover.sequencer.hand_look_s


def test_in_safe_mode_every_action_is_refused_with_the_mode(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state = replace(state, rover=replace(state.rover, mode=Mode.SAFE))
    for command in EVERY[1:11]:
        rover, events = told(setup, state, command)
        assert "safe mode" in str(events[0])
        assert rover.sequencer == state.rover.sequencer


def test_a_plan_replaces_what_has_not_started_and_leaves_what_runs(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    first = Activity(1, ActivityKind.SOIL, state.tick + 900, 1)
    rover, events = told(setup, state, SampleAir(900), UplinkPlan((first,)), UplinkPlan(()))
    assert [type(event) for event in events] == [ActivityStarted, ActivityEnded]
    assert "A new plan took its place." in str(events[1])
    assert rover.sequencer.plan == ()
    assert rover.sequencer.main is not None


@pytest.mark.parametrize(
    "command",
    [
        Send(600.0),  # type: ignore[arg-type]
        Sleep(0),
        UplinkPlan((Activity(3, ActivityKind.AIR, 10.5, 600),)),  # type: ignore[arg-type]
        UplinkPlan((Activity(3, ActivityKind.AIR, 10, 0),)),
        TakePicture(float("nan")),
        SetPriority(1, 10**6),
    ],
    ids=repr,
)
def test_numbers_that_make_no_sense_are_named(ninety: OpenedLevel, command: Command) -> None:
    state = grounded(ninety.setup)
    rover, (event,) = told(ninety.setup, state, command)
    assert "number from" in str(event)
    assert rover == state.rover


@pytest.mark.parametrize(
    ("waypoints", "words"),
    [
        (((0.0, float("nan")),), "Waypoint 1: y_m must be a number from -1e+06 to 1e+06"),
        (((0.0, -8.0), (1e9, 0.0)), "Waypoint 2: x_m must be"),
        (((1.0, 2.0, 3.0),), "Waypoint 1 must be a pair"),
        (((0.0, "north"),), "Waypoint 1: y_m must be"),
        (5, "pairs of east and north"),
    ],
)
def test_a_waypoint_that_is_none_is_named(ninety: OpenedLevel, waypoints: Any, words: str) -> None:
    _, events = told(ninety.setup, grounded(ninety.setup), DriveTo(0.0, -10.0, waypoints))
    assert isinstance(events[0], CommandRejected)
    assert words in events[0].reason


def test_a_waypoint_beyond_what_has_been_seen_is_refused(ninety: OpenedLevel) -> None:
    route = DriveTo(0.0, -10.0, ((0.0, -200.0),))
    _, events = told(ninety.setup, grounded(ninety.setup), route)
    assert isinstance(events[0], CommandRejected)
    assert "No camera has seen" in events[0].reason


@pytest.mark.parametrize(
    ("command", "words"),
    [
        (Crab(float("nan"), 0.5), "distance_m must be a number from -1000 to 1000"),
        (Crab(2.0, float("inf")), "bearing_rad must be a number from -1000 to 1000"),
        (Crab(2000.0, 0.5), "distance_m must be"),
        (Creep(float("-inf")), "distance_m must be"),
        (SetBody(float("nan")), "body_m must be a number from -1 to 1"),
        (SetBody(0.4), "out of reach"),
        (LiftWheel(6), "wheel must be a whole number from 0 to 5"),
        (LiftWheel(2.5), "wheel must be a whole number"),  # type: ignore[arg-type]
        (LiftWheel(2, is_lifted=False), "All wheels are down"),
        (Creep(0.0), "more than 0"),
    ],
    ids=repr,
)
def test_orders_to_the_suspension_that_make_no_sense_are_named(
    ninety: OpenedLevel, command: Command, words: str
) -> None:
    _, events = told(ninety.setup, grounded(ninety.setup), command)
    assert isinstance(events[0], CommandRejected)
    assert words in events[0].reason


@pytest.mark.parametrize(
    "command", [Crab(1.0, 1.5), Creep(-0.5), SetBody(0.1), LiftWheel(4)], ids=repr
)
def test_orders_to_the_suspension_start_the_wheels_by_hand(
    ninety: OpenedLevel, command: Command
) -> None:
    rover, events = told(ninety.setup, grounded(ninety.setup), command)
    assert [type(event) for event in events] == [ActivityStarted]
    assert rover.mobility.drive is not None
