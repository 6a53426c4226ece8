"""The tray over the action bar: what else the rover can do. Time waits while it is open."""

from game.ui.boxes import Box, Page
from game.ui.canvas import LABEL, Canvas, Look
from game.ui.draw.hud import draw_hint, hud_layout
from game.ui.facts.tray import Cell, tray_cells
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.screen import Pop, Push, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.page import wants_back
from game.ui.wrap import wrapped

CELL_W, CELL_H, GAP, PAD, HEAD = 82.0, 54.0, 4.0, 12.0, 20.0
TITLE_W = 76.0


class TrayScreen:
    """Cells in rows, one row a group; the arrows and the pointer reach every one."""

    is_see_through = True
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        flight = host.desk.flight
        self.groups = tray_cells(flight.session.setup, flight.state)
        self.row, self.column = 0, 0
        self.page = host.page
        self._asked = ""

    @property
    def cell(self) -> Cell:
        """The cell that is marked."""
        return self.groups[self.row][1][self.column]

    def handle(self, happening: Happening) -> Transition | None:
        """Move, choose, or close."""
        match happening:
            case Pressed() if happening.means("help"):
                return Push(HelpScreen(self.host.shell))
            case Pressed(is_again=False) if happening.means("confirm"):
                return self.use(self.cell)
            case Pressed(is_again=False) if wants_back(happening) or happening.means("more"):
                return Pop()
            case Pressed():
                self._move(happening)
            case Pointed():
                return self._point(happening)
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound going."""
        self.host.shell.audio.want("motor", 0.0)
        self.host.shell.audio.update(frame_s)
        return None

    def use(self, cell: Cell) -> Transition | None:
        """Give the command of a cell; one that cannot be done says why, and the tray stays."""
        if cell.reason:
            self.host.shell.audio.play("refused")
            return None
        if cell.item.is_grave and self._asked != cell.item.name:
            self._asked = cell.item.name
            return None
        self.host.desk.issue(cell.item.command(self.host.desk.flight.state))
        self.host.desk.flight.pause(is_paused=False)
        self.host.shell.audio.play("paper")
        return Pop()

    def boxes(self, page: Page) -> tuple[Box, tuple[tuple[Box, ...], ...]]:
        """Return the place of the tray, and of every cell in it."""
        longest = max(len(cells) for _, cells in self.groups)
        wide = 2 * PAD + TITLE_W + longest * (CELL_W + GAP)
        high = 2 * PAD + len(self.groups) * (CELL_H + GAP)
        bar = hud_layout(page).actions
        whole = Box((page.w - wide) / 2, max(8.0, bar.y - high - 8), wide, high)
        rows = tuple(
            tuple(
                Box(whole.x + PAD + TITLE_W + c * (CELL_W + GAP),
                    whole.y + PAD + r * (CELL_H + GAP), CELL_W, CELL_H)
                for c in range(len(cells))
            )
            for r, (_, cells) in enumerate(self.groups)
        )  # fmt: skip
        return whole, rows

    def draw(self, canvas: Canvas) -> None:
        """Draw the cells, and what the marked one takes."""
        self.page = canvas.page
        whole, rows = self.boxes(canvas.page)
        canvas.panel(whole, 0.95)
        for r, ((title, cells), boxes) in enumerate(zip(self.groups, rows, strict=True)):
            canvas.text(title, whole.x + PAD + 4, boxes[0].y + 18, LABEL)
            for c, (cell, box) in enumerate(zip(cells, boxes, strict=True)):
                self._draw_cell(canvas, box, cell, is_marked=(r, c) == (self.row, self.column))
        words = self.cell.reason or self.cell.effect
        if self._asked == self.cell.item.name:
            words = f"{self.cell.item.word}: are you sure? Once more, and it is done."
        if words:
            box = rows[self.row][self.column]
            lines = wrapped(words, 280, lambda text: canvas.width(text, LABEL))
            draw_hint(canvas, words, box.x + CELL_W / 2, whole.y - 17.0 * (len(lines) - 1) + 4)

    @staticmethod
    def _draw_cell(canvas: Canvas, box: Box, cell: Cell, *, is_marked: bool) -> None:
        if is_marked:
            canvas.fill(box, "track", 4)
            canvas.outline(box, "accent", 1, 4)
        token = "arc" if cell.reason else "accent" if is_marked else "text"
        canvas.icon(cell.item.icon, box.x + box.w / 2 - 10, box.y + 7, token)
        look = Look(12, "faint" if cell.reason else "quiet")
        canvas.text(cell.item.word, box.x + box.w / 2, box.y + 31, look, "middle")

    def _move(self, pressed: Pressed) -> None:
        if pressed.means("forward", "backward"):
            step = 1 if pressed.means("backward") else -1
            self.row = min(max(self.row + step, 0), len(self.groups) - 1)
        elif pressed.means("left", "right"):
            self.column += 1 if pressed.means("right") else -1
        self.column = min(max(self.column, 0), len(self.groups[self.row][1]) - 1)

    def _point(self, pointed: Pointed) -> Transition | None:
        whole, rows = self.boxes(self.page)
        for r, boxes in enumerate(rows):
            for c, box in enumerate(boxes):
                if box.holds(pointed.x, pointed.y):
                    self.row, self.column = r, c
                    return self.use(self.cell) if pointed.is_click else None
        is_outside = pointed.is_click and not whole.holds(pointed.x, pointed.y)
        return Pop() if is_outside else None
