"""Memory of a long session of the real window, and of the processes that make its ground.

Run: python -m tests.benchmarks.bench_memory [--km 20] [--window 1280x720] [--trace]

The window opens a mission, shows every page and every zoom, drives, and shows all of them again.
It runs in a process of its own, which begins with nothing but Python.
"""

import argparse
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PEAK, NOW = "VmHWM", "VmRSS"
LONGEST_S = 1800.0
STOPS = 1  # on the way, at which every zoom is shown


def measure(km: float, window: str = "1280x720", *, is_traced: bool = False) -> dict[str, float]:
    """Return peaks and what is held at the end, of the window and of its largest worker [MB]."""
    words = ["--km", str(km), "--window", window, "--inside"]
    with tempfile.TemporaryDirectory() as home:
        places = {"NINETY_SOLS_HOME": home, "NINETY_SOLS_CACHE": str(Path(home) / "cache")}
        run = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.bench_memory", *words],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), **places},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            timeout=LONGEST_S,
        )
    *told, last = run.stdout.splitlines()
    if is_traced:
        sys.stdout.write("\n".join(told) + "\n")
    found: dict[str, float] = json.loads(last)
    return found


def _status_mb(name: str, pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(name):
            return float(line.split()[1]) / 1024.0
    raise AssertionError(name)


def _own_mb(pid: int) -> float:
    """Return what a process holds that no other one shares [MB]."""
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    private = [row.split()[1] for row in rows if row.startswith("Private")]
    return sum(float(kilobytes) for kilobytes in private) / 1024.0


def _figures() -> dict[str, float]:
    found = {}
    workers = [child.pid for child in multiprocessing.active_children() if child.pid]
    for name, pids in (("window", [os.getpid()]), ("worker", workers)):
        found[f"{name}_peak_mb"] = max(_status_mb(PEAK, pid) for pid in pids)
        found[f"{name}_end_mb"] = max(_status_mb(NOW, pid) for pid in pids)
        found[f"{name}_own_mb"] = max(_own_mb(pid) for pid in pids)
    return found


def _inside(km: float, size_px: tuple[int, int]) -> None:
    """Run the session here."""
    # The worker imports this module, too, and shall not need what the window needs.
    from tests.benchmarks.long_session import LongSession  # noqa: PLC0415

    session = LongSession(size_px)

    def tell(what: str) -> None:
        figures = " ".join(f"{name} {value:.0f}" for name, value in _figures().items())
        sys.stdout.write(f"{what:12s} {figures}\n")
        sys.stdout.flush()

    def stop() -> None:
        session.visit_zooms()
        tell(f"{session.way_m:.0f} m")

    session.open()
    session.visit_pages()
    tell("pages")
    session.visit_zooms()
    tell("zooms")
    session.drive(1e3 * km, 1e3 * km / STOPS, stop)
    session.visit_pages()
    session.visit_zooms()
    found = {"driven_m": session.way_m, **_figures()}
    session.close()
    sys.stdout.write(json.dumps(found) + "\n")


def main() -> None:
    """Print the numbers."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--km", type=float, default=20.0)
    parser.add_argument("--window", default="1280x720")
    parser.add_argument("--trace", action="store_true", help="also print the way there")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.inside:
        wide, high = (int(number) for number in asked.window.split("x"))
        _inside(asked.km, (wide, high))
        return
    for name, value in measure(asked.km, asked.window, is_traced=asked.trace).items():
        sys.stdout.write(f"{name} {value:.1f}\n")


if __name__ == "__main__":
    main()
