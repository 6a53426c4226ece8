"""Science: histories and their odds, the evidence, samples with errors, and the weather record."""

from game.rover.records import FilterRecord, InfraredSample, SoilSample
from game.rover.soundings import FieldSample, RadarProfile
from game.rover.storage import Product
from game.telemetry import all_products
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, Canvas, Look
from game.ui.draw.cards import draw_bar, draw_infrared, draw_laser
from game.ui.draw.soundings import draw_field, draw_filters, draw_radar
from game.ui.draw.weather import draw_weather
from game.ui.facts.evidence import UnitPage, sample_lines, unit_pages
from game.ui.facts.samples import Odds, SoilResult, infrared_bars, soil_result
from game.ui.facts.spectrum import infrared_curve
from game.ui.facts.weather import hours_covered, sessions
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed, Wheeled
from game.ui.screen import Transition
from game.ui.screens.frame import GAP, Frame, draw_panel
from game.ui.widgets.list import ListBox, Row
from game.ui.widgets.paragraph import paragraph
from game.ui.wrap import shortened, wrapped

LEFT_FRAC, MIDDLE_FRAC = 0.33, 0.37
PLOT_H = 350.0
ODDS_ROW, SIGN_ROW, NOTE_ROW, LIST_ROW = 30.0, 34.0, 15.0, 40.0
NO_SAMPLE = "No soil sample yet: Soil on the action bar shoots the laser at the ground ahead."
SEEN = Look(14, "accent", is_strong=True)


