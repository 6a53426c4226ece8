"""mission.toml: title, dates, goals, story, storms, faults, orbit and overrides of a level."""

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from game.config import located, nearest, parse
from game.environment.storms import StormSpec
from game.errors import ConfigError
from game.levels.level import LevelObjective, Opening, StoryBeat
from game.levels.orbit_file import SECTION, checked_overrides, orbit_table
from game.levels.placing import checked_values
from game.levels.problems import Problems
from game.levels.schema import MapSheet, range_problems, ranged
from game.rover.faults import FaultEntry

SCHEMA = 1
FILE_NAME = "mission.toml"
TABLES = ("schema", "rules", "objects", SECTION)  # besides those of `MissionFile`
MAX_FILE_BYTES = 1024 * 1024
MAX_SEED = 2**63 - 1


@dataclass(frozen=True, slots=True)
class MissionFile:
    """The plain part of a mission.toml.

    `map` names a .tmx file in the same folder; without one the ground is all made from the seed.
    `is_open_ground` takes the landmarks of the site away, so that only the level's own remain.
    `preset` names the ground and site in game/data/terrain.toml; `sols` is the number of
    the last sol; `agent` who flies it headless if nobody else is named.
    """

    title: str
    description: str = ""
    author: str = ""
    licence: str = ""
    map: str = ""
    preset: str = "utopia-planitia"
    is_open_ground: bool = False
    seed: int = ranged(1, -MAX_SEED, MAX_SEED)
    sols: int = ranged(90, 1, 669)
    difficulty: str = "operator"
    agent: str = "baseline"
    opening: Opening = field(default_factory=lambda: Opening(8, 9.5))
    objectives: tuple[LevelObjective, ...] = ()
    story: tuple[StoryBeat, ...] = ()
    storms: tuple[StormSpec, ...] = ()
    faults: tuple[FaultEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class MissionTables:
    """A mission.toml in its three parts: the plain one, rules overrides, objects."""

    mission: MissionFile
    rules: Mapping[str, object]
    objects: tuple[Mapping[str, object], ...]


def read_mission(path: Path, problems: Problems) -> MissionTables | None:
    """Read a mission.toml; on trouble note why and return nothing."""
    text = _text(path, problems)
    table = None if text is None else _table(text, problems)
    if text is None or table is None:
        return None
    version = table.pop("schema", None)
    if version != SCHEMA or isinstance(version, bool):
        said = "missing" if version is None else repr(version)
        problems.add(f"'schema' must be {SCHEMA}, but is {said}", f"write schema = {SCHEMA} on top")
    rules, objects = _rules(table, text, problems), table.pop("objects", [])
    if not isinstance(objects, list) or not all(isinstance(part, dict) for part in objects):
        problems.add("'objects' must be tables, each written as [[objects]]")
        objects = []
    try:
        mission = parse(table, MissionFile, "")
    except ConfigError as error:
        for line in located(str(error).splitlines(), "", text):
            problems.add(_worded(line, table))
        return None
    for text in range_problems(mission):
        problems.add(text)
    return MissionTables(mission, rules, tuple(objects))


def _worded(line: str, table: Mapping[str, Any]) -> str:
    """Return a sentence of the parser as a level tells it, with the nearest of all tables."""
    numbered = re.match(r":(\d+): (.*)", line)
    words = f"line {numbered[1]}: {numbered[2]}" if numbered else line.lstrip(".: ")
    unknown = re.search(r"unknown key '([^']*)'$", words)
    is_table = unknown is not None and unknown[1] in table
    return words + nearest(unknown[1], TABLES) if unknown and is_table else words


def _rules(table: dict[str, Any], text: str, problems: Problems) -> dict[str, Any]:
    """Take the overrides out of a table, with an orbit of the mission's own among them."""
    rules: dict[str, Any] = table.pop("rules", {})
    if not isinstance(rules, dict) or not all(isinstance(part, dict) for part in rules.values()):
        problems.add("'rules' must hold tables, such as [rules.rover]")
        rules = {}
    rules = checked_overrides(rules, text, problems)
    if SECTION in table:
        orbit = orbit_table(table.pop(SECTION), text, problems.within(f"[{SECTION}]"))
        if orbit is not None:
            rules = rules | {SECTION: {**rules.get(SECTION, {}), "orbit": orbit}}
    return rules


def mission_of_map(
    properties: Mapping[str, object], stem: str, problems: Problems
) -> MissionTables | None:
    """Return the mission that a map without a mission.toml describes by its own properties."""
    values = checked_values(MapSheet, properties, problems.within("map"))
    if values is None:
        return None
    build: Callable[..., MapSheet] = MapSheet
    sheet = build(**values)
    for text in range_problems(sheet):
        problems.add(f"map property {text}")
    plain = {each.name for each in fields(MissionFile)} & {each.name for each in fields(MapSheet)}
    said = {name: getattr(sheet, name) for name in plain} | {"title": sheet.title or stem}
    opening = Opening(sheet.opening_sol, sheet.opening_hour_lmst)
    return MissionTables(MissionFile(**said, opening=opening), {}, ())


def _text(path: Path, problems: Problems) -> str | None:
    try:
        if path.stat().st_size <= MAX_FILE_BYTES:
            return path.read_text(encoding="utf-8")
        problems.add(f"is larger than {MAX_FILE_BYTES // 1024} KiB")
    except OSError as error:
        problems.add(f"cannot be read: {error.strerror or error}")
    except UnicodeDecodeError:
        problems.add("is not UTF-8 text", "save the file as UTF-8")
    return None


def _table(text: str, problems: Problems) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        problems.add(f"is not valid TOML: {error}")
    except RecursionError:
        problems.add("nests brackets too deeply")
    return None
