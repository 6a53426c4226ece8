"""Turn a TOML table into a frozen dataclass: same names, checked, with suggestions."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from difflib import get_close_matches
from enum import StrEnum
from functools import lru_cache
from math import inf, isfinite
from types import GenericAlias
from typing import Any, TypeVar, get_type_hints

from game.errors import ConfigError

T = TypeVar("T")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]")
_LARGEST = 10**308
MOST_SHOWN = 60
_KEY = re.compile(r"\s*[\"']?([\w-]+(?:\.[\w-]+)*)[\"']?\s*=")


def parse(table: Mapping[str, Any], cls: type[T], where: str) -> T:
    """Build `cls` from `table`; `where` names the file and table in error messages.

    Nested dataclasses, enums by value, and `tuple[X, ...]` from arrays are understood. Every
    problem in the table is reported at once.

    Raises
    ------
    ConfigError
        One line a problem: unknown key (with the nearest name), missing key, wrong type, number
        that is not finite, or what the dataclass itself refuses: the lines of its `ValueError`,
        each a sentence about the table, or ".key: sentence" about one of its keys.
    """
    problems: list[str] = []
    result = _build(table, cls, where, problems)
    if problems:
        raise ConfigError("\n".join(problems))
    return result  # type: ignore[no-any-return]


def nearest(name: str, names: Iterable[str]) -> str:
    """Return "; did you mean 'x'?" for the closest of the names, or nothing.

    Capitals make no difference to how close a name is.
    """
    known = {one.lower(): one for one in names}
    close = get_close_matches(name.lower(), known, 1)
    return "".join(f"; did you mean {known[match]!r}?" for match in close)


def why_unreadable(error: Exception) -> str:
    """Say in words for people why the text of a TOML file could not be read."""
    if isinstance(error, UnicodeDecodeError):
        line = error.object[: error.start].count(b"\n") + 1
        return f"is no text in UTF-8 (line {line}); save the file as UTF-8"
    if isinstance(error, RecursionError):
        return "nests brackets too deeply"
    return f"is not valid TOML: {error}"


def shown(value: object) -> str:
    """Return a value from a file as a message quotes it: a long one is cut."""
    text = repr(value)
    return text if len(text) <= MOST_SHOWN else f"{text[: MOST_SHOWN - 1]}…"


def key_lines(text: str) -> dict[str, int]:
    """Return the line of every table and key of a TOML file, by paths as in messages.

    The second table `[[storm]]` is "storm[1]", its key `kind` is "storm[1].kind". Tables written
    in one line are found under the key that holds them, and tables that only hold others where the
    first of those begins.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    path = ""
    for number, line in enumerate(text.splitlines(), 1):
        if match := _HEADER.match(line):
            *parents, last = [part.strip().strip("\"'") for part in match[2].split(".")]
            path = ""
            for part in parents:
                path = f"{path}.{part}".lstrip(".")
                path += f"[{counts[path] - 1}]" if path in counts else ""
                found.setdefault(path, number)
            path = f"{path}.{last}".lstrip(".")
            if match[1] == "[[":
                counts[path] = counts.get(path, 0) + 1
                path += f"[{counts[path] - 1}]"
            found.setdefault(path, number)
        elif match := _KEY.match(line):
            here = path
            for part in match[1].split("."):
                here = f"{here}.{part}".lstrip(".")
                found.setdefault(here, number)
    return found


def located(problems: Iterable[str], where: str, text: str) -> list[str]:
    """Return problems of a file in the order of its lines, each with its line if it has one."""
    lines = key_lines(text)
    found = [_located(problem, where, lines) for problem in problems]
    return [words for _, words in sorted(found, key=lambda one: one[0])]


def _located(problem: str, where: str, lines: Mapping[str, int]) -> tuple[int, str]:
    if not problem.startswith(where):
        return 0, problem
    number = problem_line(problem[len(where) :].lstrip("."), lines)
    if not number:
        return 0, problem
    return number, f"{where}:{number}: {problem[len(where) :].lstrip('.: ')}"


