"""Which card stands beside the action bar: an instrument at work, or what it has just found."""

from dataclasses import dataclass

from game.commands import ActivityKind
from game.events import Event, ProductStored
from game.rover.sequencer import Running
from game.state import Setup, State
from game.telemetry import all_products
from game.ui.boxes import Box, Page
from game.ui.canvas import Canvas
from game.ui.draw.cards import draw_air_card, draw_soil_card, draw_working
from game.ui.draw.hud import ACTIONS_W, MORE_W
from game.ui.facts.samples import (
    AirCurve,
    SoilResult,
    air_curve,
    covered_spans,
    soil_result,
    weather_spans,
)
from game.ui.kept_panels import KeptPanels
from game.ui.theme import load_theme
from game.ui.words import icon_of, name_of

CARD_W, CARD_H = 404.0, 208.0
AIR_S = 0.15  # the lines of the air are read anew this often
CARDED = frozenset({ActivityKind.SOIL, ActivityKind.AIR})


@dataclass(frozen=True, slots=True)
class Working:
    """An instrument at work."""

    kind: ActivityKind
    frac: float


Card = Working | SoilResult | AirCurve


def card_box(page: Page) -> Box:
    """Return the place of the card: right of the actions, or above them when there is no room."""
    x = page.w - 16 - CARD_W
    if x >= page.w / 2 + ACTIONS_W / 2 + MORE_W + 10:
        return Box(x, page.h - 136 - CARD_H, CARD_W, CARD_H)
    return Box(x, max(72.0, page.h - 208 - CARD_H), CARD_W, CARD_H)


class Cards:
    """Follows what instruments do. Mission time is read, never moved."""

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.card: Card | None = None
        self.age_s = 0.0
        self._air_s = AIR_S
        self._air_started = 0
        self._panels = KeptPanels()

    def close(self) -> None:
        """Take the card away."""
        self.card = None

    @property
    def is_fresh(self) -> bool:
        """Whether a result is so new that it should be read before the sol goes on."""
        is_result = isinstance(self.card, SoilResult)
        return is_result and self.age_s < load_theme().motion.reading_s

    def holds(self, page: Page, x: float, y: float) -> bool:
        """Say whether a result lies under a point."""
        is_result = self.card is not None and not isinstance(self.card, Working)
        return is_result and card_box(page).holds(x, y)

    def take(self, events: tuple[Event, ...], state: State) -> None:
        """Open the card of a sample that was just taken."""
        for event in events:
            if isinstance(event, ProductStored) and event.kind == ActivityKind.SOIL:
                product = next(p for p in all_products(state) if p.number == event.product)
                self.show(soil_result(self.setup, state, product))
            elif isinstance(event, ProductStored) and event.kind == ActivityKind.AIR:
                self._end_air(state)

    def show(self, card: Card | None) -> None:
        """Show a card from its beginning."""
        self.card, self.age_s = card, 0.0

    def update(self, frame_s: float, state: State, clock_s: float) -> None:
        """Follow the instrument at work; let a result grow old."""
        self.age_s += frame_s
        self._air_s += frame_s
        main = state.rover.sequencer.main
        if main is not None and main.activity.kind in CARDED and main.started_tick <= clock_s:
            self._follow(main, state, clock_s)
        elif isinstance(self.card, Working) or self.age_s > load_theme().motion.card_s:
            self.card = None

    def _follow(self, main: Running, state: State, clock_s: float) -> None:
        length_s = max(1, main.ends_tick - main.started_tick)
        frac = min(max((clock_s - main.started_tick) / length_s, 0.0), 1.0)
        if main.activity.kind is not ActivityKind.AIR:
            self.show(Working(main.activity.kind, round(frac, 2)))
            return
        self.age_s = 0.0
        if self._air_s >= AIR_S or not isinstance(self.card, AirCurve):
            self._air_s = 0.0
            self._air_started = main.started_tick
            spans = weather_spans(state)
            self.card = air_curve(self.setup, clock_s, main.started_tick, spans)

    def _end_air(self, state: State) -> None:
        """Let the ring close: what was amber is now part of the record."""
        if not isinstance(self.card, AirCurve):
            return
        spans = covered_spans(self.setup, weather_spans(state), self._air_started)
        hours = sum(last - first for first, last in spans)
        old = self.card
        self.show(AirCurve(old.pressure, old.wind, spans, False, hours, old.note))

    def draw(self, canvas: Canvas) -> None:
        """Draw the card, if there is one."""
        if self.card is None:
            return
        box = card_box(canvas.page)
        self._panels.begin()
        drawn, moved = self._stages()
        key = (self.card, drawn, moved)
        self._panels.draw(canvas, "card", box, key, lambda c, b: self._paint(c, b, drawn, moved))

    def _stages(self) -> tuple[float, float]:
        """Return how much of the spectrum is drawn, and how far the result has moved [0-1]."""
        if not isinstance(self.card, SoilResult):
            return 1.0, 1.0
        motion = load_theme().motion
        drawn = min(self.age_s / motion.spectrum_s, 1.0)
        part = min(max((self.age_s - motion.spectrum_s) / motion.odds_s, 0.0), 1.0)
        return round(drawn, 2), round(part * part * (3.0 - 2.0 * part), 2)

    def _paint(self, canvas: Canvas, box: Box, drawn: float, moved: float) -> None:
        match self.card:
            case SoilResult() as soil:
                draw_soil_card(canvas, box, soil, drawn, moved)
            case AirCurve() as air:
                draw_air_card(canvas, box, air)
            case Working(kind=kind, frac=frac):
                draw_working(
                    canvas,
                    Box(box.x, box.bottom - 48, box.w, 48),
                    icon_of(kind),
                    name_of(kind),
                    frac,
                )
