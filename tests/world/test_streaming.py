import numpy as np

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
