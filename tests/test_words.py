"""The small shared words: random numbers, fingerprints, search."""

from dataclasses import dataclass

import numpy as np
import pytest

from game.digest import digest
from game.rng import Stream, check_seed, generator, normal, uniform
from game.search import Levels, Times, find_changes


def test_uniform_is_uniform_and_streams_are_independent() -> None:
    dust = np.array([uniform(7, Stream.DUST, tick) for tick in range(20_000)])
    terrain = np.array([uniform(7, Stream.TERRAIN, tick) for tick in range(20_000)])
    assert abs(dust.mean() - 0.5) < 0.01
    assert abs(dust.std() - 12**-0.5) < 0.01
    assert abs(np.corrcoef(dust, terrain)[0, 1]) < 0.02
    assert abs(np.corrcoef(dust[1:], dust[:-1])[0, 1]) < 0.02


def test_normal_is_normal() -> None:
    draws = np.array([normal(7, Stream.SENSOR, tick) for tick in range(20_000)])
    assert abs(draws.mean()) < 0.02
    assert abs(draws.std() - 1.0) < 0.02


def test_draws_are_pinned_so_that_old_replays_stay_true() -> None:
    assert uniform(7, Stream.DUST, 1000) == pytest.approx(0.7951404076543788, abs=0)


@pytest.mark.parametrize("seed", [0, -1, 7, 2**64 - 1, -(2**63)])
def test_any_seed_of_64_bits_is_taken(seed: int) -> None:
    assert check_seed(seed) == seed
    assert 0.0 <= uniform(seed, Stream.DUST, 3) < 1.0
    generator(seed, Stream.ROCK, -5, 10**12).random()


@pytest.mark.parametrize("seed", [2**64, -(2**63) - 1, 1.5, "7", True, None])
def test_other_seeds_are_refused_in_a_sentence(seed: object) -> None:
    with pytest.raises(ValueError, match="whole number"):
        check_seed(seed)  # type: ignore[arg-type]


@dataclass(frozen=True)
class Box:
    value: object


@pytest.mark.parametrize("value", [{1, 2}, {"a": 1}, [1], frozenset()])
def test_digest_refuses_what_has_no_order_or_changes(value: object) -> None:
    with pytest.raises(TypeError, match="may not hold"):
        digest(Box(value))


def test_digest_sees_every_bit() -> None:
    assert digest(Box(0.1 + 0.2)) != digest(Box(0.3))
    assert digest(Box((1, 23))) != digest(Box((12, 3)))
    assert digest(Box(np.zeros(3))) != digest(Box(np.zeros(3, np.float32)))


def test_digest_tells_shapes_apart() -> None:
    values = (Box(()), Box(((),)), Box((None,)), Box((Box(None),)), Box(("", "")), Box((",",)))
    runs = tuple(Box(tuple(range(count))) for count in (15, 16, 17, 32, 33))
    halves = (Box((1.0,) * 40), Box((1.0,) * 41), Box(((1.0,) * 20, (1.0,) * 20)))
    all_of_them = (*values, *runs, *halves)
    assert len({digest(one) for one in all_of_them}) == len(all_of_them)


def test_digest_depends_on_values_not_on_which_objects_hold_them() -> None:
    def made() -> Box:
        return Box(tuple(Box((number / 7.0, f"name {number}", number)) for number in range(40)))

    one = made()
    assert digest(one) == digest(one) == digest(made())
    shared = Box((1.5, "x"))
    assert digest(Box((shared, shared))) == digest(Box((Box((1.5, "x")), Box((1.5, "x")))))


def test_digest_reads_what_may_be_written_to_every_time() -> None:
    array = np.zeros(8)
    box = Box((1, Box(array)))
    before = digest(box)
    array[3] = 1.0
    assert digest(box) != before
    array.flags.writeable = False
    fixed = digest(box)
    assert digest(box) == fixed == digest(Box((1, Box(array.copy()))))


def test_digest_refuses_a_list_hidden_in_something_it_knows() -> None:
    inner = Box((1.0, 2.0))
    digest(inner)
    with pytest.raises(TypeError, match="may not hold"):
        digest(Box((inner, Box([1]))))


def test_search_finds_all_changes_to_the_asked_precision() -> None:
    def is_up(time: Times) -> Levels:
        return (np.sin(time) > 0.0).astype(np.int64)

    times, values = find_changes(is_up, 0.5, 20.0, 0.3, 1e-6)
    np.testing.assert_allclose(times, np.pi * np.arange(1, 7), atol=1e-6)
    assert values.tolist() == [0, 1, 0, 1, 0, 1]


def test_search_answers_an_unchanging_function_with_nothing() -> None:
    times, values = find_changes(lambda t: np.ones(t.shape, np.int64), 0.0, 10.0, 1.0, 0.1)
    assert times.size == values.size == 0
