"""What is worth a detour, as orbital pictures show it, looked up about what the player looks at.

A thread does the looking, one square kilometre at a time, so that no frame waits for it. What it
finds belongs to the ground alone: the run is the same with and without it.
"""

import math
from concurrent.futures import Future, ThreadPoolExecutor

from game.ui.camera import View
from game.world.craters import squares
from game.world.places import SQUARE_M, Place, finds
from game.world.terrain import Terrain

# Squares shown at once, the ones next to the middle of the view; and how many are remembered.
SHOWN_SQUARES, KEPT_SQUARES = 25, 100
REACH_M = 2.5 * SQUARE_M
Square = tuple[int, int]


class Prospects:
    """Seeded finds of one ground, bounded in number, never waited for unless stills are made."""

    def __init__(self, terrain: Terrain, *, is_synchronous: bool) -> None:
        self._terrain, self._is_synchronous = terrain, is_synchronous
        self._worker: ThreadPoolExecutor | None = None
        self._asked: tuple[Square, Future[tuple[Place, ...]]] | None = None
        self._known: dict[Square, tuple[Place, ...]] = {}

    def in_view(self, view: View) -> tuple[Place, ...]:
        """Return finds known in a view, and have the next square of it looked at."""
        x0, y0, x1, y1 = view.bounds_m()
        return self._within(
            (view.x_m, view.y_m),
            (max(x0, view.x_m - REACH_M), max(y0, view.y_m - REACH_M),
             min(x1, view.x_m + REACH_M), min(y1, view.y_m + REACH_M)),
        )  # fmt: skip

    def around(self, x_m: float, y_m: float, reach_m: float) -> tuple[Place, ...]:
        """Return finds known within reach of a place, nearest first."""
        reach_m = min(reach_m, REACH_M)
        box = (x_m - reach_m, y_m - reach_m, x_m + reach_m, y_m + reach_m)
        found = [(math.dist((x_m, y_m), (p.x_m, p.y_m)), p) for p in self._within((x_m, y_m), box)]
        found.sort(key=lambda pair: pair[0])
        return tuple(place for away_m, place in found if away_m <= reach_m)

    def close(self) -> None:
        """End the thread."""
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
            self._worker = None

    def _within(
        self, middle_m: tuple[float, float], box_m: tuple[float, float, float, float]
    ) -> tuple[Place, ...]:
        def away_m(square: Square) -> float:
            return math.dist(middle_m, [(number + 0.5) * SQUARE_M for number in square])

        wanted = sorted(squares(box_m, 0.0, SQUARE_M), key=away_m)[:SHOWN_SQUARES]
        self._look([square for square in wanted if square not in self._known])
        x0, y0, x1, y1 = box_m
        return tuple(
            place
            for square in wanted
            for place in self._known.get(square, ())
            if x0 <= place.x_m <= x1 and y0 <= place.y_m <= y1
        )

    def _look(self, missing: list[Square]) -> None:
        """Take over what the thread has found and give it the next square; or look at all now."""
        if self._is_synchronous:
            for square in missing:
                self._keep(square, finds(self._terrain, *square))
            return
        if self._asked is not None and self._asked[1].done():
            square, future = self._asked
            self._asked = None
            self._keep(square, future.result())
            missing = [one for one in missing if one != square]
        if missing and self._asked is None:
            if self._worker is None:
                self._worker = ThreadPoolExecutor(1, thread_name_prefix="prospects")
            self._asked = missing[0], self._worker.submit(finds, self._terrain, *missing[0])

    def _keep(self, square: Square, found: tuple[Place, ...]) -> None:
        self._known[square] = found
        if len(self._known) > KEPT_SQUARES:
            del self._known[next(iter(self._known))]
