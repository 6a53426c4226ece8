"""A canvas that remembers its words."""

from dataclasses import dataclass, field

from game.ui.boxes import Box
from game.ui.canvas import Canvas, Look


@dataclass(slots=True)
class Tape(Canvas):
    """Remembers where words were written. [layout px]."""

    written: list[tuple[str, Box]] = field(default_factory=list)

    def text(self, words: str, x: float, y: float, look: Look, align: str = "left") -> float:
        wide = Canvas.text(self, words, x, y, look, align)
        left = x - {"left": 0.0, "middle": wide / 2, "right": wide}[align]
        self.written.append((words, Box(left, y, wide, look.size)))
        return wide

    def all_inside(self, box: Box) -> None:
        for words, place in self.written:
            assert place.x >= box.x - 1, words
            assert place.right <= box.right + 1, words
            assert place.y >= box.y - 4, words
            assert place.bottom <= box.bottom + 4, words
        self.written.clear()
