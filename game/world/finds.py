"""What is worth a detour, square kilometre by square kilometre, as orbital pictures show it.

A find of a square depends on the ground alone, never on what has been asked before: craters are
held against those of the squares around, everything else keeps inside its own square. So no two
finds ever lie inside one another.
"""

import math

import numpy as np
from numpy.typing import NDArray

from game.world.crater_field import CraterField
from game.world.craters import Craters
from game.world.ground import Ground
from game.world.kept import kept_by_ground
from game.world.overlays import FlatOverlay, HeightGrid, Place, PlaceKind
from game.world.places import places
from game.world.soil import Soil
from game.world.squares import Box, squares
from game.world.terrain import Terrain
from game.world.window import check_place

SQUARE_M = 1000.0
# Who asks for more at once wants a map of a region, not a detour.
MOST_SQUARES = 100
# Craters: the smallest that an orbital picture shows well, from where one is wide, the widest one
# may drive round, the age until which it looks young, depth over width from which it
# looks deep, and how far outside its rim one stands.
_LEAST_M, _WIDE_M, _WIDEST_M, _YOUNG_FRAC, _DEEP_RATIO, _RIM_M = 12.0, 80.0, 500.0, 0.1, 0.06, 10.0
REACH_M = _WIDEST_M / 2.0 + _RIM_M  # no find is wider
# Other spots: their radius, how far they keep from the edge of their square and from each other.
_SPOT_M, _EDGE_NODES, _APART_M = 15.0, 3, 100.0
# The level whose pictures show them, 8 m a node, as a context camera would; and the closer look of
# a sharper one, as fine as wheels feel, at how much ground around.
_SEEN_LEVEL, _CLOSE_LEVEL, _CLOSE_M = 3, -2, 8
_LEAST_RIDGE = 0.5
# A named place that takes more room than this is a region; finds may lie in it.
_NAMED_MOST_M = 50.0
_KEPT_SQUARES, _KEPT_PLACES = 256, 2048
FIRM = (Soil.BEDROCK, Soil.DURICRUST)
Square = tuple[int, int]
Disc = tuple[float, float, float]
Field = NDArray[np.float64]


def finds_in(terrain: Terrain, box_m: Box) -> tuple[Place, ...]:
    """Return what is worth a detour in a box.

    Parameters
    ----------
    terrain : Terrain
        The ground.
    box_m : tuple of float
        West, south, east and north edge. [m]

    Returns
    -------
    tuple of Place
        The `finds` of all squares it touches that lie in it, square by square from the south-west.

    Raises
    ------
    ValueError
        If the box is no place, or touches more squares than `MOST_SQUARES`.
    """
    check_place(*box_m[:2], "finds_in")
    check_place(*box_m[2:], "finds_in")
    x0, y0, x1, y1 = box_m
    if (x1 - x0 + SQUARE_M) * (y1 - y0 + SQUARE_M) > MOST_SQUARES * SQUARE_M * SQUARE_M:
        raise ValueError(f"finds_in: {x1 - x0:g} by {y1 - y0:g} m is too wide to look for detours")
    found = [one for i, j in squares(box_m, 0.0, SQUARE_M) for one in finds(terrain, i, j)]
    return tuple(one for one in found if x0 <= one.x_m <= x1 and y0 <= one.y_m <= y1)


@kept_by_ground(_KEPT_PLACES)
def finds_over(terrain: Terrain, x_m: float, y_m: float) -> tuple[Place, ...]:
    """Return the finds whose ground a place lies on: one at most, as they keep apart."""
    check_place(x_m, y_m, "finds_over")
    box = (x_m - REACH_M, y_m - REACH_M, x_m + REACH_M, y_m + REACH_M)
    return tuple(
        one
        for one in finds_in(terrain, box)
        if math.hypot(one.x_m - x_m, one.y_m - y_m) <= one.radius_m
    )


def finds(terrain: Terrain, i: int, j: int) -> tuple[Place, ...]:
    """Return what is worth a detour in one square kilometre.

    Parameters
    ----------
    terrain : Terrain
        The ground.
    i, j : int
        Number of the square: x from i to i + 1 kilometre, y from j to j + 1. [-]

    Returns
    -------
    tuple of Place
        A wide and a young crater, bare rock or crust, and ridges of sand, as far as there are any;
        high ground where there are not two of them.
    """
    check_place(i * SQUARE_M, j * SQUARE_M, "finds")
    return _found(terrain, i, j)


