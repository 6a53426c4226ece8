"""Where the play screen leads: keys and clicks that open screens, and events that do."""

from collections.abc import Callable

from game.commands import ActivityKind
from game.events import Event, MissionEnded, ProductHome, ProductStored
from game.rover.modes import Mode
from game.telemetry import outside
from game.ui.draw.hud import hud_layout
from game.ui.host import Host
from game.ui.input import Pointed, Pressed
from game.ui.keeping import quick_save
from game.ui.model import newest_picture, pictures
from game.ui.screen import Load, Push, Transition
from game.ui.screens.end import EndScreen
from game.ui.screens.help import HelpScreen
from game.ui.screens.night import NightScreen
from game.ui.screens.pages import opened_page
from game.ui.screens.pause import PauseScreen
from game.ui.screens.plan import PlanScreen
from game.ui.screens.report import ReportScreen
from game.ui.screens.tray import TrayScreen
from game.ui.screens.viewer import ViewerScreen

DUSK_RAD = -0.05
ROW_H = 57.0  # of the health panel
MORE_CELL = 6  # of the action bar, counted from 0
PICTURES = frozenset({str(ActivityKind.PICTURE), str(ActivityKind.PANORAMA)})


def opened_by(host: Host, happening: Pressed | Pointed) -> Transition | None:
    """Return the screen that a key or a click opens."""
    if isinstance(happening, Pointed):
        return _clicked(host, happening)
    if happening.means("save"):
        quick_save(host.desk, stage=host.stage)
    for name, opened in OPENED.items():
        if happening.means(name):
            return opened(host)
    return None


# What each key opens; a literal table, so that one can see it at a glance.
OPENED: dict[str, Callable[[Host], Transition | None]] = {
    "plan": lambda host: Push(PlanScreen(host)),
    "newest_picture": lambda host: viewer(host, auto_close=False),
    "report": lambda host: Push(ReportScreen(host)),
    "help": lambda host: Push(HelpScreen(host.shell)),
    "menu": lambda host: Push(PauseScreen(host)),
    "load": lambda _: Load(),
    "sleep_till_dawn": lambda host: Push(NightScreen(host)),
    "more": lambda host: Push(TrayScreen(host)),
    "map": lambda host: opened_page(host, "map"),
    "power": lambda host: opened_page(host, "power"),
    "data": lambda host: opened_page(host, "data"),
    "science": lambda host: opened_page(host, "science"),
    "orbit": lambda host: opened_page(host, "orbit"),
    "health": lambda host: opened_page(host, "health"),
    "mission": lambda host: opened_page(host, "mission"),
}


def _clicked(host: Host, pointed: Pointed) -> Transition | None:
    place = hud_layout(host.page)
    if place.strip.holds(pointed.x, pointed.y):
        return Push(PlanScreen(host))
    if place.action_cells(MORE_CELL + 1)[MORE_CELL].holds(pointed.x, pointed.y):
        return Push(TrayScreen(host))
    page = panel_page(host, pointed.x, pointed.y)
    if page == "picture":
        return viewer(host, auto_close=False)
    return opened_page(host, page) if page else None


def panel_page(host: Host, x: float, y: float) -> str:
    """Return the page that a panel under a point leads to: what one looks at, one may ask about."""
    place = hud_layout(host.page)
    if place.link.holds(x, y):
        return "mission" if x > place.link.x + place.link.w * 0.6 else "orbit"
    if not host.has_sides or not place.has_room:
        return ""
    if place.health.holds(x, y):
        return "science" if y > place.health.y + 4 + 3 * ROW_H else "power"
    if place.thumbnail().holds(x, y):
        return "picture"
    if place.home.holds(x, y):
        return "data" if y < place.thumbnail().y else "map"
    return ""


def viewer(host: Host, *, auto_close: bool, number: int = 0) -> Transition | None:
    """Open the newest picture, or a certain one."""
    taken = pictures(host.desk.flight.state)
    if not taken:
        host.desk.captions.say("There is no picture yet.", 2)
        return None
    newest = newest_picture(host.desk.flight.state) or taken[-1]
    chosen = next((p for p in taken if p.number == number), newest)
    return Push(ViewerScreen(host, chosen.number, auto_close=auto_close))


def after_events(host: Host, events: tuple[Event, ...]) -> Transition | None:
    """Return the screen that events open: the end, a first picture, a picture that came home."""
    for event in events:
        if isinstance(event, MissionEnded):
            return Push(EndScreen(host))
    for event in events:
        if isinstance(event, ProductStored) and event.kind in PICTURES:
            if len(pictures(host.desk.flight.state)) == 1:
                return viewer(host, auto_close=True, number=event.product)
        elif isinstance(event, ProductHome) and event.kind in PICTURES:
            return viewer(host, auto_close=True, number=event.product)
    return None


def night_due(host: Host) -> Transition | None:
    """Return the night when the Sun is down and nothing is left to do."""
    flight = host.desk.flight
    rover = flight.state.rover
    is_busy = rover.mobility.drive is not None or rover.sequencer.radio is not None
    is_stopped = flight.pace.is_paused or host.is_still or flight.session.is_over
    main = rover.sequencer.main
    if main is not None and main.activity.kind is not ActivityKind.SLEEP:
        is_busy = True
    if is_busy or is_stopped or rover.mode is Mode.LOST:
        return None
    felt = outside(flight.session.setup, flight.state)
    is_evening = felt.lmst_h > 12 and felt.sun_elevation_rad < DUSK_RAD
    if not is_evening or host.night_done_sol >= felt.sol:
        return None
    host.night_done_sol = felt.sol
    return Push(NightScreen(host))
