import subprocess
import sys
from itertools import pairwise

import numpy as np
import pytest

from game.world.streaming import CHUNK_NODES, ChunkStore, ahead, build_chunk, chunk_of
from game.world.terrain import Terrain
from tests.world.worlds import spec, world

BUDGET_BYTE = 4_000_000


def test_a_chunk_is_the_ground_itself() -> None:
    terrain = world()
    chunk = build_chunk(terrain, 0, -1, 2)
    ground = terrain.ground(0, -CHUNK_NODES, 2 * CHUNK_NODES, CHUNK_NODES, CHUNK_NODES)
    assert chunk.ground.height_m.tobytes() == ground.height_m.tobytes()
    assert chunk.soil.shape == (CHUNK_NODES, CHUNK_NODES)
    assert not chunk.soil.flags.writeable


def test_the_worker_builds_the_same_bytes() -> None:
    store = ChunkStore(Terrain(spec(5)), BUDGET_BYTE)
    try:
        store.ask_for([(0, 0, 0), (0, 1, 0)])
        ahead_of_time = store.get(0, 1, 0)
        now = build_chunk(Terrain(spec(5)), 0, 1, 0)
        assert ahead_of_time.ground.height_m.tobytes() == now.ground.height_m.tobytes()
        assert store.get(0, 0, 0) is store.get(0, 0, 0)
    finally:
        store.close()


def test_memory_stays_within_the_budget_and_the_oldest_goes_first() -> None:
    store = ChunkStore(world(), BUDGET_BYTE)
    for i in range(6):
        store.get(0, i, 0)
        assert store.used_byte() <= BUDGET_BYTE
    assert store.ready(0, 5, 0) is not None
    assert store.ready(0, 0, 0) is None
    again = store.get(0, 0, 0)
    assert np.array_equal(again.ground.cover, build_chunk(world(), 0, 0, 0).ground.cover)


def test_what_the_worker_has_finished_counts_against_the_budget() -> None:
    # Asked for and never fetched: it must not pile up beside the store.
    store = ChunkStore(world(), BUDGET_BYTE, queue_count=4)
    try:
        for i in range(24):
            store.ask_for([(3, i, 7)])
            assert store.waiting_count() <= 4 + 1
        store.get(3, 23, 7)
        store.ask_for([])
        assert store.used_byte() <= BUDGET_BYTE
    finally:
        store.close()


def test_nothing_waits_for_a_chunk_that_is_not_there() -> None:
    store = ChunkStore(world(), BUDGET_BYTE)
    assert store.ready(0, 3, 3) is None


def test_places_lie_in_the_chunk_that_says_so() -> None:
    assert chunk_of(0, 0.0, 0.0) == (0, 0)
    assert chunk_of(0, -0.1, 256.0) == (-1, 1)
    assert chunk_of(-2, 64.0, -64.1) == (1, -2)


def test_the_way_ahead_comes_nearest_first() -> None:
    names = ahead(0, 10.0, 10.0, (0.0, -1.0), 3)
    assert names[0] == (0, 0, 0)
    assert (0, 0, -2) in names
    assert (0, 0, 2) not in names
    assert len(names) == len(set(names))


DRIVE = """
import math
from game.world.streaming import ChunkStore, ahead
from game.world.terrain import Terrain
from tests.world.worlds import spec

def peak_mb():
    for line in open("/proc/self/status"):
        if line.startswith("VmHWM"):
            return float(line.split()[1]) / 1024.0

terrain = Terrain(spec(7))
store = ChunkStore(terrain)
start_mb = peak_mb()
for step in range(0, 20_000, 40):
    y = -float(step)
    x = 900.0 * math.sin(step / 3000.0)
    store.ask_for(ahead(0, x, y, (0.0, -1.0), 2))
    store.ask_for(ahead(-2, x, y, (0.0, -1.0), 1))
    patch = terrain.patch(x, y, 16.0)
    terrain.rocks_in(x - 20.0, y - 20.0, x + 20.0, y + 20.0, 0.1)
    store.get(0, math.floor(x / 256.0), math.floor(y / 256.0))
store.close()
print(start_mb, peak_mb())
"""


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its own peak")
def test_twenty_kilometres_take_less_than_200_mb() -> None:
    # The whole process, Python and numpy included: ground, wheels' patches and rocks.
    run = subprocess.run(
        [sys.executable, "-c", DRIVE], capture_output=True, text=True, check=True, timeout=600
    )
    start_mb, end_mb = (float(word) for word in run.stdout.split())
    assert start_mb < end_mb < 200.0


def test_the_way_of_a_camera_that_slides_is_foreseen_like_that_of_the_wheels() -> None:
    # Heading and camera are both directions: what differs is the level and how far ahead.
    east = ahead(3, 5000.0, -100.0, (1.0, 0.0), 4)
    columns = [name[1] for name in east]
    assert max(columns) - 5000 // 2048 == 4
    assert all(later >= earlier - 2 for earlier, later in pairwise(columns))
