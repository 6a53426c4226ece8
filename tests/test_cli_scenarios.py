"""Scenarios on the command line: options, expectations, mistakes, exit codes."""

import json
from pathlib import Path

import pytest

from game.cli import main

ROOT = Path(__file__).parent.parent


def test_a_scenario_obeys_the_options_of_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario = tmp_path / "s.toml"
    scenario.write_text(
        'schema = 1\nname = "s"\nlevel = "ninety-sols"\nsols = 9\nagent = "baseline"\n'
        '[[expect]]\nname = "e"\nalways = "sol > 0"\n'
    )
    files = {name: tmp_path / f"out.{name}" for name in ("json", "csv")}
    asked = ["--seed", "99", "--agent", "idle", "--sols", "2", "--difficulty", "visitor"]
    written = ["--json", str(files["json"]), "--csv", str(files["csv"]), "--quiet"]
    assert main(["run", str(scenario), *asked, *written]) == 0
    data = json.loads(files["json"].read_text())
    assert (data["seed"], data["sols"], data["difficulty"]) == (99, 2, "visitor")
    assert data["expectations"][0]["is_met"]
    assert len(files["csv"].read_text().splitlines()) == 3
    assert "pass" in capsys.readouterr().out
    assert main(["run", str(scenario), "--record", str(tmp_path / "r")]) == 2
    assert "cannot be recorded" in capsys.readouterr().err


def test_levels_are_no_scenarios(capsys: pytest.CaptureFixture[str]) -> None:
    levels = ROOT / "levels"
    assert main(["test", str(levels)]) == 6
    assert main(["test", str(levels / "campaign" / "ninety-sols" / "mission.toml")]) == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 2
    assert all(len(line) < 200 for line in lines)


def test_a_folder_without_scenarios_is_exit_6(tmp_path: Path) -> None:
    assert main(["test", str(tmp_path)]) == 6


def test_a_broken_expectation_is_exit_1_with_time_value_and_margin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "cold.toml"
    file.write_text(
        'schema = 1\nname = "cold"\nlevel = "ninety-sols"\nsols = 2\n'
        '[[expect]]\nname = "summer"\nalways = "box_k > 300"\n'
    )
    assert main(["test", str(file)]) == 1
    out = capsys.readouterr().out
    assert "FAIL" in out
    for word in ("sol 1", "2021-05-14T23:", "value 28", "margin -"):
        assert word in out


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ('schema = 1\nname = "x"\nlevl = "y"\nsols = 1\n', "did you mean 'level'"),
        (
            'schema = 2\nname = "x"\nlevel = "ninety-sols"\nsols = 1\n'
            '[[expect]]\nname = "e"\nalways = "sol > 0"\n',
            "schema 2 is not known",
        ),
        ('schema = 1\nname = "x"\nlevel = "ninety-sols"\nsols = 1\n', "missing key 'expect'"),
        (
            'schema = 1\nname = "x"\nlevel = "ninety-sols"\nsols = 1\n'
            '[[expect]]\nname = "e"\nalways = "charg_frac > 1"\n',
            "did you mean 'charge_frac'",
        ),
        (
            'schema = 1\nname = "x"\nlevel = "ninety-sols"\nsols = 1\n[override.rover.power]\n'
            'capacity = 1.0\n[[expect]]\nname = "e"\nalways = "sol > 0"\n',
            "unknown key 'capacity'",
        ),
        ("schema = ", "Invalid value"),
    ],
)
def test_a_wrong_scenario_file_is_exit_2_with_the_nearest_name(
    tmp_path: Path, text: str, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "wrong.toml"
    file.write_text(text)
    assert main(["test", str(file)]) == 2
    assert sentence in capsys.readouterr().err


def test_a_scenario_that_takes_too_long_is_exit_4(tmp_path: Path) -> None:
    file = tmp_path / "slow.toml"
    file.write_text(
        'schema = 1\nname = "slow"\nlevel = "ninety-sols"\nsols = 50\ntimeout_s = 0.05\n'
        '[[expect]]\nname = "e"\nalways = "sol > 0"\n'
    )
    assert main(["test", str(file)]) == 4
