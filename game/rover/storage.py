"""The rover's memory: products wait in it, go up to the orbiter, and arrive on Earth later.

Use: `memory.store(...)` puts a product in; `send(state, budget_bit, home_tick)` spends the bits of
a pass by priority, then number; `arrive(state, tick)` brings home what is due;
`next_arrival_tick(state)` is a boundary for the step. A product of priority 0 is held back until
somebody asks for it. `kept_bit(state)` is what lies in memory; always made = sent + kept + lost,
in whole bits.
"""

from dataclasses import dataclass, replace

from game.events import Event, ProductHome, ProductLost
from game.rover.records import Record

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
        if self.partition and not 0.999 < sum(p.share_frac for p in self.partition) < 1.001:
            raise ValueError("the share_frac of all partitions must add up to 1")
        kinds = [kind for one in self.partition for kind in one.kinds]
        if len(set(kinds)) < len(kinds):
            raise ValueError("two partitions name the same kind")


@dataclass(frozen=True, slots=True)
class Product:
    """One piece of data.

    `sent_bit` of its `size_bit` have gone up; higher `priority` goes first. Place and direction
    are those of the observation. `quality` is 0 to 1, `value` its worth for science, and `record`
    what it says. One that `is_volatile` is lost when the computer starts anew.
    """

    kind: str
    title: str
    made_tick: int
    sol: int
    size_bit: int
    priority: int
    x_m: float
    y_m: float
    heading_rad: float
    azimuth_rad: float
    elevation_rad: float
    quality: float
    value: float
    record: Record
    number: int = 0
    sent_bit: int = 0
    is_volatile: bool = False


@dataclass(frozen=True, slots=True)
class Flying:
    """A product on its way from the orbiter to Earth."""

    product: Product
    home_tick: int


@dataclass(frozen=True, slots=True)
class StorageState:
    """Memory, what is on its way, what has come home, and the running sums in whole bits."""

    products: tuple[Product, ...] = ()
    flying: tuple[Flying, ...] = ()
    home: tuple[Product, ...] = ()
    made_bit: int = 0
    sent_bit: int = 0
    lost_bit: int = 0
    home_bit: int = 0
    made_count: int = 0


def kept_bit(state: StorageState) -> int:
    """Return the bits that lie in memory and have not gone up [bit]."""
    return sum(product.size_bit - product.sent_bit for product in state.products)


def send(
    state: StorageState, budget_bit: int, home_tick: int, only_kind: str = ""
) -> tuple[StorageState, int]:
    """Send up to `budget_bit` by priority, then number; return the new state and what was sent.

    A product that is complete leaves memory and reaches Earth at `home_tick`. With `only_kind`
    (the slow link straight to Earth) other kinds wait; products that are held back wait too.
    """
    left_bit = budget_bit
    kept: list[Product] = []
    flying = list(state.flying)
    for product in state.products:
        part_bit = min(left_bit, unsent_bit(product))
        if part_bit > 0 and only_kind in ("", product.kind) and product.priority > HELD:
            left_bit -= part_bit
            product = replace(product, sent_bit=product.sent_bit + part_bit)  # noqa: PLW2901
        if product.sent_bit == product.size_bit:
            flying.append(Flying(product, home_tick))
        else:
            kept.append(product)
    sent_bit = budget_bit - left_bit
    if sent_bit == 0:
        return state, 0
    state = replace(
        state, products=tuple(kept), flying=tuple(flying), sent_bit=state.sent_bit + sent_bit
    )
    return state, sent_bit


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
    state = replace(
        state,
        flying=tuple(one for one in state.flying if one.home_tick > tick),
        home=(*state.home, *(one.product for one in due)),
        home_bit=state.home_bit + sum(one.product.size_bit for one in due),
    )
    return state, tuple(
        ProductHome(one.home_tick, one.product.number, one.product.kind, one.product.size_bit)
        for one in due
    )


def set_priority(
    spec: StorageSpec, state: StorageState, number: int, priority: int
) -> tuple[StorageState, str | None]:
    """Change the place of a product in the queue; the second value is a refusal in words.

    Priority 0 holds it back on board; any other asks for it.
    """
    if not any(one.number == number for one in state.products):
        return state, f"Product {number} is not in memory."
    if not HELD <= priority <= spec.highest_priority:
        return state, (
            f"A priority is from 1 to {spec.highest_priority}, or 0 to hold a product back, "
            f"not {priority}."
        )
    changed = (
        replace(one, priority=priority) if one.number == number else one for one in state.products
    )
    return replace(state, products=sorted_products(tuple(changed))), None


def sort_by_value(spec: StorageSpec, state: StorageState) -> StorageState:
    """Give every product the priority that its worth per bit deserves, best first.

    Products that are held back stay so.
    """
    asked = [one for one in state.products if one.priority > HELD]
    ranked = sorted(asked, key=lambda one: (-one.value / one.size_bit, one.number))
    step = max(1, -(-len(ranked) // spec.highest_priority))
    changed = (
        replace(one, priority=spec.highest_priority - at // step) for at, one in enumerate(ranked)
    )
    held = (one for one in state.products if one.priority <= HELD)
    return replace(state, products=sorted_products((*changed, *held)))


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
    state = replace(
        state,
        products=tuple(one for one in state.products if one.number != product.number),
        lost_bit=state.lost_bit + unsent_bit(product),
    )
    return state, ProductLost(tick, product.number, product.kind, product.size_bit, cause)


def unsent_bit(product: Product) -> int:
    """Return what of a product has not gone up [bit]."""
    return product.size_bit - product.sent_bit


def sorted_products(products: tuple[Product, ...]) -> tuple[Product, ...]:
    """Return products in the order in which they go up."""
    return tuple(sorted(products, key=lambda one: (-one.priority, one.number)))
