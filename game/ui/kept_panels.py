"""Panels are painted once and kept until what they show changes."""

from collections.abc import Callable

import pygame

from game.ui.boxes import Box
from game.ui.canvas import Canvas

Paint = Callable[[Canvas, Box], None]


class KeptPanels:
    """Painted panels by name."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, pygame.Surface]] = {}

    def draw(self, canvas: Canvas, name: str, box: Box, shows: object, paint: Paint) -> None:
        """Blit a panel; paint it anew when what it shows, its place or the scale has changed."""
        whole = (shows, canvas.scale, box)
        kept = self._kept.get(name)
        if kept is None or kept[0] != whole:
            sheet = canvas.sheet(box)
            paint(sheet, box)
            kept = self._kept[name] = (whole, sheet.surface)
        canvas.surface.blit(kept[1], canvas.rect(box))
