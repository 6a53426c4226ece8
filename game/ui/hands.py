"""Driving by hand: from held keys to commands, renewed while the keys stay down."""

import math

from game.commands import Command, Drive, RollOff, Stop, Turn
from game.rover.drive import DriveKind
from game.state import State

AHEAD_M = 2.0  # one order reaches this far, and is renewed before it runs out
RENEW_M = 0.8
CURVATURE_1_M = 0.3
TURN_RAD = math.radians(40.0)
RENEW_RAD = math.radians(12.0)
WHEEL_ACTIONS = ("forward", "backward", "left", "right")


class Hands:
    """Remembers what was asked for last, so that a held key does not flood the log."""

    def __init__(self) -> None:
        self._asked: tuple[int, int] = (0, 0)
        self._odometer_m = 0.0
        self._heading_rad = 0.0
        self._refused: tuple[int, int] = (0, 0)

    def is_news(self, held: set[str]) -> bool:
        """Say whether a refusal of what the keys ask for has not been told yet, and note it."""
        wanted = self.wanted(held)
        is_new, self._refused = wanted != self._refused, wanted
        return is_new

    def accept(self) -> None:
        """Forget refusals: the wheels turn again."""
        self._refused = (0, 0)

    def wanted(self, held: set[str]) -> tuple[int, int]:
        """Return where the keys push: forward or back, right or left."""
        along = ("forward" in held) - ("backward" in held)
        across = ("right" in held) - ("left" in held)
        return along, across

    def command(self, held: set[str], state: State) -> Command | None:
        """Return the command that the held keys ask for now, or nothing new."""
        wanted = self.wanted(held)
        place = state.rover.mobility
        if wanted == (0, 0):
            self._refused = wanted
            was, self._asked = self._asked, wanted
            is_by_hand = place.drive is not None and place.drive.kind is not DriveKind.GOTO
            is_rolling_off = place.drive is not None and place.drive.kind is DriveKind.ROLL_OFF
            return Stop() if was != (0, 0) and is_by_hand and not is_rolling_off else None
        if place.is_on_lander:
            is_new, self._asked = wanted != self._asked, wanted
            return RollOff() if is_new and wanted[0] > 0 and place.drive is None else None
        if not self._is_due(wanted, state):
            return None
        self._asked = wanted
        self._odometer_m = place.odometer_m
        self._heading_rad = place.estimate.heading_rad
        along, across = wanted
        if along == 0:
            return Turn((place.estimate.heading_rad + across * TURN_RAD) % math.tau)
        return Drive(along * AHEAD_M, across * CURVATURE_1_M * along)

    def _is_due(self, wanted: tuple[int, int], state: State) -> bool:
        place = state.rover.mobility
        if wanted != self._asked or place.drive is None:
            return True
        turned = abs(math.remainder(place.estimate.heading_rad - self._heading_rad, math.tau))
        if wanted[0] == 0:
            return turned > RENEW_RAD
        return abs(place.odometer_m - self._odometer_m) > RENEW_M
