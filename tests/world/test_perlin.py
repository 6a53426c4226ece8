"""Gradient noise: the published numbers, and the same ones on grids."""

import numpy as np
import pytest

from game.world.perlin import PerlinGrid, Single, perlin_noise

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


def positions(first: int, count: int, step: int, spacing: int) -> Single:
    place = (first + step * np.arange(count)) % (256 * spacing)
    return place.astype(np.float32) / np.float32(spacing)


@pytest.mark.parametrize("spacing", [9, 27, 193])
@pytest.mark.parametrize("step", [1, 2])
def test_a_grid_has_the_numbers_of_its_points(spacing: int, step: int) -> None:
    # The columns run over the end of the table, where 256 is 0 again.
    x = positions(250 * spacing + 4, 300, step, spacing)
    y = positions(31 * spacing, 217, step, spacing)
    points = perlin_noise(*(side.astype(np.float32) for side in np.meshgrid(x, y)))
    assert points.std() > 0.1
    assert np.array_equal(PerlinGrid(x, y).noise(slice(None)), points)


def test_a_part_of_a_grid_has_the_numbers_of_the_whole() -> None:
    grid = PerlinGrid(positions(7, 200, 1, 9), positions(3, 90, 1, 9))
    whole = grid.noise(slice(None))
    part = slice(13, 61), slice(40, 143)
    assert np.array_equal(grid.noise(*part), whole[part])
    single = slice(89, 90), slice(199, 200)
    assert np.array_equal(grid.noise(*single), whole[single])
