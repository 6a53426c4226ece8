"""A surface one draws on in layout pixels, by the names of the theme.

Only this file turns layout pixels into real ones; screens and widgets never see the scale.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import pygame

from game.ui.boxes import Box, Page
from game.ui.draw.icons import icon
from game.ui.draw.strokes import thick_line
from game.ui.letters import Letters
from game.ui.theme import Rgb, Theme, load_theme

Point = tuple[float, float]


class Look(NamedTuple):
    """How words are written: size in layout pixels, colour token, weight, halo."""

    size: int
    token: str
    is_strong: bool = False
    has_halo: bool = False


LABEL = Look(12, "quiet")
NOTE = Look(12, "faint")
BODY = Look(14, "quiet")
STRONG = Look(14, "text", is_strong=True)
VALUE = Look(18, "text", is_strong=True)
TITLE = Look(28, "text", is_strong=True)
HALO = Look(14, "text", is_strong=True, has_halo=True)
HALO_SMALL = Look(12, "text", is_strong=True, has_halo=True)


@dataclass(slots=True)
class Canvas:
    """Draws on `surface`; `origin` is the layout point at its top left corner."""

    surface: pygame.Surface
    scale: float
    letters: Letters
    origin: Point = (0.0, 0.0)
    theme: Theme = field(default_factory=load_theme)

    @property
    def page(self) -> Page:
        """The size of the surface in layout pixels."""
        width, height = self.surface.get_size()
        return Page(width / self.scale, height / self.scale)

    def px(self, length: float) -> int:
        """Return a length in real pixels."""
        return round(length * self.scale)

    def at(self, x: float, y: float) -> tuple[int, int]:
        """Return a layout point in real pixels."""
        return round((x - self.origin[0]) * self.scale), round((y - self.origin[1]) * self.scale)

    def rect(self, box: Box) -> pygame.Rect:
        """Return a box in real pixels; neighbours stay neighbours."""
        left, top = self.at(box.x, box.y)
        right, bottom = self.at(box.right, box.bottom)
        return pygame.Rect(left, top, max(1, right - left), max(1, bottom - top))

    def rgb(self, token: str | Rgb) -> Rgb:
        """Return a colour by name, or as it is."""
        return self.theme.rgb(token) if isinstance(token, str) else token

    def sheet(self, box: Box) -> "Canvas":
        """Return a clear canvas of its own for a box, in the same coordinates."""
        rect = self.rect(box)
        clear = pygame.Surface(rect.size, pygame.SRCALPHA)
        return Canvas(clear, self.scale, self.letters, (box.x, box.y), self.theme)

    def fill(self, box: Box, token: str | Rgb, radius: float = 0) -> None:
        """Fill a box."""
        pygame.draw.rect(
            self.surface, self.rgb(token), self.rect(box), border_radius=self.px(radius)
        )

    def outline(self, box: Box, token: str | Rgb, width: float = 1, radius: float = 0) -> None:
        """Draw the border of a box."""
        wide = max(1, self.px(width))
        pygame.draw.rect(
            self.surface, self.rgb(token), self.rect(box), wide, border_radius=self.px(radius)
        )

    def panel(self, box: Box, opacity_frac: float | None = None, token: str = "panel") -> None:
        """Draw the ground of a panel with its border."""
        shape = self.theme.shape
        opacity = shape.panel_opacity_frac if opacity_frac is None else opacity_frac
        rect = self.rect(box)
        sheet = pygame.Surface(rect.size, pygame.SRCALPHA)
        alpha = round(255 * opacity)
        radius = self.px(shape.radius_px)
        whole = sheet.get_rect()
        pygame.draw.rect(sheet, (*self.rgb(token), alpha), whole, border_radius=radius)
        border = self.rgb("act") if token == "banner" else self.rgb("line")
        wide = max(1, self.px(1))
        pygame.draw.rect(sheet, (*border, 255), whole, wide, border_radius=radius)
        self.surface.blit(sheet, rect)

    def line(self, start: Point, end: Point, token: str | Rgb, width: float = 1) -> None:
        """Draw a straight line."""
        wide = max(1, self.px(width))
        thick_line(self.surface, self.rgb(token), self.at(*start), self.at(*end), wide)

    def curve(self, points: Sequence[Point], token: str | Rgb, width: float = 1) -> None:
        """Draw a smooth line through points."""
        if len(points) < 2:
            return
        rgb = self.rgb(token)
        ox, oy = self.origin
        real = [((x - ox) * self.scale, (y - oy) * self.scale) for x, y in points]
        wide = width * self.scale
        if wide <= 1.3:
            pygame.draw.aalines(self.surface, rgb, False, real)
            return
        offset = (wide - 1) / 2
        pygame.draw.lines(self.surface, rgb, False, real, max(1, round(wide - 1)))
        for step in (-offset, offset):
            pygame.draw.aalines(self.surface, rgb, False, [(x, y + step) for x, y in real])

    def area(self, points: Sequence[Point], token: str | Rgb) -> None:
        """Fill a polygon."""
        if len(points) > 2:
            real = [self.at(*point) for point in points]
            pygame.draw.polygon(self.surface, self.rgb(token), real)

    def disc(self, centre: Point, radius: float, token: str | Rgb) -> None:
        """Fill a circle with a soft edge."""
        x, y = self.at(*centre)
        real = max(1, self.px(radius))
        fine = pygame.Surface((real * 8 + 8, real * 8 + 8), pygame.SRCALPHA)
        middle = real * 4 + 4
        pygame.draw.circle(fine, (*self.rgb(token), 255), (middle, middle), real * 4)
        small = pygame.transform.smoothscale(fine, (real * 2 + 2, real * 2 + 2))
        self.surface.blit(small, (x - real - 1, y - real - 1))

    def text(self, words: str, x: float, y: float, look: Look, align: str = "left") -> float:
        """Write words from a top left, top middle or top right point; return their width."""
        size = self.letters.size_px(look.size, self.scale)
        halo = max(1, self.px(self.theme.shape.halo_px)) if look.has_halo else 0
        image = self.letters.render(
            words, size, self.rgb(look.token), is_strong=look.is_strong, halo_px=halo
        )
        width = image.get_width() - 2 * halo
        left, top = self.at(x, y)
        left -= {"left": 0, "middle": width // 2, "right": width}[align]
        self.surface.blit(image, (left - halo, top - halo))
        return width / self.scale

    def width(self, words: str, look: Look) -> float:
        """Return how wide words will be, in layout pixels."""
        size = self.letters.size_px(look.size, self.scale)
        return self.letters.width_px(words, size, is_strong=look.is_strong) / self.scale

    def icon(self, name: str, x: float, y: float, token: str | Rgb, size: float = 20) -> None:
        """Draw an icon by its top left corner."""
        self.surface.blit(icon(name, max(8, self.px(size)), self.rgb(token)), self.at(x, y))

    def image(self, picture: pygame.Surface, box: Box) -> None:
        """Draw a picture scaled into a box."""
        rect = self.rect(box)
        if picture.get_size() != rect.size:
            picture = pygame.transform.smoothscale(picture, rect.size)
        self.surface.blit(picture, rect)

    def bar(self, box: Box, frac: float, token: str = "quiet", limit: float | None = None) -> None:
        """Draw a value bar, with a tick in act at a limit."""
        self.fill(box, "track", 2)
        if frac > 0:
            self.fill(Box(box.x, box.y, box.w * min(1.0, frac), box.h), token, 2)
        if limit is not None:
            x = box.x + box.w * limit
            self.line((x, box.y - 3), (x, box.bottom + 2), "act", 2)
