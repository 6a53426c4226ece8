"""Agents without a thought: one that waits, one that presses anything, one that reads a plan."""

import math

from game.agents.observation import Observation
from game.commands import (
    Command,
    Drive,
    MoveBefore,
    RollOff,
    SampleAir,
    SampleSoil,
    Send,
    SetPriority,
    SortQueue,
    Stop,
    TakePicture,
    Turn,
    UplinkPlan,
)
from game.environment.clock import sol_start_tick
from game.events import Event
from game.mission.plan import Plan
from game.rng import Stream, uniform


class IdleAgent:
    """Does nothing and lives as long as the rover does by itself."""

    def __init__(self, seed: int) -> None:
        del seed

    def commands(self, seen: Observation) -> tuple[Command, ...]:
        """Return nothing."""
        del seen
        return ()

    def wake_tick(self, seen: Observation) -> int:
        """Return the next midnight."""
        return sol_start_tick(seen.site, seen.sol + 1)

    def hear(self, events: tuple[Event, ...]) -> None:
        """Ignore it."""


class RandomAgent:
    """Presses a random key every hour; finds what nobody thought of."""

    def __init__(self, seed: int) -> None:
        self._seed = seed

    def commands(self, seen: Observation) -> tuple[Command, ...]:
        """Return one command drawn by seed and time."""

        def draw(index: int) -> float:
            return uniform(self._seed, Stream.AGENT, seen.tick, index)

        choices: tuple[Command, ...] = (
            RollOff(),
            Drive(40.0 * draw(1) - 10.0, 0.4 * draw(2) - 0.2),
            Turn(math.tau * draw(3)),
            TakePicture(math.tau * draw(4)),
            TakePicture(math.tau * draw(5), is_panorama=True),
            SampleSoil(),
            SampleAir(int(600 + 6000 * draw(6))),
            Send(int(600 + 6000 * draw(7))),
            Stop(),
            SetPriority(int(60 * draw(8)), int(10 * draw(9))),
            MoveBefore(int(60 * draw(8)), int(60 * draw(9))),
            SortQueue(are_thumbnails_first=draw(8) < 0.5),
        )
        return (choices[int(draw(0) * len(choices))],)

    def wake_tick(self, seen: Observation) -> int:
        """Return an hour from now."""
        return seen.tick + 3600

    def hear(self, events: tuple[Event, ...]) -> None:
        """Ignore it."""


class PlanAgent:
    """Uplinks one plan at the start and lets the sequencer do the rest."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._is_sent = False

    def commands(self, seen: Observation) -> tuple[Command, ...]:
        """Return the uplink, once."""
        del seen
        if self._is_sent:
            return ()
        self._is_sent = True
        return (UplinkPlan(self._plan),)

    def wake_tick(self, seen: Observation) -> int:
        """Return the next midnight."""
        return sol_start_tick(seen.site, seen.sol + 1)

    def hear(self, events: tuple[Event, ...]) -> None:
        """Ignore it."""
