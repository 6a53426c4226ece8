"""Scenes of the pages of a run, of its end, and of the menus."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from game.errors import GameError
from game.events import Outcome
from game.levels.load import level_paths
from game.levels.open import Changes
from game.rover.faults import Fault, Stage
from game.ui.canvas import Canvas
from game.ui.missions import start
from game.ui.screens.data import DataScreen
from game.ui.screens.end import EndScreen
from game.ui.screens.health import HealthScreen
from game.ui.screens.help import HelpScreen
from game.ui.screens.loading import TROUBLE
from game.ui.screens.map import MapScreen
from game.ui.screens.message import MessageScreen
from game.ui.screens.mission import MissionScreen
from game.ui.screens.orbit import OrbitScreen
from game.ui.screens.pause import PauseScreen
from game.ui.screens.play import PlayScreen
from game.ui.screens.power import PowerScreen
from game.ui.screens.science import ScienceScreen
from game.ui.screens.settings import SettingsScreen
from game.ui.shot_studio import Studio

SOL, HOUR, LATE_SOL = 12, 15.2, 13
LARGE = 1.5
# A storm darker than wings can live with, and a rover that is not let into hibernation: with it
# the rover sleeps such a storm out.
FATAL = Changes(
    {"sequencer": {"bus": {"hibernate_wh": 0.0, "hibernate_dark_wh": 0.0}}},
    storms=(
        {
            "kind": "global",
            "start_sol": 12.0,
            "rise_tau": 10.0,
            "rise_sols": 1.0,
            "peak_sols": 60.0,
            "decay_sols": 60.0,
        },
    ),
)
# A wing that hangs and a weak radio, both found, and something strange about the laser.
TROUBLES = (
    ("stuck_wing", 0.6, "left", Stage.FOUND),
    ("uhf_weak", 0.5, "", Stage.FOUND),
    ("laser_weak", 0.6, "", Stage.SYMPTOM),
)
BROKEN_LEVEL = "first-hundred-metres"
# Slips that a hand makes in a map: a property misspelt, a class that is none, a word for a number.
SLIPS = (
    ('name="depth_ratio"', 'name="depht_ratio"'),
    ('type="mound"', 'type="mount"'),
    ('name="age_frac" type="float" value="0.4"', 'name="age_frac" type="float" value="old"'),
    ('width="544" height="544"', 'width="-544" height="544"'),
)


def site_map(studio: Studio) -> None:
    """34: the site with contours, and a way measured on it."""
    screen = MapScreen(studio.play_at(LATE_SOL, 10.0))
    screen.draw(studio.canvas)
    x_m, y_m = screen.rover
    screen.measure((x_m + 34.0, y_m + 21.0))
    screen.draw(studio.canvas)


def power(studio: Studio) -> None:
    """35: what draws, what can be shed, how long that buys."""
    PowerScreen(studio.play_at(SOL, 9.7)).draw(studio.canvas)


def data(studio: Studio) -> None:
    """36: memory, queue, what is sent, acknowledged, lost."""
    DataScreen(studio.play_at(SOL, 11.9)).draw(studio.canvas)


def science(studio: Studio) -> None:
    """37: what is known of the past of water, and of the air."""
    ScienceScreen(studio.play_at(LATE_SOL, 17.0)).draw(studio.canvas)


def health(studio: Studio) -> None:
    """49: parts, what is strange about them, and the answers there are."""
    number = studio.story.at(SOL, HOUR)
    state = studio.story.states[number]
    begun = state.tick - 7200
    faults = tuple(
        Fault(k + 1, kind, severity, begun, place, stage, begun + 1800)
        for k, (kind, severity, place, stage) in enumerate(TROUBLES)
    )
    rover = replace(state.rover, faults=replace(state.rover.faults, active=faults, begun_count=3))
    run = studio.run_at(0, replace(state, rover=rover))
    HealthScreen(studio.play(run)).draw(studio.canvas)


def orbit(studio: Studio) -> None:
    """38: Mars from outside with the orbiter's way."""
    OrbitScreen(studio.play_at(SOL, HOUR)).draw(studio.canvas)


def mission(studio: Studio) -> None:
    """39: the mission on a page."""
    screen = MissionScreen(studio.end_screen(studio.ending))
    screen.settle()
    screen.draw(studio.canvas)


def end_success(studio: Studio) -> None:
    """40: ninety sols are over."""
    _end(studio, EndScreen(_ground(studio, studio.end_screen(studio.ending))))


def end_loss(studio: Studio) -> None:
    """41: the rover is lost, and why."""
    run = studio.flown(60, FATAL)
    if run.session.state.mission.outcome is not Outcome.LOSS:
        raise RuntimeError("the storm of scene 41 does not end the mission: make it darker")
    _end(studio, EndScreen(_ground(studio, studio.end_screen(run))))


def _ground(studio: Studio, screen: PlayScreen) -> PlayScreen:
    """Draw the play screen that lies under a see-through page."""
    screen.draw(studio.canvas)
    return screen


def _end(studio: Studio, screen: EndScreen) -> None:
    screen.draw(studio.canvas)


def pause(studio: Studio) -> None:
    """42: the menu over a run."""
    PauseScreen(_ground(studio, studio.play_at(SOL, HOUR))).draw(studio.canvas)


def settings_large(studio: Studio) -> None:
    """43: the settings with everything half as large again."""
    shell = studio.shell
    before = shell.settings
    shell.settings = replace(before, scale_frac=LARGE)
    scale = studio.canvas.scale * min(LARGE, SettingsScreen.most_scale_frac)
    SettingsScreen(shell).draw(Canvas(studio.surface, scale, shell.letters))
    shell.settings = before


def help_page(studio: Studio) -> None:
    """44: how to stay alive, and the keys."""
    _ground(studio, studio.play_at(SOL, HOUR))
    HelpScreen(studio.shell).draw(studio.canvas)


def level_error(studio: Studio) -> None:
    """45: a map with mistakes: file, layer, object and a fix for each."""
    with tempfile.TemporaryDirectory() as folder:
        root = level_paths()[BROKEN_LEVEL].parent.parent
        shutil.copytree(root, Path(folder) / "levels")
        broken = Path(folder) / "levels" / "campaign" / BROKEN_LEVEL
        for path in broken.glob("*.tmx"):
            text = path.read_text(encoding="utf-8")
            for right, wrong in SLIPS:
                text = text.replace(right, wrong, 1)
            path.write_text(text, encoding="utf-8")
        try:
            start(str(broken), None, None)
            lines: tuple[str, ...] = ()
        except GameError as error:
            lines = tuple(str(error).replace(f"{folder}/", "").splitlines())
    MessageScreen(studio.shell, TROUBLE, lines).draw(studio.canvas)
