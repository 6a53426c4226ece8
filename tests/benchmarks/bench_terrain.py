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

from game.ui.draw.baker import Baker, Quarry
from game.world.terrain import Terrain
from tests.world.worlds import spec

CHUNK_NODES = 256
# Powers of two of the cell [m]: 64 m to 31 mm.
LEVELS = (6, 3, 0, -2, -4, -5)
CHUNKS = 100
YARD_OCTAVES = 6
PATCH_HALF_M = 32.0
ASKED = 20_000
# Side of a box and smallest rock [m].
ROCK_BOXES = ((40.0, 0.1), (100.0, 0.1), (200.0, 0.2), (400.0, 0.4))
PAIR_CHUNKS = 48
COUNTED = 6_000_000


def bench() -> dict[str, float]:
    """Return times, rates and the ratio to the yardstick."""
    terrain = Terrain(spec(7))
    found: dict[str, float] = {}
    for level in LEVELS:
        found.update(chunks(terrain, level, CHUNKS))
    cells = CHUNK_NODES * CHUNK_NODES
    yard_s = yardstick_s(cells)
    if yard_s:
        found["noise_6_octaves_mcell_s"] = cells / yard_s / 1e6
        found["rate_over_noise_ratio"] = found["chunk_1_m_mcell_s"] * yard_s * 1e6 / cells
    found.update(_patches(terrain))
    found.update(_rocks(terrain))
    found.update(two_processes())
    found.update(on_disk())
    return found


def chunks(terrain: Terrain, level: int, count: int, row: int = 0) -> dict[str, float]:
    """Return the times of many chunks of one level, from a row on, and their rate.

    The first one, for which arrays and lists are made that stay, is not counted.
    """
    _chunk(terrain, level, 0, row)
    names = [(k % 10, row + 1 + k // 10) for k in range(count)]
    times_s = [_once(partial(_chunk, terrain, level, *name)) for name in names]
    label = f"chunk_{2.0**level:g}_m"
    return {
        f"{label}_p50_ms": 1e3 * statistics.median(times_s),
        f"{label}_p99_ms": 1e3 * statistics.quantiles(times_s, n=100, method="inclusive")[-1],
        f"{label}_mcell_s": count * CHUNK_NODES * CHUNK_NODES / sum(times_s) / 1e6,
    }


def two_processes() -> dict[str, float]:
    """Return the rate of two processes that build chunks side by side [Mcell/s].

    Once by the clock, once by the processor time of the slower one: on a machine that is busy
    with other things the second says what the first would be without them. The ratio says how much
    more two processes do here than one when they only count: 2 on two cores, less on two halves
    of one.
    """
    context = get_context("spawn")
    cells = CHUNK_NODES * CHUNK_NODES * PAIR_CHUNKS
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        list(pool.map(_row_of_chunks, (0, 1)))
        start_s = time.perf_counter()
        spent_s = list(pool.map(_row_of_chunks, (3, 4)))
        clock_s = time.perf_counter() - start_s
        alone_s = _clock(lambda: list(pool.map(_arithmetic, (0,))))
        both_s = _clock(lambda: list(pool.map(_arithmetic, (0, 1))))
    return {
        "two_processes_clock_mcell_s": 2 * cells / clock_s / 1e6,
        "two_processes_cpu_mcell_s": sum(cells / one_s for one_s in spent_s) / 1e6,
        "machine_scaling_ratio": 2.0 * alone_s / both_s,
    }


def _arithmetic(first: int) -> int:
    """Count in plain Python: no memory, no library, only what a second processor is worth."""
    total = first
    for k in range(COUNTED):
        total = (total * 3 + k) & 0xFFFF
    return total


def _clock(work: Callable[[], object]) -> float:
    start_s = time.perf_counter()
    work()
    return time.perf_counter() - start_s


def _row_of_chunks(row: int) -> float:
    """Build a row of chunks nobody has built before; return the processor time [s]."""
    terrain = _kept_terrain()

    def build() -> None:
        for k in range(PAIR_CHUNKS):
            _chunk(terrain, 0, k, row)

    return _once(build)


def _chunk(terrain: Terrain, level: int, i: int, j: int) -> None:
    """Make height and soil of 256 x 256 nodes."""
    side = CHUNK_NODES
    terrain.soil_of(terrain.ground(level, i * side, j * side, side, side))


@lru_cache(maxsize=1)
def _kept_terrain() -> Terrain:
    return Terrain(spec(7))


def on_disk() -> dict[str, float]:
    """Return the times to draw a block of tiles and to read it back: is a cache worth it?"""
    found: dict[str, float] = {}
    for level in (-6, -1, 3):
        with TemporaryDirectory() as folder:
            quarry = Quarry(partial(Terrain, spec(7)), 1, None, Path(folder), 1 << 30)
            draw = partial(_drawn, quarry, (level, 11, 11))
            label = f"block_level_{level}".replace("-", "m")
            found[f"{label}_draw_ms"] = 1e3 * _once(draw)
            sizes = [path.stat().st_size for path in Path(folder).rglob("*.ground")]
            found[f"{label}_file_mb"] = sum(sizes) / 1e6
            found[f"{label}_read_ms"] = 1e3 * statistics.median(_once(draw) for _ in range(5))
    return found


def _drawn(quarry: Quarry, key: tuple[int, int, int]) -> None:
    Baker(quarry).fields(key)


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


def yardstick_s(cells: int) -> float:
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
    for name, value in bench().items():
        sys.stdout.write(f"{name:28s} {value:10.3f}\n")
