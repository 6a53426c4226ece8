"""The ground under the wheels and around the rover: heights, soil, rocks and forbidden circles."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from game.rover.drive import ZONE_M, Ground, Obstacle
from game.world.patch import Patch
from game.world.soil import Soil
from game.world.terrain import Terrain

# A footing covers this much around a knot of this spacing, so that the local map of 12.8 m
# around the rover never leaves it (8 + 6.4 < 16); no tuning, only caching.
SPACING_M = 16.0
_KNOTS_KEPT = 24
_HALF_M = 16.0
_LEVEL = -2
_SQUARE_M = 4.0
FORBIDDEN_M = 10.0 * ZONE_M  # no wheel climbs the map
_TALLEST_RATIO = 0.6  # rocks are at most this high for their width (Golombek & Rapp 1997)

USUAL_SOIL = int(Soil.CRUSTY_CLODDY)  # the commonest of the plain
Circles = tuple[tuple[float, float, float], ...]


class Footing:
    """What wheels and hazard cameras find: scalar answers from one small patch of ground.

    Obstacles wait in squares of some metres, because navigation asks for those nearby at every
    look (going through all of them was a fifth of a mission's run time).
    """

    def __init__(self, patch: Patch, obstacles: tuple[Obstacle, ...]) -> None:
        self._patch = patch
        self._squares: dict[tuple[int, int], list[Obstacle]] = {}
        self._wide = tuple(one for one in obstacles if one.radius_m > _SQUARE_M / 2.0)
        for one in obstacles:
            if one.radius_m <= _SQUARE_M / 2.0:
                square = (int(one.x_m // _SQUARE_M), int(one.y_m // _SQUARE_M))
                self._squares.setdefault(square, []).append(one)

    def height_m(self, x_m: float, y_m: float) -> float:
        """Height above the landing point [m]."""
        return self._patch.height_m(x_m, y_m)

    def slope(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Rise to the east and to the north [-]."""
        return self._patch.slope(x_m, y_m)

    def soil(self, x_m: float, y_m: float) -> int:
        """Kind of soil."""
        return int(self._patch.soil(x_m, y_m))

    def obstacles(self, x_m: float, y_m: float, radius_m: float) -> tuple[Obstacle, ...]:
        """Rocks that reach into a distance around a place."""
        reach_m = radius_m + _SQUARE_M / 2.0
        columns = range(int((x_m - reach_m) // _SQUARE_M), int((x_m + reach_m) // _SQUARE_M) + 1)
        rows = range(int((y_m - reach_m) // _SQUARE_M), int((y_m + reach_m) // _SQUARE_M) + 1)
        near = [
            one
            for column in columns
            for row in rows
            for one in self._squares.get((column, row), ())
        ]
        return tuple(
            one
            for one in (*near, *self._wide)
            if (one.x_m - x_m) ** 2 + (one.y_m - y_m) ** 2 <= (radius_m + one.radius_m) ** 2
        )


class Country:
    """Ground wherever one asks, from as many footings as it takes."""

    __slots__ = ("_smallest_rock_m", "_terrain")

    def __init__(self, terrain: Terrain, smallest_rock_m: float) -> None:
        self._terrain, self._smallest_rock_m = terrain, smallest_rock_m

    def _at(self, x_m: float, y_m: float) -> Footing:
        return footing_at(self._terrain, x_m, y_m, self._smallest_rock_m)

    def height_m(self, x_m: float, y_m: float) -> float:
        """Height above the landing point [m]."""
        return self._at(x_m, y_m).height_m(x_m, y_m)

    def slope(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Rise to the east and to the north [-]."""
        return self._at(x_m, y_m).slope(x_m, y_m)

    def soil(self, x_m: float, y_m: float) -> int:
        """Kind of soil."""
        return self._at(x_m, y_m).soil(x_m, y_m)

    def obstacles(self, x_m: float, y_m: float, radius_m: float) -> tuple[Obstacle, ...]:
        """Rocks that reach into a distance around a place."""
        return self._at(x_m, y_m).obstacles(x_m, y_m, radius_m)


class MappedGround:
    """The ground as the chart shows it: what nobody has seen is usual, and without stones.

    Its relief is known from orbit. Soil and stones were seen by cameras, from where the rover truly
    stood: on the map they lie where it believed to see them.

    Parameters
    ----------
    relief : Footing or Country
        The ground where the map has it.
    shown : the same, (east, north)
        The ground that cameras saw, and how far it lies from where it is on the map [m].
    is_known : callable
        Whether cameras have seen a place of the map.
    """

    __slots__ = ("_is_known", "_off_m", "_shown", "height_m", "slope")

    def __init__(
        self,
        relief: "Footing | Country",
        shown: tuple["Footing | Country", tuple[float, float]],
        is_known: Callable[[float, float], bool],
    ) -> None:
        self._is_known = is_known
        self._shown, self._off_m = shown
        self.height_m, self.slope = relief.height_m, relief.slope

    def soil(self, x_m: float, y_m: float) -> int:
        """Kind of soil."""
        if not self._is_known(x_m, y_m):
            return USUAL_SOIL
        return self._shown.soil(x_m + self._off_m[0], y_m + self._off_m[1])

    def obstacles(self, x_m: float, y_m: float, radius_m: float) -> tuple[Obstacle, ...]:
        """Rocks that have been seen and reach into a distance around a place."""
        east_m, north_m = self._off_m
        stones = self._shown.obstacles(x_m + east_m, y_m + north_m, radius_m)
        if east_m or north_m:
            stones = tuple(
                replace(one, x_m=one.x_m - east_m, y_m=one.y_m - north_m) for one in stones
            )
        return tuple(one for one in stones if self._is_known(one.x_m, one.y_m))


Plain = Footing | Country | MappedGround  # ground without what the map forbids


class Zoned:
    """Ground with the forbidden circles of the map.

    A circle is a place on the map, and the rover minds it by where it believes to be: on the
    ground it lies as far off as the rover's belief does.
    """

    __slots__ = ("_circles", "_footing", "height_m", "slope", "soil")

    def __init__(self, footing: Plain, circles: tuple[Obstacle, ...]) -> None:
        self._footing, self._circles = footing, circles
        self.height_m, self.slope, self.soil = footing.height_m, footing.slope, footing.soil

    def obstacles(self, x_m: float, y_m: float, radius_m: float) -> tuple[Obstacle, ...]:
        """Rocks and forbidden circles that reach into a distance around a place."""
        zones = (
            one
            for one in self._circles
            if (one.x_m - x_m) ** 2 + (one.y_m - y_m) ** 2 <= (radius_m + one.radius_m) ** 2
        )
        return (*self._footing.obstacles(x_m, y_m, radius_m), *zones)


def zoned(footing: Plain, circles: Circles, off_m: tuple[float, float] = (0.0, 0.0)) -> Ground:
    """Return ground on which forbidden circles lie `off_m` east and north of their map places."""
    if not circles:
        return footing
    things = tuple(
        Obstacle(x_m + off_m[0], y_m + off_m[1], radius_m, FORBIDDEN_M)
        for x_m, y_m, radius_m in circles
    )
    return Zoned(footing, things)


def footing_at(terrain: Terrain, x_m: float, y_m: float, smallest_rock_m: float) -> Footing:
    """Return the footing around a place; the same object for places close together."""
    east = round(x_m / SPACING_M)
    north = round(y_m / SPACING_M)
    return _footing(terrain, east, north, smallest_rock_m)


@lru_cache(maxsize=_KNOTS_KEPT)
def _footing(terrain: Terrain, east: int, north: int, smallest_rock_m: float) -> Footing:
    x_m, y_m = east * SPACING_M, north * SPACING_M
    patch = terrain.patch(x_m, y_m, _HALF_M, _LEVEL)
    least_m = smallest_rock_m / _TALLEST_RATIO
    rocks = terrain.rocks_in(x_m - _HALF_M, y_m - _HALF_M, x_m + _HALF_M, y_m + _HALF_M, least_m)
    found = [
        Obstacle(float(rx), float(ry), float(diameter) / 2.0, float(height))
        for rx, ry, diameter, height in zip(
            rocks.x_m, rocks.y_m, rocks.diameter_m, rocks.height_m, strict=True
        )
        if height >= smallest_rock_m
    ]
    return Footing(patch, tuple(found))
