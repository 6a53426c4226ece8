"""Compares our Mars with published numbers and writes the table of residuals.

`python -m game verify` prints it and renews it in `tests/reference/README.md`.
"""

import sys

from game.tools.checks import FOLDER, Check
from game.tools.checks_nature import CHECKS as NATURE_CHECKS
from game.tools.checks_sky import CHECKS as SKY_CHECKS
from game.tools.checks_time import CHECKS as TIME_CHECKS

CHECKS = TIME_CHECKS + NATURE_CHECKS + SKY_CHECKS
BEGIN = "<!-- residuals: written by `python -m game verify` -->"
END = "<!-- end of residuals -->"


def run() -> int:
    """Print and renew the table; 0 if every residual is within its tolerance, else 1."""
    lines = ["| quantity | against | largest residual | tolerance |", "|---|---|---|---|"]
    failed = 0
    for check in CHECKS:
        residual = check.residual()
        is_good = check.tolerance is None or residual <= check.tolerance
        failed += not is_good
        lines.append(_line(check, residual, is_good=is_good))
    table = "\n".join(lines)
    sys.stdout.write(table + "\n")
    path = FOLDER / "README.md"
    if path.is_file():
        before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        text = f"{before}{BEGIN}\n\n{table}\n\n{END}{after}"
        path.write_text(text, encoding="utf-8")
    return 1 if failed else 0


def _line(check: Check, residual: float, *, is_good: bool) -> str:
    limit = "published only" if check.tolerance is None else f"{check.tolerance:g} {check.unit}"
    mark = "" if is_good else " **too large**"
    return f"| {check.name} | {check.against} | {residual:.3g} {check.unit}{mark} | {limit} |"