@kept_by_ground(_KEPT_SQUARES)
def _found(terrain: Terrain, i: int, j: int) -> tuple[Place, ...]:
    """Look at one square kilometre with the nodes of an orbital picture."""
    side = int(SQUARE_M / 2.0**_SEEN_LEVEL)
    ground = terrain.ground(_SEEN_LEVEL, i * side, j * side, side, side)
    found = _craters(terrain, (i, j))
    taken = [(one.x_m, one.y_m, one.radius_m + _SPOT_M) for one in (*found, *_named(terrain))]
    taken += [(one.x_m, one.y_m, one.radius_m + _SPOT_M) for one in _wide_around(terrain, (i, j))]
    soil = terrain.soil_of(ground)
    looks = (
        ("bare", np.isin(soil, FIRM), -ground.cover),
        ("ridges", (soil == Soil.TAR_CREST) & (ground.ridge > _LEAST_RIDGE), ground.ridge),
        ("rise", np.ones(soil.shape, np.bool_), ground.height_m),
    )
    for name, is_such, how_much in looks:
        if name == "rise" and len(found) >= 2:
            break
        place_m = _best(ground, is_such, np.asarray(how_much, np.float64), taken)
        if place_m is not None:
            found.append(_spot(terrain, name, place_m, (i, j)))
            taken.append((found[-1].x_m, found[-1].y_m, _APART_M))
    return tuple(found)


def _best(
    ground: Ground, is_such: NDArray[np.bool_], how_much: Field, taken: list[Disc]
) -> tuple[float, float] | None:
    """Return the node that stands out most, off the edges and away from all that is taken."""
    x, y = ground.window.x_m(), ground.window.y_m()
    is_free = np.zeros(is_such.shape, np.bool_)
    inner = slice(_EDGE_NODES, -_EDGE_NODES)
    is_free[inner, inner] = is_such[inner, inner]
    for x_m, y_m, radius_m in taken:
        is_free &= (x[None, :] - x_m) ** 2 + (y[:, None] - y_m) ** 2 > radius_m * radius_m
    if not is_free.any():
        return None
    best = int(np.argmax(np.where(is_free, how_much, -np.inf)))
    row, column = divmod(best, is_such.shape[1])
    return float(x[column]), float(y[row])


def _spot(terrain: Terrain, name: str, place_m: tuple[float, float], square: Square) -> Place:
    """Return a spot, moved to where a closer look shows it best."""
    title, kind = "High ground", PlaceKind.OTHER
    if name == "ridges":
        title, kind = "Sand ridges", PlaceKind.DUNE
        place_m, _ = _closest(terrain, place_m, (Soil.TAR_CREST,))
    elif name == "bare":
        place_m, soil = _closest(terrain, place_m, FIRM)
        title, kind = "Bare crust", PlaceKind.CRUST
        if soil is Soil.BEDROCK:
            title, kind = "Bare rock", PlaceKind.ROCK
    return Place(_name(name, square), title, kind, *place_m, _SPOT_M)


def _closest(
    terrain: Terrain, place_m: tuple[float, float], wanted: tuple[Soil, ...]
) -> tuple[tuple[float, float], Soil | None]:
    """Return the nearest ground of the wanted soil that is most about, and that soil."""
    cell_m = 2.0**_CLOSE_LEVEL
    i, j = (round(part / cell_m) for part in place_m)
    reach = int(_CLOSE_M / cell_m)
    side = 2 * reach + 1
    close = terrain.soil(_CLOSE_LEVEL, i - reach, j - reach, side, side)
    soil = max(wanted, key=lambda one: int(np.count_nonzero(close == one)))
    if not (close == soil).any():
        return place_m, None
    rows, columns = np.mgrid[-reach : reach + 1, -reach : reach + 1]
    away = np.where(close == soil, rows * rows + columns * columns, side * side)
    row, column = divmod(int(np.argmin(away)), side)
    return ((i - reach + column) * cell_m, (j - reach + row) * cell_m), soil


