"""Words broken into lines."""

from game.ui.canvas import Canvas, Look
from game.ui.wrap import wrapped

LINE_FACTOR = 1.4  # distance of lines as a multiple of the letter size


def paragraph(canvas: Canvas, words: str, x: float, y: float, width: float, look: Look) -> float:
    """Write a paragraph and return the `y` below it."""
    for line in wrapped(words, width, lambda piece: canvas.width(piece, look)):
        canvas.text(line, x, y, look)
        y += line_height(look)
    return y


def line_height(look: Look) -> float:
    """Return the distance of lines, in layout pixels."""
    return round(look.size * LINE_FACTOR)
