"""A page larger than the window: every corner can be reached, and a click hits what it shows."""

import pygame
import pytest

from game.ui.app import App
from game.ui.canvas import Canvas
from game.ui.input import Happening, Pointed
from game.ui.loupe import MIDDLE, Glass, Loupe, power_of, slid, spot_at
from game.ui.screens.settings import SettingsScreen
from game.ui.settings import Settings

WINDOW = (1280, 720)


class Corner:
    """A page with one coloured corner, that remembers where it was clicked."""

    is_see_through = False
    most_scale_frac = 1.0

    def __init__(self) -> None:
        self.clicks: list[tuple[float, float]] = []
        self.page_w = 0.0

    def handle(self, happening: Happening) -> None:
        if isinstance(happening, Pointed) and happening.is_click:
            self.clicks.append((happening.x, happening.y))

    def update(self, frame_s: float) -> None:
        del frame_s

    def draw(self, canvas: Canvas) -> None:
        self.page_w = canvas.page.w
        canvas.surface.fill((0, 0, 0))
        canvas.surface.fill((200, 0, 0), (*canvas.at(1260, 700), 400, 400))


def test_a_page_that_fits_is_drawn_on_the_window_itself() -> None:
    assert power_of(1.25, 1.25) == power_of(0.8, 1.0) == 1.0
    loupe = Loupe(WINDOW, 1.0)
    assert loupe.offset_px == (0, 0)
    assert loupe.marks() == ()
    window = pygame.Surface(WINDOW)
    drawn: list[pygame.Surface] = []
    Glass().show(window, loupe, (1, 1, 1), drawn.append)
    assert drawn == [window]


def test_every_corner_is_one_movement_away() -> None:
    loupe = Loupe(WINDOW, power_of(2.0, 1.25), spot_at((0, 0), WINDOW))
    assert loupe.offset_px == (0, 0)
    last = Loupe(WINDOW, loupe.power, spot_at((1279, 719), WINDOW))
    wide, high = last.sheet_px
    assert last.offset_px == (wide - 1280, high - 720)
    outside = spot_at((-40, 900), WINDOW)
    assert outside == (0.0, 1.0)


def test_keys_reach_every_corner_too() -> None:
    spot = MIDDLE
    for _ in range(4):
        spot = slid(spot, 1, 1)
    assert spot == (1.0, 1.0)
    for _ in range(5):
        spot = slid(spot, -1, -1)
    assert spot == (0.0, 0.0)


@pytest.mark.parametrize("setting", [1.0, 1.5, 2.0])
def test_a_click_hits_what_is_seen_under_it(setting: float) -> None:
    app = App(WINDOW, Settings(scale_frac=setting))
    page = Corner()
    app.stack = (page,)
    for pos, wanted in (((1279, 719), (1279.5, 719.5)), ((0, 0), (0.0, 0.0))):
        event = pygame.event.Event(pygame.MOUSEBUTTONDOWN, pos=pos, button=1, touch=False)
        app._answer(event)
        app._draw()
        assert page.page_w == 1280.0
        assert page.clicks[-1] == pytest.approx(wanted, abs=1.0)
        red = pygame.display.get_surface().get_at((min(pos[0], 1270), min(pos[1], 710)))
        assert (red[0] == 200) is (pos != (0, 0))
    pygame.quit()


def test_the_marks_show_which_part_is_seen() -> None:
    low, right = Loupe(WINDOW, 2.0, (0.0, 1.0)).marks()
    assert low.left == 0
    assert low.width == 640
    assert low.bottom == 720
    assert right.bottom == 720
    assert right.right == 1280


def test_without_a_pointer_the_focus_is_in_sight() -> None:
    app = App(WINDOW, Settings(scale_frac=2.0))
    page = SettingsScreen(app.shell)
    app.stack = (page,)
    for _ in range(4):
        app._draw()
        app._answer(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode=""))
        app._draw()
        loupe = app.loupe()
        focused = page.form.focused
        assert focused is not None
        x, y = (at * app._scale(page, loupe) for at in focused.box.centre)
        left, top = loupe.offset_px
        assert left <= x <= left + WINDOW[0]
        assert top <= y <= top + WINDOW[1]
    app._answer(pygame.event.Event(pygame.MOUSEMOTION, pos=(0, 0), rel=(0, 0), buttons=(0, 0, 0)))
    assert app.loupe().offset_px == (0, 0)
    pygame.quit()
