"""The command line as a stranger would use it: exit codes and sentences, never a traceback."""

import json
import os
import shlex
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


SHORT = ["run", "ninety-sols", "--agent", "idle", "--sols", "1"]


def outcome(
    arguments: list[str], shell: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the game in a shell of its own; `shell` says where its output goes."""
    command = f"{shlex.join([sys.executable, '-m', 'game', *arguments])} {shell}"
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("shell", "code", "sentence"),
    [
        ("| true", 141, ""),
        ("2>&1 | true", 141, ""),
        ("> /dev/full", 2, "No space left on device"),
        (">&-", 0, ""),
        (">&- 2>&-", 0, ""),
    ],
)
@pytest.mark.skipif(os.name != "posix", reason="needs a Unix shell")
def test_results_are_kept_whoever_listens(
    tmp_path: Path, shell: str, code: int, sentence: str
) -> None:
    file = tmp_path / "p.json"
    done = outcome([*SHORT, "--json", str(file)], shell, PYTHONUNBUFFERED="1")
    assert json.loads(file.read_text())["sols"] == 1
    assert done.returncode == code
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
    assert "Exception" not in done.stderr


@pytest.mark.parametrize("alphabet", ["cp1252", "ascii", "cp437"])
def test_a_report_fits_every_alphabet(tmp_path: Path, alphabet: str) -> None:
    file = tmp_path / "p.json"
    done = subprocess.run(
        [sys.executable, "-m", "game", *SHORT, "--quiet", "--json", str(file)],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": alphabet},
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0
    assert file.is_file()
    text = done.stdout.decode(alphabet)
    assert "in - out - stored" in text
    assert "?" not in text


def test_output_that_cannot_be_written_is_told_before_the_flight(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, plan = tmp_path / "file", tmp_path / "my.plan.toml"
    file.write_text("kept")
    plan.write_text("schema = 1")
    for options, sentence in (
        (["--json", str(tmp_path)], "is a folder"),
        (["--pictures", str(file)], "is a file, not a folder"),
        (["--pictures", str(file / "below")], "is a file, not a folder"),
        (["--json", ""], "the name is empty"),
        (["--csv", " "], "the name is empty"),
        (["--json", str(file), "--csv", f"{tmp_path}/./file"], "name the same file"),
        (["--plan", str(plan), "--record", str(plan)], "name the same file"),
        (["--json", "a\0b"], "cannot be written"),
    ):
        assert main(["run", "ninety-sols", *options]) == 2
        out, err = capsys.readouterr()
        assert sentence in err
        assert out == ""
    assert file.read_text() == "kept"
    assert not (tmp_path / "new").exists()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_named_and_the_report_still_printed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*SHORT, "--quiet", "--json", "/dev/full"]) == 2
    out, err = capsys.readouterr()
    assert "--json /dev/full: cannot be written" in err
    assert "digest" in out


def test_devices_may_be_written_to_and_stay_devices() -> None:
    targets = ["--json", os.devnull, "--csv", os.devnull, "--record", os.devnull]
    assert main([*SHORT, "--quiet", *targets]) == 0
    assert not Path(os.devnull).is_file()


def test_a_level_that_ends_sooner_than_asked_is_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["run", "ninety-sols", "--sols", "200"]) == 2
    assert "ends after sol 90" in capsys.readouterr().err


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


def test_a_run_that_is_interrupted_says_so_and_reports(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*rest: object) -> None:
        del rest
        raise KeyboardInterrupt

    monkeypatch.setattr("game.tools.mission_run.fly", stopped)
    assert main(["run", "ninety-sols", "--quiet"]) == 130
    out, err = capsys.readouterr()
    assert err.startswith("interrupted")
    assert "digest" in out


def test_every_channel_by_time_and_every_event_can_be_had(tmp_path: Path) -> None:
    rows, events = tmp_path / "all.csv", tmp_path / "events.jsonl"
    asked = ["--telemetry", str(rows), "--every", "7200", "--events", str(events), "--quiet"]
    assert main(["run", "ninety-sols", "--agent", "baseline", "--sols", "3", *asked]) == 0
    lines = rows.read_text().splitlines()
    assert lines[0].split(",") == list(CHANNELS)
    ticks = [int(line.split(",")[0]) for line in lines[1:]]
    assert ticks[0] == 0
    assert all(0 <= tick - 7200 * number < 400 for number, tick in enumerate(ticks))
    told = [json.loads(line) for line in events.read_text().splitlines()]
    assert {"ActivityStarted", "SolEnded"} <= {one["event"] for one in told}
    assert all(set(one) >= {"tick", "sol", "utc", "event"} for one in told)
    assert [one["tick"] for one in told] == sorted(one["tick"] for one in told)


def test_a_span_without_a_file_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "ninety-sols", "--every", "60"]) == 2
    assert "--every belongs to --telemetry" in capsys.readouterr().err
    assert main(["run", "ninety-sols", "--telemetry", "x", "--every", "0"]) == 2
    assert "a span is a whole number of seconds" in capsys.readouterr().err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_ends_the_rows_and_not_the_mission(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "p.json"
    targets = ["--telemetry", "/dev/full", "--json", str(kept)]
    assert main([*SHORT, "--quiet", *targets]) == 2
    out, err = capsys.readouterr()
    assert "--telemetry /dev/full: cannot be written (No space left" in err
    assert "digest" in out
    assert kept.is_file()
