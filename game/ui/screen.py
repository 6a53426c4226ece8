"""What a screen is, and how one screen leads to another.

A screen returns what should happen to the stack; it never touches the stack itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from game.ui.canvas import Canvas
from game.ui.input import Happening
from game.ui.widgets.form import Form


class Screen(Protocol):
    """One page of the game."""

    is_see_through: bool  # the screen below is drawn first
    most_scale_frac: float  # the largest size setting that its content has room for

    def handle(self, happening: Happening) -> "Transition | None":
        """Answer a key, pointer or text."""
        ...

    def update(self, frame_s: float) -> "Transition | None":
        """Let time on the wall clock pass."""
        ...

    def draw(self, canvas: Canvas) -> None:
        """Draw the screen; changes pixels only."""
        ...


@runtime_checkable
class Closing(Protocol):
    """A screen that has workers to end when it leaves the stack."""

    def close(self) -> None:
        """End the workers."""
        ...


@runtime_checkable
class Formed(Protocol):
    """A screen whose keys move a focus from widget to widget."""

    form: Form


@runtime_checkable
class Rescuing(Protocol):
    """A screen whose run can be saved when the program itself has made a mistake."""

    def rescue(self) -> None:
        """Save what there is."""
        ...


@dataclass(frozen=True, slots=True)
class Push:
    """Open a screen over this one."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Pop:
    """Close this screen."""


@dataclass(frozen=True, slots=True)
class Swap:
    """Close this screen and open another in its place."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Replace:
    """Close all screens and open another."""

    screen: Screen


@dataclass(frozen=True, slots=True)
class Home:
    """Close all screens and open the title, which leads to all others: the window knows it."""


@dataclass(frozen=True, slots=True)
class Load:
    """Open the list of saves over this one; it leads to other runs, so the window knows it."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the game."""


Transition = Push | Pop | Swap | Replace | Home | Load | Quit


def applied(
    stack: tuple[Screen, ...], transition: Push | Pop | Swap | Replace | Quit | None
) -> tuple[Screen, ...]:
    """Return the stack after a transition; an empty stack ends the game."""
    match transition:
        case Push(screen):
            return (*stack, screen)
        case Pop():
            return stack[:-1]
        case Swap(screen):
            return (*stack[:-1], screen)
        case Replace(screen):
            return (screen,)
        case Quit():
            return ()
    return stack


def visible(stack: tuple[Screen, ...]) -> Iterable[Screen]:
    """Return the screens to draw, lowest first."""
    first = len(stack) - 1
    while first > 0 and stack[first].is_see_through:
        first -= 1
    return stack[first:]
