from dataclasses import replace

import numpy as np

from game.digest import digest
from game.events import ProductHome, ProductLost, ProductStored
from game.rover.memory import free_bit, room_refusal, store
from game.rover.storage import (
    StorageSpec,
    StorageState,
    arrive,
    discard,
    has_waiting,
    kept_bit,
    next_arrival_tick,
    send,
    set_priority,
    sort_by_value,
)
from tests.rover.payload_cases import product

SPEC = StorageSpec(capacity_bit=1_000, highest_priority=9)


def filled(*sizes_and_priorities: tuple[int, int]) -> StorageState:
    state = StorageState()
    for size_bit, priority in sizes_and_priorities:
        state, _ = store(SPEC, state, product(size_bit, priority), 0)
    return state


def is_balanced(state: StorageState) -> bool:
    return state.made_bit == state.sent_bit + kept_bit(state) + state.lost_bit


def test_a_new_product_gets_the_next_number_and_is_announced() -> None:
    state, events = store(SPEC, filled((10, 5)), product(20), 77)
    assert events == (ProductStored(77, 2, "picture", 20),)
    assert [one.number for one in state.products] == [1, 2]
    assert free_bit(SPEC, state) == 970


def test_the_queue_drains_by_priority_then_number() -> None:
    state = filled((100, 5), (100, 7), (100, 5))
    state, sent_bit = send(state, 150, 500)
    assert sent_bit == 150
    assert [one.product.number for one in state.flying] == [2]
    assert [(one.number, one.sent_bit) for one in state.products] == [(1, 50), (3, 0)]


def test_partial_progress_is_kept_and_finished_later() -> None:
    state = filled((100, 5))
    for _ in range(4):
        state, _ = send(state, 30, 500)
        assert is_balanced(state)
    assert state.products == ()
    assert state.sent_bit == 100
    assert not has_waiting(state)


def test_a_product_comes_home_when_its_time_has_come() -> None:
    state, _ = send(filled((10, 5), (10, 6)), 20, 500)
    assert next_arrival_tick(state) == 500
    assert arrive(state, 499) == (state, ())
    state, events = arrive(state, 503)
    assert events == (ProductHome(500, 1, "picture", 10), ProductHome(500, 2, "picture", 10))
    assert [one.number for one in state.home] == [1, 2]
    assert state.home_bit == 20
    assert next_arrival_tick(state) is None


def test_lesser_products_make_room_and_say_so() -> None:
    state = filled((400, 3), (300, 2), (300, 8))
    state, events = store(SPEC, state, product(350, 6), 9)
    lost = [event for event in events if isinstance(event, ProductLost)]
    assert [event.product for event in lost] == [2, 1]
    assert "made room for picture of 350 bit" in lost[0].cause
    assert isinstance(events[-1], ProductStored)
    assert is_balanced(state)
    assert state.lost_bit == 700


def test_a_product_that_finds_only_better_ones_is_lost_itself() -> None:
    state = filled((900, 6))
    assert "more are needed" in str(room_refusal(SPEC, state, 200, 6))
    after, events = store(SPEC, state, product(200, 6), 9)
    assert isinstance(events[0], ProductLost)
    assert after.products == state.products
    assert is_balanced(after)
    assert room_refusal(SPEC, state, 200, 7) is None


def test_discarding_loses_only_what_has_not_gone_up() -> None:
    state, _ = send(filled((100, 5)), 40, 500)
    state, events, refusal = discard(state, 1, 12)
    assert refusal is None
    assert isinstance(events[0], ProductLost)
    assert (state.sent_bit, state.lost_bit) == (40, 60)
    assert is_balanced(state)
    assert discard(state, 1, 13)[2] == "Product 1 is not in memory."


def test_priorities_change_the_order_and_wrong_ones_are_refused() -> None:
    state, refusal = set_priority(SPEC, filled((10, 5), (10, 5)), 2, 9)
    assert refusal is None
    assert [one.number for one in state.products] == [2, 1]
    assert "1 to 9, or 0 to hold" in str(set_priority(SPEC, state, 2, 10)[1])
    assert "not in memory" in str(set_priority(SPEC, state, 7, 5)[1])


def test_sorting_by_value_puts_the_best_bits_first() -> None:
    state = StorageState()
    for size_bit, value in ((100, 1.0), (10, 5.0), (200, 90.0)):
        state, _ = store(SPEC, state, product(size_bit, 5, value), 0)
    assert [one.number for one in sort_by_value(SPEC, state).products] == [2, 3, 1]


def test_the_slow_line_to_earth_takes_only_its_own_kind() -> None:
    state = filled((100, 9))
    state, _ = store(SPEC, state, product(30, 1, kind="health"), 0)
    state, sent_bit = send(state, 500, 900, only_kind="health")
    assert sent_bit == 30
    assert [one.product.kind for one in state.flying] == ["health"]
    assert not has_waiting(state, "health")


def test_made_is_always_sent_plus_kept_plus_lost() -> None:
    rng = np.random.default_rng(11)
    state = StorageState()
    for tick in range(600):
        match int(rng.integers(4)):
            case 0 | 1:
                draft = product(int(rng.integers(1, 500)), int(rng.integers(1, 10)))
                state, _ = store(SPEC, state, draft, tick)
            case 2:
                state, _ = send(state, int(rng.integers(0, 400)), tick + 50)
            case _:
                state, _, _ = discard(state, int(rng.integers(1, state.made_count + 2)), tick)
        state, _ = arrive(state, tick)
        assert is_balanced(state)
        assert 0 <= kept_bit(state) <= SPEC.capacity_bit
    assert state.home_bit <= state.sent_bit
    assert digest(state) == digest(replace(state))
