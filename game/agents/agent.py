"""What an agent is, and how one flies a session."""

from collections.abc import Callable
from typing import Protocol

from game.agents.observation import Observation, observe
from game.commands import Command
from game.environment.clock import sol_start_tick
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
    """Let an agent fly a session to the end of a sol; what happened is added to `events`."""
    end_tick = sol_start_tick(session.setup.site, sols + 1)
    while session.state.tick < end_tick and not session.is_over:
        for command in agent.commands(observe(session.setup, session.state)):
            session.issue(command)
        wake_tick = min(agent.wake_tick(observe(session.setup, session.state)), end_tick)
        happened = session.advance_to(max(wake_tick, session.state.tick + 1), watch)
        agent.hear(happened)
        events += happened
