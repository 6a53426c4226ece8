"""A page with sentences: what is wrong with a file, line by line."""

from collections.abc import Callable

from game.ui.boxes import Box
from game.ui.canvas import Canvas, Look
from game.ui.input import Happening
from game.ui.screen import Pop, Transition
from game.ui.screens.page import back_button, column, draw_page, wants_back
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form
from game.ui.widgets.scroll import Passage, ScrollArea

LINE = Look(14, "text")
HELP = Look(12, "faint")
CLOSING = "Mend the file and try again; 'python -m game level validate' shows the same list."


class MessageScreen:
    """Says something that the player must read."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(
        self,
        shell: Shell,
        title: str,
        lines: tuple[str, ...],
        closing: str = CLOSING,
        choice: tuple[str, Callable[[], Transition]] | None = None,
    ) -> None:
        self.shell = shell
        self.title = title
        self._choice = choice
        passages = [Passage(line + "\n", LINE) for line in lines]
        self.area = ScrollArea("lines", Box(0, 0, 0, 0), (*passages, Passage(closing, HELP)))
        words = choice[0] if choice else ""
        self._go_on = Button("go_on", Box(0, 0, 0, 0), words, Dress.QUIET, size=14)
        buttons = [self._go_on] if choice else []
        self.form = Form([self.area, *buttons, back_button()])
        self.form.focus_on("back")

    def handle(self, happening: Happening) -> Transition | None:
        """Close on Escape or the button."""
        if wants_back(happening):
            return Pop()
        signal = self.form.handle(happening)
        if signal and signal.name == "go_on" and self._choice:
            return self._choice[1]()
        return Pop() if signal and signal.name == "back" else None

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the sentences in a panel."""
        draw_page(canvas, self.title)
        area = column(canvas.page)
        low = canvas.page.h - 76
        self.area.box = Box(area.x + 56, 102, area.w - 80, low - 140)
        high = min(low - 104.0, self.area.height(canvas) + 36.0)
        canvas.panel(Box(area.x, 84, area.w, high), token="banner")
        canvas.icon("warn", area.x + 16, 100, "act", 24)
        self.form.widgets[-1].box = Box(area.x, low, 110, 36)
        self._go_on.box = Box(area.right - 200, low, 200, 36)
        self.form.draw(canvas)
