"""Buttons: filled for the one thing to do next, quiet for the rest."""

from dataclasses import dataclass
from enum import Enum, auto

from game.ui.boxes import Box
from game.ui.canvas import Canvas, Look
from game.ui.input import Happening, Pointed, Pressed
from game.ui.widgets.form import Signal


class Dress(Enum):
    """How much a button asks for attention."""

    FILLED = auto()
    QUIET = auto()
    PLAIN = auto()
    WARNING = auto()


@dataclass(slots=True)
class Button:
    """A button with words, and an icon if it has one."""

    name: str
    box: Box
    words: str
    dress: Dress = Dress.QUIET
    icon: str = ""
    size: int = 14
    is_enabled: bool = True

    def handle(self, happening: Happening) -> Signal | None:
        """Signal on a click or on Enter."""
        match happening:
            case Pointed() if happening.is_click and self.box.holds(happening.x, happening.y):
                return Signal(self.name)
            case Pressed(is_again=False) if happening.means("confirm"):
                return Signal(self.name)
        return None

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw ground, icon and words."""
        token = self._ground(canvas, is_hovered=is_hovered)
        look = Look(self.size, token, is_strong=self.dress is not Dress.PLAIN)
        gap = 26 if self.icon else 0
        width = canvas.width(self.words, look) + gap
        left = self.box.x + (self.box.w - width) / 2
        if self.dress is Dress.PLAIN:
            left = self.box.x + 12
        middle = self.box.y + self.box.h / 2
        if self.icon:
            canvas.icon(self.icon, left, middle - 10, token)
        canvas.text(self.words, left + gap, middle - self.size * 0.66, look)
        if is_focused:
            canvas.outline(self.box.grown(2), "accent", 2, 6)

    def _ground(self, canvas: Canvas, *, is_hovered: bool) -> str:
        if not self.is_enabled:
            if self.dress is not Dress.PLAIN:
                canvas.outline(self.box, "line", 1, 4)
            return "faint"
        if self.dress in (Dress.FILLED, Dress.WARNING):
            canvas.fill(self.box, "accent" if self.dress is Dress.FILLED else "act", 4)
            if is_hovered:
                canvas.outline(self.box, "text", 1, 4)
            return "ink"
        if is_hovered:
            canvas.fill(self.box, "track", 4)
        if self.dress is Dress.QUIET:
            canvas.outline(self.box, "line", 1, 4)
        return "text"
