"""The morning report: what the night cost, what came home, and what this sol is about."""

from dataclasses import dataclass

from game.levels.level import BeatKind, StoryBeat
from game.mission.mission import SolRecord
from game.orbiting import worst_ahead
from game.rover.power import array_dust_frac, charge_frac
from game.telemetry import outside, score_of
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, TITLE, VALUE, Canvas, Look
from game.ui.day import day_at
from game.ui.facts.fates import day_words
from game.ui.goals import told_beats
from game.ui.host import Host
from game.ui.input import Happening, Pressed
from game.ui.model import newest_picture, outlook_text, passes_note
from game.ui.screen import Pop, Push, Swap, Transition
from game.ui.screens.help import HelpScreen
from game.ui.screens.page import draw_veil, wants_back
from game.ui.screens.plan import PlanScreen
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.form import Form
from game.ui.widgets.paragraph import paragraph
from game.ui.words import mbit, percent, signed
from game.ui.wrap import shortened
from game.units import SOL_S, celsius

WIDTH, HEIGHT = 920.0, 560.0
DAWN = Look(28, "accent", is_strong=True)
BEATS = {
    BeatKind.GOAL: ("Today", "flag", "accent"),
    BeatKind.GLIMPSE: ("Half seen", "look", "look"),
    BeatKind.THREAT: ("Threat", "warn", "act"),
    BeatKind.SURPRISE: ("News", "question", "radio"),
}
BOUNDS = {
    "energy": "Yesterday was limited by energy.",
    "data": "Yesterday was limited by the radio.",
    "time": "Yesterday was limited by daylight.",
}


