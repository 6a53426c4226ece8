"""A dark sky with stars, behind Mars."""

import pygame

STAR_COUNT = 260


def starry(size: tuple[int, int], space: tuple[int, int, int]) -> pygame.Surface:
    """Return a dark sky; the same faint stars on every start."""
    sky = pygame.Surface(size)
    sky.fill(space)
    number = 1
    for _ in range(STAR_COUNT):
        number = number * 48271 % 2147483647  # Park & Miller (1993): decoration only
        x = number % size[0]
        number = number * 48271 % 2147483647
        y, tone = number % size[1], 26 + number // size[1] % 5**2 * 4
        sky.set_at((x, y), (tone, tone - 3, tone - 7))
    return sky
