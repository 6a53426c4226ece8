"""A competent planner: drives south, samples soil and air, serves the passes, keeps the battery."""

from game.commands import Command
from game.events import Event
from game.state import Setup, State


class BaselineAgent:
    """placeholder."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def commands(self, setup: Setup, state: State) -> tuple[Command, ...]:
        """Return."""
        return ()

    def wake_tick(self, setup: Setup, state: State) -> int:
        """Return."""
        return state.tick + 88775

    def hear(self, events: tuple[Event, ...]) -> None:
        """Ignore it."""
