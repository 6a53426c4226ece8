"""Small memories of pictures: made at once, or beside the game while an older one serves."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

T = TypeVar("T")


class Cache(Generic[T]):
    """Keeps the last `count` things made, by key."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._kept: OrderedDict[Hashable, T] = OrderedDict()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what is kept under a key, making it first if need be."""
        found = self.find(key)
        return self.keep(key, make()) if found is None else found

    def find(self, key: Hashable) -> T | None:
        """Return what is kept under a key, or nothing."""
        if key not in self._kept:
            return None
        self._kept.move_to_end(key)
        return self._kept[key]

    def known(self, key: Hashable) -> T:
        """Return what is surely there."""
        self._kept.move_to_end(key)
        return self._kept[key]

    def __contains__(self, key: Hashable) -> bool:
        """Say whether there is something under a key, even if it is nothing."""
        return key in self._kept

    def keep(self, key: Hashable, made: T) -> T:
        """Keep something, forgetting what was not wanted for longest."""
        self._kept[key] = made
        self._kept.move_to_end(key)
        while len(self._kept) > self.count:
            self._kept.popitem(last=False)
        return made


class Beside(Generic[T]):
    """Makes things in a thread; until one is ready, the last of its group serves.

    Parameters
    ----------
    count : int
        How many are kept.
    is_patient : bool
        Make everything at once and never show an older one: for pictures and tests.
    group_count : int
        Of how many groups the last one is kept: more than are ever in view, and few enough, since
        an eased zoom makes a new group in every frame.
    """

    def __init__(self, count: int, is_patient: bool = False, group_count: int = 24) -> None:
        self.is_patient = is_patient
        self._cache: Cache[T] = Cache(count)
        self._latest: Cache[T] = Cache(max(count, group_count))
        self._open: dict[Hashable, tuple[Hashable, Future[T]]] = {}
        self._pool: ThreadPoolExecutor | None = None

    def get(self, group: Hashable, key: Hashable, make: Callable[[], T]) -> T:
        """Return the thing under (group, key), or the last ready one of the group."""
        self._harvest()
        found = self._cache.find((group, key))
        if found is None and (self.is_patient or group not in self._latest):
            found = self._cache.keep((group, key), make())
        if found is not None:
            return self._latest.keep(group, found)
        if group not in self._open:
            self._pool = self._pool or ThreadPoolExecutor(1, thread_name_prefix="pictures")
            self._open[group] = (key, self._pool.submit(make))
        return self._latest.known(group)

    def offer(self, group: Hashable, made: T) -> None:
        """Let something serve a group that has nothing yet."""
        if not self.is_patient and group not in self._latest:
            self._latest.keep(group, made)

    def close(self) -> None:
        """End the thread."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _harvest(self) -> None:
        """Take in what is ready, also of groups that nobody asks for any more."""
        for group in [group for group, (_, future) in self._open.items() if future.done()]:
            key, future = self._open.pop(group)
            self._latest.keep(group, self._cache.keep((group, key), future.result()))
