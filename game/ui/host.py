"""What screens over the play screen may use of it."""

from typing import Protocol

from game.ui.boxes import Page
from game.ui.canvas import Canvas
from game.ui.desk import RunDesk
from game.ui.input import Happening
from game.ui.screen import Screen, Transition
from game.ui.shell import Shell
from game.ui.stage import Stage


class Host(Protocol):
    """A play screen, as the screens that lie over it see it."""

    shell: Shell
    desk: RunDesk
    stage: Stage
    page: Page
    pointer: tuple[float, float]
    hover_s: float
    refused: tuple[str, float]
    night_done_sol: int
    is_still: bool
    is_skipping: bool
    has_sides: bool
    has_any: bool

    def draw_ground(self, canvas: Canvas) -> None:
        """Draw only the ground."""
        ...

    def handle(self, happening: Happening) -> Transition | None:
        """Answer a key that a screen above leaves to the rover."""
        ...

    def opened(self, action: str) -> Screen:
        """Return the page of this run that an action opens."""
        ...

    def close(self) -> None:
        """End the workers of the run."""
        ...
