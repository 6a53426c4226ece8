"""Panels are painted once and kept until what they show changes.

When many change at once they are painted in the frames that follow, so that no frame is late.
"""

from collections.abc import Callable

import pygame

from game.ui.boxes import Box
from game.ui.canvas import Canvas

Paint = Callable[[Canvas, Box], None]


class KeptPanels:
    """Painted panels by name."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, pygame.Surface]] = {}
        self._late: list[str] = []
        self._turn = ""
        self._is_spent = False

    def begin(self) -> None:
        """Begin a frame: whoever has waited longest is painted in it."""
        self._turn = self._late.pop(0) if self._late else ""
        self._is_spent = bool(self._turn)

    def draw(self, canvas: Canvas, name: str, box: Box, shows: object, paint: Paint) -> None:
        """Blit a panel; paint it anew when what it shows, its place or the scale has changed."""
        whole = (shows, canvas.scale, box, canvas.theme.palette)
        kept = self._kept.get(name)
        if kept is None or (kept[0] != whole and self._may_paint(name, kept[1], canvas.rect(box))):
            sheet = canvas.sheet(box)
            paint(sheet, box)
            kept = self._kept[name] = (whole, sheet.surface)
        canvas.surface.blit(kept[1], canvas.rect(box))

    def _may_paint(self, name: str, old: pygame.Surface, rect: pygame.Rect) -> bool:
        """Say whether a panel is painted now: one in a frame, in turns, and every new size."""
        if name == self._turn or old.get_size() != rect.size:
            return True
        if not self._is_spent and not self._late:
            self._is_spent = True
            return True
        if name not in self._late:
            self._late.append(name)
        return False
