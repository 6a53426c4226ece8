"""When a page set large is larger than the window: which part of it is seen.

The page is drawn whole on a sheet and the window shows a part of it. The pointer's place in the
window is the part's place on the sheet, so that every corner is one movement away and nothing
moves while the pointer rests. Without a pointer, keys slide the part.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pygame

from game.ui.theme import Rgb

Spot = tuple[float, float]

MIDDLE: Spot = (0.5, 0.42)  # where the rover rests on the play screen
STEP_FRAC = 0.25  # of the way, with each press of a key
EDGE_PX, EDGE_LEAST_PX = 3, 24  # the thin marks that show which part is seen


@dataclass(frozen=True, slots=True)
class Loupe:
    """A window on a sheet that is `power` times as wide and as high."""

    window_px: tuple[int, int]
    power: float = 1.0
    spot: Spot = MIDDLE

    @property
    def sheet_px(self) -> tuple[int, int]:
        """The size of the whole sheet."""
        wide, high = self.window_px
        return round(wide * self.power), round(high * self.power)

    @property
    def offset_px(self) -> tuple[int, int]:
        """The point of the sheet that stands at the window's top left corner."""
        over = [whole - part for whole, part in zip(self.sheet_px, self.window_px, strict=True)]
        return round(over[0] * self.spot[0]), round(over[1] * self.spot[1])

    def marks(self) -> tuple[pygame.Rect, ...]:
        """Return the marks along the lower and right edge that show which part is seen."""
        if self.power <= 1.0:
            return ()
        wide, high = self.window_px
        across = max(EDGE_LEAST_PX, round(wide / self.power))
        down = max(EDGE_LEAST_PX, round(high / self.power))
        left, top = round((wide - across) * self.spot[0]), round((high - down) * self.spot[1])
        return (
            pygame.Rect(left, high - EDGE_PX, across, EDGE_PX),
            pygame.Rect(wide - EDGE_PX, top, EDGE_PX, down),
        )


def power_of(setting: float, most: float) -> float:
    """Return how many times larger than the window a page must be drawn."""
    return max(1.0, setting / most)


def spot_at(pointer_px: tuple[int, int], window_px: tuple[int, int]) -> Spot:
    """Return the part of the sheet that a pointer in the window asks for."""
    across, down = (
        min(1.0, max(0.0, at / max(1, whole - 1)))
        for at, whole in zip(pointer_px, window_px, strict=True)
    )
    return across, down


def spot_for(point_px: tuple[float, float], window_px: tuple[int, int], power: float) -> Spot:
    """Return the part of the sheet in whose middle a point of it stands, as far as that goes."""
    across, down = (
        min(1.0, max(0.0, (at - whole / 2) / max(1.0, whole * (power - 1.0))))
        for at, whole in zip(point_px, window_px, strict=True)
    )
    return across, down


def slid(spot: Spot, across: int, down: int) -> Spot:
    """Return the part after a press of a key."""
    right, low = spot[0] + across * STEP_FRAC, spot[1] + down * STEP_FRAC
    return min(1.0, max(0.0, right)), min(1.0, max(0.0, low))


class Glass:
    """Keeps the sheet of the last frame, and puts its part into the window."""

    def __init__(self) -> None:
        self._sheet: pygame.Surface | None = None

    def show(
        self, window: pygame.Surface, loupe: Loupe, rgb: Rgb, draw: Callable[[pygame.Surface], None]
    ) -> None:
        """Draw on the window itself, or on a larger sheet of which the window shows a part."""
        if loupe.power <= 1.0:
            self._sheet = None
            draw(window)
            return
        if self._sheet is None or self._sheet.get_size() != loupe.sheet_px:
            self._sheet = pygame.Surface(loupe.sheet_px)
        draw(self._sheet)
        window.blit(self._sheet, (0, 0), pygame.Rect(loupe.offset_px, loupe.window_px))
        for mark in loupe.marks():
            window.fill(rgb, mark)
