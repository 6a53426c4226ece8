"""The rover's memory: products wait in it, go up to the orbiter, and arrive on Earth later.

Use: `memory.store(...)` puts a product in; `send(state, budget_bit, road)` spends the bits of a
pass in the order of the queue; `acknowledged(state, tick)` frees the memory of what the orbiter has
confirmed; `arrive(state, tick)` brings home what is due; `next_arrival_tick(state)` is a boundary
for the step. The order of the queue is that of `state.products`; `queue.py` changes it. A product
of priority 0 is held back until somebody asks for it.
A product lies in memory in full until it is confirmed: `kept_bit(state)` is what memory holds,
`waiting_bit(state)` what has not gone up; always made = sent + waiting + lost, in whole bits.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from game.changes import changed
from game.events import Event, ProductConfirmed, ProductHome, ProductLost
from game.rover.archive import NOTHING_YET, Archive, Product

__all__ = [
    "HELD",
    "NOTHING_YET",
    "Archive",
    "Flying",
    "PartitionSpec",
    "Product",
    "Receipt",
    "Road",
    "StorageSpec",
    "StorageState",
]

HELD = 0  # the priority of a product that waits on board until it is asked for


@dataclass(frozen=True, slots=True)
class PartitionSpec:
    """A part of the memory: which kinds it takes, its share, and whether it forgets.

    A volatile partition names no kinds: it takes what finds its own partition full.
    """

    name: str
    kinds: tuple[str, ...]
    share_frac: float
    is_volatile: bool

    def __post_init__(self) -> None:
        if not 0.0 < self.share_frac <= 1.0:
            raise ValueError(f"{self.name}: share_frac must be above 0 and at most 1")
        if self.is_volatile and self.kinds:
            raise ValueError(f"{self.name}: a volatile partition names no kinds")


@dataclass(frozen=True, slots=True)
class StorageSpec:
    """`capacity_bit` of memory for products; priorities run from 1 to `highest_priority`.

    Without partitions the memory is one.
    """

    capacity_bit: int
    highest_priority: int
    partition: tuple[PartitionSpec, ...] = ()

    def __post_init__(self) -> None:
        if self.capacity_bit <= 0 or self.highest_priority < 1:
            raise ValueError("capacity_bit and highest_priority must be above zero")
        if self.partition and not 0.999 < math.fsum(p.share_frac for p in self.partition) < 1.001:
            raise ValueError("the share_frac of all partitions must add up to 1")
        kinds = [kind for one in self.partition for kind in one.kinds]
        if len(set(kinds)) < len(kinds):
            raise ValueError("two partitions name the same kind")


@dataclass(frozen=True, slots=True)
class Flying:
    """A product on its way from the orbiter to Earth."""

    product: Product
    home_tick: int


@dataclass(frozen=True, slots=True)
class Receipt:
    """A product that has gone up in full and is kept until the orbiter says it has it."""

    product: Product
    due_tick: int


class Road(NamedTuple):
    """The way from the rover to Earth.

    `home` takes the size of a product [bit] and the tick at which the orbiter's dish has sent all
    that came before; it returns when the product is on Earth, and when the dish is free again.
    `confirmed_tick` is when the orbiter says that it has a product.
    """

    home: Callable[[int, int], tuple[int, int]]
    confirmed_tick: int


NO_ROAD = Road(lambda _, free_tick: (0, free_tick), 0)  # for steps in which nothing goes up


@dataclass(frozen=True, slots=True)
class StorageState:
    """Memory, what is on its way, what has come home, and the running sums in whole bits.

    `unconfirmed` are products that are up, but still in memory; the orbiter's dish is busy with
    what it has until `dish_free_tick`.
    """

    products: tuple[Product, ...] = ()
    flying: tuple[Flying, ...] = ()
    home: Archive = NOTHING_YET
    made_bit: int = 0
    sent_bit: int = 0
    lost_bit: int = 0
    home_bit: int = 0
    made_count: int = 0
    unconfirmed: tuple[Receipt, ...] = ()
    dish_free_tick: int = 0


def kept_bit(state: StorageState) -> int:
    """Return the bits that lie in memory, those that wait for their receipt included [bit]."""
    return sum(product.size_bit for product in state.products) + unconfirmed_bit(state)


def waiting_bit(state: StorageState) -> int:
    """Return the bits that have not gone up yet [bit]."""
    return sum(unsent_bit(product) for product in state.products)


def queued_bit(state: StorageState) -> int:
    """Return the bits that wait for a pass; what is held back does not [bit]."""
    return sum(unsent_bit(one) for one in state.products if one.priority > HELD)


def unconfirmed_bit(state: StorageState) -> int:
    """Return the bits that are up, but kept until the orbiter confirms them [bit]."""
    return sum(receipt.product.size_bit for receipt in state.unconfirmed)


def send(
    state: StorageState, budget_bit: int, road: Road, only_kind: str = ""
) -> tuple[StorageState, int]:
    """Send up to `budget_bit` in the order of the queue; return the new state and what was sent.

    A product that is complete goes home by the `road`; its copy stays in memory until the orbiter
    confirms it. With `only_kind` (the slow link straight to Earth) other kinds wait; products that
    are held back wait too.
    """
    left_bit = budget_bit
    kept: list[Product] = []
    done: list[Product] = []
    for product in state.products:
        part_bit = min(left_bit, unsent_bit(product))
        if part_bit > 0 and only_kind in ("", product.kind) and product.priority > HELD:
            left_bit -= part_bit
            product = changed(product, sent_bit=product.sent_bit + part_bit)  # noqa: PLW2901
        (done if product.sent_bit == product.size_bit else kept).append(product)
    sent_bit = budget_bit - left_bit
    if sent_bit == 0:
        return state, 0
    receipts = (Receipt(one, road.confirmed_tick) for one in done)
    state = changed(
        state,
        products=tuple(kept),
        sent_bit=state.sent_bit + sent_bit,
        unconfirmed=(*state.unconfirmed, *receipts),
    )
    for product in done:
        state = forwarded(state, product, road)
    return state, sent_bit


def forwarded(state: StorageState, product: Product, road: Road) -> StorageState:
    """Put a product at the end of what the orbiter's dish sends to Earth."""
    home_tick, free_tick = road.home(product.size_bit, state.dish_free_tick)
    return changed(
        state, flying=(*state.flying, Flying(product, home_tick)), dish_free_tick=free_tick
    )


