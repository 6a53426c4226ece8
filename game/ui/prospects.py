"""What is worth a detour, as orbital pictures show it, looked up about what the player looks at.

A thread does the looking, one square kilometre at a time, so that no frame waits for it. What it
finds belongs to the ground alone: the run is the same with and without it.
"""

import math
from concurrent.futures import Future, ThreadPoolExecutor

from game.detours import detours_of, told_finds
from game.ui.camera import View
from game.ui.flight import Flight
from game.world.finds import REACH_M, SQUARE_M
from game.world.overlays import Place
from game.world.squares import squares
from game.world.window import FARTHEST_M

# Squares shown at once, the ones next to the middle of the view; and how many are remembered.
SHOWN_SQUARES, KEPT_SQUARES = 49, 200
DETOUR_M = 1500.0  # what lies farther from the rover is no detour, but the map shows it
FARTHEST_SHOWN_M = 3.5 * SQUARE_M
Square = tuple[int, int]
Prospect = tuple[Place, bool]  # a find, and whether it has been told of
Box = tuple[float, float, float, float]


class Prospects:
    """Finds of one mission, bounded in number, never waited for unless stills are made."""

    def __init__(self, flight: Flight, *, is_synchronous: bool) -> None:
        self._flight, self._is_synchronous = flight, is_synchronous
        self._setup = flight.session.setup
        self._worker: ThreadPoolExecutor | None = None
        self._asked: tuple[Square, Future[tuple[Place, ...]]] | None = None
        self._known: dict[Square, tuple[Place, ...]] = {}

    def follow(self, x_m: float, y_m: float) -> None:
        """Have the finds looked up that a picture taken at a place may tell of."""
        if not self._is_synchronous:
            self._within((x_m, y_m), _around(x_m, y_m, REACH_M))

    def in_view(self, view: View) -> list[Prospect]:
        """Return finds known in a view, and have the next square of it looked at."""
        west, south, east, north = _around(view.x_m, view.y_m, FARTHEST_SHOWN_M)
        x0, y0, x1, y1 = view.bounds_m()
        box = (max(x0, west), max(y0, south), min(x1, east), min(y1, north))
        return self._judged(self._within((view.x_m, view.y_m), box))

    def shows_all(self, view: View) -> bool:
        """Say whether a view is small enough for every find in it to be looked up."""
        west, south, east, north = _around(view.x_m, view.y_m, FARTHEST_SHOWN_M)
        x0, y0, x1, y1 = box = view.bounds_m()
        is_near = west <= x0 and south <= y0 and x1 <= east and y1 <= north
        return is_near and len(squares(box, 0.0, SQUARE_M)) <= SHOWN_SQUARES

    def around(self, x_m: float, y_m: float, reach_m: float) -> list[Prospect]:
        """Return finds known within reach of a place, nearest first."""
        here_m = (x_m, y_m)
        near = self._within(here_m, _around(x_m, y_m, min(reach_m, FARTHEST_SHOWN_M)))
        found = sorted((math.dist(here_m, (one.x_m, one.y_m)), one.name, one) for one in near)
        return self._judged(tuple(place for away_m, _, place in found if away_m <= reach_m))

    def close(self) -> None:
        """End the thread."""
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
            self._worker = None

    def _judged(self, finds: tuple[Place, ...]) -> list[Prospect]:
        if not finds:
            return []
        told = told_finds(self._setup, self._flight.state.rover.storage.home)
        names = {one.name for one in told}
        return [(one, one.name in names) for one in finds]

    def _within(self, middle_m: tuple[float, float], box_m: Box) -> tuple[Place, ...]:
        def away_m(square: Square) -> float:
            return math.dist(middle_m, [(number + 0.5) * SQUARE_M for number in square])

        seen = [square for square in squares(box_m, 0.0, SQUARE_M) if _is_ground(square)]
        wanted = sorted(seen, key=away_m)[:SHOWN_SQUARES]
        missing = [square for square in wanted if square not in self._known]
        if missing:  # those in use are forgotten last
            for square in wanted:
                if square in self._known:
                    self._known[square] = self._known.pop(square)
        self._look(missing)
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
                self._keep(square, detours_of(self._setup, *square))
            return
        if self._asked is not None and self._asked[1].done():
            square, future = self._asked
            self._asked = None
            self._keep(square, future.result())
            missing = [one for one in missing if one != square]
        if missing and self._asked is None:
            if self._worker is None:
                self._worker = ThreadPoolExecutor(1, thread_name_prefix="prospects")
            self._asked = missing[0], self._worker.submit(detours_of, self._setup, *missing[0])

    def _keep(self, square: Square, found: tuple[Place, ...]) -> None:
        self._known[square] = found
        if len(self._known) > KEPT_SQUARES:
            del self._known[next(iter(self._known))]


def _around(x_m: float, y_m: float, reach_m: float) -> Box:
    return x_m - reach_m, y_m - reach_m, x_m + reach_m, y_m + reach_m


def _is_ground(square: Square) -> bool:
    return all(abs(number) * SQUARE_M <= FARTHEST_M - 2.0 * SQUARE_M for number in square)
