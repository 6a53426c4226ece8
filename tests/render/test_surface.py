import math

import numpy as np
import pytest

from game.render.canvas import ground_arrays
from game.render.colour import unpack
from game.render.fields import Field, Fields, Grid
from game.render.guards import edge_step, repeat
from game.render.light import light_state, relight
from game.render.noise import box_blur
from game.render.stones import facets, raise_all, raise_stone, stone_shape
from game.render.surface import tile_fields
from tests.render.stand_in import StandInTerrain

TERRAIN = StandInTerrain()
NAMES = ("height_m", "albedo", "redness", "hollow")


def inner(fields: Fields, name: str) -> Field:
    return np.asarray(getattr(fields, name)[fields.inner])


@pytest.mark.parametrize("level", [-8, -6, -4, -1, 3])
def test_neighbouring_tiles_are_cut_from_one_ground(level: int) -> None:
    whole = tile_fields(TERRAIN, level, -96, 32, 128, 64)
    left = tile_fields(TERRAIN, level, -96, 32, 64, 64)
    right = tile_fields(TERRAIN, level, -32, 32, 64, 64)
    for name in NAMES:
        both = np.hstack([inner(left, name), inner(right, name)])
        assert np.abs(both - inner(whole, name)).max() < 2e-3, name


@pytest.mark.parametrize("sun_deg", [60.0, 20.0, 5.0])
def test_light_shows_no_tile_edges(sun_deg: float) -> None:
    light = light_state(math.radians(sun_deg), math.radians(250.0), 0.44, -6)
    rows = [
        np.hstack(
            [relight(tile_fields(TERRAIN, -6, 64 * i, 64 * j, 64, 64), light) for i in range(3)]
        )
        for j in (2, 1, 0)
    ]
    assert edge_step(unpack(np.vstack(rows)), 64) <= 1.15


def test_the_same_place_looks_the_same_at_the_next_zoom() -> None:
    fine = tile_fields(TERRAIN, -5, 0, 0, 256, 256)
    coarse = tile_fields(TERRAIN, -4, 0, 0, 128, 128)
    a = box_blur(inner(fine, "albedo"), 12)[::2, ::2]
    b = box_blur(inner(coarse, "albedo"), 6)
    assert np.corrcoef(a.ravel(), b.ravel())[0, 1] > 0.85
    assert abs(float(a.mean() - b.mean())) < 0.03


def test_fields_stay_in_their_ranges() -> None:
    for level in (-7, -3, 1, 5):
        fields = tile_fields(TERRAIN, level, 10, -20, 48, 40)
        assert inner(fields, "albedo").shape == (40, 48)
        for name, low, high in (("albedo", 0, 1), ("redness", 0, 1), ("hollow", 0.5, 1)):
            values = getattr(fields, name)
            assert low <= values.min() <= values.max() <= high
        assert np.isfinite(fields.height_m).all()


def test_asking_twice_gives_the_same_tile() -> None:
    first = tile_fields(TERRAIN, -5, 7, 9, 64, 64)
    again = tile_fields(StandInTerrain(), -5, 7, 9, 64, 64)
    for name in NAMES:
        assert np.array_equal(getattr(first, name), getattr(again, name))


def test_the_ground_does_not_repeat() -> None:
    light = light_state(math.radians(34.0), math.radians(283.0), 0.44, -4)
    picture = unpack(relight(tile_fields(TERRAIN, -4, 0, 0, 320, 320), light))
    assert repeat(picture) <= 0.45


def test_finer_tiles_than_the_terrain_keep_its_shape() -> None:
    coarse = tile_fields(TERRAIN, -6, 64, 64, 32, 32)
    fine = tile_fields(TERRAIN, -7, 128, 128, 64, 64)
    apart = inner(fine, "height_m")[::2, ::2] - inner(coarse, "height_m")
    assert abs(float(apart.mean())) < 2e-3


def test_a_rock_is_a_closed_body_of_its_own_shape() -> None:
    seen = set()
    for seed in range(40):
        planes = facets(seed)
        around = np.linspace(0, 2 * np.pi, 24)
        outside = stone_shape(seed, 2.0 * np.cos(around), 2.0 * np.sin(around))
        assert not outside.any()
        top = float(stone_shape(seed, np.zeros(1), np.zeros(1))[0])
        assert 0.3 < top < 1.2
        seen.add(planes.tobytes())
    assert len(seen) == 40


def test_the_finest_ground_has_no_lattice() -> None:
    height = ground_arrays(TERRAIN, Grid(-8, 512, 256, 192, 192))[0].astype(np.float64)
    bends = np.diff(height, 2, axis=1)
    size = [float(bends[:, k::4].std()) for k in range(4)]
    assert max(size) < 1.2 * min(size)


def test_rocks_raised_together_are_those_raised_one_by_one() -> None:
    grid = Grid(-5, -20, 30, 90, 80)
    draw = np.random.default_rng(5)
    rocks = np.stack(
        [
            draw.uniform(-0.8, 2.3, 40),
            draw.uniform(0.8, 3.5, 40),
            draw.uniform(0.05, 1.4, 40),
            draw.uniform(0.03, 0.5, 40),
        ]
    )
    seed = draw.integers(0, 1 << 32, 40)
    together, single = np.zeros((2, grid.ny, grid.nx), np.float32)
    raise_all(together, grid, rocks, seed)
    for k in range(40):
        x, y, width, high = rocks[:, k].tolist()
        raise_stone(single, grid, (x, y), (width, high), facets(int(seed[k])))
    assert single.max() > 0.1
    assert np.abs(together - single).max() < 1e-4


def test_a_window_finds_the_cells_around_a_place() -> None:
    grid = Grid(-1, 10, 20, 8, 6)
    found = grid.window(6.0, 11.0, 0.5)
    assert found is not None
    rows, columns, dx, dy = found
    assert (rows, columns) == (slice(1, 4), slice(1, 4))
    assert dx.ravel().tolist() == [-0.5, 0.0, 0.5]
    assert dy.ravel().tolist() == [-0.5, 0.0, 0.5]
    assert grid.window(100.0, 0.0, 3.0) is None
