"""What may stand behind an option of the command line, refused in a sentence if it may not."""

import argparse

from game.rng import check_seed

MOST_DIGITS = 9
MOST_SPAN_S = 1_000_000


def seed_number(text: str) -> int:
    """Read a seed for argparse."""
    try:
        return check_seed(int(text))
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"a seed is a whole number from -2^63 to 2^64-1, not {text!r}"
        ) from None


def window_size(text: str) -> tuple[int, int]:
    """Read WIDTHxHEIGHT for argparse."""
    width, _, height = text.lower().partition("x")
    if not (_is_whole(width) and _is_whole(height)):
        raise argparse.ArgumentTypeError(f"a window size looks like 1280x720, not {text!r}")
    if not (320 <= int(width) <= 7680 and 200 <= int(height) <= 4320):
        raise argparse.ArgumentTypeError(f"a window is from 320x200 to 7680x4320, not {text!r}")
    return int(width), int(height)


def sol_count(text: str) -> int:
    """Read a number of sols for argparse."""
    if not _is_whole(text) or not 1 <= int(text) <= 669:
        raise argparse.ArgumentTypeError(f"sols is a whole number from 1 to 669, not {text!r}")
    return int(text)


def span_s(text: str) -> int:
    """Read a span of time for argparse [s]."""
    if not _is_whole(text) or not 1 <= int(text) <= MOST_SPAN_S:
        raise argparse.ArgumentTypeError(
            f"a span is a whole number of seconds from 1 to {MOST_SPAN_S}, not {text!r}"
        )
    return int(text)


def _is_whole(text: str) -> bool:
    """Say whether a text is a whole number in plain digits; Python would take "²" and "٣", too."""
    return text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS


def mission_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what `run` may be told."""
    parser.add_argument("level", metavar="LEVEL|SCENARIO", help="level name, folder, map, scenario")
    parser.add_argument("--seed", type=seed_number, metavar="N")
    parser.add_argument("--sols", type=sol_count, metavar="N", help="stop after this sol")
    parser.add_argument("--difficulty", metavar="NAME")
    who = parser.add_mutually_exclusive_group()
    who.add_argument("--agent", metavar="NAME", help="baseline, idle, random, or file.py:Class")
    who.add_argument("--plan", metavar="FILE", help="a .plan.toml file")
    parser.add_argument("--json", metavar="FILE", help="write the report as data")
    parser.add_argument("--csv", metavar="FILE", help="write one row per sol of every channel")
    parser.add_argument("--telemetry", metavar="FILE", help="write every channel as CSV, by time")
    parser.add_argument(
        "--every", type=span_s, metavar="S", help="seconds between rows of --telemetry (60)"
    )
    parser.add_argument("--events", metavar="FILE", help="write what happened as JSON lines")
    parser.add_argument("--record", metavar="FILE", help="write the command log")
    parser.add_argument("--pictures", metavar="DIR", help="save the pictures that came home as PNG")
    parser.add_argument("--quiet", action="store_true", help="no progress line")


def finds_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what `level finds` may be told."""
    parser.add_argument("level", metavar="LEVEL", help="a level name, folder or map")
    parser.add_argument("--seed", type=seed_number, metavar="N")
    parser.add_argument(
        "--centre", type=float, nargs=2, metavar=("X", "Y"), help="metres; where the rover starts"
    )
    parser.add_argument("--within", type=float, default=1000.0, metavar="M", help="how far around")
    parser.add_argument("--json", action="store_true", help="print data instead of lines")


def render_arguments(parser: argparse.ArgumentParser) -> None:
    """Describe what `level render` may be told."""
    parser.add_argument("--seed", type=seed_number, default=7, metavar="N")
    parser.add_argument("--area", type=float, default=1000.0, metavar="M", help="side in metres")
    parser.add_argument("--centre", type=float, nargs=2, default=(0.0, 0.0), metavar=("X", "Y"))
    parser.add_argument("--size", type=int, default=1000, metavar="PX", help="side in pixels")
    parser.add_argument("--sun", type=float, default=30.0, metavar="DEG", help="height of the Sun")
    parser.add_argument("--azimuth", type=float, default=283.0, metavar="DEG")
    parser.add_argument("--plain", action="store_true", help="as bright and as flat as it is")
    parser.add_argument(
        "--preset", default="utopia-planitia", metavar="NAME", help="region or level"
    )
    parser.add_argument("--out", required=True, metavar="FILE", help="a PNG file")
