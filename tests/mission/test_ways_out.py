"""The steps out of each kind of broken rule by themselves; `test_trials.py` flies them."""

from dataclasses import replace

import numpy as np
import pytest

from game.commands import Activity, ActivityKind
from game.levels.open import OpenedLevel
from game.machine_commands import Heater, SetHeater
from game.mission.flight_checks import CHECKS
from game.mission.flight_rules import Circumstances, Cost, Course, Review, Rule, Violation, WayOut
from game.mission.plan import Plan, clashes, find, timed
from game.mission.ways_out import WAYS, ways_out

Kind = ActivityKind
NOON, LATE = 40_000, 60_000


def review(ninety: OpenedLevel, plan: Plan, **course: object) -> Review:
    """A sol of light until the evening, with one pass, and as much charge as anybody wants."""
    tick = np.array([30_000.0, 50_000.0, 70_000.0, 100_000.0])
    seen = Course(tick, np.full(4, 0.9), np.full(4, 270.0), np.zeros(4))
    around = Circumstances(lambda tick: tick < LATE, lambda _: ((45_000, 46_000),))
    return Review(ninety.flight_rules, plan, replace(seen, **course), around)  # type: ignore[arg-type]


def rule_of(ninety: OpenedLevel, check: str) -> Rule:
    return next(rule for rule in ninety.flight_rules.rule if rule.check == check)


def broken(ninety: OpenedLevel, check: str, plan: Plan, number: int = 0) -> Violation:
    rule = rule_of(ninety, check)
    return Violation(rule.name, NOON, 0.0, rule.limit, number, "", plan)


def steps(
    ninety: OpenedLevel, check: str, plan: Plan, number: int = 0, **course: object
) -> dict[str, Plan]:
    """Return the plans after every step by their words."""
    found: list[WayOut] = list(
        ways_out(review(ninety, plan, **course), broken(ninety, check, plan, number))
    )
    return {way.words: way.plan for way in found}


def test_every_check_has_its_ways() -> None:
    assert set(WAYS) == set(CHECKS)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("count", [0, 1, 3])
def test_there_is_always_a_step(ninety: OpenedLevel, check: str, count: int) -> None:
    plan = timed(tuple(Activity(n, Kind.AIR, NOON + 4000 * n, 3600) for n in range(1, count + 1)))
    for number in range(count + 1):
        found = steps(ninety, check, plan, number)
        assert found
        assert all(found)  # words
        assert len(set(found.values())) == len(found)


def test_a_step_that_changes_nothing_is_none(ninety: OpenedLevel) -> None:
    plan = (Activity(1, Kind.AIR, NOON, 3600),)
    for check in CHECKS:
        assert plan not in steps(ninety, check, plan, 1).values()


def test_what_overlaps_moves_ends_or_gives_way(ninety: OpenedLevel) -> None:
    air = Activity(1, Kind.AIR, NOON, 3600, name="hum")
    look = Activity(2, Kind.PICTURE, NOON + 1800, 120)
    found = steps(ninety, "overlap", (air, look), 2)
    assert list(found) == [
        "move it to the next free time", "end hum when it begins", "make it optional",
        "leave out picture",
    ]  # fmt: skip
    moved = find(found["move it to the next free time"], 2)
    assert moved is not None
    assert moved.start_tick == NOON + 3600
    ended = find(found["end hum when it begins"], 1)
    assert ended is not None
    assert ended.duration_s == 1800
    assert not clashes(found["leave out picture"])


def test_a_picture_is_not_moved_into_the_dark(ninety: OpenedLevel) -> None:
    long_air = Activity(1, Kind.AIR, NOON, LATE - NOON)
    look = Activity(2, Kind.PICTURE, NOON + 1800, 120)
    assert "move it to the next free time" not in steps(ninety, "overlap", (long_air, look), 2)


def test_a_heater_that_the_plan_sets_is_set_otherwise_and_no_second_is_added(
    ninety: OpenedLevel,
) -> None:
    cold = Activity(1, Kind.HEATER, NOON, 60, command=SetHeater(Heater.BOX, 233.15))
    first = next(iter(steps(ninety, "box", (cold,)).values()))
    limit_k = rule_of(ninety, "box").limit
    spare_k = ninety.flight_rules.heater_spare_k
    assert [a.command for a in first] == [SetHeater(Heater.BOX, limit_k + spare_k)]
    added = next(iter(steps(ninety, "battery", (cold,)).values()))
    assert [a.command for a in added if a.number != 1] == [
        SetHeater(Heater.BATTERY, rule_of(ninety, "battery").limit + spare_k)
    ]


def test_memory_is_sent_packed_or_not_made(ninety: OpenedLevel) -> None:
    plan = (
        Activity(1, Kind.PANORAMA, NOON, 1500, name="ring"),
        Activity(2, Kind.AIR, NOON + 2000, 3600),
    )
    costs = (Cost(1, NOON, NOON + 1500, 1e5, 9e7), Cost(2, NOON + 2000, NOON + 5600, 1e5, 2e6))
    found = steps(ninety, "memory", plan, costs=costs)
    assert list(found) == [
        "send in the next free pass", "pack ring 64 times", "leave out ring", "leave out air",
        "leave out 2 activities",
    ]  # fmt: skip
    send = find(found["send in the next free pass"], 3)
    assert send is not None
    assert (send.kind, send.start_tick, send.duration_s) == (Kind.SEND, 45_000, 1000)


def test_a_drive_that_needs_longer_starts_all_after_it_later(ninety: OpenedLevel) -> None:
    drive = Activity(1, Kind.DRIVE, NOON, 600, 0.0, -18.0)
    air = Activity(2, Kind.AIR, NOON + 600, 3600)
    longer = (replace(drive, duration_s=1800), air)
    rule = rule_of(ninety, "arrival")
    late = Violation(rule.name, NOON, 0.5, 1.0, 1, "give it 20 min more", longer)
    found = {way.words: way.plan for way in ways_out(review(ninety, (drive, air)), late)}
    assert list(found) == [
        "give it 20 min more", "give it 20 min more, and start all after it later",
        "leave out drive",
    ]  # fmt: skip
    assert not clashes(found["give it 20 min more, and start all after it later"])


def test_charge_is_found_without_loss_before_work_is_given_up(ninety: OpenedLevel) -> None:
    plan = (Activity(1, Kind.AIR, NOON, 3600, name="hum"),)
    charge = np.array([0.5, 0.25, 0.4, 0.8])
    words = list(steps(ninety, "charge", plan, 1, charge_frac=charge))
    assert words[:2] == ["move hum to where the charge is back", "let the wings follow the Sun"]
    assert words.index("leave out hum") > words.index("let the wings follow the Sun")
    assert words[-1] == "hibernate, all else left out"
