"""The icons, tinted and scaled on first use."""

from functools import lru_cache

import pygame

from game.ui.assets import asset
from game.ui.theme import Rgb


@lru_cache(maxsize=64)
def _master(name: str) -> pygame.Surface:
    return pygame.image.load(asset("images", "icons", f"{name}.png"))


@lru_cache(maxsize=512)
def icon(name: str, size_px: int, rgb: Rgb) -> pygame.Surface:
    """Return an icon of a size and colour; the surface is shared, do not draw on it."""
    small = pygame.transform.smoothscale(_master(name), (size_px, size_px))
    small.fill((*rgb, 255), special_flags=pygame.BLEND_RGBA_MULT)
    return small
