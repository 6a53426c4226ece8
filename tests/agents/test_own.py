"""Agents of one's own: loaded by name, and held to what an agent may answer."""

import json
from pathlib import Path
from typing import Any, cast

import pytest

from game.agents.agent import Agent, fly
from game.agents.observation import Observation
from game.agents.registry import find_agent
from game.agents.simple import IdleAgent
from game.cli import main
from game.commands import Drive, SampleAir
from game.errors import AgentError
from game.levels.open import OpenedLevel
from game.session import Session

GOOD = """
from game.commands import SampleAir
from beside import LENGTH_S

class Mine:
    def __init__(self, seed=0):
        self.seed = seed
    def commands(self, seen):
        return (SampleAir(LENGTH_S),)
    def wake_tick(self, seen):
        return seen.tick + 40_000
    def hear(self, events):
        pass

class Odd:
    pass

class Greedy(Mine):
    def __init__(self, seed, more):
        pass
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "beside.py").write_text("LENGTH_S = 900\n")
    path = tmp_path / "mine.py"
    path.write_text(GOOD)
    return path


def test_a_file_with_a_class_is_an_agent(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    agent = find_agent(f"{file}:Mine", 31)
    assert cast(Any, agent).seed == 31
    assert main(["run", "ninety-sols", "--agent", f"{file}:Mine", "--sols", "1", "--quiet"]) == 0
    assert "1 air" in capsys.readouterr().out


def test_a_class_of_a_module_is_an_agent_too() -> None:
    agent = find_agent("game.agents.simple:IdleAgent", 1)
    assert type(agent).__name__ == "IdleAgent"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("{file}:Mind", "has no class 'Mind'; did you mean 'Mine'"),
        ("{file}:Odd", "lacks commands, wake_tick, hear"),
        ("{file}:Greedy", "cannot be made with a seed alone"),
        ("{file}:", "write file.py:Class"),
        (":Mine", "write file.py:Class"),
        ("nowhere.py:Mine", "there is no such file"),
        ("no.such.module:Mine", "cannot be loaded: No module named"),
        ("{broken}:Mine", "broken.py:1"),
        ("mine", "one of your own is named file.py:Class"),
    ],
)
def test_what_is_no_agent_is_told_in_a_sentence(
    file: Path, name: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = file.with_name("broken.py")
    broken.write_text("class Mine(:\n")
    asked = name.format(file=file, broken=broken)
    assert main(["run", "ninety-sols", "--agent", asked]) == 2
    err = capsys.readouterr().err
    assert sentence in err
    assert len(err.splitlines()) == 1


class Answers:
    """An agent that gives one answer to each question."""

    def __init__(self, commands: object, wake: object) -> None:
        self._commands, self._wake = commands, wake

    def commands(self, _: object) -> object:
        return self._commands

    def wake_tick(self, _: object) -> object:
        return self._wake

    def hear(self, _: object) -> None:
        pass


@pytest.mark.parametrize(
    ("commands", "wake", "sentence"),
    [
        ((), float("nan"), "wake_tick must return a whole number"),
        ((), float("inf"), "wake_tick must return a whole number"),
        ((), None, "wake_tick must return a whole number"),
        ((), "noon", "wake_tick must return a whole number"),
        (None, 5, "commands must return a tuple of commands, not None"),
        (SampleAir(900), 5, "commands must return a tuple of commands, not SampleAir"),
        (("drive",), 5, "'drive' is no command; game.commands has all there are"),
        ((Drive,), 5, r"Drive is a kind of command; write Drive\(...\) for one"),
        (((5, Drive(1.0)),), 5, "is no command"),
    ],
)
def test_an_answer_that_no_agent_may_give_is_refused(
    ninety: OpenedLevel, commands: object, wake: object, sentence: str
) -> None:
    agent = cast(Agent, Answers(commands, wake))
    with pytest.raises(AgentError, match=sentence):
        fly(Session(ninety.setup), agent, 1, lambda _: None, [])


BREAKS = """
import sys
from game.commands import SampleAir

class Breaks:
    def __init__(self):
        self.asked = 0
    def commands(self, seen):
        self.asked += 1
        return (SampleAir(900),) if self.asked < 4 else self.more()
    def more(self):
        return {}["north"]  # BREAKS HERE
    def wake_tick(self, seen):
        return seen.tick + 20_000
    def hear(self, events):
        pass

class Hears(Breaks):
    def hear(self, events):
        sys.exit("enough")  # HEARS

class Made(Breaks):
    def __init__(self):
        raise OSError("no table")  # MADE
"""


def line_of(text: str, mark: str) -> int:
    return next(k for k, line in enumerate(text.splitlines(), 1) if mark in line)


@pytest.mark.parametrize(
    ("name", "mark", "said"),
    [
        ("Breaks", "BREAKS HERE", "Breaks.commands broke at {}: KeyError: 'north'"),
        ("Hears", "# HEARS", "Hears.hear broke at {}: SystemExit: enough"),
    ],
)
def test_an_agent_that_breaks_is_named_and_what_was_flown_is_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, mark: str, said: str
) -> None:
    path = tmp_path / "breaks.py"
    path.write_text(BREAKS)
    files = {kind: tmp_path / f"out.{kind}" for kind in ("json", "csv", "telemetry", "events")}
    asked = [word for kind, file in files.items() for word in (f"--{kind}", str(file))]
    assert main(["run", "ninety-sols", "--agent", f"{path}:{name}", "--quiet", *asked]) == 3
    out, err = capsys.readouterr()
    where = f"{path}:{line_of(BREAKS, mark)}"
    assert err.strip() == f"{said.format(where)}: the results go as far as the mission was flown"
    assert "digest" in out
    flown = 60_000 if name == "Breaks" else 20_000
    assert json.loads(files["json"].read_text())["tick"] >= flown
    assert "ActivityStarted" in files["events"].read_text()
    assert len(files["telemetry"].read_text().splitlines()) > 10
    assert files["csv"].exists()


def test_an_agent_that_breaks_at_once_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "breaks.py"
    path.write_text(BREAKS)
    assert main(["run", "ninety-sols", "--agent", f"{path}:Made"]) == 3
    where = f"{path}:{line_of(BREAKS, '# MADE')}"
    assert capsys.readouterr().err.strip() == f"Made() broke at {where}: OSError: no table"
    path.write_text("TABLE = []\nFIRST = TABLE[0]\n")
    assert main(["run", "ninety-sols", "--agent", f"{path}:Made"]) == 3
    assert f"broke at {path}:2: IndexError" in capsys.readouterr().err


def test_an_error_of_a_bundled_agent_stays_a_bug_of_the_program(ninety: OpenedLevel) -> None:
    class Faulty(IdleAgent):
        def wake_tick(self, seen: Observation) -> int:
            raise KeyError(seen.tick)

    Faulty.__module__ = IdleAgent.__module__
    with pytest.raises(KeyError):
        fly(Session(ninety.setup), Faulty(1), 1, lambda _: None, [])
