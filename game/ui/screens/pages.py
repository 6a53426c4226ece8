"""The pages of a run, by the action that opens them."""

from collections.abc import Callable

from game.ui.host import Host
from game.ui.screen import Push, Screen, Transition
from game.ui.screens.data import DataScreen
from game.ui.screens.health import HealthScreen
from game.ui.screens.map import MapScreen
from game.ui.screens.mission import MissionScreen
from game.ui.screens.orbit import OrbitScreen
from game.ui.screens.power import PowerScreen
from game.ui.screens.science import ScienceScreen

PAGES: dict[str, Callable[[Host], Screen]] = {
    "map": MapScreen,
    "power": PowerScreen,
    "data": DataScreen,
    "science": ScienceScreen,
    "orbit": OrbitScreen,
    "health": HealthScreen,
    "mission": MissionScreen,
}


def page_of(host: Host, action: str) -> Screen:
    """Return the page that an action opens."""
    return PAGES[action](host)


def opened_page(host: Host, action: str) -> Transition:
    """Return the way from the play screen to a page."""
    host.shell.audio.play("paper")
    return Push(page_of(host, action))
