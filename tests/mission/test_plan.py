import time
from dataclasses import replace

from game.commands import Activity, ActivityKind
from game.mission.plan import (
    History,
    anchored,
    changed,
    clashes,
    copied,
    edited,
    find,
    moved,
    next_number,
    redone,
    resized,
    shifted,
    timed,
    undone,
    with_activity,
    without,
)

DRIVE = Activity(1, ActivityKind.DRIVE, 36_000, 3600, x_m=0.0, y_m=-20.0)
SEND = Activity(2, ActivityKind.SEND, 60_000, 12_000)


def test_undo_and_redo_go_through_every_edit() -> None:
    history = History(())
    for number in range(5):
        history = edited(history, with_activity(history.plan, replace(DRIVE, number=number)))
    for _ in range(5):
        history = undone(history)
    assert history.plan == ()
    assert undone(history) == history
    for _ in range(7):
        history = redone(history)
    assert len(history.plan) == 5


def test_an_edit_that_changes_nothing_leaves_no_step_to_undo() -> None:
    history = History((DRIVE,))
    assert edited(history, (DRIVE,)) is history


def test_edits_keep_the_plan_in_order_and_numbers_unique() -> None:
    plan = with_activity((DRIVE,), replace(SEND, start_tick=0))
    assert [a.start_tick for a in plan] == [0, 36_000]
    assert next_number(plan) == 3
    assert moved(plan, 1, -5)[0].number == 1
    assert resized(plan, 1, 3)[1].duration_s == 60
    assert without(plan, 1) == (plan[0],)
    assert shifted(plan, 100)[0].start_tick == 100


def test_activities_of_one_lane_must_not_overlap_but_the_radio_runs_beside() -> None:
    look = Activity(3, ActivityKind.PICTURE, 37_000, 300)
    sleep = Activity(4, ActivityKind.SLEEP, 36_000, 9_000)
    assert clashes((DRIVE, look)) == ((1, 3),)
    assert clashes((DRIVE, replace(SEND, start_tick=36_000))) == ()
    assert clashes((DRIVE, sleep)) == ()


def test_what_waits_for_another_moves_and_stretches_with_it() -> None:
    look = Activity(3, ActivityKind.PICTURE, 0, 300, after=1, gap_s=120)
    twin = Activity(4, ActivityKind.SOIL, 0, 300, instead_of=3)
    plan = timed((DRIVE, look, twin))
    starts = {a.number: a.start_tick for a in plan}
    assert starts == {1: 36_000, 3: 39_720, 4: 39_720}
    assert find(moved(plan, 1, 40_000), 3) == replace(look, start_tick=43_720)
    assert find(resized(plan, 1, 7200), 4) == replace(twin, start_tick=43_320)
    cut = without(plan, 1)
    assert find(cut, 3) == replace(look, start_tick=39_720, after=0, gap_s=0)
    assert find(moved(plan, 3, 50_000), 3) == replace(look, start_tick=50_000, after=0, gap_s=0)


def test_nothing_can_be_made_to_wait_for_itself() -> None:
    plan = anchored((DRIVE, SEND), 2, 1, 60)
    assert find(plan, 2) == replace(SEND, start_tick=39_660, after=1, gap_s=60)
    assert anchored(plan, 1, 2) == plan
    assert anchored(plan, 1, 1) == plan
    assert anchored(plan, 1, 77) == plan


def test_a_copied_group_hangs_together_like_the_original() -> None:
    look = Activity(3, ActivityKind.PICTURE, 0, 300, after=1, name="look")
    plan = copied(timed((DRIVE, look)), (1, 3), 88_775)
    drive, picture = (find(plan, number) for number in (4, 5))
    assert drive is not None
    assert picture is not None
    assert (drive.start_tick, picture.after, picture.name) == (36_000 + 88_775, 4, "")
    assert picture.start_tick == drive.start_tick + drive.duration_s


def test_priority_condition_and_option_are_edits_too() -> None:
    plan = changed((DRIVE, SEND), 1, priority=8, is_optional=True, until="sol > 9")
    plan = changed(plan, 1, condition="charge_frac > 40 %", abort="tau > 2")
    (drive, send) = plan
    assert (drive.priority, drive.is_optional, drive.until) == (8, True, "sol > 9")
    assert (drive.condition, drive.abort) == ("charge_frac > 40 %", "tau > 2")
    assert send == SEND


def test_every_overlap_in_a_lane_is_found_not_only_of_neighbours() -> None:
    long = replace(DRIVE, number=1, duration_s=9000)
    first = Activity(2, ActivityKind.PICTURE, 37_000, 300)
    later = Activity(3, ActivityKind.PICTURE, 40_000, 300)
    instead = replace(first, number=4, instead_of=1)
    assert clashes((long, first, later)) == ((1, 2), (1, 3))
    assert clashes((long, instead)) == ()


def test_two_hundred_activities_are_edited_within_a_frame() -> None:
    """16 ms is one frame; by processor time, because other work shares the machine."""
    plan = tuple(
        Activity(n, ActivityKind.PICTURE, 400 * n, 300, after=n - 1 if n % 3 == 0 else 0)
        for n in range(1, 201)
    )
    plan = timed(plan)
    began = time.process_time()
    for number in range(1, 51):
        plan = resized(moved(plan, number, 400 * number + 5), number, 310)
        clashes(plan)
    assert (time.process_time() - began) / 50 < 0.016
