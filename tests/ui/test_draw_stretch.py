"""An eased zoom shows stretched pictures of large things, and the exact ones when it ends."""

import math
import threading
import time
from collections.abc import Callable

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from game.ui.camera import View
from game.ui.draw.lander import HardwarePainter, load_hardware
from game.ui.draw.rover import LIGHT_LAG_FRAMES, RoverPainter
from game.ui.draw.rover_shape import RoverPose, load_rover_shapes
from game.ui.draw.shading import SpriteLight
from game.ui.draw.shadow import cast
from game.ui.draw.stretch import Sized
from game.world.places import Place, PlaceKind
from tests.ui.test_draw_rover import AFTERNOON

LANDER = (Place("lander", "Lander", PlaceKind.HARDWARE, 0.0, 0.0, 3.0),)
POSE = RoverPose(0.0, 0.0, 0.4)
ZOOMS = [46.0 * 1.04**k for k in range(12)]
Painted = Callable[[pygame.Surface, View], None]


def view_at(scale_px_m: float) -> View:
    return View(0.0, 0.0, scale_px_m, 640, 480)


def drawn(paint: Painted, scale_px_m: float) -> NDArray[np.uint8]:
    target = pygame.Surface((640, 480), depth=32)
    target.fill((150, 110, 80))
    paint(target, view_at(scale_px_m))
    return np.asarray(pygame.surfarray.array3d(target), np.uint8)


def of_lander(painter: HardwarePainter, light: SpriteLight) -> Painted:
    def paint(target: pygame.Surface, view: View) -> None:
        cast(target, painter.shadows(view, LANDER, light))
        painter.draw(target, view, LANDER, light)

    return paint


def of_rover(painter: RoverPainter, light: SpriteLight) -> Painted:
    def paint(target: pygame.Surface, view: View) -> None:
        cast(target, painter.shadows(view, POSE, light))
        painter.draw(target, view, POSE, light)

    return paint


@pytest.fixture
def turned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The widths of what is turned in the thread of the frames."""
    here, widths, rotozoom = threading.get_ident(), list[int](), pygame.transform.rotozoom

    def counted(picture: pygame.Surface, angle: float, factor: float) -> pygame.Surface:
        if threading.get_ident() == here:
            widths.append(picture.get_width())
        return rotozoom(picture, angle, factor)

    monkeypatch.setattr(pygame.transform, "rotozoom", counted)
    return widths


def settled(paint: Painted, scale_px_m: float, wanted: NDArray[np.uint8]) -> bool:
    for _ in range(200):
        if np.array_equal(drawn(paint, scale_px_m), wanted):
            return True
        time.sleep(0.01)
    return False


def test_a_stretched_picture_keeps_its_middle() -> None:
    sized = Sized(pygame.Surface((40, 20), depth=32), (-10, -6), 50.0)
    assert sized.at(50.0) is sized
    twice = sized.at(100.0)
    assert (twice.picture.get_size(), twice.corner) == ((80, 40), (-20, -12))
    assert sized.at(0.1).picture.get_size() == (1, 1)


def test_no_frame_of_a_zoom_turns_the_lander(turned: list[int]) -> None:
    painter = HardwarePainter(load_hardware())
    while not painter.is_ready(view_at(46.0), LANDER):
        time.sleep(0.01)
    paint = of_lander(painter, AFTERNOON)
    drawn(paint, 46.0)
    first = len(turned)
    exact = HardwarePainter(load_hardware(), is_patient=True)
    near = [drawn(of_lander(exact, AFTERNOON), scale_px_m) for scale_px_m in (46.0, ZOOMS[-1])]
    turned.clear()
    for scale_px_m in ZOOMS:
        seen = drawn(paint, scale_px_m)
    assert first == 1
    assert not turned
    assert np.abs(seen.astype(float) - near[1]).mean() < np.abs(seen.astype(float) - near[0]).mean()
    assert settled(paint, ZOOMS[-1], near[1])
    painter.close()


def test_a_zoom_turns_the_body_of_the_rover_only_when_it_ends(turned: list[int]) -> None:
    shapes = load_rover_shapes()
    painter, exact = RoverPainter(shapes), RoverPainter(shapes, is_patient=True)
    for one in (painter, exact):
        for size_px_m in (46.0, ZOOMS[-1]):
            one.prepare(size_px_m)
    paint = of_rover(painter, AFTERNOON)
    for _ in range(LIGHT_LAG_FRAMES + 1):
        drawn(paint, 46.0)
        wanted = drawn(of_rover(exact, AFTERNOON), ZOOMS[-1])
    body = max(turned)
    turned.clear()
    for scale_px_m in ZOOMS:
        drawn(paint, scale_px_m)
    assert body not in turned
    assert settled(paint, ZOOMS[-1], wanted)
    painter.close()
    assert math.isclose(painter._last_px_m, ZOOMS[-1])
