"""A long session of the real window without a display: 20 km, every zoom, every page.

The wheels turn for every metre. Only what a mission would have to earn is given: the ground is
known, the battery is full and it is day whenever a drive ends, and a rover that is stuck is
carried to the next turning point.
"""

import math
import os
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"

import numpy as np
import pygame

from game.commands import DriveTo, Navigation
from game.environment.clock import lmst_h, sol_of, tick_at
from game.session import Session
from game.state import Setup, State
from game.ui.app import App
from game.ui.input import Pressed
from game.ui.pacing import Situation
from game.ui.screens.loading import LoadingScreen
from game.ui.screens.play import PlayScreen
from game.ui.settings import Settings

LEVEL, SEED = "ninety-sols", 7
FRAME_S = 1.0 / 60.0
RATE = 36_000.0  # mission seconds in a second: thirty metres in a frame
MORNING_H, EVENING_H = 8.0, 17.0
LEG_M, ROW_M, HALF_M = 100.0, 200.0, 1000.0
FIRST_ROW_M, LAST_ROW_M = -40.0, -1900.0  # the chart of the site ends beyond
NEAR_M, TRIES = 8.0, 1
SHARP_S = 4.0
PAGES = (
    "map", "power", "data", "science", "orbit", "health", "mission", "report", "more", "help",
    "plan", "newest_picture", "menu",
)  # fmt: skip
OVERLAYS = 5  # of them, and none


def turning_points() -> Iterator[tuple[float, float]]:
    """Yield the ends of legs, to and fro over the chart of the site [m]."""
    x_m, y_m, way = 0.0, FIRST_ROW_M, 1.0
    while True:
        x_m += way * LEG_M
        if abs(x_m) > HALF_M:
            x_m, y_m, way = x_m - way * LEG_M, y_m - ROW_M, -way
        if y_m < LAST_ROW_M:
            y_m = FIRST_ROW_M
        yield x_m, y_m


def at_work(setup: Setup, state: State) -> State:
    """Return the state off the lander on known ground."""
    place = replace(state.rover.mobility, is_on_lander=False, drive=None, progress=None)
    place = replace(place, x_m=0.0, y_m=FIRST_ROW_M)
    place = replace(place, estimate=replace(place.estimate, x_m=0.0, y_m=FIRST_ROW_M))
    known = np.ones_like(state.chart)
    known.flags.writeable = False
    rover = replace(state.rover, mobility=place, motor_k=260.0)
    return rested(setup, replace(state, rover=rover, chart=known))


def rested(setup: Setup, state: State) -> State:
    """Return the state with a full battery, by day."""
    hour, sol = lmst_h(setup.site, state.tick), sol_of(setup.site, state.tick)
    tick = state.tick
    if not MORNING_H <= hour <= EVENING_H:
        tick = tick_at(setup.site, sol + (hour > MORNING_H), MORNING_H)
    full_j = setup.rover.power.capacity_wh * 3600.0
    power = replace(state.rover.power, charge_j=full_j)
    return replace(state, tick=tick, rover=replace(state.rover, power=power))


class LongSession:
    """The window, with keys pressed by a script."""

    def __init__(self, size_px: tuple[int, int]) -> None:
        self.app = App(size_px, Settings())
        self.app.shell.is_lasting = False
        self.app.stack = (LoadingScreen(self.app.shell, LEVEL, SEED, None),)
        self._points = turning_points()
        self._goal = next(self._points)
        self._tries = 0

    def frame(self, count: int = 1) -> None:
        """Show so many frames."""
        for _ in range(count):
            self.app._frame(FRAME_S)
            self.app._draw()

    def press(self, name: str) -> None:
        """Press the key of an action."""
        self.app._go(self.app.stack[-1].handle(Pressed(frozenset({name}))))

    @property
    def play(self) -> PlayScreen:
        """The play screen; other screens lie on it."""
        return next(one for one in self.app.stack if isinstance(one, PlayScreen))

    @property
    def session(self) -> Session:
        """The run."""
        return self.play.desk.flight.session

    def open(self) -> None:
        """Wait for the level, and go to where the drive begins."""
        while not isinstance(self.app.stack[-1], PlayScreen):
            self.frame()
            time.sleep(FRAME_S)
        self._give(at_work(self.session.setup, self.session.state))

    def look_sharp(self) -> None:
        """Wait until the ground in view is there."""
        end_s = time.perf_counter() + SHARP_S
        self.frame(20)
        while self.play.stage.readiness_frac() < 1.0 and time.perf_counter() < end_s:
            self.frame()
            time.sleep(FRAME_S)
        self.frame(20)

    def visit_zooms(self) -> None:
        """Show every zoom that has a name, with the overlays on the site."""
        camera = self.play.stage.camera
        spec = camera.spec
        for scale in (
            spec.wheel_px_m, spec.near_px_m, spec.wide_px_m, spec.site_px_m, spec.region_px_m,
        ):  # fmt: skip
            camera.zoom_to(scale)
            self.look_sharp()
        for scale in (spec.site_px_m, spec.wide_px_m):
            camera.zoom_to(scale)
            for _ in range(OVERLAYS):
                self.press("overlay")
                self.look_sharp()
        self.press("home_view")
        self.look_sharp()

    def visit_pages(self) -> None:
        """Open every page, and close it again."""
        for name in PAGES:
            self.press(name)
            self.frame(60)
            for _ in range(3):
                if self.app.stack[-1] is not self.play:
                    self.press("menu")
                    self.frame(2)
            assert self.app.stack[-1] is self.play, name

    def drive(self, length_m: float, each_m: float, then: Callable[[], None]) -> None:
        """Drive so far, and stop to do something now and then."""
        end_m = self.way_m + length_m
        stop_m = self.way_m + each_m
        while self.way_m < end_m:
            self._drive_on()
            self.frame()
            if self.way_m >= stop_m:
                stop_m += each_m
                then()

    def close(self) -> None:
        """End the workers."""
        self.app._keep(())
        pygame.quit()

    @property
    def way_m(self) -> float:
        """How far the wheels have turned [m]."""
        return self.session.state.rover.mobility.odometer_m

    def _give(self, state: State) -> None:
        self.session.state = self.session.previous = state
        flight = self.play.desk.flight
        flight.clock_s = max(flight.clock_s, float(state.tick))
        self.play.night_done_sol = sol_of(self.session.setup.site, state.tick)

    def _drive_on(self) -> None:
        """Give the next order to a rover that stands."""
        flight = self.play.desk.flight
        state = self.session.state
        place = state.rover.mobility
        if place.drive is not None or self.session.waiting_count:
            return
        self._tries += 1
        if math.dist((place.x_m, place.y_m), self._goal) < NEAR_M or self._tries > TRIES:
            if self._tries > TRIES:
                x_m, y_m = self._goal
                here = replace(place.estimate, x_m=x_m, y_m=y_m)
                place = replace(place, x_m=x_m, y_m=y_m, estimate=here)
                state = replace(state, rover=replace(state.rover, mobility=place))
            self._goal, self._tries = next(self._points), 0
        self._give(rested(self.session.setup, state))
        flight.pause(is_paused=False)
        self.play.desk.issue(DriveTo(*self._goal, navigation=Navigation.BLIND))
        flight.pace = replace(flight.pace, chosen=tuple((one, RATE) for one in Situation))
