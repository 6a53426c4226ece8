"""The end of a mission: what was reached, or the chain of causes that ended it."""

from game.events import Outcome
from game.telemetry import readings, score_of
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, TITLE, VALUE, Canvas
from game.ui.day import day_at
from game.ui.host import Host
from game.ui.input import Happening, Pressed, Wheeled
from game.ui.screen import Home, Pop, Transition
from game.ui.screens.help import back_or_help
from game.ui.screens.page import draw_veil
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form
from game.ui.widgets.paragraph import paragraph
from game.ui.words import mbit, typeset

WIDTH, HEIGHT = 920.0, 560.0
GOAL_ROW, FOOT_H = 24.0, 76.0
TITLES = {
    None: "The mission is not over",
    Outcome.SUCCESS: "Mission accomplished",
    Outcome.PARTIAL: "The mission is over",
    Outcome.LOSS: "The rover is lost",
}


class EndScreen:
    """Score on the left, goals and causes on the right."""

    is_see_through = True
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.first_goal, self.shown_goals = 0, 1
        nowhere = Box(0, 0, 0, 0)
        self.form = Form([
            Button("title", nowhere, "To the title", Dress.FILLED),
            Button("stay", nowhere, "Look around", Dress.QUIET),
        ])  # fmt: skip

    def handle(self, happening: Happening) -> Transition | None:
        """Leave, or stay and look."""
        if (way := back_or_help(self.host.shell, happening)) is not None:
            return way
        if (rows := _rows(happening)) != 0:
            self._scroll(rows)
            return None
        signal = self.form.handle(happening)
        if signal is None:
            return None
        if signal.name == "stay":
            return Pop()
        return Home()

    def _scroll(self, rows: int) -> None:
        """Go on in the list of goals."""
        goals = len(self.host.desk.flight.session.setup.mission.objectives)
        self.first_goal = max(0, min(self.first_goal + rows, goals - self.shown_goals))

    def update(self, frame_s: float) -> Transition | None:
        """Let the loops fade."""
        self.host.shell.audio.hush()
        self.host.shell.audio.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the page."""
        draw_veil(canvas, 0.75)
        page = canvas.page
        box = Box((page.w - WIDTH) / 2, (page.h - HEIGHT) / 2, WIDTH, HEIGHT)
        canvas.panel(box, 0.96)
        desk = self.host.desk
        setup, state = desk.flight.session.setup, desk.flight.state
        outcome = state.mission.outcome
        icon, token = ("warn", "act") if outcome is Outcome.LOSS else ("flag", "accent")
        canvas.icon(icon, box.x + 28, box.y + 24, token, 28)
        canvas.text(TITLES[outcome], box.x + 68, box.y + 20, TITLE)
        sol = min(day_at(setup.site, state.tick).sol, setup.mission.sols)
        words = f"{setup.title}, sol {sol} of {setup.mission.sols}, seed {setup.seed}"
        canvas.text(words, box.x + 68, box.y + 60, BODY)
        self._draw_score(canvas, box)
        self._draw_goals(canvas, box, self._draw_chain(canvas, box) + 10)
        title, stay = self.form.widgets
        title.box = Box(box.right - 188, box.bottom - 56, 160, 36)
        stay.box = Box(title.box.x - 156, box.bottom - 56, 140, 36)
        self.form.draw(canvas)

    def _draw_score(self, canvas: Canvas, box: Box) -> None:
        flight = self.host.desk.flight
        setup, state = flight.session.setup, flight.state
        score = score_of(setup, state)
        parts = (
            ("Science", score.science, setup.score.science_max),
            ("Exploration", score.exploration, setup.score.exploration_max),
            ("Air record", score.atmosphere, setup.score.atmosphere_max),
            ("Operations", score.operations, setup.score.operations_max),
            ("Survival", score.survival, setup.score.survival_max),
        )
        x, y = box.x + 28, box.y + 108
        canvas.text("Score", x, y, LABEL)
        canvas.text(f"{score.total():,.0f}", x + 300, y - 6, VALUE, "right")
        for name, points, most in parts:
            y += 42
            canvas.text(name, x, y, BODY)
            canvas.text(f"{points:,.0f}", x + 300, y, STRONG, "right")
            canvas.bar(Box(x, y + 22, 300, 5), points / most, "accent")
        values = readings(setup, state)
        facts = f"{values['odometer_m']:.0f} m driven, {mbit(values['home_bit'])} Mbit home"
        canvas.text(facts, x, y + 44, NOTE)

    def _draw_chain(self, canvas: Canvas, box: Box) -> float:
        causes = self.host.desk.flight.state.mission.causes
        x, y, wide = box.x + 380, box.y + 108, box.w - 408
        canvas.text("Why", x, y, LABEL)
        y += 26
        for number, cause in enumerate(causes):
            canvas.disc((x + 6, y + 9), 4, "act" if number == 0 else "quiet")
            bottom = paragraph(canvas, typeset(cause), x + 24, y, wide - 24, BODY) + 8
            if number + 1 < len(causes):
                canvas.line((x + 6, y + 18), (x + 6, bottom + 2), "line", 2)
            y = bottom
        return y

    def _draw_goals(self, canvas: Canvas, box: Box, y: float) -> None:
        """Draw as many goals as there is room for; the rest are counted, and scroll in."""
        mission = self.host.desk.flight.state.mission
        goals = self.host.desk.flight.session.setup.mission.objectives
        met = {name for name, _ in mission.met}
        x = box.x + 380
        canvas.text(f"Goals: {len(met)} of {len(goals)} reached", x, y, LABEL)
        rows = max(2, int((box.bottom - FOOT_H - y) / GOAL_ROW) - 1)
        self.shown_goals = len(goals) if len(goals) <= rows else rows - 1
        self._scroll(0)
        last = self.first_goal + self.shown_goals
        for goal in goals[self.first_goal : last]:
            y += GOAL_ROW
            is_met = goal.name in met
            canvas.icon("check" if is_met else "close", x, y, "safe" if is_met else "faint", 16)
            canvas.text(goal.title, x + 24, y, BODY)
        rest = len(goals) - self.shown_goals
        if rest > 0:
            below = len(goals) - last
            words = f"and {below} more below" if below else f"and {rest} more above"
            canvas.text(words, x + 24, y + GOAL_ROW, NOTE)


def _rows(happening: Happening) -> int:
    """Return how far the list of goals is to go on."""
    match happening:
        case Wheeled(steps=steps):
            return -steps
        case Pressed() if happening.means("forward", "palette_up"):
            return -1
        case Pressed() if happening.means("backward", "palette_down"):
            return 1
    return 0
