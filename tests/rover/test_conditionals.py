"""What a plan may say besides times: if, until, abort, else, after, optional, priority."""

from dataclasses import replace

import pytest

from game.commands import Activity, ActivityKind, Command, UplinkPlan
from game.events import ActivityEnded, ActivityStarted, CommandRejected, Event
from game.levels.open import OpenedLevel
from game.machine_commands import Recover
from game.rover.modes import WORKING
from game.session import Session
from game.state import Setup, State
from tests.rover.desks import charged, grounded

Kind = ActivityKind


def flown(
    ninety: OpenedLevel, *plan: Activity, seconds: int = 9000, frac: float = 0.7
) -> tuple[State, list[Event]]:
    """Uplink a plan whose starts count from now and fly it."""
    setup = ninety.setup
    state = charged(setup, grounded(setup), frac)
    session = Session(setup, state)
    session.issue(UplinkPlan(tuple(replace(a, start_tick=state.tick + a.start_tick) for a in plan)))
    events = list(session.advance_to(state.tick + seconds))
    return session.state, events


def started(events: list[Event]) -> list[int]:
    return [event.number for event in events if isinstance(event, ActivityStarted)]


def ended(events: list[Event], number: int) -> ActivityEnded:
    return next(e for e in events if isinstance(e, ActivityEnded) and e.number == number)


def test_if_then_else_runs_one_of_two_and_reports_the_other(ninety: OpenedLevel) -> None:
    look = Activity(1, Kind.PICTURE, 600, 120, condition="charge_frac > 99 %")
    ring = Activity(2, Kind.SOIL, 600, 840, instead_of=1)
    _, events = flown(ninety, look, ring)
    assert started(events) == [2]
    assert "did not hold" in ended(events, 1).note
    _, events = flown(ninety, replace(look, condition="charge_frac > 40 %", name="look"), ring)
    assert started(events) == [1]
    assert ended(events, 2).note == "not needed: look runs"


def test_a_chain_of_else_ends_with_the_first_that_can_run(ninety: OpenedLevel) -> None:
    far = Activity(1, Kind.DRIVE, 600, 3000, 0.0, -400.0)  # no camera has seen that ground
    never = Activity(2, Kind.PICTURE, 600, 120, condition="sol > 80", instead_of=1)
    last = Activity(3, Kind.SOIL, 600, 840, instead_of=2)
    _, events = flown(ninety, far, never, last)
    assert started(events) == [3]


def test_after_follows_the_real_end_not_the_planned_one(ninety: OpenedLevel) -> None:
    drive = Activity(1, Kind.DRIVE, 60, 6000, 0.0, -9.0)  # arrives long before
    look = Activity(2, Kind.PICTURE, 6060, 120, after=1, gap_s=90)
    state, events = flown(ninety, drive, look)
    arrived = ended(events, 1).tick
    begun = next(e for e in events if isinstance(e, ActivityStarted) and e.number == 2)
    assert arrived < state.tick - 5000
    assert begun.tick == arrived + 90


def test_after_one_that_is_left_out_starts_at_once(ninety: OpenedLevel) -> None:
    never = Activity(1, Kind.SOIL, 600, 840, condition="sol > 80")
    look = Activity(2, Kind.PICTURE, 1440, 120, after=1)
    _, events = flown(ninety, never, look)
    begun = next(e for e in events if isinstance(e, ActivityStarted))
    assert begun.tick == ended(events, 1).tick


def test_until_ends_well_and_keeps_the_record(ninety: OpenedLevel) -> None:
    air = Activity(1, Kind.AIR, 60, 5400, until="lmst_h > 11.5")
    state, events = flown(ninety, air)
    over = ended(events, 1)
    assert over.is_done
    assert over.tick < state.tick - 5400
    assert [p.kind for p in state.rover.storage.products] == ["air"]


def test_abort_breaks_off_and_names_the_condition(ninety: OpenedLevel) -> None:
    drive = Activity(1, Kind.DRIVE, 60, 6000, 0.0, -20.0, abort="odometer_m > 3")
    state, events = flown(ninety, drive)
    over = ended(events, 1)
    assert (over.is_done, over.note) == (False, "broken off: odometer_m > 3")
    assert 3.0 < state.rover.mobility.odometer_m < 3.6
    assert state.rover.mobility.drive is None


