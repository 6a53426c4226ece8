"""Ground is made before anyone stands on it or looks at it, and no frame waits for it."""

import math
import threading
import time
from collections.abc import Iterator
from dataclasses import replace

import pygame
import pytest

from game.levels.open import open_level
from game.rover import footing
from game.ui.camera import View
from game.ui.draw.baker import Baked, Baker, Job, LightJob, Quarry, SunPlace, TileJob, TileKey
from game.ui.draw.floor import Floor
from game.ui.draw.ground import load_ground_view_spec
from game.ui.draw.lead import Lead
from game.ui.draw.makers import InlineMaker, ThreadMaker
from game.ui.draw.tiles import TileStore
from game.ui.draw.tiling import above, tiles_in
from game.ui.wayside import Wayside
from game.world.terrain import Terrain
from tests.ui.small_ground import SmallGround

SPEC = load_ground_view_spec()
QUARRY = Quarry(SmallGround, 60_000_000)
SUN = SunPlace(math.radians(34.0), math.radians(283.0), 0.44)
VIEW = View(0.0, 0.0, 46.0, 320, 200)
LEVEL = -6
LONG_S = 60.0


class CoarseOnly(InlineMaker):
    """A worker that has not got round to fine tiles yet."""

    def __init__(self) -> None:
        super().__init__(QUARRY)
        self.held: list[Job] = []

    def submit(self, job: Job) -> None:
        if isinstance(job, LightJob) or job.key[0] > LEVEL:
            super().submit(job)
        else:
            self.held.append(job)

    def release(self) -> None:
        for job in self.held:
            super().submit(job)
        self.held.clear()


def frames(store: TileStore, floor: Floor, count: int, view: View = VIEW) -> pygame.Surface:
    target = pygame.Surface((view.width_px, view.height_px), depth=32)
    for _ in range(count):
        store.update(view, SUN)
        floor.draw(target, view, 1 / 60)
    return target


def test_the_coarser_ground_is_shown_until_the_finer_is_there() -> None:
    maker = CoarseOnly()
    store = TileStore(SPEC.tiles, maker, QUARRY)
    floor = Floor(SPEC.layer, store)
    keys = tiles_in(VIEW, LEVEL)
    coarse = frames(store, floor, 60)
    assert not any(key in store.tiles for key in keys)
    assert all(store.stand_in(key) == above(key, SPEC.tiles.coarse_steps) for key in keys)
    assert floor.layer is not None
    assert set(floor.layer.stood_in) >= set(keys)
    assert _colours(coarse) > 500, "the coarser ground, not a plain colour"
    maker.release()
    fine = frames(store, floor, 60)
    assert all(key in store.tiles for key in keys)
    assert not set(floor.layer.stood_in) & set(keys)
    assert pygame.image.tobytes(fine, "RGB") != pygame.image.tobytes(coarse, "RGB")


def _colours(surface: pygame.Surface) -> int:
    return len({tuple(surface.get_at((x, y))) for x in range(0, 320, 3) for y in range(0, 200, 3)})


def test_frames_go_on_while_the_worker_is_stuck(monkeypatch: pytest.MonkeyPatch) -> None:
    gate, begun = threading.Event(), threading.Event()
    bake = Baker.bake

    def stuck(self: Baker, job: Job) -> Baked:
        if isinstance(job, TileJob):
            begun.set()
            assert gate.wait(LONG_S)
        return bake(self, job)

    monkeypatch.setattr(Baker, "bake", stuck)
    store = TileStore(SPEC.tiles, ThreadMaker(QUARRY, 3), QUARRY)
    floor = Floor(SPEC.layer, store)
    start_s = time.monotonic()
    frames(store, floor, 5)
    assert begun.wait(LONG_S)
    # Frames while nothing at all can be had, and the view moves on over missing ground.
    for step in range(30):
        frames(store, floor, 1, replace(VIEW, x_m=0.5 * step))
    assert not gate.is_set()
    assert not store.tiles
    assert time.monotonic() - start_s < LONG_S / 2
    gate.set()
    store.fill(VIEW, SUN)
    store.close()


def test_squares_on_the_rovers_course_are_asked_for_though_nobody_looks() -> None:
    asked: list[TileKey] = []
    maker = CoarseOnly()
    store = TileStore(SPEC.tiles, maker, QUARRY)
    # The camera is 40 m to the east; the rover at the lander heads south.
    view = replace(VIEW, x_m=40.0)
    store.lead.head(0.5, 0.5, math.pi)
    for _ in range(200):
        store.update(view, SUN)
        asked += [job.key for job in maker.held if isinstance(job, TileJob)]
        maker.release()
    first_seen = min(asked.index(key) for key in tiles_in(view, LEVEL))
    for row in (0, -1, -2):
        assert (LEVEL, 0, row) in asked, "under the rover, then on its way"
        assert asked.index((LEVEL, 0, row)) > first_seen, "after what is on show"
    assert (LEVEL, 0, 3) not in asked, "nothing behind it"


def test_a_course_goes_beyond_the_edge_of_the_window() -> None:
    lead = Lead(100)
    lead.follow(VIEW)
    assert lead.soon(VIEW, LEVEL) == tiles_in(VIEW, LEVEL, 1)
    lead.head(0.0, 0.0, math.radians(90.0))
    keys = lead.soon(VIEW, LEVEL)
    assert keys[: len(tiles_in(VIEW, LEVEL, 1))] == tiles_in(VIEW, LEVEL, 1)
    east_m = VIEW.bounds_m()[2]
    assert max(key[1] * 4.0 for key in keys) > east_m
    assert len(keys) == len(set(keys))


def test_the_same_course_is_not_looked_at_anew() -> None:
    lead = Lead(100)
    lead.head(0.5, 0.5, 1.0)
    here = lead.square(LEVEL)
    lead.head(0.6, 0.5, 1.01)
    assert lead.square(LEVEL) == here
    lead.head(4.5, 0.5, 1.01)
    assert lead.square(LEVEL) != here
    lead.head(0.6, 0.5, 3.0)
    assert lead.square(LEVEL) != here


@pytest.fixture
def fresh() -> Iterator[None]:
    footing._footing.cache_clear()
    yield
    footing._footing.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_the_wheels_find_their_ground_made(monkeypatch: pytest.MonkeyPatch) -> None:
    setup = open_level("ninety-sols", 7).setup
    side = Wayside(setup)
    side.look(20.0, -30.0, math.pi)
    assert side._worker is not None
    side._worker.submit(int).result()
    side.close()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("made while the wheels wait")

    expected = footing._footing.cache_info().currsize
    assert expected >= 6
    monkeypatch.setattr(Terrain, "patch", never)
    for way_m in (0.0, 8.0, 16.0, 24.0):
        found = footing.footing_at(setup.terrain, 20.0, -30.0 - way_m, setup.smallest_rock_m)
        assert found.height_m(20.0, -30.0 - way_m) < 100.0
    assert footing._footing.cache_info().currsize == expected


@pytest.mark.usefixtures("fresh")
def test_standing_still_asks_for_nothing_new() -> None:
    side = Wayside(open_level("ninety-sols", 7).setup)
    side.look(20.0, -30.0, math.pi)
    knots = side._knots
    side.look(20.3, -30.2, math.pi + 0.01)
    assert side._knots is knots
    side.close()
    side.close()
