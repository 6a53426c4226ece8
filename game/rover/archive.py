"""Pieces of data, and the row of those that have come home.

Use: `state.home.plus(products)`; else an `Archive` is a sequence like a tuple.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import overload

from game.digest import COVERED, folded
from game.rover.records import Record


@dataclass(frozen=True, slots=True)
class Product:
    """One piece of data.

    `sent_bit` of its `size_bit` have gone up; higher `priority` goes first. Place and direction
    are those of the observation; the rover believed to be `off_x_m`, `off_y_m` west and south of
    that, which is the place that is told (`told_place`). `quality` is 0 to 1, `value` its worth for
    science, and `record` what it says; the spot it tells about lies `range_m` away along the
    azimuth. One that `is_volatile` is lost when the computer starts anew.
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
    range_m: float = 0.0
    off_x_m: float = 0.0
    off_y_m: float = 0.0


def told_place(product: Product) -> tuple[float, float]:
    """Return where the rover believed to be when it made a product, east and north [m]."""
    return product.x_m - product.off_x_m, product.y_m - product.off_y_m


@dataclass(frozen=True, slots=True, eq=False)
class Archive(Sequence[Product]):
    """Products in the order in which they came; it only grows, and carries its own fingerprint.

    After ninety sols a thousand products are at home, nine tenths of all there is in a state. The
    running `mark` spares them in the fingerprint of a state: see `digest.py`.
    """

    items: tuple[Product, ...] = field(default=(), metadata=COVERED)
    mark: bytes = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Work the mark out from the first product on."""
        object.__setattr__(self, "mark", folded(b"", self.items))

    def plus(self, more: Iterable[Product]) -> "Archive":
        """Return the archive with more products; only they are looked at."""
        fresh = tuple(more)
        grown = object.__new__(Archive)
        object.__setattr__(grown, "items", (*self.items, *fresh))
        object.__setattr__(grown, "mark", folded(self.mark, fresh))
        return grown

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Archive) and other.mark == self.mark

    def __hash__(self) -> int:
        return hash(self.mark)

    def __len__(self) -> int:
        return len(self.items)

    def __iter__(self) -> Iterator[Product]:
        return iter(self.items)

    @overload
    def __getitem__(self, at: int) -> Product: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Product, ...]: ...
    def __getitem__(self, at: int | slice) -> Product | tuple[Product, ...]:
        return self.items[at]


NOTHING_YET = Archive()
