"""What threads have let go of is shared, and goes back to the system when asked."""

import subprocess
import sys

import pytest

# One after the other, four threads hold 24 MB in small pieces and let go of all but the last.
THREADS = """
import sys
from concurrent.futures import ThreadPoolExecutor
import numpy as np
from game.ui.heap import return_free_memory, share_heap

def rss_mb():
    for line in open("/proc/self/status"):
        if line.startswith("VmRSS"):
            return float(line.split()[1]) / 1024.0

if "share" in sys.argv:
    share_heap()
kept = []

def work():
    held = [np.ones(3000) for _ in range(1000)]
    kept.append(held.pop())

before_mb = rss_mb()
pools = [ThreadPoolExecutor(1) for _ in range(4)]
for pool in pools:
    pool.submit(work).result()
if "return" in sys.argv:
    return_free_memory()
print(rss_mb() - before_mb)
"""


def left_mb(*words: str) -> float:
    run = subprocess.run(
        [sys.executable, "-c", THREADS, *words], capture_output=True, text=True, check=True
    )
    return float(run.stdout)


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps so much")
def test_threads_share_what_one_of_them_has_let_go() -> None:
    assert left_mb("share") < 40.0
    assert left_mb() > 60.0


@pytest.mark.skipif(sys.platform != "linux", reason="only glibc keeps so much")
def test_free_memory_goes_back_to_the_system() -> None:
    assert left_mb("share", "return") < 8.0
