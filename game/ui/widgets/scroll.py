"""A long text in a box that scrolls."""

from dataclasses import dataclass, field

from game.ui.boxes import Box
from game.ui.canvas import Canvas, Look
from game.ui.input import Happening, Pressed, Wheeled
from game.ui.widgets.form import Signal
from game.ui.widgets.paragraph import line_height
from game.ui.wrap import wrapped

SCROLL_LINES = 3


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph and how it is written."""

    words: str
    look: Look


@dataclass(slots=True)
class ScrollArea:
    """Paragraphs; the wheel and the arrows scroll."""

    name: str
    box: Box
    passages: tuple[Passage, ...]
    is_enabled: bool = True
    offset: float = field(default=0.0, init=False)
    _height: float = field(default=0.0, init=False)

    def height(self, canvas: Canvas) -> float:
        """Return how high all lines are together in a box of this width."""
        return sum(
            line_height(passage.look) * len(self._lines(canvas, passage))
            for passage in self.passages
        )

    def handle(self, happening: Happening) -> Signal | None:
        """Scroll."""
        match happening:
            case Wheeled(steps=steps):
                self._scroll(-steps)
            case Pressed() if happening.means("later", "right"):
                self._scroll(1)
            case Pressed() if happening.means("earlier", "left"):
                self._scroll(-1)
        return None

    def _lines(self, canvas: Canvas, passage: Passage) -> tuple[str, ...]:
        return wrapped(
            passage.words, self.box.w - 12, lambda words: canvas.width(words, passage.look)
        )

    def _scroll(self, steps: int) -> None:
        most = max(0.0, self._height - self.box.h)
        self.offset = min(max(self.offset + steps * SCROLL_LINES * 20, 0.0), most)

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw the lines that fit whole."""
        del is_hovered, is_focused
        y = self.box.y - self.offset
        for passage in self.passages:
            step = line_height(passage.look)
            for line in self._lines(canvas, passage):
                if y >= self.box.y - 1 and y + step <= self.box.bottom + 1:
                    canvas.text(line, self.box.x, y, passage.look)
                y += step
        self._height = y + self.offset - self.box.y
        if self._height > self.box.h:
            long = self.box.h * self.box.h / self._height
            top = self.box.y + (self.box.h - long) * self.offset / (self._height - self.box.h)
            canvas.fill(Box(self.box.right - 4, top, 3, long), "line", 1)
