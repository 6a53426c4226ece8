"""What can be done by hand can be planned: orders to wheels, wings, heaters, queue and rest."""

import math
from dataclasses import replace
from typing import get_args

import pytest

from game.commands import (
    COMMANDED,
    Activity,
    ActivityKind,
    Command,
    Crab,
    Creep,
    Drive,
    LiftWheel,
    PlannedCommand,
    SetBody,
    SortQueue,
    Stop,
    Turn,
    UplinkPlan,
)
from game.events import ActivityEnded, ActivityOutcome, ActivityStarted, CommandRejected, Event
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.machine_commands import Heater, Hibernate, SetHeater, SetWings, TiltWings, WingMode
from game.rover.hand import activity_of
from game.rover.lanes import CHORES, DRIVES, WHEEL_ORDERS
from game.rover.mobility import as_believed
from game.rover.modes import Mode
from game.rover.nonsense import nonsense
from game.rover.order_times import order_price
from game.rover.orders import order_of, places_of
from game.session import Session
from game.simulation import step
from game.state import State
from tests.rover.desks import charged, grounded
from tests.rover.planned_cases import COMMANDS
from tests.test_uplink_delay import example, kinds

Kind = ActivityKind
# What makes no sense in a plan, and why not.
BY_HAND_ONLY = {
    "Stop": "ends what runs now; in a plan `abort`, `until` and times do that",
    "Recover": "a rover in safe mode runs no plan; a new plan says as much",
    "Remedy": "answers a fault by a number that only the finding tells",
    "UplinkPlan": "is the plan",
    "SetPriority": "names a product that does not exist yet",
    "MoveBefore": "names products that do not exist yet",
    "Discard": "names a product that does not exist yet",
}


def flown(
    ninety: OpenedLevel,
    *plan: tuple[int, PlannedCommand],
    seconds: int = 6000,
    others: tuple[Activity, ...] = (),
) -> tuple[State, list[Event]]:
    """Uplink commands as a plan, each with its start from now, and fly on."""
    setup = ninety.setup
    state = charged(setup, grounded(setup), 0.7)
    activities = [
        Activity(
            number,
            next(kind for kind, cls in COMMANDED.items() if cls is type(command)),
            start,
            order_price(setup.rover, command).duration_s,
            command=command,
        )
        for number, (start, command) in enumerate(plan, 1)
    ]
    session = Session(setup, state)
    every = (*activities, *others)
    session.issue(
        UplinkPlan(tuple(replace(a, start_tick=state.tick + a.start_tick) for a in every))
    )
    events = list(session.advance_to(state.tick + seconds))
    return session.state, events


def ended(events: list[Event], number: int) -> ActivityEnded:
    return next(e for e in events if isinstance(e, ActivityEnded) and e.number == number)


def test_every_command_is_a_kind_of_activity_or_says_why_not() -> None:
    planned = set(COMMANDED.values())
    for kind in kinds():
        command = example(kind, 0)
        can_be = kind in planned or activity_of(command, 0) is not None
        assert can_be != (kind.__name__ in BY_HAND_ONLY), kind
    assert planned == set(get_args(PlannedCommand))
    made = {activity_of(example(kind, 0), 0) for kind in kinds()} - {None}
    reached = {one.kind for one in made if one is not None} | set(COMMANDED)
    assert reached | {Kind.PANORAMA} == set(Kind)


def test_every_commanded_kind_runs_in_a_known_lane() -> None:
    assert set(COMMANDED) == WHEEL_ORDERS | CHORES
    assert WHEEL_ORDERS < DRIVES


ALONE = [one for one in COMMANDS.values() if not isinstance(one, Hibernate | LiftWheel)]


@pytest.mark.parametrize("command", ALONE, ids=lambda one: type(one).__name__)
def test_a_planned_order_does_what_it_does_by_hand(
    ninety: OpenedLevel, command: PlannedCommand
) -> None:
    """It starts at its time, changes the machine as the command does, and ends with a sentence."""
    state, events = flown(ninety, (600, command), seconds=5000)
    assert any(isinstance(e, ActivityStarted) and e.number == 1 for e in events)
    over = ended(events, 1)
    assert over.outcome is ActivityOutcome.DONE, over
    assert over.note
    assert over.started_tick >= 0
    lasted_s = over.tick - over.started_tick
    assert lasted_s <= order_price(ninety.setup.rover, command).duration_s
    rover = state.rover
    match command:
        case Turn(heading_rad=heading_rad):
            believed = rover.mobility.estimate
            assert believed.heading_rad == pytest.approx(heading_rad, abs=1e-6)
        case Drive() | Crab() | Creep():
            assert rover.mobility.odometer_m == pytest.approx(abs(command.distance_m), rel=0.25)
        case SetBody(body_m=body_m):
            assert rover.mobility.body_m == body_m
        case SetWings():
            assert rover.power.wings.mode is WingMode.LEVEL
            assert sum(rover.power.wings.loose) < 0.1
        case TiltWings(left_rad=left_rad, right_rad=right_rad):
            assert rover.power.wings.tilt_rad[:2] == (left_rad, right_rad)
        case SetHeater(on_k=on_k):
            assert ninety.setup.rover.thermal.box_heater.on_k + rover.thermal.box_shift_k == on_k


