"""Places with stories: the lander and what fell beside it, dunes, rocks, seeded finds."""

from game.world.overlays import OpenGround, Place, PlaceKind, PlaceOverlay
from game.world.spec import TerrainSpec

__all__ = ["Place", "PlaceKind", "places"]


def places(spec: TerrainSpec) -> tuple[Place, ...]:
    """Return the named places of a world, the lander first."""
    found = [Place("lander", "Lander", PlaceKind.LANDER, 0.0, 0.0, 8.0)]
    if not any(isinstance(overlay, OpenGround) for overlay in spec.overlays):
        found += _HARDWARE
    found += [
        Place(one.name, one.title, one.kind, one.x_m, one.y_m, one.radius_m)
        for one in spec.overlays
        if isinstance(one, PlaceOverlay)
    ]
    return tuple(found)


_HARDWARE = [
    Place("camera", "Dropped camera", PlaceKind.HARDWARE, 0.6, -10.0, 3.0),
    Place("parachute", "Parachute", PlaceKind.HARDWARE, -22.0, -352.0, 12.0),
    Place("backshell", "Backshell", PlaceKind.HARDWARE, 9.0, -341.0, 10.0),
]
