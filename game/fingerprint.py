"""Fingerprint of a setup: whether a save or a recording belongs to this very world."""

import marshal
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import numpy as np

from game.state import Setup
from game.world.terrain import Terrain

_FORMAT = 2  # of `marshal`: numbers in full, and nothing depends on which objects are shared
# How a level is called and told does not change what happens in it.
_ONLY_WORDS = {"level", "title"}


@lru_cache(maxsize=8)
def fingerprint(setup: Setup) -> str:
    """Return 16 hexadecimal digits over seed, rules, ground and goals: all that steps depend on."""
    parts = {f.name: getattr(setup, f.name) for f in fields(setup) if f.name not in _ONLY_WORDS}
    return blake2b(marshal.dumps(_plain(parts), _FORMAT), digest_size=8).hexdigest()


def _plain(value: Any) -> Any:
    """Return a value of a specification as tuples of numbers, texts and bytes."""
    if value is None or isinstance(value, bool | str | bytes):
        return str(value) if isinstance(value, str) else value
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return float(value)
    if isinstance(value, Terrain):
        return _plain(value.spec)
    if is_dataclass(value):
        kept = (f.name for f in fields(value) if f.compare)
        return type(value).__name__, tuple((name, _plain(getattr(value, name))) for name in kept)
    return _many(value)


def _many(value: Any) -> Any:
    if isinstance(value, Enum):
        return type(value).__name__, _plain(value.value)
    if isinstance(value, tuple | list):
        return tuple(_plain(one) for one in value)
    if isinstance(value, Mapping):
        return tuple(sorted((str(key), _plain(one)) for key, one in value.items()))
    if isinstance(value, set | frozenset):
        return tuple(sorted(map(str, value)))
    if isinstance(value, np.ndarray):
        return str(value.dtype), value.shape, value.tobytes()
    raise TypeError(f"a setup may not hold a {type(value).__name__}")
