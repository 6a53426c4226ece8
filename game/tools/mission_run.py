"""`run` and `replay`: a mission without a window, with a report at the end."""

import argparse
import json
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from game.agents.agent import Agent, fly
from game.agents.registry import find_agent
from game.agents.simple import PlanAgent
from game.digest import digest
from game.environment.clock import sol_of
from game.errors import AgentBrokenError, AgentError, UsageError
from game.events import Event
from game.levels.mission_file import FILE_NAME as MISSION_FILE
from game.levels.open import open_level, open_plan
from game.report import Recorder, csv_text, report_data, report_text
from game.saves import OtherWorldError, check_world, read_record, write_recording
from game.session import Session, replayed
from game.state import Setup, State
from game.tools import scenario_test
from game.tools.exit_codes import BAD_INPUT, BROKEN, INTERRUPTED, MISMATCH, OK
from game.tools.exports import USUAL_S, TelemetryFile, events_text
from game.tools.scenario_test import Asked, Prepared
from game.tools.terminal import check_targets, complain

TARGETS = ("json", "csv", "telemetry", "events", "record", "pictures")
See = Callable[[State], None]


@dataclass(frozen=True, slots=True)
class _Flight:
    """A run and who flies it, for how long, and what it is held against."""

    session: Session
    agent: Agent
    sols: int
    scenario: Prepared | None = None

    def fly(self, see: See, events: list[Event]) -> bool:
        """Fly it; says whether it was done in time."""
        if self.scenario is not None:
            return self.scenario.fly(see, events)
        fly(self.session, self.agent, self.sols, see, events)
        return True


def run(options: argparse.Namespace) -> int:
    """Fly one mission, write its results, print its report; returns the exit code."""
    if options.every is not None and options.telemetry is None:
        raise UsageError("--every belongs to --telemetry FILE")
    files = {f"--{name}": getattr(options, name) for name in TARGETS}
    check_targets(files, {"the mission": options.level, "--plan": options.plan})
    flight = _scenario_flight(options) if _is_scenario(options.level) else _level_flight(options)
    setup = flight.session.setup
    watchers = _Watchers(
        Recorder(setup),
        _Progress(setup, is_quiet=options.quiet),
        _telemetry(options, setup),
        is_recorded=options.csv is not None,
    )
    events: list[Event] = []
    stopped, is_done = OK, True
    try:
        watchers.see(flight.session.state)
        is_done = flight.fly(watchers.see, events)
    except (KeyboardInterrupt, AgentError) as error:
        stopped, why = _stopped_by(error)
    finally:
        watchers.end()
    if stopped:
        complain(f"{why}: the results go as far as the mission was flown")
    code = _write_results(options, flight, watchers.recorder, tuple(events))
    if watchers.rows is not None and watchers.rows.problem:
        complain(f"--telemetry {options.telemetry}: cannot be written ({watchers.rows.problem})")
        code = BAD_INPUT
    if stopped:
        return stopped
    return _judged(flight.scenario, is_done=is_done, is_quiet=options.quiet) or code


def _stopped_by(error: BaseException) -> tuple[int, str]:
    """Return exit code and reason of a flight that did not come to its end."""
    if isinstance(error, KeyboardInterrupt):
        return INTERRUPTED, "interrupted"
    return BROKEN if isinstance(error, AgentBrokenError) else BAD_INPUT, str(error)


@dataclass(frozen=True, slots=True)
class _Watchers:
    """Who looks at every state of a run."""

    recorder: Recorder
    progress: "_Progress"
    rows: TelemetryFile | None
    is_recorded: bool

    def see(self, state: State) -> None:
        if self.is_recorded:  # all channels of a sol are a millisecond or two
            self.recorder.see(state)
        self.progress.see(state)
        if self.rows is not None:
            self.rows.see(state)

    def end(self) -> None:
        self.progress.end()
        if self.rows is not None:
            self.rows.close()


def _telemetry(options: argparse.Namespace, setup: Setup) -> TelemetryFile | None:
    if options.telemetry is None:
        return None
    return TelemetryFile(Path(options.telemetry), setup, options.every or USUAL_S)


def _is_scenario(name: str) -> bool:
    path = Path(name)
    return path.suffix == ".toml" and path.is_file() and path.name != MISSION_FILE


