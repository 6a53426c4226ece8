"""The HUD of the play screen, exactly as `HudModel` says. Panels are redrawn when they change."""

import math
from dataclasses import dataclass
from functools import lru_cache

import pygame

from game.ui.boxes import Box, Page
from game.ui.canvas import HALO, HALO_SMALL, LABEL, Canvas, Look
from game.ui.draw.hud_panels import (
    draw_actions,
    draw_clock,
    draw_health,
    draw_home,
    draw_link,
    draw_rates,
    home_growth,
)
from game.ui.draw.strip import draw_strip
from game.ui.hud_parts import HudModel
from game.ui.kept_panels import KeptPanels
from game.ui.letters import Letters
from game.ui.theme import mixed
from game.ui.wrap import wrapped

NARROW_PAGE = 928.0  # below this the two upper corners give way to the rates in the middle
LOW_PAGE = 470.0  # below this there is no room for the side panels
CAPTION_WIDTH = 560.0
ACTIONS_W, ACTION_COUNT, MORE_W = 336.0, 6, 40.0
RATE_WIDTHS = (32.0, 40.0, 40.0, 40.0, 44.0, 44.0)


@dataclass(frozen=True, slots=True)
class HudLayout:
    """Where each panel stands in a window."""

    clock: Box
    rates: Box
    link: Box
    health: Box
    home: Box
    actions: Box
    strip: Box
    caption_y: float
    has_room: bool

    def rate_cells(self) -> tuple[Box, ...]:
        """Return the cells of the rate panel: pause first."""
        x, cells = self.rates.x + 8, []
        for width in RATE_WIDTHS:
            cells.append(Box(x, self.rates.y + 6, width, 28))
            x += width + 6
        return tuple(cells)

    def action_cells(self, count: int) -> tuple[Box, ...]:
        """Return the cells of the action bar, and of what stands beside it."""
        bar = self.actions
        cells = [Box(bar.x + 8 + 54 * k, bar.y + 6, 50, 44) for k in range(ACTION_COUNT)]
        cells.append(Box(self.more.x + 2, bar.y + 6, MORE_W - 4, 44))
        return tuple(cells[:count])

    @property
    def more(self) -> Box:
        """The small panel that opens the tray."""
        return Box(self.actions.right + 6, self.actions.y, MORE_W, self.actions.h)

    def thumbnail(self) -> Box:
        """Return the newest picture's box."""
        return Box(self.home.x + 12, self.home.y + 68, 184, 104)


def hud_layout(page: Page) -> HudLayout:
    """Place the panels; each keeps its corner."""
    corner = 288.0 if page.w >= NARROW_PAGE else 200.0
    return HudLayout(
        clock=Box(16, 16, corner, 56),
        rates=page.middle(16, 288, 40),
        link=page.from_right(16, 16, corner, 56),
        health=Box(16, 88, 208, 232),
        home=page.from_right(16, 88, 208, 264),
        actions=page.from_bottom(Box((page.w - ACTIONS_W) / 2, 144, ACTIONS_W, 56)),
        strip=page.from_bottom(Box(16, 16, page.w - 32, 112)),
        caption_y=page.h - 232,
        has_room=page.h >= LOW_PAGE,
    )


@dataclass(frozen=True, slots=True)
class HudView:
    """What the player sees of the HUD: which panels are hidden, and what the pointer is on."""

    has_sides: bool = True
    has_any: bool = True
    has_keys: bool = False
    caption: str = ""
    caption_frac: float = 1.0
    hint: str = ""
    hint_at: tuple[float, float] = (0.0, 0.0)
    hovered_action: str = ""
    refused_action: str = ""
    refused_frac: float = 0.0
    thumbnail: pygame.Surface | None = None


