"""How fast ground is made, beside the scalar package `noise` on the same machine.

Times are processor times of this one process, so that a busy machine counts less; the ratio to
the yardstick counts more than either number.

Run: python -m tests.benchmarks.bench_terrain   (or: python -m game bench --only terrain)
"""

import statistics
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache, partial
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from game.world.streaming import CHUNK_NODES, ChunkStore, ahead, build_chunk
from game.world.terrain import Terrain
from tests.world.worlds import spec

CHUNKS = 24
YARD_OCTAVES = 6
PATCH_HALF_M = 32.0
ASKED = 20_000
WINDOW_LEVELS = (-6, -4, -2, 0, 2, 3)
WINDOWS = 7
# Side of a box and smallest rock [m].
ROCK_BOXES = ((40.0, 0.1), (100.0, 0.1), (200.0, 0.2), (400.0, 0.4))
DRIVE_M = 20_000.0
PAIR_CHUNKS = 48
FIELDS = ("height_m", "cover", "ridge", "fresh", "hollow")


def bench() -> dict[str, float]:
    """Return times, rates and the ratio to the yardstick."""
    cells = CHUNK_NODES * CHUNK_NODES
    found: dict[str, float] = {}
    terrain = Terrain(spec(7))
    for level in (0, -2):
        build_chunk(terrain, level, 0, 0)
        names = [(level, k % 6, 1 + k // 6) for k in range(CHUNKS)]
        times_s = sorted(_once(partial(build_chunk, terrain, *name)) for name in names)
        label = f"level_{level}".replace("-", "m")
        found[f"{label}_chunk_median_ms"] = 1e3 * statistics.median(times_s)
        found[f"{label}_chunk_p99_ms"] = 1e3 * times_s[-1]
        found[f"{label}_mcell_s"] = cells / statistics.median(times_s) / 1e6
    yard_s = _yardstick(cells)
    if yard_s:
        found["noise_6_octaves_mcell_s"] = cells / yard_s / 1e6
        found["rate_over_noise_ratio"] = found["level_0_mcell_s"] / found["noise_6_octaves_mcell_s"]
    for level in WINDOW_LEVELS:
        times_s = [
            _once(partial(terrain.ground, level, 700 + 300 * k, 900, CHUNK_NODES, CHUNK_NODES))
            for k in range(WINDOWS)
        ]
        label = f"ground_256_level_{level}_ms".replace("-", "m")
        found[label] = 1e3 * statistics.median(times_s)
    found.update(_patches(terrain))
    found.update(_rocks(terrain))
    return found


def drive() -> dict[str, float]:
    """Return the memory of a store after a drive of twenty kilometres, chunk by chunk."""
    store = ChunkStore(Terrain(spec(7)))
    side_m = float(CHUNK_NODES)
    for step in range(int(DRIVE_M / side_m)):
        for name in ahead(0, 0.0, -step * side_m, (0.0, -1.0), 1)[:3]:
            store.get(*name)
    return {"drive_store_mb": store.used_byte() / 1e6}


def two_processes() -> dict[str, float]:
    """Return the rate of two processes that build chunks side by side [Mcell/s].

    Once by the clock, once by the processor time of the slower one: on a machine that is busy
    with other things the second says what the first would be without them.
    """
    context = get_context("spawn")
    cells = CHUNK_NODES * CHUNK_NODES * PAIR_CHUNKS
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        list(pool.map(_row_of_chunks, (0, 1)))
        start_s = time.perf_counter()
        spent_s = list(pool.map(_row_of_chunks, (3, 4)))
        clock_s = time.perf_counter() - start_s
    return {
        "two_processes_clock_mcell_s": 2 * cells / clock_s / 1e6,
        "two_processes_cpu_mcell_s": sum(cells / one_s for one_s in spent_s) / 1e6,
    }


def _row_of_chunks(row: int) -> float:
    """Build a row of chunks nobody has built before; return the processor time [s]."""
    terrain = _kept_terrain()
    return _once(lambda: [build_chunk(terrain, 0, k, row) for k in range(PAIR_CHUNKS)])


@lru_cache(maxsize=1)
def _kept_terrain() -> Terrain:
    return Terrain(spec(7))


def on_disk() -> dict[str, float]:
    """Return the times to build a chunk and to read it back from a file: is a cache worth it?"""
    terrain = _kept_terrain()
    chunk = build_chunk(terrain, 0, 50, 50)
    fields = [getattr(chunk.ground, name) for name in FIELDS] + [chunk.soil]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "chunk.npz"
        plain_s = _once(lambda: np.savez(path, *fields))
        size_byte = path.stat().st_size
        times_s = [_once(lambda: [one.copy() for one in np.load(path).values()]) for _ in range(9)]
    build_s = [_once(partial(build_chunk, terrain, 0, 60 + k, 50)) for k in range(9)]
    return {
        "chunk_file_mb": size_byte / 1e6,
        "chunk_write_ms": 1e3 * plain_s,
        "chunk_read_ms": 1e3 * statistics.median(times_s),
        "chunk_build_ms": 1e3 * statistics.median(build_s),
    }


def _patches(terrain: Terrain) -> dict[str, float]:
    times_s = [
        _once(partial(terrain.patch, 2000.0 + 90.0 * k, 0.0, PATCH_HALF_M)) for k in range(8)
    ]
    patch = terrain.patch(0.0, 0.0, PATCH_HALF_M)

    def ask() -> None:
        for _ in range(ASKED):
            patch.height_m(3.31, -4.17)

    return {
        "patch_64_m_ms": 1e3 * statistics.median(times_s),
        "patch_height_us": 1e6 * _once(ask) / ASKED,
    }


def _rocks(terrain: Terrain) -> dict[str, float]:
    """Return the times of boxes nobody has asked for before, and of one asked again."""
    found: dict[str, float] = {}
    for number, (side_m, smallest_m) in enumerate(ROCK_BOXES):
        x, y = 20_000.0 + 4_000.0 * number, 500.0
        box = partial(terrain.rocks_in, x, y, x + side_m, y + side_m, smallest_m)
        label = f"rocks_{side_m:g}_m_from_{100.0 * smallest_m:g}_cm"
        found[f"{label}_first_ms"] = 1e3 * _once(box)
        found[f"{label}_again_ms"] = 1e3 * _once(box)
    return found


def _yardstick(cells: int) -> float:
    """Return the time `noise` takes for as many points of plain noise [s], 0 without it."""
    try:
        from noise import snoise2  # noqa: PLC0415
    except ImportError:
        return 0.0
    return _once(lambda: [snoise2(0.01 * k, 3.3, YARD_OCTAVES) for k in range(cells)])


def _once(work: Callable[[], object]) -> float:
    start_s = time.process_time()
    work()
    return time.process_time() - start_s


if __name__ == "__main__":
    for name, value in {**bench(), **drive(), **two_processes(), **on_disk()}.items():
        sys.stdout.write(f"{name:28s} {value:10.3f}\n")
