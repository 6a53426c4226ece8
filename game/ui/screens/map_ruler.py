"""The ruler of the map: a straight way, its profile, and what a drive along it takes."""

import math
import time
from collections.abc import Iterator

from game.rover.mobility import believed_place
from game.state import Setup, State
from game.ui.boxes import Box
from game.ui.canvas import BODY, Canvas
from game.ui.draw.chart import draw_profile
from game.ui.facts.relief import Chart, Step, profile_steps, steepest_deg
from game.ui.host import Host
from game.ui.plan_draft import doubts
from game.ui.screens.frame import draw_panel
from game.ui.screens.map_lists import draw_rows
from game.ui.words import degrees, percent, span_text, way_text

PROFILE_H = 52.0
HINT_H, FULL_H = 172.0, 378.0  # of the panel: before anything is measured, and with all rows
COMING = "…"
HINT = ("Click the ground to measure", "from the rover; click again to", "measure on.")
Point = tuple[float, float]


class Ruler:
    """Measures from the rover to a place, and on from there."""

    def __init__(self, host: Host) -> None:
        self.host = host
        flight = host.desk.flight
        self.setup: Setup = flight.session.setup
        self.state: State = flight.state
        self.rover: Point = believed_place(self.state.rover.mobility)
        self.start: Point = self.rover
        self.end: Point | None = None
        self.steps: tuple[Step, ...] = ()
        self._found: list[Step] = []
        self._coming: Iterator[Step] | None = None

    @property
    def panel_h(self) -> float:
        """How high the panel is."""
        return HINT_H if self.end is None else FULL_H

    def clear(self) -> None:
        """Take the ruler up."""
        self.start, self.end = self.rover, None
        self.steps, self._coming = (), None

    def measure(self, start_m: Point, end_m: Point) -> None:
        """Lay the ruler; heights far from the rover come in over some frames."""
        self.start, self.end = start_m, end_m
        chart = Chart(self.setup.chart, self.state.chart)
        self.steps, self._found = (), []
        self._coming = profile_steps(self.setup.terrain, chart, start_m, end_m)
        if self.host.is_still:
            self.work(math.inf)

    def measure_on(self, place_m: Point) -> None:
        """Measure to a place: from the rover, or from the end of the ruler that lies."""
        self.measure(self.start if self.end is None else self.end, place_m)

    def work(self, budget_s: float) -> bool:
        """Look up heights for some real time; say whether there were any to look up."""
        if self._coming is None:
            return False
        end_s = time.perf_counter() + budget_s
        for step in self._coming:
            self._found.append(step)
            if time.perf_counter() >= end_s:
                return True
        self.steps, self._coming = tuple(self._found), None
        return True

    def draw(self, canvas: Canvas, box: Box, hovered: Point | None) -> None:
        """Write what is measured, or how one measures."""
        room = draw_panel(canvas, box, "Measure")
        if self.end is None:
            for k, line in enumerate(HINT):
                canvas.text(line, room.x, room.y + 18 * k, BODY)
            if hovered is not None:
                draw_rows(canvas, room, room.y + 66, way_rows(self.rover, hovered))
            return
        rows = [*way_rows(self.start, self.end), *self._ground_rows()]
        y = draw_rows(canvas, room, room.y - 4, [*rows, *self._drive_rows(self.end)])
        if self.steps:
            draw_profile(canvas, Box(room.x, y + 6, room.w, PROFILE_H), self.steps)

    def _ground_rows(self) -> list[tuple[str, str]]:
        if not self.steps:
            return [("Climb", COMING), ("Steepest", COMING)]
        climb = self.steps[-1].height_m - self.steps[0].height_m
        return [
            ("Climb", f"{climb:+.1f} m".replace("-", "−")),
            ("Steepest", f"{steepest_deg(self.steps):.0f}°"),
        ]

    def _drive_rows(self, end: Point) -> list[tuple[str, str]]:
        """Return what a drive along the ruler takes; its worst place once all is rehearsed."""
        ways = self.host.desk.ways
        ask = ways.whole if self.host.is_still else ways.of
        seen = ask(self.setup, self.state, (self.start, end))
        if seen.duration_s <= 0.0:
            return []
        still = "" if seen.is_whole else " so far"
        rows = [
            ("A drive takes", span_text(seen.duration_s)),
            ("and costs", f"{seen.energy_wh:.0f} Wh"),
            ("tilt up to", f"{degrees(seen.tilt_rad)}{still}"),
            ("slip up to", f"{percent(seen.slip_frac)}{still}"),
        ]
        return rows + [("but", words) for words in doubts(seen)]


def way_rows(start_m: Point, end_m: Point) -> list[tuple[str, str]]:
    """Return how far and in which direction it is from one place to another."""
    east_m, north_m = end_m[0] - start_m[0], end_m[1] - start_m[1]
    bearing = round(math.degrees(math.atan2(east_m, north_m))) % 360
    return [("Distance", way_text(math.hypot(east_m, north_m))), ("Bearing", f"{bearing:03d}°")]
