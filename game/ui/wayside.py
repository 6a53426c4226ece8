"""The ground under the wheels, made in a thread before the rover gets there: no step waits for it.

What is made is only remembered, by `footing_at`; the run is the same with and without it.
"""

import math
from concurrent.futures import ThreadPoolExecutor

from game.rover.footing import SPACING_M, footing_at
from game.state import Setup
from game.world.streaming import ahead

SQUARES_AHEAD = 2


class Wayside:
    """Looks ahead of one rover."""

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self._worker: ThreadPoolExecutor | None = None
        self._knots: tuple[tuple[int, int], ...] = ()

    def look(self, x_m: float, y_m: float, heading_rad: float) -> None:
        """Have the ground made that lies ahead; costs nothing while the rover is on the same."""
        # Knots are at whole multiples: the nearest one is that of the square half a spacing on.
        place = (x_m / SPACING_M + 0.5, y_m / SPACING_M + 0.5)
        knots = ahead(place, (math.sin(heading_rad), math.cos(heading_rad)), SQUARES_AHEAD)
        if knots == self._knots:
            return
        new = [knot for knot in knots if knot not in self._knots]
        self._knots = knots
        if self._worker is None:
            self._worker = ThreadPoolExecutor(1, thread_name_prefix="wayside")
        for knot in new:
            self._worker.submit(self._make, knot)

    def close(self) -> None:
        """End the thread; what it has not begun is forgotten."""
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
            self._worker = None

    def _make(self, knot: tuple[int, int]) -> None:
        setup = self._setup
        x_m, y_m = (number * SPACING_M for number in knot)
        footing_at(setup.terrain, x_m, y_m, setup.smallest_rock_m)
