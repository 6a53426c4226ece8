"""Orbit: Mars from outside, the edge of the night, the orbiter on its way, and the next passes."""

import math
from itertools import pairwise

import numpy as np
import pygame
from numpy.typing import NDArray

from game.environment.clock import lmst_h, sol_of
from game.ui.boxes import Box
from game.ui.canvas import BODY, HALO_SMALL, LABEL, NOTE, STRONG, TITLE, Canvas, Look, Point
from game.ui.draw.globe import Globe
from game.ui.draw.plot import Axes
from game.ui.draw.stars import starry
from game.ui.facts.orbit import (
    TILT_RAD,
    Row,
    coming_passes,
    ellipse,
    eye_at,
    facts,
    ground_track,
    orbiter_at,
    site_at,
    sky_curve,
    sun_from,
)
from game.ui.host import Host
from game.ui.input import Happening, Pointed, Pressed
from game.ui.screen import Transition
from game.ui.screens.frame import Frame, draw_panel
from game.ui.words import clock_text
from game.units import SOL_S

LEFT_W, RIGHT_W, FOOT_H = 264.0, 320.0, 128.0
AHEAD_S = 2.0 * SOL_S
STEP_S, PLAY_S = 600.0, 1800.0  # by key; and in one second of playing
LEAST_RADIUS, MOST_RADIUS = 60.0, 230.0
ROW, FACTS = 26.0, 9
MASK_DEG = 10.0
NOW = Look(12, "accent", is_strong=True)


