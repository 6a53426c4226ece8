"""No stop without a cause, no cause without a way on, and the ways on lead on."""

import math
from dataclasses import dataclass, replace

import pytest

from game.commands import (
    Command,
    Crab,
    Creep,
    Drive,
    DriveTo,
    Navigation,
    SetBody,
    TakePicture,
    Turn,
)
from game.events import Choice, DriveEnded, StopReason
from game.rover.drive import DriveKind, DriveOrder, Ground, Obstacle
from game.rover.gear import MobilityState, Where, tilt_rad
from game.rover.mobility import Halt, begin_drive, end_drive, step_mobility, stopped
from tests.rover.machines import BEDROCK, DRIFT, DURICRUST, LOOSE, Plane
from tests.rover.trips import HERE, SPEC, STILL, Trip, arc, drive, goto, rise


@dataclass(frozen=True)
class Bank(Plane):
    """Level at first, then ever steeper to the north."""

    def height_m(self, x_m: float, y_m: float) -> float:  # noqa: ARG002
        return max(0.0, y_m - 3.0) ** 2 * 0.1


def order_of(command: Command) -> DriveOrder:
    """The order behind a command, as `rover/hand.py` gives it."""
    match command:
        case Drive(distance_m=way_m):
            return arc(way_m)
        case Crab(distance_m=way_m, bearing_rad=bearing_rad):
            return DriveOrder(DriveKind.CRAB, way_m, heading_rad=bearing_rad)
        case Creep(distance_m=way_m):
            return DriveOrder(DriveKind.CREEP, way_m)
        case Turn(heading_rad=heading_rad):
            return DriveOrder(DriveKind.TURN, heading_rad=heading_rad)
        case SetBody(body_m=body_m):
            return DriveOrder(DriveKind.BODY, body_m=body_m)
        case DriveTo():
            return DriveOrder(
                DriveKind.GOTO,
                x_m=command.x_m,
                y_m=command.y_m,
                waypoints=command.waypoints,
                navigation=command.navigation,
            )
    raise AssertionError(f"no order: {command!r}")


def stops() -> dict[StopReason, tuple[Trip, Ground]]:
    """One drive for each way to stop."""
    rock = Plane(DURICRUST, things=(Obstacle(0.1, 4.0, 0.3, 0.40),))
    zone = Plane(DURICRUST, things=(Obstacle(0.0, 9.0, 4.0, 1000.0),))
    ring = Plane(
        DURICRUST,
        things=tuple(
            Obstacle(5.0 * math.sin(a / 6.0), 5.0 * math.cos(a / 6.0), 0.5, 0.5) for a in range(38)
        ),
    )
    slipping, trap = Plane(LOOSE, north=rise(13.0)), Plane(LOOSE, north=rise(16.0))
    steep = Plane(DRIFT, north=rise(20.0))
    creep = DriveOrder(DriveKind.CREEP, 1.0)
    visual = replace(goto(0.0, 20.0), navigation=Navigation.VISUAL)
    orders = {
        StopReason.ROCK: (arc(9.0), rock),
        StopReason.ZONE: (arc(9.0), zone),
        StopReason.TILT: (arc(9.0), Bank(BEDROCK)),
        StopReason.SLIP: (visual, slipping),
        StopReason.EMBEDDED: (arc(30.0), trap),
        StopReason.STEEP: (creep, steep),
        StopReason.NO_WAY: (goto(0.0, 20.0), ring),
        StopReason.DONE: (arc(2.0), Plane()),
    }
    return {reason: (drive(*given, spec=STILL), given[1]) for reason, given in orders.items()}


STOPS = stops()


@pytest.mark.parametrize("reason", STOPS, ids=str)
def test_every_stop_has_a_sentence_and_choices(reason: StopReason) -> None:
    end = STOPS[reason][0].end()
    assert end.reason is reason
    assert end.cause.endswith(".")
    assert end.choices
    for choice in end.choices:
        assert isinstance(choice, Choice)
        assert choice.text.endswith(".")


WAYS_ON = [
    (reason, choice)
    for reason, (trip, _) in STOPS.items()
    for choice in trip.end().choices
    if not isinstance(choice.command, TakePicture)
]


@pytest.mark.parametrize(("reason", "choice"), WAYS_ON, ids=lambda one: getattr(one, "text", one))
def test_every_choice_can_be_taken_where_it_is_offered(reason: StopReason, choice: Choice) -> None:
    trip, ground = STOPS[reason]
    after = drive(order_of(choice.command), ground, trip.state, spec=STILL)
    assert after.end().cause
    if isinstance(choice.command, Drive) and reason is not StopReason.EMBEDDED:
        assert after.state.odometer_m > trip.state.odometer_m + 1.0
        assert tilt_rad(after.state) <= tilt_rad(trip.state) + 1e-6


def test_past_a_rock_by_crab_or_with_a_high_body() -> None:
    trip, ground = STOPS[StopReason.ROCK]
    commands = [choice.command for choice in trip.end().choices]
    assert isinstance(commands[1], Crab)
    assert commands[1].bearing_rad < 0.0  # the rock lies a little to the right
    state = drive(order_of(commands[1]), ground, trip.state, spec=STILL).state
    assert drive(arc(6.0), ground, state, spec=STILL).end().reason is StopReason.DONE
    raise_it = next(command for command in commands if isinstance(command, SetBody))
    high = drive(order_of(raise_it), ground, trip.state, spec=STILL).state
    assert drive(arc(6.0), ground, high, spec=STILL).end().reason is StopReason.DONE


def test_out_of_a_hole_by_creeping_is_sure() -> None:
    trip, ground = STOPS[StopReason.EMBEDDED]
    creep = trip.end().choices[0].command
    assert creep == Creep(-2.0)
    freed = drive(order_of(creep), ground, trip.state, spec=STILL)
    assert freed.end().reason is StopReason.DONE
    assert not freed.state.is_embedded
    assert freed.state.y_m == pytest.approx(trip.state.y_m - 2.0, abs=0.6)


def test_a_drive_that_others_stop_can_go_on_from_there() -> None:
    order = DriveOrder(DriveKind.GOTO, x_m=4.0, y_m=15.0, waypoints=((0.0, 2.0), (2.0, 9.0)))
    state, tick = begin_drive(SPEC, HERE, order, 7, 0), 0
    while state.progress is not None and state.progress.passed_count < 1:
        state, _, _ = step_mobility(SPEC, state, Where(Plane(), 7, tick), 5.0)
        tick += 5
    for reason in (StopReason.COMMAND, StopReason.TIME, StopReason.POWER):
        halted, events = end_drive(SPEC, state, tick, stopped("somebody said so", reason))
        assert halted.drive is None
        (end,) = events
        assert isinstance(end, DriveEnded)
        assert end.cause == "Stopped: somebody said so."
        assert end.choices[0].command == DriveTo(4.0, 15.0, ((2.0, 9.0),))


def test_a_held_rover_has_an_end_for_every_reason() -> None:
    state: MobilityState = begin_drive(SPEC, HERE, goto(0.0, 9.0), 7, 0)
    for reason in StopReason:
        _, events = end_drive(SPEC, state, 1, Halt(reason, "So."), Plane())
        (end,) = events
        assert isinstance(end, DriveEnded)
        assert end.reason is reason
        assert end.choices
