"""Fonts and rendered words. Rendering is cheap, but the HUD shows the same words for seconds."""

from collections import OrderedDict

import pygame

from game.ui.assets import font_path
from game.ui.theme import Rgb, Theme

KEPT_WORDS = 900
KEPT_WIDTHS = 4000
# pygame's own font lacks these; without Source Sans Pro they are written another way.
SPELLED = {
    "→": ">",
    "✓": "ok",
    "▲": "^",
    "▼": "v",
    "▶": ">",
    "−": "-",
    "↑": "Up",
    "↓": "Down",
    "←": "Left",
}
GAP_EM = 0.24  # between words; in small sizes the font's own gap rounds down to nothing
HALO_STEPS = ((-2, 0), (2, 0), (0, -2), (0, 2), (-1, -1), (1, 1), (-1, 1), (1, -1))


class Letters:
    """Renders words in the sizes and weights of the theme."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._fonts: dict[tuple[int, bool], pygame.font.Font] = {}
        self._words: OrderedDict[tuple[str, int, bool, Rgb, int], pygame.Surface] = OrderedDict()
        self._widths: dict[tuple[str, int, bool], int] = {}
        self._is_fallback = font_path("Regular") is None

    def size_px(self, size: float, scale: float) -> int:
        """Return a letter size in real pixels, never below the least readable one."""
        return max(self.theme.type.least_px, round(size * scale))

    def width_px(self, words: str, size_px: int, *, is_strong: bool) -> int:
        """Return how wide words are in real pixels."""
        key = (words, size_px, is_strong)
        found = self._widths.get(key)
        if found is None:
            font = self._font(size_px, is_strong)
            pieces = self._clean(words).split(" ")
            gaps_px = (len(pieces) - 1) * _gap_px(font, size_px)
            found = sum(font.size(piece)[0] for piece in pieces) + gaps_px
            if len(self._widths) >= KEPT_WIDTHS:
                self._widths.clear()
            self._widths[key] = found
        return found

    def render(
        self, words: str, size_px: int, rgb: Rgb, *, is_strong: bool, halo_px: int
    ) -> pygame.Surface:
        """Return rendered words; with a halo of ink when `halo_px` is above zero."""
        key = (words, size_px, is_strong, rgb, halo_px)
        if key in self._words:
            self._words.move_to_end(key)
            return self._words[key]
        font = self._font(size_px, is_strong)
        clean = self._clean(words)
        surface = _line(font, clean, size_px, rgb)
        if halo_px:
            back = _line(font, clean, size_px, self.ink)
            surface = self._with_halo(surface, back, halo_px)
        self._words[key] = surface
        if len(self._words) > KEPT_WORDS:
            self._words.popitem(last=False)
        return surface

    @property
    def ink(self) -> Rgb:
        """The colour of halos."""
        return self.theme.rgb("ink")

    @staticmethod
    def _with_halo(front: pygame.Surface, back: pygame.Surface, halo_px: int) -> pygame.Surface:
        width, height = front.get_size()
        whole = pygame.Surface((width + 2 * halo_px, height + 2 * halo_px), pygame.SRCALPHA)
        for dx, dy in HALO_STEPS:
            whole.blit(back, (halo_px + dx * halo_px / 2, halo_px + dy * halo_px / 2))
        whole.blit(front, (halo_px, halo_px))
        return whole

    def _font(self, size_px: int, is_strong: bool) -> pygame.font.Font:
        key = (size_px, is_strong)
        if key not in self._fonts:
            path = font_path("Semibold" if is_strong else "Regular")
            font = pygame.font.Font(str(path) if path else None, size_px)
            if path is None:
                font.set_bold(is_strong)
            self._fonts[key] = font
        return self._fonts[key]

    def _clean(self, words: str) -> str:
        """Take out what would make rendering fail: names may come from mods."""
        words = "".join(c for c in words if c.isprintable())
        if self._is_fallback:
            for mark, spelled in SPELLED.items():
                words = words.replace(mark, spelled)
        return words


def _gap_px(font: pygame.font.Font, size_px: int) -> int:
    return max(font.size(" ")[0], round(GAP_EM * size_px))


def _line(font: pygame.font.Font, words: str, size_px: int, rgb: Rgb) -> pygame.Surface:
    """Render words with gaps that can be seen between them."""
    pieces = [font.render(piece, True, rgb) for piece in words.split(" ")]
    if len(pieces) == 1:
        return pieces[0]
    gap_px = _gap_px(font, size_px)
    wide = sum(piece.get_width() for piece in pieces) + gap_px * (len(pieces) - 1)
    whole = pygame.Surface((max(wide, 1), pieces[0].get_height()), pygame.SRCALPHA)
    x_px = 0
    for piece in pieces:
        whole.blit(piece, (x_px, 0))
        x_px += piece.get_width() + gap_px
    return whole
