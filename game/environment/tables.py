"""Number tables that ship with the package, read once: the only file access of the core."""

import pkgutil
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


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


def toml_table(name: str) -> Mapping[str, Any]:
    """Return `game/data/<name>.toml` without its schema line."""
    return {k: v for k, v in tomllib.loads(_text(f"{name}.toml")).items() if k != "schema"}


def _text(file: str) -> str:
    content = pkgutil.get_data("game", f"data/{file}")
    assert content is not None, f"the package lacks data/{file}"
    return content.decode("utf-8")
