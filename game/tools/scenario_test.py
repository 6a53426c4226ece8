"""`test`: run scenario files and say where the first expectation broke."""

import sys
import time
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from game.agents.agent import Agent, fly
from game.agents.registry import find_agent
from game.agents.simple import PlanAgent
from game.config import laid_path, located, why_unreadable
from game.environment.clock import sol_of, utc_text
from game.errors import AgentBrokenError, ConfigError, GameError, ScenarioError, UsageError
from game.events import Event
from game.levels.load import is_level
from game.levels.mission_file import FILE_NAME as MISSION_FILE
from game.levels.open import Changes, open_level, open_plan
from game.report import open_books
from game.rover.storage import waiting_bit
from game.scenario import Finding, Scenario, Watch, parse_scenario
from game.session import Session
from game.state import Setup, State
from game.tools.exit_codes import BAD_INPUT, BROKEN, FAILED, NOTHING, OK, TIMEOUT
from game.tools.terminal import complain

NO_SCENARIOS = (".plan.toml", MISSION_FILE)  # plans, and levels
BOOKS_FRAC = 1e-6  # books of energy and heat must close to this share of what went through


class _TimeIsUpError(Exception):
    """The scenario took longer than its file allows."""


def run(paths: list[str], *, is_quiet: bool = False) -> int:
    """Run every scenario below the paths; returns the exit code of the worst."""
    files = collect(paths)
    if not files:
        complain(
            f"no scenario files (*.toml) in {', '.join(paths)}; levels are checked by "
            "`level validate`"
        )
        return NOTHING
    worst = OK
    for file in files:
        try:
            code = run_one(file, is_quiet=is_quiet)
        except GameError as error:
            complain(str(error))
            code = BROKEN if isinstance(error, AgentBrokenError) else BAD_INPUT
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
            files += sorted(f for f in found if not f.name.endswith(NO_SCENARIOS))
        elif path.is_file():
            files.append(path)
        else:
            raise ScenarioError(f"{path}: no such file or folder")
    return files


def load_scenario(path: Path) -> tuple[Scenario, Mapping[str, Any], str]:
    """Read a scenario file: what it says, what it lays over the rules, and its text.

    Raises
    ------
    ScenarioError
        With every problem, each with its line if it has one.
    """
    try:
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise ScenarioError(f"{path}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise ScenarioError(f"{path}: {why_unreadable(error)}") from None
    return *parse_scenario(table, str(path), text), text


@dataclass(frozen=True, slots=True)
class Asked:
    """What the command line lays over a scenario file; None leaves what the file says."""

    seed: int | None = None
    sols: int | None = None
    difficulty: str | None = None
    agent: str | None = None
    plan: str | None = None

    def laid_over(self, scenario: Scenario) -> Scenario:
        """Return the scenario as it was asked for.

        Raises
        ------
        UsageError
            If it makes no sense so, as when an expectation begins after the last sol.
        """
        said = {name: getattr(self, name) for name in ("seed", "sols", "difficulty")}
        changed: dict[str, Any] = {name: v for name, v in said.items() if v is not None}
        if self.agent is not None or self.plan is not None:
            changed |= {"agent": self.agent or "", "plan": ""}
        try:
            return replace(scenario, **changed)
        except ValueError as error:
            words = [line.partition(": ")[2] for line in str(error).splitlines()]  # without keys
            raise UsageError(f"the scenario cannot be flown like this: {words[0]}") from None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A scenario ready to fly: what it expects, the run, who flies it, and what watches."""

    path: Path
    scenario: Scenario
    session: Session
    agent: Agent
    watch: Watch

    def fly(self, see: Callable[[State], None], events: list[Event]) -> bool:
        """Fly it; says whether it was done in time."""
        ends_s = time.perf_counter() + self.scenario.timeout_s

        def look(state: State) -> None:
            see(state)
            self.watch.see(state)
            if time.perf_counter() > ends_s:
                raise _TimeIsUpError

        self.watch.see(self.session.state)
        try:
            fly(self.session, self.agent, self.scenario.sols, look, events)
        except _TimeIsUpError:
            return False
        return True

    def findings(self) -> tuple[Finding, ...]:
        """Judge the run as far as it was flown."""
        setup, state = self.session.setup, self.session.state
        return (*self.watch.findings(state), *books_findings(setup, state))

    def tell(self, *, is_quiet: bool) -> int:
        """Print the findings and return the exit code."""
        findings = self.findings()
        broken = [finding for finding in findings if not finding.is_met]
        sys.stdout.write(f"{'FAIL' if broken else 'pass'} {self.path}: {self.scenario.name}\n")
        for finding in broken if is_quiet else findings:
            sys.stdout.write(f"     {_line(finding)}\n")
        return FAILED if broken else OK

    def tell_timeout(self) -> int:
        """Say that it took too long and return the exit code."""
        limit_s = self.scenario.timeout_s
        sys.stdout.write(f"TIMEOUT {self.path}: not done after {limit_s:g} s\n")
        return TIMEOUT


def prepared(path: Path, asked: Asked | None = None) -> Prepared:
    """Read a scenario file and make its run."""
    if path.name == MISSION_FILE:
        raise ScenarioError(f"{path}: is a level, not a scenario; fly it with `run`")
    scenario, override, text = load_scenario(path)
    scenario = (asked or Asked()).laid_over(scenario)
    storms = tuple(asdict(storm) for storm in scenario.storm)
    outages = tuple((outage.from_sol, outage.to_sol) for outage in scenario.outage)
    try:
        opened = open_level(
            level_beside(path, scenario.level),
            scenario.seed,
            scenario.difficulty,
            Changes(override, storms, outages, scenario.fault),
        )
    except ConfigError as error:
        found = [f"{path}.{laid_path(one, 'override')}" for one in str(error).splitlines()]
        raise ScenarioError("\n".join(located(found, str(path), text))) from None
    setup = at_least(opened.setup, scenario.sols)
    agent = find_agent(scenario.agent or "idle", setup.seed)
    if asked is not None and asked.plan is not None:
        agent = PlanAgent(open_plan(Path(asked.plan), setup))
    elif scenario.plan:
        agent = PlanAgent(open_plan(path.parent / scenario.plan, setup))
    return Prepared(path, scenario, Session(setup), agent, Watch(setup, scenario))


def run_one(path: Path, *, is_quiet: bool = False) -> int:
    """Run one scenario, print its findings, return its exit code."""
    flight = prepared(path)
    if not flight.fly(lambda _: None, []):
        return flight.tell_timeout()
    return flight.tell(is_quiet=is_quiet)


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
