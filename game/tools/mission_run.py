"""`run` and `replay`: a mission without a window, with a report at the end."""

import argparse
import json
import sys
import time
from pathlib import Path

from game.agents.agent import Agent, fly
from game.agents.registry import find_agent
from game.agents.simple import PlanAgent
from game.digest import digest
from game.environment.clock import sol_of
from game.errors import GameError, UsageError
from game.events import Event
from game.levels.open import OpenedLevel, open_level, open_plan
from game.report import Recorder, csv_text, report_data, report_text
from game.saves import read_record, write_recording
from game.session import Session, replayed
from game.state import State


def run(options: argparse.Namespace) -> int:
    """Fly one mission and print its report; returns the exit code."""
    path = Path(options.level)
    if path.suffix == ".toml" and path.is_file() and path.name != "mission.toml":
        from game.tools import scenario_test

        return scenario_test.run([options.level], is_quiet=options.quiet)
    check_writable(options.json, options.csv, options.record)
    opened = open_level(options.level, options.seed, options.difficulty)
    session = Session(opened.setup)
    agent = _agent(options, opened)
    recorder = Recorder(opened.setup)
    progress = _Progress(opened, is_quiet=options.quiet)
    events: list[Event] = []
    was_interrupted = False

    def watch(state: State) -> None:
        if options.csv:  # all channels of a sol are a millisecond or two
            recorder.see(state)
        progress.see(state)

    try:
        fly(session, agent, options.sols or opened.setup.mission.sols, watch, events)
    except KeyboardInterrupt:
        was_interrupted = True
    progress.end()
    if was_interrupted:
        sys.stderr.write("interrupted: the results go as far as the mission was flown\n")
    _write_results(options, session, recorder, tuple(events))
    return 130 if was_interrupted else 0


def replay(path: str) -> int:
    """Run a recording again; 0 if the end is the same to the last bit, else 5."""
    record = read_record(Path(path))
    opened = open_level(record.level, record.seed, record.difficulty)
    session = replayed(opened.setup, list(record.log), record.tick)
    found = digest(session.state)
    if found == record.digest and session.state.tick == record.tick:
        sys.stdout.write(f"same: tick {record.tick}, digest {found}\n")
        return 0
    sys.stdout.write(
        f"different: recorded tick {record.tick} digest {record.digest}, "
        f"now tick {session.state.tick} digest {found}\n"
    )
    return 5


def check_writable(*paths: str | None) -> None:
    """Refuse output files in folders that do not exist before the long run, not after it."""
    for path in paths:
        if path is not None and not Path(path).absolute().parent.is_dir():
            raise UsageError(f"{path}: the folder does not exist")


def _agent(options: argparse.Namespace, opened: OpenedLevel) -> Agent:
    if options.plan is not None:
        return PlanAgent(open_plan(Path(options.plan), opened.setup))
    return find_agent(options.agent or "baseline", opened.setup.seed)


def _write_results(
    options: argparse.Namespace, session: Session, recorder: Recorder, events: tuple[Event, ...]
) -> None:
    data = report_data(session.setup, session.state, events)
    sys.stdout.write(report_text(data))
    try:
        if options.json:
            Path(options.json).write_text(json.dumps(data, indent=1), encoding="utf-8")
        if options.csv:
            Path(options.csv).write_text(csv_text(recorder.rows), encoding="utf-8")
        if options.record:
            write_recording(Path(options.record), session)
        if options.pictures:
            from game.render.album import save_pictures

            count = save_pictures(session.setup, session.state, Path(options.pictures))
            sys.stdout.write(f"pictures       {count} in {options.pictures}\n")
    except OSError as error:
        raise GameError(f"{error.filename}: cannot be written ({error.strerror})") from None


class _Progress:
    """One line on stderr that is written over, twice a second at most."""

    def __init__(self, opened: OpenedLevel, *, is_quiet: bool) -> None:
        self._setup = opened.setup
        self._is_quiet = is_quiet
        self._shown_sol = 0
        self._started_s = time.perf_counter()

    def see(self, state: State) -> None:
        if self._is_quiet or len(state.mission.records) < self._shown_sol:
            return
        sol = sol_of(self._setup.site, state.tick)
        self._shown_sol = len(state.mission.records) + 1
        taken_s = time.perf_counter() - self._started_s
        odometer_m = state.rover.mobility.odometer_m
        sys.stderr.write(
            f"\rsol {sol:3d} of {self._setup.mission.sols}  {odometer_m:7.1f} m  {taken_s:5.1f} s "
        )
        sys.stderr.flush()

    def end(self) -> None:
        if not self._is_quiet:
            sys.stderr.write("\n")
