"""`test`: run scenario files and say where the first expectation broke."""

import sys
import time
import tomllib
from dataclasses import asdict, replace
from pathlib import Path

from game.agents.agent import fly
from game.agents.registry import find_agent
from game.agents.simple import PlanAgent
from game.environment.clock import sol_of, utc_text
from game.errors import GameError, ScenarioError
from game.events import Event
from game.levels.load import is_level
from game.levels.open import Changes, open_level, open_plan
from game.report import open_books
from game.rover.storage import waiting_bit
from game.scenario import Finding, Scenario, Watch, parse_scenario
from game.session import Session
from game.state import Setup, State

OK, FAILED, BAD_INPUT, TIMEOUT, NOTHING = 0, 1, 2, 4, 6


BOOKS_FRAC = 1e-6  # books of energy and heat must close to this share of what went through


class _TimeIsUpError(Exception):
    """The scenario took longer than its file allows."""


def run(paths: list[str], *, is_quiet: bool = False) -> int:
    """Run every scenario below the paths; returns the exit code of the worst."""
    files = collect(paths)
    if not files:
        sys.stderr.write(f"no scenario files (*.toml) in {', '.join(paths)}\n")
        return NOTHING
    worst = OK
    for file in files:
        try:
            code = run_one(file, is_quiet=is_quiet)
        except GameError as error:
            sys.stderr.write(f"{error}\n")
            code = BAD_INPUT
        worst = max(worst, code)
    return worst


def collect(paths: list[str]) -> list[Path]:
    """Return the scenario files that the paths name, in order of name.

    Raises
    ------
    ScenarioError
        If a path does not exist.
    """
    files: list[Path] = []
    for text in paths:
        path = Path(text)
        if path.is_dir():
            found = path.rglob("*.toml")
            files += sorted(f for f in found if not f.name.endswith(".plan.toml"))
        elif path.is_file():
            files.append(path)
        else:
            raise ScenarioError(f"{path}: no such file or folder")
    return files


def load_table(path: Path) -> dict[str, object]:
    """Read a TOML file.

    Raises
    ------
    ScenarioError
        In one sentence, with the line if the parser knows it.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{path}: {error}") from None


def run_one(path: Path, *, is_quiet: bool = False) -> int:
    """Run one scenario, print its findings, return its exit code."""
    scenario, override = parse_scenario(load_table(path), str(path))
    storms = tuple(asdict(storm) for storm in scenario.storm)
    outages = tuple((outage.from_sol, outage.to_sol) for outage in scenario.outage)
    opened = open_level(
        level_beside(path, scenario.level),
        scenario.seed,
        scenario.difficulty,
        Changes(override, storms, outages, scenario.fault),
    )
    setup = at_least(opened.setup, scenario.sols)
    session = Session(setup)
    watch = Watch(setup, scenario)
    agent = find_agent(scenario.agent or "idle", setup.seed)
    if scenario.plan:
        agent = _planned(scenario, path, session)
    ends_s = time.perf_counter() + scenario.timeout_s

    def see(state: State) -> None:
        watch.see(state)
        if time.perf_counter() > ends_s:
            raise _TimeIsUpError

    events: list[Event] = []
    watch.see(session.state)
    try:
        fly(session, agent, scenario.sols, see, events)
    except _TimeIsUpError:
        sys.stdout.write(f"TIMEOUT {path}: not done after {scenario.timeout_s:g} s\n")
        return TIMEOUT
    findings = (*watch.findings(session.state), *books_findings(setup, session.state))
    broken = [finding for finding in findings if not finding.is_met]
    sys.stdout.write(f"{'FAIL' if broken else 'pass'} {path}: {scenario.name}\n")
    for finding in broken if is_quiet else findings:
        sys.stdout.write(f"     {_line(finding)}\n")
    return FAILED if broken else OK


def at_least(setup: Setup, sols: int) -> Setup:
    """Return a mission that lasts as long as a scenario asks: it goes on past the level's end."""
    if sols <= setup.mission.sols:
        return setup
    return replace(setup, mission=replace(setup.mission, sols=sols))


def books_findings(setup: Setup, state: State) -> tuple[Finding, ...]:
    """Judge what no scenario need ask for: energy, loads, heat to a millionth, data to the bit."""
    books = tuple(
        Finding(
            f"the books close: {name}",
            abs(missing_j) <= BOOKS_FRAC * max(1.0, through_j),
            f"final {missing_j:.1e} J missing of {through_j:.2e} J",
            tick=state.tick,
            utc=utc_text(setup.site, state.tick),
            sol=sol_of(setup.site, state.tick),
        )
        for name, (missing_j, through_j) in open_books(setup, state).items()
    )
    storage = state.rover.storage
    missing_bit = storage.made_bit - storage.sent_bit - waiting_bit(storage) - storage.lost_bit
    data = Finding(
        "the books close: data made, sent, waiting and lost",
        missing_bit == 0,
        f"final {missing_bit} bit missing of {storage.made_bit}",
        tick=state.tick,
        utc=utc_text(setup.site, state.tick),
        sol=sol_of(setup.site, state.tick),
    )
    return (*books, data)


def level_beside(path: Path, level: str) -> str:
    """Return a level named by a scenario: one beside the file if there is one, else a name."""
    beside = path.parent / level
    return str(beside) if is_level(beside) else level


def _planned(scenario: Scenario, path: Path, session: Session) -> PlanAgent:
    return PlanAgent(open_plan(path.parent / scenario.plan, session.setup))


def _line(finding: Finding) -> str:
    mark = "ok  " if finding.is_met else "FAIL"
    line = f"{mark} {finding.name}: {finding.text}"
    if finding.is_met and finding.text.startswith(("always", "never")):
        return line
    parts = [f"sol {finding.sol}", finding.utc]
    if finding.value is not None:
        parts.append(f"value {finding.value:.6g}")
    if finding.margin is not None:
        parts.append(f"margin {finding.margin:+.6g}")
    return f"{line}   [{', '.join(parts)}]"
