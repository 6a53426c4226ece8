"""Number tables that ship with the package, read once: the only file access of the core."""

import pkgutil
from functools import lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.float64]


@lru_cache(maxsize=16)
def table_rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return all rows of `game/data/<name>.csv` as text, the header first."""
    content = pkgutil.get_data("game", f"data/{name}.csv")
    assert content is not None, f"the package lacks data/{name}.csv"
    return tuple(tuple(line.split(",")) for line in content.decode("utf-8").splitlines() if line)


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
