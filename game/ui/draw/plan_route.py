"""The points of a planned drive, which can be dragged."""

import pygame

from game.ui.camera import View
from game.ui.canvas import Canvas

Point = tuple[float, float]
POINT_R, RING_R = 8.0, 14.0  # what a point and the ring around the last one cover


def draw_points(canvas: Canvas, view: View, route: tuple[Point, ...], held: int | None) -> None:
    """Draw the points of the selected drive, which can be dragged."""
    for k, place in enumerate(route):
        x, y = view.to_px(*place)
        x, y = x / canvas.scale, y / canvas.scale
        radius = 8.0 if k == held else 6.0
        canvas.disc((x, y), radius + 2, "ink")
        canvas.disc((x, y), radius, "accent")
    if held is None and route:
        x, y = view.to_px(*route[-1])
        pygame.draw.circle(canvas.surface, canvas.rgb("accent"), (round(x), round(y)),
                           canvas.px(13), max(1, canvas.px(2)))  # fmt: skip
