"""Compares our Mars with published numbers and writes the tables of residuals.

`python -m game verify` prints them and renews them in `tests/reference/README.md`.
"""

import sys

from game.tools import checks_nature, checks_sky, checks_time, checks_weather
from game.tools.checks import FOLDER, Check

SECTIONS = (
    ("Time and Sun", checks_time.TIME_AND_SUN),
    ("Earth", checks_time.EARTH),
    ("Light", checks_nature.LIGHT),
    ("Dust", checks_nature.DUST + checks_weather.DUST_STATISTICS),
    ("Air", checks_nature.AIR + checks_weather.AIR_STATISTICS),
    ("Ground", checks_nature.GROUND),
    ("Colours of sky and light", checks_sky.COLOURS),
)
CHECKS = tuple(check for _, checks in SECTIONS for check in checks)
HEADER = ("| quantity | against | largest residual | tolerance | used |", "|---|---|---|---|---|")
BEGIN = "<!-- residuals: written by `python -m game verify` -->"
END = "<!-- end of residuals -->"


def run() -> int:
    """Print and renew the tables; 0 if every residual is within its tolerance, else 1."""
    failed, blocks = 0, []
    for title, checks in SECTIONS:
        lines = [f"### {title}", "", *HEADER]
        for check in checks:
            residual = check.residual()
            failed += not _is_good(check, residual)
            lines.append(_line(check, residual))
        blocks.append("\n".join(lines))
    tables = "\n\n".join(blocks)
    sys.stdout.write(tables + "\n")
    path = FOLDER / "README.md"
    if path.is_file():
        before, _, rest = path.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        text = f"{before}{BEGIN}\n\n{tables}\n\n{END}{after}"
        path.write_text(text, encoding="utf-8")
    return 1 if failed else 0


def _is_good(check: Check, residual: float) -> bool:
    return check.tolerance is None or residual <= check.tolerance


def _line(check: Check, residual: float) -> str:
    """Return one row: the residual, what is allowed, and how much of that is used."""
    mark = "" if _is_good(check, residual) else " **too large**"
    limit, used = "published only", ""
    if check.tolerance is not None:
        limit = f"{check.tolerance:g} {check.unit}"
        used = f"{100.0 * residual / check.tolerance:.0f} %"
    return (
        f"| {check.name} | {check.against} | {residual:.3g} {check.unit}{mark} | {limit} | {used} |"
    )
