"""Straight strokes of even width in every direction."""

import math

import pygame

from game.ui.theme import Rgb


def thick_line(
    target: pygame.Surface,
    colour: Rgb,
    start_px: tuple[float, float],
    end_px: tuple[float, float],
    width_px: float,
) -> None:
    """Draw a stroke with square ends; pygame's own is slanted at its ends and thin aslant."""
    dx, dy = end_px[0] - start_px[0], end_px[1] - start_px[1]
    length_px = math.hypot(dx, dy)
    if width_px < 2 or length_px < 1e-6 or min(abs(dx), abs(dy)) < 1e-6:
        pygame.draw.line(target, colour, start_px, end_px, max(1, round(width_px)))
        return
    across = (-dy / length_px * width_px / 2, dx / length_px * width_px / 2)
    corners = [
        (start_px[0] + across[0], start_px[1] + across[1]),
        (end_px[0] + across[0], end_px[1] + across[1]),
        (end_px[0] - across[0], end_px[1] - across[1]),
        (start_px[0] - across[0], start_px[1] - across[1]),
    ]
    pygame.draw.polygon(target, colour, corners)
    pygame.draw.aalines(target, colour, True, corners)
