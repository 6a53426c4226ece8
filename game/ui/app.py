"""The window, its loop and the stack of screens; the only reader of the wall clock."""

import os

# Before pygame is imported: no banner on stdout, and real pixels on high-DPI Windows.
os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")
os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")

import sys
import time
from dataclasses import replace

import pygame

from game.paths import keeping_problem
from game.tools.exit_codes import BAD_INPUT
from game.ui.audio import open_audio
from game.ui.boxes import page_scale
from game.ui.canvas import Canvas
from game.ui.input import Happening, Pressed
from game.ui.loupe import MIDDLE, Glass, Loupe, power_of, slid, spot_at, spot_for
from game.ui.screen import (
    Closing,
    Formed,
    Home,
    Load,
    Push,
    Replace,
    Rescuing,
    Screen,
    Transition,
    applied,
    visible,
)
from game.ui.screens.title import TitleScreen
from game.ui.settings import Settings, load_settings, settings_path
from game.ui.shell import Shell, new_shell
from game.ui.theme import load_theme

TITLE = "Ninety Sols"
UNSEEN = ("offscreen", "dummy")
NO_DISPLAY = (
    "No display was found, so there is no window to open. "
    "Start the game on a desktop, or use 'run' to fly a mission without a window."
)


class App:
    """One window with a stack of screens."""

    def __init__(self, size_px: tuple[int, int] | None, settings: Settings) -> None:
        self.theme = load_theme()
        window = self.theme.window
        pygame.display.init()
        pygame.font.init()
        pygame.display.set_caption(TITLE)
        self._windowed_px = size_px or (window.width_px, window.height_px)
        self._open_window(is_full_screen=settings.is_full_screen and size_px is None)
        self.shell = new_shell(settings, is_lasting=True)
        self.stack: tuple[Screen, ...] = ()
        self._glass = Glass()
        self._spot = MIDDLE
        self._is_by_keys = True  # the part that is seen follows the focus, not the pointer

    @property
    def is_visible(self) -> bool:
        """Say whether a person can see the window, or whoever started us asked for none."""
        driver = pygame.display.get_driver()
        return driver not in UNSEEN or os.environ.get("SDL_VIDEODRIVER") == driver

    def run(self, first: Screen) -> int:
        """Show screens until the last one closes; return the exit code."""
        self.stack = (first,)
        self._draw()
        self.shell.audio = open_audio(self.shell.settings.volume_frac)
        _open_gamepads()
        try:
            self._loop()
        except Exception:
            self._rescue()
            raise
        finally:
            # Also after a mistake of ours: workers left alone would keep the program from ending.
            self._keep(())
            self.shell.audio.close()
            pygame.quit()
        return 0

    def _loop(self) -> None:
        clock = pygame.time.Clock()
        before = time.perf_counter()
        while self.stack:
            now = time.perf_counter()
            self._frame(now - before)
            before = now
            if self.stack:
                self._draw()
            clock.tick(self.theme.window.frame_rate_hz)

    def _rescue(self) -> None:
        """Save the run before a mistake of ours ends the program."""
        for screen in self.stack:
            if isinstance(screen, Rescuing):
                screen.rescue()

    def _go(self, transition: Transition | None) -> None:
        """Change the stack, and end the workers of screens that left it."""
        match transition:
            case Home():
                transition = Replace(TitleScreen(self.shell))
            case Load():
                transition = Push(_saves(self.shell))
        self._keep(applied(self.stack, transition))

    def _keep(self, stack: tuple[Screen, ...]) -> None:
        for screen in self.stack:
            if screen not in stack and isinstance(screen, Closing):
                screen.close()
        self.stack = stack

    def _frame(self, frame_s: float) -> None:
        for event in pygame.event.get():
            if event.type == pygame.QUIT:
                self._keep(())
                return
            self._answer(event)
            if not self.stack:
                return
        self._go(self.stack[-1].update(frame_s))

    def _answer(self, event: pygame.event.Event) -> None:
        if event.type == pygame.VIDEORESIZE:
            self._resized(event.w, event.h)
        if event.type == pygame.JOYDEVICEADDED:
            _open_gamepads()
        if event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN):
            self._spot = spot_at(event.pos, pygame.display.get_surface().get_size())
            self._is_by_keys = False
        loupe = self.loupe()
        self.shell.reader.look_through(self._scale(self.stack[-1], loupe), loupe.offset_px)
        happening = self.shell.reader.read(event)
        if happening is None:
            return
        if isinstance(happening, Pressed) and happening.means("full_screen"):
            self._toggle_full_screen()
            return
        self._slide(happening)
        self._go(self.stack[-1].handle(happening))

    def _draw(self) -> None:
        loupe = self.loupe()
        mark = self.theme.rgb("quiet")
        self._glass.show(pygame.display.get_surface(), loupe, mark, self._draw_stack)
        pygame.display.flip()

    def _draw_stack(self, surface: pygame.Surface) -> None:
        loupe = self.loupe()
        for screen in visible(self.stack):
            scale = self._scale(screen, loupe)
            screen.draw(Canvas(surface, scale, self.shell.letters, (0.0, 0.0), self.shell.theme))

    def loupe(self) -> Loupe:
        """Return which part of the top screen is seen: all of it, unless it is set too large."""
        top = self.stack[-1]
        power = power_of(self.shell.settings.scale_frac, top.most_scale_frac)
        loupe = Loupe(pygame.display.get_surface().get_size(), power, self._spot)
        focused = top.form.focused if isinstance(top, Formed) else None
        if power <= 1.0 or not self._is_by_keys or focused is None or focused.box.w <= 0.0:
            return loupe
        scale = self._scale(top, loupe)
        x, y = focused.box.centre
        return replace(loupe, spot=spot_for((x * scale, y * scale), loupe.window_px, power))

    def _slide(self, happening: Happening) -> None:
        """Let keys choose the part that is seen, as the pointer does."""
        if isinstance(happening, Pressed):
            across = happening.means("slide_right") - happening.means("slide_left")
            down = happening.means("slide_down") - happening.means("slide_up")
            self._spot = slid(self.loupe().spot, across, down)
            self._is_by_keys = not (across or down)

    def _scale(self, screen: Screen, loupe: Loupe) -> float:
        base = (self.theme.window.width_px, self.theme.window.height_px)
        setting = min(self.shell.settings.scale_frac, screen.most_scale_frac * loupe.power)
        return page_scale(*loupe.window_px, base, setting)

    def _open_window(self, *, is_full_screen: bool) -> None:
        self._is_full_screen = is_full_screen
        if is_full_screen:
            pygame.display.set_mode((0, 0), pygame.FULLSCREEN)
        else:
            pygame.display.set_mode(self._windowed_px, pygame.RESIZABLE)

    def _resized(self, width_px: int, height_px: int) -> None:
        window = self.theme.window
        wide, high = max(width_px, window.min_width_px), max(height_px, window.min_height_px)
        if not self._is_full_screen:
            self._windowed_px = (wide, high)
        if (wide, high) != (width_px, height_px):
            self._open_window(is_full_screen=False)

    def _toggle_full_screen(self) -> None:
        self._open_window(is_full_screen=not self._is_full_screen)
        self.shell.change(is_full_screen=self._is_full_screen)


