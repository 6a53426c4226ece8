"""A row of tabs."""

from dataclasses import dataclass

from game.ui.boxes import Box
from game.ui.canvas import Canvas, Look
from game.ui.input import Happening, Pointed, Pressed
from game.ui.widgets.form import Signal

TAB_WIDTH, TAB_GAP = 132.0, 4.0


@dataclass(slots=True)
class Tabs:
    """Words side by side, one of them chosen."""

    name: str
    box: Box
    words: tuple[str, ...]
    chosen: int = 0
    is_enabled: bool = True

    def _cells(self) -> tuple[Box, ...]:
        wide = min(TAB_WIDTH, self.box.w / max(1, len(self.words)) - TAB_GAP)
        return tuple(
            Box(self.box.x + k * (wide + TAB_GAP), self.box.y, wide, self.box.h)
            for k in range(len(self.words))
        )

    def handle(self, happening: Happening) -> Signal | None:
        """Choose by pointer or arrows."""
        match happening:
            case Pointed() if happening.is_click:
                for k, cell in enumerate(self._cells()):
                    if cell.holds(happening.x, happening.y):
                        return self._choose(k)
            case Pressed() if happening.means("left"):
                return self._choose(self.chosen - 1)
            case Pressed() if happening.means("right"):
                return self._choose(self.chosen + 1)
        return None

    def _choose(self, number: int) -> Signal | None:
        if not 0 <= number < len(self.words) or number == self.chosen:
            return None
        self.chosen = number
        return Signal(self.name, number)

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw the tabs, the chosen one underlined."""
        del is_hovered
        for k, (cell, words) in enumerate(zip(self._cells(), self.words, strict=True)):
            is_on = k == self.chosen
            look = Look(14, "text" if is_on else "quiet", is_strong=is_on)
            canvas.text(words, cell.x + cell.w / 2, cell.y + 5, look, "middle")
            if is_on:
                canvas.fill(Box(cell.x, cell.bottom - 3, cell.w, 2), "accent")
        if is_focused:
            canvas.outline(self.box.grown(2), "accent", 2, 4)
