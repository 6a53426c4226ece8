"""Rovers on open ground and in a pit, near passes and a full memory, for tests of the link."""

from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from game.contact import (
    passes_here,
)
from game.levels.open import open_level
from game.orbiter.relay import Pass, passes_of_sol, volume_bit
from game.rover.mobility import initial_mobility
from game.rover.rover import RoverState
from game.rover.storage import StorageState
from game.simulation import initial_state
from game.state import Setup, State
from tests.rover.payload_cases import product

PIT = """
schema = 1
title = "In a pit"
is_open_ground = true
sols = 12

[[objects]]
class = "start"
name = "here"
x_m = 0.0
y_m = 0.0
is_on_lander = false

[[objects]]
class = "crater"
name = "pit"
x_m = 0.0
y_m = 0.0
diameter_m = 60.0
depth_ratio = 0.25
age_frac = 0.05

[[objects]]
class = "goal"
name = "out"
x_m = 0.0
y_m = 200.0
radius_m = 5.0
"""


@lru_cache(maxsize=1)
def pit() -> Setup:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "mission.toml"
        path.write_text(PIT, encoding="utf-8")
        return open_level(str(path), 3).setup


def standing(setup: Setup, x_m: float, y_m: float, gain_db: float = 0.0) -> RoverState:
    rover = initial_state(setup).rover
    return replace(
        rover,
        mobility=initial_mobility(x_m, y_m, 0.0, is_on_lander=False),
        radio=replace(rover.radio, gain_db=gain_db),
    )


def near_pass(setup: Setup, sol: int) -> Pass:
    flats = passes_of_sol(setup.orbiter, setup.site, sol)
    return next(one for one in flats if 0.0 < one.usable_s < 3600.0)


def met(setup: Setup, rover: RoverState, sol: int) -> Pass:
    flat = near_pass(setup, sol)
    found = passes_here(setup, rover, flat.usable_rise_tick)
    return next(one for one in found if (one.sol, one.number) == (flat.sol, flat.number))


def whole_bit(window: Pass) -> int:
    return volume_bit(window, window.rise_tick, window.set_tick)


def full_of_data(setup: Setup, tick: int) -> State:
    """Return a state at a tick with more in memory than any pass can take."""
    state = initial_state(setup)
    heap = replace(product(900_000_000), number=1)
    storage = StorageState((heap,), made_bit=heap.size_bit, made_count=1)
    return replace(state, tick=tick, rover=replace(state.rover, storage=storage))
