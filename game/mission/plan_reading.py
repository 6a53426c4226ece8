"""The activities of a plan file one by one: what each says, and all that is wrong with each.

Use: `read_activity(table, path, problems)`. A table with mistakes still gives its names, conditions
and sol, so that mistakes in those are told in the same breath.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from game.commands import ActivityKind, PlannedCommand
from game.config import nearest, parse
from game.errors import ConfigError
from game.mission.plan_entry import ActivityEntry
from game.mission.plan_orders import (
    DETAILS,
    ORDERS,
    impossible_numbers,
    keys_of,
    misplaced,
    parse_order,
)
from game.rover.machine import RoverSpec
from game.rover.nonsense import value_problem
from game.rover.orders import route_problem
from game.rover.reach import lacks

KEYS = frozenset(each.name for each in fields(ActivityEntry))
Told = frozenset[str]  # what is wrong with one activity: lines without their path
# What says when an activity runs, and whether it gives way to another.
_PLACING = frozenset(
    ("kind", "sol", "start", "minutes", "at_pass", "after", "gap_minutes", "priority",
     "is_optional", "condition", "otherwise")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Item:
    """One activity with the path of the table it came from.

    It may have mistakes; if it `is_placed`, none is in what says when it runs, so that overlaps
    are told beside them. `command` is what the kinds in `COMMANDED` give; `told` is what is wrong
    with it where its template stands.
    """

    path: str
    entry: ActivityEntry
    is_placed: bool = True
    command: PlannedCommand | None = None
    told: Told = frozenset()


def read_activity(
    table: Any, path: str, problems: list[str], rover: RoverSpec | None = None
) -> Item:
    """Read one table; what is wrong with it, or beyond a rover, is added to the problems."""
    kind = _kind_of(table)
    if kind is None or not isinstance(table, Mapping):
        return _read_plain(table, path, problems, rover)
    problems += [f"{path}{text}" for text in misplaced(kind, table)]
    meant = _unknown(kind, table, path, problems)
    own, command = keys_of(kind) if kind in ORDERS else (), None
    try:
        if kind in ORDERS:
            mine = {key: table[key] for key in table if key in own}
            command = parse_order(kind, mine, path, rover)
    except ConfigError as error:
        problems += str(error).split("\n")
    rest = {k: v for k, v in table.items() if k in KEYS and k not in own}
    item = _read_plain(meant | rest, path, problems, rover)
    has_length = kind not in ORDERS or command is not None or item.entry.minutes > 0.0
    return replace(item, command=command, is_placed=item.is_placed and has_length)


def _unknown(
    kind: ActivityKind, table: Mapping[str, Any], path: str, problems: list[str]
) -> dict[str, Any]:
    """Name keys that no kind has, each with the nearest that this kind has.

    What misspelt keys say of the time is returned under the right names.
    """
    known = sorted(((KEYS - DETAILS - {"otherwise"}) | {"else"}).union(keys_of(kind)))
    meant: dict[str, Any] = {}
    for key in table:
        if key in KEYS | DETAILS:
            continue
        like = nearest(key, known)
        problems.append(f"{path}: unknown key {key!r}{like}")
        meant |= {one: table[key] for one in _PLACING if like.endswith(f"{one!r}?")}
    return meant


def _kind_of(table: Any) -> ActivityKind | None:
    word = table.get("kind") if isinstance(table, Mapping) else None
    return ActivityKind(word) if word in tuple(ActivityKind) else None


def _read_plain(table: Any, path: str, problems: list[str], rover: RoverSpec | None) -> Item:
    """Read what is common to all kinds, and the work of those that give no command."""
    try:
        entry = parse(table, ActivityEntry, path)
    except ConfigError as error:
        told = str(error).split("\n")
        problems += told
        return _salvaged(table, path, told, problems, rover)
    problems += [f"{path}{text}" for text in _impossible(entry, rover)]
    return Item(path, entry)


def _impossible(entry: ActivityEntry, rover: RoverSpec | None) -> list[str]:
    """Return what a rover cannot do of an activity, by key; without one, what no rover can."""
    found = impossible_numbers(entry, entry.kind, rover)
    if lost := value_problem("waypoints", None, entry.waypoints):
        return [*found, f".waypoints: {lost.rstrip('.')}"]
    if rover is None:
        return found
    if lack := lacks(rover, entry.kind, entry.navigation):
        found.append(f".kind: {lack.rstrip('.')}")
    goal = (entry.x_m, entry.y_m)
    known = (entry.waypoints or (goal,))[0]  # where it sets out from, nobody knows beforehand
    if far := route_problem(rover.mobility, (known, *entry.waypoints, goal)):
        found.append(f".waypoints: {far.rstrip('.')}")
    return found


def _salvaged(
    table: Any, path: str, told: list[str], problems: list[str], rover: RoverSpec | None
) -> Item:
    """Return what can still be read of a table, and tell what its bad keys have hidden."""
    if not isinstance(table, Mapping):
        return Item(path, ActivityEntry(ActivityKind.AIR), is_placed=False)
    bad = {match[1] for line in told if (match := re.match(r"\.(\w+)", line[len(path) :]))}
    good = {key: value for key, value in table.items() if key in KEYS - bad}
    is_placed = "kind" in good and not bad & _PLACING
    good.setdefault("kind", str(ActivityKind.AIR))
    if good.keys() == table.keys():  # no key of its own is to blame: nothing more can be read
        return Item(path, ActivityEntry(ActivityKind.AIR), is_placed=False)
    try:
        entry = parse(good, ActivityEntry, path)
    except ConfigError as error:
        hidden = str(error).split("\n")
        problems += [line for line in hidden if line not in told]
        item = _salvaged(good, path, hidden, problems, rover)
        return replace(item, is_placed=item.is_placed and is_placed)
    problems += [f"{path}{text}" for text in _impossible(entry, rover)]
    return Item(path, entry, is_placed=is_placed)
