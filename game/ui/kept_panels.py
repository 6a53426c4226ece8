"""Panels are painted once and kept until what they show changes.

When many change at once they are painted in the frames that follow, so that no frame is late.
"""

from collections.abc import Callable

import pygame

from game.ui.boxes import Box
from game.ui.canvas import Canvas

Paint = Callable[[Canvas, Box], None]
PAINTS_PER_FRAME = 2  # anew; what has nothing to show yet is always painted


class KeptPanels:
    """Painted panels by name."""

    def __init__(self) -> None:
        self._kept: dict[str, tuple[object, pygame.Surface]] = {}
        self._late: set[str] = set()
        self._left = PAINTS_PER_FRAME

    def begin(self) -> None:
        """Begin a frame."""
        self._left = PAINTS_PER_FRAME - len(self._late)

    def draw(self, canvas: Canvas, name: str, box: Box, shows: object, paint: Paint) -> None:
        """Blit a panel; paint it anew when what it shows, its place or the scale has changed."""
        whole = (shows, canvas.scale, box)
        kept = self._kept.get(name)
        if kept is None or (kept[0] != whole and self._may_paint(name, kept[1], canvas.rect(box))):
            sheet = canvas.sheet(box)
            paint(sheet, box)
            kept = self._kept[name] = (whole, sheet.surface)
        canvas.surface.blit(kept[1], canvas.rect(box))

    def _may_paint(self, name: str, old: pygame.Surface, rect: pygame.Rect) -> bool:
        """Say whether a panel is painted now; one that had to wait has its place next frame."""
        if name in self._late:
            self._late.discard(name)
            return True
        if self._left > 0 or old.get_size() != rect.size:
            self._left -= 1
            return True
        self._late.add(name)
        return False
