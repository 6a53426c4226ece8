"""`bench`: how fast things are here. Ratios and medians count; seconds are this machine's."""

import cProfile
import importlib.util
import io
import json
import platform
import pstats
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from game.agents.agent import fly
from game.agents.baseline import BaselineAgent
from game.digest import digest
from game.environment.clock import tick_at
from game.environment.nature import nature_table
from game.errors import GameError, UsageError
from game.events import Event
from game.forecast import forecast
from game.levels.open import OpenedLevel, open_level
from game.orbiter.relay import passes_of_sol
from game.paths import PACKAGE
from game.saves import read_record, write_save
from game.session import Session
from game.state import State
from game.tools.terminal import check_targets

Figures = dict[str, float]
SOLS, FINGERPRINT_SOLS = 90, 20


def run(json_file: str | None, only: list[str] | None) -> int:
    """Measure, print, and write JSON if asked; returns 0."""
    check_targets({"--json": json_file}, {})
    known = {**MEASURES, **_from_checkout()}
    names = only or list(known)
    for name in names:
        if name not in known:
            raise UsageError(f"unknown benchmark {name!r} (there are {', '.join(known)})")
    figures: dict[str, Figures] = {}
    for name in names:
        figures[name] = known[name]()
        for what, value in figures[name].items():
            sys.stdout.write(f"{name:12s} {what:34s} {value:12.4g}\n")
            sys.stdout.flush()
    if json_file:
        data = {
            "schema": 1,
            "python": platform.python_version(),
            "numpy": np.__version__,
            "machine": platform.machine(),
            "figures": figures,
        }
        try:
            Path(json_file).write_text(json.dumps(data, indent=1), encoding="utf-8")
        except OSError as error:
            raise GameError(f"{json_file}: cannot be written ({error.strerror})") from None
    return 0


def mission() -> Figures:
    """Fly the baseline mission once plain, and its first sols under the profiler."""
    opened = _level()
    session = Session(opened.setup)
    started_s, cpu_s = time.perf_counter(), time.process_time()
    steps = 0

    def count(_: object) -> None:
        nonlocal steps
        steps += 1

    events: list[Event] = []
    fly(session, BaselineAgent(opened.setup.seed), SOLS, count, events)
    wall_s, cpu_s = time.perf_counter() - started_s, time.process_time() - cpu_s
    sys.stdout.write(_profile(opened))
    return {
        "wall_s": wall_s,
        "cpu_s": cpu_s,
        "steps": float(steps),
        "times_real": session.state.tick / wall_s,
        "peak_mib": _peak_mib(),
        "route_m": session.state.rover.mobility.odometer_m,
    }


def pieces() -> Figures:
    """Time sleep, forecast, nature and passes, each by the median of a few runs."""
    opened = _level()
    setup = opened.setup
    session = Session(setup)
    session.advance_to(tick_at(setup.site, 7, 12.0))
    state = session.state
    end = tick_at(setup.site, 8, 12.0)
    return {
        "sol_asleep_ms": 1e3 * _median(lambda: Session(setup, state).advance_to(end), 3),
        "forecast_sol_ms": 1e3 * _median(lambda: forecast(setup, state, end), 3),
        "nature_90_sols_s": _once(lambda: _nature(opened)),
        "passes_90_sols_s": _once(lambda: _passes(opened)),
        "open_level_s": _median(_level, 3),
    }


def fingerprint() -> Figures:
    """Time fingerprints: after each step of a mission's first sols, and of a state from a save."""
    setup = _level().setup
    session = Session(setup)
    seen_s: list[float] = []

    def see(state: State) -> None:
        seen_s.append(_once(lambda: digest(state)))

    events: list[Event] = []
    fly(session, BaselineAgent(setup.seed), FINGERPRINT_SOLS, see, events)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bench.save"
        write_save(file, session)
        loaded_s = [_loaded_s(file) for _ in range(5)]
    return {
        "median_ms": 1e3 * statistics.median(seen_s),
        "99_of_100_ms": 1e3 * statistics.quantiles(seen_s, n=100)[-1],
        "from_save_ms": 1e3 * statistics.median(loaded_s),
    }


def _loaded_s(file: Path) -> float:
    state = read_record(file).state
    return _once(lambda: digest(state))


MEASURES: dict[str, Callable[[], Figures]] = {
    "mission": mission,
    "pieces": pieces,
    "fingerprint": fingerprint,
}


def _level() -> OpenedLevel:
    return open_level("ninety-sols", 7)


def _nature(opened: OpenedLevel) -> None:
    nature_table.cache_clear()
    for sol in range(1, SOLS + 1):
        nature_table(opened.setup.environment, sol)


def _passes(opened: OpenedLevel) -> None:
    for sol in range(1, SOLS + 1):
        passes_of_sol(opened.setup.orbiter, opened.setup.site, sol)


def _peak_mib() -> float:
    """Return the largest memory so far, or 0 where the system does not tell (Windows)."""
    try:
        import resource
    except ImportError:
        return 0.0
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0


def _once(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _median(work: Callable[[], object], count: int) -> float:
    return statistics.median(_once(work) for _ in range(count))


def _profile(opened: OpenedLevel) -> str:
    profile = cProfile.Profile()
    events: list[Event] = []
    profile.enable()
    fly(Session(opened.setup), BaselineAgent(opened.setup.seed), 14, lambda _: None, events)
    profile.disable()
    text = io.StringIO()
    pstats.Stats(profile, stream=text).strip_dirs().sort_stats("tottime").print_stats(12)
    lines = [line for line in text.getvalue().splitlines() if line.strip()]
    return "profile of 14 sols\n" + "\n".join(lines[3:]) + "\n"


def _from_checkout() -> dict[str, Callable[[], Figures]]:
    """Find `bench()` in tests/benchmarks of a checkout; an installed game has none."""
    found: dict[str, Callable[[], Figures]] = {}
    for path in sorted((PACKAGE.parent / "tests" / "benchmarks").glob("bench_*.py")):
        spec = importlib.util.spec_from_file_location(f"tests.benchmarks.{path.stem}", path)
        if spec is None or spec.loader is None:
            continue
        module = importlib.util.module_from_spec(spec)
        sys.modules[spec.name] = module
        spec.loader.exec_module(module)
        if hasattr(module, "bench"):
            found[path.stem.removeprefix("bench_")] = module.bench
    return found
