"""Windows woven from grids along the diagonals."""

import numpy as np
import pytest

from game.world.diagonals import crossed, weave

SHAPES = [(1, 1), (1, 7), (6, 1), (2, 2), (31, 48), (40, 13)]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("corner", [(0, 0), (-5, 12), (10**9 + 1, -(10**9))])
def test_every_node_gets_the_value_of_its_diagonals(
    shape: tuple[int, int], corner: tuple[int, int]
) -> None:
    x0, y0 = corner
    out = np.full(shape, np.nan)

    def made(p: range, q: range) -> np.ndarray:
        first, stop = crossed(shape, x0, y0, p, q)
        column = np.arange(len(p))[None, :]
        is_read = (column >= first[:, None]) & (column < stop[:, None])
        value = np.array(p, float)[None, :] * 7.0 + np.array(q, float)[:, None]
        return np.where(is_read, value, np.nan)

    weave(out, x0, y0, made)
    x = x0 + np.arange(shape[1], dtype=float)[None, :]
    y = y0 + np.arange(shape[0], dtype=float)[:, None]
    assert np.array_equal(out, (x + y) * 7.0 + (x - y))


@pytest.mark.parametrize("shape", SHAPES)
def test_no_more_places_are_told_than_there_are_nodes(shape: tuple[int, int]) -> None:
    count = 0

    def made(p: range, q: range) -> np.ndarray:
        nonlocal count
        first, stop = crossed(shape, -3, 8, p, q)
        assert first.min() >= 0
        assert stop.max() <= len(p)
        count += int(np.sum(np.maximum(stop - first, 0)))
        return np.zeros((len(q), len(p)))

    weave(np.zeros(shape), -3, 8, made)
    assert count == shape[0] * shape[1]
