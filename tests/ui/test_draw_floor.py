"""The ground from frame to frame: never bare where something is known, done when it says so."""

import math
from dataclasses import replace

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from game.ui.camera import View
from game.ui.draw.baker import Quarry, SunPlace
from game.ui.draw.floor import Floor
from game.ui.draw.ground import load_ground_view_spec
from game.ui.draw.sunlight import soil_rgb
from game.ui.draw.tiles import TileStore, open_store
from game.ui.draw.tiling import level_of
from tests.ui.small_ground import SmallGround

SUN = SunPlace(math.radians(50.0), math.radians(283.0), 0.44)
NEAR = View(31.0, 31.0, 46.0, 640, 360)
BLACK = (0, 0, 0)


@pytest.fixture(scope="module")
def store() -> TileStore:
    pygame.display.init()
    return open_store(load_ground_view_spec().tiles, Quarry(SmallGround, 64_000_000), True)


@pytest.fixture
def floor(store: TileStore) -> Floor:
    return Floor(load_ground_view_spec().layer, store)


def drawn(floor: Floor, view: View) -> NDArray[np.uint8]:
    target = pygame.Surface((view.width_px, view.height_px), depth=32)
    target.fill(BLACK)
    floor.draw(target, view, 1 / 60)
    return np.asarray(pygame.surfarray.array3d(target), np.uint8)


def settle(floor: Floor, view: View) -> int:
    for frame in range(200):
        if floor.is_settled(view):
            return frame
        drawn(floor, view)
    return 200


def test_the_first_frame_shows_everything_that_is_there(floor: Floor, store: TileStore) -> None:
    store.fill(NEAR, SUN)
    first = drawn(floor, NEAR)
    settle(floor, NEAR)
    assert np.array_equal(first, drawn(floor, NEAR))
    bare = soil_rgb(SUN, level_of(NEAR.scale_px_m, store.spec))
    assert np.mean((first == bare).all(axis=-1)) < 0.2


def test_a_new_size_of_the_window_shows_no_bare_ground(floor: Floor, store: TileStore) -> None:
    store.fill(NEAR, SUN)
    drawn(floor, NEAR)
    wider = replace(NEAR, width_px=960, height_px=540)
    store.fill(wider, SUN)
    first = drawn(floor, wider).astype(np.float64)
    settle(floor, wider)
    whole = drawn(floor, wider).astype(np.float64)
    assert np.abs(first - whole).mean() < 0.1 * whole.std() + 1.0


def test_a_jump_to_a_far_finer_zoom_is_never_left_unpainted(floor: Floor, store: TileStore) -> None:
    far = replace(NEAR, scale_px_m=0.125)
    store.fill(far, SUN)
    drawn(floor, far)
    settle(floor, far)
    for scale_px_m in (180.0, 184.0):  # in the midst of an eased zoom nothing is prepared
        seen = drawn(floor, replace(NEAR, scale_px_m=scale_px_m))
        assert seen.any(axis=-1).all()


def test_the_floor_is_settled_only_when_nothing_changes_any_more(
    floor: Floor, store: TileStore
) -> None:
    store.fill(NEAR, SUN)
    assert not floor.is_settled(NEAR)
    drawn(floor, NEAR)
    nearer = replace(NEAR, scale_px_m=92.0)
    store.fill(nearer, SUN)
    assert not floor.is_settled(nearer)
    assert 0 < settle(floor, nearer) < 200
    one = drawn(floor, nearer)
    assert np.array_equal(one, drawn(floor, nearer))
