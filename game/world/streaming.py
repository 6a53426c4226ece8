"""Ground made ahead of time: square chunks in a bounded memory, built by one worker."""

from collections import OrderedDict
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, fields
from threading import Lock

import numpy as np

from game.world.ground import Ground
from game.world.terrain import Terrain

CHUNK_NODES = 256
# 46 chunks. Measured: a process that has driven 20 km then takes under 200 MB in all, of which
# Python and numpy are 36, and two builds at once and the memories of rocks and craters the rest.
BUDGET_BYTE = 64_000_000
Name = tuple[int, int, int]


@dataclass(frozen=True, slots=True, eq=False)
class Chunk:
    """Ground and soil of one chunk: nodes 256 i to 256 i + 255 of a level, the same for j."""

    level: int
    i: int
    j: int
    ground: Ground
    soil: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

    def size_byte(self) -> int:
        """Return how much memory the chunk takes [byte]."""
        arrays = [getattr(self.ground, one.name) for one in fields(self.ground)]
        return sum(one.nbytes for one in arrays if isinstance(one, np.ndarray)) + self.soil.nbytes


def build_chunk(terrain: Terrain, level: int, i: int, j: int) -> Chunk:
    """Make a chunk: it depends on the description of the world and its number, nothing else."""
    ground = terrain.ground(level, i * CHUNK_NODES, j * CHUNK_NODES, CHUNK_NODES, CHUNK_NODES)
    soil = terrain.soil_of(ground)
    soil.flags.writeable = False
    return Chunk(level, i, j, ground, soil)


def chunk_of(level: int, x_m: float, y_m: float) -> tuple[int, int]:
    """Return the chunk in which a place lies."""
    side_m = CHUNK_NODES * 2.0**level
    return int(x_m // side_m), int(y_m // side_m)


class ChunkStore:
    """Chunks, the most recently used kept within a memory budget.

    A second thread may build chunks ahead of need; what a chunk holds never depends on it.
    """

    def __init__(
        self, terrain: Terrain, budget_byte: int = BUDGET_BYTE, queue_count: int = 48
    ) -> None:
        self._terrain, self._budget_byte = terrain, budget_byte
        self._queue_count = queue_count
        self._chunks: OrderedDict[Name, Chunk] = OrderedDict()
        self._waiting: OrderedDict[Name, Future[Chunk]] = OrderedDict()
        self._used_byte = 0
        self._lock = Lock()
        self._worker: ThreadPoolExecutor | None = None

    def get(self, level: int, i: int, j: int) -> Chunk:
        """Return a chunk, building it now if it is not there."""
        chunk = self.ready(level, i, j)
        if chunk is not None:
            return chunk
        waiting = self._waiting.pop((level, i, j), None)
        if waiting is None or waiting.cancel():
            return self._kept(build_chunk(self._terrain, level, i, j))
        return self._kept(waiting.result())

    def ready(self, level: int, i: int, j: int) -> Chunk | None:
        """Return a chunk if it is there, without waiting."""
        name = (level, i, j)
        waiting = self._waiting.get(name)
        if waiting is not None and waiting.done():
            del self._waiting[name]
            self._kept(waiting.result())
        with self._lock:
            chunk = self._chunks.get(name)
            if chunk is not None:
                self._chunks.move_to_end(name)
            return chunk

    def ask_for(self, names: Iterable[Name]) -> None:
        """Have chunks built by the worker, in this order; those there already are skipped.

        What was asked for long ago and is not begun yet is forgotten: the way has turned.
        """
        self._settle()
        for name in names:
            if name in self._waiting:
                self._waiting.move_to_end(name)
                continue
            if self.ready(*name) is not None:
                continue
            if self._worker is None:
                self._worker = ThreadPoolExecutor(1, thread_name_prefix="ground")
            self._waiting[name] = self._worker.submit(build_chunk, self._terrain, *name)
        for name in list(self._waiting)[: -self._queue_count or None]:
            if self._waiting[name].cancel():
                del self._waiting[name]

    def waiting_count(self) -> int:
        """Return how many chunks are asked for and not yet taken in [-]."""
        return len(self._waiting)

    def _settle(self) -> None:
        """Take in what the worker has finished, so that it counts against the budget."""
        for name in [name for name, waiting in self._waiting.items() if waiting.done()]:
            self._kept(self._waiting.pop(name).result())

    def used_byte(self) -> int:
        """Return the memory that the kept chunks take [byte]."""
        return self._used_byte

    def close(self) -> None:
        """Stop the worker; what it has not begun is forgotten."""
        if self._worker is not None:
            self._worker.shutdown(wait=True, cancel_futures=True)
            self._worker = None
        self._waiting.clear()

    def _kept(self, chunk: Chunk) -> Chunk:
        name = (chunk.level, chunk.i, chunk.j)
        with self._lock:
            if name not in self._chunks:
                self._chunks[name] = chunk
                self._used_byte += chunk.size_byte()
            while self._used_byte > self._budget_byte and len(self._chunks) > 1:
                _, oldest = self._chunks.popitem(last=False)
                self._used_byte -= oldest.size_byte()
        return chunk


def ahead(
    level: int, x_m: float, y_m: float, heading: tuple[float, float], count: int
) -> list[Name]:
    """Return the chunks around a place and along a direction (east, north), nearest first."""
    side_m = CHUNK_NODES * 2.0**level
    names: list[Name] = []
    for step in range(count):
        i, j = chunk_of(level, x_m + step * side_m * heading[0], y_m + step * side_m * heading[1])
        ring = [(level, i, j)]
        ring += [(level, i + di, j + dj) for dj in (-1, 0, 1) for di in (-1, 0, 1) if di or dj]
        names += [name for name in ring if name not in names]
    return names
