import math
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pygame
import pytest

from game.ui.camera import View
from game.ui.draw.backdrop import backdrop, surplus
from game.ui.draw.baker import (
    BakedTile,
    Baker,
    Quarry,
    SunPlace,
    TileJob,
    TrackRun,
    block_of,
)
from game.ui.draw.feather import feathered
from game.ui.draw.ground import load_ground_view_spec
from game.ui.draw.layer import Layer
from game.ui.draw.makers import (
    InlineMaker,
    ProcessMaker,
    TeamMaker,
    ThreadMaker,
    TileMaker,
    worker_of,
)
from game.ui.draw.tiles import TileStore, open_store
from game.ui.draw.tiling import above, box_of, by_block, kept_for, level_of, tiles_in
from tests.ui.small_ground import SmallGround

SPEC = load_ground_view_spec().tiles
QUARRY = Quarry(SmallGround, 40_000_000)
AFTERNOON = SunPlace(math.radians(34.0), math.radians(283.0), 0.44)
SMALL = View(1.0, 1.0, 46.0, 120, 80)
JOB = TileJob((-6, 0, 0), AFTERNOON, 0, ())


@pytest.fixture(scope="module")
def store() -> Iterator[TileStore]:
    made = open_store(SPEC, QUARRY, is_synchronous=True)
    made.fill(SMALL, AFTERNOON)
    yield made
    made.close()


@pytest.mark.parametrize(
    ("scale_px_m", "level"), [(184.0, -8), (46.0, -6), (12.0, -4), (2.0, -1), (0.125, 3)]
)
def test_the_named_zooms_are_scaled_down_from_a_finer_level(scale_px_m: float, level: int) -> None:
    assert level_of(scale_px_m, SPEC) == level
    assert 2.0**level * scale_px_m <= 1.0


def test_tiles_cover_the_view_from_the_middle_outwards() -> None:
    view = View(100.0, -70.0, 46.0, 1280, 720)
    boxes = [box_of(key) for key in tiles_in(view, -6)]
    west_m, south_m, east_m, north_m = view.bounds_m()
    assert min(box[0] for box in boxes) <= west_m
    assert max(box[2] for box in boxes) >= east_m
    assert min(box[1] for box in boxes) <= south_m
    assert max(box[3] for box in boxes) >= north_m
    first = boxes[0]
    assert first[0] - 4.0 <= 100.0 <= first[2] + 4.0


def test_the_tile_above_covers_the_tile_below() -> None:
    fine = box_of((-6, -3, 5))
    coarse = box_of(above((-6, -3, 5), 2))
    cell_m = 2.0**-4  # cells are centred on their points: half a cell of difference
    assert coarse[0] <= fine[0] + cell_m
    assert coarse[2] >= fine[2] - cell_m
    assert coarse[1] <= fine[1] + cell_m
    assert coarse[3] >= fine[3] - cell_m


def test_a_filled_view_is_complete_and_asks_for_nothing_in_it(store: TileStore) -> None:
    assert store.is_complete(SMALL)
    assert store.light is not None
    assert set(tiles_in(SMALL, -6)) <= set(store.tiles)


def test_a_small_motion_of_the_sun_changes_nothing(store: TileStore) -> None:
    near = replace(AFTERNOON, elevation_rad=AFTERNOON.elevation_rad + math.radians(0.3))
    store.update(SMALL, near)
    assert store.next_sun is None


def test_tiles_change_their_light_all_at_once(store: TileStore) -> None:
    later = replace(AFTERNOON, azimuth_rad=AFTERNOON.azimuth_rad + math.radians(2.0))
    swaps = store.swap_count
    for _ in range(400):
        store.update(SMALL, later)
        suns = {store.tiles[key].sun for key in tiles_in(SMALL, -6)}
        assert len(suns) == 1
        if store.swap_count > swaps:
            break
    assert suns == {later}
    store.fill(SMALL, AFTERNOON)


