"""Activities begin, end and give way at the boundary between two steps."""

from dataclasses import replace

from game.commands import Activity, ActivityKind
from game.events import ActivityEnded, ActivityStarted, DriveEnded, Event, ProductStored
from game.levels.open import OpenedLevel
from game.rover.lanes import CHORES
from game.rover.modes import Mode
from game.rover.plan_links import load_plan
from game.rover.rover import RoverState
from game.rover.work import end_finished, start_due
from game.simulation import desk_at
from game.state import Setup, State
from tests.rover.desks import charged, grounded, later
from tests.rover.planned_cases import COMMANDS

Kind = ActivityKind


def planned(state: State, *activities: Activity) -> RoverState:
    """The rover with activities whose start counts from now."""
    moved = tuple(replace(a, start_tick=a.start_tick + state.tick) for a in activities)
    return replace(state.rover, sequencer=load_plan(state.rover.sequencer, moved))


def began(setup: Setup, state: State, *activities: Activity) -> tuple[RoverState, list[Event]]:
    rover, events = start_due(setup.rover, planned(state, *activities), desk_at(setup, state))
    return rover, list(events)


def finished(
    setup: Setup, state: State, rover: RoverState, seconds: int
) -> tuple[RoverState, list[Event]]:
    rover, events = end_finished(setup.rover, rover, later(setup, state, rover, seconds))
    return rover, list(events)


def test_a_picture_begins_runs_its_time_and_lies_in_memory(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, events = began(setup, state, Activity(1, Kind.PICTURE, 0, 1))
    assert events == [ActivityStarted(state.tick, 1, Kind.PICTURE)]
    main = rover.sequencer.main
    assert main is not None
    length_s = main.ends_tick - main.started_tick
    assert finished(setup, state, rover, length_s - 1)[1] == []
    rover, events = finished(setup, state, rover, length_s)
    assert [type(event) for event in events] == [ProductStored, ProductStored, ActivityEnded]
    assert rover.sequencer.main is None
    assert {one.made_tick for one in rover.storage.products} == {state.tick + length_s}
    assert [one.kind for one in rover.storage.products] == ["thumbnail", "picture"]


def test_work_makes_a_weather_record_give_way_and_keeps_what_it_has(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, _ = began(setup, state, Activity(1, Kind.AIR, 0, 5000), Activity(2, Kind.SOIL, 900, 1))
    desk = later(setup, state, rover, 900)
    rover, events = start_due(setup.rover, rover, desk)
    assert [type(event) for event in events] == [ProductStored, ActivityEnded, ActivityStarted]
    assert rover.sequencer.main is not None
    assert rover.sequencer.main.activity.kind is Kind.SOIL


def test_a_record_of_a_minute_is_not_worth_keeping(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, _ = began(setup, state, Activity(1, Kind.AIR, 0, 5000), Activity(2, Kind.SOIL, 60, 1))
    rover, events = start_due(setup.rover, rover, later(setup, state, rover, 60))
    assert [type(event) for event in events] == [ActivityEnded, ActivityStarted]
    assert rover.storage.products == ()


def test_work_of_yesterday_is_dropped_before_anything_starts(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    late_s = setup.rover.sequencer.late_start_s + 1
    stale, fresh = Activity(1, Kind.SOIL, -late_s, 1), Activity(2, Kind.PICTURE, 0, 1)
    _, events = began(setup, state, stale, fresh)
    assert isinstance(events[0], ActivityEnded)
    assert events[0].number == 1
    assert not events[0].is_done
    assert events[1:] == [ActivityStarted(state.tick, 2, Kind.PICTURE)]


def test_a_condition_is_asked_when_the_time_comes(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    look = Activity(1, Kind.PICTURE, 0, 1, condition="charge_frac > 0.99")
    _, events = began(setup, state, look)
    assert "did not hold: charge_frac > 0.99" in str(events[0])
    _, events = began(setup, state, replace(look, condition="charge_frac > 0.5"))
    assert isinstance(events[0], ActivityStarted)
    _, events = began(setup, state, replace(look, condition="charg_frac > 0.5"))
    assert "did you mean 'charge_frac'" in str(events[0])


def test_a_condition_sees_what_was_stored_at_the_same_moment(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, _ = began(setup, state, Activity(1, Kind.PICTURE, 0, 1))
    main = rover.sequencer.main
    assert main is not None
    after_s = main.ends_tick - state.tick
    desk = later(setup, state, rover, after_s)
    rover, _ = end_finished(setup.rover, rover, desk)
    follow = Activity(2, Kind.SOIL, 0, 1, condition="picture_count == 1")
    rover = planned(replace(state, tick=desk.tick, rover=rover), follow)
    _, events = start_due(setup.rover, rover, desk)
    assert isinstance(events[0], ActivityStarted)


def test_below_the_floor_only_sleep_begins(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup), setup.rover.bus.floor_frac - 0.01)
    for kind in Kind:
        command = COMMANDS.get(kind)
        _, events = began(setup, state, Activity(1, kind, 0, 600, command=command))
        is_spared = kind is Kind.SLEEP or kind in CHORES  # they help a poor rover
        assert isinstance(events[0], ActivityStarted) == is_spared, kind
        assert is_spared or "below the floor" in str(events[0])


def test_cold_motors_refuse_and_say_what_to_do(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    state = replace(state, rover=replace(state.rover, motor_k=210.0))
    _, events = began(setup, state, Activity(1, Kind.DRIVE, 0, 600, 0.0, -12.0))
    assert "warm them up" in str(events[0])


def test_ground_that_no_camera_has_seen_is_not_driven_to(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    _, events = began(setup, state, Activity(1, Kind.DRIVE, 0, 600, 0.0, -120.0))
    assert "No camera has seen" in str(events[0])


def test_a_drive_that_runs_out_of_time_is_ended_and_told_short(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    rover, _ = began(setup, state, Activity(1, Kind.DRIVE, 0, 600, 0.0, -12.0, priority=9))
    assert rover.mobility.drive is not None
    rover, events = finished(setup, state, rover, 600)
    assert [type(event) for event in events] == [DriveEnded, ActivityEnded]
    assert rover.mobility.drive is None
    assert "6 m short of the goal" in str(events[1])
    assert "cut short" in str(events[1])


def test_a_plan_waits_in_safe_mode_and_what_ran_is_ended(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup)
    send, air = Activity(1, Kind.SEND, 0, 3000), Activity(2, Kind.AIR, 0, 3000)
    rover, _ = began(setup, state, send, air, Activity(3, Kind.SOIL, 3000, 1))
    rover, events = finished(setup, state, replace(rover, mode=Mode.SAFE), 300)
    assert {event.kind for event in events if isinstance(event, ActivityEnded)} == {
        Kind.SEND,
        Kind.AIR,
    }
    assert [activity.number for activity in rover.sequencer.plan] == [3]
    assert start_due(setup.rover, rover, later(setup, state, rover, 3000))[1] == ()
    rover = replace(rover, mode=Mode.STANDBY)
    _, more = start_due(setup.rover, rover, later(setup, state, rover, 3300))
    assert isinstance(more[0], ActivityStarted)
