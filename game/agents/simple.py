"""Agents without a thought: one that waits, one that presses anything, one that reads a plan."""

import math
from collections.abc import Callable

from game.agents.observation import Observation
from game.commands import (
    COMMANDED,
    Activity,
    ActivityKind,
    Calibrate,
    Command,
    Crab,
    Creep,
    DeployCamera,
    Discard,
    Drive,
    DriveTo,
    LiftWheel,
    ListenRadar,
    MeasureField,
    MoveBefore,
    PlannedCommand,
    ReadInfrared,
    RollOff,
    SampleAir,
    SampleSoil,
    Send,
    SetBody,
    SetPriority,
    Sleep,
    SortQueue,
    Stop,
    TakeMultispectral,
    TakePicture,
    TakeSelfie,
    Turn,
    UplinkPlan,
    WarmUp,
)
from game.environment.clock import sol_start_tick
from game.events import Event
from game.machine_commands import Heater, SetHeater, SetWings, TiltWings, WingMode
from game.mending import Diagnose
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

        choices = (*_for_wheels(draw), *_for_tools(draw), *_for_desk(draw, seen))
        return (choices[int(draw(0) * len(choices))],)

    def wake_tick(self, seen: Observation) -> int:
        """Return an hour from now."""
        return seen.tick + 3600

    def hear(self, events: tuple[Event, ...]) -> None:
        """Ignore it."""


def _for_wheels(draw: Callable[[int], float]) -> tuple[Command, ...]:
    return (
        RollOff(),
        Drive(40.0 * draw(1) - 10.0, 0.4 * draw(2) - 0.2),
        Drive(20.0 * draw(3)),
        DriveTo(40.0 * draw(4) - 20.0, -60.0 * draw(5)),
        Turn(math.tau * draw(3)),
        Crab(4.0 * draw(6) - 2.0, math.tau * draw(7)),
        Creep(6.0 * draw(8) - 3.0),
        SetBody(0.3 * draw(9)),
        LiftWheel(int(6 * draw(10)), is_lifted=draw(11) < 0.5),
        WarmUp(int(600 + 3000 * draw(12))),
    )


def _for_tools(draw: Callable[[int], float]) -> tuple[Command, ...]:
    return (
        TakePicture(math.tau * draw(13)),
        TakePicture(math.tau * draw(14), is_panorama=True),
        TakeMultispectral(math.tau * draw(15)),
        SampleSoil(),
        SampleSoil(5.0 * draw(16), draw(17) - 0.5),
        ReadInfrared(5.0 * draw(18), draw(19) - 0.5),
        Calibrate(),
        MeasureField(),
        ListenRadar(int(300 + 3000 * draw(20))),
        DeployCamera(),
        TakeSelfie(),
        SampleAir(int(600 + 6000 * draw(21))),
        Diagnose(),
    )


def _for_desk(draw: Callable[[int], float], seen: Observation) -> tuple[Command, ...]:
    return (
        Send(int(600 + 6000 * draw(22))),
        Send(int(600 + 6000 * draw(23))),
        Sleep(int(600 + 20_000 * draw(24))),
        Stop(),
        SetPriority(int(60 * draw(25)), int(10 * draw(26))),
        MoveBefore(int(60 * draw(27)), int(60 * draw(28))),
        Discard(int(60 * draw(30))),
        *_for_house(draw),
        UplinkPlan(_random_plan(draw, seen)),
    )


def _for_house(draw: Callable[[int], float]) -> tuple[Command, ...]:
    return (
        SortQueue(are_thumbnails_first=draw(29) < 0.5),
        SetWings(list(WingMode)[int(len(WingMode) * draw(31))]),
        TiltWings(2.0 * draw(32) - 1.0, 2.0 * draw(33) - 1.0),
        SetHeater(list(Heater)[int(len(Heater) * draw(34))], 230.0 + 40.0 * draw(35)),
    )


def _orders(draw: Callable[[int], float]) -> dict[ActivityKind, PlannedCommand]:
    """Return a drawn command for every kind of activity that gives one, but for hibernation."""
    drawn = {type(one): one for one in (*_for_wheels(draw), *_for_house(draw))}
    return {kind: drawn[cls] for kind, cls in COMMANDED.items() if cls in drawn}  # type: ignore[misc]


def _random_plan(draw: Callable[[int], float], seen: Observation) -> Plan:
    """Return three activities that wait for each other in one way or another."""
    first = seen.tick  # numbers that no other plan has
    orders = _orders(draw)
    every = [kind for kind in ActivityKind if kind not in COMMANDED or kind in orders]
    kinds = [every[int(len(every) * draw(40 + number))] for number in range(4)]
    texts = ("", "charge_frac > 50 %", "tau > 0.4", "sol > 1")
    odd = "nonsense >" if draw(84) < 0.1 else ""  # a plan that must be refused
    return tuple(
        Activity(
            first + number,
            kinds[number],
            seen.tick + int(7200 * draw(44 + number)),
            int(60 + 5000 * draw(48 + number)),
            seen.place_m[0] + 20.0 * draw(52 + number) - 10.0,
            seen.place_m[1] + 20.0 * draw(56 + number) - 10.0,
            priority=int(10 * draw(60 + number)),
            condition=odd or texts[int(4 * draw(64 + number))],
            until=texts[int(3 * draw(68 + number))],
            is_optional=draw(72 + number) < 0.3,
            after=first + number - 1 if number > 1 and draw(76 + number) < 0.3 else 0,
            instead_of=first + number - 1 if draw(80 + number) < 0.2 else 0,
            command=orders.get(kinds[number]),
        )
        for number in (1, 2, 3)
    )


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
