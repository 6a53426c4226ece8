"""The panel of the health page that shows what a rover in safe mode still waits for."""

from game.machine_commands import Recover
from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, STRONG, Canvas
from game.ui.facts.way_back import WayBack, way_back
from game.ui.host import Host
from game.ui.screens.frame import draw_panel
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.paragraph import paragraph

ROW_GAP, INDENT, PANEL_H = 8.0, 30.0, 264.0
NOWHERE = Box(0, 0, 0, 0)
ON_ITS_WAY = "The go-ahead is on its way."


class WayBackPanel:
    """The list, and the button that gives Earth's go-ahead."""

    def __init__(self, host: Host) -> None:
        self.host = host
        flight = host.desk.flight
        self.way: WayBack | None = way_back(flight.session.setup, flight.state)
        self.note = ""
        self.button = Button("recover", NOWHERE, "Recover", Dress.FILLED, "check")
        self.button.is_enabled = self.is_awaiting_word

    @property
    def is_awaiting_word(self) -> bool:
        """Whether a word from Earth is missing and has not been sent from here."""
        return self.way is not None and self.way.is_awaiting_word and not self.note

    def recover(self) -> None:
        """Give the go-ahead, or say why it cannot be."""
        if not self.is_awaiting_word:
            return
        self.note = self.host.desk.refusal_of(Recover())
        if not self.note:
            self.host.desk.issue(Recover())
            self.host.shell.audio.play("paper")
            self.note = ON_ITS_WAY
        self.button.is_enabled = self.is_awaiting_word

    def click(self, x: float, y: float) -> None:
        """Use the button under a point."""
        if self.button.is_enabled and self.button.box.holds(x, y):
            self.recover()

    def draw(self, canvas: Canvas, box: Box, pointer: tuple[float, float]) -> None:
        """Draw the list."""
        way = self.way
        if way is None:
            return
        done = sum(item.is_met for item in way.items)
        room = draw_panel(canvas, box, way.title, f"{done} of {len(way.items)} hold")
        y = room.y
        for item in way.items:
            icon, token = ("check", "safe") if item.is_met else ("warn", "act")
            canvas.icon(icon, room.x, y, token)
            look = BODY if item.is_met else STRONG
            y = paragraph(canvas, item.text, room.x + INDENT, y, room.w - INDENT, look) + ROW_GAP
        words = self.note or way.note
        if not way.is_awaiting_word:
            paragraph(canvas, words, room.x, y + 4, room.w, NOTE)
            return
        self.button.box = Box(room.x, room.bottom - 36, 148, 34)
        is_hovered = self.button.box.holds(*pointer)
        self.button.draw(canvas, is_focused=False, is_hovered=is_hovered)
        paragraph(canvas, words, room.x + 164, room.bottom - 36, room.w - 164, NOTE)
