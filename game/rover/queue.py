"""The order in which products go up: priority, place in the queue, and sorting by worth.

Use: every function takes the storage and gives it back with its queue in another order; one that
can be refused returns the reason in words as well. The queue is always ordered by priority, so
what a product is moved in front of also tells it its priority.
"""

from dataclasses import replace

from game.commands import MoveBefore, SetPriority, SortQueue
from game.rover.storage import HELD, Product, StorageSpec, StorageState, placed, unsent_bit

THUMBNAIL = "thumbnail"
Reorder = SetPriority | MoveBefore | SortQueue


def reordered(
    spec: StorageSpec, state: StorageState, command: Reorder
) -> tuple[StorageState, str | None]:
    """Carry out a command about the queue."""
    match command:
        case SetPriority(product=product, priority=priority):
            return set_priority(spec, state, product, priority)
        case MoveBefore(product=product, before=before):
            return move_before(state, product, before)
        case SortQueue(are_thumbnails_first=are_first):
            return sort_by_value(spec, state, are_thumbnails_first=are_first), None


def set_priority(
    spec: StorageSpec, state: StorageState, number: int, priority: int
) -> tuple[StorageState, str | None]:
    """Change the priority of a product; it queues behind all that are as important.

    Priority 0 holds it back on board; any other asks for it.
    """
    product = _found(state, number)
    if product is None:
        return state, _missing(number)
    if not HELD <= priority <= spec.highest_priority:
        return state, (
            f"A priority is from 1 to {spec.highest_priority}, or 0 to hold a product back, "
            f"not {priority}."
        )
    others = tuple(one for one in state.products if one is not product)
    changed = replace(product, priority=priority)
    return replace(state, products=placed(others, changed)), None


def move_before(state: StorageState, number: int, before: int) -> tuple[StorageState, str | None]:
    """Move a product directly in front of another one, whose priority it takes."""
    product, other = _found(state, number), _found(state, before)
    if product is None or other is None:
        return state, _missing(number if product is None else before)
    if product is other:
        return state, f"Product {number} cannot go before itself."
    moved = replace(product, priority=other.priority)
    others = [one for one in state.products if one is not product]
    others.insert(others.index(other), moved)
    return replace(state, products=tuple(others)), None


def sort_by_value(
    spec: StorageSpec, state: StorageState, *, are_thumbnails_first: bool = True
) -> StorageState:
    """Order the queue by worth for each bit still to go, best first.

    Thumbnails may go before all: with them Earth can choose what else to send. What is half sent
    has less to go and is worth finishing. Products that are held back stay so.
    """
    asked = [one for one in state.products if one.priority > HELD]
    ranked = sorted(asked, key=lambda one: _rank(one, are_thumbnails_first))
    step = max(1, -(-len(ranked) // spec.highest_priority))
    changed = (
        replace(one, priority=spec.highest_priority - at // step) for at, one in enumerate(ranked)
    )
    held = (one for one in state.products if one.priority <= HELD)
    return replace(state, products=(*changed, *held))


def _rank(product: Product, are_thumbnails_first: bool) -> tuple[bool, float, int]:
    is_later = are_thumbnails_first and product.kind != THUMBNAIL
    return is_later, -product.value / unsent_bit(product), product.number


def _found(state: StorageState, number: int) -> Product | None:
    return next((one for one in state.products if one.number == number), None)


def _missing(number: int) -> str:
    return f"Product {number} is not in memory."
