"""The README stays true."""

import os
import re
import subprocess
import sys
from pathlib import Path

from game.tools.glossary import table
from tests.test_architecture import RANK

README = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")


def test_the_glossary_is_the_table_of_channels() -> None:
    assert table() in README


def test_the_test_command_is_one_line_that_sets_up_everything() -> None:
    lines = [line for line in README.splitlines() if line.startswith("# test:")]
    assert len(lines) == 2
    assert all("venv" in line and "pip install" in line and "pytest" in line for line in lines)


def test_the_rows_shown_are_the_rows_enforced() -> None:
    for part in RANK:
        if part != "__main__":
            assert part in README, part


def test_the_section_for_python_works_to_the_letter(tmp_path: Path) -> None:
    code = re.search(r"### From Python\n.*?```python\n(.*?)```", README, re.DOTALL)
    assert code is not None
    done = subprocess.run(
        [sys.executable, "-c", code[1]],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 3
    assert (tmp_path / "my.save.json").is_file()