def test_a_wheel_is_lifted_and_put_down_by_plan(ninety: OpenedLevel) -> None:
    state, events = flown(
        ninety, (60, LiftWheel(3)), (900, Drive(2.0)), (1800, LiftWheel(3, is_lifted=False))
    )
    assert [ended(events, n).outcome for n in (1, 2, 3)] == [ActivityOutcome.DONE] * 3
    assert ended(events, 1).note.startswith("The wheel is held up.")
    assert state.rover.mobility.lifted_wheel == -1
    assert state.rover.mobility.odometer_m > 1.5


def test_a_plan_may_send_the_rover_into_hibernation_and_tells_what_becomes_of_the_rest(
    ninety: OpenedLevel,
) -> None:
    """By night only: with both keys turned it would wake at once."""
    setup = ninety.setup
    state = charged(setup, grounded(setup, hour=20.0), 0.7)
    at = state.tick
    session = Session(setup, state)
    session.issue(
        UplinkPlan(
            (
                Activity(1, Kind.HIBERNATE, at + 60, 60, command=Hibernate()),
                Activity(2, Kind.AIR, at + 600, 900),
            )
        )
    )
    events = list(session.advance_to(at + 9000))
    assert session.state.rover.mode is Mode.HIBERNATING
    assert ended(events, 1).outcome is ActivityOutcome.DONE
    assert ended(events, 2).outcome is ActivityOutcome.REFUSED
    assert "hibernating mode" in ended(events, 2).note


def test_wheels_wait_for_the_wings_and_wings_for_the_wheels(ninety: OpenedLevel) -> None:
    held = TiltWings(math.radians(60.0), math.radians(-60.0))
    _, events = flown(
        ninety, (60, held), (900, SetWings(WingMode.LEVEL)), (960, Drive(2.0)), (980, Turn(2.0)),
        (990, SetWings(WingMode.TRACK)),
    )  # fmt: skip
    assert [ended(events, n).outcome for n in (1, 2, 3, 4, 5)] == [ActivityOutcome.DONE] * 5
    assert ended(events, 3).started_tick >= ended(events, 2).tick
    assert ended(events, 5).started_tick >= ended(events, 3).tick


def test_what_cannot_be_set_is_refused_with_the_reason_and_the_else_runs(
    ninety: OpenedLevel,
) -> None:
    look = Activity(9, Kind.PICTURE, 0, 120, instead_of=1)
    _, events = flown(ninety, (60, SetHeater(Heater.BOX, 500.0)), others=(look,))
    assert ended(events, 1).outcome is ActivityOutcome.REFUSED
    assert "may come on between" in ended(events, 1).note
    assert ended(events, 9).outcome is ActivityOutcome.DONE


def test_orders_that_lead_over_unseen_ground_are_refused(ninety: OpenedLevel) -> None:
    _, events = flown(ninety, (60, Drive(200.0)), (120, Drive(6.0)))
    assert ended(events, 1).outcome is ActivityOutcome.REFUSED
    assert "No camera has seen" in ended(events, 1).note
    assert ended(events, 2).outcome is ActivityOutcome.DONE


def test_an_order_whose_time_is_over_is_cut_short_with_its_cause(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup), 0.7)
    creep = Activity(1, Kind.CREEP, state.tick + 60, 300, command=Creep(3.0))
    tilt = TiltWings(1.0, -1.0)
    wings = Activity(2, Kind.TILT_WINGS, state.tick + 900, 60, command=tilt)
    session = Session(setup, state)
    session.issue(UplinkPlan((creep, wings)))
    events = list(session.advance_to(state.tick + 3000))
    assert ended(events, 1).outcome is ActivityOutcome.CUT_SHORT
    assert "its time was over" in ended(events, 1).note
    assert ended(events, 2).outcome is ActivityOutcome.CUT_SHORT
    assert "the wings stand at" in ended(events, 2).note


def test_a_drive_that_falls_short_says_what_stopped_it(ninety: OpenedLevel) -> None:
    far = Activity(7, Kind.DRIVE, 60, 240, 0.0, -14.0)
    _, events = flown(ninety, others=(far,))
    assert ended(events, 7).outcome is ActivityOutcome.CUT_SHORT
    assert "short of the goal: Stopped: its time was over." in ended(events, 7).note


