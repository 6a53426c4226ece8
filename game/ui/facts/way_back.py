"""The way back from safe mode, or out of hibernation: what must hold, and what of it does."""

from typing import NamedTuple

from game.rover.modes import Mode, wake_keys
from game.rover.recovery import CheckItem, recovery_checklist
from game.state import Setup, State
from game.ui.words import signed, typeset
from game.units import celsius

SAFE_NOTE = "All of these must hold together; then the rover works again by itself."
WAKE_NOTE = "Both keys must turn together. It wakes by itself and hears nothing before."


class WayBack(NamedTuple):
    """A title, what must hold, a sentence, and whether the go-ahead of Earth is still missing."""

    title: str
    items: tuple[CheckItem, ...]
    note: str
    is_awaiting_word: bool


def way_back(setup: Setup, state: State) -> WayBack | None:
    """Return what a rover that does not work waits for; None while it works."""
    rover, spec = state.rover, setup.rover
    if rover.mode is Mode.SAFE:
        items = recovery_checklist(spec.bus, spec.power, rover.power, rover.thermal, rover.safe)
        words = tuple(item._replace(text=typeset(item.text)) for item in items)
        is_awaiting = spec.bus.is_ground_needed and not rover.safe.is_released
        return WayBack("The way out of safe mode", words, SAFE_NOTE, is_awaiting)
    if rover.mode is Mode.HIBERNATING:
        return WayBack("The two keys of waking", _keys(setup, state), WAKE_NOTE, False)
    return None


def _keys(setup: Setup, state: State) -> tuple[CheckItem, ...]:
    bus, power, battery_k = setup.rover.bus, state.rover.power, state.rover.thermal.battery_k
    has_light, is_warm = wake_keys(bus, power.in_w, battery_k)
    light = f"The wings bring {power.in_w:.0f} W of {bus.wake_w:.0f} W needed"
    warm = (
        f"Battery at {signed(celsius(battery_k))} °C, "
        f"{signed(celsius(bus.wake_battery_k))} °C needed"
    )
    return CheckItem("light", light, has_light), CheckItem("battery", warm, is_warm)
