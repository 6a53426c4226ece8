"""Fingerprint of a state, to compare two runs."""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter
from struct import Struct
from typing import Any, NamedTuple

import numpy as np

# A state of the ninetieth sol is some 3,000 small objects and a chart of 590 kB: 14 ms value by
# value, 7 ms with the floats of an object packed at once. Nearly all of it has not changed since
# the fingerprint before, so what is frozen through and through is encoded once and remembered by
# identity: 0.02 ms, 0.5 ms with a new chart; a state just read from a file still takes the 7 ms.
# A memory of the module is safe here. It keeps only values that cannot change: frozen dataclasses
# and tuples of such, and arrays while they are read-only. It holds the objects themselves, so no
# other can get their id, and still compares identity. So what is known can only spare work, never
# alter a fingerprint; forgetting it all changes nothing but time (tests/test_saves.py).
_MOST_KNOWN, _MOST_ARRAYS = 20_000, 4
_CHUNK, _LONG = 16, 256  # values written at once; bytes that go up as they are
_SCALARS = frozenset({int, str, bool, type(None)})
_DOUBLE = Struct("<d")


class _Plan(NamedTuple):
    """How to write objects whose values have these types: all floats at once, then the rest."""

    tag: bytes
    floats: tuple[int, ...]
    pack: Callable[..., bytes]
    scalars: tuple[int, ...]
    others: tuple[int, ...]


_getters: dict[type, Callable[[Any], tuple[Any, ...]]] = {}
_known: dict[int, tuple[Any, bytes]] = {}
_arrays: dict[int, tuple[Any, bytes]] = {}


def digest(value: object) -> str:
    """Fingerprint of a state: 16 hexadecimal digits; refuses anything that is not a plain value.

    Raises
    ------
    TypeError
        If a set, dict, list or other unordered or mutable value is met.
    """
    return blake2b(_encoded(value)[0], digest_size=8).hexdigest()


def forget() -> None:
    """Forget all values met so far, as in a new process: for measuring, and for tests."""
    _known.clear()
    _arrays.clear()


def _encoded(value: Any) -> tuple[bytes, bool]:
    """Return a value as bytes, and whether they may be remembered for this very object."""
    known = _known.get(id(value))
    if known is not None and known[0] is value:
        return known[1], True
    if isinstance(value, tuple):
        text, is_lasting = _together(b"(", value)
    elif is_dataclass(value):
        kind: Any = type(value)
        text, is_lasting = _together(b"<", _getter(kind)(value))
        is_lasting &= kind.__dataclass_params__.frozen
    else:
        return _single(value)
    if is_lasting:
        if len(_known) >= _MOST_KNOWN:
            _known.clear()
        _known[id(value)] = (value, text)
    return text, is_lasting


def _together(mark: bytes, values: tuple[Any, ...]) -> tuple[bytes, bool]:
    parts, is_lasting = [mark], True
    for start in range(0, len(values), _CHUNK):
        part = values[start : start + _CHUNK]
        plan = _plan(tuple(map(type, part)))
        parts += (plan.tag, plan.pack(*[part[at] for at in plan.floats]))
        if plan.scalars:
            # The text of a list keeps neighbours apart: [1, 23] is not [12, 3].
            parts.append(repr([part[at] for at in plan.scalars]).encode())
        for at in plan.others:
            inner, lasts = _encoded(part[at])
            parts.append(inner)
            is_lasting &= lasts
    parts.append(b")")
    text = b"".join(parts)
    # Long ones go up as their own fingerprint, so that a state is put together from little.
    if len(text) > _LONG:
        text = b"#" + blake2b(text, digest_size=16).digest()
    return text, is_lasting


@lru_cache(maxsize=4096)
def _plan(kinds: tuple[type, ...]) -> _Plan:
    letters = "".join("f" if k is float else "s" if k in _SCALARS else "o" for k in kinds)
    floats, scalars, others = (
        tuple(at for at, letter in enumerate(letters) if letter == which) for which in "fso"
    )
    return _Plan(letters.encode(), floats, Struct(f"<{len(floats)}d").pack, scalars, others)


def _getter(cls: type) -> Callable[[Any], tuple[Any, ...]]:
    if cls not in _getters:
        names = [field.name for field in fields(cls)]
        if len(names) > 1:
            _getters[cls] = attrgetter(*names)
        else:
            _getters[cls] = lambda value: tuple(getattr(value, name) for name in names)
    return _getters[cls]


def _single(value: Any) -> tuple[bytes, bool]:
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, float):
        return _DOUBLE.pack(value), True
    if value is None or isinstance(value, int | str):
        text = repr(value).encode()
        return b"%d:" % len(text) + text, True
    raise TypeError(f"State may not hold a {type(value).__name__}: {value!r}")


def _array(value: Any) -> tuple[bytes, bool]:
    """Only the last few read-only arrays are remembered; what holds one is put together anew.

    So a fingerprint never keeps a whole state alive, and never trusts what may be written to.
    """
    known = _arrays.get(id(value))
    if known is not None and known[0] is value and not value.flags.writeable:
        return known[1], False
    hasher = blake2b(f"{value.dtype}{value.shape}".encode(), digest_size=16)
    hasher.update(value.tobytes())
    text = b"#" + hasher.digest()
    if not value.flags.writeable:
        if len(_arrays) >= _MOST_ARRAYS:
            _arrays.pop(next(iter(_arrays)))
        _arrays[id(value)] = (value, text)
    return text, False
