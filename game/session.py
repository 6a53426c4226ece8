"""The one mutable holder of a run: current state, waiting commands, command log."""

from collections.abc import Callable
from dataclasses import dataclass

from game.commands import Command, stray
from game.events import Event
from game.simulation import initial_state, step
from game.state import Setup, State


@dataclass(frozen=True, slots=True)
class LogEntry:
    """A command, the boundary at which it entered the run, and the tick it was meant for."""

    boundary_tick: int
    arrival_tick: int
    command: Command


class Session:
    """A run in progress; used alike by the window, the headless runner, agents and replays.

    `state` is the latest state and `previous` the one before; a window draws between the two.
    """

    def __init__(self, setup: Setup, state: State | None = None) -> None:
        self.setup = setup
        self.state: State = initial_state(setup) if state is None else state
        self.previous: State = self.state
        self.log: list[LogEntry] = []
        self._waiting: list[tuple[int, Command]] = []
        self._entered_count = 0
        self._firm_tick = self.state.tick

    @property
    def is_over(self) -> bool:
        """Whether the mission has ended."""
        return self.state.mission.outcome is not None

    @property
    def waiting_count(self) -> int:
        """How many of the latest commands in the log have not entered a step yet."""
        return len(self._waiting)

    def issue(self, command: Command, at_tick: int | None = None) -> None:
        """Hand in a command, for now or for a moment inside the step that was run last.

        A step may reach ahead of what the window shows. If nothing happened in it up to the
        command, it is taken back and run again up to there, so that a key answers at once at any
        pace; the log keeps both moments, and a replay does the same.

        Raises
        ------
        TypeError
            If it is no command, or the moment no whole number of seconds.
        """
        if words := stray(command):
            raise TypeError(words)
        if at_tick is not None and type(at_tick) is not int:
            raise TypeError(f"at_tick is a whole number of seconds, not {at_tick!r}")
        arrival = self.state.tick if at_tick is None else at_tick
        self.state = self.standing(arrival)
        arrival = max(arrival, self.state.tick)
        self.log.append(LogEntry(self.state.tick, arrival, command))
        self._waiting.append((arrival, command))

    def standing(self, tick: int) -> State:
        """Return the state that a command meets which is handed in for a tick."""
        is_open = self.previous.tick <= tick < self._firm_tick
        return self.previous if is_open else self.state

    def kept(self, tick: int) -> tuple[State, int]:
        """Return the state that a save of a shown moment keeps, and how many commands wait then.

        Inside the latest step that is the state before it: running on makes the same step again.
        """
        is_inside = self.previous.tick <= tick < self.state.tick
        if is_inside and not self._waiting and not self.is_over:
            return self.previous, self._entered_count
        return self.state, len(self._waiting)

    def advance_to(
        self, tick: int, watch: Callable[[State], None] | None = None
    ) -> tuple[Event, ...]:
        """Run whole steps until the state has reached the tick or the mission is over.

        Parameters
        ----------
        tick : int
            Mission time to reach. [s]
        watch : callable, optional
            Called with every new state, for recorders and expectations.

        Returns
        -------
        tuple of Event
            Everything that happened, in order.
        """
        happened: list[Event] = []
        while self.state.tick < tick and not self.is_over:
            happened += self.advance_once()
            if watch is not None:
                watch(self.state)
        return tuple(happened)

    def advance_once(self) -> tuple[Event, ...]:
        """Run one step."""
        commands, self._waiting = tuple(self._waiting), []
        before = self.state
        self.state, events = step(self.setup, before, commands)
        self.previous = before
        self._entered_count = len(commands)
        self._firm_tick = before.tick if commands else self.state.tick
        if events:
            self._firm_tick = min(self._firm_tick, *(event.tick for event in events))
        return events


def replayed(setup: Setup, log: list[LogEntry], until_tick: int) -> Session:
    """Run a recorded log again from the start and return the session at the end."""
    session = Session(setup)
    for entry in log:
        session.advance_to(entry.boundary_tick)
        session.issue(entry.command, entry.arrival_tick)
    session.advance_to(until_tick)
    return session
