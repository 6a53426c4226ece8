"""Health: parts of the rover, what is strange about them, and the answers there are."""

from game.mending import Diagnose
from game.rover.hand import hand_refusal
from game.simulation import desk_at
from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, STRONG, Canvas, Look
from game.ui.facts.health import Case, HealthPage, health_page, switch
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.screen import Transition
from game.ui.screens.frame import GAP, Frame, draw_panel, three_columns
from game.ui.screens.way_back import PANEL_H, WayBackPanel
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.paragraph import paragraph

LEFT_W, RIGHT_W, ROW, CASE_ROW = 272.0, 400.0, 26.0, 64.0
NOWHERE = Box(0, 0, 0, 0)
ALL_WELL = "All readings are as they should be."
NO_CAUSE = (
    "Its cause is not known. A diagnosis takes twenty minutes of the rover's time and tells it."
)
ASKED = "Asked for: it begins when you go back to the rover."


class HealthScreen:
    """Parts on the left, what is wrong in the middle, on the right what can be done."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.frame = Frame(host, "health")
        self.session = host.desk.flight.session
        self.page: HealthPage = health_page(self.session.setup, self.session.state)
        self.back = WayBackPanel(host)
        self.chosen = 0
        self.note = ""
        self._rows: tuple[Box, ...] = ()
        self._switched: tuple[tuple[int, str], ...] = ()
        self.diagnose = Button("diagnose", NOWHERE, "Diagnose", Dress.FILLED, "wrench")
        self._answers: tuple[Button, ...] = ()

    def handle(self, happening: Happening) -> Transition | None:
        """Choose what is wrong, ask for a diagnosis, or give an answer."""
        match happening:
            case Pressed() if happening.means("backward", "forward"):
                step = 1 if happening.means("backward") else -1
                self._choose(self.chosen + step)
            case Pressed(is_again=False) if happening.means("confirm"):
                if self.back.is_awaiting_word:
                    self.back.recover()
                else:
                    self.look_for_causes()
            case Pointed() if happening.is_click:
                self._click(happening.x, happening.y)
        return self.frame.handle(happening)

    def update(self, frame_s: float) -> Transition | None:
        """Keep the room going."""
        self.frame.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the three parts."""
        area = self.frame.draw(canvas)
        left, middle, right = three_columns(area, LEFT_W, RIGHT_W)
        self._draw_parts(canvas, left)
        if self.back.way is not None:
            low = Box(middle.x, middle.bottom - PANEL_H, middle.w, PANEL_H)
            self.back.draw(canvas, low, self.frame.pointer)
            middle = Box(middle.x, middle.y, middle.w, middle.h - PANEL_H - GAP)
        self._draw_cases(canvas, middle)
        self._draw_answers(canvas, right)

    @property
    def case(self) -> Case | None:
        """What is chosen, if anything is wrong."""
        return self.page.cases[self.chosen] if self.page.cases else None

    def look_for_causes(self) -> None:
        """Ask for a diagnosis, or say why it cannot be now."""
        setup, state = self.session.setup, self.session.state
        reason = hand_refusal(setup.rover, state.rover, desk_at(setup, state), Diagnose())
        self.note = reason or ASKED
        if not reason:
            self.host.desk.issue(Diagnose())
            self.host.shell.audio.play("paper")

    def give(self, name: str) -> None:
        """Give an answer to what is chosen, or take it back."""
        case = self.case
        answer = next((one for one in case.answers if one.name == name), None) if case else None
        if case is None or answer is None or (case.number, name) in self._switched:
            return
        command, reason = switch(self.session.setup, self.session.state, case, answer)
        self.note = reason or f"{answer.title}: on its way."
        if not reason:
            self._switched = (*self._switched, (case.number, name))
            self.host.desk.issue(command)
            self.host.shell.audio.play("paper")

    def _choose(self, number: int) -> None:
        if self.page.cases:
            self.chosen = min(max(number, 0), len(self.page.cases) - 1)
        self.note = ""

    def _click(self, x: float, y: float) -> None:
        self.back.click(x, y)
        if self.diagnose.box.holds(x, y):
            self.look_for_causes()
        for button in self._answers:
            if button.is_enabled and button.box.holds(x, y):
                self.give(button.name)
                return
        for number, box in enumerate(self._rows):
            if box.holds(x, y):
                self._choose(number)

    def _draw_parts(self, canvas: Canvas, box: Box) -> None:
        room = draw_panel(canvas, box, "Parts")
        y = room.y
        for part in self.page.parts:
            if y + ROW > room.bottom:
                break
            canvas.text(part.name, room.x, y, BODY)
            canvas.text(part.words, room.right, y, Look(14, part.token), "right")
            y += ROW

    def _draw_cases(self, canvas: Canvas, box: Box) -> None:
        count = len(self.page.cases)
        room = draw_panel(canvas, box, "What is wrong", f"{count} known" if count else "")
        rows: list[Box] = []
        for number, case in enumerate(self.page.cases):
            place = Box(room.x - 8, room.y + CASE_ROW * number, room.w + 16, CASE_ROW - 6)
            if place.bottom > room.bottom - 70:
                break
            rows.append(place)
            if number == self.chosen:
                canvas.fill(place, "accent_dim", 4)
                canvas.fill(Box(place.x, place.y, 3, place.h), "accent", 1)
            token = "act" if case.is_found else "accent"
            canvas.icon("wrench" if case.is_found else "question", place.x + 12, place.y + 8, token)
            canvas.text(case.title, place.x + 42, place.y + 7, STRONG)
            canvas.text(case.note, place.x + 42, place.y + 30, NOTE)
        self._rows = tuple(rows)
        if not rows:
            paragraph(canvas, ALL_WELL, room.x, room.y, room.w, BODY)
        self.diagnose.box = Box(room.x, room.bottom - 36, 148, 34)
        self.diagnose.dress = Dress.FILLED if self.page.is_puzzling else Dress.QUIET
        is_hovered = self.diagnose.box.holds(*self.frame.pointer)
        self.diagnose.draw(canvas, is_focused=False, is_hovered=is_hovered)
        if self.note:
            paragraph(canvas, self.note, room.x + 164, room.bottom - 36, room.w - 164, NOTE)

    def _draw_answers(self, canvas: Canvas, box: Box) -> None:
        room = draw_panel(canvas, box, "What can be done")
        case, self._answers = self.case, ()
        if case is None:
            return
        y = paragraph(canvas, case.words, room.x, room.y, room.w, BODY) + 12
        if not case.is_found:
            paragraph(canvas, NO_CAUSE, room.x, y, room.w, NOTE)
            return
        buttons: list[Button] = []
        for answer in case.answers:
            canvas.line((room.x, y), (room.right, y), "line")
            canvas.text(answer.title, room.x, y + 12, STRONG)
            if answer.is_command:
                words = "Take back" if answer.is_on else "Do it"
                button = Button(answer.name, Box(room.right - 104, y + 8, 104, 30), words)
                button.is_enabled = (case.number, answer.name) not in self._switched
                is_hovered = button.box.holds(*self.frame.pointer)
                button.draw(canvas, is_focused=False, is_hovered=is_hovered)
                buttons.append(button)
            else:
                canvas.text("a way of working", room.right, y + 13, NOTE, "right")
            y = paragraph(canvas, answer.words, room.x, y + 44, room.w, NOTE) + 12
        self._answers = tuple(buttons)