def test_a_kind_and_its_command_must_fit(ninety: OpenedLevel) -> None:
    plain = Activity(1, Kind.TURN, 10, 60)
    assert "turn needs the command Turn, got None" in nonsense(plain)
    assert "turn needs the command Turn" in nonsense(replace(plain, command=Creep(1.0)))
    assert "air gives no command" in nonsense(Activity(1, Kind.AIR, 10, 60, command=Turn(1.0)))
    wild = replace(plain, command=Turn(math.nan))
    assert "heading_rad must be a number" in nonsense(wild)
    setup, state = ninety.setup, grounded(ninety.setup)
    _, events = step(setup, state, ((state.tick, UplinkPlan((wild,))),))
    (refused,) = (e for e in events if isinstance(e, CommandRejected))
    assert "Activity 1: heading_rad" in refused.reason


def test_a_stop_by_hand_holds_the_wings_where_they_are(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup), 0.7)
    tilt = Activity(1, Kind.TILT_WINGS, state.tick + 60, 900, command=TiltWings(1.0, -1.0))
    session = Session(setup, state)
    session.issue(UplinkPlan((tilt,)))
    session.advance_to(state.tick + 180)
    session.issue(Stop())
    events = list(session.advance_to(state.tick + 400))
    assert ended(events, 1).note == "stopped on command"
    wings = session.state.rover.power.wings
    assert wings.mode is WingMode.HELD
    assert 0.1 < wings.tilt_rad[0] < 0.9
    assert wings.tilt_rad == wings.wanted_rad


def test_orders_know_where_they_lead(ninety: OpenedLevel) -> None:
    place = as_believed(grounded(ninety.setup).rover.mobility)
    east = replace(place, estimate=replace(place.estimate, heading_rad=math.pi / 2.0))
    x_m, y_m = place.estimate.x_m, place.estimate.y_m
    (*_, last) = places_of(east, order_of(Drive(3.0), is_by_hand=False))
    assert last == pytest.approx((x_m + 3.0, y_m))
    (*_, last) = places_of(east, order_of(Crab(2.0, math.pi / 2.0), is_by_hand=False))
    assert last == pytest.approx((x_m, y_m - 2.0))
    half = Drive(math.pi * 4.0, 0.25)  # half a circle of 4 m to the right ends 8 m to the south
    (*_, last) = places_of(east, order_of(half, is_by_hand=False))
    assert last == pytest.approx((x_m, y_m - 8.0), abs=0.1)
    assert places_of(east, order_of(Drive(-3.0), is_by_hand=False)) == ()


def test_the_price_grows_with_the_way(ninety: OpenedLevel) -> None:
    spec = ninety.setup.rover
    near, far = order_price(spec, Creep(0.5)), order_price(spec, Creep(2.0))
    assert far.energy_j == pytest.approx(4.0 * near.energy_j)
    assert far.duration_s > near.duration_s >= 60
    assert order_price(spec, SortQueue()).energy_j == 0.0
    assert order_price(spec, SetWings(WingMode.SHED)).duration_s > 1800
    commands: tuple[Command, ...] = (Turn(0.0), SetBody(0.0), TiltWings(0.0, 0.0))
    assert all(order_price(spec, one).energy_j > 0.0 for one in commands)  # type: ignore[arg-type]


def test_the_run_ahead_books_what_orders_and_wings_take(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup), 0.7)
    tilt = TiltWings(math.radians(50.0), math.radians(-50.0))
    plan = (
        Activity(1, Kind.TILT_WINGS, state.tick + 60, 900, command=tilt),
        Activity(2, Kind.CREEP, state.tick + 1800, 1800, command=Creep(0.5)),
    )
    seen = forecast(setup, state, state.tick + 6000, plan)
    costs = {cost.number: cost for cost in seen.costs}
    wings = setup.rover.power.wings
    turned_j = wings.motor_w * 100.0 / wings.turn_deg_s
    assert costs[1].energy_j >= turned_j
    assert costs[1].energy_j < 4.0 * turned_j  # with the computer awake for it
    price = order_price(setup.rover, Creep(0.5))
    assert 0.5 * price.energy_j < costs[2].energy_j < 1.5 * price.energy_j
    assert not seen.refusals
    steep = replace(plan[0], command=TiltWings(math.radians(70.0), 0.0))
    seen = forecast(setup, state, state.tick + 6000, (steep, plan[1]))
    assert [one.reason for one in seen.refusals] == [
        "A wing stands up at 70 degrees and would sway; lay the wings flat before driving."
    ]
