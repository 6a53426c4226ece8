"""Places with stories: the lander and what fell beside it, named dunes and rocks.

Seeded finds, anywhere, are in `finds`.
"""

from functools import lru_cache

from game.world.overlays import OpenGround, Place, PlaceKind, PlaceOverlay
from game.world.spec import TerrainSpec

__all__ = ["Place", "PlaceKind", "places"]

LANDER_RADIUS_M = 8.0


def places(spec: TerrainSpec) -> tuple[Place, ...]:
    """Return the named places of a world: the lander first, then what level and site name."""
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
    return (*things, *dunes, *rocks)
