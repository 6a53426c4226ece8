"""Data: memory, the queue in the order in which it goes, and what is on its way, home or lost."""

from game.commands import Command, Discard, MoveBefore, SetPriority, SortQueue
from game.rover.storage import HELD
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, Canvas, Look
from game.ui.draw.way_home import draw_way_home
from game.ui.facts.queue import (
    QueuePage,
    QueueRow,
    expected_storage,
    obeyed,
    queue_page,
)
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed, Wheeled
from game.ui.screen import Transition
from game.ui.screens.frame import Frame, draw_panel, three_columns
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.paragraph import paragraph
from game.ui.words import mbit
from game.ui.wrap import shortened

LEFT_W, RIGHT_W, ROW = 272.0, 312.0, 42.0
START_DRAG = 4.0
ASKED = 5  # the priority of a product that is asked for again
NOWHERE = Box(0, 0, 0, 0)
EMPTY = "Nothing waits on board. Pictures and samples queue here until the orbiter takes them."
LOST_COUNT = 4
REACH = Look(12, "radio")


class DataScreen:
    """The queue can be dragged into order; everything else is an account."""

    is_see_through = False
    most_scale_frac = 1.0

    def __init__(self, host: Host) -> None:
        self.host = host
        self.frame = Frame(host, "data")
        self.session = host.desk.flight.session
        self.storage = expected_storage(self.session)
        self.page: QueuePage = self._read()
        self.chosen = 0
        self.first = 0
        self.note = ""
        self._list = NOWHERE
        self._held: tuple[int, float] | None = None
        self._drag_y: float | None = None
        self._asks = 0
        self.buttons = (
            Button("sort", NOWHERE, "Sort by worth", Dress.QUIET, "sort"),
            Button("hold_back", NOWHERE, "Hold back", Dress.QUIET, "lock"),
            Button("delete", NOWHERE, "Discard", Dress.QUIET, "bin"),
        )

    def handle(self, happening: Happening) -> Transition | None:
        """Move in the queue, change its order, or leave."""
        match happening:
            case Pressed():
                self._press(happening)
            case Wheeled(steps=steps):
                self._scroll(-steps)
            case Pointed():
                self._point(happening)
        return self.frame.handle(happening)

    def update(self, frame_s: float) -> Transition | None:
        """Keep the room going."""
        self.frame.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw memory, queue, and the rest."""
        area = self.frame.draw(canvas)
        left, middle, right = three_columns(area, LEFT_W, RIGHT_W)
        self._draw_memory(canvas, left)
        self._draw_queue(canvas, middle)
        draw_way_home(canvas, draw_panel(canvas, right, "The way home"), self.page)

    def _read(self) -> QueuePage:
        flight = self.host.desk.flight
        return queue_page(self.session.setup, self.session.state, self.storage, flight.clock_s)

    def _issue(self, command: Command) -> None:
        """Hand in a command, and show at once what it will do."""
        self.host.desk.issue(command)
        spec = self.session.setup.rover.storage
        self.storage = obeyed(spec, self.storage, command, self.session.state.tick)
        self.page = self._read()
        self.chosen = min(self.chosen, max(0, len(self.page.rows) - 1))
        self.host.shell.audio.play("paper")

    def _press(self, pressed: Pressed) -> None:
        if pressed.means("forward", "backward"):
            self._choose(self.chosen + (1 if pressed.means("backward") else -1))
        elif pressed.means("earlier", "later"):
            self.move(self.chosen, self.chosen + (2 if pressed.means("later") else -1))
        for name in ("sort", "hold_back", "delete"):
            if pressed.means(name) and not pressed.is_again:
                self.use(name)

    def use(self, name: str) -> None:
        """Do what a button says."""
        row = self.page.rows[self.chosen] if self.page.rows else None
        is_second, self._asks = name == "delete" and self._asks == self.chosen + 1, 0
        self.note = ""
        if name == "sort":
            self._issue(SortQueue())
            self.note = "Best worth for each Mbit first, thumbnails before all."
        elif row is None:
            return
        elif name == "hold_back":
            self._issue(SetPriority(row.number, ASKED if row.is_held else HELD))
        elif is_second:
            self._issue(Discard(row.number))
        else:
            self._asks = self.chosen + 1
            self.note = f"Discard “{row.title}” for good? Press once more."

    def move(self, at: int, to: int) -> None:
        """Put the row at a place in front of what stands at another; past the end it goes last."""
        rows = self.page.rows
        if not 0 <= at < len(rows) or to in (at, at + 1) or not 0 <= to <= len(rows):
            return
        moved = rows[at].number
        if to < len(rows):
            self._issue(MoveBefore(moved, rows[to].number))
        else:
            self._issue(SetPriority(moved, rows[-1].priority))
        numbers = [row.number for row in self.page.rows]
        self._choose(numbers.index(moved) if moved in numbers else 0)

    def _choose(self, number: int) -> None:
        if not self.page.rows:
            return
        self.chosen = min(max(number, 0), len(self.page.rows) - 1)
        shown = max(1, int(self._list.h // ROW))
        self.first = min(max(self.first, self.chosen - shown + 1), self.chosen)
        self.note, self._asks = "", self._asks if self._asks == self.chosen + 1 else 0

    def _scroll(self, rows: int) -> None:
        shown = max(1, int(self._list.h // ROW))
        most = max(0, len(self.page.rows) - shown)
        self.first = min(max(self.first + rows, 0), most)

    def _point(self, pointed: Pointed) -> None:
        if pointed.is_click:
            self._click(pointed.x, pointed.y)
        elif pointed.button == 1 and self._held is not None:
            if self._drag_y is not None:
                self.move(self._held[0], self._gap(pointed.y))
            self._held, self._drag_y = None, None
        elif self._held is not None and abs(pointed.y - self._held[1]) > START_DRAG:
            self._drag_y = pointed.y

    def _click(self, x: float, y: float) -> None:
        for button in self.buttons:
            if button.is_enabled and button.box.holds(x, y):
                self.use(button.name)
                return
        at = self.first + int((y - self._list.y) // ROW)
        if self._list.holds(x, y) and at < len(self.page.rows):
            self._choose(at)
            self._held = (at, y)

    def _gap(self, y: float) -> int:
        """Return in front of which row a point lies."""
        at = self.first + round((y - self._list.y) / ROW)
        return min(max(at, 0), len(self.page.rows))

    def _draw_memory(self, canvas: Canvas, box: Box) -> None:
        room = draw_panel(canvas, box, "Memory", f"{100 * self.page.used_frac:.0f} % full")
        y = room.y
        for part in self.page.parts:
            words = f"{mbit(part.used_bit)} of {mbit(part.capacity_bit)}"
            name = part.name[:1].upper() + part.name[1:]
            canvas.text(name, room.x, y, BODY)
            canvas.text(words, room.right, y, STRONG, "right")
            token = "act" if part.used_bit > 0.9 * part.capacity_bit else "radio"
            canvas.bar(Box(room.x, y + 22, room.w, 6), part.used_bit / part.capacity_bit, token)
            if part.is_volatile:
                canvas.text("forgets when the power goes", room.x, y + 31, NOTE)
            y += 54 if part.is_volatile else 42
        canvas.line((room.x, y), (room.right, y), "line")
        y += 14
        for label, value in self.page.sums:
            is_part = label.startswith("of it")
            canvas.text(label, room.x + (14 if is_part else 0), y, NOTE if is_part else BODY)
            canvas.text(value, room.right, y, LABEL if is_part else STRONG, "right")
            y += 24
        self._draw_lost(canvas, Box(room.x, y + 8, room.w, room.bottom - y - 8))

    def _draw_lost(self, canvas: Canvas, box: Box) -> None:
        lost = self.host.desk.lost[-LOST_COUNT:][::-1]
        y = box.y
        for event in lost:
            if y + 40 > box.bottom:
                break
            words = f"{event.kind.capitalize()}, {mbit(event.size_bit)} Mbit: {event.cause}."
            canvas.icon("warn", box.x - 2, y, "act", 16)
            y = paragraph(canvas, words, box.x + 20, y, box.w - 20, NOTE) + 4

    def _draw_queue(self, canvas: Canvas, box: Box) -> None:
        count = len(self.page.rows)
        room = draw_panel(canvas, box, "Queue", f"{count} on board" if count else "")
        x = room.x
        for button in self.buttons:
            row = self.page.rows[self.chosen] if self.page.rows else None
            if button.name == "hold_back":
                button.words = "Ask for it" if row is not None and row.is_held else "Hold back"
            button.is_enabled = row is not None
            wide = canvas.width(button.words, STRONG) + 52
            button.box = Box(x, room.y - 4, wide, 30)
            button.draw(canvas, is_focused=False,
                        is_hovered=button.box.holds(*self.frame.pointer))  # fmt: skip
            x += wide + 8
        if not self.page.rows:
            paragraph(canvas, EMPTY, room.x, room.y + 48, room.w, BODY)
            return
        self._draw_heads(canvas, room)
        self._list = Box(room.x - 8, room.y + 58, room.w + 16, room.h - 58 - 24)
        shown = max(1, int(self._list.h // ROW))
        for k, row in enumerate(self.page.rows[self.first : self.first + shown]):
            place = Box(self._list.x, self._list.y + ROW * k, self._list.w, ROW)
            self._draw_row(canvas, place, row, is_chosen=self.first + k == self.chosen)
        self._draw_gap(canvas)
        words = self.note or "drag, or ← → to change the order"
        canvas.text(words, room.x, room.bottom - 14, NOTE)

    def _draw_heads(self, canvas: Canvas, room: Box) -> None:
        y = room.y + 38
        for words, x in zip(("worth / Mbit", "size", "goes with"), _columns(room), strict=True):
            canvas.text(words, x, y, NOTE, "right")

    def _draw_row(self, canvas: Canvas, box: Box, row: QueueRow, *, is_chosen: bool) -> None:
        if is_chosen:
            canvas.fill(Box(box.x, box.y, box.w, box.h - 4), "accent_dim", 4)
            canvas.fill(Box(box.x, box.y, 3, box.h - 4), "accent", 1)
        inner = Box(box.x + 8, box.y, box.w - 16, box.h)
        columns = _columns(inner)
        canvas.icon(row.icon, inner.x + 2, box.y + 8, "faint" if row.is_held else "quiet")
        room = columns[0] - inner.x - 110
        look = BODY if row.is_held else STRONG
        title = shortened(row.title, room, lambda w: canvas.width(w, look))
        canvas.text(title, inner.x + 32, box.y + 2, look)
        note = shortened(row.note, room, lambda w: canvas.width(w, NOTE))
        canvas.text(note, inner.x + 32, box.y + 20, NOTE)
        canvas.text(row.worth, columns[0], box.y + 9, BODY, "right")
        canvas.text(row.size, columns[1], box.y + 9, STRONG, "right")
        reach = "held back" if row.is_held else row.reach
        canvas.text(reach, columns[2], box.y + 10, NOTE if row.is_held else REACH, "right")
        if row.sent_frac > 0.0:
            canvas.bar(Box(columns[1] - 60, box.y + 30, 60, 3), row.sent_frac, "radio")

    def _draw_gap(self, canvas: Canvas) -> None:
        """Show where the dragged row would go."""
        if self._held is None or self._drag_y is None:
            return
        y = self._list.y + ROW * (self._gap(self._drag_y) - self.first) - 2
        canvas.fill(Box(self._list.x, y - 1, self._list.w, 3), "accent", 1)
        row = self.page.rows[self._held[0]]
        canvas.text(row.title, self._list.x + 40, self._drag_y - 9,
                    Look(14, "accent", is_strong=True, has_halo=True))  # fmt: skip


def _columns(room: Box) -> tuple[float, float, float]:
    """Return the right ends of worth, size and pass."""
    return room.right - 190, room.right - 104, room.right
