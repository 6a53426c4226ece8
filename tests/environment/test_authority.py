"""Every comparison with published numbers: sources and tolerances as game/tools/checks*.py say."""

from math import isfinite

import pytest

from game.tools.checks import FOLDER, Check
from game.tools.verify import CHECKS


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.name)
def test_our_mars_agrees_with_the_published_one(check: Check) -> None:
    residual = check.residual()
    assert isfinite(residual)
    if check.tolerance is not None:
        assert residual <= check.tolerance, f"{residual} {check.unit} against {check.against}"


def test_every_check_has_its_row_in_the_readme() -> None:
    text = (FOLDER / "README.md").read_text(encoding="utf-8")
    for check in CHECKS:
        assert f"| {check.name} | {check.against} |" in text, "run: python -m game verify"
