"""One quiet page while a level is opened; then the play screen, or what is wrong with the level."""

from game.errors import GameError
from game.ui.boxes import Box
from game.ui.canvas import BODY, TITLE, Canvas
from game.ui.input import Happening
from game.ui.missions import start
from game.ui.screen import Replace, Swap, Transition
from game.ui.screens.message import MessageScreen
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell

READY_FRAC, MOST_WAIT_S = 0.99, 8.0
BAR_W = 280.0
FRAMES_FIRST = 2  # the page must have been seen before the work starts
TROUBLE = "This cannot be opened"


class LoadingScreen:
    """Opens a level between two frames."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(self, shell: Shell, level: str, seed: int | None, difficulty: str | None) -> None:
        self.shell = shell
        self.level, self.seed, self.difficulty = level, seed, difficulty
        self._frames = 0
        self._waited_s = 0.0
        self._done_frac = 0.0
        self._play: PlayScreen | None = None

    def handle(self, happening: Happening) -> Transition | None:
        """Nothing can be done here."""
        del happening
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Open the level once the page has been drawn, then wait for the ground around."""
        self._frames += 1
        if self._play is not None:
            return self._wait(self._play, frame_s)
        if self._frames <= FRAMES_FIRST:
            return None
        try:
            run = start(self.level, self.seed, self.difficulty)
        except GameError as error:
            return Swap(MessageScreen(self.shell, TROUBLE, tuple(str(error).splitlines())))
        self._play = PlayScreen(self.shell, run)
        return None

    def _wait(self, play: PlayScreen, frame_s: float) -> Transition | None:
        self._waited_s += frame_s
        self._done_frac = min(1.0, play.stage.readiness_frac() / READY_FRAC)
        if self._done_frac < 1.0 and self._waited_s < MOST_WAIT_S:
            return None
        self._play = None
        return Replace(play)

    def close(self) -> None:
        """End the workers of a run that was never shown."""
        if self._play is not None:
            self._play.close()

    def draw(self, canvas: Canvas) -> None:
        """Say that something is happening."""
        canvas.surface.fill(canvas.rgb("space"))
        x, y = canvas.page.box.centre
        canvas.text("Touching down", x, y - 34, TITLE, "middle")
        canvas.text("The ground of this mission is being made.", x, y + 10, BODY, "middle")
        canvas.bar(Box(x - BAR_W / 2, y + 48, BAR_W, 4), self._done_frac, "accent")
