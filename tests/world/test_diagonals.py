"""Windows woven from grids along the diagonals."""

import numpy as np
import pytest

from game.world.diagonals import crossed, weave

SHAPES = [(1, 1), (1, 7), (6, 1), (2, 2), (31, 48), (40, 13)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("most", [1, 100, 10**6])
@pytest.mark.parametrize("corner", [(0, 0), (-5, 12), (10**9 + 1, -(10**9))])
def test_every_node_gets_the_value_of_its_diagonals(
    shape: tuple[int, int], corner: tuple[int, int], most: int
) -> None:
    x0, y0 = corner
    out = np.full(shape, np.nan)

    def made(p: range, q: range) -> np.ndarray:
        value = np.array(p, float)[None, :] * 7.0 + np.array(q, float)[:, None]
        grid = np.full(value.shape, np.nan)
        for part in crossed(shape, x0, y0, (p, q), most):
            grid[part] = value[part]
        return grid

    weave(out, x0, y0, made)
    x = x0 + np.arange(shape[1], dtype=float)[None, :]
    y = y0 + np.arange(shape[0], dtype=float)[:, None]
    assert np.array_equal(out, (x + y) * 7.0 + (x - y))


@pytest.mark.parametrize("shape", SHAPES)
def test_blocks_of_one_row_hold_every_node_just_once(shape: tuple[int, int]) -> None:
    count = 0

    def made(p: range, q: range) -> np.ndarray:
        nonlocal count
        for rows, columns in crossed(shape, -3, 8, (p, q), 1):
            assert 0 <= columns.start < columns.stop <= len(p)
            assert rows.stop - rows.start == 1
            count += columns.stop - columns.start
        return np.zeros((len(q), len(p)))

    weave(np.zeros(shape), -3, 8, made)
    assert count == shape[0] * shape[1]


def test_blocks_leave_out_the_corners_of_a_grid() -> None:
    blocks = list(crossed((100, 100), 0, 0, (range(0, 199, 2), range(-98, 100, 2)), 1000))
    area = sum((i.stop - i.start) * (j.stop - j.start) for i, j in blocks)
    assert area < 0.65 * 100 * 100
