"""What an agent is, and how one flies a session."""

import operator
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from game.agents.breaking import told_if_broken
from game.agents.observation import Observation, observe
from game.commands import Command, stray
from game.environment.clock import sol_start_tick
from game.errors import AgentError
from game.events import Event
from game.session import Session
from game.state import State


class Agent(Protocol):
    """Asked for commands, told what happened, and asked when it wants to be asked again."""

    def commands(self, seen: Observation) -> tuple[Command, ...]:
        """Return what to do now."""

    def wake_tick(self, seen: Observation) -> int:
        """Return when to be asked next [s of mission time]."""

    def hear(self, events: tuple[Event, ...]) -> None:
        """Take note of what happened."""


def fly(
    session: Session,
    agent: Agent,
    sols: int,
    watch: Callable[[State], None],
    events: list[Event],
) -> None:
    """Let an agent fly a session to the end of a sol; what happened is added to `events`.

    Raises
    ------
    AgentError
        If the agent answers what no agent may, or breaks, in a sentence; what was flown stays.
    """
    end_tick = sol_start_tick(session.setup.site, sols + 1)
    while session.state.tick < end_tick and not session.is_over:
        for command in _commands(agent, observe(session.setup, session.state)):
            session.issue(command)
        wake_tick = _wake_tick(agent, observe(session.setup, session.state))
        wake_tick = max(min(wake_tick, end_tick), session.state.tick + 1)
        happened = session.advance_to(wake_tick, watch)
        events += happened
        with _told(agent, "hear"):
            agent.hear(happened)


def _told(agent: Agent, method: str) -> AbstractContextManager[None]:
    kind = type(agent)
    return told_if_broken(f"{kind.__name__}.{method}", kind.__module__)


def _commands(agent: Agent, seen: Observation) -> tuple[Command, ...]:
    with _told(agent, "commands"):
        answer: Any = agent.commands(seen)
    name = type(agent).__name__
    if not isinstance(answer, tuple | list):
        raise AgentError(f"{name}.commands must return a tuple of commands, not {answer!r:.80}")
    for one in answer:
        if words := stray(one):
            raise AgentError(f"{name}.commands: {words}")
    return tuple(answer)


def _wake_tick(agent: Agent, seen: Observation) -> int:
    with _told(agent, "wake_tick"):
        answer: Any = agent.wake_tick(seen)
    try:
        return operator.index(answer)
    except TypeError:
        raise AgentError(
            f"{type(agent).__name__}.wake_tick must return a whole number of seconds of mission "
            f"time, such as seen.tick + 3600, not {answer!r:.80}"
        ) from None
