"""Scenario files: a run with expectations. Reads, runs, and says where the first one broke."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from game.conditions import Condition, holds, left_value, margin, parse_condition
from game.config import located, parse
from game.environment.clock import MOST_SOLS, tick_at, utc_text
from game.environment.storms import StormSpec
from game.errors import ConfigError, ScenarioError
from game.mission.plan_file import hour_of
from game.rover.faults import FaultEntry
from game.scenario_check import bad_conditions, never_reached, no_tables
from game.state import Setup, State
from game.telemetry import CHANNELS, Readings

WORDS = ("at", "always", "never", "eventually", "final")


@dataclass(frozen=True, slots=True)
class OutageEntry:
    """The orbiter is not to be had from the start of one sol to the end of another."""

    from_sol: int
    to_sol: int

    def __post_init__(self) -> None:
        """Refuse a span that no mission has, or that ends before it starts."""
        sols = {"from_sol": self.from_sol, "to_sol": self.to_sol}
        told = [
            f".{name}: {name} must be 1 to {MOST_SOLS}, got {sol}"
            for name, sol in sols.items()
            if not 1 <= sol <= MOST_SOLS
        ]
        if not told and self.to_sol < self.from_sol:
            told = [f".to_sol: to_sol {self.to_sol} is before from_sol {self.from_sol}"]
        if told:
            raise ValueError("\n".join(told))


@dataclass(frozen=True, slots=True)
class ExpectEntry:
    """One expectation: exactly one of `at` (with `holds`), always, never, eventually, final.

    `from_sol` and `to_sol` limit always, never and eventually; 0 means the end of the run.
    """

    name: str
    at: str = ""
    holds: str = ""
    always: str = ""
    never: str = ""
    eventually: str = ""
    final: str = ""
    from_sol: int = 1
    to_sol: int = 0

    def __post_init__(self) -> None:
        """Refuse entries that say two things or nothing."""
        said = [word for word in WORDS if getattr(self, word)]
        if len(said) != 1:
            raise ValueError(f"{self.name!r} needs exactly one of {', '.join(WORDS)}")
        if bool(self.at) != bool(self.holds):
            raise ValueError(f"{self.name!r}: 'at' and 'holds' go together")
        if self.at:
            moment_of(self.at)
        if self.from_sol < 1 or self.to_sol < 0:
            raise ValueError(f"{self.name!r}: from_sol is 1 or more, to_sol 0 (the end) or more")
        if 0 < self.to_sol < self.from_sol:
            raise ValueError(f"{self.name!r}: to_sol {self.to_sol} is before {self.from_sol}")


@dataclass(frozen=True, slots=True)
class Scenario:
    """What a scenario file says; `override` is merged into the rules by the same names."""

    schema: int
    name: str
    level: str
    sols: int
    expect: tuple[ExpectEntry, ...]
    seed: int = 7
    difficulty: str = "operator"
    agent: str = ""
    plan: str = ""
    story: str = ""
    storm: tuple[StormSpec, ...] = ()
    fault: tuple[FaultEntry, ...] = ()
    outage: tuple[OutageEntry, ...] = ()
    timeout_s: float = 120.0

    def __post_init__(self) -> None:
        """Refuse files of another time and runs without anybody in command; all of it at once."""
        told = [f".{key}: {words}" for key, words in self._problems() if words]
        if told:
            raise ValueError("\n".join(told))

    def _problems(self) -> list[tuple[str, str]]:
        """Return what may be wrong by key, with no words where it is well."""
        old = f"schema {self.schema} is not known; this program reads schema 1"
        two = "'agent' and 'plan' exclude each other"
        sols, seconds = self.sols, self.timeout_s
        many = f"sols must be 1 to {MOST_SOLS}, got {sols}"
        found = [
            ("schema", "" if self.schema == 1 else old),
            ("plan", two if self.agent and self.plan else ""),
            ("expect", "" if self.expect else "a scenario needs at least one [[expect]]"),
            ("sols", "" if 1 <= sols <= MOST_SOLS else many),
            ("timeout_s", "" if seconds > 0.0 else f"timeout_s must be above 0, got {seconds:g}"),
        ]
        for at, entry in enumerate(self.expect):
            first = moment_of(entry.at)[0] if entry.at else entry.from_sol
            words = f"{entry.name!r}: sol {first} is never reached; the last sol is {sols}"
            key = f"expect[{at}].{'at' if entry.at else 'from_sol'}"
            found.append((key, words if first > sols >= 1 else ""))
        return found


@dataclass(frozen=True, slots=True)
class Finding:
    """How one expectation came out; for a failure, where it first broke and by how much."""

    name: str
    is_met: bool
    text: str
    tick: int = 0
    utc: str = ""
    sol: int = 0
    value: float | None = None
    margin: float | None = None


def parse_scenario(
    table: Mapping[str, Any], where: str, text: str = ""
) -> tuple[Scenario, Mapping[str, Any]]:
    """Read a scenario's table; also return its rules overrides.

    `where` is the name of the file, `text` the file itself, so that messages can name lines.

    Raises
    ------
    ScenarioError
        With every problem, a line each.
    """
    plain = {key: value for key, value in table.items() if key != "override"}
    override = table.get("override", {})
    problems: list[str] = []
    scenario: Scenario | None = None
    try:
        scenario = parse(plain, Scenario, where)
    except ConfigError as error:
        problems += str(error).splitlines()
    problems += no_tables(override, f"{where}.override")
    problems += bad_conditions(table.get("expect"), where)
    problems += never_reached(table, where)
    if problems or scenario is None:
        raise ScenarioError("\n".join(located(problems, where, text)))
    return scenario, override


def moment_of(text: str) -> tuple[int, float]:
    """Read "sol 12 10:30" as sol and hour.

    Raises
    ------
    ValueError
        If it is not such a moment.
    """
    match = re.fullmatch(r"\s*sol\s+(\d{1,4})\s+(\d{1,2}:\d{2})\s*", text)
    if match is None:
        raise ValueError(f'a moment looks like "sol 12 10:30", not {text!r}')
    return int(match[1]), hour_of(match[2])


@dataclass
class Watch:
    """Follows a run, state by state, and judges the expectations. Lives in the shell."""

    setup: Setup
    scenario: Scenario
    _rows: list["_Row"] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Prepare one row an expectation."""
        for entry in self.scenario.expect:
            self._rows.append(_row(self.setup, self.scenario, entry))

    def see(self, state: State) -> None:
        """Judge one new state."""
        readings = Readings(self.setup, state)
        for row in self._rows:
            if row.finding is None and row.start_tick <= state.tick < row.end_tick:
                row.finding = row.judge(row, state, readings)

    def findings(self, state: State) -> tuple[Finding, ...]:
        """Judge what only the end can tell and return all findings in order."""
        readings = Readings(self.setup, state)
        return tuple(row.finding or _at_end(row, state, readings) for row in self._rows)


