"""The title: Mars turning, the terminator sweeping its craters, and four words to choose from."""

import math

import pygame

from game import __version__
from game.ui.boxes import Box, Page
from game.ui.canvas import BODY, NOTE, Canvas, Look
from game.ui.draw.globe import Globe
from game.ui.draw.stars import starry
from game.ui.input import Happening, Pressed
from game.ui.screen import Load, Push, Quit, Screen, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.settings import SettingsScreen
from game.ui.shell import Shell
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form, Signal

LATITUDE_RAD = math.radians(20.0)  # a little above the equator: Utopia in the upper half
SUN = (-0.78, 0.22, 0.42)
FIRST_LONGITUDE_DEG = 96.0
RADIUS_FRAC = 0.46  # of the window's height
REFRESH_S = 1 / 24  # the globe turns slowly; more pictures would only warm the room
CREDIT = "Relief: MGS MOLA Science Team, NASA/GSFC, PDS Geosciences Node"
WORDS = (
    ("new", "New mission", "play"),
    ("load", "Continue", "undo"),
    ("settings", "Settings", "layers"),
    ("quit", "Quit", "close"),
)


class TitleScreen:
    """The first thing anyone sees."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, shell: Shell) -> None:
        self.shell = shell
        self.turned_s = 0.0
        self._globe: Globe | None = None
        self._picture: pygame.Surface | None = None
        self._picture_age_s = 0.0
        self._stars: pygame.Surface | None = None
        buttons = [
            Button(name, Box(0, 0, 0, 0), words, Dress.PLAIN, icon, size=18)
            for name, words, icon in WORDS
        ]
        self.form = Form(buttons)
        self.form.shows_focus = True

    def handle(self, happening: Happening) -> Transition | None:
        """Follow the chosen word."""
        if isinstance(happening, Pressed) and happening.means("help"):
            return Push(HelpScreen(self.shell))
        signal = self.form.handle(happening)
        return self._follow(signal) if signal else None

    def update(self, frame_s: float) -> Transition | None:
        """Turn the globe."""
        self.turned_s += frame_s
        self._picture_age_s += frame_s
        self.shell.audio.want("hum", 0.6)
        self.shell.audio.want("wind", 0.0)
        self.shell.audio.want("motor", 0.0)
        self.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw sky, Mars and words."""
        page = canvas.page
        canvas.surface.blit(self._sky(canvas.surface.get_size()), (0, 0))
        self._draw_globe(canvas)
        x, y = 88.0, page.h * 0.30
        canvas.text("Ninety Sols", x, y, Look(canvas.theme.type.display_px, "text", is_strong=True))
        canvas.text("Utopia Planitia, one small rover, and never enough light", x + 3, y + 78, BODY)
        self._place(page, x - 12, y + 130)
        self.form.draw(canvas)
        canvas.text(CREDIT, 16, page.h - 28, NOTE)
        canvas.text(f"{__version__}", page.w - 16, page.h - 28, NOTE, "right")

    def _place(self, page: Page, x: float, y: float) -> None:
        del page
        for k, widget in enumerate(self.form.widgets):
            widget.box = Box(x, y + 46 * k, 236, 40)

    def _follow(self, signal: Signal) -> Transition | None:
        self.shell.audio.play("paper")
        match signal.name:
            case "new":
                return Push(_levels(self.shell))
            case "load":
                return Load()
            case "settings":
                return Push(SettingsScreen(self.shell))
        return Quit()

    def _sky(self, size: tuple[int, int]) -> pygame.Surface:
        if self._stars is None or self._stars.get_size() != size:
            self._stars = starry(size, self.shell.theme.rgb("space"))
        return self._stars

    def _draw_globe(self, canvas: Canvas) -> None:
        width, height = canvas.surface.get_size()
        radius = max(32, round(height * RADIUS_FRAC))
        if self._globe is None or self._globe.radius_px != radius:
            self._globe = Globe(radius, LATITUDE_RAD, SUN)
            self._picture = None
        if self._picture is None or self._picture_age_s >= REFRESH_S:
            turned = self.turned_s * canvas.theme.motion.globe_deg_s
            self._picture = self._globe.picture(FIRST_LONGITUDE_DEG - turned)
            self._picture_age_s = 0.0
        canvas.surface.blit(self._picture, (round(width * 0.68) - radius, height // 2 - radius))


def _levels(shell: Shell) -> Screen:
    """Return the list of missions; its parts are loaded only now: the title had to be up first."""
    from game.ui.screens.levels import LevelsScreen

    return LevelsScreen(shell)
