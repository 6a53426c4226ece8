"""With delay on, nothing anybody asks for reaches the rover before light does."""

from dataclasses import fields, replace
from typing import get_args

import pytest

from game.commands import Activity, ActivityKind, Command, UplinkPlan
from game.contact import uplink_tick
from game.digest import digest
from game.forecast import forecast
from game.levels.open import OpenedLevel
from game.machine_commands import Heater, WingMode
from game.session import Session
from game.state import Setup, State
from tests.rover.desks import grounded

VALUES: dict[str, object] = {
    "distance_m": 2.0,
    "x_m": 0.0,
    "y_m": -9.0,
    "heading_rad": 1.0,
    "azimuth_rad": 1.0,
    "duration_s": 900,
    "product": 1,
    "before": 2,
    "priority": 9,
    "fault": 1,
    "answer": "x",
    "name": "x",
    "wheel": 1,
    "bearing_rad": 0.5,
    "body_m": 0.1,
    "mode": WingMode.TRACK,
    "left_rad": 0.2,
    "right_rad": 0.2,
    "heater": Heater.BOX,
    "on_k": 250.0,
}
HORIZON_S = 1500


def kinds() -> list[type]:
    """Every kind of command there is, those of nested unions too."""
    found: list[type] = []
    for one in get_args(Command):
        found += list(get_args(one)) or [one]
    return found


def example(kind: type, tick: int) -> Command:
    """One command of a kind with values that mean something; a new field needs a new value."""
    if kind is UplinkPlan:
        return UplinkPlan((Activity(1, ActivityKind.PICTURE, tick + 5, 120),))
    values = {field.name: VALUES[field.name] for field in fields(kind) if field.name in VALUES}
    return kind(**values)  # type: ignore[no-any-return]


def delayed(ninety: OpenedLevel) -> tuple[Setup, State]:
    setup = replace(ninety.setup, is_delayed=True)
    return setup, grounded(setup)


def courses(setup: Setup, state: State, command: Command | None) -> dict[int, str]:
    """Fly for a while and return the fingerprint of the rover at every step."""
    session = Session(setup, state)
    if command is not None:
        session.issue(command)
    found: dict[int, str] = {}

    def watch(now: State) -> None:
        found[now.tick] = digest((now.rover, now.mission))

    session.advance_to(state.tick + HORIZON_S, watch)
    return found


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_no_command_leaks_around_the_delay(ninety: OpenedLevel, kind: type) -> None:
    setup, state = delayed(ninety)
    command = example(kind, state.tick)
    arrival = uplink_tick(setup, state.rover, state.tick)
    assert arrival is not None
    assert arrival > state.tick + 180  # light takes three minutes at least
    silent, asked = courses(setup, state, None), courses(setup, state, command)
    before = [tick for tick in silent if tick <= arrival]
    assert len(before) >= 3
    assert [asked[tick] for tick in before] == [silent[tick] for tick in before]


def test_what_was_asked_for_happens_when_it_arrives(ninety: OpenedLevel) -> None:
    setup, state = delayed(ninety)
    plan = UplinkPlan((Activity(1, ActivityKind.AIR, state.tick + 5, 600),))
    session = Session(setup, state)
    session.issue(plan)
    arrival = uplink_tick(setup, state.rover, state.tick)
    assert arrival is not None
    session.advance_to(arrival)
    assert session.state.rover.sequencer.main is None
    session.advance_to(arrival + 40)
    assert session.state.rover.sequencer.main is not None


def test_the_forecast_shows_the_plan_as_uplinked_but_flies_nothing(ninety: OpenedLevel) -> None:
    setup, state = delayed(ninety)
    before = digest(state)
    forecast(setup, state, state.tick + 900, (Activity(1, ActivityKind.AIR, state.tick, 600),))
    assert digest(state) == before
