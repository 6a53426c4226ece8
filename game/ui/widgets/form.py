"""A set of widgets with one focus: pointer, Tab, arrows and a gamepad reach every one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from game.ui.boxes import Box
from game.ui.canvas import Canvas
from game.ui.input import Happening, Pointed, Pressed


@dataclass(frozen=True, slots=True)
class Signal:
    """A widget was used: its name and its new value."""

    name: str
    value: float | str | int | bool = True


class Widget(Protocol):
    """Something on a screen that can be used."""

    name: str
    box: Box
    is_enabled: bool

    def handle(self, happening: Happening) -> Signal | None:
        """Answer what happened while the pointer is here or the focus is here."""
        ...

    def draw(self, canvas: Canvas, *, is_focused: bool, is_hovered: bool) -> None:
        """Draw the widget."""
        ...


class Form:
    """Holds widgets, the focus and the pointer."""

    def __init__(self, widgets: Sequence[Widget]) -> None:
        self.widgets = list(widgets)
        self.focus = next((k for k, w in enumerate(self.widgets) if w.is_enabled), 0)
        self.pointer = (-1.0, -1.0)
        self._held: Widget | None = None
        self.shows_focus = False
        self._was_put = False

    def handle(self, happening: Happening) -> Signal | None:
        """Pass what happened to the right widget; move the focus otherwise."""
        if isinstance(happening, Pointed):
            return self._point(happening)
        focused = self.focused
        signal = focused.handle(happening) if focused and focused.is_enabled else None
        if signal is None and isinstance(happening, Pressed):
            self._move_focus(happening)
        return signal

    @property
    def focused(self) -> Widget | None:
        """The widget that keys go to."""
        return self.widgets[self.focus] if self.widgets else None

    @property
    def hovered(self) -> Widget | None:
        """The widget under the pointer."""
        return next((w for w in reversed(self.widgets) if w.box.holds(*self.pointer)), None)

    def focus_on(self, name: str) -> None:
        """Move the focus to a widget by name."""
        for k, widget in enumerate(self.widgets):
            if widget.name == name:
                self.focus, self._was_put = k, True

    def draw(self, canvas: Canvas) -> None:
        """Draw all widgets."""
        hovered = self.hovered
        for k, widget in enumerate(self.widgets):
            is_focused = self.shows_focus and k == self.focus
            widget.draw(canvas, is_focused=is_focused, is_hovered=widget is hovered)

    def _point(self, pointed: Pointed) -> Signal | None:
        self.pointer = (pointed.x, pointed.y)
        if pointed.is_click:
            self.shows_focus = False
            self._held = self.hovered
            if self._held in self.widgets:
                self.focus = self.widgets.index(self._held)
        target = self._held or self.hovered
        if pointed.button == 1 and not pointed.is_down:
            self._held = None
        return target.handle(pointed) if target and target.is_enabled else None

    def _move_focus(self, pressed: Pressed) -> None:
        step = 0
        if pressed.means("next_field", "backward"):
            step = 1
        elif pressed.means("previous_field", "forward"):
            step = -1
        if step and self._was_put and not self.shows_focus:
            step = 0  # the first key only shows where the focus was put
            self.shows_focus = True
        self.shows_focus = self.shows_focus or bool(step)
        for _ in self.widgets if step else ():
            self.focus = (self.focus + step) % len(self.widgets)
            if self.widgets[self.focus].is_enabled:
                return
