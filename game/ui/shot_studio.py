"""A mission flown by the baseline agent, and any of its moments on a screen."""

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

import pygame

from game.agents.agent import fly
from game.agents.registry import find_agent
from game.environment.clock import lmst_h, sol_of, tick_at
from game.levels.open import Changes, OpenedLevel, open_level
from game.schedule import surroundings
from game.session import Session
from game.state import State
from game.ui.canvas import Canvas
from game.ui.draw.ground import GroundView
from game.ui.missions import Run
from game.ui.screens.play import PlayScreen
from game.ui.settings import Settings
from game.ui.shell import Shell, new_shell
from game.ui.theme import load_theme
from game.world.terrain import Terrain

LEVEL, SEED = "ninety-sols", 7
LAST_SOL = 13
STORM = {
    "kind": "regional",
    "start_sol": 10.8,
    "rise_tau": 2.5,
    "rise_sols": 0.4,
    "peak_sols": 6.0,
    "decay_sols": 6.0,
}


@dataclass(frozen=True, slots=True, eq=False)
class Story:
    """All states of a flown mission, in order."""

    opened: OpenedLevel
    states: tuple[State, ...]

    def find(self, is_wanted: Callable[[State], bool]) -> int:
        """Return the place of the first state of a kind, or of the last state."""
        found = (k for k, state in enumerate(self.states) if is_wanted(state))
        return next(found, len(self.states) - 1)

    def at(self, sol: int, hour: float) -> int:
        """Return the place of the state at a local time."""
        tick = tick_at(self.opened.setup.site, sol, hour)
        return self.find(lambda state: state.tick >= tick)


class Studio:
    """Makes screens of moments; one ground serves all scenes."""

    def __init__(self, size_px: tuple[int, int]) -> None:
        self.surface = pygame.display.set_mode(size_px)
        self.shell: Shell = new_shell(Settings())
        theme = load_theme()
        scale = min(size_px[0] / theme.window.width_px, size_px[1] / theme.window.height_px)
        self.canvas = Canvas(self.surface, scale, self.shell.letters, (0.0, 0.0), theme)
        self._story: Story | None = None
        self._ending: Run | None = None
        self._ground: GroundView | None = None

    @property
    def story(self) -> Story:
        """The mission, flown on first use."""
        if self._story is None:
            opened = open_level(LEVEL, SEED)
            session = Session(opened.setup)
            states = [session.state]
            agent = find_agent("baseline", SEED)
            fly(session, agent, LAST_SOL, states.append, [])
            self._story = Story(opened, tuple(states))
        return self._story

    @property
    def ground(self) -> GroundView:
        """The ground, made on first use."""
        if self._ground is None:
            spec = self.story.opened.setup.terrain.spec
            self._ground = GroundView(partial(Terrain, spec), is_synchronous=True)
        return self._ground

    def flown(self, sols: int, changes: Changes | None = None) -> Run:
        """Return a whole mission of the baseline agent, with changes if any are given."""
        opened = open_level(LEVEL, SEED, None, changes) if changes else self.story.opened
        session = Session(opened.setup)
        fly(session, find_agent("baseline", SEED), sols, lambda _: None, [])
        return Run(opened, session)

    @property
    def ending(self) -> Run:
        """The mission flown to its end, on first use."""
        if self._ending is None:
            self._ending = self.flown(self.story.opened.setup.mission.sols)
        return self._ending

    def end_screen(self, run: Run) -> PlayScreen:
        """Return the play screen at the end of a run, its past not remembered."""
        screen = PlayScreen(self.shell, run, self.ground, is_still=True)
        self.ground.show_overlay(None)
        screen.desk.model()
        return screen

    def close(self) -> None:
        """End the ground's workers."""
        if self._ground is not None:
            self._ground.close()

    def run_at(self, number: int, state: State | None = None) -> Run:
        """Return the run at a state of the story, or at a changed copy of it."""
        story = self.story
        session = Session(story.opened.setup, state or story.states[number])
        if state is None and number > 0:
            session.previous = story.states[number - 1]
        return Run(story.opened, session)

    def play(self, run: Run) -> PlayScreen:
        """Return the play screen of a run, its forecast made and its HUD settled."""
        screen = PlayScreen(self.shell, run, self.ground, is_still=True)
        self.ground.show_overlay(None)
        last = self.story.find(_same(run.session.state))
        screen.desk.flight.recall(self.story.states[: last + 1])
        screen.desk.flight.watch()
        screen.desk.model()  # notices whether the game waits for the player
        screen.desk.flight.pace = replace(screen.desk.flight.pace, passed_s=math.inf)
        screen.desk.settle()
        return screen

    def play_at(self, sol: int, hour: float) -> PlayScreen:
        """Return the play screen at a local time."""
        return self.play(self.run_at(self.story.at(sol, hour)))

    def sun_run(self, sol: int, elevation_deg: float, *, is_morning: bool) -> Run:
        """Return the run at noon of a sol, with the Sun moved to a height: for light alone."""
        story = self.story
        state = story.states[story.at(sol, 12.0)]
        site = story.opened.setup.site
        hours = [k / 30 for k in range(24 * 30)]
        day = [h for h in hours if (h < 12) == is_morning]

        def gap(hour: float) -> float:
            felt = surroundings(story.opened.setup, tick_at(site, sol, hour))
            return abs(math.degrees(felt.sun_elevation_rad) - elevation_deg)

        return self.run_at(0, replace(state, tick=tick_at(site, sol, min(day, key=gap))))

    def storm_run(self, sol: int, hour: float) -> Run:
        """Return the run in a dust storm."""
        opened = open_level(LEVEL, SEED, None, Changes({}, storms=(STORM,)))
        state = self.story.states[self.story.at(sol, hour)]
        tick = tick_at(opened.setup.site, sol, hour)
        return Run(opened, Session(opened.setup, replace(state, tick=tick)))

    def local(self, state: State) -> tuple[int, float]:
        """Return sol and local time of a state."""
        site = self.story.opened.setup.site
        return sol_of(site, state.tick), lmst_h(site, state.tick)


def _same(state: State) -> Callable[[State], bool]:
    return lambda other: other.tick >= state.tick
