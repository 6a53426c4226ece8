"""The panel of the power page that holds wings at angles and moves the heaters' set points."""

from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, STRONG, Canvas, Look
from game.ui.facts.by_hand import Wanted, commands_for, hand_rows, wanted_now, wings_words
from game.ui.host import Host
from game.ui.input import Pressed
from game.ui.screens.frame import draw_panel
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.paragraph import paragraph
from game.ui.words import typeset

ROW, ARROW, PANEL_H = 38.0, 22.0, 248.0
NOWHERE = Box(0, 0, 0, 0)
SEND = "send"
PLAIN_NOTE = "Angles: positive ones face the rover's right. Keys: E, arrows, Enter."
CHANGED, REFUSED = Look(14, "accent", is_strong=True), Look(12, "act")


class ByHand:
    """What is wanted, which line has the focus, and what came of it."""

    def __init__(self, host: Host) -> None:
        self.host = host
        flight = host.desk.flight
        self.setup, self.state = flight.session.setup, flight.state
        self.wanted: Wanted = wanted_now(self.setup, self.state)
        self.focus = ""
        self.note = ""
        self.button = Button(SEND, NOWHERE, "Set", Dress.FILLED)
        self._arrows: tuple[tuple[str, int, Box], ...] = ()

    @property
    def reason(self) -> str:
        """Why the rover would not do what is wanted, or nothing."""
        commands = commands_for(self.setup, self.state, self.wanted)
        refusals = (self.host.desk.refusal_of(one) for one in commands)
        return typeset(next((one for one in refusals if one), ""))

    def press(self, pressed: Pressed) -> bool:
        """Answer keys while a line has the focus; return whether this was one of them."""
        names = [*Wanted._fields, SEND]
        if pressed.means("edit") and not self.focus:
            self.focus = names[0]
        elif not self.focus:
            return False
        elif pressed.means("menu", "edit"):
            self.focus = ""
        elif pressed.means("forward", "backward"):
            at = names.index(self.focus) + (1 if pressed.means("backward") else -1)
            self.focus = names[min(max(at, 0), len(names) - 1)]
        elif pressed.means("left", "right"):
            self.step(self.focus, 1 if pressed.means("right") else -1)
        elif pressed.means("confirm") and not pressed.is_again:
            self.send()
        else:
            return False
        return True

    def click(self, x: float, y: float) -> None:
        """Use an arrow or the button under a point."""
        for name, by, box in self._arrows:
            if box.holds(x, y):
                self.step(name, by)
        if self.button.is_enabled and self.button.box.holds(x, y):
            self.send()

    def step(self, name: str, by: int) -> None:
        """Make one value more or less."""
        rows = {row.name: row for row in hand_rows(self.setup, self.state, self.wanted)}
        if name in rows:
            value = getattr(self.wanted, name) + by * rows[name].step
            self.wanted, self.note = self.wanted._replace(**{name: value}), ""

    def send(self) -> None:
        """Give the commands, unless the rover would refuse one of them."""
        commands = commands_for(self.setup, self.state, self.wanted)
        if self.reason or not commands or self.note:
            return
        for command in commands:
            self.host.desk.issue(command)
        self.host.shell.audio.play("paper")
        self.note = "On its way: it is done when you go back to the rover."

    def draw(self, canvas: Canvas, box: Box, pointer: tuple[float, float]) -> None:
        """Draw the lines, the button, and why it cannot be."""
        room = draw_panel(canvas, box, "By hand", wings_words(self.state))
        arrows: list[tuple[str, int, Box]] = []
        y = room.y - 4
        for row in hand_rows(self.setup, self.state, self.wanted):
            less = Box(room.right - 100, y, ARROW, ROW)
            more = Box(room.right - ARROW, y, ARROW, ROW)
            arrows += [(row.name, -1, less), (row.name, 1, more)]
            if row.name == self.focus:
                canvas.outline(Box(room.x - 6, y - 1, room.w + 12, ROW - 2), "accent", 2, 4)
            canvas.text(row.label, room.x, y, BODY)
            canvas.text(row.note, room.x, y + 18, NOTE)
            canvas.icon("back", less.x + 4, y + 2, "quiet", 14)
            canvas.icon("more", more.x + 4, y + 2, "quiet", 14)
            look = CHANGED if row.is_new else STRONG
            canvas.text(row.value, (less.right + more.x) / 2, y, look, "middle")
            y += ROW
        self._arrows = tuple(arrows)
        self._draw_foot(canvas, Box(room.x, y + 4, room.w, 44.0), pointer)

    def _draw_foot(self, canvas: Canvas, foot: Box, pointer: tuple[float, float]) -> None:
        reason = self.reason
        if reason:
            self.button.is_enabled = False
            paragraph(canvas, reason, foot.x, foot.y, foot.w, REFUSED)
            return
        has_news = bool(commands_for(self.setup, self.state, self.wanted))
        self.button.is_enabled = has_news and not self.note
        self.button.box = Box(foot.right - 60, foot.y, 60, 30)
        self.button.draw(canvas, is_focused=self.focus == SEND,
                         is_hovered=self.button.box.holds(*pointer))  # fmt: skip
        paragraph(canvas, self.note or PLAIN_NOTE, foot.x, foot.y, foot.w - 72, NOTE)
