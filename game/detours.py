"""Finds in a mission: what is worth a detour, and what has been told of it.

`world.finds` knows the ground; a mission takes away what lies in forbidden areas. A find counts
once a picture or a reading taken on it is on Earth: that is what its points are for.
"""

import math
from collections.abc import Iterable
from functools import lru_cache

from game.mission.chart import is_charted
from game.rover.archive import Archive, Product
from game.state import Setup, State
from game.world.finds import SQUARE_M, finds, finds_over
from game.world.overlays import Place
from game.world.squares import squares
from game.world.window import FARTHEST_M

FARTHEST_LOOK_M = 4000.0  # who plans a drive looks no farther
# Kinds of products that say what a place looks like or is made of.
TELLING = ("picture", "panorama", "soil", "infrared", "multispectral")


def detours_of(setup: Setup, i: int, j: int) -> tuple[Place, ...]:
    """Return the finds of a square kilometre that the mission lets the rover visit."""
    return tuple(one for one in finds(setup.terrain, i, j) if not _is_forbidden(setup, one))


def detours_around(setup: Setup, place_m: tuple[float, float], reach_m: float) -> tuple[Place, ...]:
    """Return what is worth a detour around a place, nearest first, as orbital pictures show it.

    Parameters
    ----------
    setup : Setup
        Ground and forbidden areas.
    place_m : tuple of float
        East and north of the lander, such as where the rover believes to be. [m]
    reach_m : float
        How far to look, at most `FARTHEST_LOOK_M`. [m]

    Raises
    ------
    ValueError
        If the place is none, or the reach is not a number from 0 to `FARTHEST_LOOK_M`.
    """
    x_m, y_m = place_m
    if not abs(x_m) + reach_m <= FARTHEST_M or not abs(y_m) + reach_m <= FARTHEST_M:
        raise ValueError(f"detours: there is no ground {reach_m!r} m around ({x_m!r}, {y_m!r})")
    if not 0.0 <= reach_m <= FARTHEST_LOOK_M:
        raise ValueError(f"detours: one looks 0 to {FARTHEST_LOOK_M:g} m far, not {reach_m!r} m")
    box = (x_m - reach_m, y_m - reach_m, x_m + reach_m, y_m + reach_m)
    near = [
        (away_m, one)
        for square in squares(box, 0.0, SQUARE_M)
        for one in detours_of(setup, *square)
        if (away_m := math.dist(place_m, (one.x_m, one.y_m))) <= reach_m
    ]
    return tuple(one for _, one in sorted(near, key=lambda pair: (pair[0], pair[1].name)))


def is_photographed(setup: Setup, state: State, find: Place) -> bool:
    """Say whether the rover's own cameras have seen a find; else it is known from orbit alone."""
    return is_charted(setup.chart, state.chart, find.x_m, find.y_m)


@lru_cache(maxsize=4)
def told_finds(setup: Setup, home: Archive) -> tuple[Place, ...]:
    """Return the finds that what is at home tells of, in the order of the first word of each."""
    return _told_by(setup, home)


def newly_told(setup: Setup, home: Archive, fresh_count: int) -> tuple[Place, ...]:
    """Return the finds that only the last few products at home tell of."""
    fresh = _told_by(setup, home[-fresh_count:]) if fresh_count else ()
    if not fresh:
        return ()
    before = _told_by(setup, home[:-fresh_count])
    return tuple(one for one in fresh if one not in before)


def _told_by(setup: Setup, products: Iterable[Product]) -> tuple[Place, ...]:
    seen = dict.fromkeys((one.x_m, one.y_m) for one in products if one.kind in TELLING)
    told = (find for place_m in seen for find in finds_over(setup.terrain, *place_m))
    return tuple(dict.fromkeys(one for one in told if not _is_forbidden(setup, one)))


def _is_forbidden(setup: Setup, find: Place) -> bool:
    return any(
        math.hypot(find.x_m - x_m, find.y_m - y_m) <= radius_m
        for x_m, y_m, radius_m in setup.keep_out_circles
    )
