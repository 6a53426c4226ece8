"""The window and its ground workers as processes: what they take, and that it does not creep up."""

import sys

import pytest

from tests.benchmarks.bench_memory import measure

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process its own peak"),
]


def test_a_session_of_the_window_stays_small() -> None:
    # Every page and zoom, a kilometre of driving, and all of them again: before memories were
    # bounded the window took 540 MB and its worker 385 without any drive. Bars: measured, + 15 %.
    found = measure(1.0)
    assert found["driven_m"] >= 1000.0
    assert found["window_peak_mb"] < 345.0
    assert found["window_end_mb"] < 260.0
    assert found["worker_peak_mb"] < 235.0
    assert found["worker_end_mb"] < 225.0
