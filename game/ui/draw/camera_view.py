"""A picture from the mast on its way home: grey on board, then filled line by line."""

import numpy as np
import pygame
from numpy.typing import NDArray

from game.ui.theme import Rgb, mixed

GREY_FRAC = 0.72  # how far an unsent picture is faded into the panel
SCAN_PX = 2


def surface_of(pixels: NDArray[np.uint8]) -> pygame.Surface:
    """Return (height, width, 3) bytes as a picture."""
    return pygame.surfarray.make_surface(pixels.swapaxes(0, 1))


def draw_arriving(
    target: pygame.Surface,
    rect: pygame.Rect,
    picture: pygame.Surface | None,
    sent_frac: float,
    colours: tuple[Rgb, Rgb],
) -> None:
    """Draw a picture as far as it has come home.

    Parameters
    ----------
    target : pygame.Surface
        Where to draw.
    rect : pygame.Rect
        The frame. [px]
    picture : pygame.Surface, optional
        The whole picture; without it the frame stays grey.
    sent_frac : float
        How much of it is home. [0-1]
    colours : tuple of colours
        Of the panel behind it and of the line that fills it.
    """
    panel, line = colours
    target.fill(mixed(panel, (128, 128, 128), 0.2), rect)
    if picture is None:
        return
    scaled = fitted(picture, rect.size)
    lines = round(min(max(sent_frac, 0.0), 1.0) * rect.height)
    if lines < rect.height:
        grey = pygame.transform.grayscale(scaled)
        veil = pygame.Surface(rect.size)
        veil.fill(panel)
        veil.set_alpha(round(255 * GREY_FRAC))
        grey.blit(veil, (0, 0))
        target.blit(grey, rect)
    if lines > 0:
        target.blit(scaled, rect.topleft, pygame.Rect(0, 0, rect.width, lines))
    if 0 < lines < rect.height:
        pygame.draw.rect(target, line, (rect.x, rect.y + lines - SCAN_PX, rect.width, SCAN_PX))


def fitted(picture: pygame.Surface, size: tuple[int, int]) -> pygame.Surface:
    """Return a picture that fills a size, cut at its longer side, never stretched."""
    wide, high = picture.get_size()
    factor = max(size[0] / wide, size[1] / high)
    part = pygame.Rect(0, 0, round(size[0] / factor), round(size[1] / factor))
    part.center = (wide // 2, high // 2)
    cut = picture.subsurface(part.clip(picture.get_rect()))
    return pygame.transform.smoothscale(cut, size) if cut.get_size() != size else cut
