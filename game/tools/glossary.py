"""`glossary`: the table of every channel, as the README shows it."""

import sys

from game.telemetry import CHANNELS


def table() -> str:
    """Return the glossary as Markdown."""
    rows = ["| channel | unit | meaning |", "|---|---|---|"]
    rows += [f"| `{name}` | {c.unit} | {c.meaning} |" for name, c in CHANNELS.items()]
    return "\n".join(rows) + "\n"


def run() -> int:
    """Print it."""
    sys.stdout.write(table())
    return 0
