"""The list of plan files: one of them is read, checked as a whole, and put on the table."""

from collections.abc import Callable

from game.errors import GameError
from game.levels.open import open_plan
from game.mission.plan import Plan
from game.state import Setup
from game.ui.canvas import Canvas
from game.ui.input import Happening
from game.ui.listed import ListedFile
from game.ui.plan_shelf import plan_files
from game.ui.screen import Pop, Swap, Transition
from game.ui.screens.file_list import NOWHERE, FileList
from game.ui.screens.message import MessageScreen
from game.ui.screens.page import draw_page
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress

NONE_YET = "There are no plan files yet. “Save plan”, or Ctrl+S, writes the plan on the table."
CLOSING = "Mend the file and open it again. The plan on the table has stayed as it was."


class PlanFilesScreen:
    """Offers plan files; `take` gets the plan of the one that was opened, and its name."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(self, shell: Shell, setup: Setup, take: Callable[[str, Plan], None]) -> None:
        self.shell, self.setup, self.take = shell, setup, take
        button = Button("open", NOWHERE, "Open plan", Dress.FILLED, size=18)
        self.list = FileList(shell, plan_files(setup), button)
        self.form = self.list.form

    def handle(self, happening: Happening) -> Transition | None:
        """Choose and open."""
        found = self.list.handle(happening)
        return self._read(found) if isinstance(found, ListedFile) else found

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the list."""
        draw_page(canvas, "Open a plan", "The same files that “run --plan” reads.")
        self.list.draw(canvas, 104, NONE_YET)

    def _read(self, file: ListedFile) -> Transition:
        try:
            plan = open_plan(file.path, self.setup)
        except GameError as error:
            lines = tuple(str(error).splitlines())
            return Swap(MessageScreen(self.shell, "This plan cannot be opened", lines, CLOSING))
        self.take(file.words, plan)
        return Pop()