class Hud:
    """Draws the HUD and keeps the panels it has drawn."""

    def __init__(self) -> None:
        self._panels = KeptPanels()
        self._growth: tuple[object, float] = (None, 0.0)

    def draw(self, canvas: Canvas, model: HudModel, view: HudView) -> None:
        """Draw every visible panel."""
        if not view.has_any:
            return
        place = hud_layout(canvas.page)
        self._panels.begin()
        sun = (model.sol, model.sol_count, model.clock, model.clock_note, model.sun_frac)
        self._panels.draw(canvas, "clock", place.clock, sun, lambda c, b: draw_clock(c, b, model))
        self._draw_rates(canvas, place, model)
        self._panels.draw(
            canvas, "link", place.link, model.link, lambda c, b: draw_link(c, b, model.link)
        )
        if view.has_sides and place.has_room:
            self._draw_sides(canvas, place, model, view)
        self._draw_actions(canvas, place, model, view)
        self._panels.draw(
            canvas, "strip", place.strip, model.strip, lambda c, b: draw_strip(c, b, model.strip)
        )
        draw_caption(canvas, view.caption, view.caption_frac, place.caption_y)
        if view.hint:
            draw_hint(canvas, view.hint, *view.hint_at)

    def _draw_rates(self, canvas: Canvas, place: HudLayout, model: HudModel) -> None:
        cells = place.rate_cells()
        self._panels.draw(
            canvas, "rates", place.rates, model.rate, lambda c, b: draw_rates(c, b, cells, model)
        )
        if model.rate_reason:
            x = place.rates.x + place.rates.w / 2
            canvas.text(model.rate_reason, x, place.rates.bottom + 3, HALO_SMALL, "middle")

    def _draw_sides(self, canvas: Canvas, place: HudLayout, model: HudModel, view: HudView) -> None:
        self._panels.draw(
            canvas, "health", place.health, model.health,
            lambda c, b: draw_health(c, b, model.health),
        )  # fmt: skip
        if self._growth[0] != (model.home, canvas.scale):
            self._growth = ((model.home, canvas.scale), home_growth(canvas, model.home))
        home = Box(*place.home[:3], place.home.h + self._growth[1])
        key = (model.home, id(view.thumbnail))
        self._panels.draw(
            canvas, "home", home, key,
            lambda c, b: draw_home(c, b, model.home, place.thumbnail(), view.thumbnail),
        )  # fmt: skip

    def _draw_actions(
        self, canvas: Canvas, place: HudLayout, model: HudModel, view: HudView
    ) -> None:
        cells = place.action_cells(len(model.actions))
        key = (model.actions, view.hovered_action, view.has_keys)
        whole = Box(*place.actions[:2], place.more.right - place.actions.x, place.actions.h)

        def paint(sheet: Canvas, _: Box) -> None:
            if len(cells) > ACTION_COUNT:
                sheet.panel(place.more)
            draw_actions(sheet, place.actions, cells, model.actions, view.hovered_action,
                         show_keys=view.has_keys)  # fmt: skip

        self._panels.draw(canvas, "actions", whole, key, paint)
        for cell, action in zip(cells, model.actions, strict=True):
            if action.name == view.refused_action and view.refused_frac > 0:
                # In and out once: nothing at both ends, full in the middle.
                part = math.sin(math.pi * min(view.refused_frac, 1.0))
                colour = mixed(canvas.rgb("panel"), canvas.rgb("act"), part)
                canvas.outline(cell, colour, 2, 4)


def draw_caption(canvas: Canvas, words: str, frac: float, bottom: float) -> None:
    """Write one sentence in the middle of the page, over at most three lines upwards."""
    if not words or frac <= 0:
        return
    look = HALO
    lines = _caption_lines(canvas.letters, canvas.scale, words)
    y = bottom - 20 * (len(lines) - 1)
    for line in lines:
        canvas.text(line, canvas.page.w / 2, y, look, "middle")
        y += 20


@lru_cache(maxsize=16)
def _caption_lines(letters: Letters, scale: float, words: str) -> tuple[str, ...]:
    size_px = letters.size_px(HALO.size, scale)
    return wrapped(
        words,
        CAPTION_WIDTH,
        lambda piece: letters.width_px(piece, size_px, is_strong=HALO.is_strong) / scale,
    )


def draw_hint(canvas: Canvas, words: str, x: float, y: float) -> None:
    """Draw a small panel of words near the pointer, inside the window."""
    look = Look(LABEL.size, "text")
    lines = wrapped(words, 280, lambda piece: canvas.width(piece, look))
    width = max(canvas.width(line, look) for line in lines) + 20
    height = 17.0 * len(lines) + 14
    page = canvas.page
    left = min(max(8.0, x - width / 2), page.w - width - 8)
    top = y - height - 10 if y - height - 10 > 8 else y + 24
    canvas.panel(Box(left, top, width, height), 0.96)
    for k, line in enumerate(lines):
        canvas.text(line, left + 10, top + 6 + 17 * k, look)


def draw_beside(canvas: Canvas, words: tuple[str, ...], x: float, y: float) -> None:
    """Write the figures beside the rover, which stand on the ground."""
    for k, line in enumerate(words):
        canvas.text(line, x, y + 16 * k, HALO_SMALL if k else HALO)