def problem_line(problem: str, lines: Mapping[str, int]) -> int:
    """Return the line of what a problem is about, "path: words", or 0; `lines` by `key_lines`."""
    path, _, words = problem.partition(":")
    if match := re.match(r" unknown (?:key|file|table) '([^']*)'", words):
        path = f"{path}.{match[1]}".lstrip(".")
    return line_of(path, lines)


def line_of(path: str, lines: Mapping[str, int]) -> int:
    """Return the line of a key or table, the nearest around it, or 0; `lines` by `key_lines`."""
    while path and not (lines.keys() & {path, f"{path}[0]"}):
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return lines.get(path, lines.get(f"{path}[0]", 0))


def laid_path(problem: str, under: str) -> str:
    """Return a problem of the rules with the path at which a file lays its numbers over them.

    "orbiter.toml.orbit: ..." is "override.orbiter.orbit: ..." in a file whose table is `override`.
    """
    plain = re.sub(r"^(?:rules: )?(\w+)\.toml(?=[.:])", r"rules.\1", problem)
    return re.sub(r"^rules(?=[.:])", under, plain)


def _build(table: Any, cls: Any, where: str, problems: list[str]) -> Any:
    if not isinstance(table, Mapping):
        problems.append(f"{where}: expected a table, got {shown(table)}")
        return None
    hints, declared = _declared(cls)
    count = len(problems)
    for key in table:
        if key not in declared:
            problems.append(f"{where}: unknown key {key!r}{nearest(key, declared)}")
    for name, field in declared.items():
        optional = field.default is not MISSING or field.default_factory is not MISSING
        if name not in table and not optional:
            problems.append(f"{where}: missing key {name!r}")
    values = {
        key: _value(value, hints[key], f"{where}.{key}", problems)
        for key, value in table.items()
        if key in declared
    }
    if len(problems) > count:
        return None
    try:
        return cls(**values)
    except ValueError as error:
        lines = str(error).split("\n")
        problems += [f"{where}{line}" if line[:1] == "." else f"{where}: {line}" for line in lines]
        return None


@lru_cache(maxsize=512)
def _declared(cls: Any) -> tuple[dict[str, Any], dict[str, Field[Any]]]:
    """Return types and declarations of a class: a level asks for some classes hundreds of times."""
    return get_type_hints(cls), {one.name: one for one in fields(cls) if one.init}


def _value(value: Any, kind: Any, where: str, problems: list[str]) -> Any:
    if isinstance(kind, GenericAlias):
        return _tuple(value, kind, where, problems)
    if is_dataclass(kind):
        return _build(value, kind, where, problems)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _enum(value, kind, where, problems)
    if kind is float and type(value) is int:
        value = float(value) if abs(value) < _LARGEST else inf
    if type(value) is not kind:
        name = getattr(kind, "__name__", str(kind))
        problems.append(f"{where}: expected {name}, got {shown(value)}")
    elif kind is float and not isfinite(value):
        problems.append(f"{where}: must be a finite number, got {value!r}")
    return value


def _tuple(value: Any, kind: GenericAlias, where: str, problems: list[str]) -> Any:
    if not isinstance(value, list):
        problems.append(f"{where}: expected an array, got {shown(value)}")
        return ()
    inner = kind.__args__
    if len(inner) == 2 and inner[1] is Ellipsis:
        inner = (inner[0],) * len(value)
    elif len(inner) != len(value):
        problems.append(f"{where}: expected {len(inner)} values, got {len(value)}")
        return ()
    return tuple(
        _value(item, want, f"{where}[{number}]", problems)
        for number, (item, want) in enumerate(zip(value, inner, strict=True))
    )


def _enum(value: Any, kind: type[StrEnum], where: str, problems: list[str]) -> Any:
    names = [str(member) for member in kind]
    if value not in names:
        problems.append(
            f"{where}: expected one of {', '.join(names)}, got {shown(value)}"
            f"{nearest(value, names) if isinstance(value, str) else ''}"
        )
        return None
    return kind(value)
