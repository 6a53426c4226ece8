"""What travels in one step: commands up, data to the orbiter and on to Earth, and who is heard."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from game.changes import changed
from game.commands import Command, stray
from game.contact import (
    blackout_until,
    fades_here,
    heard_pass,
    is_direct,
    pass_behind_hills,
    road_home,
    uplink_tick,
)
from game.environment.clock import sol_of, utc_text
from game.events import CommandRejected, Event, PassClosed, PassOpened
from game.machine import machine_of
from game.orbiter.fading import repeat_bit
from game.orbiter.relay import volume_bit
from game.rover.mobility import with_fix
from game.rover.rover import RoverState
from game.rover.storage import NO_ROAD, Road, arrive
from game.schedule import SolFacts, is_overhead
from game.state import Setup, State


class Exchange(NamedTuple):
    """Who hears the rover in a step, and how much gets through; see `rover/scene.py`."""

    is_heard: bool
    is_direct: bool
    budget_bit: Callable[[int, int], int]
    repeat_bit: Callable[[int, int], int]
    road: Road


def _nothing_bit(_start: int, _end: int) -> int:
    return 0


SILENCE = Exchange(False, False, _nothing_bit, _nothing_bit, NO_ROAD)


def exchange_with(setup: Setup, rover: RoverState, tick: int, end_tick: int) -> Exchange:
    """Return what the radio meets in a step, if it is wanted."""
    if rover.sequencer.radio is None:
        return SILENCE
    window = heard_pass(setup, rover, tick)
    if window is None:
        is_slow = is_direct(setup, tick)
        road = road_home(setup, end_tick, is_direct=is_slow)
        return Exchange(False, is_slow, _nothing_bit, _nothing_bit, road)
    fades = fades_here(setup, rover, window)

    def lost_bit(start: int, end: int) -> int:
        return repeat_bit(fades, start, end)

    def budget_bit(start: int, end: int) -> int:
        return volume_bit(window, start, end) - lost_bit(start, end)

    return Exchange(True, False, budget_bit, lost_bit, road_home(setup, end_tick, is_direct=False))


def hill_edges(setup: Setup, rover: RoverState, tick: int, facts: SolFacts) -> Iterator[int]:
    """Give the moments at which hills around the rover open and close a pass that is under way."""
    if not is_overhead(facts, tick):
        return
    window = pass_behind_hills(setup, rover, tick)
    if window is not None:
        yield window.usable_rise_tick
        yield window.usable_set_tick


def uplinked(
    setup: Setup, state: State, commands: Sequence[tuple[int, Command]]
) -> tuple[State, tuple[Event, ...]]:
    """Send commands on their way, each with the tick of its arrival; refuse what cannot be sent.

    Raises
    ------
    TypeError
        If one is not a pair of a tick and a command.
    """
    if not commands:
        return state, ()
    for entry in commands:
        _check_pair(entry)
    wait_s = round(machine_of(setup, state).beyond.command_delay_s)
    fresh: list[tuple[int, Command]] = []
    refused: list[Event] = []
    for tick, command in commands:
        arrival = uplink_tick(setup, state.rover, tick)
        if arrival is None:
            refused.append(CommandRejected(tick, command, _blackout_words(setup, tick)))
        else:
            fresh.append((arrival + wait_s, command))
    return changed(state, uplink=(*state.uplink, *fresh)), tuple(refused)


def _check_pair(entry: object) -> None:
    if not (isinstance(entry, tuple) and len(entry) == 2 and type(entry[0]) is int):
        raise TypeError(
            "commands come as pairs of a tick and a command, such as (state.tick, Drive(2.0)), "
            f"not as {entry!r:.80}"
        )
    if words := stray(entry[1]):
        raise TypeError(words)


def _blackout_words(setup: Setup, tick: int) -> str:
    until = blackout_until(setup, tick)
    if until is None:
        return "Neither Earth nor the orbiter comes into the rover's sky within the next sols."
    day, sol = utc_text(setup.site, until)[:10], sol_of(setup.site, until)
    return (
        "Mars stands behind the Sun, and nobody can talk to it; "
        f"commands get through again on {day}, sol {sol}."
    )


def arrivals(rover: RoverState, end_tick: int) -> tuple[RoverState, tuple[Event, ...]]:
    """Bring home what has reached Earth."""
    if not rover.storage.flying:
        return rover, ()
    storage, arrived = arrive(rover.storage, end_tick)
    return changed(rover, storage=storage) if arrived else rover, arrived


def pass_edges(
    setup: Setup,
    rovers: tuple[RoverState, RoverState],
    span: tuple[int, int],
    facts: SolFacts,
) -> tuple[RoverState, tuple[Event, ...]]:
    """Say when the orbiter begins or ceases to be heard: by its way, hills, or an outage."""
    before, rover = rovers
    tick, end_tick = span
    if not is_overhead(facts, tick) and not is_overhead(facts, end_tick):
        return rover, ()
    was_open = heard_pass(setup, before, tick) is not None
    window = heard_pass(setup, rover, end_tick)
    if (window is not None) is was_open:
        return rover, ()
    if window is not None:
        later = [one.start_tick for one in setup.outages if one.start_tick > end_tick]
        closes = min([window.usable_set_tick, *later])
        fresh = changed(rover.radio, pass_sent_bit=0, pass_repeated_bit=0)
        return changed(rover, radio=fresh), (PassOpened(end_tick, closes),)
    sums = (float(rover.radio.pass_sent_bit), float(rover.radio.pass_repeated_bit))
    closed = PassClosed(end_tick, *sums)
    if not rover.radio.pass_sent_bit:
        return rover, (closed,)
    gear, draw = setup.rover.mobility, (setup.seed, end_tick)
    radio_m = gear.position.radio_m
    mobility, fix = with_fix(gear, rover.mobility, "radio of the pass", radio_m, draw)
    return changed(rover, mobility=mobility), (closed, *fix)