def _open_gamepads() -> None:
    if not pygame.joystick.get_init():
        pygame.joystick.init()
    for number in range(pygame.joystick.get_count()):
        pygame.joystick.Joystick(number).init()


def play(
    level: str | None = None,
    seed: int | None = None,
    difficulty: str | None = None,
    window_px: tuple[int, int] | None = None,
) -> int:
    """Open the window on the title, or in a level; return the exit code."""
    if level is not None:
        # A level with mistakes is refused in words before any window opens.
        from game.ui.missions import check

        check(level, difficulty)
    try:
        app = App(window_px, load_settings(settings_path()))
    except pygame.error:
        sys.stderr.write(NO_DISPLAY + "\n")
        return BAD_INPUT
    if not app.is_visible:
        pygame.quit()
        sys.stderr.write(NO_DISPLAY + "\n")
        return BAD_INPUT
    if problem := keeping_problem():
        sys.stderr.write(f"{problem} NINETY_SOLS_HOME may name another folder.\n")
    return app.run(_first_screen(app.shell, level, seed, difficulty))


def _first_screen(
    shell: Shell, level: str | None, seed: int | None, difficulty: str | None
) -> Screen:
    if level is None:
        return TitleScreen(shell)
    from game.ui.screens.loading import LoadingScreen

    return LoadingScreen(shell, level, seed, difficulty)


def _saves(shell: Shell) -> Screen:
    from game.ui.screens.saves import SavesScreen

    return SavesScreen(shell)
