"""The list of saves, to choose one to go on with."""

from pathlib import Path

import pygame

from game.errors import GameError
from game.paths import keeping_problem
from game.saves import OtherWorldError
from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.input import Happening
from game.ui.keeping import ENDING
from game.ui.listed import ListedFile, own_files
from game.ui.missions import resume
from game.ui.save_pictures import SIZE_PX, picture_of
from game.ui.screen import Replace, Swap, Transition
from game.ui.screens.file_list import NOWHERE, FileList
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.message import MessageScreen
from game.ui.screens.page import column, draw_page
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress

GAP, LEAST_W = 24.0, 160.0
KEPT = "The file has stayed as it is."
NONE_YET = "No saved missions yet. Ctrl+S saves while you play."


class SavesScreen:
    """The list of saves."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        button = Button("load", NOWHERE, "Go on", Dress.FILLED, "play", size=18)
        self.list = FileList(shell, own_files(ENDING), button)
        self.form = self.list.form
        self._pictures: dict[str, pygame.Surface | None] = {}

    def handle(self, happening: Happening) -> Transition | None:
        """Choose and load."""
        found = self.list.handle(happening)
        return self._open(found.path) if isinstance(found, ListedFile) else found

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going."""
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the list."""
        draw_page(canvas, "Go on with a mission")
        problem = keeping_problem() if self.shell.is_lasting and not self.list.files else ""
        self.list.draw(canvas, 96, problem or NONE_YET)
        self._draw_picture(canvas)

    def _draw_picture(self, canvas: Canvas) -> None:
        """Show what the chosen save looked like, where there is room beside the list."""
        rows = self.list.list
        left = rows.box.right + GAP
        wide = min(SIZE_PX[0], column(canvas.page).right - left)
        if rows.value not in self._pictures:
            self._pictures[rows.value] = picture_of(Path(rows.value)) if rows.value else None
        picture = self._pictures[rows.value]
        if picture is None or wide < LEAST_W:
            return
        box = Box(left, rows.box.y, wide, wide * SIZE_PX[1] / SIZE_PX[0])
        canvas.image(picture, box)
        canvas.outline(box, "line", 1, 2)

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
        level, seed = run.opened.level.name, run.opened.setup.seed
        return Replace(LoadingScreen(self.shell, level, seed, None, run))


def _sentences(error: GameError) -> tuple[str, ...]:
    """Return a refusal as people write: a capital, a full stop."""
    lines = (line.rstrip(".") + "." for line in str(error).splitlines())
    return tuple(line[:1].upper() + line[1:] for line in lines)
