"""Which tiles the driven track touches: tells the tiles that must be pressed again."""

import math
from collections.abc import Iterable, Iterator

from game.ui.draw.baker import TILE_CELLS, TileKey, TrackRun

REACH_M = 0.95  # half the width of both wheel tracks with their rims
PRESSED_LEVELS = range(-8, -1)  # wider cells cannot show a wheel track
SQUARE_LEVEL = -4  # points are remembered by tiles of this level: squares of 16 m
KEPT_COUNT = 1200  # tiles whose points are kept at hand: those that a few views have asked about


class TrackIndex:
    """Follows the growing track of a mission and remembers where it went.

    A point touches some fifty tiles of all levels, so that tiles are looked up only when somebody
    asks: lists for all of them took 30 MB for each kilometre driven.
    """

    def __init__(self) -> None:
        self.points_m: list[tuple[float, float]] = []
        self.way_m: list[float] = []
        self._in_square: dict[TileKey, list[int]] = {}
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
            self.points_m, self.way_m = [], []
            self._in_square, self._in_tile = {}, {}
            count = 0
        for point in track_m[count:]:
            self._add(point)

    def revision(self, key: TileKey) -> int:
        """Return how many points touch a tile; none while they are hidden."""
        return len(self._numbers(key))

    def runs(self, key: TileKey) -> tuple[TrackRun, ...]:
        """Return the pieces of track on a tile, each one point longer at both ends."""
        numbers = self._numbers(key)
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
        reach_m = 0.5 * step_m + REACH_M
        for square in tiles_near(point, reach_m, (SQUARE_LEVEL,)):
            self._in_square.setdefault(square, []).append(number)
        if self._in_tile:
            for key in tiles_near(point, reach_m, PRESSED_LEVELS):
                if key in self._in_tile:
                    self._in_tile[key].append(number)

    def _numbers(self, key: TileKey) -> list[int]:
        """Return the points that touch a tile, in their order; none while they are hidden."""
        if self._is_hidden:
            return []
        numbers = self._in_tile.get(key)
        if numbers is not None:
            return numbers
        if key[0] not in PRESSED_LEVELS or not self.points_m:
            return []
        for old in list(self._in_tile)[: len(self._in_tile) - KEPT_COUNT]:
            del self._in_tile[old]
        near = {one for square in _squares_under(key) for one in self._in_square.get(square, ())}
        numbers = [number for number in sorted(near) if self._touches(number, key)]
        self._in_tile[key] = numbers
        return numbers

    def _touches(self, number: int, key: TileKey) -> bool:
        step_m = math.dist(self.points_m[number], self.points_m[number - 1]) if number else 0.0
        reach_m = 0.5 * step_m + REACH_M
        side_m = TILE_CELLS * 2.0 ** key[0]
        return all(
            math.floor((place_m - reach_m) / side_m)
            <= numbered
            <= math.floor((place_m + reach_m) / side_m)
            for place_m, numbered in zip(self.points_m[number], key[1:], strict=True)
        )


def _squares_under(key: TileKey) -> Iterator[TileKey]:
    """Yield the squares that a tile lies in or is made of."""
    level, column, row = key
    steps = level - SQUARE_LEVEL
    if steps <= 0:
        yield (SQUARE_LEVEL, column >> -steps, row >> -steps)
        return
    for i in range(column << steps, (column + 1) << steps):
        for j in range(row << steps, (row + 1) << steps):
            yield (SQUARE_LEVEL, i, j)


def tiles_near(
    point_m: tuple[float, float], reach_m: float, levels: Iterable[int]
) -> Iterator[TileKey]:
    """Yield the tiles of some levels that a square about a point touches."""
    x_m, y_m = point_m
    for level in levels:
        side_m = TILE_CELLS * 2.0**level
        for column in range(
            math.floor((x_m - reach_m) / side_m), math.floor((x_m + reach_m) / side_m) + 1
        ):
            for row in range(
                math.floor((y_m - reach_m) / side_m), math.floor((y_m + reach_m) / side_m) + 1
            ):
                yield (level, column, row)
