"""Macros of plan files: named groups of activities with parameters, put to use sol by sol.

A template is a table with `name`, `parameters` (names with their usual values) and activities in
which a value "$name" stands for a parameter. A start of "+01:30" counts from the start of the use.
"""

from collections.abc import Mapping
from copy import deepcopy
from typing import Any

from game.config import nearest, shown
from game.mission.plan_entry import PASS_WORDS, UseEntry, hour_of, time_problem

MOST_TABLES = 6000  # more than any plan may have
TEMPLATE_KEYS = ("name", "title", "parameters", "activity")


def plain_activity(table: Any) -> Any:
    """Return an activity's table with the words that people like turned into its fields.

    `else` is the field `otherwise`; a pass may be a whole number; a start of "noon", "night" or
    "next" is a pass.
    """
    if not isinstance(table, Mapping):
        return table
    plain = {("otherwise" if key == "else" else key): value for key, value in table.items()}
    if type(plain.get("at_pass")) is int:
        plain["at_pass"] = str(plain["at_pass"])
    if plain.get("start") in PASS_WORDS and "at_pass" not in plain:
        plain["at_pass"] = plain.pop("start")
    return plain


def template_problems(templates: list[Any], where: str) -> list[str]:
    """Return what is wrong with the templates of a file, a line each."""
    problems: list[str] = []
    for number, template in enumerate(templates):
        here = f"{where}.template[{number}]"
        if not isinstance(template, Mapping):
            problems.append(f"{here}: expected a table, got {shown(template)}")
            continue
        problems += [
            f"{here}: unknown key {key!r}{nearest(key, TEMPLATE_KEYS)}"
            for key in template
            if key not in TEMPLATE_KEYS
        ]
        if not isinstance(template.get("name", template.get("title")), str):
            problems.append(f"{here}: missing key 'name'")
        if not isinstance(template.get("parameters", {}), Mapping):
            problems.append(f"{here}.parameters: expected a table")
        if not isinstance(template.get("activity", []), list):
            problems.append(f"{here}.activity: expected an array")
    return problems


def expanded(
    use: UseEntry, values: Mapping[str, Any], template: Mapping[str, Any], problems: list[str]
) -> list[Any]:
    """Return the activity tables of a template put to use, for all its sols.

    Parameters
    ----------
    use : UseEntry
        Where and when.
    values : mapping
        Parameters that differ from the usual.
    template : mapping
        The template's table.
    problems : list of str
        What is wrong with the values is added here; what is wrong with the template itself is told
        where it stands, see `template_reading.py`.
    """
    usual = dict(template.get("parameters", {}))
    problems += [
        f"template {use.template!r} has no parameter {name!r}{nearest(name, usual)}"
        for name in values
        if name not in usual
    ]
    found: list[Any] = []
    for turn in range(use.sols):
        if len(found) > MOST_TABLES:
            break
        tag = f"{use.name or use.template} {use.sol + turn}"
        for table in deepcopy(list(template.get("activity", []))):
            whole = filled(plain_activity(table), {**usual, **values})
            found.append(_placed(whole, use, turn, tag))
    return found


def filled(table: Any, values: Mapping[str, Any]) -> Any:
    """Return a value with every "$name" in it replaced; 0 for a name without a value."""
    if isinstance(table, Mapping):
        return {key: filled(value, values) for key, value in table.items()}
    if isinstance(table, list):
        return [filled(value, values) for value in table]
    if not (isinstance(table, str) and table.startswith("$")):
        return table
    return values.get(table[1:], 0)


def parameters_in(value: Any) -> list[str]:
    """Return the names of the parameters that a value asks for."""
    if isinstance(value, Mapping):
        return [name for one in value.values() for name in parameters_in(one)]
    if isinstance(value, list):
        return [name for one in value for name in parameters_in(one)]
    return [value[1:]] if isinstance(value, str) and value.startswith("$") else []


def _placed(table: Any, use: UseEntry, turn: int, tag: str) -> Any:
    """Return an activity of a template at its sol and time, with names of its own."""
    if not isinstance(table, dict):
        return table
    table["sol"] = use.sol + turn + (table["sol"] if type(table.get("sol")) is int else 0)
    for key in ("name", "after", "otherwise"):
        if isinstance(table.get(key), str) and table[key]:
            table[key] = f"{tag} {table[key]}"
    start = table.get("start")
    if isinstance(start, str) and start.startswith("+"):
        table["start"] = start[1:]
        if not time_problem(start[1:]):
            hour = hour_of(use.start or "00:00") + hour_of(start[1:])
            table["sol"] += int(hour // 24.0)
            seconds = round(hour % 24.0 * 3600.0)
            table["start"] = f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
    return table