def _craters(terrain: Terrain, square: Square) -> list[Place]:
    """Return the steepest wide crater of a square kilometre, and its youngest other one."""
    rivals = _wide_around(terrain, square)
    found = [
        one for one in rivals if one.name == _name("wide-crater", square) and _wins(one, rivals)
    ]
    low, high = ([(number + end) * SQUARE_M for number in square] for end in (0, 1))
    seen = _seen_in(terrain, square)
    reach_m = seen.diameter_m / 2.0 + _RIM_M
    is_free = (seen.x_m - reach_m > low[0]) & (seen.x_m + reach_m < high[0])
    is_free &= (seen.y_m - reach_m > low[1]) & (seen.y_m + reach_m < high[1])
    for one in (*rivals, *_named(terrain)):
        away_m = np.hypot(seen.x_m - one.x_m, seen.y_m - one.y_m)
        is_free &= away_m > reach_m + one.radius_m
    free = seen.taken(is_free)
    if len(free):
        found.append(_crater(free, int(np.argmin(free.age_frac)), "young-crater", square))
    return found


def _wins(wide: Place, rivals: tuple[Place, ...]) -> bool:
    """Say whether a wide crater is the widest of those whose ground meets its own."""
    return not any(
        _meet(wide, one) and (one.radius_m, one.x_m, one.y_m) > (wide.radius_m, wide.x_m, wide.y_m)
        for one in rivals
    )


def _wide_around(terrain: Terrain, square: Square) -> tuple[Place, ...]:
    """Return the steepest wide craters of a square and of those around it."""
    i, j = square
    found = (_wide(terrain, i + di, j + dj) for dj in (-1, 0, 1) for di in (-1, 0, 1))
    return tuple(one for one in found if one is not None)


@kept_by_ground(_KEPT_SQUARES)
def _wide(terrain: Terrain, i: int, j: int) -> Place | None:
    """Return the steepest crater of a square kilometre that is wide, but may be driven round."""
    seen = _seen_in(terrain, (i, j))
    wide = seen.taken((seen.diameter_m > _WIDE_M) & (seen.diameter_m <= _WIDEST_M))
    if not len(wide):
        return None
    place = _crater(wide, int(np.argmax(wide.depth_ratio)), "wide-crater", (i, j))
    return None if any(_meet(place, one) for one in _named(terrain)) else place


def _seen_in(terrain: Terrain, square: Square) -> Craters:
    """Return the craters of a square kilometre that a level has not covered, oldest first."""
    (x0, x1), (y0, y1) = ((number * SQUARE_M, (number + 1) * SQUARE_M) for number in square)
    seen = _field(terrain).inside((x0, y0, x1, y1), _LEAST_M)
    is_seen = np.ones(len(seen), np.bool_)
    for one in terrain.spec.overlays:
        match one:
            case FlatOverlay(x0_m=west, y0_m=south, x1_m=east, y1_m=north):
                pass
            case HeightGrid(x0_m=west, y0_m=south, is_added=False):
                east = west + (one.columns - 1) * one.cell_m
                north = south + (one.rows - 1) * one.cell_m
            case _:
                continue
        is_seen &= (seen.x_m < west) | (seen.x_m > east) | (seen.y_m < south) | (seen.y_m > north)
    return seen.taken(is_seen)


@kept_by_ground(1)
def _field(terrain: Terrain) -> CraterField:
    return CraterField(terrain.spec)


@kept_by_ground(1)
def _named(terrain: Terrain) -> tuple[Place, ...]:
    """Return what has a name of its own and needs no find upon it."""
    return tuple(one for one in places(terrain.spec) if one.radius_m <= _NAMED_MOST_M)


def _crater(craters: Craters, at: int, name: str, square: Square) -> Place:
    diameter_m = float(craters.diameter_m[at])
    looks = "Deep" if float(craters.depth_ratio[at]) > _DEEP_RATIO else "Worn"
    if float(craters.age_frac[at]) < _YOUNG_FRAC:
        looks = "Young"
    return Place(
        _name(name, square),
        f"{looks} {diameter_m:.0f} m crater",
        PlaceKind.CRATER,
        float(craters.x_m[at]),
        float(craters.y_m[at]),
        diameter_m / 2.0 + _RIM_M,
    )


def _meet(one: Place, other: Place) -> bool:
    away_m = math.hypot(one.x_m - other.x_m, one.y_m - other.y_m)
    return away_m <= one.radius_m + other.radius_m


def _name(name: str, square: Square) -> str:
    """Return a name with its square, such as young-crater-e0-s2."""
    i, j = square
    east = f"e{i}" if i >= 0 else f"w{-i}"
    north = f"n{j}" if j >= 0 else f"s{-j}"
    return f"{name}-{east}-{north}"
