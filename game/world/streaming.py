"""Ground made once and kept while there is room: the store under the window and under the wheels.

A chunk is whatever has a name made of whole numbers: the ground of a patch for wheels, the drawn
ground of a block of tiles. What it holds depends on the world and on its name alone, so where it
comes from (built, memory, a shelf of files) and in which order never shows.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from math import floor, isfinite
from threading import Lock
from typing import Generic, Protocol, TypeVar

Name = TypeVar("Name", bound=Hashable)
Content = TypeVar("Content")
Asked_contra = TypeVar("Asked_contra", bound=Hashable, contravariant=True)

# How far to the sides of a way squares are counted to it. [squares]
_BESIDE = (0.0, 0.5, -0.5, 1.0, -1.0)


class Shelf(Protocol[Asked_contra, Content]):
    """Where chunks outlive the memory, such as files; losing any of them costs time only."""

    def read(self, name: Asked_contra) -> Content | None:
        """Return what was put there, or nothing if it is missing or damaged."""

    def write(self, name: Asked_contra, content: Content) -> None:
        """Keep a chunk; a shelf that cannot just does not."""


class ChunkStore(Generic[Name, Content]):
    """Chunks by name, those used last kept within a memory budget; safe to share among threads.

    Parameters
    ----------
    build : callable
        Makes the chunk of a name; two threads that ask at once may both make it.
    size_byte : callable
        Tells how much memory a chunk takes. [byte]
    budget_byte : int
        Memory for all of them; one chunk is kept however large it is. [byte]
    shelf : Shelf, optional
        Asked before a chunk is built, and given what was built.
    """

    def __init__(
        self,
        build: Callable[[Name], Content],
        size_byte: Callable[[Content], int],
        budget_byte: int,
        shelf: Shelf[Name, Content] | None = None,
    ) -> None:
        self._build, self._size_byte = build, size_byte
        self._budget_byte, self._shelf = budget_byte, shelf
        self._chunks: OrderedDict[Name, Content] = OrderedDict()
        self._used_byte = 0
        self._lock = Lock()

    def get(self, name: Name) -> Content:
        """Return a chunk: from memory, from the shelf, or made now."""
        chunk = self.ready(name)
        if chunk is not None:
            return chunk
        found = None if self._shelf is None else self._shelf.read(name)
        chunk = self._build(name) if found is None else found
        self._keep(name, chunk)
        if self._shelf is not None and found is None:
            self._shelf.write(name, chunk)
        return chunk

    def ready(self, name: Name) -> Content | None:
        """Return a chunk if it is in memory, without any work."""
        with self._lock:
            chunk = self._chunks.get(name)
            if chunk is not None:
                self._chunks.move_to_end(name)
            return chunk

    def used_byte(self) -> int:
        """Return the memory that the kept chunks take [byte]."""
        return self._used_byte

    def _keep(self, name: Name, chunk: Content) -> None:
        with self._lock:
            if name in self._chunks:
                return
            self._chunks[name] = chunk
            self._used_byte += self._size_byte(chunk)
            while self._used_byte > self._budget_byte and len(self._chunks) > 1:
                _, oldest = self._chunks.popitem(last=False)
                self._used_byte -= self._size_byte(oldest)


def ahead(
    place: tuple[float, float], way: tuple[float, float], count: int
) -> tuple[tuple[int, int], ...]:
    """Return the squares that something on its way comes upon, nearest first.

    Parameters
    ----------
    place : tuple of float
        Where it is, in squares from the origin eastwards and northwards. [-]
    way : tuple of float
        Unit vector of its direction, east and north: a heading, or the motion of a camera. [-]
    count : int
        How many squares ahead. [-]

    Returns
    -------
    tuple of tuple of int
        Columns and rows; with each square on the way those beside it.
    """
    if not all(isfinite(one) for one in (*place, *way)):
        raise ValueError(f"ahead: {place!r} towards {way!r} is no way over the ground")
    found: dict[tuple[int, int], None] = {}
    for half in range(2 * count + 1):
        along = half / 2.0
        for beside in _BESIDE:
            column = floor(place[0] + along * way[0] + beside * way[1])
            row = floor(place[1] + along * way[1] - beside * way[0])
            found[column, row] = None
    return tuple(found)
