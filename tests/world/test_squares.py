"""How many things a square has, and the numbers that are theirs."""

import math

import numpy as np
import pytest

from game.world.squares import _normal_quantile, numbered, poisson, uniforms


def test_poisson_numbers_have_mean_and_variance_alike() -> None:
    for mean in (0.3, 5.0, 40.0, 900.0):
        u = (np.arange(4000) + 0.5) / 4000
        numbers = np.array([poisson(mean, float(one)) for one in u])
        assert numbers.mean() == pytest.approx(mean, rel=0.01)
        assert numbers.var() == pytest.approx(mean, rel=0.05)


def test_numbers_of_a_square_are_its_own() -> None:
    here, again, beside = (uniforms(100, i, 4, 1, 7) for i in (3, 3, 2))
    assert np.array_equal(here, again)
    assert abs(np.corrcoef(here, beside)[0, 1]) < 0.4
    far = uniforms(100, 3 + (1 << 32), 4, 1, 7)
    assert not np.array_equal(here, far)


def test_the_quick_quantile_never_changes_a_number() -> None:
    # Also where the exact value lies halfway between two numbers, and far out in the tails.
    generator = np.random.default_rng(4)
    for mean in (61.0, 1085.4, 30_000.0):
        half = [
            (1.0 + math.erf((count + 0.5 - mean) / math.sqrt(2.0 * mean))) / 2.0
            for count in range(round(mean) - 20, round(mean) + 20)
        ]
        for u in (0.0, 1e-12, 1.0 - 1e-12, *half, *generator.uniform(size=500).tolist()):
            exact = round(mean + math.sqrt(mean) * _normal_quantile(u))
            assert poisson(mean, u) == max(0, exact), (mean, u)


def test_several_squares_at_once_have_the_numbers_of_each() -> None:
    squares = [(3, 4), (-1, 0), (3 + (1 << 32), 4), (7, -(1 << 33))]
    counts = [5, 0, 17, 2]
    things = numbered(squares, counts)
    (found,) = things.uniforms((12,), -9)
    each = [uniforms(count, i, j, 12, -9) for (i, j), count in zip(squares, counts, strict=True)]
    assert np.array_equal(found, np.concatenate(each))
    assert things.place.tolist() == [0] * 5 + [2] * 17 + [3] * 2
    kept = np.array([1, 9, 23])
    assert np.array_equal(things.taken(kept).uniforms((12,), -9)[0], found[kept])


def test_pairs_are_the_halves_of_twice_as_many_numbers() -> None:
    first, second = numbered([(2, -5)], [30]).pairs(32, 7)
    assert np.array_equal(np.concatenate([first, second]), uniforms(60, 2, -5, 32, 7))
