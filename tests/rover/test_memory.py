"""Partitions, the buffer that forgets, and products that wait to be asked for."""

from dataclasses import replace

import numpy as np
import pytest

from game.events import ProductLost, ProductStored
from game.levels.open import OpenedLevel
from game.rover.instruments import OBSERVED
from game.rover.measuring import HEALTH
from game.rover.memory import (
    forgotten,
    free_bit,
    room_refusal,
    settled,
    store,
    used_bit,
    volatile_free_bit,
)
from game.rover.modes import Mode
from game.rover.queue import set_priority
from game.rover.storage import (
    PartitionSpec,
    Road,
    StorageSpec,
    StorageState,
    acknowledged,
    discard,
    has_waiting,
    send,
    waiting_bit,
)
from game.simulation import step
from tests.rover.desks import grounded
from tests.rover.payload_cases import product, shipped_payload

PICTURES = PartitionSpec("pictures", ("picture",), 0.5, is_volatile=False)
SCIENCE = PartitionSpec("science", ("soil", "air"), 0.3, is_volatile=False)
ROAD = Road(lambda _, free_tick: (900, free_tick), 0)
BUFFER = PartitionSpec("buffer", (), 0.2, is_volatile=True)
SPEC = StorageSpec(1_000, 9, (PICTURES, SCIENCE, BUFFER))


def filled(*drafts: tuple[int, int, str]) -> StorageState:
    state = StorageState()
    for size_bit, priority, kind in drafts:
        state, _ = store(SPEC, state, product(size_bit, priority, kind=kind), 0)
    return state


def is_balanced(state: StorageState) -> bool:
    return state.made_bit == state.sent_bit + waiting_bit(state) + state.lost_bit


def test_pictures_never_push_science_out() -> None:
    state = filled((290, 1, "soil"), (480, 5, "picture"), (190, 5, "picture"))
    state, events = store(SPEC, state, product(300, 9), 3)
    lost = [event for event in events if isinstance(event, ProductLost)]
    assert [event.kind for event in lost] == ["picture"]
    assert "soil" in [one.kind for one in state.products]
    assert is_balanced(state)


def test_what_finds_its_part_full_spills_into_the_buffer() -> None:
    state = filled((480, 5, "picture"), (150, 5, "picture"))
    assert [one.is_volatile for one in state.products] == [False, True]
    assert volatile_free_bit(SPEC, state) == 50
    assert free_bit(SPEC, state, "soil") == 300
    refusal = str(room_refusal(SPEC, state, 600, 5, "picture"))
    assert refusal.startswith("The memory for pictures is full")


def test_the_buffer_is_lost_without_power_and_each_product_says_why() -> None:
    state = filled((480, 5, "picture"), (150, 5, "picture"), (100, 5, "soil"))
    after, events = forgotten(state, 77, "the battery gave out")
    assert events == (ProductLost(77, 2, "picture", 150, "the battery gave out"),)
    assert [one.number for one in after.products] == [1, 3]
    assert is_balanced(after)


def test_spilled_products_move_to_flash_when_there_is_room() -> None:
    state = filled((480, 5, "picture"), (150, 5, "picture"))
    assert settled(SPEC, state) == state
    state, _, _ = discard(state, 1, 9)
    state = settled(SPEC, state)
    assert [one.is_volatile for one in state.products] == [False]
    assert used_bit(SPEC, state, PICTURES) == 150
    assert is_balanced(state)


def test_a_product_held_back_waits_until_it_is_asked_for() -> None:
    state, refusal = set_priority(SPEC, filled((100, 5, "picture")), 1, 0)
    assert refusal is None
    assert not has_waiting(state)
    assert send(state, 500, ROAD) == (state, 0)
    state, _ = set_priority(SPEC, state, 1, 4)
    assert send(state, 500, ROAD)[1] == 100


def test_a_copy_that_waits_for_its_receipt_fills_its_part_and_is_no_loss() -> None:
    state = filled((480, 5, "picture"), (150, 9, "picture"))
    state, _ = send(state, 150, ROAD)  # the spilled one goes first
    assert volatile_free_bit(SPEC, state) == 50
    gone, events = forgotten(state, 9, "reset")
    assert events == ()
    assert volatile_free_bit(SPEC, gone) == 200
    assert [one.product.number for one in gone.flying] == [2]
    state, _ = acknowledged(state, 9)
    assert volatile_free_bit(SPEC, state) == 200


def test_an_unknown_kind_goes_with_the_first_partition() -> None:
    state = filled((100, 5, "song"))
    assert used_bit(SPEC, state, PICTURES) == 100


def test_made_is_always_sent_plus_kept_plus_lost() -> None:
    rng = np.random.default_rng(5)
    state = StorageState()
    kinds = ("picture", "soil", "air")
    for tick in range(800):
        match int(rng.integers(6)):
            case 0 | 1 | 2:
                draft = product(
                    int(rng.integers(1, 300)), int(rng.integers(1, 10)), kind=kinds[tick % 3]
                )
                state, _ = store(SPEC, state, draft, tick)
            case 3:
                state, _ = send(state, int(rng.integers(0, 300)), ROAD)
                if tick % 2:
                    state, _ = acknowledged(state, tick)
                state = settled(SPEC, state)
            case 4:
                state, _ = forgotten(state, tick, "reset")
            case _:
                state, _, _ = discard(state, int(rng.integers(1, state.made_count + 2)), tick)
        assert is_balanced(state)
        for part in SPEC.partition:
            assert 0 <= used_bit(SPEC, state, part) <= part.share_frac * SPEC.capacity_bit


def test_every_kind_has_its_own_part_of_the_shipped_memory() -> None:
    named = {kind for part in shipped_payload().storage.partition for kind in part.kinds}
    assert {str(kind) for kind in OBSERVED} | {HEALTH, "thumbnail"} == named


@pytest.mark.parametrize(
    ("part", "words"),
    [
        (PartitionSpec("more", ("album",), 0.1, is_volatile=False), "add up to 1"),
        (PartitionSpec("twice", ("air",), 0.2, is_volatile=False), "same kind"),
    ],
)
def test_a_memory_map_that_cannot_be_is_refused(part: PartitionSpec, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        StorageSpec(1_000, 9, (PICTURES, SCIENCE, part))
    with pytest.raises(ValueError, match="names no kinds"):
        PartitionSpec("buffer", ("air",), 0.2, is_volatile=True)


def test_a_battery_that_gives_out_takes_the_buffer_with_it(ninety: OpenedLevel) -> None:
    setup, state = ninety.setup, grounded(ninety.setup, 1.0)
    kept, spilled = product(1_000), replace(product(2_000), is_volatile=True, number=2)
    memory = StorageState((replace(kept, number=1), spilled), made_bit=3_000, made_count=2)
    power = replace(state.rover.power, charge_j=0.0)
    rover = replace(state.rover, storage=memory, power=power, mode=Mode.SAFE)
    after, events = step(setup, replace(state, rover=rover))
    lost = [event for event in events if isinstance(event, ProductLost)]
    assert after.rover.mode is Mode.DARK
    assert [event.product for event in lost] == [2]
    assert "working memory lost its power: the battery gave out" in lost[0].cause
    assert not any(isinstance(event, ProductStored) for event in events)
    assert [one.number for one in after.rover.storage.products] == [1]
