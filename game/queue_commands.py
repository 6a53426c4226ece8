"""Commands for the queue of data: part of the commands, which see. Plain values; no behaviour."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SetPriority:
    """Change the place of a product in the queue; higher goes first."""

    product: int
    priority: int


@dataclass(frozen=True, slots=True)
class MoveBefore:
    """Move a product in the queue directly in front of another one."""

    product: int
    before: int


@dataclass(frozen=True, slots=True)
class SortQueue:
    """Order the queue by worth for each bit, best first; thumbnails may go before all."""

    are_thumbnails_first: bool = True


@dataclass(frozen=True, slots=True)
class Discard:
    """Delete a product from memory to make room."""

    product: int
