"""Where products lie on board: partitions of flash, and working memory that forgets.

Use: `store(spec, state, draft, tick)` puts a `Product` (its number is given here) into the
partition of its kind; what finds that full spills over into the volatile one if there is room.
`settled(spec, state)` moves spilled products back once there is room; `forgotten(state, tick,
cause)` is what a computer without power, or one that starts anew, does to the volatile part.
Sending and arrival are in `storage.py`.
"""

from game.changes import changed
from game.events import Event, ProductLost, ProductStored
from game.rover.storage import (
    PartitionSpec,
    Product,
    StorageSpec,
    StorageState,
    dropped,
    kept_bit,
    placed,
)
from game.units import MBIT_BIT


def partition_of(spec: StorageSpec, kind: str) -> PartitionSpec | None:
    """Return the partition that takes a kind: the first of flash takes what no other names.

    None if the memory is not divided.
    """
    flash = [one for one in spec.partition if not one.is_volatile]
    for one in flash:
        if kind in one.kinds:
            return one
    return flash[0] if flash else None


def capacity_bit(spec: StorageSpec, part: PartitionSpec | None) -> int:
    """Return the size of a partition, or of a memory that is not divided [bit]."""
    return spec.capacity_bit if part is None else int(part.share_frac * spec.capacity_bit)


def used_bit(spec: StorageSpec, state: StorageState, part: PartitionSpec | None) -> int:
    """Return what lies in a partition, copies that wait for their receipt included [bit]."""
    copies = tuple(receipt.product for receipt in state.unconfirmed)
    inside = (*_inside(spec, state.products, part), *_inside(spec, copies, part))
    return sum(one.size_bit for one in inside)


def free_bit(spec: StorageSpec, state: StorageState, kind: str = "") -> int:
    """Return the room that is left for a kind, or in all [bit]."""
    if not kind:
        return spec.capacity_bit - kept_bit(state)
    part = partition_of(spec, kind)
    return capacity_bit(spec, part) - used_bit(spec, state, part)


def volatile_free_bit(spec: StorageSpec, state: StorageState) -> int:
    """Return the room left in the partition that forgets [bit]."""
    part = _volatile(spec)
    return 0 if part is None else capacity_bit(spec, part) - used_bit(spec, state, part)


def room_refusal(
    spec: StorageSpec, state: StorageState, size_bit: int, priority: int, kind: str = ""
) -> str | None:
    """Return why a new product would not fit, even at the cost of lesser ones; None if it would."""
    if size_bit <= volatile_free_bit(spec, state):
        return None
    part = partition_of(spec, kind)
    inside = _inside(spec, state.products, part)
    lesser_bit = sum(one.size_bit for one in inside if one.priority < priority)
    left_bit = capacity_bit(spec, part) - used_bit(spec, state, part)
    missing_bit = size_bit - left_bit - lesser_bit
    if missing_bit <= 0:
        return None
    where = "Memory" if part is None else f"The memory for {part.name}"
    return (
        f"{where} is full: {missing_bit / MBIT_BIT:.1f} Mbit more are needed; "
        "send or discard something first."
    )


def store(
    spec: StorageSpec, state: StorageState, draft: Product, tick: int
) -> tuple[StorageState, tuple[Event, ...]]:
    """Keep a new product: in its partition, else in the volatile one, else instead of lesser ones.

    If none of these is possible it is lost itself.
    """
    number = state.made_count + 1
    product = changed(draft, number=number)
    state = changed(state, made_count=number, made_bit=state.made_bit + product.size_bit)
    stored = ProductStored(tick, number, product.kind, product.size_bit)
    if free_bit(spec, state, product.kind) < product.size_bit:
        if product.size_bit <= volatile_free_bit(spec, state):
            return _with(state, changed(product, is_volatile=True)), (stored,)
        if room_refusal(spec, state, product.size_bit, product.priority, product.kind) is not None:
            state = changed(state, lost_bit=state.lost_bit + product.size_bit)
            cause = "memory was full and held nothing less important"
            return state, (ProductLost(tick, number, product.kind, product.size_bit, cause),)
    events: list[Event] = []
    while free_bit(spec, state, product.kind) < product.size_bit:
        inside = _inside(spec, state.products, partition_of(spec, product.kind))
        victim = min(inside, key=lambda one: (one.priority, -one.number))
        cause = f"memory was full: it made room for {product.title}"
        state, lost = dropped(state, victim, tick, cause)
        events.append(lost)
    return _with(state, product), (*events, stored)


def never_stored(
    state: StorageState, kind: str, size_bit: int, tick: int, cause: str
) -> tuple[StorageState, ProductLost]:
    """Count data that were gone before they reached memory: made, and lost for that cause."""
    number = state.made_count + 1
    state = changed(
        state,
        made_count=number,
        made_bit=state.made_bit + size_bit,
        lost_bit=state.lost_bit + size_bit,
    )
    return state, ProductLost(tick, number, kind, size_bit, cause)


def settled(spec: StorageSpec, state: StorageState) -> StorageState:
    """Move spilled products to their partition of flash, best first, as far as there is room."""
    for product in state.products:
        if product.is_volatile and product.size_bit <= free_bit(spec, state, product.kind):
            moved = (
                changed(one, is_volatile=False) if one.number == product.number else one
                for one in state.products
            )
            state = changed(state, products=tuple(moved))
    return state


def forgotten(state: StorageState, tick: int, cause: str) -> tuple[StorageState, tuple[Event, ...]]:
    """Lose everything that lies in volatile memory, each product with the cause.

    A copy that only waits for its receipt is no loss: the orbiter has it.
    """
    events: list[Event] = []
    for product in state.products:
        if product.is_volatile:
            state, lost = dropped(state, product, tick, cause)
            events.append(lost)
    copies = tuple(one for one in state.unconfirmed if not one.product.is_volatile)
    return changed(state, unconfirmed=copies), tuple(events)


def has_volatile(state: StorageState) -> bool:
    """Say whether anything would be lost if the computer started anew."""
    copies = (receipt.product for receipt in state.unconfirmed)
    return any(one.is_volatile for one in (*state.products, *copies))


def _with(state: StorageState, product: Product) -> StorageState:
    return changed(state, products=placed(state.products, product))


def _volatile(spec: StorageSpec) -> PartitionSpec | None:
    return next((one for one in spec.partition if one.is_volatile), None)


def _inside(
    spec: StorageSpec, products: tuple[Product, ...], part: PartitionSpec | None
) -> list[Product]:
    if part is None:
        return list(products)
    if part.is_volatile:
        return [one for one in products if one.is_volatile]
    return [one for one in products if not one.is_volatile and partition_of(spec, one.kind) is part]
