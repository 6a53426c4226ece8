from dataclasses import replace

import numpy as np

from game.digest import digest
from game.events import ProductConfirmed, ProductHome, ProductLost, ProductStored
from game.rover.memory import free_bit, room_refusal, store
from game.rover.storage import (
    Road,
    StorageSpec,
    StorageState,
    acknowledged,
    arrive,
    discard,
    forwarded,
    has_waiting,
    kept_bit,
    next_arrival_tick,
    send,
    unconfirmed_bit,
    waiting_bit,
)
from tests.rover.payload_cases import product

SPEC = StorageSpec(capacity_bit=1_000, highest_priority=9)


def filled(*sizes_and_priorities: tuple[int, int]) -> StorageState:
    state = StorageState()
    for size_bit, priority in sizes_and_priorities:
        state, _ = store(SPEC, state, product(size_bit, priority), 0)
    return state


def road(home_tick: int, confirmed_tick: int = 0) -> Road:
    return Road(lambda _, free_tick: (home_tick, free_tick), confirmed_tick)


def is_balanced(state: StorageState) -> bool:
    return state.made_bit == state.sent_bit + waiting_bit(state) + state.lost_bit


def test_a_new_product_gets_the_next_number_and_is_announced() -> None:
    state, events = store(SPEC, filled((10, 5)), product(20), 77)
    assert events == (ProductStored(77, 2, "picture", 20),)
    assert [one.number for one in state.products] == [1, 2]
    assert free_bit(SPEC, state) == 970


def test_the_queue_drains_by_priority_then_number() -> None:
    state = filled((100, 5), (100, 7), (100, 5))
    state, sent_bit = send(state, 150, road(500))
    assert sent_bit == 150
    assert [one.product.number for one in state.flying] == [2]
    assert [(one.number, one.sent_bit) for one in state.products] == [(1, 50), (3, 0)]


def test_partial_progress_is_kept_and_finished_later() -> None:
    state = filled((100, 5))
    for _ in range(4):
        state, _ = send(state, 30, road(500))
        assert is_balanced(state)
    assert state.products == ()
    assert state.sent_bit == 100
    assert not has_waiting(state)


def test_a_product_comes_home_when_its_time_has_come() -> None:
    state, _ = send(filled((10, 5), (10, 6)), 20, road(500))
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
    state, _ = send(filled((100, 5)), 40, road(500))
    state, events, refusal = discard(state, 1, 12)
    assert refusal is None
    assert isinstance(events[0], ProductLost)
    assert (state.sent_bit, state.lost_bit) == (40, 60)
    assert is_balanced(state)
    assert discard(state, 1, 13)[2] == "Product 1 is not in memory."


def test_the_slow_line_to_earth_takes_only_its_own_kind() -> None:
    state = filled((100, 9))
    state, _ = store(SPEC, state, product(30, 1, kind="health"), 0)
    state, sent_bit = send(state, 500, road(900), only_kind="health")
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
                state, _ = send(state, int(rng.integers(0, 400)), road(tick + 50, tick + 3))
            case _:
                state, _, _ = discard(state, int(rng.integers(1, state.made_count + 2)), tick)
        state, _ = arrive(state, tick)
        if tick % 7 < 3:  # heard now and then
            state, _ = acknowledged(state, tick)
        assert is_balanced(state)
        assert 0 <= kept_bit(state) <= SPEC.capacity_bit
    assert state.home_bit <= state.sent_bit
    assert digest(state) == digest(replace(state))


def test_memory_is_free_only_when_the_orbiter_has_confirmed() -> None:
    state, _ = send(filled((600, 5), (300, 4)), 700, road(900, confirmed_tick=120))
    assert (kept_bit(state), waiting_bit(state), unconfirmed_bit(state)) == (900, 200, 600)
    assert free_bit(SPEC, state) == 100
    assert acknowledged(state, 119) == (state, ())
    state, events = acknowledged(state, 125)
    assert events == (ProductConfirmed(125, 1, 600),)
    assert free_bit(SPEC, state) == 700


def test_what_waits_for_its_receipt_makes_no_room_for_others() -> None:
    # acknowledge before delete: the copy on board is never thrown away early
    state, _ = send(filled((800, 1)), 800, road(900, confirmed_tick=120))
    state, events = store(SPEC, state, product(300, 9), 60)
    assert isinstance(events[0], ProductLost)
    state, _ = acknowledged(state, 120)
    state, events = store(SPEC, state, product(300, 9), 130)
    assert isinstance(events[0], ProductStored)
    assert [one.product.number for one in state.flying] == [1]


def test_the_dish_of_the_orbiter_sends_one_product_after_the_other() -> None:
    def home(size_bit: int, free_tick: int) -> tuple[int, int]:
        sent_tick = max(1_000, free_tick) + size_bit  # a bit a second
        return sent_tick + 7, sent_tick

    state = filled((100, 5), (40, 4), (10, 3))
    state, _ = send(state, 140, Road(home, 0))
    state, _ = send(state, 10, Road(home, 0))
    assert [one.home_tick for one in state.flying] == [1_107, 1_147, 1_157]
    assert state.dish_free_tick == 1_150


def test_a_product_that_is_not_the_rovers_is_not_counted_at_home() -> None:
    # pictures of the orbiter itself: they come home, but are no data of the rover
    state, _ = arrive(forwarded(StorageState(), product(500), road(50)), 60)
    assert [one.size_bit for one in state.home] == [500]
    assert state.home_bit == 0
