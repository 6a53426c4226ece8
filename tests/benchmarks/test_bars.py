"""The bar of the ground's speed, as a ratio to the scalar package `noise` on the same machine.

Where the bar of 15 ms for a chunk of 256 x 256 was set, `noise` makes 4.4 million points a second
at six octaves, as many as a chunk has in just these 15 ms. What keeps up with it holds the bar;
`python -m game bench --only terrain` tells the milliseconds and the rates.
"""

import statistics

import pytest

from game.world.terrain import Terrain
from tests.benchmarks.bench_terrain import CHUNK_NODES, LEVELS, chunks, yardstick_s
from tests.world.worlds import spec

CHUNKS = 7
TRIES = 4  # a busy machine gets several


@pytest.mark.parametrize("level", LEVELS)
def test_a_chunk_of_every_level_keeps_up_with_the_bare_noise(level: int) -> None:
    pytest.importorskip("noise")
    cells, terrain = CHUNK_NODES * CHUNK_NODES, Terrain(spec(7))
    ratios: list[float] = []
    while len(ratios) < TRIES and max(ratios, default=0.0) < 1.0:
        before_s = yardstick_s(cells)
        figures = chunks(terrain, level, CHUNKS, 10 * len(ratios))
        yard_s = statistics.mean((before_s, yardstick_s(cells)))
        ratios.append(1e3 * yard_s / figures[f"chunk_{2.0**level:g}_m_p50_ms"])
    assert max(ratios) >= 1.0, ratios
