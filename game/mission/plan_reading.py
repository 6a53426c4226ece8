"""The activities of a plan file one by one: what each says, and all that is wrong with each.

Use: `read_activity(table, path, problems)`. A table with mistakes still gives its names, conditions
and sol, so that mistakes in those are told in the same breath.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from game.commands import ActivityKind, PlannedCommand
from game.config import nearest, parse
from game.errors import ConfigError
from game.mission.plan_entry import ActivityEntry
from game.mission.plan_orders import DETAILS, ORDERS, keys_of, misplaced, parse_order
from game.rover.nonsense import LIMITS, number_problem, value_problem

KEYS = frozenset(each.name for each in fields(ActivityEntry))
_NUMBERS = ("x_m", "y_m", "range_m", "priority", "compression")
_ANGLES = ("azimuth", "elevation", "bearing")


@dataclass(frozen=True, slots=True)
class Item:
    """One activity with the path of the table it came from; what is not `is_whole` has mistakes.

    `command` is what the kinds in `COMMANDED` give.
    """

    path: str
    entry: ActivityEntry
    is_whole: bool = True
    command: PlannedCommand | None = None


def read_activity(table: Any, path: str, problems: list[str]) -> Item:
    """Read one table; what is wrong with it is added to the problems."""
    kind = _kind_of(table)
    if kind is None or not isinstance(table, Mapping):
        return _read_plain(table, path, problems)
    count = len(problems)
    problems += [f"{path}{text}" for text in misplaced(kind, table)]
    problems += _unknown(kind, table, path)
    own, command = keys_of(kind) if kind in ORDERS else (), None
    try:
        if kind in ORDERS:
            mine = {key: table[key] for key in table if key in own}
            command = parse_order(kind, mine, path)
    except ConfigError as error:
        problems += str(error).split("\n")
    rest = {k: v for k, v in table.items() if k in KEYS and k not in own}
    item = _read_plain(rest, path, problems)
    return replace(item, command=command, is_whole=item.is_whole and len(problems) == count)


def _unknown(kind: ActivityKind, table: Mapping[str, Any], path: str) -> list[str]:
    """Name keys that no kind has, each with the nearest that this kind has."""
    known = ((KEYS - DETAILS - {"otherwise"}) | {"else"}).union(keys_of(kind))
    return [
        f"{path}: unknown key {key!r}{nearest(key, sorted(known))}"
        for key in table
        if key not in KEYS | DETAILS
    ]


def _kind_of(table: Any) -> ActivityKind | None:
    word = table.get("kind") if isinstance(table, Mapping) else None
    return ActivityKind(word) if word in tuple(ActivityKind) else None


def _read_plain(table: Any, path: str, problems: list[str]) -> Item:
    """Read what is common to all kinds, and the work of those that give no command."""
    try:
        entry = parse(table, ActivityEntry, path)
    except ConfigError as error:
        told = str(error).split("\n")
        problems += told
        return Item(path, _salvaged(table, path, told, problems), is_whole=False)
    absurd = absurdities(entry)
    problems += [f"{path}{text}" for text in absurd]
    return Item(path, entry, is_whole=not absurd)


def absurdities(entry: ActivityEntry) -> list[str]:
    """Return every number of an activity that no rover can do anything with, by key and range."""
    found = [(key, number_problem(key, getattr(entry, key), LIMITS[key])) for key in _NUMBERS]
    for name in _ANGLES:
        key = f"{name}_deg"
        low, high = (round(math.degrees(limit), 1) for limit in LIMITS[f"{name}_rad"])
        found.append((key, number_problem(key, getattr(entry, key), (low, high))))
    found.append(("waypoints", value_problem("waypoints", None, entry.waypoints)))
    return [f".{key}: {text.rstrip('.')}" for key, text in found if text]


def _salvaged(table: Any, path: str, told: list[str], problems: list[str]) -> ActivityEntry:
    """Return what can still be read of a table, and tell what its bad keys have hidden."""
    if not isinstance(table, Mapping):
        return ActivityEntry(ActivityKind.AIR)
    bad = {match[1] for line in told if (match := re.match(r"\.(\w+)", line[len(path) :]))}
    good = {key: value for key, value in table.items() if key in KEYS - bad}
    good.setdefault("kind", str(ActivityKind.AIR))
    try:
        entry = parse(good, ActivityEntry, path)
    except ConfigError as error:
        hidden = str(error).split("\n")
        problems += [line for line in hidden if line not in told]
        return _salvaged(good, path, hidden, problems)
    problems += [f"{path}{text}" for text in absurdities(entry)]
    return entry
