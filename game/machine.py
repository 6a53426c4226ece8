"""The rover as it is at one moment of a run, its faults included."""

from functools import lru_cache

from game.contact import is_heard
from game.rover.fault_effects import Machine
from game.rover.fault_signs import machine_now
from game.schedule import surroundings
from game.state import Setup, State


def machine_of(setup: Setup, state: State) -> Machine:
    """Return the machine as its faults leave it at the moment of a state."""
    rover = state.rover
    if not rover.faults.active:
        return _sound(setup)
    heard = is_heard(setup, rover, state.tick)
    return machine_now(setup.rover, rover, surroundings(setup, state.tick), is_heard=heard)


@lru_cache(maxsize=8)
def _sound(setup: Setup) -> Machine:
    return Machine(setup.rover)
