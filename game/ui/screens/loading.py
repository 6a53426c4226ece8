"""One quiet page while a level is opened; then the play screen, or what is wrong with the level."""

import pygame

from game.errors import GameError
from game.ui.boxes import Box
from game.ui.canvas import BODY, TITLE, Canvas
from game.ui.input import Happening
from game.ui.mission_pictures import MissionPictures
from game.ui.missions import Run, offers, start
from game.ui.screen import Replace, Swap, Transition
from game.ui.screens.message import MessageScreen
from game.ui.screens.page import draw_veil
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell

READY_FRAC, MOST_WAIT_S = 0.99, 8.0
FRAME_MOST_S = 0.05  # opening the level takes one long frame
BAR_W = 280.0
FRAMES_FIRST = 2  # the page must have been seen before the work starts
TROUBLE = "This cannot be opened"
VEIL, SINK_FRAC, SINK_S = 0.62, 0.10, 8.0  # the ground comes nearer while one waits
# What every mission turns on, one at a time.
TRUTHS = (
    "Light is all the rover eats. What the wings do not catch by day, the night does not have.",
    "Only what has reached Earth counts: the orbiter passes twice a sol.",
    "A picture opens the ground ahead; wheels stop where nobody has looked.",
    "The charge at dawn is the number to guard. Everything you plan shows what it does to it.",
)


class LoadingScreen:
    """Opens a level between two frames, or waits for the ground of a run that is open already."""

    is_see_through = False
    most_scale_frac = 1.5

    def __init__(
        self,
        shell: Shell,
        level: str,
        seed: int | None,
        difficulty: str | None,
        run: Run | None = None,
    ) -> None:
        self.shell = shell
        self._run = run
        self.level, self.seed, self.difficulty = level, seed, difficulty
        self._frames = 0
        self._waited_s = 0.0
        self._done_frac = 0.0
        self._play: PlayScreen | None = None
        self._is_rehearsed = False
        self._age_s = 0.0
        self._offer = next((one for one in offers() if one.name == level), None)
        self._picture = MissionPictures().of(self._offer) if self._offer else None
        self._truth = TRUTHS[(seed or 0) % len(TRUTHS)]

    def handle(self, happening: Happening) -> Transition | None:
        """Nothing can be done here."""
        del happening
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Open the level once the page has been drawn, then wait for the ground around."""
        self._frames += 1
        self._age_s += min(frame_s, FRAME_MOST_S)
        if self._play is not None:
            return self._wait(self._play, frame_s)
        if self._frames <= FRAMES_FIRST:
            return None
        try:
            run = self._run or start(self.level, self.seed, self.difficulty)
        except GameError as error:
            return Swap(MessageScreen(self.shell, TROUBLE, tuple(str(error).splitlines())))
        self._play = PlayScreen(self.shell, run)
        return None

    def _wait(self, play: PlayScreen, frame_s: float) -> Transition | None:
        self._waited_s += frame_s
        self._done_frac = min(1.0, play.stage.readiness_frac() / READY_FRAC)
        is_there = self._done_frac >= 1.0 and self._is_rehearsed
        if not is_there and self._waited_s < MOST_WAIT_S:
            return None
        self._play = None
        return Replace(play)

    def close(self) -> None:
        """End the workers of a run that was never shown."""
        if self._play is not None:
            self._play.close()

    def draw(self, canvas: Canvas) -> None:
        """Say that something is happening."""
        if self._play is not None and self._done_frac >= 1.0 and not self._is_rehearsed:
            # The first frame of the mission makes many pictures: it is drawn unseen, under this.
            self._is_rehearsed = True
            self._play.draw(canvas)
        canvas.surface.fill(canvas.rgb("space"))
        if self._picture is not None:
            self._draw_ground(canvas, self._picture)
        x, y = canvas.page.box.centre
        title = self._offer.title if self._offer else "Touching down"
        canvas.text(title, x, y - 54, TITLE, "middle")
        canvas.text("The ground of this mission is being made.", x, y - 8, BODY, "middle")
        canvas.bar(Box(x - BAR_W / 2, y + 24, BAR_W, 4), self._done_frac, "accent")
        canvas.text(self._truth, x, canvas.page.h - 64, BODY, "middle")

    def _draw_ground(self, canvas: Canvas, picture: pygame.Surface) -> None:
        """Draw the site from above, coming nearer, under a veil."""
        part = min(1.0, self._age_s / SINK_S)
        near = 1.0 + SINK_FRAC * part * (2.0 - part)
        page, (wide, high) = canvas.page, picture.get_size()
        shown = pygame.Rect(0, 0, round(wide / near), 0)
        shown.height = min(high, round(shown.width * page.h / page.w))
        shown.center = (wide // 2, high // 2)
        canvas.image(picture.subsurface(shown), page.box)
        draw_veil(canvas, VEIL)
