"""The menu over a run: go on, save, load, settings, help, leave."""

from game.ui.boxes import Box
from game.ui.canvas import NOTE, TITLE, Canvas
from game.ui.host import Host
from game.ui.input import Happening
from game.ui.keeping import quick_save
from game.ui.screen import Home, Load, Pop, Push, Quit, Transition
from game.ui.screens.help import HelpScreen, back_or_help
from game.ui.screens.page import draw_veil, place_column
from game.ui.screens.settings import SettingsScreen
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form

WORDS = (
    ("go", "Go on", "play"),
    ("save", "Save", "check"),
    ("load", "Load", "undo"),
    ("settings", "Settings", "layers"),
    ("help", "Help", "question"),
    ("title", "Leave to the title", "back"),
    ("quit", "Quit", "close"),
)


class PauseScreen:
    """Time stands still while this is open."""

    is_see_through = True
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.note = ""
        nowhere = Box(0, 0, 0, 0)
        self.form = Form([
            Button(name, nowhere, words, Dress.PLAIN, icon, size=18) for name, words, icon in WORDS
        ])  # fmt: skip
        self.form.shows_focus = True

    def handle(self, happening: Happening) -> Transition | None:
        """Follow the chosen word."""
        if (way := back_or_help(self.host.shell, happening)) is not None:
            return way
        signal = self.form.handle(happening)
        if signal is None:
            return None
        self.host.shell.audio.play("paper")
        return self._follow(signal.name)

    def _follow(self, name: str) -> Transition | None:
        shell = self.host.shell
        match name:
            case "go":
                return Pop()
            case "save":
                self.note = quick_save(self.host.desk, stage=self.host.stage)
                return None
            case "load":
                return Load()
            case "settings":
                return Push(SettingsScreen(shell))
            case "help":
                return Push(HelpScreen(shell))
        quick_save(self.host.desk, name="last", stage=self.host.stage)
        return Home() if name == "title" else Quit()

    def update(self, frame_s: float) -> Transition | None:
        """Let the loops fade."""
        self.host.shell.audio.hush()
        self.host.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the words in a panel."""
        draw_veil(canvas, 0.5)
        page = canvas.page
        box = Box((page.w - 340) / 2, (page.h - 456) / 2, 340, 456)
        canvas.panel(box, 0.96)
        canvas.text("Paused", box.x + 28, box.y + 20, TITLE)
        place_column(self.form, box.x + 20, box.y + 76, 300, 48, 42)
        self.form.draw(canvas)
        canvas.text(self.note, box.x + 28, box.bottom - 34, NOTE)
