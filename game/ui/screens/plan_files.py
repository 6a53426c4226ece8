"""The list of plan files: one of them is read, checked as a whole, and put on the table."""

from collections.abc import Callable

from game.errors import GameError
from game.levels.open import open_plan
from game.mission.plan import Plan
from game.state import Setup
from game.ui.boxes import Box
from game.ui.canvas import BODY, Canvas
from game.ui.input import Happening
from game.ui.plan_shelf import PlanFile, plan_files
from game.ui.screen import Pop, Swap, Transition
from game.ui.screens.message import MessageScreen
from game.ui.screens.page import back_button, column, draw_page, wants_back
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form, Signal
from game.ui.widgets.list import ListBox, Row

NOWHERE = Box(0, 0, 0, 0)
NONE_YET = "There are no plan files yet. “Save plan”, or Ctrl+S, writes the plan on the table."
CLOSING = "Mend the file and open it again. The plan on the table has stayed as it was."


class PlanFilesScreen:
    """Offers plan files; `take` gets the plan of the one that was opened, and its name."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(self, shell: Shell, setup: Setup, take: Callable[[str, Plan], None]) -> None:
        self.shell, self.setup, self.take = shell, setup, take
        self.files = plan_files(setup)
        rows = [Row(str(file.path), file.words, file.note) for file in self.files]
        self.list = ListBox("files", NOWHERE, rows)
        self.open = Button("open", NOWHERE, "Open plan", Dress.FILLED, size=18)
        self.open.is_enabled = bool(rows)
        self.form = Form([self.list, self.open, back_button()])

    def handle(self, happening: Happening) -> Transition | None:
        """Choose and open."""
        if wants_back(happening):
            return Pop()
        signal = self.form.handle(happening)
        return self._follow(signal) if signal else None

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the list."""
        draw_page(canvas, "Open a plan", "The same files that “run --plan” reads.")
        area, low = column(canvas.page), canvas.page.h - 76
        self.list.box = Box(area.x, 104, min(area.w, 640), low - 124)
        self.open.box = Box(area.right - 180, low - 6, 180, 44)
        self.form.widgets[-1].box = Box(area.x, low, 110, 36)
        self.form.draw(canvas)
        if not self.files:
            canvas.text(NONE_YET, area.x, 112, BODY)

    def _follow(self, signal: Signal) -> Transition | None:
        self.shell.audio.play("paper")
        if signal.name == "back":
            return Pop()
        if signal.name in ("open", "files_confirmed") and self.files:
            return self._read(self.files[self.list.chosen])
        return None

    def _read(self, file: PlanFile) -> Transition:
        try:
            plan = open_plan(file.path, self.setup)
        except GameError as error:
            lines = tuple(str(error).splitlines())
            return Swap(MessageScreen(self.shell, "This plan cannot be opened", lines, CLOSING))
        self.take(file.words, plan)
        return Pop()
