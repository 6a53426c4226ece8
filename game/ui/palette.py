"""The palette of the plan and its menu of ready-made sols: what is marked, and what is in view."""

from game.ui.canvas import Canvas
from game.ui.draw.plan import PlanLayout, draw_palette
from game.ui.input import Pointed, Pressed
from game.ui.plan_edits import template_titles
from game.ui.plan_palette import GROUPS
from game.ui.plan_parts import PaletteRow


class Palette:
    """Which group is open, which row of it is marked, and which is the first in view.

    `chosen` counts through all rows of all groups; -1 if none is marked.
    """

    def __init__(self) -> None:
        self.chosen, self.first, self.group = -1, 0, 0

    def row(self, rows: tuple[PaletteRow, ...]) -> PaletteRow | None:
        """Return the marked row."""
        return rows[self.chosen] if 0 <= self.chosen < len(rows) else None

    def draw(self, canvas: Canvas, place: PlanLayout, rows: tuple[PaletteRow, ...]) -> None:
        """Draw the open group under the tabs of all."""
        draw_palette(canvas, place, rows, (self.group, self.first), self.row(rows))

    def open(self, group: int) -> None:
        """Show another group."""
        self.group, self.first, self.chosen = group, 0, -1

    def click_tab(self, place: PlanLayout, pointed: Pointed) -> bool:
        """Open the group whose tab is under the pointer; return whether there was one."""
        for k in range(len(GROUPS)):
            if place.palette_tab(k).holds(pointed.x, pointed.y):
                self.open(k)
                return True
        return False

    def point(self, place: PlanLayout, pointed: Pointed, rows: tuple[PaletteRow, ...]) -> None:
        """Mark the row under the pointer, or none."""
        self.chosen = -1
        mine = self._mine(rows)
        for k, at in enumerate(mine[self.first : self.first + place.palette_count]):
            if place.palette_row(k).holds(pointed.x, pointed.y):
                self.chosen = at

    def is_at(self, place: PlanLayout, pointed: Pointed) -> bool:
        """Say whether the pointer is on a row."""
        places = range(place.palette_count)
        return any(place.palette_row(k).holds(pointed.x, pointed.y) for k in places)

    def scroll(self, place: PlanLayout, by: int, rows: tuple[PaletteRow, ...]) -> None:
        """Bring other rows of the group into view."""
        most = max(0, len(self._mine(rows)) - place.palette_count)
        self.first = min(max(self.first + by, 0), most)

    def walk(self, place: PlanLayout, step: int, rows: tuple[PaletteRow, ...]) -> None:
        """Mark the next row by keys, from group to group, and keep it in view."""
        if self.chosen < 0:
            mine = self._mine(rows)
            self.chosen = mine[0] if step > 0 else mine[-1]
        else:
            self.chosen = min(max(self.chosen + step, 0), len(rows) - 1)
        if rows[self.chosen].group != self.group:
            self.group, self.first = rows[self.chosen].group, 0
        at = self._mine(rows).index(self.chosen)
        low = at - place.palette_count + 1
        self.scroll(place, min(max(self.first, low), at) - self.first, rows)

    def _mine(self, rows: tuple[PaletteRow, ...]) -> list[int]:
        return [at for at, row in enumerate(rows) if row.group == self.group]


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
