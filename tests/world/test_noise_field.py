import sys

import numpy as np
import pytest

from game.world import noise_field
from game.world.noise_field import PERLIN_STD, accelerator, knot_sum, perlin_noise, unit_noise
from game.world.terrain import Terrain
from tests.world.worlds import spec

# Values of noise.pnoise2, package noise 1.2.2, default arguments, x86-64.
GOLDEN = (
    (0.5, 0.5, -0.125),
    (1.25, 7.75, -0.30084800720214844),
    (17.299999237060547, 101.9000015258789, 0.022863924503326416),
    (200.125, 3.0, -0.10894775390625),
    (255.875, 255.125, 0.10545004159212112),
    (64.5999984741211, 128.1999969482422, 0.3585742712020874),
    (0.10000000149011612, 254.89999389648438, -0.09653164446353912),
)


def test_the_definition_gives_the_golden_numbers() -> None:
    x, y, value = (np.array(column, np.float32) for column in zip(*GOLDEN, strict=True))
    assert np.array_equal(perlin_noise(x, y), value)


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
    windows = ((0, 0, 0, 90, 60), (-5, -40, 70, 50, 50), (4, 1_000_000, -3, 40, 40))
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


def test_coarse_octaves_do_not_repeat_with_the_table() -> None:
    # One octave repeats after 256 spacings; several of unrelated length do not.
    near = np.arange(0, 40)
    args = ((9, 19, 41), (1.0, 1.0, 1.0), 7)
    here = knot_sum(near, near, *args)
    there = knot_sum(near + 256 * 9, near, *args)
    assert np.abs(here - there).max() > 0.5


def test_seeds_that_differ_in_one_bit_have_other_hills() -> None:
    near = np.arange(0, 60)
    one = knot_sum(near, near, (9, 19), (1.0, 1.0), 7)
    two = knot_sum(near, near, (9, 19), (1.0, 1.0), 7 | 1 << 62)
    assert abs(np.corrcoef(one.ravel(), two.ravel())[0, 1]) < 0.5
