"""The night in six seconds: the charge drawn from dusk to dawn, the box cooling beside it."""

from game.environment.clock import sol_of
from game.environment.sun import sun_times
from game.rover.power import charge_frac
from game.state import State
from game.telemetry import has_pass, outside
from game.ui.boxes import Box
from game.ui.canvas import BODY, LABEL, TITLE, VALUE, Canvas
from game.ui.day import Day, day_at
from game.ui.draw.plot import Axes, draw_band
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.pacing import night_frac
from game.ui.screen import Swap, Transition
from game.ui.screens.report import ReportScreen
from game.ui.words import clock_text, percent, signed
from game.units import celsius

MID_PX_M = 12.0
PANEL_W, PANEL_H = 760.0, 250.0
BOX_EDGE_C = 4.0  # above and below the curve of the warm box


class NightScreen:
    """Runs to first light; any key skips."""

    is_see_through = False  # the ground without the HUD
    most_scale_frac = 1.0

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
        box = Box((page.w - PANEL_W) / 2, page.h - PANEL_H - 48, PANEL_W, PANEL_H)
        canvas.panel(box, 0.86)
        state = self.host.desk.flight.state
        felt = outside(self.host.desk.flight.session.setup, state)
        canvas.text(f"Night of sol {self.day.sol}", box.x + 20, box.y + 12, VALUE)
        canvas.text(clock_text(felt.lmst_h), box.right - 20, box.y + 8, TITLE, "right")
        self._draw_charge(canvas, Box(box.x + 76, box.y + 56, 430, 150))
        self._draw_box(canvas, Box(box.x + 560, box.y + 56, 160, 150))
        canvas.text("any key skips to the morning", box.x + 20, box.bottom - 28, LABEL)

    def _run_to(self, tick: int) -> None:
        flight = self.host.desk.flight
        while flight.state.tick < tick and not flight.session.is_over:
            self.host.desk.take(flight.run_to(flight.state.tick + 1))
            self._note(flight.state)

    def _note(self, state: State) -> None:
        setup = self.host.desk.flight.session.setup
        hour = self.day.hour(state.tick)
        self.charge.append((hour, charge_frac(setup.rover.power, state.rover.power)))
        self.box_c.append((hour, celsius(state.rover.thermal.box_k)))
        if has_pass(setup, state.tick) and len(self.charge) > 1:
            self.contacts.append((self.charge[-2][0], hour))

    def _axes(self, box: Box, low: float, high: float) -> Axes:
        first_h, last_h = self.day.hour(self.start_tick), self.day.hour(self.dawn_tick)
        return Axes(box, low, high, first_h, last_h)

    def _draw_charge(self, canvas: Canvas, box: Box) -> None:
        axes = self._axes(box, 0.0, 1.0)
        floor = self.host.desk.run.opened.flight_rules.charge_floor_frac
        if self.forecast is not None:
            rows = zip(self.forecast.tick, self.forecast.charge_low_frac,
                       self.forecast.charge_high_frac, strict=True)  # fmt: skip
            band = [
                (self.day.hour(float(tick)), float(low), float(high))
                for tick, low, high in rows
                if self.start_tick <= tick <= self.dawn_tick
            ]
            draw_band(canvas, axes, band)
        for first, last in self.contacts:
            left = axes.x(first)
            canvas.fill(Box(left, box.y - 8, max(1.0, axes.x(last) - left), 4), "radio")
        canvas.line((box.x, axes.y(floor)), (box.right, axes.y(floor)), "act")
        canvas.curve(axes.points(self.charge), "text", 2)
        canvas.text("Charge", box.x - 56, box.y, BODY)
        canvas.text(percent(self.charge[-1][1]), box.x - 56, box.y + 20, VALUE)

    def _draw_box(self, canvas: Canvas, box: Box) -> None:
        limit = celsius(self.host.desk.run.opened.flight_rules.box_floor_k)
        seen = [limit, *(value for _, value in self.box_c)]
        axes = self._axes(box, min(seen) - BOX_EDGE_C, max(seen) + BOX_EDGE_C)
        canvas.curve(axes.points(self.box_c), "cool", 2)
        canvas.line((box.x, axes.y(limit)), (box.right, axes.y(limit)), "act")
        canvas.text("Warm box", box.x, box.bottom + 4, BODY)
        words = f"{signed(self.box_c[-1][1])} °C"
        canvas.text(words, box.right, box.bottom + 1, VALUE, "right")


def dawn_after(state: State, host: Host) -> int:
    """Return the tick of the next first light."""
    setup = host.desk.flight.session.setup
    sol = sol_of(setup.site, state.tick)
    for later in (sol, sol + 1):
        rise = sun_times(setup.site, later).rise_tick
        if rise is not None and rise > state.tick:
            return rise
    return state.tick + 1
