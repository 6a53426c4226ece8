"""The store under the window and under the wheels: what it holds never depends on it."""

import math
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from game.world.ground import Ground
from game.world.patch import Patch
from game.world.streaming import ChunkStore, ahead
from game.world.terrain import Terrain
from game.world.window import Window
from tests.world.worlds import spec

SIDE = 64
THOUSAND_KM = 1_000_000 // SIDE
Name = tuple[int, int, int]
NAMES: tuple[Name, ...] = tuple(
    (level, i, j) for level in (0, -2) for i in (0, 1, THOUSAND_KM) for j in (-1, -THOUSAND_KM)
)


class Shelf:
    """Chunks in a dictionary, some of which get lost."""

    def __init__(self) -> None:
        self.chunks: dict[Name, Ground] = {}
        self.read_count = 0

    def read(self, name: Name) -> Ground | None:
        found = self.chunks.get(name)
        self.read_count += found is not None
        return found

    def write(self, name: Name, content: Ground) -> None:
        self.chunks[name] = content


def store_of(
    terrain: Terrain, budget_byte: int, shelf: Shelf | None = None
) -> ChunkStore[Name, Ground]:
    def build(name: Name) -> Ground:
        level, i, j = name
        return terrain.ground(level, i * SIDE, j * SIDE, SIDE, SIDE)

    return ChunkStore(build, lambda ground: 5 * ground.height_m.nbytes, budget_byte, shelf)


def bytes_of(ground: Ground) -> bytes:
    names = ("height_m", "cover", "ridge", "fresh", "hollow")
    return b"".join(getattr(ground, name).tobytes() for name in names)


@pytest.fixture(scope="module")
def expected() -> dict[Name, bytes]:
    """Return every chunk as a world makes it that has made nothing else."""
    return {
        name: bytes_of(Terrain(spec(5)).window(Window(name[0], *_corner(name), SIDE, SIDE)))
        for name in NAMES
    }


def _corner(name: Name) -> tuple[int, int]:
    return name[1] * SIDE, name[2] * SIDE


@pytest.mark.parametrize("budget_byte", [1, 200_000, 50_000_000])
def test_order_memory_and_distance_change_nothing(
    budget_byte: int, expected: dict[Name, bytes]
) -> None:
    store = store_of(Terrain(spec(5)), budget_byte)
    for name in (*NAMES, *reversed(NAMES), *NAMES[::3]):
        assert bytes_of(store.get(name)) == expected[name], name


def test_threads_that_ask_at_once_get_the_same(expected: dict[Name, bytes]) -> None:
    store = store_of(Terrain(spec(5)), 300_000)
    start = threading.Barrier(4)

    def ask(first: int) -> list[tuple[Name, bytes]]:
        start.wait()
        turn = NAMES[first:] + NAMES[:first]
        return [(name, bytes_of(store.get(name))) for name in turn]

    with ThreadPoolExecutor(4) as pool:
        for answers in pool.map(ask, range(4)):
            assert all(found == expected[name] for name, found in answers)
    assert store.used_byte() <= 300_000


def test_a_shelf_changes_nothing_even_when_it_loses_chunks(expected: dict[Name, bytes]) -> None:
    shelf = Shelf()
    first = store_of(Terrain(spec(5)), 1, shelf)
    for name in NAMES:
        first.get(name)
    assert set(shelf.chunks) == set(NAMES)
    for name in NAMES[::2]:
        del shelf.chunks[name]
    second = store_of(Terrain(spec(5)), 1, shelf)
    for name in NAMES:
        assert bytes_of(second.get(name)) == expected[name]
    assert shelf.read_count == len(NAMES) // 2


def test_what_was_used_last_stays_and_the_budget_holds() -> None:
    made: list[int] = []

    def build(name: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        made.append(name)
        return np.zeros(100, np.uint8)

    store = ChunkStore(build, lambda array: array.nbytes, 350)
    for name in (1, 2, 3, 1, 4):
        store.get(name)
        assert store.used_byte() <= 350
    assert store.ready(2) is None
    assert store.ready(1) is not None
    store.get(1)
    assert made == [1, 2, 3, 4]


def test_one_chunk_is_kept_however_large_it_is() -> None:

    def build(name: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
        return np.zeros(name, np.uint8)

    store = ChunkStore(build, lambda array: array.nbytes, 10)
    store.get(500)
    assert store.ready(500) is not None
    store.get(600)
    assert store.ready(500) is None


def test_asking_without_work_never_builds() -> None:
    def never(name: int) -> int:
        raise AssertionError(name)

    assert ChunkStore(never, int, 10).ready(3) is None


def test_wheels_get_their_ground_from_the_same_store() -> None:
    terrain = Terrain(spec(7))
    first = terrain.patch(40.0, -900.0, 16.0)
    assert terrain.patch(40.1, -900.1, 16.0) is first
    for k in range(40):
        terrain.patch(500.0 + 40.0 * k, 0.0, 16.0)
    again = terrain.patch(40.0, -900.0, 16.0)
    assert again is not first
    assert _heights(again) == _heights(first)
    assert terrain._patches.used_byte() <= 12_000_000


def _heights(patch: Patch) -> list[float]:
    return [patch.height_m(30.0 + 0.3 * k, -905.0 + 0.2 * k) for k in range(60)]


def test_the_way_ahead_comes_nearest_first_and_with_its_sides() -> None:
    south = ahead((0.5, 0.5), (0.0, -1.0), 3)
    assert south[0] == (0, 0)
    assert {(0, 0), (0, -1), (0, -2), (0, -3), (1, -3), (-1, -3)} <= set(south)
    assert not any(row > 0 for _, row in south)
    assert len(south) == len(set(south))


@pytest.mark.parametrize("turn_rad", [0.3 * k for k in range(21)])
def test_whatever_the_direction_the_squares_on_the_way_are_foreseen(turn_rad: float) -> None:
    way = (math.sin(turn_rad), math.cos(turn_rad))
    found = set(ahead((7.3, -2.6), way, 5))
    on_the_way = {
        (math.floor(7.3 + 0.05 * k * way[0]), math.floor(-2.6 + 0.05 * k * way[1]))
        for k in range(101)
    }
    assert on_the_way <= found
    assert len(found) <= 24


DRIVE = """
import math
from game.rover.footing import footing_at
from game.world.low_sun import skyline
from game.world.terrain import Terrain
from tests.world.worlds import spec

def peak_mb():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return float(line.split()[1]) / 1024.0

terrain = Terrain(spec(7))
start_mb = peak_mb()
for step in range(0, 20_000, 16):
    x, y = 900.0 * math.sin(step / 3000.0), -float(step)
    footing_at(terrain, x, y, 0.05)
    if step % 160 == 0:
        skyline(terrain, x, y, 1.0)
        terrain.strata(x, y)
print(start_mb, peak_mb())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its own peak")
def test_twenty_kilometres_take_less_than_200_mb() -> None:
    # The whole process, Python and numpy included: what wheels, hazard cameras, Sun and radar ask.
    run = subprocess.run(
        [sys.executable, "-c", DRIVE], capture_output=True, text=True, check=True, timeout=600
    )
    start_mb, end_mb = (float(word) for word in run.stdout.split())
    assert start_mb < end_mb < 200.0