FIRST_DAWN = "Heaters took the rest by night. Below the red mark, all work is switched off."
READY = "Go into it with a full battery and an empty memory."


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the report."""

    label: str
    value: str
    note: str


class ReportScreen:
    """One panel over the dawn; leads to the plan."""

    is_see_through = False  # the ground without the HUD
    most_scale_frac = 1.25

    def __init__(self, host: Host, *, is_morning: bool = False) -> None:
        self.host = host
        self.is_morning = is_morning
        nowhere = Box(0, 0, 0, 0)
        self.form = Form([
            Button("plan", nowhere, "Plan this sol", Dress.FILLED, size=14),
            Button("go", nowhere, "Go on", Dress.QUIET),
        ])  # fmt: skip

    def handle(self, happening: Happening) -> Transition | None:
        """Go to the plan, or back to the ground."""
        if wants_back(happening):
            return Pop()
        if isinstance(happening, Pressed) and happening.means("plan"):
            return self._plan()
        if isinstance(happening, Pressed) and happening.means("report"):
            return Pop()
        if isinstance(happening, Pressed) and happening.means("help"):
            return Push(HelpScreen(self.host.shell))
        signal = self.form.handle(happening)
        if signal is None:
            return None
        self.host.shell.audio.play("paper")
        return self._plan() if signal.name == "plan" else Pop()

    def update(self, frame_s: float) -> Transition | None:
        """Keep the sound and the forecast going; mission time stands still."""
        self.host.shell.audio.update(frame_s)
        self.host.stage.update(frame_s, is_driving=False)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw figures, beats and the way on."""
        self.host.draw_ground(canvas)
        draw_veil(canvas, 0.35)
        page = canvas.page
        box = Box((page.w - WIDTH) / 2, (page.h - HEIGHT) / 2, WIDTH, HEIGHT)
        canvas.panel(box, 0.95)
        desk = self.host.desk
        setup, state = desk.flight.session.setup, desk.flight.state
        sol = day_at(setup.site, desk.flight.clock_s).sol
        canvas.text(f"Morning of sol {sol}" if self.is_morning else f"Sol {sol}",
                    box.x + 28, box.y + 20, TITLE)  # fmt: skip
        canvas.text(setup.title, box.right - 28, box.y + 30, BODY, "right")
        self._draw_dawn(canvas, box)
        for k, figure in enumerate(self.figures()):
            self._draw_figure(canvas, box.x + 28 + 216 * k, box.y + 164, figure)
        y = box.y + 250
        for beat in self.beats():
            y = self._draw_beat(canvas, box, y, beat)
        score = f"Home so far {score_of(setup, state).total():,.0f}"
        canvas.text(score, box.x + 28, box.bottom - 44, STRONG)
        plan, go = self.form.widgets
        plan.box = Box(box.right - 28 - 160, box.bottom - 56, 160, 36)
        go.box = Box(plan.box.x - 128, box.bottom - 56, 112, 36)
        self.form.draw(canvas)

    def beats(self) -> tuple[StoryBeat, ...]:
        """Return the story of this morning; a storm that is likely is its threat."""
        desk = self.host.desk
        setup, state = desk.flight.session.setup, desk.flight.state
        sol = day_at(setup.site, desk.flight.clock_s).sol
        beats = told_beats(desk.run.opened.level, setup, state, sol)
        storm = worst_ahead(state.rover, sol)
        if storm is None or not storm.is_warned:
            return beats
        title = f"A storm is likely on sol {storm.sol} ({percent(storm.chance_frac)})"
        threat = StoryBeat(BeatKind.THREAT, title, sol, READY)
        rest = [beat for beat in beats if beat.kind is not BeatKind.THREAT]
        order = list(BeatKind)
        return tuple(sorted((*rest, threat), key=lambda beat: order.index(beat.kind)))

    def figures(self) -> tuple[Figure, ...]:
        """Return the four numbers under the dawn charge."""
        desk = self.host.desk
        setup, state = desk.flight.session.setup, desk.flight.state
        felt = outside(setup, state)
        night = _last(state.mission.records)
        low = min(state.mission.low_box_k, night.low_box_k if night else state.mission.low_box_k)
        home = night.meters.home_bit if night else 0
        wings = array_dust_frac(setup.rover.power, state.rover.power)
        return (
            Figure("Coldest box", f"{signed(celsius(low))} °C", "since yesterday"),
            Figure("Air", f"τ {felt.tau:.2f}", outlook_text(setup, state, felt.tau)),
            Figure("Wings", percent(wings), "of the light gets through"),
            Figure("Home", f"{mbit(home)} Mbit",
                   passes_note(setup, state, desk.flight.clock_s)),
        )  # fmt: skip

    def _draw_dawn(self, canvas: Canvas, box: Box) -> None:
        desk = self.host.desk
        setup, state = desk.flight.session.setup, desk.flight.state
        charge = charge_frac(setup.rover.power, state.rover.power)
        night = _last(state.mission.records)
        canvas.text("Dawn charge" if self.is_morning else "Charge", box.x + 28, box.y + 72, LABEL)
        canvas.text(percent(charge), box.x + 28, box.y + 88, DAWN)
        bar = Box(box.x + 128, box.y + 104, 240, 8)
        canvas.bar(bar, charge, "accent", setup.rover.bus.floor_frac)
        canvas.text(self.headline(charge, night), box.x + 400, box.y + 94, VALUE)
        if note := self._note(night):
            canvas.text(note, box.x + 400, box.y + 116, NOTE)
        words = self._plan_words()
        words = shortened(words, box.w - 428, lambda text: canvas.width(text, NOTE))
        canvas.text(words, box.x + 400, box.y + 133, NOTE)
        canvas.line((box.x + 28, box.y + 152), (box.right - 28, box.y + 152), "line")

    def _note(self, night: SolRecord | None) -> str:
        """Return what stood in the way yesterday; on the first morning, what the number means."""
        setup, state = self.host.desk.flight.session.setup, self.host.desk.flight.state
        is_first = state.tick - setup.opening_tick < 1.5 * SOL_S
        if self.is_morning and is_first and self.host.shell.settings.has_hints:
            return FIRST_DAWN
        if night is not None and night.bound in BOUNDS and has_worked(night):
            return BOUNDS[night.bound]
        return ""

    def _plan_words(self) -> str:
        """Say what became of yesterday's plan; later in a day, of what it has done so far."""
        flight = self.host.desk.flight
        first = day_at(flight.session.setup.site, flight.clock_s).first_tick
        span = (first - round(SOL_S), first) if self.is_morning else (first, flight.state.tick + 1)
        return day_words(flight.ended(), span)

    def headline(self, charge: float, night: SolRecord | None) -> str:
        """Return the one sentence of this morning."""
        floor = self.host.desk.run.opened.flight_rules.charge_floor_frac
        picture = newest_picture(self.host.desk.flight.state)
        if charge < floor:
            return "The night took too much. Let the Sun work first."
        if charge < floor + 0.1:
            return "Just enough was left. Spend little before noon."
        if night is not None and night.meters.home_bit > 0:
            return f"{mbit(night.meters.home_bit)} Mbit reached Earth."
        if picture is not None:
            return "A quiet night; yesterday's picture waits for the orbiter."
        return "A quiet night."

    def _draw_figure(self, canvas: Canvas, x: float, y: float, figure: Figure) -> None:
        canvas.text(figure.label, x, y, LABEL)
        canvas.text(figure.value, x, y + 16, VALUE)
        canvas.text(figure.note, x, y + 42, NOTE)

    def _draw_beat(self, canvas: Canvas, box: Box, y: float, beat: StoryBeat) -> float:
        word, icon, token = BEATS[beat.kind]
        canvas.icon(icon, box.x + 28, y, token)
        canvas.text(word, box.x + 58, y + 2, LABEL)
        canvas.text(beat.title, box.x + 148, y, STRONG)
        if beat.text:
            text = " ".join(beat.text.split())
            return paragraph(canvas, text, box.x + 148, y + 22, box.w - 190, BODY) + 12
        return y + 36

    def _plan(self) -> Transition:
        return Swap(PlanScreen(self.host))


def has_worked(night: SolRecord) -> bool:
    """Say whether anything was tried: a sol of rest was limited by nothing."""
    return night.meters.working_s > 0.0 or night.bound == "data"


def _last(records: tuple[SolRecord, ...]) -> SolRecord | None:
    return records[-1] if records else None
