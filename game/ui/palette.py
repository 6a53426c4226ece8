"""The palette of the plan and its menu of ready-made sols: what is marked, and what is in view."""

from game.ui.draw.plan import PlanLayout
from game.ui.input import Pointed, Pressed
from game.ui.plan_edits import template_titles


class Palette:
    """Which activity on offer is marked, and which row is the first in view."""

    def __init__(self) -> None:
        self.chosen, self.first = -1, 0

    def point(self, place: PlanLayout, pointed: Pointed, count: int) -> None:
        """Mark the row under the pointer, or none."""
        self.chosen = -1
        for k in range(min(place.palette_count, count)):
            if place.palette_row(k).holds(pointed.x, pointed.y):
                self.chosen = self.first + k

    def is_at(self, place: PlanLayout, pointed: Pointed) -> bool:
        """Say whether the pointer is on a row."""
        rows = range(place.palette_count)
        return any(place.palette_row(k).holds(pointed.x, pointed.y) for k in rows)

    def scroll(self, place: PlanLayout, rows: int, count: int) -> None:
        """Bring other rows into view."""
        most = max(0, count - place.palette_count)
        self.first = min(max(self.first + rows, 0), most)

    def walk(self, place: PlanLayout, step: int, count: int) -> None:
        """Mark the next row by keys, and keep it in view."""
        self.chosen = min(max(self.chosen + step, 0), count - 1)
        low = self.chosen - place.palette_count + 1
        self.scroll(place, min(max(self.first, low), self.chosen) - self.first, count)


class TemplateMenu:
    """The open menu of ready-made sols; `chosen` is None while it is shut."""

    def __init__(self) -> None:
        self.titles = template_titles()
        self.chosen: int | None = None

    def press(self, pressed: Pressed) -> int | None:
        """Move by keys; return the sol that was taken."""
        at = self.chosen or 0
        if pressed.means("forward", "backward"):
            step = 1 if pressed.means("backward") else -1
            self.chosen = min(max(at + step, 0), len(self.titles) - 1)
            return None
        self.chosen = None
        return at if pressed.means("confirm") else None

    def point(self, place: PlanLayout, pointed: Pointed) -> int | None:
        """Move by the pointer; return the sol that was taken."""
        for k, box in enumerate(place.menu(len(self.titles))):
            if box.holds(pointed.x, pointed.y):
                self.chosen = None if pointed.is_click else k
                return k if pointed.is_click else None
        if pointed.is_click:
            self.chosen = None
        return None
