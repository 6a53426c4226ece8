"""Answers about one ground, kept as long as that ground is in use and no longer."""

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from game.world.terrain import Terrain

P = ParamSpec("P")
T = TypeVar("T")
_GROUNDS_COUNT = 4  # a mission has one ground; who flies a thousand seeds shall not keep a thousand


def kept_by_ground(
    count: int,
) -> Callable[[Callable[Concatenate[Terrain, P], T]], Callable[Concatenate[Terrain, P], T]]:
    """Remember the last `count` answers for each of the grounds that were asked about last.

    One memory for all grounds would hold every ground, with its chunks, until it is full.
    """

    def keeping(
        ask: Callable[Concatenate[Terrain, P], T],
    ) -> Callable[Concatenate[Terrain, P], T]:
        @lru_cache(maxsize=_GROUNDS_COUNT)
        def of(terrain: Terrain) -> Callable[P, T]:
            return cast("Callable[P, T]", lru_cache(maxsize=count)(partial(ask, terrain)))

        @wraps(ask)
        def kept(terrain: Terrain, /, *args: P.args, **kwargs: P.kwargs) -> T:
            return of(terrain)(*args, **kwargs)

        return kept

    return keeping
