"""Fingerprint of a state, to compare two runs."""

from dataclasses import fields, is_dataclass
from hashlib import blake2b
from struct import pack
from typing import Any

import numpy as np


def digest(value: object) -> str:
    """Fingerprint of a state: 16 hexadecimal digits; refuses anything that is not a plain value.

    Raises
    ------
    TypeError
        If a set, dict, list or other unordered or mutable value is met.
    """
    hasher = blake2b(digest_size=8)
    _feed(hasher, value)
    return hasher.hexdigest()


def _feed(hasher: Any, value: Any) -> None:
    if is_dataclass(value):
        for field in fields(value):
            _feed(hasher, getattr(value, field.name))
    elif isinstance(value, tuple):
        hasher.update(b"(%d" % len(value))
        for item in value:
            _feed(hasher, item)
    elif isinstance(value, np.ndarray):
        hasher.update(f"{value.dtype}{value.shape}".encode() + value.tobytes())
    elif isinstance(value, float):
        hasher.update(pack("<d", value))
    elif value is None or isinstance(value, int | str):
        # The length keeps neighbours apart: (1, 23) is not (12, 3).
        text = repr(value).encode()
        hasher.update(b"%d:" % len(text) + text)
    else:
        raise TypeError(f"State may not hold a {type(value).__name__}: {value!r}")
