"""Power: what draws, what can be shed, and how long that buys."""

from game.commands import UplinkPlan
from game.mission.plan import without
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, NOTE, STRONG, Canvas, Look
from game.ui.day import day_at
from game.ui.draw.plot import Axes, draw_band, draw_daylight, draw_hours
from game.ui.facts.power import LoadRow, PowerPage, ShedRow, power_page
from game.ui.flight import TrailPoint
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.model_strip import ahead
from game.ui.screen import Transition
from game.ui.screens.by_hand import PANEL_H, ByHand
from game.ui.screens.frame import GAP, Frame, draw_panel, three_columns
from game.ui.widgets.button import Button, Dress
from game.ui.widgets.paragraph import paragraph
from game.ui.words import percent, percent_range, signed
from game.ui.wrap import shortened

LEFT_W, RIGHT_W, SHED_ROW = 368.0, 304.0, 44.0
CHARGE = "Charge"
ROW, FACT_ROW, LEAST_PART = 30.0, 26.0, 0.76  # rows move closer on a low page
NOWHERE = Box(0, 0, 0, 0)
MOST_H = 1000.0
HEADS_H = 92.0  # heads, lines and the note between the rows
NO_SHED = "Nothing is planned that could be left out."
SHED_NOTE = "Leaving one out buys the hours it shows, asleep, above the floor."
DAWN, SUN, USE = Look(14, "accent", is_strong=True), "accent", "look"


