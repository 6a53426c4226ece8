"""What pages that list files have in common: the rows, a button that opens one, the way back."""

from game.ui.boxes import Box
from game.ui.canvas import BODY, Canvas
from game.ui.input import Happening
from game.ui.listed import ListedFile
from game.ui.screen import Pop, Transition
from game.ui.screens.help import back_or_help
from game.ui.screens.page import back_button, column
from game.ui.shell import Shell
from game.ui.widgets.button import Button
from game.ui.widgets.form import Form
from game.ui.widgets.list import ListBox, Row

NOWHERE = Box(0, 0, 0, 0)


class FileList:
    """Files to choose one from."""

    def __init__(self, shell: Shell, files: tuple[ListedFile, ...], button: Button) -> None:
        self.shell, self.files, self.button = shell, files, button
        rows = [Row(str(file.path), file.words, file.note) for file in files]
        self.list = ListBox("files", NOWHERE, rows)
        self.button.is_enabled = bool(rows)
        self.form = Form([self.list, self.button, back_button()])

    def handle(self, happening: Happening) -> Transition | ListedFile | None:
        """Return the file to open, or where else this leads."""
        if (way := back_or_help(self.shell, happening)) is not None:
            return way
        if (signal := self.form.handle(happening)) is None:
            return None
        self.shell.audio.play("paper")
        if signal.name == "back":
            return Pop()
        if signal.name in (self.button.name, "files_confirmed") and self.files:
            return self.files[self.list.chosen]
        return None

    def draw(self, canvas: Canvas, top: float, none_yet: str) -> None:
        """Draw the rows from a height on, or say that there are none."""
        area, low = column(canvas.page), canvas.page.h - 76
        self.list.box = Box(area.x, top, min(area.w, 640), low - 20 - top)
        self.button.box = Box(area.right - 180, low - 6, 180, 44)
        self.form.widgets[-1].box = Box(area.x, low, 110, 36)
        self.form.draw(canvas)
        if not self.files:
            canvas.text(none_yet, area.x, top + 8, BODY)
