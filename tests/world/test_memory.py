"""Short-lived arrays come from memory that the process keeps."""

import platform
import subprocess
import sys

import pytest

COUNT = """
import resource
from game.world.terrain import Terrain
from tests.world.worlds import spec

def faults():
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt

terrain = Terrain(spec(7))
for k in range(3):
    terrain.ground(0, 256 * k, 0, 256, 256)
before = faults()
for k in range(10):
    terrain.ground(0, 256 * k, 256, 256, 256)
print((faults() - before) / 10)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only that library gives it back")
def test_a_chunk_asks_the_system_for_hardly_any_fresh_page() -> None:
    run = subprocess.run([sys.executable, "-c", COUNT], capture_output=True, text=True, check=True)
    # 2,500 pages of 4 kB a chunk when they are given back each time; the chunk itself is 330.
    assert float(run.stdout) < 700.0
