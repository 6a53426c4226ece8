"""What surrounds the machine during one step."""

from collections.abc import Callable
from typing import NamedTuple

from game.environment.surroundings import Surroundings
from game.rover.drive import Ground
from game.rover.storage import Road


class Scene(NamedTuple):
    """What surrounds the machine during one step, from `tick` to `end_tick`.

    `outside` is taken at the middle of the step. `budget_bit` tells what the open pass carries
    whole between two ticks (always 0 without one), `repeat_bit` what is lost in fades meanwhile
    and has to be sent again. `is_direct` says that the radio speaks straight to Earth, slowly and
    only of the rover's health. `road` is the way home from there. `is_seen` says whether the mast
    has photographed a place (east, north).
    """

    tick: int
    end_tick: int
    seed: int
    outside: Surroundings
    ground: Ground | None
    is_heard: bool
    is_direct: bool
    budget_bit: Callable[[int, int], int]
    repeat_bit: Callable[[int, int], int]
    road: Road
    is_seen: Callable[[float, float], bool]
