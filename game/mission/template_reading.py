"""The activities of a plan file's templates, read where they stand, whether put to use or not.

Use: `told_in_templates(templates, path, problems, context)`; a use of a template then leaves out
what it is not to blame for (`is_news`).
"""

import re
from collections.abc import Mapping
from itertools import islice
from typing import Any

from game.commands import ActivityKind
from game.conditions import parse_condition
from game.config import nearest, shown
from game.mission.plan_entry import PlanContext
from game.mission.plan_orders import misplaced
from game.mission.plan_reading import Told, read_activity
from game.mission.plan_templates import filled, parameters_in, plain_activity
from game.rover.machine import RoverSpec

MOST_READ = 5000  # activities of one template
_LINKS = (("after", "after"), ("otherwise", "else"))  # the key, and its name in a file


def is_sound(template: Any) -> bool:
    """Say whether the tables of a template can be walked through."""
    if not isinstance(template, Mapping):
        return False
    parameters, activities = template.get("parameters", {}), template.get("activity", [])
    return isinstance(parameters, Mapping) and isinstance(activities, list)


def told_in_templates(
    templates: list[Any], where: str, problems: list[str], context: PlanContext
) -> dict[str, tuple[Told, ...]]:
    """Add what is wrong with the activities of a file's templates to its problems.

    Values that a use may choose are left to the uses.

    Returns
    -------
    dict
        What has been told of each activity, by name of its template.
    """
    found: dict[str, tuple[Told, ...]] = {}
    for number, template in enumerate(templates):
        if not is_sound(template):
            continue
        tables = [plain_activity(one) for one in islice(template.get("activity", []), MOST_READ)]
        names = [one.get("name") for one in tables if isinstance(one, Mapping)]
        texts = [name for name in names if isinstance(name, str)]
        told: list[Told] = []
        for at, table in enumerate(tables):
            lines = _wrong(table, template.get("parameters", {}), context.rover)
            lines += _wrong_words(table, texts, context) if isinstance(table, Mapping) else []
            lines += _timeless(table, tables)
            lines = list(dict.fromkeys(lines))
            problems += [f"{where}.template[{number}].activity[{at}]{line}" for line in lines]
            told.append(frozenset(lines))
        found[str(template.get("name", template.get("title")))] = tuple(told)
    return found


def is_news(line: str, told: Told) -> bool:
    """Say whether a problem of a use, without its path, is news beside those of its template."""
    keys = {_key(one) for one in told} - {""}
    return line not in told and _key(line) not in keys


def _key(line: str) -> str:
    match = re.match(r"\.(\w+)", line)
    return match[1] if match else ""


def _wrong(table: Any, parameters: Mapping[str, Any], rover: RoverSpec | None) -> list[str]:
    """Return what is wrong with one activity whatever a use makes of its parameters."""
    if not isinstance(table, Mapping):
        return [f": expected a table, got {shown(table)}"]
    asked = {key: names for key, value in table.items() if (names := parameters_in(value))}
    lines = [
        f".{key}: unknown parameter '${name}'{nearest(name, parameters)}"
        for key, names in asked.items()
        for name in names
        if name not in parameters
    ]
    usual = {key: filled(value, parameters) for key, value in table.items()}
    start = usual.get("start")
    if isinstance(start, str) and start.startswith("+"):
        usual["start"] = start[1:]
    found: list[str] = []
    read_activity(usual, "", found, rover)
    if "kind" in asked:  # which keys belong to it is known with the use
        return lines + [line for line in found if "unknown key" in line]
    kind = usual.get("kind")
    lost = misplaced(ActivityKind(kind), usual) if kind in tuple(ActivityKind) else []
    return lines + [line for line in found if line in lost or _key(line) not in asked]


def _wrong_words(table: Mapping[str, Any], names: list[str], context: PlanContext) -> list[str]:
    """Return what is wrong with the names and conditions of one activity."""
    found: list[str] = []
    for key, said in _LINKS:
        name = table.get(key)
        if isinstance(name, str) and name and not name.startswith("$") and name not in names:
            found.append(f".{said}: no activity of the template is called {name!r}"
                         f"{nearest(name, names)}")  # fmt: skip
    for key in ("condition", "until", "abort"):
        text = table.get(key)
        if isinstance(text, str) and text and not text.startswith("$") and context.readings:
            try:
                parse_condition(text, context.readings)
            except ValueError as error:
                found.append(f".{key}: {error}")
    return found


def _timeless(table: Any, tables: list[Any]) -> list[str]:
    """Say that nothing tells when an activity runs, or nothing."""
    if not isinstance(table, Mapping) or any(
        table.get(key) for key in ("start", "at_pass", "after")
    ):
        return []
    calls = [one["otherwise"] for one in tables if isinstance(one, Mapping) and "otherwise" in one]
    is_called = table.get("name", "") in calls or any(parameters_in(call) for call in calls)
    return [] if is_called else [": missing key 'start'"]
