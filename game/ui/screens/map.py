"""Map: the whole site, coarse where nobody has looked, with contours, places and a ruler."""

import math
from collections.abc import Sequence

import pygame

from game.detours import is_photographed
from game.levels.level import LevelPlace
from game.mission.chart import charted_m2
from game.rover.mobility import believed_place
from game.ui.belief import sureness_text
from game.ui.boxes import Box, Page
from game.ui.camera import View
from game.ui.canvas import Canvas, Look
from game.ui.draw.chart import (
    draw_contours,
    draw_length,
    draw_ruler,
    draw_scale,
    draw_unknown,
)
from game.ui.draw.labels import edges
from game.ui.draw.marks import (
    NEAR_PX_M,
    draw_doubt,
    draw_finds,
    draw_keep_outs,
    draw_places,
    draw_way,
)
from game.ui.draw.scene import Scene
from game.ui.facts.relief import Contours, contours, heights_in
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed, Wheeled
from game.ui.prospects import DETOUR_M, Prospect
from game.ui.screen import Transition
from game.ui.screens.frame import Frame
from game.ui.screens.map_lists import ListRow, draw_lists
from game.ui.screens.map_ruler import Ruler
from game.ui.screens.play_keys import press_view
from game.ui.words import way_text

WORK_S = 0.008  # real time a frame gives to the rehearsal of a measured way
LEFT_W, RIGHT_W, FOOT_H = 248.0, 248.0, 44.0
OPEN_PX_M, REFRESH_S, COMING_S = 3.0, 0.5, 0.1
CLICK_PX = 4.0
OPEN_PLACES = 3
MARGIN_PX = 90.0
Point = tuple[float, float]


