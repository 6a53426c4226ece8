"""Soft edges of a fine tile where its neighbours are still coarse: no sharp squares in a blur."""

from functools import lru_cache

import numpy as np
import pygame
from numpy.typing import NDArray

NEIGHBOURS = {1: (-1, 0), 2: (1, 0), 4: (0, -1), 8: (0, 1)}  # west, east, south, north
FEATHER_FRAC = 0.3  # of a tile's side


def feathered(picture: pygame.Surface, sides: int) -> pygame.Surface:
    """Return a picture that runs out softly on some of its sides."""
    soft = picture.convert_alpha()
    pygame.surfarray.pixels_alpha(soft)[:] = _softness(sides, picture.get_size())
    return soft


@lru_cache(maxsize=64)
def _softness(sides: int, size: tuple[int, int]) -> NDArray[np.uint8]:
    """Return how much of a picture is seen at each pixel, 255 for all of it."""
    ramps = []
    for length, low, high in ((size[0], sides & 1, sides & 2), (size[1], sides & 8, sides & 4)):
        along = (np.arange(length) + 0.5) / (FEATHER_FRAC * length)
        ramp = np.ones(length)
        for is_bare, way in ((low, along), (high, along[::-1])):
            if is_bare:
                part = np.clip(way, 0.0, 1.0)
                ramp *= part * part * (3.0 - 2.0 * part)
        ramps.append(ramp)
    mask = np.asarray(255.0 * ramps[0][:, None] * ramps[1][None, :], np.uint8)
    mask.flags.writeable = False
    return mask


def enlarged(picture: pygame.Surface, part: pygame.Rect, size: tuple[int, int]) -> pygame.Surface:
    """Return a part of a picture at another size, as if the whole had been scaled.

    A larger part is scaled with the pixels around it: parts scaled each for itself would meet
    with edges. `smoothscale` lays the first and (almost) the last pixel's middle on the edges of
    what it makes; the half pixels that come of this are cut off.
    """
    wide, high = size[0] / part.width, size[1] / part.height
    if wide <= 1.0 or high <= 1.0:
        return pygame.transform.smoothscale(picture.subsurface(part), size)
    around = _with_rim(picture, part)
    whole = (round(wide * (part.width + 1)), round(high * (part.height + 1)))
    larger = pygame.transform.smoothscale(around, whole)
    corner = (int(wide / 2), int(high / 2))
    return larger.subsurface(pygame.Rect(corner, size).clip(larger.get_rect()))


def _with_rim(picture: pygame.Surface, part: pygame.Rect) -> pygame.Surface:
    """Return a part of a picture with one pixel around it; past the edge the last one again."""
    wide, high = part.width + 2, part.height + 2
    rim = pygame.Surface((wide, high), depth=32)
    rim.blit(picture, (0, 0), part.inflate(2, 2))
    edges = (
        (part.left == 0, (0, 0), (1, 0, 1, high)),
        (part.right == picture.get_width(), (wide - 1, 0), (wide - 2, 0, 1, high)),
        (part.top == 0, (0, 0), (0, 1, wide, 1)),
        (part.bottom == picture.get_height(), (0, high - 1), (0, high - 2, wide, 1)),
    )
    for is_edge, at, source in edges:
        if is_edge:
            rim.blit(rim.subsurface(source).copy(), at)
    return rim
