"""Places with stories: the lander and what fell beside it, dunes, rocks, seeded finds."""

import math
from functools import lru_cache

import numpy as np

from game.world.crater_field import CraterField
from game.world.overlays import OpenGround, Place, PlaceKind, PlaceOverlay
from game.world.spec import TerrainSpec
from game.world.terrain import Terrain
from game.world.window import check_place

__all__ = ["Place", "PlaceKind", "finds", "places"]

LANDER_RADIUS_M = 8.0
SQUARE_M = 1000.0
_CRATERS_NEAR_SQUARES = 1


def places(spec: TerrainSpec) -> tuple[Place, ...]:
    """Return the named places of a world: the lander first, then what the site and level name.

    The best crater of each square kilometre round the lander is among them; `finds` knows more,
    anywhere.
    """
    lander = Place("lander", "Lander", PlaceKind.LANDER, 0.0, 0.0, LANDER_RADIUS_M)
    own = [
        Place(one.name, one.title, one.kind, one.x_m, one.y_m, one.radius_m)
        for one in spec.overlays
        if isinstance(one, PlaceOverlay)
    ]
    if any(isinstance(overlay, OpenGround) for overlay in spec.overlays):
        return (lander, *own)
    return (lander, *own, *_site_places(spec))


@lru_cache(maxsize=16)
def _site_places(spec: TerrainSpec) -> tuple[Place, ...]:
    site = spec.site
    things = [
        Place(one.name, one.title, one.kind, one.x_m, one.y_m, one.radius_m) for one in site.things
    ]
    dunes = [
        Place(one.name, one.title, PlaceKind.DUNE, one.x_m, one.y_m, one.length_m / 2.0)
        for one in site.dunes
    ]
    rocks = [
        Place(one.name, one.title, PlaceKind.ROCK, one.x_m, one.y_m, one.radius_m)
        for one in site.rocks
    ]
    field = CraterField(spec)
    near = range(-_CRATERS_NEAR_SQUARES - 1, _CRATERS_NEAR_SQUARES + 1)
    craters = [place for j in near for i in near for place in _craters(field, i, j)]
    return (*things, *dunes, *rocks, *craters)


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
        A young crater, a wide old one, ridges and bare crust, as far as there are any; at
        least one.
    """
    check_place(i * SQUARE_M, j * SQUARE_M, "finds")
    field = CraterField(terrain.spec)
    level, side = 3, int(SQUARE_M / 8.0)
    ground = terrain.ground(level, i * side, j * side, side, side)
    found = list(_craters(field, i, j))
    row, column = np.unravel_index(int(np.argmin(ground.cover)), ground.cover.shape)
    spots = [("crust", "Bare crust", PlaceKind.CRUST, row, column)]
    if float(ground.ridge.max()) > 0.5:
        row, column = np.unravel_index(int(np.argmax(ground.ridge)), ground.ridge.shape)
        spots.append(("ridges", "Sand ridges", PlaceKind.DUNE, row, column))
    x_m, y_m = ground.window.x_m(), ground.window.y_m()
    found += [
        Place(_name(name, i, j), title, kind, float(x_m[column]), float(y_m[row]), 15.0)
        for name, title, kind, row, column in spots
    ]
    return tuple(found)


def _craters(field: CraterField, i: int, j: int) -> list[Place]:
    """Return the youngest crater of a square kilometre, and the widest if it is wide."""
    box = (i * SQUARE_M, j * SQUARE_M, (i + 1) * SQUARE_M, (j + 1) * SQUARE_M)
    craters = field.inside(box, 12.0)
    if not len(craters):
        return []
    young, wide = int(np.argmin(craters.age_frac)), int(np.argmax(craters.diameter_m))
    chosen = [("young-crater", "Young crater", young)]
    if float(craters.diameter_m[wide]) > 80.0 and wide != young:
        chosen.append(("wide-crater", "Wide crater", wide))
    return [
        Place(
            _name(name, i, j),
            f"{title}, {math.floor(float(craters.diameter_m[at]))} m",
            PlaceKind.CRATER,
            float(craters.x_m[at]),
            float(craters.y_m[at]),
            float(craters.diameter_m[at]) / 2.0 + 3.0,
        )
        for name, title, at in chosen
    ]


def _name(name: str, i: int, j: int) -> str:
    """Return a name with its square, such as young-crater-e0-s2."""
    east = f"e{i}" if i >= 0 else f"w{-i}"
    north = f"n{j}" if j >= 0 else f"s{-j}"
    return f"{name}-{east}-{north}"
