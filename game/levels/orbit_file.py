"""The `[orbiter]` table of a mission.toml or of an orbit file: an orbit of one's own.

Use: `orbit_table(table, text, problems)` gives the elements for `rules["orbiter"]["orbit"]`, or
nothing after noting every problem with the line it stands in. `read_orbit_file(path)` does so for
a file. An orbit is given in full; nothing is taken from the one that the game ships.
"""

import math
import re
import tomllib
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from game.config import key_lines, line_of, nearest, parse, why_unreadable
from game.errors import ConfigError, LevelError
from game.levels.problems import Problems
from game.orbiter.orbit import BodySpec, OrbitSpec
from game.orbiter.orbit_check import RANGES, body_problems, element_problems
from game.rules import load_table

SECTION = "orbiter"
MAX_FILE_BYTES = 1024 * 1024
_KEYS = tuple(each.name for each in fields(OrbitSpec))


def orbit_table(table: object, text: str, problems: Problems) -> dict[str, object] | None:
    """Check an `[orbiter]` table and return it with every key, or note what is wrong with it."""
    if not isinstance(table, Mapping):
        place = _line_words(text, SECTION)
        problems.add(f"{place}'{SECTION}' must be a table, written as [{SECTION}]")
        return None
    body = parse(load_table("orbiter")["body"], BodySpec, "orbiter.toml.body")
    count = len(problems.found)
    found = [*element_problems(table)]
    found += body_problems(body.gm_m3_s2, body.equator_radius_m, table)
    for key, words in found:
        problems.add(f"{_place(text, key)}{key}: {words}")
    told = {key for key, _ in found}
    orbit = _parsed(table, text, problems, told)
    problems.found[count:] = sorted(problems.found[count:], key=_line_in)
    if len(problems.found) > count or orbit is None:
        return None
    return {key: str(value) if key == "model" else value for key, value in asdict(orbit).items()}


def checked_overrides(rules: dict[str, Any], text: str, problems: Problems) -> dict[str, Any]:
    """Check elements that `[rules.orbiter.orbit]` changes; those that are wrong are noted and left.

    The rest of the rules is checked later, all at once; without this, a misspelt key would hide
    an impossible orbit.
    """
    changed = rules.get(SECTION, {}).get("orbit")
    if not isinstance(changed, Mapping):
        return rules
    shipped = load_table("orbiter")
    body = parse(shipped["body"], BodySpec, "orbiter.toml.body")
    values = {**shipped["orbit"], **changed}
    found = [*element_problems(values)]
    found += body_problems(body.gm_m3_s2, body.equator_radius_m, values)
    part = "rules.orbiter.orbit"
    for key, words in found:
        problems.add(f"{_place(text, key, part)}{part}.{key}: {words}")
    told = {key for key, _ in found}
    kept = {key: value for key, value in changed.items() if key not in told}
    if found:  # with the other keys, the orbit that the game ships might not hold together
        kept = {key: value for key, value in kept.items() if not _is_element(key, value)}
    return rules | {SECTION: {**rules[SECTION], "orbit": kept}}


def _is_element(key: str, value: object) -> bool:
    return key in _KEYS and isinstance(value, float) and math.isfinite(value)


def read_orbit_file(path: Path) -> dict[str, object]:
    """Return the orbit of a file: one with an `[orbiter]` table, such as a mission.toml.

    Raises
    ------
    LevelError
        With every problem, each with its line and key.
    """
    problems = Problems(str(path))
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise LevelError(f"{path}: is larger than {MAX_FILE_BYTES // 1024} KiB")
        text = path.read_text(encoding="utf-8")
        table = tomllib.loads(text)
    except OSError as error:
        raise LevelError(f"{path}: cannot be read: {error.strerror or error}") from None
    except (ValueError, RecursionError) as error:
        raise LevelError(f"{path}: {why_unreadable(error)}") from None
    if SECTION not in table:
        like = [
            f"; {_line_words(text, key)}should [{key}] be [{SECTION}]?"
            for key in table
            if nearest(key, [SECTION])
        ]
        raise LevelError(f"{path}: has no [{SECTION}] table{''.join(like)}")
    orbit = orbit_table(table[SECTION], text, problems)
    problems.raise_if_any()
    if orbit is None:  # never without a problem, but say so to the reader and to the type checker
        raise LevelError(f"{path}: the orbit cannot be read")
    return orbit


def line_words(path: Path | None, problem: tuple[str, str]) -> str:
    """Return a key of an orbit and what is wrong with it, with its line in the file if any."""
    key, words = problem
    text = "" if path is None else path.read_text(encoding="utf-8")
    return f"{_place(text, key)}{key}: {words}"


def _parsed(
    table: Mapping[str, object], text: str, problems: Problems, told: set[str]
) -> OrbitSpec | None:
    """Build the orbit; keys whose trouble has been told are replaced by harmless values."""
    harmless: dict[str, object] = {
        "eccentricity": 0.0,
        "inclination_deg": 0.0,
        **dict.fromkeys(RANGES, 0.0),
        "semi_major_axis_m": 1.0e7,
        "mean_anomaly_rate_deg_day": 1.0,
        "epoch_utc": "2021-06-03T00:00:00Z",
        "start_utc": "",
        "end_utc": "",
    }
    values = {key: harmless[key] if key in told else value for key, value in table.items()}
    if "mean_anomaly_rate_deg_day" in told:
        values["mean_anomaly_rate_deg_day"] = 1.0
    try:
        return parse(values, OrbitSpec, SECTION)
    except ConfigError as error:
        for line in str(error).splitlines():
            words = line.removeprefix(f"{SECTION}: ").removeprefix(f"{SECTION}.")
            problems.add(_place(text, _key_of(line)) + words)
        return None


def _key_of(line: str) -> str:
    """Return the key that a sentence of the parser is about, or nothing."""
    dotted = re.match(rf"{SECTION}\.(\w+)", line)
    quoted = re.search(r"unknown key '([^']*)'", line)
    return dotted[1] if dotted else quoted[1] if quoted else ""


def _line_words(text: str, path: str) -> str:
    """Return "line 12: " for a table or key at the top of a file; empty if it is nowhere."""
    number = line_of(path, key_lines(text))
    return f"line {number}: " if number else ""


def _line_in(sentence: str) -> int:
    """Return the line that a sentence names, or 0."""
    named = re.search(r"\bline (\d+): ", sentence)
    return int(named[1]) if named else 0


def _place(text: str, key: str, section: str = SECTION) -> str:
    """Return "line 12: " for a key of the table, or the line of the table without the key."""
    return _line_words(text, f"{section}.{key}")
