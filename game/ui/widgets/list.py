"""A list of rows to choose one from, scrolling when it is longer than its box."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from game.ui.boxes import Box
from game.ui.canvas import NOTE, Canvas, Look
from game.ui.input import Happening, Pointed, Pressed, Wheeled
from game.ui.widgets.form import Signal
from game.ui.wrap import shortened


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a name for the program, words, and a smaller note."""

    name: str
    words: str
    note: str = ""


@dataclass(slots=True)
class ListBox:
    """Rows with one chosen."""

    name: str
    box: Box
    rows: Sequence[Row]
    chosen: int = 0
    row_height: float = 44.0
    is_enabled: bool = True
    first: int = field(default=0, init=False)

    @property
    def value(self) -> str:
        """The name of the chosen row, or nothing."""
        return self.rows[self.chosen].name if self.rows else ""

    @property
    def _shown(self) -> int:
        return max(1, int(self.box.h // self.row_height))

    def handle(self, happening: Happening) -> Signal | None:
        """Choose by pointer or arrows; confirm with Enter or a second click."""
        match happening:
            case Wheeled(steps=steps):
                self._scroll(-steps)
            case Pointed() if happening.is_click and self.box.holds(happening.x, happening.y):
                return self._choose(self.first + int((happening.y - self.box.y) // self.row_height))
            case Pressed() if happening.means("backward") and self.chosen + 1 < len(self.rows):
                return self._choose(self.chosen + 1)
            case Pressed() if happening.means("forward") and self.chosen > 0:
                return self._choose(self.chosen - 1)
            case Pressed(is_again=False) if happening.means("confirm") and self.rows:
                return Signal(f"{self.name}_confirmed", self.value)
        return None

    def _choose(self, number: int) -> Signal | None:
        if not 0 <= number < len(self.rows):
            return None
        self.chosen = number
        self.first = min(max(self.first, number - self._shown + 1), number)
        return Signal(self.name, self.value)

    def _scroll(self, rows: int) -> None:
        most = max(0, len(self.rows) - self._shown)
        self.first = min(max(self.first + rows, 0), most)

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw the visible rows."""
        del is_hovered
        for k, row in enumerate(self.rows[self.first : self.first + self._shown]):
            place = Box(self.box.x, self.box.y + k * self.row_height, self.box.w, self.row_height)
            self._draw_row(canvas, place, row, is_chosen=self.first + k == self.chosen)
        if is_focused:
            canvas.outline(self.box.grown(3), "accent", 2, 6)
        hidden = len(self.rows) - self._shown
        if hidden > 0:
            long = self.box.h * self._shown / len(self.rows)
            top = self.box.y + (self.box.h - long) * self.first / hidden
            canvas.fill(Box(self.box.right - 4, top, 3, long), "line", 1)

    def _draw_row(self, canvas: Canvas, place: Box, row: Row, *, is_chosen: bool) -> None:
        if is_chosen:
            canvas.fill(Box(place.x, place.y, place.w, place.h - 4), "accent_dim", 4)
            canvas.fill(Box(place.x, place.y, 3, place.h - 4), "accent", 1)
        look = Look(14, "text", is_strong=is_chosen)
        room = place.w - 28
        words = shortened(row.words, room, lambda text: canvas.width(text, look))
        canvas.text(words, place.x + 14, place.y + (3 if row.note else 10), look)
        note = shortened(row.note, room, lambda text: canvas.width(text, NOTE))
        canvas.text(note, place.x + 14, place.y + 21, NOTE)
