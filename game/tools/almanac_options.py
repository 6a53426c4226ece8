"""How the almanac is asked on the command line; nothing heavy is imported here."""

import argparse
from pathlib import Path


def with_early_sols(words: list[str]) -> list[str]:
    """Join --sol and a value such as -5..0, which argparse would take for an option."""
    joined: list[str] = []
    for word in words:
        if joined and joined[-1] == "--sol" and word[:1] == "-" and word[1:2].isdigit():
            joined[-1] = f"--sol={word}"
        else:
            joined.append(word)
    return joined


def almanac_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe the options of `python -m game almanac`."""
    parser.epilog = (
        "Names end in their units; _h are hours of 1/24 sol. Without --sol or --utc: sols 1 to 10. "
        "Example: almanac --utc 2021-05-14T23:18:00Z --lat 18.44 --lon 77.45 --json"
    )
    parser.add_argument(
        "--sol",
        metavar="A..B",
        help="one row per sol, 1..90 or 7, at most 2000 of them; the landing sol is 1",
    )
    parser.add_argument(
        "--utc", action="append", metavar="T", help="one row per time, 1972 to 2049; repeatable"
    )
    parser.add_argument(
        "--lat",
        type=float,
        metavar="DEG",
        help="planetocentric, north positive; the landing site if left out",
    )
    parser.add_argument(
        "--lon",
        type=float,
        metavar="DEG",
        help="east positive, -360 to 360; the landing site if left out",
    )
    parser.add_argument(
        "--place", metavar="NAME", help="a landing site such as Jezero; its touchdown is in sol 1"
    )
    parser.add_argument(
        "--tau",
        type=float,
        metavar="N",
        help="optical depth of the dust; of the season if left out",
    )
    parser.add_argument("--orbit", type=Path, metavar="FILE", help="a TOML file with [orbiter]")
    form = parser.add_mutually_exclusive_group()
    form.add_argument("--json", action="store_true", help="a list of objects")
    form.add_argument("--csv", action="store_true", help="a table with a header")