def acknowledged(
    state: StorageState, tick: int
) -> tuple[StorageState, tuple[ProductConfirmed, ...]]:
    """Free the memory of products whose receipt is due; call only while the orbiter is heard."""
    due = tuple(one for one in state.unconfirmed if one.due_tick <= tick)
    if not due:
        return state, ()
    left = tuple(one for one in state.unconfirmed if one.due_tick > tick)
    confirmed = tuple(
        ProductConfirmed(tick, one.product.number, one.product.size_bit) for one in due
    )
    return changed(state, unconfirmed=left), confirmed


def has_waiting(state: StorageState, only_kind: str = "") -> bool:
    """Say whether there is anything to send."""
    return any(
        only_kind in ("", product.kind) and product.priority > HELD for product in state.products
    )


def next_arrival_tick(state: StorageState) -> int | None:
    """Return when the next product reaches Earth [s]."""
    return min((one.home_tick for one in state.flying), default=None)


def arrive(state: StorageState, tick: int) -> tuple[StorageState, tuple[Event, ...]]:
    """Bring home every product that has reached Earth by now, in order of arrival."""
    due = sorted(
        (one for one in state.flying if one.home_tick <= tick),
        key=lambda one: (one.home_tick, one.product.number),
    )
    if not due:
        return state, ()
    state = changed(
        state,
        flying=tuple(one for one in state.flying if one.home_tick > tick),
        home=state.home.plus(one.product for one in due),
        home_bit=state.home_bit + sum(one.product.sent_bit for one in due),
    )
    return state, tuple(
        ProductHome(one.home_tick, one.product.number, one.product.kind, one.product.size_bit)
        for one in due
    )


def discard(
    state: StorageState, number: int, tick: int, cause: str = "discarded on command"
) -> tuple[StorageState, tuple[Event, ...], str | None]:
    """Delete a product; the last value is a refusal in words."""
    for product in state.products:
        if product.number == number:
            state, lost = dropped(state, product, tick, cause)
            return state, (lost,), None
    return state, (), f"Product {number} is not in memory."


def dropped(
    state: StorageState, product: Product, tick: int, cause: str
) -> tuple[StorageState, ProductLost]:
    """Delete a product: what has gone up stays up, the rest is lost for that cause."""
    state = changed(
        state,
        products=tuple(one for one in state.products if one.number != product.number),
        lost_bit=state.lost_bit + unsent_bit(product),
    )
    return state, ProductLost(tick, product.number, product.kind, product.size_bit, cause)


def unsent_bit(product: Product) -> int:
    """Return what of a product has not gone up [bit]."""
    return product.size_bit - product.sent_bit


def placed(products: tuple[Product, ...], product: Product) -> tuple[Product, ...]:
    """Put a product into the queue, behind all that are as important."""
    at = sum(one.priority >= product.priority for one in products)
    return (*products[:at], product, *products[at:])
