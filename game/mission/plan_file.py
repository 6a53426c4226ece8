"""Plans as text: one table an activity, times as people say them. Reading; see `plan_text.py`."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from game.commands import Activity, ActivityKind
from game.conditions import parse_condition
from game.config import located, nearest, parse, shown
from game.environment.clock import MOST_SOLS, tick_at
from game.errors import ConfigError
from game.mission.plan import Plan, timed
from game.mission.plan_certain import impossible
from game.mission.plan_entry import (
    LOOKS,
    ActivityEntry,
    PlanContext,
    PlanFile,
    UseEntry,
    hour_of,
)
from game.mission.plan_passes import named_pass, start_at
from game.mission.plan_reading import Item, Told, read_activity
from game.mission.plan_templates import expanded, plain_activity, template_problems
from game.mission.template_reading import is_news, is_sound, told_in_templates
from game.rover.sequencer import is_held

__all__ = ["PlanContext", "hour_of", "parse_plan"]
MOST_ACTIVITIES = 5000  # some fifty a sol
MOST_PROBLEMS = 200  # nobody reads more


def parse_plan(table: Mapping[str, Any], context: PlanContext, where: str, text: str = "") -> Plan:
    """Turn the content of a plan file into a plan.

    Parameters
    ----------
    table : mapping
        The file as read.
    context : PlanContext
        What it is read against.
    where : str
        Name of the file, for messages.
    text : str
        The file itself, so that messages can name lines.

    Raises
    ------
    ConfigError
        With every problem in the file, a line each.
    """
    problems: list[str] = []
    items = _items(table, context, where, problems)
    plan = _plan(items, context, problems)
    if problems:  # what hangs on others may stand at no time of its own
        plan = tuple(activity for activity in plan if not is_held(activity))
    problems += impossible(plan, items, context, problems)
    if problems:
        lines = located(dict.fromkeys(problems), where, text)
        more = [f"{where}: and {len(lines) - MOST_PROBLEMS} more problems"]
        shown = lines[:MOST_PROBLEMS] + (more if len(lines) > MOST_PROBLEMS else [])
        raise ConfigError("\n".join(shown))
    return plan


def _items(
    table: Mapping[str, Any], context: PlanContext, where: str, problems: list[str]
) -> list[Item]:
    """Read all tables; what is wrong with them is added to the problems."""
    plain = dict(table)
    templates = _tables(plain, "template", where, problems)
    problems += template_problems(templates, where)
    told = told_in_templates(templates, where, problems, context)
    named = [one for one in templates if isinstance(one, Mapping)]
    activities = [plain_activity(one) for one in _tables(plain, "activity", where, problems)]
    uses = _tables(plain, "use", where, problems)
    problems += _unknown_tables(plain, where)
    try:
        parse(plain, PlanFile, where)
    except ConfigError as error:
        problems += str(error).split("\n")
    items = [
        read_activity(one, f"{where}.activity[{number}]", problems, context.rover)
        for number, one in enumerate(activities[: MOST_ACTIVITIES + 1])
    ]
    known = dict(context.templates)
    known |= {str(one.get("name", one.get("title"))): one for one in named}
    context = replace(context, templates=known)
    for number, one in enumerate(uses):
        if len(items) > MOST_ACTIVITIES:
            break
        items += _used(one, context, f"{where}.use[{number}]", problems, told)
    if len(items) > MOST_ACTIVITIES:
        problems.append(f"{where}: a plan has at most {MOST_ACTIVITIES:,} activities")
    return items[:MOST_ACTIVITIES]


def _unknown_tables(plain: dict[str, Any], where: str) -> list[str]:
    """Take out of a file what it should not hold, and name it."""
    return _unknown_keys(plain, ("template", *(each.name for each in fields(PlanFile))), where)


def _unknown_keys(plain: dict[str, Any], names: Sequence[str], path: str) -> list[str]:
    """Take keys out of a table that it should not hold, and name them."""
    odd = [key for key in plain if key not in names]
    for key in odd:
        del plain[key]
    return [f"{path}: unknown key {key!r}{nearest(key, names)}" for key in odd]


def _tables(plain: dict[str, Any], key: str, where: str, problems: list[str]) -> list[Any]:
    """Take an array of tables out of a file; every table is read on its own."""
    tables = plain.pop(key, [])
    if isinstance(tables, list):
        return tables
    problems.append(f"{where}.{key}: expected an array, got {shown(tables)}")
    return []


def _used(
    table: Any,
    context: PlanContext,
    here: str,
    problems: list[str],
    told: Mapping[str, tuple[Told, ...]],
) -> list[Item]:
    """Read one use of a template and put it in place; of what is told of the template, no more."""
    known = context.templates
    use, values = _use_of(table, here, problems)
    if use is None:
        return []
    if use.template not in known:
        problems.append(f"{here}.template: unknown template {use.template!r}"
                        f"{nearest(use.template, known)}")  # fmt: skip
        return []
    if not is_sound(known[use.template]):
        return []  # told with the template itself
    trouble: list[str] = []
    tables = expanded(use, values, known[use.template], trouble)
    problems += [f"{here}: {one}" for one in trouble]
    mistakes = told.get(use.template) or (Told(),)
    items: list[Item] = []
    for number, one in enumerate(tables):
        mine, found = mistakes[number % len(mistakes)], list[str]()
        item = read_activity(one, "", found, context.rover)
        problems += [f"{here}: activity {number + 1}{x}" for x in found if is_news(x, mine)]
        items.append(replace(item, path=here, told=mine))
    return items


def _use_of(
    table: Any, here: str, problems: list[str]
) -> tuple[UseEntry | None, Mapping[str, Any]]:
    """Read which template a use means, where it goes, and its values."""
    plain = dict(table) if isinstance(table, Mapping) else table
    values = plain.pop("values", {}) if isinstance(plain, dict) else {}
    if not isinstance(values, Mapping):
        problems.append(f"{here}.values: expected a table, got {shown(values)}")
        values = {}
    if isinstance(plain, dict):
        names = (*(each.name for each in fields(UseEntry)), "values")
        problems += _unknown_keys(plain, names, here)
    try:
        return parse(plain, UseEntry, here), values
    except ConfigError as error:
        problems += str(error).split("\n")
        return None, values


def _plan(items: list[Item], context: PlanContext, problems: list[str]) -> Plan:
    """Join the names and find the times."""
    numbers: dict[str, int] = {}
    for number, item in enumerate(items, 1):
        name = item.entry.name
        if name and name in numbers:
            problems.append(f"{item.path}.name: another activity is called {name!r}, too")
        elif name:
            numbers[name] = number
    instead = {
        numbers[item.entry.otherwise]: number
        for number, item in enumerate(items, 1)
        if item.entry.otherwise in numbers
    }
    found: list[Activity] = []
    for number, item in enumerate(items, 1):
        entry = item.entry
        late = _too_late(entry, context)
        has_time = item.is_placed and not late and entry.after in ("", *numbers)
        timeless = list[str]()
        if has_time:
            times = _time(item, context, number in instead, timeless)
            if not timeless:
                found.append(_activity(number, item, times, (numbers, instead.get(number, 0))))
        trouble = _named_wrongly(entry, numbers, context) + late + timeless
        problems += [f"{item.path}{one}" for one in trouble if is_news(one, item.told)]
    return timed(tuple(found))


def _named_wrongly(
    entry: ActivityEntry, numbers: Mapping[str, int], context: PlanContext
) -> list[str]:
    trouble = [
        f".{key}: no activity is called {name!r}{nearest(name, numbers)}"
        for key, name in (("after", entry.after), ("else", entry.otherwise))
        if name and name not in numbers
    ]
    for key in ("condition", "until", "abort"):
        text = getattr(entry, key)
        if text and context.readings:
            try:
                parse_condition(text, context.readings)
            except ValueError as error:
                trouble.append(f".{key}: {error}")
    return trouble


def _too_late(entry: ActivityEntry, context: PlanContext) -> list[str]:
    last = context.sols or MOST_SOLS
    return [f".sol: sol {entry.sol} is after the last sol, {last}"] if entry.sol > last else []


def _time(
    item: Item, context: PlanContext, is_stand_in: bool, trouble: list[str]
) -> tuple[int, int]:
    """Return start [s of mission time] and length [s]; troubles are added to the list."""
    entry, command = item.entry, item.command
    usual = context.usual_s[entry.kind] if command is None else context.order_s(command)
    length_s = round(entry.minutes * 60.0) or usual
    if not entry.sol and (entry.after or (is_stand_in and not entry.start)):
        return 0, length_s
    if not entry.sol:
        trouble.append(".sol: sol must be 1 or later" if entry.start else ": missing key 'sol'")
        return 0, length_s
    if entry.at_pass:
        after = tick_at(context.site, entry.sol, hour_of(entry.start or "00:00"))
        window = named_pass(context.site, context.passes, entry.sol, entry.at_pass, after)
        if window is None:
            trouble.append(f".at_pass: sol {entry.sol} has no such pass ({entry.at_pass})")
            return 0, length_s
        is_send = entry.kind is ActivityKind.SEND
        start = start_at(window, entry.kind, context.lead_s)
        return start, length_s if entry.minutes or not is_send else window[1] - start
    if not entry.start and not entry.after and not is_stand_in:
        trouble.append(": missing key 'start'")
        return 0, length_s
    return tick_at(context.site, entry.sol, hour_of(entry.start or "00:00")), length_s


def _activity(
    number: int,
    item: Item,
    times: tuple[int, int],
    links: tuple[Mapping[str, int], int],
) -> Activity:
    numbers, instead_of = links
    entry = item.entry
    is_look = entry.kind in LOOKS
    return Activity(
        number=number,
        kind=entry.kind,
        start_tick=times[0],
        duration_s=times[1],
        x_m=entry.x_m,
        y_m=entry.y_m,
        azimuth_rad=math.radians(entry.azimuth_deg) if is_look else 0.0,
        elevation_rad=math.radians(entry.elevation_deg) if is_look else 0.0,
        priority=entry.priority,
        condition=entry.condition,
        waypoints=entry.waypoints,
        navigation=entry.navigation,
        compression=entry.compression,
        range_m=entry.range_m,
        bearing_rad=math.radians(entry.bearing_deg),
        until=entry.until,
        abort=entry.abort,
        is_optional=entry.is_optional,
        name=entry.name,
        after=numbers.get(entry.after, 0),
        gap_s=round(entry.gap_minutes * 60.0),
        instead_of=instead_of,
        at_pass=entry.at_pass,
        command=item.command,
    )
