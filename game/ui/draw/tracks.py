"""Which tiles the driven track touches: tells the tiles that must be pressed again."""

import math
from collections.abc import Iterator

from game.ui.draw.baker import TILE_CELLS, TileKey, TrackRun

REACH_M = 0.95  # half the width of both wheel tracks with their rims
PRESSED_LEVELS = range(-8, -1)  # wider cells cannot show a wheel track


class TrackIndex:
    """Follows the growing track of a mission and remembers where it went."""

    def __init__(self) -> None:
        self.points_m: list[tuple[float, float]] = []
        self.way_m: list[float] = []
        self._in_tile: dict[TileKey, list[int]] = {}
        self._is_hidden = False

    def follow(self, track_m: tuple[tuple[float, float], ...]) -> None:
        """Take in the points that are new; a shorter track means another mission.

        Without any, the ground is shown as a map, on which no tracks are.
        """
        self._is_hidden = not track_m
        if self._is_hidden:
            return
        count = len(self.points_m)
        if len(track_m) < count or (count and track_m[count - 1] != self.points_m[-1]):
            self.points_m, self.way_m, self._in_tile = [], [], {}
            count = 0
        for point in track_m[count:]:
            self._add(point)

    def revision(self, key: TileKey) -> int:
        """Return how many points touch a tile; none while they are hidden."""
        return 0 if self._is_hidden else len(self._in_tile.get(key, ()))

    def runs(self, key: TileKey) -> tuple[TrackRun, ...]:
        """Return the pieces of track on a tile, each one point longer at both ends."""
        numbers = [] if self._is_hidden else self._in_tile.get(key, [])
        runs: list[TrackRun] = []
        first = 0
        for i, number in enumerate(numbers):
            is_last = i + 1 == len(numbers) or numbers[i + 1] > number + 1
            if is_last:
                start = max(numbers[first] - 1, 0)
                points = tuple(self.points_m[start : number + 2])
                runs.append(TrackRun(points, self.way_m[start]))
                first = i + 1
        return tuple(runs)

    def _add(self, point: tuple[float, float]) -> None:
        number = len(self.points_m)
        step_m = math.dist(point, self.points_m[-1]) if number else 0.0
        self.way_m.append(self.way_m[-1] + step_m if number else 0.0)
        self.points_m.append(point)
        for key in tiles_near(point, 0.5 * step_m + REACH_M):
            self._in_tile.setdefault(key, []).append(number)


def tiles_near(point_m: tuple[float, float], reach_m: float) -> Iterator[TileKey]:
    """Yield the tiles of all pressed levels that a square about a point touches."""
    x_m, y_m = point_m
    for level in PRESSED_LEVELS:
        side_m = TILE_CELLS * 2.0**level
        for column in range(
            math.floor((x_m - reach_m) / side_m), math.floor((x_m + reach_m) / side_m) + 1
        ):
            for row in range(
                math.floor((y_m - reach_m) / side_m), math.floor((y_m + reach_m) / side_m) + 1
            ):
                yield (level, column, row)
