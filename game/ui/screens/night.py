"""The night in six seconds: the charge drawn from dusk to dawn, the box cooling beside it."""

import math

from game.contact import is_heard
from game.environment.clock import sol_of
from game.environment.sun import sun_times
from game.rover.power import charge_frac
from game.state import State
from game.telemetry import outside
from game.ui.boxes import Box
from game.ui.canvas import BODY, NOTE, TITLE, VALUE, Canvas, Look
from game.ui.day import Day, day_at
from game.ui.draw.plot import Axes, draw_band
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.pacing import night_frac
from game.ui.screen import Swap, Transition
from game.ui.screens.report import ReportScreen
from game.ui.words import clock_text, percent, percent_range, signed
from game.units import celsius

MID_PX_M = 12.0
PANEL_H = 268.0
SIDE, GUTTER, COLUMN_W = 16.0, 104.0, 264.0
HOUR_STEP = 2
RADIO_NOTE, FLOOR_NOTE = Look(12, "radio"), Look(12, "act")
DAWN_NOTE = Look(14, "accent", is_strong=True)
BOX_EDGE_C = 4.0  # above and below the curve of the warm box


class NightScreen:
    """Runs to first light; any key skips."""

    is_see_through = False  # the ground without the HUD
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.passed_s = 0.0
        flight = host.desk.flight
        self.start_tick = flight.state.tick
        self.dawn_tick = dawn_after(flight.state, host)
        self.day: Day = day_at(flight.session.setup.site, self.start_tick)
        self.charge: list[tuple[float, float]] = []
        self.box_c: list[tuple[float, float]] = []
        self.contacts: list[tuple[float, float]] = []
        self.forecast = host.desk.outlook.result
        self._rose = False
        self._note(flight.state)

    def handle(self, happening: Happening) -> Transition | None:
        """Skip to the morning on any key or click."""
        is_click = isinstance(happening, Pointed) and happening.is_click
        if is_click or (isinstance(happening, Pressed) and not happening.is_again):
            self.passed_s = self.host.desk.flight.spec.night_s
        return None

    def update(self, frame_s: float) -> Transition | None:
        """Let the night pass, slow at both ends."""
        flight = self.host.desk.flight
        if not self._rose:
            self._rose = True
            self.host.stage.camera.zoom_to(MID_PX_M)
        self.passed_s += min(frame_s, flight.spec.hitch_s)
        part = night_frac(flight.spec, self.passed_s)
        self._run_to(round(self.start_tick + (self.dawn_tick - self.start_tick) * part))
        audio = self.host.shell.audio
        audio.want("motor", 0.0)
        audio.want("wind", 0.35)
        audio.update(frame_s)
        self.host.stage.update(frame_s, is_driving=False)
        if self.passed_s < flight.spec.night_s and not flight.session.is_over:
            return None
        place = flight.state.rover.mobility
        self.host.stage.camera.go_home(place.x_m, place.y_m)
        return Swap(ReportScreen(self.host, is_morning=True))

    def draw(self, canvas: Canvas) -> None:
        """Draw the curve inside its band over the darkened ground."""
        self.host.draw_ground(canvas)
        page = canvas.page
        box = page.from_bottom(Box(SIDE, SIDE, page.w - 2 * SIDE, PANEL_H))
        canvas.panel(box, 0.88)
        state = self.host.desk.flight.state
        felt = outside(self.host.desk.flight.session.setup, state)
        wide = canvas.text(f"Night of sol {self.day.sol}", box.x + 20, box.y + 10, TITLE)
        canvas.text("any key skips to the morning", box.x + 36 + wide, box.y + 25, NOTE)
        canvas.text(clock_text(felt.lmst_h), box.right - 20, box.y + 10, TITLE, "right")
        right = box.right - COLUMN_W - 20
        self._draw_charge(canvas, Box(box.x + GUTTER, box.y + 76, right - box.x - GUTTER - 32, 148))
        self._draw_box(canvas, Box(right + 44, box.y + 76, box.right - 64 - right, 148))

    def _run_to(self, tick: int) -> None:
        flight = self.host.desk.flight
        while flight.state.tick < tick and not flight.session.is_over:
            self.host.desk.take(flight.go_on())
            self._note(flight.state)

    def _note(self, state: State) -> None:
        setup = self.host.desk.flight.session.setup
        hour = self.day.hour(state.tick)
        self.charge.append((hour, charge_frac(setup.rover.power, state.rover.power)))
        self.box_c.append((hour, celsius(state.rover.thermal.box_k)))
        if is_heard(setup, state.rover, state.tick) and len(self.charge) > 1:
            self.contacts = with_contact(self.contacts, self.charge[-2][0], hour)

    def _axes(self, box: Box, low: float, high: float) -> Axes:
        first_h, last_h = self.day.hour(self.start_tick), self.day.hour(self.dawn_tick)
        return Axes(box, low, high, first_h, last_h)

    def _draw_charge(self, canvas: Canvas, box: Box) -> None:
        axes = self._axes(box, 0.0, 1.0)
        floor = self.host.desk.run.opened.flight_rules.charge_floor_frac
        self._draw_hours(canvas, axes)
        self._draw_band(canvas, axes)
        for first, last in self.contacts:
            left = axes.x(first)
            canvas.fill(Box(left, box.y - 10, max(1.0, axes.x(last) - left), 6), "radio", 2)
        if self.contacts:
            canvas.text("orbiter in sight", axes.x(self.contacts[0][0]), box.y - 28, RADIO_NOTE)
        canvas.line((box.x, axes.y(floor)), (box.right, axes.y(floor)), "act")
        canvas.text(f"floor {percent(floor)}", box.x + 4, axes.y(floor) + 2, FLOOR_NOTE)
        points = axes.points(self.charge)
        canvas.curve(points, "text", 2)
        canvas.disc(points[-1], 4, "text")
        canvas.text("Charge", box.x - 84, box.y, BODY)
        canvas.text(percent(self.charge[-1][1]), box.x - 84, box.y + 18, TITLE)

    def _draw_band(self, canvas: Canvas, axes: Axes) -> None:
        """Draw what was foreseen at dusk, and the figure that counts at its end."""
        if self.forecast is None:
            return
        ahead = self.forecast
        rows = zip(ahead.tick, ahead.charge_low_frac, ahead.charge_frac, ahead.charge_high_frac,
                   strict=True)  # fmt: skip
        night = [
            (self.day.hour(float(tick)), float(low), float(mid), float(high))
            for tick, low, mid, high in rows
            if self.start_tick <= tick <= self.dawn_tick
        ]
        if not night:
            return
        draw_band(canvas, axes, [(hour, low, high) for hour, low, _, high in night])
        canvas.curve(axes.points([(hour, mid) for hour, _, mid, _ in night]), "accent", 1)
        words = f"dawn {percent_range(night[-1][1], night[-1][3])}"
        canvas.text(words, axes.box.right, axes.y(night[-1][3]) - 24, DAWN_NOTE, "right")

    def _draw_hours(self, canvas: Canvas, axes: Axes) -> None:
        hour = math.ceil(axes.first_h / HOUR_STEP) * HOUR_STEP
        while hour <= axes.last_h:
            x = axes.x(hour)
            canvas.line((x, axes.box.y), (x, axes.box.bottom + 4), "line")
            canvas.text(f"{hour % 24:02d}", x, axes.box.bottom + 8, NOTE, "middle")
            hour += HOUR_STEP

    def _draw_box(self, canvas: Canvas, box: Box) -> None:
        limit = celsius(self.host.desk.run.opened.flight_rules.box_floor_k)
        seen = [limit, *(value for _, value in self.box_c)]
        axes = self._axes(box, min(seen) - BOX_EDGE_C, max(seen) + BOX_EDGE_C)
        canvas.text("Warm box", box.x, box.y - 25, BODY)
        words = f"{signed(self.box_c[-1][1])} °C"
        canvas.text(words, box.right, box.y - 28, VALUE, "right")
        self._draw_hours(canvas, axes)
        points = axes.points(self.box_c)
        canvas.curve(points, "cool", 2)
        canvas.disc(points[-1], 3, "cool")
        canvas.line((box.x, axes.y(limit)), (box.right, axes.y(limit)), "act")
        canvas.text(f"limit {signed(limit)} °C", box.x + 4, axes.y(limit) + 2, FLOOR_NOTE)


def with_contact(
    contacts: list[tuple[float, float]], first_h: float, last_h: float
) -> list[tuple[float, float]]:
    """Return the contacts of a night with one more step of it; what goes on is one contact."""
    if contacts and contacts[-1][1] == first_h:
        return [*contacts[:-1], (contacts[-1][0], last_h)]
    return [*contacts, (first_h, last_h)]


def dawn_after(state: State, host: Host) -> int:
    """Return the tick of the next first light."""
    setup = host.desk.flight.session.setup
    sol = sol_of(setup.site, state.tick)
    for later in (sol, sol + 1):
        rise = sun_times(setup.site, later).rise_tick
        if rise is not None and rise > state.tick:
            return rise
    return state.tick + 1
