from dataclasses import replace

from game.commands import Activity, ActivityKind
from game.rover.plan_links import load_plan
from game.rover.sequencer import (
    Running,
    SequencerState,
    add,
    due,
    end,
    gives_way,
    next_boundary_tick,
    order,
    overdue,
    start,
)

Kind = ActivityKind
LOOK = Activity(1, Kind.PICTURE, 100, 60)
SEND = Activity(2, Kind.SEND, 100, 600)
AIR = Activity(3, Kind.AIR, 50, 3000)
SLEEP = Activity(4, Kind.SLEEP, 50, 3000, priority=9)
DRIVE = Activity(5, Kind.DRIVE, 90, 3000)


def running(activity: Activity, since: int = 0) -> Running:
    return Running(activity, since, since + activity.duration_s, 0.0, 0.0, 0)


def test_order_is_by_start_then_priority_then_number() -> None:
    urgent = replace(LOOK, number=9, priority=8)
    assert order((SEND, LOOK, urgent, AIR)) == (AIR, urgent, LOOK, SEND)


def test_both_lanes_run_side_by_side() -> None:
    state = SequencerState(plan=order((LOOK, SEND)), main=running(DRIVE))
    assert due(state, 99) is None
    assert due(state, 100) == SEND
    assert due(start(state, running(SEND)), 100) is None


def test_listening_makes_room_for_equal_work_and_sleep_for_any() -> None:
    assert gives_way(AIR, LOOK)
    assert not gives_way(AIR, replace(LOOK, priority=4))
    assert gives_way(SLEEP, replace(LOOK, priority=1))
    assert not gives_way(DRIVE, LOOK)
    assert not gives_way(AIR, replace(AIR, number=8))


def test_numbers_stay_unique_when_a_plan_is_replaced_under_way() -> None:
    state = SequencerState(main=running(LOOK), next_number=7)
    plan = (replace(DRIVE, number=1), replace(AIR, number=0), replace(SEND, number=2))
    after = load_plan(state, plan)
    numbers = [activity.number for activity in after.plan]
    assert after.main == state.main
    assert len({*numbers, 1}) == 4
    assert min(numbers) > 0
    assert after.next_number > max(numbers)


def test_a_hand_activity_gets_the_next_number() -> None:
    state, activity = add(SequencerState(next_number=5), LOOK)
    assert activity.number == 5
    assert state.next_number == 6
    assert state.plan == (activity,)


def test_starting_and_ending_move_an_activity_through_its_lane() -> None:
    state = start(SequencerState(plan=(LOOK, SEND)), running(SEND))
    assert state.plan == (LOOK,)
    assert state.main is None
    assert end(state, running(SEND)).radio is None


def test_the_next_start_is_a_boundary_even_behind_a_queue_that_waits() -> None:
    waiting = tuple(replace(LOOK, number=n, start_tick=10 + n) for n in range(6))
    state = SequencerState(plan=order((*waiting, SEND)), main=running(DRIVE))
    assert next_boundary_tick(state, 50) == 100


def test_boundaries_are_ends_starts_and_the_end_of_the_look_after_a_command() -> None:
    state = SequencerState(main=running(LOOK, 20), awake_until_tick=70)
    assert next_boundary_tick(state, 30) == 70
    assert next_boundary_tick(state, 70) == 80
    assert next_boundary_tick(state, 80) is None


def test_what_waits_too_long_is_overdue() -> None:
    state = SequencerState(plan=(AIR, LOOK))
    assert overdue(state, 3650, 3600) == ()
    assert overdue(state, 3651, 3600) == (AIR,)
