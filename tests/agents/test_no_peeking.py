"""Agents at work on a desk that watches: nothing but the desk of a player is ever touched.

An observation whose every part is a thin watcher is handed to the agents through whole sols; what
they read is written down, and must be on the list of what a player is shown.
"""

from collections.abc import Callable
from dataclasses import fields
from typing import Any, cast

import pytest

from game.agents.observation import Observation, Target, observe
from game.agents.registry import AGENTS, find_agent
from game.commands import Activity
from game.environment.clock import SiteSpec
from game.levels.open import OpenedLevel
from game.mission.flight_rules import Course
from game.orbiter.relay import Pass
from game.session import Session
from game.state import Setup, State
from game.telemetry import Readings

OWN = {field.name for field in fields(Observation)}
# What a player reads of a forecast: curves, bands, costs and refusals.
SHOWN = {field.name for field in fields(Course)}
VALUES = (int, float, str, bool, type(None), Activity, Pass, Target, SiteSpec)


class Watched:
    """Stands before a value and remembers what is asked of it."""

    def __init__(self, value: object, name: str, seen: set[str]) -> None:
        self._value, self._name, self._seen = value, name, seen

    def __getattr__(self, name: str) -> object:
        self._seen.add(f"{self._name}.{name}")
        found = getattr(self._value, name)
        return _before(found, f"{self._name}.{name}", self._seen)

    def __getitem__(self, key: str) -> float:
        return cast("Readings", self._value)[key]


def _before(found: object, name: str, seen: set[str]) -> object:
    if isinstance(found, (Course, Setup, State, Readings)):
        return Watched(found, name, seen)
    if callable(found):
        asked = cast("Callable[..., object]", found)
        return lambda *args: _before(asked(*args), f"{name}()", seen)
    return found


def flown(setup: Setup, name: str, sols: int) -> set[str]:
    """Fly an agent that only ever gets watched observations; return what it asked for."""
    session, agent, seen = Session(setup), find_agent(name, 7), set[str]()
    for _ in range(sols * 26):
        watched = cast("Any", Watched(observe(setup, session.state), "desk", seen))
        for command in agent.commands(watched):
            session.issue(command)
        wake = agent.wake_tick(cast("Any", Watched(observe(setup, session.state), "desk", seen)))
        agent.hear(session.advance_to(max(wake, session.state.tick + 1)))
        if session.state.mission.records[-1:] and session.state.mission.records[-1].sol >= sols:
            break
    return seen


@pytest.mark.parametrize("name", AGENTS)
def test_an_agent_asks_only_what_a_player_is_shown(ninety: OpenedLevel, name: str) -> None:
    asked = flown(ninety.setup, name, 10)
    allowed = {f"desk.{part}" for part in OWN} | {f"desk.foresee().{part}" for part in SHOWN}
    assert asked
    assert asked <= allowed, sorted(asked - allowed)


def test_every_part_of_the_desk_is_a_plain_value_or_a_question(ninety: OpenedLevel) -> None:
    """No part leads on to the state, the ground or the machine behind it."""
    seen = observe(ninety.setup, Session(ninety.setup).state)
    for part in OWN:
        value = getattr(seen, part)
        if isinstance(value, tuple):
            assert all(isinstance(one, VALUES) or type(one).__module__ == "game.mending"
                       for one in value), part  # fmt: skip
        elif part in ("readings", "usual_s"):
            assert all(isinstance(number, int | float) for number in value.values())
        else:
            assert isinstance(value, VALUES) or callable(value), part


def test_the_watcher_would_tell(ninety: OpenedLevel) -> None:
    """A peek at the truth, were there a way to it, is written down."""
    seen: set[str] = set()
    desk = cast("Any", Watched(ninety.setup, "desk", seen))
    assert desk.terrain is ninety.setup.terrain
    assert seen == {"desk.terrain"}
    desk = cast("Any", Watched(observe(ninety.setup, Session(ninety.setup).state), "desk", seen))
    assert desk.readings["charge_frac"] > 0.5
    assert desk.readings.items
    assert "desk.readings.items" in seen
    with pytest.raises(AttributeError):
        _ = cast("Any", observe(ninety.setup, Session(ninety.setup).state)).setup