class MapScreen:
    """A map to look at and to measure on; mission time stands still."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.frame = Frame(host, "map")
        flight = host.desk.flight
        self.setup, self.state = flight.session.setup, flight.state
        self.rover: Point = believed_place(self.state.rover.mobility)
        self.ruler = Ruler(host)
        self.hovered: Point | None = None
        self.places = self._places()
        self.rows: tuple[ListRow, ...] = ()
        self._panels: tuple[Box, ...] = ()
        self._held: Point | None = None
        self._grabbed = (0.0, 0.0)
        self._scale, self._page = 1.0, host.page
        self._lines: tuple[object, Contours] | None = None
        self._sheet: tuple[object, pygame.Surface] | None = None
        self._age_s = 0.0
        self._has_view = False

    def handle(self, happening: Happening) -> Transition | None:
        """Pan, zoom and measure."""
        match happening:
            case Wheeled(x=x, y=y, steps=steps):
                self.host.stage.camera.zoom_by(steps, (x * self._scale, y * self._scale))
            case Pressed() if happening.means("zoom_in", "zoom_out", "home_view"):
                press_view(self.host, happening)
            case Pressed() if happening.means("delete", "back"):
                self.ruler.clear()
            case Pointed():
                with self.host.stage.as_map():
                    self._point(happening)
        return self.frame.handle(happening)

    def update(self, frame_s: float) -> Transition | None:
        """Ease the view; the ground comes in meanwhile."""
        self._age_s += frame_s
        self.frame.update(frame_s)
        if not self.ruler.work(WORK_S):
            self.host.desk.ways.work(WORK_S)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw the map, what is on it, and the panels."""
        self._scale, self._page = canvas.scale, canvas.page
        if not self._has_view:
            self._has_view = True
            self._hold()
        with self.host.stage.as_map():
            self._draw_map(canvas)
        area = self.frame.draw(canvas, has_ground=False)
        self._draw_lists(canvas, Box(area.right - RIGHT_W, area.y, RIGHT_W, area.h))
        self.ruler.draw(canvas, self._measure_box(canvas.page), self.hovered)
        self._draw_foot(canvas, area)

    def _hold(self) -> None:
        """Open on what matters: lander, rover, the goal, and the nearest places still open."""
        points = [(0.0, 0.0), self.rover]
        near = [place for _, place, is_met in self.places if not is_met][:OPEN_PLACES]
        points += [(place.x_m, place.y_m) for place in near]
        goal = self.host.desk.goal.place
        if goal is not None:
            points.append((goal.x_m, goal.y_m))
        self.host.stage.camera.zoom_to(OPEN_PX_M * self._scale)
        self._show(points)
        if self.host.is_still:
            self.host.stage.camera.update(10.0, self.rover, 0.0, False)

    def _show(self, points: Sequence[Point]) -> None:
        """Ease to where all of these places lie between the panels."""
        scale, area = self._scale, self.frame.area(self._page)
        box = Box(area.x + LEFT_W + MARGIN_PX, area.y + MARGIN_PX,
                  area.w - LEFT_W - RIGHT_W - 2 * MARGIN_PX, area.h - 2 * MARGIN_PX)  # fmt: skip
        self.host.stage.camera.hold(
            points,
            (box.x * scale, box.y * scale, box.w * scale, box.h * scale),
            self.host.shell.theme.motion.ease_s,
        )

    def _places(self) -> tuple[tuple[float, LevelPlace, bool], ...]:
        """Return the places of the level by distance, with what has been reached."""
        met = {name for name, _ in self.state.mission.met}
        level = self.host.desk.run.opened.level
        sol = self.host.desk.model().sol
        found = [
            (
                math.dist(self.rover, (p.x_m, p.y_m)),
                p,
                p.name in met or f"site_{p.name}" in met,
            )
            for p in level.places
            if p.points > 0 and p.from_sol <= sol
        ]
        return tuple(sorted(found, key=lambda row: row[0]))

    def _point(self, pointed: Pointed) -> None:
        at = (pointed.x, pointed.y)
        if pointed.button == 3 and pointed.is_down:
            self.ruler.clear()
        elif pointed.is_click:
            self._held, self._grabbed = at, at
        elif pointed.button == 1 and self._held is not None:
            if math.dist(at, self._grabbed) < CLICK_PX:
                self._click(*at)
            self._held = None
        elif self._held is not None:
            if math.dist(at, self._grabbed) >= CLICK_PX and self._is_open(*self._grabbed):
                dx, dy = at[0] - self._held[0], at[1] - self._held[1]
                self.host.stage.camera.pan_px(dx * self._scale, dy * self._scale)
            self._held = at
        self.hovered = self.host.stage.ground_at(*at, self._scale) if self._is_open(*at) else None

    def _click(self, x: float, y: float) -> None:
        """Measure to a place of the map, or go to what a list names and measure the way there."""
        row = next((row for row in self.rows if row.box.holds(x, y)), None)
        if row is not None:
            self.ruler.measure(self.rover, row.place_m)
            self._show((self.rover, row.place_m))
        elif self._is_open(x, y):
            self.measure(self.host.stage.ground_at(x, y, self._scale))

    def measure(self, place_m: Point) -> None:
        """Set the end of the ruler; a further click measures on from there."""
        self.ruler.measure_on(place_m)

    def _is_open(self, x: float, y: float) -> bool:
        """Say whether a point of the page shows the map."""
        page = self._page
        covered = (self._measure_box(page), *self._panels)
        return self.frame.area(page).holds(x, y) and not any(box.holds(x, y) for box in covered)

    def _measure_box(self, page: Page) -> Box:
        area = self.frame.area(page)
        return Box(area.x, area.y, LEFT_W, self.ruler.panel_h)

    def _draw_map(self, canvas: Canvas) -> None:
        """Draw ground, veil and contours; kept while the view stands still."""
        view = self.host.stage.view
        is_settled = self.host.stage.ground.is_settled(view)
        turn = int(self._age_s / (REFRESH_S if is_settled else COMING_S))
        key = (view, canvas.surface.get_size(), is_settled, turn)
        if self._sheet is None or self._sheet[0] != key:
            self.host.draw_ground(canvas)
            draw_unknown(canvas.surface, view, self.setup.chart, self.state.chart)
            if self.host.is_still:
                self._trace(view)
            if self._lines is not None and self._lines[0] == view:
                ink = canvas.rgb("ink")
                draw_contours(canvas.surface, view, self._lines[1], ink, canvas.scale)
            self._sheet = (key, canvas.surface.copy())
        else:
            if not is_settled:
                self.host.draw_ground(canvas)  # each frame brings some of it in, under the sheet
            canvas.surface.blit(self._sheet[1], (0, 0))
            # Contours are found in a frame that has little else to do, and drawn in the next.
            if not self.host.stage.camera.travel and self._trace(view):
                self._sheet = None
        stage = self.host.stage
        draw_way(canvas, view, stage.way(), always=True)
        draw_keep_outs(canvas, view, self.setup.keep_out_circles)
        start, end = self.ruler.start, self.ruler.end or self.hovered
        line = () if end is None else draw_ruler(canvas, view, start, end)
        # Names keep off a ruler that lies; one that follows the pointer must not push them about.
        line = () if self.ruler.end is None else line
        taken = (*line, *self._taken(canvas))
        boxes = draw_places(canvas, view, self.host.desk.places(), always=True, taken=taken)
        boxes = boxes[len(line) :]
        boxes = draw_finds(canvas, view, self._finds(view), self.rover, boxes, line)
        draw_doubt(canvas, view, stage.belief())
        self._draw_rover(canvas, stage.scene())
        if end is not None:
            draw_length(canvas, view, start, end, boxes)

    def _trace(self, view: View) -> bool:
        """Find the contours of a view, unless they are known; say whether they were not."""
        if self._lines is not None and self._lines[0] == view:
            return False
        self._lines = (view, contours(heights_in(self.setup.terrain, view)))
        return True

    def _finds(self, view: View) -> list[Prospect]:
        """Return the finds to mark: on the widest views only those worth a detour.

        Marks that end somewhere in the midst of the ground would say that there is nothing beyond.
        """
        prospects = self.host.stage.prospects
        if prospects.shows_all(view):
            return prospects.in_view(view)
        return prospects.around(*self.rover, DETOUR_M)

    def _taken(self, canvas: Canvas) -> tuple[Box, ...]:
        """Return where panels and the words at the foot lie, and what is out of the page."""
        page, area = canvas.page, self.frame.area(canvas.page)
        foot_y = area.bottom - FOOT_H
        return (
            Box(0, 0, page.w, area.y),
            Box(0, area.y, area.x + LEFT_W, self.ruler.panel_h),
            Box(area.right - RIGHT_W, area.y, page.w - area.right + RIGHT_W, page.h - area.y),
            Box(0, foot_y, page.w, page.h - foot_y),
            *edges(page),
        )

    def _draw_rover(self, canvas: Canvas, scene: Scene) -> None:
        if self.host.stage.view.scale_px_m / canvas.scale > NEAR_PX_M:
            return
        x, y = self.host.stage.rover_at(canvas)
        heading = scene.rover.heading_rad
        for size, token in ((13.0, "ink"), (9.0, "accent")):
            tip, left, notch, right = (
                (x + size * r * math.sin(heading + a), y - size * r * math.cos(heading + a))
                for r, a in ((1.1, 0.0), (0.9, 2.5), (0.35, math.pi), (0.9, -2.5))
            )
            canvas.area([tip, left, notch, right], token)

    def _draw_lists(self, canvas: Canvas, box: Box) -> None:
        """List places with points, and what orbital pictures show near the rover."""
        self.rows, self._panels = draw_lists(
            canvas,
            box,
            self.rover,
            [(place, is_met) for _, place, is_met in self.places],
            [
                (find, is_told, is_photographed(self.setup, self.state, find))
                for find, is_told in self.host.stage.prospects.around(*self.rover, DETOUR_M)
            ],
            self.setup.score.find_points,
        )
        for row in self.rows:
            if row.box.holds(*self.frame.pointer):
                canvas.outline(row.box, "accent")

    def _draw_foot(self, canvas: Canvas, area: Box) -> None:
        draw_scale(canvas, self.host.stage.view, area.x + LEFT_W + 24, area.bottom - 16)
        seen_m2 = charted_m2(self.setup.chart, self.state.chart)
        sureness = sureness_text(self.setup.rover.mobility.position, self.state)
        words = f"{sureness} · " if sureness else ""
        words += f"{seen_m2:,.0f} m² seen"
        if self._lines is not None:
            words += f" · contours every {self._lines[1].interval_m:g} m"
        if not self.host.stage.prospects.shows_all(self.host.stage.view):
            words += f" · finds within {way_text(DETOUR_M)} of the rover"
        canvas.text(words, area.right - RIGHT_W - 24, area.bottom - 22,
                    Look(12, "text", has_halo=True), "right")  # fmt: skip
