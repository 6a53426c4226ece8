"""Answers that are dear to find and may be a little old."""

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class Slow(Generic[T]):
    """Keeps an answer for some real time.

    Parameters
    ----------
    every_s : float
        How old an answer may become. [s]
    """

    def __init__(self, every_s: float) -> None:
        self.every_s = every_s
        self._found: list[T] = []
        self._at_s = 0.0

    def is_due(self, now_s: float) -> bool:
        """Say whether the answer has to be found anew."""
        return not self._found or now_s - self._at_s >= self.every_s

    def get(self, now_s: float, find: Callable[[], T]) -> T:
        """Return the answer, found anew when the one that is kept has become too old."""
        if self.is_due(now_s):
            self._found, self._at_s = [find()], now_s
        return self._found[0]

    def kept(self) -> T | None:
        """Return the answer however old it is."""
        return self._found[0] if self._found else None

    def forget(self) -> None:
        """Find the answer anew next time."""
        self._found.clear()
