"""Small memories of pictures stay small, and still serve while something new is made."""

import time
from collections.abc import Callable

import pytest

from game.ui.draw.kept import Beside, Cache


def waited(beside: Beside[str], group: str, key: int, make: Callable[[], str], want: str) -> bool:
    deadline = time.monotonic() + 20.0
    while time.monotonic() < deadline:
        if beside.get(group, key, make) == want:
            return True
        time.sleep(0.002)
    return False


def test_what_was_not_wanted_for_longest_is_forgotten() -> None:
    cache: Cache[str] = Cache(2)
    cache.keep(1, "one")
    cache.keep(2, "two")
    assert cache.find(1) == "one"
    cache.keep(3, "three")
    assert 2 not in cache
    assert cache.known(1) == "one"
    assert cache.known(3) == "three"


def test_the_last_one_of_a_group_serves_until_the_new_one_is_ready() -> None:
    beside: Beside[str] = Beside(4)
    assert beside.get("a", 1, lambda: "first") == "first"
    assert beside.get("a", 2, lambda: "second") == "first"
    assert waited(beside, "a", 2, lambda: "second", "second")
    beside.close()


def test_what_serves_may_be_nothing() -> None:
    beside: Beside[str | None] = Beside(4)
    beside.offer("a", None)
    beside.offer("a", "too late")
    assert beside.get("a", 1, lambda: "made") is None
    beside.close()


@pytest.mark.parametrize("is_patient", [True, False])
def test_a_zoom_with_a_group_in_each_frame_leaves_little_behind(*, is_patient: bool) -> None:
    beside: Beside[str] = Beside(3, is_patient, group_count=5)
    for number in range(200):
        for key in (0, 1):  # the second one is made beside the game, and nobody comes back for it
            beside.get(number, key, lambda number=number: f"{number}")  # type: ignore[misc]
    deadline = time.monotonic() + 20.0
    while beside._open and time.monotonic() < deadline:
        beside.get("last", 0, lambda: "last")
    beside.close()
    assert len(beside._cache._kept) <= 3
    assert len(beside._latest._kept) <= 5
    assert not beside._open
