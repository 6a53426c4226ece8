"""What the keys of the play screen do to time and to the view."""

from game.ui.draw.hud_panels import RATES
from game.ui.host import Host
from game.ui.input import Pressed
from game.ui.pacing import stepped_choice

RATE_ACTIONS = {"rate_1": 1.0, "rate_10": 10.0, "rate_60": 60.0, "rate_300": 300.0,
                "rate_900": 900.0}  # fmt: skip
ZOOM_NOTCHES = 2


def press_time(host: Host, pressed: Pressed) -> None:
    """Pause, go on, or change how fast time runs."""
    flight = host.desk.flight
    if pressed.means("pause"):
        flight.pause(is_paused=not flight.pace.is_paused)
    elif pressed.means("slower"):
        flight.choose(stepped_choice(flight.pace.rate, RATES[1:], -1))
    elif pressed.means("faster"):
        flight.choose(stepped_choice(flight.pace.rate, RATES[1:], 1))
    elif pressed.means("rate_auto"):
        flight.choose(None)
    elif pressed.means("next_event"):
        host.is_skipping = True
    for name, rate in RATE_ACTIONS.items():
        if pressed.means(name):
            flight.choose(rate)


def press_view(host: Host, pressed: Pressed) -> None:
    """Zoom, go home, lay something over the ground, or hide panels."""
    view = host.stage.view
    middle = (view.width_px / 2, view.height_px / 2)
    if pressed.means("zoom_in"):
        host.stage.camera.zoom_by(ZOOM_NOTCHES, middle)
    elif pressed.means("zoom_out"):
        host.stage.camera.zoom_by(-ZOOM_NOTCHES, middle)
    elif pressed.means("home_view"):
        place = host.desk.flight.state.rover.mobility
        host.stage.camera.go_home(place.x_m, place.y_m)
    elif pressed.means("overlay"):
        host.stage.next_overlay()
    elif pressed.means("hide_panels"):
        host.has_sides = not host.has_sides
    elif pressed.means("hide_all"):
        host.has_any = not host.has_any


def choose_rate(host: Host, rate: float) -> None:
    """Take a rate from the panel; the first one stops and goes on."""
    flight = host.desk.flight
    if rate == 0.0:
        flight.pause(is_paused=not flight.pace.is_paused)
    else:
        flight.choose(rate)
