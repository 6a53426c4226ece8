"""Words that do nothing, broken into lines."""

from dataclasses import dataclass

from game.ui.boxes import Box
from game.ui.canvas import BODY, Canvas, Look
from game.ui.input import Happening
from game.ui.widgets.form import Signal
from game.ui.wrap import wrapped

LINE_FACTOR = 1.4  # distance of lines as a multiple of the letter size


@dataclass(slots=True)
class Label:
    """A paragraph in a box."""

    name: str
    box: Box
    words: str
    look: Look = BODY
    is_enabled: bool = False

    def handle(self, happening: Happening) -> Signal | None:
        """Labels answer nothing."""
        del happening
        return None

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw the paragraph."""
        del is_focused, is_hovered
        paragraph(canvas, self.words, self.box.x, self.box.y, self.box.w, self.look)


def paragraph(canvas: Canvas, words: str, x: float, y: float, width: float, look: Look) -> float:
    """Write a paragraph and return the `y` below it."""
    for line in wrapped(words, width, lambda piece: canvas.width(piece, look)):
        canvas.text(line, x, y, look)
        y += line_height(look)
    return y


def line_height(look: Look) -> float:
    """Return the distance of lines, in layout pixels."""
    return round(look.size * LINE_FACTOR)
