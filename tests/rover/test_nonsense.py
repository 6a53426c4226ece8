from dataclasses import fields, replace
from enum import StrEnum
from types import GenericAlias
from typing import Any, get_args, get_type_hints

import pytest

from game.commands import (
    Activity,
    ActivityKind,
    Command,
    Discard,
    DriveTo,
    Navigation,
    SampleSoil,
    TakePicture,
    UplinkPlan,
)
from game.digest import digest
from game.events import ActivityStarted, CommandRejected
from game.levels.open import OpenedLevel
from game.machine_commands import Heater, SetHeater, SetWings, WingMode
from game.mending import Diagnose, Remedy
from game.rover.nonsense import LIMITS, nonsense
from game.session import Session
from tests.rover.desks import grounded


def odd(value: Any) -> Any:
    """Return what a script may hand over by mistake, whatever its type."""
    return value


AIR = Activity(1, ActivityKind.AIR, 10, 600)


@pytest.mark.parametrize("kind", [*get_args(Command), Activity])
def test_every_number_of_every_command_has_limits(kind: Any) -> None:
    hints = get_type_hints(kind)
    for field in fields(kind):
        if hints[field.name] in (int, float):
            assert field.name in LIMITS, f"{kind.__name__}.{field.name}"
        elif isinstance(hints[field.name], GenericAlias):
            assert field.name in ("waypoints", "activities")


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (TakePicture(odd(None)), "azimuth_rad must be a number from -1000 to 1000, got None"),
        (TakePicture(0.0, is_panorama=odd("no")), "is_panorama must be true or false, got 'no'"),
        (TakePicture(0.0, compression=1e-305), "number from 0.001 to 1000, or 0 for the usual"),
        (TakePicture(odd("south")), "azimuth_rad must be a number"),
        (TakePicture(True), "azimuth_rad must be a number"),
        (SampleSoil(range_m=odd(None)), "range_m must be a number"),
        (Discard(odd(None)), "product must be a whole number"),
        (Remedy(odd(None), "x"), "fault must be a whole number"),
        (Remedy(1, odd(None)), "answer must be text, got None"),
        (
            DriveTo(0.0, 1.0, navigation=odd("x")),
            "one of blind, visual, autonomous, creep, got 'x'",
        ),
        (DriveTo(0.0, 1.0, waypoints=odd(None)), "pairs of east and north"),
        (SetWings(odd("x")), "mode must be one of level, track, shed, held, got 'x'"),
        (SetWings(odd("tracks")), "got 'tracks'; did you mean 'track'?"),
        (SetHeater(odd("batery"), 250.0), "got 'batery'; did you mean 'battery'?"),
        (DriveTo(0.0, 1.0, (), odd("visuals")), "did you mean 'visual'?"),
        (UplinkPlan((Activity(1, odd("pictur"), 9, 9),)), "did you mean 'picture'?"),
        (UplinkPlan(odd(None)), "activities must be a tuple of activities, got None"),
        (UplinkPlan(odd([AIR])), "activities must be a tuple of activities"),
        (UplinkPlan((AIR, odd(5))), "Activity 2 of the plan is none, but 5"),
        (
            UplinkPlan((replace(AIR, condition=odd(3)),)),
            "Activity 1: condition must be text, got 3",
        ),
        (UplinkPlan((replace(AIR, kind=odd("lunch")),)), "kind must be one of roll_off, drive"),
        (UplinkPlan((replace(AIR, after=odd(None)),)), "after must be a whole number"),
        (UplinkPlan((replace(AIR, compression=1e-305),)), "compression must be a number"),
    ],
    ids=repr,
)
def test_values_of_another_kind_are_refused_and_the_run_goes_on(
    ninety: OpenedLevel, command: Command, sentence: str
) -> None:
    assert sentence in nonsense(command)
    session = Session(ninety.setup, grounded(ninety.setup))
    session.issue(command)
    (refused,) = (e for e in session.advance_once() if isinstance(e, CommandRejected))
    assert sentence in refused.reason


