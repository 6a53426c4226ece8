"""States and commands as plain tables and arrays, for files, and back again, field by field."""

import base64
import zlib
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from types import GenericAlias, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

import numpy as np

from game.commands import Command
from game.session import LogEntry
from game.state import State

MAX_BYTES = 64 << 20


def encoded(value: Any) -> Any:
    """Return a value as plain tables and arrays; `decoded` makes the same value of them again."""
    if isinstance(value, Enum):
        return {"enum": type(value).__name__, "value": value.value}
    if is_dataclass(value):
        return {
            "type": type(value).__name__,
            **{f.name: encoded(getattr(value, f.name)) for f in fields(value) if f.init},
        }
    if isinstance(value, tuple):
        return [encoded(item) for item in value]
    if isinstance(value, np.ndarray):
        packed = base64.b64encode(zlib.compress(value.tobytes(), 6)).decode("ascii")
        return {"array": str(value.dtype), "shape": list(value.shape), "bytes": packed}
    return value


def decoded(value: Any) -> Any:
    """Return the value that `encoded` was given; every field must be of its declared type."""
    if isinstance(value, list):
        return tuple(decoded(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "array" in value:
        return _array(value)
    if "enum" in value:
        return _CLASSES[value["enum"]](value["value"])
    cls = _CLASSES[value["type"]]
    made = cls(**{key: decoded(item) for key, item in value.items() if key != "type"})
    for name, kind in _kinds(cls).items():
        if not _is_of(getattr(made, name), kind):
            raise TypeError(f"{value['type']}.{name} is of the wrong kind")
    return made


@lru_cache(maxsize=256)
def _kinds(cls: Any) -> dict[str, Any]:
    """Return the types of the fields of a record."""
    hints = get_type_hints(cls)
    return {each.name: hints[each.name] for each in fields(cls)}


def _is_of(value: Any, kind: Any) -> bool:
    """Say whether a value is of the type that a field declares; a NaN is no number."""
    inner = get_args(kind)
    if isinstance(kind, UnionType) or get_origin(kind) is Union:
        return any(_is_of(value, one) for one in inner)
    if get_origin(kind) is tuple:
        return isinstance(value, tuple) and _are_of(value, inner)
    if get_origin(kind) is not None:
        kind = get_origin(kind)
    if kind is float:
        return type(value) in (int, float) and value == value  # noqa: PLR0124 - not so for a NaN
    return type(value) is kind if kind in (int, bool, str) else isinstance(value, kind)


def _are_of(values: tuple[Any, ...], kinds: tuple[Any, ...]) -> bool:
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        return all(_is_of(value, kinds[0]) for value in values)
    return len(values) == len(kinds) and all(map(_is_of, values, kinds))


def _array(value: dict[str, Any]) -> Any:
    shape = tuple(int(side) for side in value["shape"])
    dtype = np.dtype(value["array"])
    size = int(np.prod(shape)) * dtype.itemsize
    if size > MAX_BYTES or dtype.hasobject:
        raise ValueError("array too large")
    raw = zlib.decompressobj().decompress(base64.b64decode(value["bytes"]), size + 1)
    array = np.frombuffer(raw, dtype).reshape(shape).copy()
    array.flags.writeable = False
    return array


def _classes() -> dict[str, Any]:
    """Every dataclass and enum that State and the log are made of, by name."""
    found: dict[str, Any] = {}
    todo: list[Any] = [State, LogEntry, Command]
    while todo:
        kind = todo.pop()
        if isinstance(kind, UnionType | GenericAlias):
            todo += get_args(kind)
        elif isinstance(kind, type) and kind.__name__ not in found:
            if is_dataclass(kind):
                found[kind.__name__] = kind
                todo += get_type_hints(kind).values()
            elif issubclass(kind, Enum):
                found[kind.__name__] = kind
    return found


_CLASSES = _classes()
