import sys

import pytest

from tests.benchmarks.bench_memory import measure


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its own peak")
def test_a_long_session_of_the_window_stays_small() -> None:
    # Every page and zoom, a kilometre of driving, and all of them again. MAIN and WORKER below.
    found = measure(1.0)
    assert found["driven_m"] >= 1000.0
    assert found["window_end_mb"] < 235.0
    assert found["worker_end_mb"] < 200.0
    assert found["worker_peak_mb"] < 215.0
