"""The ground behind everything: view, camera and what is drawn on the ground for the player."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from itertools import pairwise

import pygame

from game.commands import ActivityKind
from game.rover.fieldwork import LASERS, spot_of
from game.state import State
from game.ui.belief import Belief, Glide, belief_of, believed_way, chart_view
from game.ui.camera import Camera, View
from game.ui.canvas import HALO, Canvas, Point
from game.ui.draw.ground import GroundView
from game.ui.draw.overlay_fields import OverlayKind
from game.ui.draw.overlays import overlay_of
from game.ui.draw.rover import LIGHT_LAG_FRAMES
from game.ui.draw.rover_shape import load_rover_shapes
from game.ui.draw.scene import Moment, Scene, scene_of
from game.ui.draw.working import draw_fan, draw_laser_spot
from game.ui.flight import Flight
from game.ui.prospects import Prospects
from game.ui.theme import load_theme
from game.ui.wayside import Wayside
from game.world.terrain import Terrain

DASH, GAP = 9.0, 7.0
MAST_RAD_S = 4.0  # as fast as the eye follows; mission time runs faster still
MAST_M = 0.35  # the mast stands ahead of the middle of the rover
LOOK_WIDTH_RAD = math.radians(46.5)


class Stage:
    """Draws the surface of one flight and moves the camera over it."""

    def __init__(
        self,
        flight: Flight,
        size_px: tuple[int, int],
        ground: GroundView | None = None,
        *,
        is_synchronous: bool = False,
    ) -> None:
        self.flight = flight
        spec = flight.session.setup.terrain.spec
        self.ground = ground or GroundView(partial(Terrain, spec), is_synchronous)
        place = flight.state.rover.mobility
        self.camera = Camera(self.ground.spec.camera, size_px, place.x_m, place.y_m)
        self._wayside = None if self.ground.is_synchronous else Wayside(flight.session.setup)
        self.prospects = Prospects(flight, is_synchronous=self.ground.is_synchronous)
        self.now_s = 0.0
        self.mast_rad: float | None = None
        self.overlay: OverlayKind | None = None
        self._view_left_s = 0.0
        self._look_rad = (0.0, LOOK_WIDTH_RAD)
        self._frame_s = 0.0
        self._is_map = False
        self._glide = Glide(1.0 if self.is_near else 0.0)

    def close(self) -> None:
        """End the workers that make the ground."""
        self.ground.close()
        self.prospects.close()
        if self._wayside is not None:
            self._wayside.close()

    def update(self, frame_s: float, *, is_driving: bool) -> None:
        """Move the camera and let small things pass."""
        self.now_s += frame_s
        self._frame_s = frame_s
        self._view_left_s = max(0.0, self._view_left_s - frame_s)
        self._turn_mast(frame_s)
        place = self.flight.state.rover.mobility
        if self._wayside is not None:
            self._wayside.look(place.x_m, place.y_m, place.heading_rad)
        self.prospects.follow(place.x_m, place.y_m)
        rover = self.scene().rover
        self.camera.update(frame_s, (rover.x_m, rover.y_m), rover.heading_rad, is_driving)
        self._glide.step(frame_s, load_theme().motion.ease_s, is_near=self.is_near)

    def scene(self) -> Scene:
        """Return what is to be seen at the shown moment."""
        flight = self.flight
        moment = Moment(flight.fraction, self.now_s, self.mast_rad)
        session = flight.session
        scene = scene_of(session.setup, session.previous, session.state, moment)
        here = self.belief()
        off_x_m, off_y_m = self._off_m(here)
        if (off_x_m, off_y_m) == (here.off_x_m, here.off_y_m) and self.is_near:
            return scene
        heading_rad = scene.rover.heading_rad if self.is_near else here.heading_rad
        rover = replace(scene.rover, x_m=here.x_m + off_x_m, y_m=here.y_m + off_y_m,
                        heading_rad=heading_rad)  # fmt: skip
        # On a map the driven way is a line; wheel tracks lie where the wheels truly were.
        track_m = scene.track_m if self.is_near else ()
        return replace(scene, rover=rover, track_m=track_m)

    def _off_m(self, belief: Belief) -> Point:
        """Return how far marks and rover are drawn from their places on the map [m]."""
        if self._is_map or self.ground.is_synchronous:  # stills ease nothing
            return Glide(1.0 if self.is_near else 0.0).off(belief)
        return self._glide.off(belief)

    @contextmanager
    def as_map(self) -> Iterator[None]:
        """Take the ground for a map at every zoom: the rover is where it believes to be."""
        self._is_map = True
        try:
            yield
        finally:
            self._is_map = False

    def belief(self) -> Belief:
        """Return where the rover believes to be at the shown moment."""
        session = self.flight.session
        spec = session.setup.rover.mobility.position
        return belief_of(spec, session.previous, session.state, self.flight.fraction)

    @property
    def is_near(self) -> bool:
        """Whether the rover is drawn as it stands on the ground, and not as an arrow on a map."""
        if self._is_map:
            return False
        return self.view.scale_px_m >= load_rover_shapes().assembly.arrow_below_px_m

    @property
    def chart(self) -> View:
        """The view in which map coordinates are drawn and read."""
        return chart_view(self.view, self._off_m(self.belief()))

    def way(self) -> tuple[Point, ...]:
        """Return the driven way as it belongs on the ground, or on the map on far views."""
        here = self.belief()
        off_x_m, off_y_m = self._off_m(here)
        off_m = (here.off_x_m - off_x_m, here.off_y_m - off_y_m)
        track = self.flight.state.rover.track
        return track if off_m == (0.0, 0.0) else believed_way(track, off_m)

    def believed_way(self) -> tuple[Point, ...]:
        """Return the driven way as the rover knows it."""
        here = self.belief()
        return believed_way(self.flight.state.rover.track, (here.off_x_m, here.off_y_m))

    def draw(self, surface: pygame.Surface) -> None:
        """Draw the ground and everything on it."""
        if (self.camera.view.width_px, self.camera.view.height_px) != surface.get_size():
            self.camera.resize(surface.get_size())
        self.ground.draw(surface, self.camera.view, self.scene(), self._frame_s)

    def fill(self, surface: pygame.Surface) -> None:
        """Draw the ground complete, however long it takes: for pictures."""
        scene = self.scene()
        self.ground.fill(self.camera.view, scene)
        for _ in range(LIGHT_LAG_FRAMES):  # the light on the rover follows that of the ground
            self.ground.draw(surface, self.camera.view, scene, 0.0)

    def readiness_frac(self) -> float:
        """Work on the ground without drawing it; say how much of it could be shown. [0-1]."""
        return self.ground.readiness_frac(self.camera.view, self.scene())

    def show_overlay(self, kind: OverlayKind | None) -> None:
        """Lay a quantity over the ground, or take it away."""
        self.overlay = kind
        if kind is None:
            self.ground.show_overlay(None)
            return
        setup, tick = self.flight.session.setup, int(self.flight.clock_s)
        self.ground.show_overlay(overlay_of(setup, kind, tick))

    def overlay_span(self) -> tuple[float, float] | None:
        """Return the least and the most that the overlay shows in the view."""
        return self.ground.overlay_span(self.camera.view) if self.overlay else None

    def next_overlay(self) -> None:
        """Go through the overlays and back to none."""
        kinds: list[OverlayKind | None] = [None, *OverlayKind]
        self.show_overlay(kinds[(kinds.index(self.overlay) + 1) % len(kinds)])

    def show_view(self, azimuth_rad: float, *, is_ring: bool = False) -> None:
        """Show the field of view of a picture on the ground for a moment."""
        self._look_rad = (azimuth_rad, math.tau if is_ring else LOOK_WIDTH_RAD)
        self._view_left_s = load_theme().motion.view_s

    def draw_view(self, canvas: Canvas) -> None:
        """Draw what instruments do to the ground: a field of view, or the sparks of the laser."""
        rover = self.scene().rover
        place_m = (rover.x_m, rover.y_m)
        main = self.flight.state.rover.sequencer.main
        if main is not None and main.activity.kind in LASERS:
            tools = self.flight.session.setup.rover.instruments
            aim_rad = rover.heading_rad + main.activity.bearing_rad
            ahead = (math.sin(aim_rad), math.cos(aim_rad))
            mast_m, spot_m = (
                (place_m[0] + reach_m * ahead[0], place_m[1] + reach_m * ahead[1])
                for reach_m in (MAST_M, spot_of(tools, main.activity))
            )
            draw_laser_spot(canvas, self.camera.view, mast_m, spot_m, self.now_s)
        if self._view_left_s > 0.0:
            part = self._view_left_s / load_theme().motion.view_s
            draw_fan(canvas, self.camera.view, place_m, self._look_rad, part)

    def _turn_mast(self, frame_s: float) -> None:
        """Turn the mast to what it looks at, and back ahead when it is done."""
        flight = self.flight
        heading_rad = flight.state.rover.mobility.heading_rad
        goal_rad = mast_goal_rad(flight.state, flight.clock_s)
        if self.mast_rad is None and goal_rad is None:
            return
        now_rad = heading_rad if self.mast_rad is None else self.mast_rad
        goal = heading_rad if goal_rad is None else goal_rad
        left_rad = math.remainder(goal - now_rad, math.tau)
        step_rad = min(abs(left_rad), MAST_RAD_S * frame_s)
        self.mast_rad = (now_rad + math.copysign(step_rad, left_rad)) % math.tau
        if goal_rad is None and step_rad >= abs(left_rad):
            self.mast_rad = None

    def rover_at(self, canvas: Canvas) -> Point:
        """Return where the rover stands, in layout pixels."""
        rover = self.scene().rover
        x, y = self.camera.view.to_px(rover.x_m, rover.y_m)
        return x / canvas.scale, y / canvas.scale

    def ground_at(self, x: float, y: float, scale: float) -> tuple[float, float]:
        """Return the place on the map that a point of the page means. [m]."""
        return self.chart.to_m(x * scale, y * scale)

    @property
    def view(self) -> View:
        """The view now."""
        return self.camera.view


def mast_goal_rad(state: State, clock_s: float) -> float | None:
    """Return where the mast should point: along a picture, round with a panorama, or nowhere."""
    main = state.rover.sequencer.main
    if main is None:
        return None
    match main.activity.kind:
        case ActivityKind.PICTURE | ActivityKind.MULTISPECTRAL:
            return main.activity.azimuth_rad
        case ActivityKind.PANORAMA:
            part = (clock_s - main.started_tick) / max(1, main.ends_tick - main.started_tick)
            return (main.activity.azimuth_rad + math.tau * part) % math.tau
        case ActivityKind.SOIL | ActivityKind.INFRARED:
            return state.rover.mobility.heading_rad + main.activity.bearing_rad
    return None


def draw_route(
    canvas: Canvas, view: View, points_m: list[tuple[float, float]], words: str = ""
) -> None:
    """Draw a planned way: dashed amber with a casing, a ring at its end, words beside it."""
    points = [
        (x / canvas.scale, y / canvas.scale) for x, y in (view.to_px(*place) for place in points_m)
    ]
    casing = canvas.theme.shape.casing_px
    for start, end in _dashes(points):
        canvas.line(start, end, "ink", 2 + 2 * casing)
    for start, end in _dashes(points):
        canvas.line(start, end, "accent", 2)
    x, y = points[-1]
    for radius, token, width in ((10.0, "ink", 5), (9.0, "accent", 2)):
        real = canvas.px(radius)
        pygame.draw.circle(
            canvas.surface, canvas.rgb(token), canvas.at(x, y), real, max(1, canvas.px(width))
        )
    if words:
        left = x + 16
        if left + canvas.width(words, HALO) > canvas.page.w - 240:
            left = x - 16 - canvas.width(words, HALO)
        canvas.text(words, left, y - 10, HALO)


def _dashes(points: list[Point]) -> list[tuple[Point, Point]]:
    """Cut a way into dashes of even length."""
    dashes: list[tuple[Point, Point]] = []
    carry = 0.0
    for (ax, ay), (bx, by) in pairwise(points):
        length = math.hypot(bx - ax, by - ay)
        if length < 1e-6:
            continue
        at = -carry
        while at < length:
            first, last = max(at, 0.0), min(at + DASH, length)
            if last > first:
                dashes.append(
                    (
                        (ax + (bx - ax) * first / length, ay + (by - ay) * first / length),
                        (ax + (bx - ax) * last / length, ay + (by - ay) * last / length),
                    )
                )
            at += DASH + GAP
        carry = length - (at - DASH - GAP)
    return dashes[:800]