class PowerScreen:
    """Loads on the left, the sol in the middle, on the right what could go, and by hand."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.frame = Frame(host, "power")
        flight = host.desk.flight
        self.setup, self.session = flight.session.setup, flight.session
        self.day = day_at(self.setup.site, flight.clock_s)
        self.plan = flight.state.rover.sequencer.plan
        self.page: PowerPage = self._read()
        self.chosen = 0
        self.hand = ByHand(host)
        self.note = ""
        self._rows: tuple[Box, ...] = ()
        self.button = Button("leave_out", NOWHERE, "Leave it out", Dress.QUIET, "bin")

    def handle(self, happening: Happening) -> Transition | None:
        """Choose what could go, and leave it out."""
        match happening:
            case Pressed() if self.hand.press(happening):
                return None
            case Pressed() if happening.means("backward", "forward"):
                step = 1 if happening.means("backward") else -1
                self.chosen = min(max(self.chosen + step, 0), max(0, len(self.page.shed) - 1))
            case Pressed(is_again=False) if happening.means("delete", "confirm"):
                self.leave_out()
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
        self._draw_loads(canvas, left)
        self._draw_sol(canvas, middle)
        shed = Box(right.x, right.y, right.w, right.h - PANEL_H - GAP)
        self._draw_shed(canvas, shed)
        hand = Box(right.x, shed.bottom + GAP, right.w, PANEL_H)
        self.hand.draw(canvas, hand, self.frame.pointer)

    def leave_out(self) -> None:
        """Send the plan without the chosen activity."""
        if not self.page.shed:
            return
        row = self.page.shed[self.chosen]
        self.plan = without(self.plan, row.number)
        self.host.desk.issue(UplinkPlan(self.plan))
        self.host.shell.audio.play("paper")
        self.note = f"{row.title} is left out: {row.used_wh:.0f} Wh stay in the battery."
        shed = tuple(one for one in self.page.shed if one.number != row.number)
        self.page = PowerPage(self.page.loads, shed, self.page.facts)
        self.chosen = min(self.chosen, max(0, len(shed) - 1))

    def _read(self) -> PowerPage:
        flight = self.host.desk.flight
        return power_page(self.setup, self.session.previous, self.session.state, flight.clock_s)

    def _click(self, x: float, y: float) -> None:
        self.hand.click(x, y)
        for k, row in enumerate(self._rows):
            if row.holds(x, y):
                self.chosen = k
        if self.button.is_enabled and self.button.box.holds(x, y):
            self.leave_out()

    def _draw_loads(self, canvas: Canvas, box: Box) -> None:
        power = self.session.state.rover.power
        note = f"{signed(power.in_w - power.out_w)} W"
        room = draw_panel(canvas, box, "What draws", note)
        columns = (room.x + 172, room.x + 222, room.right - 58, room.right)
        heads = ("now, W", "today", "yesterday", "buys")
        for x, words in zip(columns, heads, strict=True):
            canvas.text(words, x, room.y - 4, NOTE, "right")
        most = max([row.yesterday_wh for row in self.page.loads] + [1e-9])
        y, part = room.y + 18, self._closeness(room.h)
        for row in self.page.loads:
            self._draw_load(canvas, Box(room.x, y, room.w, ROW * part), columns, row, most)
            y += ROW * part
        canvas.line((room.x, y + 2), (room.right, y + 2), "line")
        totals = (
            sum(row.now_w for row in self.page.loads),
            sum(row.today_wh for row in self.page.loads),
            sum(row.yesterday_wh for row in self.page.loads),
        )
        canvas.text("Together", room.x + 28, y + 10, BODY)
        for x, total in zip(columns, totals, strict=False):
            canvas.text(f"{total:,.0f}", x, y + 10, STRONG, "right")
        y += 18 + 26 * part
        words = "Energy in Wh. Buys: how much longer the battery alone would last without it."
        y = paragraph(canvas, words, room.x, y, room.w, NOTE) + 10
        canvas.line((room.x, y), (room.right, y), "line")
        y += 12
        for label, value in self.page.facts:
            canvas.text(label, room.x, y, BODY)
            canvas.text(value, room.right, y, STRONG, "right")
            y += FACT_ROW * part

    def _closeness(self, room_h: float) -> float:
        """Return how far rows must move together to fit, as a part of their usual height."""
        rows_h = ROW * len(self.page.loads) + FACT_ROW * (len(self.page.facts) + 1)
        return min(1.0, max(LEAST_PART, (room_h - HEADS_H) / rows_h))

    @staticmethod
    def _draw_load(
        canvas: Canvas, box: Box, columns: tuple[float, ...], row: LoadRow, most: float
    ) -> None:
        is_on = row.now_w > 0.05
        y = box.y + (box.h - 22) / 2
        canvas.icon(row.icon, box.x - 2, y - 1, "accent" if is_on else "quiet")
        look = STRONG if is_on else BODY
        name = shortened(row.name, columns[0] - box.x - 66, lambda words: canvas.width(words, look))
        canvas.text(name, box.x + 28, y, look)
        canvas.bar(Box(box.x + 28, box.bottom - 6, box.w - 28, 2), row.yesterday_wh / most, "quiet")
        buys = f"+{row.buys_h:.0f} h" if 0.5 <= row.buys_h < MOST_H else "–"
        values = (f"{row.now_w:.0f}", f"{row.today_wh:,.0f}", f"{row.yesterday_wh:,.0f}", buys)
        for x, words in zip(columns, values, strict=True):
            canvas.text(words, x, y, STRONG if x == columns[0] else BODY, "right")

    def _draw_sol(self, canvas: Canvas, box: Box) -> None:
        desk = self.host.desk
        now_h = self.day.hour(desk.flight.clock_s)
        room = draw_panel(canvas, box, f"Sol {self.day.sol}")
        high = (room.h - 70) / 2
        plot = Box(room.x + 40, room.y + 24, room.w - 48, high - 8)
        lower = Box(plot.x, plot.bottom + 40, plot.w, high - 14)
        axes, powers = Axes(plot, 0.0, 1.0), Axes(lower, 0.0, self._most_w())
        draw_hours(canvas, axes, room.y - 6, lower.bottom)
        draw_daylight(canvas, axes, room.y + 12, self.day.rise_h, self.day.set_h)
        self._draw_charge(canvas, axes)
        self._draw_powers(canvas, powers)
        x = axes.x(now_h)
        for top, foot in ((plot.y - 4, plot.bottom), (lower.y, lower.bottom)):
            canvas.line((x, top), (x, foot), "accent", 2)  # words between the plots stay clear

    def _draw_charge(self, canvas: Canvas, axes: Axes) -> None:
        desk, plot = self.host.desk, axes.box
        floor = desk.run.opened.flight_rules.charge_floor_frac
        canvas.text(CHARGE, self._clear_x(canvas, axes), plot.bottom - 20, LABEL)
        for value in (0.0, floor, 1.0):
            canvas.text(percent(value).split(" ")[0], plot.x - 6, axes.y(value) - 8, NOTE, "right")
        curve = ahead(desk.outlook.result, self.day)
        draw_band(canvas, axes, [(hour, low, top) for hour, _, low, top in curve])
        canvas.line((plot.x, axes.y(floor)), (plot.right, axes.y(floor)), "act")
        past = [(self.day.hour(p.tick), p.charge_frac) for p in self._trail()]
        canvas.curve(axes.points(past), "text", 2)
        canvas.curve(axes.points([(hour, mid) for hour, mid, _, _ in curve]), "accent", 2)
        if curve:
            words = f"dawn {percent_range(curve[-1][2], curve[-1][3])}"
            y = min(axes.y(curve[-1][2]) + 6, plot.bottom - 24)
            canvas.text(words, plot.right, y, DAWN, "right")

    def _clear_x(self, canvas: Canvas, axes: Axes) -> float:
        """Return where the word of a plot begins: on the left, or past the line of now."""
        left, now = axes.box.x + 6, axes.x(self.day.hour(self.host.desk.flight.clock_s))
        is_crossed = left - 6 < now < left + canvas.width(CHARGE, LABEL) + 6
        return now + 6 if is_crossed else left

    def _draw_powers(self, canvas: Canvas, axes: Axes) -> None:
        plot = axes.box
        trail = self._trail()
        canvas.line((plot.x, plot.bottom), (plot.right, plot.bottom), "line")
        for watts in (100, 200, 300, 400):
            if watts < axes.high:
                canvas.line((plot.x, axes.y(watts)), (plot.right, axes.y(watts)), "line")
                canvas.text(f"{watts}", plot.x - 6, axes.y(watts) - 8, NOTE, "right")
        hours = [self.day.hour(p.tick) for p in trail]
        made = axes.points(list(zip(hours, (p.in_w for p in trail), strict=True)))
        used = axes.points(list(zip(hours, (p.out_w for p in trail), strict=True)))
        if len(made) > 1:
            canvas.area([*made, (made[-1][0], plot.bottom), (made[0][0], plot.bottom)], "band")
        canvas.curve(made, SUN, 2)
        canvas.curve(used, USE, 2)
        canvas.text("Power, W", plot.x + 6, plot.y - 22, LABEL)
        if len(made) < 2:
            words = "nothing recorded yet"
            canvas.text(words, plot.x + plot.w / 2, plot.y + plot.h / 2 - 8, NOTE, "middle")
        x = plot.right
        for words, token in (("used", USE), ("made by the wings", SUN)):
            x -= canvas.width(words, NOTE)
            canvas.text(words, x, plot.y - 22, NOTE)
            canvas.fill(Box(x - 16, plot.y - 18, 10, 10), token, 2)
            x -= 32

    def _trail(self) -> list[TrailPoint]:
        first, last = self.day.first_tick, self.day.last_tick
        return [p for p in self.host.desk.flight.trail if first <= p.tick <= last]

    def _most_w(self) -> float:
        return max([150.0, *(max(p.in_w, p.out_w) for p in self._trail())]) * 1.1

    def _draw_shed(self, canvas: Canvas, box: Box) -> None:
        room = draw_panel(canvas, box, "What can be shed")
        self.button.is_enabled = bool(self.page.shed)
        self._rows = ()
        if not self.page.shed:
            y = paragraph(canvas, self.note or NO_SHED, room.x, room.y, room.w, BODY)
            return
        rows, y = [], room.y
        for k, row in enumerate(self.page.shed):
            if y + SHED_ROW > room.bottom - 104:
                break
            place = Box(room.x - 8, y, room.w + 16, SHED_ROW - 4)
            rows.append(place)
            self._draw_shed_row(canvas, place, row, is_chosen=k == self.chosen)
            y += SHED_ROW
        self._rows = tuple(rows)
        self.button.box = Box(room.x, y + 8, 150, 32)
        self.button.draw(canvas, is_focused=False,
                         is_hovered=self.button.box.holds(*self.frame.pointer))  # fmt: skip
        paragraph(canvas, self.note or SHED_NOTE, room.x, y + 52, room.w, NOTE)

    @staticmethod
    def _draw_shed_row(canvas: Canvas, box: Box, row: ShedRow, *, is_chosen: bool) -> None:
        if is_chosen:
            canvas.fill(box, "accent_dim", 4)
            canvas.fill(Box(box.x, box.y, 3, box.h), "accent", 1)
        canvas.icon(row.icon, box.x + 10, box.y + 9, "quiet")
        canvas.text(row.title, box.x + 40, box.y + 1, STRONG)
        canvas.text(row.note, box.x + 40, box.y + 20, NOTE)
        canvas.text(f"{row.used_wh:.0f} Wh", box.right - 8, box.y + 1, STRONG, "right")
        canvas.text(f"+{row.buys_h:.1f} h", box.right - 8, box.y + 20, NOTE, "right")
