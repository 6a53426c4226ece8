import sys

import numpy as np
import pytest

from game.world import noise_field
from game.world.noise_field import PERLIN_STD, accelerator, knot_sum, unit_noise
from game.world.perlin import perlin_noise
from game.world.terrain import Terrain
from tests.world.worlds import spec


def test_the_package_and_the_definition_agree_to_the_last_bit() -> None:
    noise = pytest.importorskip("noise")
    generator = np.random.default_rng(1)
    x, y = generator.uniform(0, 256, (2, 4000)).astype(np.float32)
    scalar = [noise.pnoise2(float(a), float(b)) for a, b in zip(x, y, strict=True)]
    assert np.array_equal(perlin_noise(x, y), np.array(scalar, np.float32))
    assert accelerator() is not None


def test_with_and_without_the_package_the_bytes_are_the_same() -> None:
    generator = np.random.default_rng(2)
    x, y = generator.uniform(0, 256, (2, 50)).astype(np.float32)
    assert np.array_equal(unit_noise(x, y), unit_noise(x, y, may_accelerate=False))


def test_a_missing_package_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "noise", None)
    noise_field.accelerator.cache_clear()
    try:
        assert noise_field.accelerator() is None
        grid = np.linspace(0, 255, 9, dtype=np.float32)
        assert unit_noise(grid, grid).shape == (9,)
    finally:
        noise_field.accelerator.cache_clear()


def test_without_the_package_the_ground_has_the_same_bytes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    windows = (
        (0, 0, 0, 90, 60),
        (-5, -40, 70, 50, 50),
        (4, 1_000_000, -3, 40, 40),
        (6, 128, -3, 130, 5),
    )
    with_it = [Terrain(spec(7)).ground(*window).height_m.tobytes() for window in windows]
    monkeypatch.setitem(sys.modules, "noise", None)
    noise_field.accelerator.cache_clear()
    try:
        assert noise_field.accelerator() is None
        without = [Terrain(spec(7)).ground(*window).height_m.tobytes() for window in windows]
    finally:
        noise_field.accelerator.cache_clear()
    assert with_it == without


def test_a_package_with_other_numbers_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    class Wrong:
        @staticmethod
        def pnoise2(x: float, y: float) -> float:
            return x * y

    monkeypatch.setitem(sys.modules, "noise", Wrong)
    noise_field.accelerator.cache_clear()
    try:
        assert noise_field.accelerator() is None
    finally:
        noise_field.accelerator.cache_clear()


def test_the_package_is_asked_for_nothing_but_x_and_y(monkeypatch: pytest.MonkeyPatch) -> None:
    # `base` and octaves read past a table in the package: they are never passed.
    asked: list[tuple[float, float]] = []

    def strict(x: float, y: float) -> float:
        asked.append((x, y))
        return 0.0

    monkeypatch.setattr(noise_field, "accelerator", lambda: strict)
    grid = np.linspace(0, 255, 9, dtype=np.float32)
    unit_noise(grid, grid)
    assert len(asked) == 9


def test_the_standard_deviation_is_the_one_stated() -> None:
    generator = np.random.default_rng(3)
    x, y = generator.uniform(0, 256, (2, 200_000)).astype(np.float32)
    assert perlin_noise(x, y).std() == pytest.approx(PERLIN_STD, rel=0.01)


@pytest.mark.parametrize("first", [(-700, 4000), (31_000_000, -9), (2_303, 2_303)])
def test_many_knots_at_once_are_the_same_as_few(
    first: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    # Many are made row by row, in their own order along the diagonals; few as single points.
    columns, rows = range(first[0], first[0] + 141), range(first[1], first[1] + 83)
    args = ((9, 19, 41, 89), (1.3, 2.1, 3.4, 5.5), 7)
    monkeypatch.setattr(noise_field, "_MANY_POINTS", 1)
    grids = knot_sum(columns, rows, *args)
    corner = knot_sum(columns[:3], rows[:1], *args)
    monkeypatch.setattr(noise_field, "_MANY_POINTS", 1 << 40)
    points = knot_sum(columns, rows, *args)
    assert np.ptp(points) > 5.0
    assert np.array_equal(grids, points)
    assert np.array_equal(corner, points[:1, :3])


def test_coarse_octaves_do_not_repeat_with_the_table() -> None:
    # One octave repeats after 256 spacings; several of unrelated length do not.
    near = range(40)
    args = ((9, 19, 41), (1.0, 1.0, 1.0), 7)
    here = knot_sum(near, near, *args)
    there = knot_sum(range(256 * 9, 256 * 9 + 40), near, *args)
    assert np.abs(here - there).max() > 0.5


def test_seeds_that_differ_in_one_bit_have_other_hills() -> None:
    near = range(60)
    one = knot_sum(near, near, (9, 19), (1.0, 1.0), 7)
    two = knot_sum(near, near, (9, 19), (1.0, 1.0), 7 | 1 << 62)
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.5
