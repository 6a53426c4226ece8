"""Saves: writing one with a key, and choosing one to go on with."""

import importlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from game.errors import GameError
from game.paths import keeping_problem, user_folder
from game.saves import OtherWorldError, write_save
from game.ui.boxes import Box
from game.ui.canvas import BODY, Canvas
from game.ui.day import day_at
from game.ui.desk import RunDesk
from game.ui.input import Happening, Pressed
from game.ui.missions import resume
from game.ui.screen import Pop, Push, Replace, Screen, Swap, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.message import MessageScreen
from game.ui.screens.page import back_button, column, draw_page, wants_back
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form, Signal
from game.ui.widgets.list import ListBox, Row

ENDING = ".save.json"
KEPT = "The file has stayed as it is."
NOWHERE = Box(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class SaveFile:
    """A save on disk."""

    path: Path
    words: str
    note: str


def quick_save(desk: RunDesk, name: str = "") -> str:
    """Write a save and return a sentence about it."""
    session = desk.flight.session
    sol = day_at(session.setup.site, desk.flight.clock_s).sol
    level = Path(session.setup.level).stem
    file_name = name or f"{level}-sol-{sol:02d}"
    path = user_folder("saves") / f"{file_name}{ENDING}"
    try:
        write_save(path, session, int(desk.flight.clock_s), desk.flight.remembered())
    except OSError as error:
        words = f"Not saved: {path.parent} cannot be written to ({error.strerror})."
    else:
        words = f"Saved as {file_name}."
        desk.shell.audio.play("paper")
    desk.captions.say(words, 3)
    return words


def save_files(folder: Path) -> tuple[SaveFile, ...]:
    """Return the saves of a folder, the newest first."""
    paths = sorted(folder.glob(f"*{ENDING}"), key=lambda p: p.stat().st_mtime, reverse=True)
    return tuple(
        SaveFile(
            path,
            path.name.removesuffix(ENDING).replace("-", " "),
            datetime.fromtimestamp(path.stat().st_mtime).strftime("%d %B %Y, %H:%M"),
        )
        for path in paths
    )


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
        module = importlib.import_module("game.ui.screens.play")
        screen: Screen = module.PlayScreen(self.shell, run)
        return Replace(screen)


def _sentences(error: GameError) -> tuple[str, ...]:
    """Return a refusal as people write: a capital, a full stop."""
    lines = (line.rstrip(".") + "." for line in str(error).splitlines())
    return tuple(line[:1].upper() + line[1:] for line in lines)
