"""The ways on after a stop: what the rover offers, until one is taken or something else is done."""

from collections.abc import Callable

from game.commands import Command, TakePicture
from game.events import DriveEnded, Event
from game.ui.boxes import Box
from game.ui.input import Pressed
from game.wheel_events import Choice

SHOWN_S = 45.0  # real time


class WaysOn:
    """Keeps the choices of the last stop, and which of them is marked."""

    def __init__(self) -> None:
        self.choices: tuple[Choice, ...] = ()
        self.marked = 0
        self.boxes: tuple[Box, ...] = ()
        self._left_s = 0.0

    def take(self, events: tuple[Event, ...]) -> None:
        """Take what a stop offers; a picture alone is on the action bar anyway."""
        for event in events:
            if isinstance(event, DriveEnded):
                is_news = any(not isinstance(c.command, TakePicture) for c in event.choices)
                self.choices, self.marked = (event.choices if is_news else ()), 0
                self._left_s = SHOWN_S

    def update(self, frame_s: float, *, is_driving: bool) -> None:
        """Forget the choices when wheels turn again, or after a while."""
        self._left_s -= frame_s
        if is_driving or self._left_s <= 0.0:
            self.forget()

    def forget(self) -> None:
        """Close the list."""
        self.choices, self.boxes = (), ()

    def press(self, pressed: Pressed, go_on: Callable[[Command], None]) -> bool:
        """Mark, take or close by keys; return whether the key was meant for the list."""
        if not self.choices:
            return False
        if pressed.means("next_field", "previous_field"):
            step = -1 if pressed.means("previous_field") else 1
            self.marked = (self.marked + step) % len(self.choices)
        elif pressed.means("confirm"):
            go_on(self.choices[self.marked].command)
        elif pressed.means("back", "leave"):
            self.forget()
        else:
            return False
        return True

    def click(self, x: float, y: float, go_on: Callable[[Command], None]) -> bool:
        """Take the choice under a point; return whether there was one."""
        for choice, box in zip(self.choices, self.boxes, strict=False):
            if box.holds(x, y):
                go_on(choice.command)
                return True
        return False
