from itertools import pairwise

import numpy as np

from game.commands import MoveBefore, SetPriority, SortQueue
from game.rover.memory import store
from game.rover.queue import move_before, reordered, set_priority, sort_by_value
from game.rover.storage import Road, StorageSpec, StorageState, send
from tests.rover.payload_cases import product

SPEC = StorageSpec(capacity_bit=100_000, highest_priority=9)
ROAD = Road(lambda _, free_tick: (0, free_tick), 0)


def filled(*sizes_and_priorities: tuple[int, int]) -> StorageState:
    state = StorageState()
    for size_bit, priority in sizes_and_priorities:
        state, _ = store(SPEC, state, product(size_bit, priority), 0)
    return state


def numbers(state: StorageState) -> list[int]:
    return [one.number for one in state.products]


def test_priorities_change_the_order_and_wrong_ones_are_refused() -> None:
    state, refusal = set_priority(SPEC, filled((10, 5), (10, 5)), 2, 9)
    assert refusal is None
    assert numbers(state) == [2, 1]
    assert "1 to 9, or 0 to hold" in str(set_priority(SPEC, state, 2, 10)[1])
    assert "not in memory" in str(set_priority(SPEC, state, 7, 5)[1])


def test_a_product_is_moved_directly_in_front_of_another() -> None:
    state = filled((10, 7), (10, 5), (10, 5), (10, 2))
    state, refusal = move_before(state, 4, 3)
    assert refusal is None
    assert numbers(state) == [1, 2, 4, 3]
    assert state.products[2].priority == 5
    state, _ = move_before(state, 1, 3)
    assert numbers(state) == [2, 4, 1, 3]


def test_the_next_product_queues_behind_its_equals_after_a_move() -> None:
    state, _ = move_before(filled((10, 7), (10, 5), (10, 5)), 3, 1)
    state, _ = store(SPEC, state, product(10, 7), 0)
    assert numbers(state) == [3, 1, 4, 2]


def test_moves_that_make_no_sense_are_refused_in_words() -> None:
    state = filled((10, 5), (10, 5))
    for number, before in ((1, 9), (9, 1), (2, 2)):
        same, refusal = move_before(state, number, before)
        assert same is state
        assert refusal is not None
        assert refusal.endswith(".")


def test_sorting_by_value_puts_the_best_bits_first() -> None:
    state = StorageState()
    for size_bit, value in ((100, 1.0), (10, 5.0), (200, 90.0)):
        state, _ = store(SPEC, state, product(size_bit, 5, value), 0)
    assert numbers(sort_by_value(SPEC, state)) == [2, 3, 1]


def test_a_product_that_is_nearly_through_is_worth_finishing() -> None:
    state = StorageState()
    for size_bit, value in ((100, 10.0), (100, 11.0)):
        state, _ = store(SPEC, state, product(size_bit, 5, value), 0)
    state, _ = send(state, 90, ROAD)
    assert numbers(sort_by_value(SPEC, state)) == [1, 2]


def test_thumbnails_go_before_all_unless_worth_alone_is_asked_for() -> None:
    state = StorageState()
    for kind, value in (("picture", 900.0), ("thumbnail", 0.1), ("soil", 50.0)):
        state, _ = store(SPEC, state, product(100, 5, value, kind), 0)
    assert numbers(sort_by_value(SPEC, state)) == [2, 1, 3]
    assert numbers(sort_by_value(SPEC, state, are_thumbnails_first=False)) == [1, 3, 2]


def test_each_command_about_the_queue_does_its_work() -> None:
    state = filled((100, 5), (10, 5), (10, 5))
    assert numbers(reordered(SPEC, state, SetPriority(3, 8))[0]) == [3, 1, 2]
    assert numbers(reordered(SPEC, state, MoveBefore(2, 1))[0]) == [2, 1, 3]
    assert numbers(reordered(SPEC, state, SortQueue())[0]) == [2, 3, 1]


def test_the_queue_is_in_order_of_priority_whatever_is_asked_for() -> None:
    rng = np.random.default_rng(5)
    state = filled(*((int(rng.integers(1, 500)), int(rng.integers(1, 10))) for _ in range(12)))
    before = sorted(numbers(state))
    for _ in range(200):
        first, second = (int(number) for number in rng.integers(1, 13, 2))
        choices = (MoveBefore(first, second), SetPriority(first, second % 9 + 1), SortQueue())
        state, _ = reordered(SPEC, state, choices[int(rng.choice(3, p=[0.6, 0.35, 0.05]))])
        assert all(a.priority >= b.priority for a, b in pairwise(state.products))
        assert sorted(numbers(state)) == before


def test_what_is_held_back_stays_behind_when_the_queue_is_sorted() -> None:
    state = filled((10, 5), (10, 5), (10, 5))
    state, refusal = set_priority(SPEC, state, 1, 0)
    assert refusal is None
    state = sort_by_value(SPEC, state)
    assert numbers(state) == [2, 3, 1]
    assert state.products[-1].priority == 0
    state, _ = move_before(state, 1, 2)  # moved among those that go up, it is asked for
    assert state.products[0].priority > 0
