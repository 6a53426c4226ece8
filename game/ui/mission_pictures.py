"""A picture of each mission: shipped ones from a file, the player's own from their Tiled map."""

import pygame

from game.errors import GameError
from game.ui.artwork import map_picture
from game.ui.assets import asset
from game.ui.missions import Offer

SIZE_PX = (640, 360)


class MissionPictures:
    """Loads pictures when they are first asked for."""

    def __init__(self) -> None:
        self._found: dict[str, pygame.Surface | None] = {}

    def of(self, offer: Offer) -> pygame.Surface | None:
        """Return the picture of a mission, or None where there is none."""
        if offer.name not in self._found:
            self._found[offer.name] = _picture(offer)
        return self._found[offer.name]


def _picture(offer: Offer) -> pygame.Surface | None:
    path = asset("images", "levels", f"{offer.name}.png")
    try:
        if offer.is_shipped and path.is_file():
            return pygame.image.load(str(path)).convert()
        if offer.map is not None:
            return map_picture(offer.map, SIZE_PX)
    except (GameError, pygame.error, OSError):
        pass  # a mission that cannot be read says so when it is started
    return None