def test_optional_work_never_makes_other_work_wait(ninety: OpenedLevel) -> None:
    extra = Activity(1, Kind.AIR, 600, 5400, is_optional=True)
    drive = Activity(2, Kind.DRIVE, 3600, 3000, 0.0, -9.0)
    _, events = flown(ninety, extra, drive)
    assert started(events) == [2]
    assert ended(events, 1).note == "Optional: drive comes first."
    _, events = flown(ninety, extra)
    assert started(events) == [1]


def test_optional_work_needs_charge_to_spare(ninety: OpenedLevel) -> None:
    floor = ninety.setup.rover.bus.floor_frac
    extra = Activity(1, Kind.PICTURE, 60, 120, is_optional=True)
    _, events = flown(ninety, extra, frac=floor + 0.05, seconds=600)
    assert "Optional: charge is" in ended(events, 1).note
    _, events = flown(ninety, replace(extra, is_optional=False), frac=floor + 0.05, seconds=600)
    assert started(events) == [1]


def test_the_higher_priority_wins_a_clash_and_the_loser_says_so(ninety: OpenedLevel) -> None:
    drive = Activity(1, Kind.DRIVE, 60, 6000, 0.0, -20.0)
    urgent = Activity(2, Kind.SOIL, 300, 840, priority=7)
    _, events = flown(ninety, drive, urgent)
    assert started(events) == [1, 2]
    assert ended(events, 1).note.startswith("made room for soil")
    assert ended(events, 2).tick > ended(events, 1).tick
    _, events = flown(ninety, drive, replace(urgent, priority=5), seconds=600)
    assert started(events) == [1]


def test_of_two_that_wait_the_higher_priority_is_first(ninety: OpenedLevel) -> None:
    soil = Activity(1, Kind.SOIL, 60, 840, priority=9)
    low = Activity(2, Kind.PICTURE, 100, 120, priority=2)
    high = Activity(3, Kind.PICTURE, 200, 120, priority=6)
    _, events = flown(ninety, soil, low, high)
    assert started(events) == [1, 3, 2]


def test_what_stands_in_for_nothing_is_reported(ninety: OpenedLevel) -> None:
    _, events = flown(ninety, Activity(1, Kind.PICTURE, 600, 120, instead_of=9))
    assert ended(events, 1).note == "What it would stand in for is not in the plan."


@pytest.mark.parametrize(
    "plan",
    [
        (Activity(1, Kind.PICTURE, 60, 120, after=1),),
        (
            Activity(1, Kind.PICTURE, 60, 120, after=2),
            Activity(2, Kind.PICTURE, 60, 120, instead_of=1),
        ),
    ],
)
def test_a_ring_of_waiting_is_refused_and_the_last_good_plan_stays(
    ninety: OpenedLevel, plan: tuple[Activity, ...]
) -> None:
    setup: Setup = ninety.setup
    session = Session(setup, grounded(setup))
    good = (Activity(1, Kind.PICTURE, session.state.tick + 7000, 120),)
    bad: Command = UplinkPlan(plan)
    session.issue(UplinkPlan(good))
    session.advance_to(session.state.tick + 30)
    session.issue(bad)
    events = session.advance_to(session.state.tick + 30)
    assert [e for e in events if isinstance(e, CommandRejected)]
    assert session.state.rover.sequencer.plan == good


def test_safe_mode_keeps_the_plan_and_names_what_it_cost(ninety: OpenedLevel) -> None:
    setup = ninety.setup
    state = charged(setup, grounded(setup, hour=16.0), 0.001)
    now = state.tick
    plan = (
        Activity(1, Kind.AIR, now + 5, 20_000),
        Activity(2, Kind.PICTURE, now + 2000, 120),
        Activity(3, Kind.PICTURE, now + 5 * 88_775 - 14_000, 120),
    )
    session = Session(setup, state)
    session.issue(UplinkPlan(plan))
    events = list(session.advance_to(now + 9000))
    assert ended(events, 2).note.startswith("the rover is in ")
    late_s = ended(events, 2).tick - now - 2000 - setup.rover.sequencer.late_start_s
    assert 0 < late_s <= setup.steps.asleep_s
    assert session.state.rover.mode not in WORKING
    assert [a.number for a in session.state.rover.sequencer.plan] == [3]
    events += session.advance_to(now + 2 * 88_775)
    session.issue(Recover())  # once its own checks hold, it waits for a word from Earth
    events += session.advance_to(now + 5 * 88_775)
    assert ended(events, 3).is_done