def test_the_sun_under_the_horizon_of_night_moves_no_light() -> None:
    store = open_store(SPEC, QUARRY, is_synchronous=True)
    store.sun = SunPlace(math.radians(-30.0), 0.0, 0.44)
    store.update(SMALL, SunPlace(math.radians(-55.0), 1.0, 0.44))
    assert store.next_sun is None


def test_old_tiles_are_forgotten_beyond_the_budget() -> None:
    few = replace(SPEC, kept_count=6)
    store = open_store(few, QUARRY, is_synchronous=True)
    for x_m in (0.0, 12.0, 24.0):
        store.fill(replace(SMALL, x_m=x_m), AFTERNOON)
    assert len(store.tiles) <= 6 + len(tiles_in(SMALL, -6))


@pytest.mark.parametrize("size_px", [(1280, 720), (1920, 1080), (2560, 1440)])
@pytest.mark.parametrize("notches", range(0, 42, 3))
def test_what_a_view_asks_for_is_never_dropped_for_being_too_much(
    size_px: tuple[int, int], notches: int
) -> None:
    view = View(3.1, -17.7, 184.0 / 1.19**notches, *size_px)
    level = level_of(view.scale_px_m, SPEC)
    wide = [min(level + k * SPEC.coarse_steps, SPEC.coarsest_level) for k in (1, 2)]
    asked = {key for one in (level, *wide) for key in tiles_in(view, one, 1)}
    lasting = SPEC.coarsest_level - SPEC.coarse_steps
    few = {key for key in asked if key[0] < lasting}
    if size_px == (1280, 720):
        assert len(few) <= kept_for(view, SPEC) < SPEC.kept_count
    else:
        assert len(tiles_in(view, level)) <= kept_for(view, SPEC) <= SPEC.kept_count


def test_a_view_is_lit_block_by_block_from_its_middle() -> None:
    view = View(3.1, -17.7, 46.0, 1280, 720)
    keys = tiles_in(view, -6)
    lit = by_block(keys)
    assert sorted(lit) == sorted(keys)
    assert lit[0] == keys[0]
    blocks = [block_of(key) for key in lit]
    changes = sum(one != other for one, other in pairwise(blocks))
    assert changes == len(set(blocks)) - 1
    assert sum(block_of(a) != block_of(b) for a, b in pairwise(keys)) > changes


def test_a_tile_with_tracks_holds_on_to_no_block() -> None:
    baker = Baker(QUARRY)
    runs = (TrackRun(((0.0, 0.5), (3.0, 0.5)), 0.0),)
    baker.bake(replace(JOB, runs=runs))
    ((_, pressed),) = baker._pressed.values()
    for name in ("height_m", "relief_m", "albedo", "redness", "hollow"):
        assert getattr(pressed, name).base is None, name


def test_a_block_is_cut_without_a_trace() -> None:
    together = Baker(QUARRY)
    alone = Baker(QUARRY)
    right = TileJob((-6, 1, 0), AFTERNOON, 0, ())
    together.bake(JOB)
    first, second = together.bake(right), alone.bake(right)
    assert isinstance(first, BakedTile)
    assert isinstance(second, BakedTile)
    assert np.array_equal(first.pixels, second.pixels)


@pytest.mark.parametrize("kind", [ThreadMaker, ProcessMaker])
def test_every_worker_bakes_the_same_tile_and_ends(
    kind: type[ThreadMaker] | type[ProcessMaker],
) -> None:
    inline = InlineMaker(QUARRY)
    inline.submit(JOB)
    (expected,) = inline.collect()
    maker: TileMaker = kind(QUARRY, 2)
    maker.submit(JOB)
    found = _wait_for(maker)
    maker.close()
    assert isinstance(expected, BakedTile)
    assert np.array_equal(found.pixels, expected.pixels)
    if isinstance(maker, ProcessMaker):
        assert not maker._process.is_alive()


