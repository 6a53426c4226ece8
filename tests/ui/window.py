"""What tests of the window share: a ground of one colour, presses and clicks, frames."""

import pygame

from game.rover.storage import Product
from game.state import State
from game.ui.canvas import Canvas
from game.ui.draw.ground import load_ground_view_spec
from game.ui.input import Pointed, Pressed
from game.ui.missions import Run
from game.ui.screens.play import PlayScreen
from game.ui.shell import Shell

FRAME_S = 1 / 30


class PlainGround:
    """Stands in for the ground view: one colour, nothing to wait for."""

    def __init__(self) -> None:
        self.spec = load_ground_view_spec()
        self.is_synchronous = True

    def draw(self, target: pygame.Surface, *rest: object) -> None:
        del rest
        target.fill((120, 84, 56))

    def fill(self, *rest: object) -> None:
        del rest

    def is_settled(self, view: object) -> bool:
        del view
        return True

    def show_overlay(self, overlay: object) -> None:
        del overlay

    def overlay_span(self, view: object) -> None:
        del view

    def close(self) -> None:
        pass


def plain_play(shell: Shell, run: Run, *, is_still: bool = True) -> PlayScreen:
    """Return the play screen of a run on plain ground; pictures are not made."""
    screen = PlayScreen(shell, run, PlainGround(), is_still=is_still)  # type: ignore[arg-type]
    screen.desk.pictures.order = _no_picture  # type: ignore[method-assign]
    screen.desk.pictures.warm_up = _no_picture  # type: ignore[method-assign]
    return screen


def _no_picture(state: State, product: Product | None = None) -> None:
    """Rendering pictures is tested with the renderer."""


def press(*names: str) -> Pressed:
    return Pressed(frozenset(names))


def click(x: float, y: float, *, is_more: bool = False) -> Pointed:
    return Pointed(x, y, 1, is_down=True, is_more=is_more)


def release(x: float, y: float) -> Pointed:
    return Pointed(x, y, 1, is_down=False)


def frames(screen: PlayScreen, canvas: Canvas, seconds: float) -> object:
    for _ in range(round(seconds / FRAME_S)):
        transition = screen.update(FRAME_S)
        screen.draw(canvas)
        if transition is not None:
            return transition
    return None
