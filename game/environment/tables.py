"""Number tables that ship with the package, read once: the only file access of the core."""

import pkgutil
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from game.config import nearest, parse, shown, why_unreadable
from game.errors import ConfigError
from game.ranges import out_of_rows

Column = NDArray[np.float64]
T = TypeVar("T")
PLANET = "mars.toml.planet"


def table_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return all rows of `game/data/<name>.csv` as text, the header first; keep what you need."""
    return tuple(tuple(line.split(",")) for line in _text(f"{name}.csv").splitlines() if line)


@lru_cache(maxsize=16)
def table_columns(name: str) -> MappingProxyType[str, Column]:
    """Return the columns of `game/data/<name>.csv` by their header, as read-only arrays."""
    header, *rows = table_rows(name)
    columns = {}
    for index, title in enumerate(header):
        column = np.array([float(row[index]) for row in rows])
        column.flags.writeable = False
        columns[title] = column
    return MappingProxyType(columns)


def planet(section: str, kind: type[T]) -> T:
    """Return one table of `[planet]` in `data/mars.toml`: what is so on Mars in every level.

    Asked for once, where the formulas stand that need it, when their file is imported.

    Raises
    ------
    ConfigError
        With every problem of the table, and with every table that nobody asks for. What each
        number may be is the row of its name in `[planet]` of `data/ranges.toml`.
    """
    tables, rows = toml_table("mars").get("planet", {}), toml_table("ranges")["planet"]
    if not isinstance(tables, Mapping):
        raise ConfigError(f"{PLANET}: expected a table, got {shown(tables)}")
    problems = [
        f"{PLANET}: unknown table {name!r}{nearest(name, rows)}"
        for name in tables
        if name not in rows
    ]
    table, where = tables.get(section, {}), f"{PLANET}.{section}"
    problems += out_of_rows(rows.get(section, {}), table, where)
    try:
        read = parse(table, kind, where)
    except ConfigError as error:
        raise ConfigError("\n".join([*problems, str(error)])) from None
    if problems:
        raise ConfigError("\n".join(problems))
    return read


@lru_cache(maxsize=32)
def toml_table(name: str) -> Mapping[str, Any]:
    """Return `game/data/<name>.toml`.

    Raises
    ------
    ConfigError
        If it is no TOML.
    """
    try:
        return tomllib.loads(_text(f"{name}.toml"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"{name}.toml {why_unreadable(error)}") from error


def _text(file: str) -> str:
    content = pkgutil.get_data("game", f"data/{file}")
    assert content is not None, f"the package lacks data/{file}"
    return content.decode("utf-8")
