"""Scenes of the pages of a run."""

from game.ui.screens.map import MapScreen
from game.ui.screens.orbit import OrbitScreen
from game.ui.screens.science import ScienceScreen
from game.ui.shot_studio import Studio

SOL, HOUR, LATE_SOL = 12, 15.2, 13


def orbit(studio: Studio) -> None:
    """38: Mars from outside with the orbiter's way."""
    OrbitScreen(studio.play_at(SOL, HOUR)).draw(studio.canvas)


def science(studio: Studio) -> None:
    """37: what is known of the past of water, and of the air."""
    ScienceScreen(studio.play_at(LATE_SOL, 17.0)).draw(studio.canvas)


def site_map(studio: Studio) -> None:
    """34: the site with contours, and a way measured on it."""
    screen = MapScreen(studio.play_at(LATE_SOL, 10.0))
    screen.draw(studio.canvas)
    x_m, y_m = screen.rover
    screen.measure((x_m - 26.0, y_m - 48.0))
    screen.draw(studio.canvas)
