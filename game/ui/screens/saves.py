"""The list of saves, to choose one to go on with."""

from pathlib import Path

from game.errors import GameError
from game.paths import keeping_problem, user_folder
from game.saves import OtherWorldError
from game.ui.boxes import Box
from game.ui.canvas import BODY, Canvas
from game.ui.input import Happening, Pressed
from game.ui.keeping import save_files
from game.ui.missions import resume
from game.ui.screen import Pop, Push, Replace, Swap, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.message import MessageScreen
from game.ui.screens.page import back_button, column, draw_page, wants_back
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form, Signal
from game.ui.widgets.list import ListBox, Row

KEPT = "The file has stayed as it is."
NOWHERE = Box(0, 0, 0, 0)


class SavesScreen:
    """The list of saves."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.files = save_files(user_folder("saves"))
        rows = [Row(str(file.path), file.words, file.note) for file in self.files]
        self.list = ListBox("saves", NOWHERE, rows)
        self.load = Button("load", NOWHERE, "Go on", Dress.FILLED, "play", size=18)
        self.load.is_enabled = bool(rows)
        self.form = Form([self.list, self.load, back_button()])

    def handle(self, happening: Happening) -> Transition | None:
        """Choose and load."""
        if wants_back(happening):
            return Pop()
        if isinstance(happening, Pressed) and happening.means("help"):
            return Push(HelpScreen(self.shell))
        signal = self.form.handle(happening)
        return self._follow(signal) if signal else None

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the list."""
        draw_page(canvas, "Go on with a mission")
        area, low = column(canvas.page), canvas.page.h - 76
        self.list.box = Box(area.x, 96, min(area.w, 640), low - 116)
        self.load.box = Box(area.right - 180, low - 6, 180, 44)
        self.form.widgets[-1].box = Box(area.x, low, 110, 36)
        self.form.draw(canvas)
        if not self.files:
            problem = keeping_problem() if self.shell.is_lasting else ""
            words = problem or "No saved missions yet. Ctrl+S saves while you play."
            canvas.text(words, area.x, 104, BODY)

    def _follow(self, signal: Signal) -> Transition | None:
        self.shell.audio.play("paper")
        if signal.name == "back":
            return Pop()
        if signal.name in ("load", "saves_confirmed") and self.files:
            return self._open(self.files[self.list.chosen].path)
        return None

    def _open(self, path: Path, *, may_differ: bool = False) -> Transition:
        try:
            run = resume(path, may_differ=may_differ)
        except OtherWorldError as error:
            words = "Going on all the same makes it another mission from here on."
            choice = ("Go on all the same", lambda: self._open(path, may_differ=True))
            title = "The world of this save has changed"
            return Swap(MessageScreen(self.shell, title, _sentences(error), words, choice))
        except GameError as error:
            title = "This save cannot be opened"
            return Swap(MessageScreen(self.shell, title, _sentences(error), KEPT))
        return Replace(PlayScreen(self.shell, run))


def _sentences(error: GameError) -> tuple[str, ...]:
    """Return a refusal as people write: a capital, a full stop."""
    lines = (line.rstrip(".") + "." for line in str(error).splitlines())
    return tuple(line[:1].upper() + line[1:] for line in lines)