@pytest.mark.parametrize(
    ("by_word", "by_choice"),
    [
        (SetWings(odd("track")), SetWings(WingMode.TRACK)),
        (SetHeater(odd("box"), 240.0), SetHeater(Heater.BOX, 240.0)),
        (DriveTo(0.0, -14.0, (), odd("blind")), DriveTo(0.0, -14.0, (), Navigation.BLIND)),
        (
            UplinkPlan((Activity(1, odd("drive"), 9, 90, 0.0, -9.0, navigation=odd("visual")),)),
            UplinkPlan(
                (Activity(1, ActivityKind.DRIVE, 9, 90, 0.0, -9.0, navigation=Navigation.VISUAL),)
            ),
        ),
    ],
    ids=repr,
)
def test_a_word_stands_for_the_choice_it_names(
    ninety: OpenedLevel, by_word: Command, by_choice: Command
) -> None:
    ends = []
    for command in (by_word, by_choice):
        session = Session(ninety.setup, grounded(ninety.setup))
        session.issue(command)
        happened = session.advance_to(session.state.tick + 900)
        assert not [one for one in happened if isinstance(one, CommandRejected)]
        ends.append((repr(session.log), digest(session.state)))
    assert ends[0] == ends[1]


def test_every_choice_of_every_command_goes_by_its_word() -> None:
    for kind in (*get_args(Command), Activity):
        hints = get_type_hints(kind)
        for field in fields(kind):
            choices = hints[field.name]
            if isinstance(choices, type) and issubclass(choices, StrEnum):
                others = {one.name: odd(0) for one in fields(kind)}
                for choice in choices:
                    made = kind(**{**others, field.name: odd(choice.value)})
                    assert type(getattr(made, field.name)) is choices, f"{kind}.{field.name}"


def test_sound_commands_pass() -> None:
    for command in (
        TakePicture(1, compression=0),
        TakePicture(1.0, compression=0.001),
        DriveTo(1, 2, ((3, 4.0),), Navigation.BLIND),
        Diagnose(),
        UplinkPlan((AIR, replace(AIR, number=2, after=1, condition="sol > 3"))),
    ):
        assert nonsense(command) == ""


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"condition": "charge_frac >"}, "Activity 3: cannot read the condition"),
        ({"until": "chrge_frac > 1"}, "unknown reading 'chrge_frac'; did you mean 'charge_frac'"),
        ({"abort": "__import__('os')"}, "cannot use"),
        ({"after": 77}, "Activity 3 waits for activity 77, which is not in the plan."),
    ],
)
def test_a_plan_that_cannot_work_is_refused_and_the_last_good_one_stays(
    ninety: OpenedLevel, changes: dict[str, Any], sentence: str
) -> None:
    session = Session(ninety.setup, grounded(ninety.setup))
    good = (replace(AIR, start_tick=session.state.tick + 7000),)
    session.issue(UplinkPlan(good))
    session.advance_once()
    bad: Any = replace(AIR, number=3, start_tick=session.state.tick + 60, **changes)
    session.issue(UplinkPlan((bad,)))
    (refused,) = (e for e in session.advance_once() if isinstance(e, CommandRejected))
    assert sentence in refused.reason
    assert session.state.rover.sequencer.plan == good


def test_what_is_over_by_now_may_still_be_waited_for(ninety: OpenedLevel) -> None:
    session = Session(ninety.setup, grounded(ninety.setup))
    now = session.state.tick
    session.issue(UplinkPlan((replace(AIR, start_tick=now + 60),)))
    session.advance_to(now + 1200)
    look = Activity(2, ActivityKind.PICTURE, session.state.tick + 60, 120, after=1)
    session.issue(UplinkPlan((look,)))
    events = session.advance_to(session.state.tick + 600)
    assert [e.number for e in events if isinstance(e, ActivityStarted)] == [2]
