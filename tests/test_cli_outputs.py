"""What a run writes on the command line: pipes, full disks, alphabets, rows and events."""

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