class OrbitScreen:
    """A look ahead along the orbit; mission time stands still."""

    is_see_through = False
    most_scale_frac = 1.25

    def __init__(self, host: Host) -> None:
        self.host = host
        self.frame = Frame(host, "orbit")
        self.setup = host.desk.flight.session.setup
        self.tick = host.desk.flight.clock_s
        self.ahead_s = 0.0
        self.is_playing = False
        self.eye = eye_at(self.setup, self.tick)
        self.ring = ellipse(self.setup, self.eye, self.tick)
        self.sky = sky_curve(self.setup, self.tick, self.tick + AHEAD_S)
        self.passes = coming_passes(self.setup, self.tick)
        self._globe: Globe | None = None
        self._stars: pygame.Surface | None = None
        self._foot = Box(0, 0, 1, 1)
        self._is_held = False

    @property
    def shown_tick(self) -> float:
        """The moment that is shown."""
        return self.tick + self.ahead_s

    def handle(self, happening: Happening) -> Transition | None:
        """Look ahead by keys or by dragging along the foot of the page."""
        match happening:
            case Pressed() if happening.means("later", "right"):
                self._look(self.ahead_s + STEP_S)
            case Pressed() if happening.means("earlier", "left"):
                self._look(self.ahead_s - STEP_S)
            case Pressed(is_again=False) if happening.means("pause"):
                self.is_playing = not self.is_playing
            case Pressed(is_again=False) if happening.means("next_event"):
                self._to_next_pass()
            case Pointed():
                self._point(happening)
        return self.frame.handle(happening)

    def update(self, frame_s: float) -> Transition | None:
        """Let the preview run if it was started."""
        if self.is_playing:
            self._look(self.ahead_s + PLAY_S * frame_s)
            self.is_playing = self.ahead_s < AHEAD_S
        self.frame.update(frame_s)
        return None

    def draw(self, canvas: Canvas) -> None:
        """Draw space, Mars and orbit, then the panels."""
        size = canvas.surface.get_size()
        if self._stars is None or self._stars.get_size() != size:
            self._stars = starry(size, canvas.theme.rgb("space"))
        canvas.surface.blit(self._stars, (0, 0))
        area = self.frame.area(canvas.page)
        foot = Box(area.x, area.bottom - FOOT_H, area.w, FOOT_H)
        space = Box(area.x + LEFT_W, area.y, area.w - LEFT_W - RIGHT_W, foot.y - area.y - 8)
        self._draw_space(canvas, space)
        self.frame.draw_head(canvas)
        self._draw_facts(canvas, Box(area.x, area.y, LEFT_W, 48 + ROW * FACTS))
        high = min(68 + ROW * len(self.passes), space.h)
        self._draw_passes(canvas, Box(area.right - RIGHT_W, area.y, RIGHT_W, high))
        self._draw_foot(canvas, foot)

    def _look(self, ahead_s: float) -> None:
        self.ahead_s = min(max(ahead_s, 0.0), AHEAD_S)

    def _to_next_pass(self) -> None:
        rises = [line.rise_tick - self.tick for line in self.passes]
        self._look(next((s for s in rises if s > self.ahead_s + 1.0), 0.0))

    def _point(self, pointed: Pointed) -> None:
        if pointed.button == 1:
            self._is_held = pointed.is_down and self._foot.grown(8).holds(pointed.x, pointed.y)
        if self._is_held:
            part = (pointed.x - self._foot.x) / self._foot.w
            self.is_playing = False
            self._look(part * AHEAD_S)

    def _draw_space(self, canvas: Canvas, space: Box) -> None:
        right, up, _ = self.ring
        low, high = float(up.min()), float(up.max())
        wide = max(float(right.max()), 1.0) - min(float(right.min()), -1.0)
        radius = min(space.w / (wide + 0.5), space.h / (max(high, 1.0) - min(low, -1.0) + 0.3))
        radius = min(max(radius, LEAST_RADIUS), MOST_RADIUS)
        middle_x = (max(float(right.max()), 1.0) + min(float(right.min()), -1.0)) / 2
        middle_y = (max(high, 1.0) + min(low, -1.0)) / 2
        centre = (space.x + space.w / 2 - middle_x * radius, space.y + space.h / 2
                  + middle_y * radius)  # fmt: skip
        self._draw_path(canvas, centre, radius, is_behind=True)
        self._draw_globe(canvas, centre, radius)
        self._draw_track(canvas, centre, radius)
        self._draw_site(canvas, centre, radius)
        self._draw_path(canvas, centre, radius, is_behind=False)
        self._draw_orbiter(canvas, centre, radius)

    def _draw_globe(self, canvas: Canvas, centre: tuple[float, float], radius: float) -> None:
        radius_px = max(16, canvas.px(radius))
        if self._globe is None or self._globe.radius_px != radius_px:
            self._globe = Globe(radius_px, TILT_RAD, sun_from(self.setup, self.eye, self.tick))
        longitude = math.degrees(float(self.eye.longitude_at(self.shown_tick)))
        picture = self._globe.picture(longitude % 360.0)
        x, y = canvas.at(*centre)
        canvas.surface.blit(picture, (x - radius_px - 1, y - radius_px - 1))

    def _draw_path(
        self, canvas: Canvas, centre: tuple[float, float], radius: float, *, is_behind: bool
    ) -> None:
        """Draw the half of the ellipse that is behind Mars, or the half before it."""
        right, up, toward = self.ring
        token = "arc" if is_behind else "radio"
        wanted = (toward < 0.0) == is_behind
        for points in _runs(_on_page(centre, radius, right, up), wanted):
            canvas.curve(points, token, 1.5)

    def _draw_track(self, canvas: Canvas, centre: tuple[float, float], radius: float) -> None:
        right, up, toward = ground_track(self.setup, self.eye, self.shown_tick)
        for points in _runs(_on_page(centre, radius, right, up), toward > 0.02):
            for start, end in list(pairwise(points))[::2]:
                canvas.line(start, end, "ink", 3)
                canvas.line(start, end, "radio", 1)

    def _draw_site(self, canvas: Canvas, centre: tuple[float, float], radius: float) -> None:
        right, up, toward = site_at(self.setup, self.eye, self.shown_tick)
        if toward <= 0.0:
            return
        x, y = centre[0] + right * radius, centre[1] - up * radius
        canvas.disc((x, y), 5.5, "ink")
        canvas.disc((x, y), 4, "accent")
        canvas.text("rover", x + 10, y - 8, HALO_SMALL)

    def _draw_orbiter(self, canvas: Canvas, centre: tuple[float, float], radius: float) -> None:
        right, up, toward = orbiter_at(self.setup, self.eye, self.shown_tick)
        if toward < 0.0 and math.hypot(right, up) < 1.0:
            return
        x, y = centre[0] + right * radius, centre[1] - up * radius
        heard = any(p.rise_tick <= self.shown_tick < p.set_tick for p in self.passes)
        place = site_at(self.setup, self.eye, self.shown_tick)
        if heard and place[2] > 0.0:
            foot = (centre[0] + place[0] * radius, centre[1] - place[1] * radius)
            canvas.line((x, y), foot, "ink", 4)
            canvas.line((x, y), foot, "radio", 2)
        canvas.disc((x, y), 7, "ink")
        canvas.disc((x, y), 5, "text" if not heard else "radio")
        canvas.text("orbiter", x + 11, y - 9, HALO_SMALL)

    def _draw_facts(self, canvas: Canvas, box: Box) -> None:
        room = draw_panel(canvas, box, "The orbiter")
        for k, fact in enumerate(facts(self.setup, self.shown_tick)):
            y = room.y + ROW * k
            canvas.text(fact.label, room.x, y, LABEL)
            canvas.text(fact.value, room.right, y - 2, STRONG, "right")

    def _draw_passes(self, canvas: Canvas, box: Box) -> None:
        room = draw_panel(canvas, box, "Next passes", "over open ground")
        columns = (room.x, room.x + 100, room.x + 160, room.right)
        for x, words, align in zip(columns, ("rises", "lasts", "height", "can take, Mbit"),
                                   ("left", "left", "left", "right"), strict=True):  # fmt: skip
            canvas.text(words, x, room.y - 4, NOTE, align)
        for k, line in enumerate(self.passes):
            y = room.y + 18 + ROW * k
            if y + ROW > box.bottom:
                break
            is_on = line.rise_tick <= self.shown_tick < line.set_tick
            look = Look(14, "radio", is_strong=True) if is_on else STRONG if k == 0 else BODY
            canvas.text(line.when, columns[0], y, look)
            canvas.text(line.length, columns[1], y, look)
            canvas.text(line.height, columns[2], y, look)
            canvas.text(line.carries, columns[3], y, look, "right")

    def _draw_foot(self, canvas: Canvas, box: Box) -> None:
        canvas.panel(box, 0.95)
        site, tick = self.setup.site, int(self.shown_tick)
        words = f"Sol {sol_of(site, tick)}"
        canvas.text(words, box.x + 16, box.y + 8, LABEL)
        canvas.text(clock_text(lmst_h(site, tick)), box.x + 16, box.y + 20, TITLE)
        note = "now" if self.ahead_s < 1.0 else f"in {self.ahead_s / 3600:.1f} h"
        canvas.text(note, box.x + 16, box.y + 58, NOW)
        hint = "drag, or ← → · space plays · . next pass"
        canvas.text(hint, box.right - 24, box.y + 2, NOTE, "right")
        plot = self._foot = Box(box.x + 124, box.y + 16, box.w - 148, 70)
        axes = Axes(plot, 0.0, 90.0, self.tick, self.tick + AHEAD_S)
        self._draw_night(canvas, axes)
        canvas.line((plot.x, plot.bottom), (plot.right, plot.bottom), "line")
        canvas.line((plot.x, axes.y(MASK_DEG)), (plot.right, axes.y(MASK_DEG)), "line")
        for line in self.passes:
            if line.rise_tick < self.tick + AHEAD_S:
                left, right = axes.x(line.rise_tick), axes.x(line.set_tick)
                canvas.fill(Box(left, plot.bottom + 2, max(3.0, right - left), 5), "radio", 2)
        above = np.array([height > 0.0 for _, height in self.sky])
        for points in _runs(axes.points(self.sky), above):
            canvas.curve(points, "radio", 2)
        canvas.text("height over the rover's horizon", plot.x + 6, plot.y - 2, NOTE)
        x = axes.x(self.shown_tick)
        canvas.line((x, plot.y - 6), (x, plot.bottom + 8), "accent", 2)
        canvas.disc((x, plot.y - 6), 5, "accent")

    def _draw_night(self, canvas: Canvas, axes: Axes) -> None:
        """Mark midnight and noon, so that one sees what is night."""
        site = self.setup.site
        hour_s = SOL_S / 24
        to_next = (6.0 - lmst_h(site, int(self.tick)) % 6.0) * hour_s
        tick = self.tick + to_next
        while tick < self.tick + AHEAD_S:
            x = axes.x(tick)
            canvas.line((x, axes.box.y), (x, axes.box.bottom), "line")
            hour = round(lmst_h(site, round(tick))) % 24
            canvas.text(f"{hour:02d}", x, axes.box.bottom + 12, NOTE, "middle")
            tick += 6.0 * hour_s


def _on_page(
    centre: tuple[float, float], radius: float, right: Row, up: Row
) -> list[tuple[float, float]]:
    return [
        (centre[0] + radius * float(r), centre[1] - radius * float(u))
        for r, u in zip(right, up, strict=True)
    ]


def _runs(points: list[Point], wanted: NDArray[np.bool_]) -> list[list[Point]]:
    """Cut a curve into the pieces for which a mask holds, each one step into the next piece."""
    runs: list[list[Point]] = [[]]
    for point, is_wanted in zip(points, wanted, strict=True):
        if is_wanted:
            runs[-1].append(point)
        elif runs[-1]:
            runs[-1].append(point)
            runs.append([])
    return [run for run in runs if len(run) > 1]