class ScienceScreen:
    """Three columns: what to believe, what was measured, what the air did."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.frame = Frame(host, "science")
        flight = host.desk.flight
        self.setup, self.state = flight.session.setup, flight.state
        self.units = unit_pages(self.setup, self.state)
        self.unit = 0
        self.lines = sample_lines(self.state)
        rows = [Row(str(line.number), line.title, line.note) for line in self.lines]
        self.list = ListBox("samples", Box(0, 0, 0, 0), rows)
        self.air = sessions(self.setup, self.state)
        self._results: dict[int, SoilResult | None] = {}
        self._arrows = (Box(0, 0, 0, 0), Box(0, 0, 0, 0))

    def handle(self, happening: Happening) -> Transition | None:
        """Choose a unit or a sample."""
        match happening:
            case Pressed() if happening.means("later", "right"):
                self._turn(1)
            case Pressed() if happening.means("earlier", "left"):
                self._turn(-1)
            case Pressed():
                self.list.handle(happening)
            case Wheeled():
                self.list.handle(happening)
            case Pointed() if happening.is_click:
                self._click(happening)
        return self.frame.handle(happening)

    def update(self, frame_s: float) -> Transition | None:
        """Keep the room going."""
        self.frame.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the three columns."""
        area = self.frame.draw(canvas)
        left = Box(area.x, area.y, area.w * LEFT_FRAC, area.h)
        middle = Box(left.right + GAP, area.y, area.w * MIDDLE_FRAC, area.h)
        right = Box(middle.right + GAP, area.y, area.right - middle.right - GAP, area.h)
        self._draw_unit(canvas, left, self.units[self.unit])
        self._draw_samples(canvas, middle)
        hours = hours_covered(self.air)
        note = f"{hours} of 24 hours at home"
        room = draw_panel(canvas, right, "Weather record", note)
        draw_weather(canvas, room, self.air)

    def _turn(self, step: int) -> None:
        self.unit = (self.unit + step) % len(self.units)

    def _click(self, pointed: Pointed) -> None:
        for step, arrow in zip((-1, 1), self._arrows, strict=True):
            if arrow.holds(pointed.x, pointed.y):
                self._turn(step)
        self.list.handle(pointed)

    def _draw_unit(self, canvas: Canvas, box: Box, page: UnitPage) -> None:
        count = len(self.units)
        note = f"{self.unit + 1} of {count}" if count > 1 else ""
        room = draw_panel(canvas, box, "The past of water", note)
        self._arrows = (Box(0, 0, 0, 0), Box(0, 0, 0, 0))
        if count > 1:
            x = box.right - 84 - canvas.width(note, NOTE)
            self._arrows = (Box(x, box.y + 8, 26, 26), Box(x + 28, box.y + 8, 26, 26))
            canvas.icon("back", x + 3, box.y + 11, "text")
            canvas.icon("more", x + 31, box.y + 11, "text")
        canvas.text(page.title, room.x, room.y - 4, LABEL)
        y = room.y + 22
        for one in page.odds:
            self._draw_history(canvas, Box(room.x, y, room.w, ODDS_ROW), one)
            y += ODDS_ROW
        y = paragraph(canvas, page.claim, room.x, y + 8, room.w, STRONG)
        canvas.text(page.gained, room.x, y, NOTE)
        y += 30
        canvas.line((room.x, y - 8), (room.right, y - 8), "line")
        canvas.text("Signs", room.x, y, LABEL)
        canvas.text("seen / looked for", room.right, y, NOTE, "right")
        y += 22
        for sign in page.signs:
            is_seen = sign.seen_count > 0
            other = f"or else: {sign.otherwise}" if is_seen else "not there so far"
            lines = wrapped(other, room.w - 8, lambda w: canvas.width(w, NOTE))
            if y + SIGN_ROW + NOTE_ROW * (len(lines) - 1) > room.bottom + 4:
                break
            words = f"{sign.seen_count} / {sign.looked_count}"
            canvas.text(words, room.right, y, SEEN if is_seen else BODY, "right")
            title = sign.title[:1].upper() + sign.title[1:]
            fits = shortened(title, room.w - 56, lambda w: canvas.width(w, STRONG))
            canvas.text(fits, room.x, y, STRONG if is_seen else BODY)
            for k, line in enumerate(lines):
                canvas.text(line, room.x, y + 17 + NOTE_ROW * k, NOTE)
            y += SIGN_ROW + 4 + NOTE_ROW * (len(lines) - 1)

    @staticmethod
    def _draw_history(canvas: Canvas, box: Box, one: Odds) -> None:
        has_risen = one.after > one.before + 0.005
        look = STRONG if has_risen else BODY
        canvas.text(one.title[:1].upper() + one.title[1:], box.x, box.y, look)
        canvas.text(f"{100 * one.after:.0f} %", box.right, box.y, look, "right")
        track = Box(box.x, box.y + 20, box.w, 5)
        canvas.bar(track, one.after, "accent" if has_risen else "quiet")
        at = track.x + track.w * one.before
        canvas.line((at, track.y - 3), (at, track.bottom + 2), "text", 1)

    def _draw_samples(self, canvas: Canvas, box: Box) -> None:
        home = sum(line.is_home for line in self.lines)
        note = f"{len(self.lines)}, {home} home" if self.lines else ""
        room = draw_panel(canvas, box, "Measurements", note)
        if not self.lines:
            paragraph(canvas, NO_SAMPLE, room.x, room.y, room.w, BODY)
            return
        line = self.lines[self.list.chosen]
        low = room.bottom - PLOT_H
        self.list.box = Box(room.x - 8, room.y - 2, room.w + 16, low - room.y - 16)
        self.list.row_height = self.list.box.h / max(1, self.list.box.h // LIST_ROW)
        self.list.draw(canvas, is_focused=False, is_hovered=False)
        canvas.line((room.x, low - 10), (room.right, low - 10), "line")
        self._draw_record(canvas, Box(room.x, low, room.w, PLOT_H), line.number)

    def _draw_record(self, canvas: Canvas, box: Box, number: int) -> None:
        """Draw the plot that belongs to the kind of a measurement."""
        product = next(p for p in all_products(self.state) if p.number == number)
        match product.record:
            case SoilSample():
                self._draw_soil(canvas, box, product)
            case InfraredSample() as record:
                y = box.y
                for bar in infrared_bars(self.setup, record):
                    draw_bar(canvas, Box(box.x, y, box.w, 22), bar, 1.0)
                    y += 22
                curve = infrared_curve(record, number)
                draw_infrared(canvas, Box(box.x, y + 20, box.w, box.bottom - y - 40), curve, 1.0)
            case RadarProfile() as record:
                draw_radar(canvas, box, record)
            case FieldSample() as record:
                draw_field(canvas, box, record)
            case FilterRecord() as record:
                draw_filters(canvas, box, record)

    def _draw_soil(self, canvas: Canvas, box: Box, product: Product) -> None:
        result = self._result(product)
        if result is None:
            return
        y = box.y
        for bar in result.bars:
            draw_bar(canvas, Box(box.x, y, box.w, 17), bar, 1.0)
            y += 17
        draw_laser(canvas, Box(box.x, y + 12, box.w, 96), result.laser, 1.0)
        draw_infrared(canvas, Box(box.x, y + 134, box.w, box.bottom - y - 150), result.infrared,
                      1.0)  # fmt: skip

    def _result(self, product: Product) -> SoilResult | None:
        if product.number not in self._results:
            self._results[product.number] = soil_result(self.setup, self.state, product)
        return self._results[product.number]
