"""One line of text to type in."""

from collections.abc import Callable
from dataclasses import dataclass

from game.ui.boxes import Box
from game.ui.canvas import BODY, STRONG, Canvas
from game.ui.input import Happening, Pressed, Typed
from game.ui.widgets.form import Signal


def any_text(text: str) -> bool:
    """Take every text."""
    del text
    return True


def whole_number(text: str) -> bool:
    """Take what is or may become a whole number."""
    return text in ("", "-") or text.removeprefix("-").isdigit()


@dataclass(slots=True)
class TextLine:
    """A line with a label; `accepts` refuses what must not stand there."""

    name: str
    box: Box
    label: str
    text: str = ""
    most: int = 40
    accepts: Callable[[str], bool] = any_text
    is_enabled: bool = True

    def handle(self, happening: Happening) -> Signal | None:
        """Type and delete at the end."""
        match happening:
            case Typed(text=text):
                longer = self.text + text
                if len(longer) <= self.most and self.accepts(longer):
                    self.text = longer
                    return Signal(self.name, self.text)
            case Pressed() if happening.means("back") and self.text:
                self.text = self.text[:-1]
                return Signal(self.name, self.text)
        return None

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw label, frame, text and caret."""
        canvas.text(self.label, self.box.x, self.box.y + self.box.h / 2 - 9, BODY)
        wide = canvas.width(self.label, BODY) + 14
        frame = Box(self.box.x + wide, self.box.y, self.box.w - wide, self.box.h)
        canvas.fill(frame, "track", 4)
        token = "accent" if is_focused else "quiet" if is_hovered else "line"
        canvas.outline(frame, token, 2 if is_focused else 1, 4)
        y = frame.y + frame.h / 2 - 9
        end = frame.x + 10 + canvas.text(self.text, frame.x + 10, y, STRONG)
        if is_focused:
            canvas.line((end + 1, y + 1), (end + 1, y + 17), "accent", 1)
