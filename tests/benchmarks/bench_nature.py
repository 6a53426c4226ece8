"""Time of nature tables and of what the step reads from them.

Run: python -m tests.benchmarks.bench_nature [--json]
"""

import argparse
import json
import sys
import time
from collections.abc import Callable

from game.environment.clock import sol_start_tick
from game.environment.nature import environment_spec, nature_table, surroundings_at
from game.environment.series import ground_run, sol_series
from game.environment.sky_colour import sky_rgb
from game.environment.sun import sun_times
from game.rules import load_table

SOLS = range(1, 91)
REPEATS = 3


def best_s(action: Callable[[], object]) -> float:
    """Return the shortest of a few runs [s]."""
    times = []
    for _ in range(REPEATS):
        before = time.perf_counter()
        action()
        times.append(time.perf_counter() - before)
    return min(times)


def measure() -> dict[str, float]:
    """Return the seconds, milliseconds and microseconds that matter."""
    spec = environment_spec(load_table("mars"), seed=7)

    def mission() -> None:
        for cached in (nature_table, ground_run, sol_series):
            cached.cache_clear()
        for sol in SOLS:
            nature_table(spec, sol)

    mission_s = best_s(mission)
    table = nature_table(spec, 45)
    ticks = range(sol_start_tick(spec.site, 45) + 5, sol_start_tick(spec.site, 46) - 5, 4)

    def read() -> None:
        for tick in ticks:
            surroundings_at(table, tick)

    def days() -> None:
        sun_times.cache_clear()
        for sol in SOLS:
            sun_times(spec.site, sol)

    read_s = best_s(read)
    return {
        "nature_90_sols_s": mission_s,
        "nature_table_ms": 1e3 * mission_s / len(SOLS),
        "surroundings_us": 1e6 * read_s / len(ticks),
        "sun_times_ms": 1e3 * best_s(days) / len(SOLS),
        "sky_direction_us": 1e6 * best_s(lambda: sky_rgb(0.5, 0.3, 0.2, 0.44)),
    }


def bench() -> dict[str, float]:
    """Return what `python -m game bench` shows."""
    return measure()


def main() -> int:
    """Print the numbers, as text or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", action="store_true")
    numbers = measure()
    if parser.parse_args().json:
        sys.stdout.write(json.dumps(numbers, indent=1) + "\n")
    else:
        for name, value in numbers.items():
            sys.stdout.write(f"{name:20} {value:10.3f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