def test_a_team_shares_the_work_and_ends() -> None:
    maker = TeamMaker(QUARRY, 2, 2)
    maker.submit(JOB)
    found = _wait_for(maker)
    maker.close()
    assert found.job == JOB
    assert not any(one._process.is_alive() for one in maker._team)


def test_tiles_of_a_block_go_to_one_worker() -> None:
    keys = [(-6, column, row) for column in (-1, 0) for row in (-1, 0)]
    assert len({worker_of(TileJob(key, AFTERNOON, 0, ()), 3) for key in keys}) == 1


def test_a_worker_that_dies_is_replaced() -> None:
    store = TileStore(SPEC, ProcessMaker(QUARRY, 2), QUARRY)
    assert isinstance(store.maker, ProcessMaker)
    store.maker._process.kill()
    store.maker._process.join()
    deadline = time.monotonic() + 20.0
    while not isinstance(store.maker, ThreadMaker) and time.monotonic() < deadline:
        store.update(SMALL, AFTERNOON)
        time.sleep(0.02)
    assert isinstance(store.maker, ThreadMaker)
    store.close()


def _wait_for(maker: TileMaker) -> BakedTile:
    deadline = time.monotonic() + 60.0
    while time.monotonic() < deadline:
        for baked in maker.collect():
            assert isinstance(baked, BakedTile)
            return baked
        time.sleep(0.01)
    raise AssertionError("nothing was baked")


def test_a_jump_finds_ground_of_some_kind_everywhere(store: TileStore) -> None:
    for _ in range(200):
        store.update(SMALL, AFTERNOON)
    far = View(300.0, 200.0, 2.0, 120, 80)
    assert not any(key in store.tiles for key in tiles_in(far, level_of(2.0, SPEC)))
    assert all(store.stand_in(key) for key in tiles_in(far, level_of(2.0, SPEC)))
    none = replace(SPEC, kept_count=0)
    spared = set(store.tiles) - set(surplus(store.tiles, SMALL, none))
    assert set(backdrop(SMALL, SPEC)) <= spared
    assert all(key[0] >= SPEC.coarsest_level - SPEC.coarse_steps for key in spared)


def test_a_fine_tile_runs_out_softly_until_its_neighbours_are_there() -> None:
    store = open_store(SPEC, QUARRY, is_synchronous=True)
    with_margin = replace(SMALL, width_px=400, height_px=360)
    store.fill(with_margin, AFTERNOON)
    keys = tiles_in(with_margin, -6)
    coarse = above(keys[0], 2)
    missing = {key: store.tiles.pop(key) for key in keys[1:]}
    store.tiles.setdefault(coarse, next(iter(missing.values())))
    layer = Layer(load_ground_view_spec().layer, SMALL, AFTERNOON)
    layer.paint(store, limit=1000)
    soft = pygame.surfarray.array3d(layer.surface)
    store.tiles.update(missing)
    store.change_count += 1
    layer.paint(store, limit=1000)
    whole = Layer(load_ground_view_spec().layer, SMALL, AFTERNOON)
    whole.paint(store, limit=1000)
    sharp = pygame.surfarray.array3d(whole.surface)
    assert np.array_equal(pygame.surfarray.array3d(layer.surface), sharp)
    inside = layer.rect_px(keys[0]).clip(layer.surface.get_rect())
    middle = (inside.centerx, inside.centery)
    assert np.array_equal(soft[middle], sharp[middle])
    part = (slice(inside.left, inside.right), slice(inside.top, inside.bottom))
    assert not np.array_equal(soft[part], sharp[part])


def test_a_feather_is_soft_on_its_bare_sides_only() -> None:
    picture = pygame.Surface((64, 64), depth=32)
    picture.fill((200, 100, 50))
    alpha = pygame.surfarray.array_alpha(feathered(picture, 1))
    assert alpha[0, 32] < 8
    assert alpha[40, 32] == alpha[63, 0] == 255
    assert np.all(np.diff(alpha[:, 32].astype(int)) >= 0)
