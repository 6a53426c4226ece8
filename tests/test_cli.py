"""The command line as a stranger would use it: exit codes and sentences, never a traceback."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from game.cli import main
from game.telemetry import CHANNELS

ROOT = Path(__file__).parent.parent


def test_a_run_prints_its_report_and_writes_data(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = {name: tmp_path / f"out.{name}" for name in ("json", "csv", "rec")}
    code = main(
        [
            *("run", "ninety-sols", "--agent", "idle", "--sols", "3", "--seed", "5", "--quiet"),
            *("--json", str(files["json"]), "--csv", str(files["csv"])),
            *("--record", str(files["rec"])),
        ]
    )
    out = capsys.readouterr().out
    assert code == 0
    for word in ("route", "samples", "Mbit home", "lowest charge", "coldest box", "digest"):
        assert word in out
    data = json.loads(files["json"].read_text())
    assert data["schema"] == 1
    assert data["sols"] == 3
    assert data["digest"] in out
    rows = files["csv"].read_text().splitlines()
    assert rows[0].split(",") == list(CHANNELS)
    assert len(rows) == 4
    assert main(["replay", str(files["rec"])]) == 0
    assert "same" in capsys.readouterr().out


def test_a_recording_that_was_changed_is_noticed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "a.rec.json"
    run = ["run", "ninety-sols", "--agent", "idle", "--sols", "2", "--quiet"]
    assert main([*run, "--record", str(file)]) == 0
    content = json.loads(file.read_text())
    content["seed"] += 1
    file.write_text(json.dumps(content))
    assert main(["replay", str(file)]) == 5
    assert "different" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["run", "ninety-soles"], "did you mean 'ninety-sols'"),
        (["run", "ninety-sols", "--seed", "seven"], "a seed is a whole number"),
        (["run", "ninety-sols", "--seed", str(2**64)], "a seed is a whole number"),
        (["run", "ninety-sols", "--sols", "0"], "sols is a whole number"),
        (["run", "ninety-sols", "--agent", "base"], "did you mean 'baseline'"),
        (["run", "ninety-sols", "--difficulty", "operater"], "did you mean 'operator'"),
        (["run", "ninety-sols", "--plan", "no.plan.toml"], "cannot be read"),
        (["run", "ninety-sols", "--json", "/no/such/folder/x.json"], "folder does not exist"),
        (["replay", "nothing.json"], "cannot be read"),
        (["test", "no/such/folder"], "no such file or folder"),
        (["play", "--window", "big"], "a window size looks like 1280x720"),
        (["dance"], "invalid choice"),
    ],
)
def test_bad_input_gets_a_sentence_and_exit_2(
    arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    error = capsys.readouterr().err
    assert sentence in error
    assert "Traceback" not in error


def test_a_level_that_ends_sooner_than_asked_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["run", "ninety-sols", "--sols", "200"]) == 2
    assert "ends after sol 90" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b'schema = 1\nname = "\xff"\n', "no text in UTF-8"),
        (b"a = " + b"[" * 5000, "nests brackets too deeply"),
        (b"a = ", "is not valid TOML"),
    ],
)
def test_unreadable_files_are_told_in_words_for_people(
    tmp_path: Path, content: bytes, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    for command in (["test"], ["run", "ninety-sols", "--plan"], ["almanac", "--orbit"]):
        assert main([*command, str(file)]) == 2
        assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("odd", ["²", "٣", "1" * 5000])
def test_numbers_are_written_in_plain_digits(odd: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "ninety-sols", "--sols", odd]) == 2
    assert main(["--window", f"{odd}x{odd}"]) == 2
    err = capsys.readouterr().err
    assert "sols is a whole number" in err
    assert "a window size looks like" in err


def test_a_wrong_plan_file_is_exit_2_with_every_problem_and_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "my.plan.toml"
    path.write_text(
        'schema = 1\n[[activity]]\nkind = "drvie"\nsol = 9\nstart = "10:00"\nx_m = nan\n'
        '[[activity]]\nkind = "soil"\nsol = 9\nstrat = "10:00"\n',
        encoding="utf-8",
    )
    assert main(["run", "ninety-sols", "--plan", str(path)]) == 2
    lines = capsys.readouterr().err.strip().splitlines()
    found = [line.partition(f"{path}:")[2].split(":")[0] for line in lines if str(path) in line]
    assert found == ["3", "6", "10"]


def test_without_a_display_play_says_so() -> None:
    code = (
        "import os; [os.environ.pop(k, 0) for k in ('SDL_VIDEODRIVER', 'DISPLAY', "
        "'WAYLAND_DISPLAY')]; from game.cli import main; raise SystemExit(main([]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "display" in done.stderr
    assert "Traceback" not in done.stderr


def test_version_and_help_are_exit_0(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["--help"]) == 0
    assert "shots" in capsys.readouterr().out


def test_the_command_line_starts_without_pygame() -> None:
    code = "import sys, game.cli; sys.exit('pygame' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_window_that_is_too_small_is_told_the_least(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--window", "10x10"]) == 2
    assert "from 320x200" in capsys.readouterr().err