def _level_flight(options: argparse.Namespace) -> _Flight:
    opened = open_level(options.level, options.seed, options.difficulty)
    last = opened.setup.mission.sols
    if options.sols is not None and options.sols > last:
        raise UsageError(
            f"--sols {options.sols}: {options.level} ends after sol {last}; ask for 1 to {last} "
            "(a scenario may go on past a level's end)"
        )
    if options.plan is not None:
        agent: Agent = PlanAgent(open_plan(Path(options.plan), opened.setup))
    else:
        agent = find_agent(options.agent or "baseline", opened.setup.seed)
    return _Flight(Session(opened.setup), agent, options.sols or last)


def _scenario_flight(options: argparse.Namespace) -> _Flight:
    if options.record is not None:
        raise UsageError(
            f"--record {options.record}: a scenario cannot be recorded, because a recording only "
            "knows level, seed and difficulty; record a run of a level"
        )
    asked = Asked(options.seed, options.sols, options.difficulty, options.agent, options.plan)
    flight = scenario_test.prepared(Path(options.level), asked)
    return _Flight(flight.session, flight.agent, flight.scenario.sols, flight)


def _judged(scenario: Prepared | None, *, is_done: bool, is_quiet: bool) -> int:
    """Say how a scenario's expectations came out; 0 without a scenario."""
    if scenario is None:
        return OK
    return scenario.tell(is_quiet=is_quiet) if is_done else scenario.tell_timeout()


def replay(path: str) -> int:
    """Run a recording again; 0 if the end is the same to the last bit, else 5."""
    record = read_record(Path(path))
    opened = open_level(record.level, record.seed, record.difficulty)
    try:
        check_world(opened.setup, record)
    except OtherWorldError as error:
        sys.stdout.write(f"different: {error}\n")
        return MISMATCH
    session = replayed(opened.setup, list(record.log), record.tick)
    found = digest(session.state)
    if found == record.digest and session.state.tick == record.tick:
        sys.stdout.write(f"same: tick {record.tick}, digest {found}\n")
        return OK
    sys.stdout.write(
        f"different: recorded tick {record.tick} digest {record.digest}, "
        f"now tick {session.state.tick} digest {found}\n"
    )
    return MISMATCH


def _write_results(
    options: argparse.Namespace, flight: _Flight, recorder: Recorder, events: tuple[Event, ...]
) -> int:
    """Write every file, then print the report: nobody who stops listening can lose a result."""
    session = flight.session
    data: dict[str, Any] = report_data(session.setup, session.state, events)
    if flight.scenario is not None:
        data["scenario"] = flight.scenario.scenario.name
        data["expectations"] = [asdict(one) for one in flight.scenario.findings()]
    count = 0

    def pictures(folder: Path) -> None:
        from game.render.album import save_pictures

        nonlocal count
        count = save_pictures(session.setup, session.state, folder)

    writers: dict[str, Callable[[Path], object]] = {
        "json": lambda path: path.write_text(json.dumps(data, indent=1), encoding="utf-8"),
        "csv": lambda path: path.write_text(csv_text(recorder.rows), encoding="utf-8"),
        "events": lambda path: path.write_text(
            events_text(session.setup, events), encoding="utf-8"
        ),
        "record": lambda path: write_recording(path, session),
        "pictures": pictures,
    }
    code = OK
    for name, write in writers.items():
        target = getattr(options, name)
        if target is None:
            continue
        try:
            write(Path(target))
        except OSError as error:
            complain(f"--{name} {target}: cannot be written ({error.strerror or error})")
            code = BAD_INPUT
    sys.stdout.write(report_text(data))
    if options.pictures:
        sys.stdout.write(f"pictures       {count} in {options.pictures}\n")
    return code


class _Progress:
    """One line on stderr that is written over, twice a second at most."""

    def __init__(self, setup: Setup, *, is_quiet: bool) -> None:
        self._setup = setup
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
        self._say(
            f"\rsol {sol:3d} of {self._setup.mission.sols}  {odometer_m:7.1f} m  {taken_s:5.1f} s "
        )

    def end(self) -> None:
        if not self._is_quiet:
            self._say("\n")

    def _say(self, words: str) -> None:
        """Write; if nobody listens any more, the mission still goes on."""
        try:
            sys.stderr.write(words)
            sys.stderr.flush()
        except OSError:
            self._is_quiet = True