@dataclass
class _Row:
    entry: ExpectEntry
    word: str
    condition: Condition
    start_tick: float
    end_tick: float
    judge: Callable[["_Row", State, Mapping[str, float]], Finding | None]
    setup: Setup
    finding: Finding | None = None


def _text_of(entry: ExpectEntry) -> str:
    return entry.holds or entry.always or entry.never or entry.eventually or entry.final


def _row(setup: Setup, scenario: Scenario, entry: ExpectEntry) -> _Row:
    word = next(word for word in WORDS if getattr(entry, word))
    condition = parse_condition(_text_of(entry), CHANNELS)
    site = setup.environment.site
    start: float = tick_at(site, entry.from_sol, 0.0)
    end: float = tick_at(site, (entry.to_sol or scenario.sols) + 1, 0.0)
    if word == "at":
        sol, hour = moment_of(entry.at)
        start, end = tick_at(site, sol, hour), float("inf")
    if word == "final":
        start = float("inf")
    return _Row(entry, word, condition, start, end, _JUDGES[word], setup)


def _found(row: _Row, state: State, readings: Mapping[str, float], *, is_met: bool) -> Finding:
    site = row.setup.environment.site
    is_known = row.condition.value(readings) is not None
    return Finding(
        name=row.entry.name,
        is_met=is_met,
        text=f"{row.word} {row.condition.text}{'' if is_known else ' (divides by zero then)'}",
        tick=state.tick,
        utc=utc_text(site, state.tick),
        sol=int(readings["sol"]),
        value=left_value(row.condition, readings),
        margin=margin(row.condition, readings),
    )


def _judge_always(row: _Row, state: State, readings: Mapping[str, float]) -> Finding | None:
    if holds(row.condition, readings):
        return None
    return _found(row, state, readings, is_met=False)


def _judge_meeting(row: _Row, state: State, readings: Mapping[str, float]) -> Finding | None:
    if not holds(row.condition, readings):
        return None
    return _found(row, state, readings, is_met=row.word == "eventually")


def _judge_at(row: _Row, state: State, readings: Mapping[str, float]) -> Finding | None:
    return _found(row, state, readings, is_met=holds(row.condition, readings))


def _at_end(row: _Row, state: State, readings: Mapping[str, float]) -> Finding:
    if row.word in ("always", "never"):
        return _found(row, state, readings, is_met=True)
    if row.word == "final":
        return _found(row, state, readings, is_met=holds(row.condition, readings))
    found = _found(row, state, readings, is_met=False)
    if row.word == "at":
        words = f"at {row.entry.at}: never reached, the run ended before"
        return replace(found, text=words, value=None, margin=None)
    return found


_JUDGES: dict[str, Callable[[_Row, State, Mapping[str, float]], Finding | None]] = {
    "always": _judge_always,
    "never": _judge_meeting,
    "eventually": _judge_meeting,
    "at": _judge_at,
    "final": _judge_at,
}
