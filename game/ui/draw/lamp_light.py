"""The lamp's light on the screen: tiles to be added over the dark ground."""

import math
from collections.abc import Iterator, Sequence

import pygame

from game.ui.draw.baker import BakedLamp, TileKey
from game.ui.draw.lamp import Lamp
from game.ui.draw.tiling import box_of, surface_of

MOVED_M = 0.25
TURNED_RAD = math.radians(4.0)
COARSEST_LEVEL = -4  # in wider views the beam is too small to see


class LampTiles:
    """Keeps the light of one place of the lamp, and makes that of the next beside it."""

    def __init__(self) -> None:
        self.target: Lamp | None = None
        self.shown: dict[TileKey, pygame.Surface] = {}
        self._coming: dict[TileKey, pygame.Surface] = {}

    def aim(self, lamp: Lamp | None) -> None:
        """Say where the lamp shines now; small moves are left out."""
        if lamp is None:
            self.target, self.shown, self._coming = None, {}, {}
        elif self.target is None or has_moved(self.target, lamp):
            self.target, self._coming = lamp, {}

    def wanted(self, keys: Sequence[TileKey]) -> Iterator[TileKey]:
        """Yield the tiles that the beam reaches and that are not lit yet."""
        if self.target is None:
            return
        reached = [
            key for key in keys if key[0] <= COARSEST_LEVEL and self.target.reaches(box_of(key))
        ]
        missing = [key for key in reached if key not in self._coming]
        if reached and not missing:
            self.shown = {key: self._coming[key] for key in reached}
        yield from missing

    def take(self, baked: BakedLamp) -> None:
        """Take in a tile; light from where the lamp was before is thrown away."""
        if baked.job.lamp == self.target:
            self._coming[baked.job.key] = surface_of(baked.pixels)


def has_moved(old: Lamp, new: Lamp) -> bool:
    """Tell whether the lamp has moved or turned enough to be worth new tiles."""
    turned_rad = abs(math.remainder(new.heading_rad - old.heading_rad, math.tau))
    return math.hypot(new.x_m - old.x_m, new.y_m - old.y_m) > MOVED_M or turned_rad > TURNED_RAD
