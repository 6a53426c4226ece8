"""What is wrong with a scenario file beyond its types, told beside what the types refuse."""

from collections.abc import Mapping
from typing import Any

from game.conditions import parse_condition
from game.config import shown
from game.telemetry import CHANNELS

CONDITIONS = ("holds", "always", "never", "eventually", "final")
_BEGINNINGS = (("fault", "sol"), ("storm", "start_sol"), ("outage", "from_sol"))


def bad_conditions(expect: object, where: str) -> list[str]:
    """Name conditions that cannot be read, also in a file that is wrong in other ways."""
    found: list[str] = []
    for number, entry in enumerate(expect if isinstance(expect, list) else []):
        for key in CONDITIONS if isinstance(entry, Mapping) else ():
            text = entry.get(key)
            if isinstance(text, str) and text and (problem := _condition_problem(text)):
                here = f"{where}.expect[{number}].{key}"
                found.append(f"{here}: expectation {entry.get('name', '')!r}: {problem}")
    return found


def _condition_problem(text: str) -> str:
    try:
        parse_condition(text, CHANNELS)
    except ValueError as error:
        return str(error)
    return ""


def never_reached(table: Mapping[str, Any], where: str) -> list[str]:
    """Name faults, storms and outages that would begin after the last sol of a scenario."""
    sols, found = table.get("sols"), list[str]()
    if type(sols) is not int or sols < 1:
        return found
    for name, key in _BEGINNINGS:
        entries = table.get(name)
        for number, entry in enumerate(entries if isinstance(entries, list) else []):
            sol = entry.get(key) if isinstance(entry, Mapping) else None
            if isinstance(sol, int | float) and sol >= sols + 1:
                found.append(
                    f"{where}.{name}[{number}].{key}: sol {sol:g} is never reached; the last sol "
                    f"is {sols}"
                )
    return found


def no_tables(override: object, where: str) -> list[str]:
    """Name what is not a table although rules files and their parts are."""
    if not isinstance(override, Mapping):
        return [f"{where}: expected a table, got {shown(override)}"]
    return [
        f"{where}.{name}: expected a table, got {shown(part)}"
        for name, part in override.items()
        if not isinstance(part, Mapping)
    ]
