"""Frozen values made quickly: one with some fields changed, or a new one from all its fields.

Use: `changed(state, speed_m_s=0.0)`, where `dataclasses.replace` would be asked thousands of times,
and `quick(PowerState)`, called like the class itself, where every step makes a new one.
"""

from collections.abc import Callable
from dataclasses import MISSING, field, fields, make_dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any, ParamSpec, TypeVar

Value = TypeVar("Value")
Fields = ParamSpec("Fields")


def quick(kind: Callable[Fields, Value]) -> Callable[Fields, Value]:
    """Return what makes values of a frozen dataclass with slots, called like the class.

    Notes
    -----
    A frozen class writes each field by a call of `object.__setattr__`: making states was a twelfth
    of a mission. Here the value is filled as one of an open twin of the class, which has the same
    slots, and becomes one of the frozen class once it is full: a third of the time. A class that
    checks its values (`__post_init__`) is returned as it is.

    Raises
    ------
    TypeError
        If the class is not made of slots.
    """
    known: Any = kind
    every = fields(known)
    if hasattr(known, "__post_init__") or any(one.default_factory is not MISSING for one in every):
        return kind

    def closed(value: Any) -> None:
        value.__class__ = known

    rows = [(one.name, Any, field(default=one.default)) for one in every]
    twin: Any = make_dataclass(
        known.__name__, rows, slots=True, eq=False, repr=False, namespace={"__post_init__": closed}
    )
    made: Callable[Fields, Value] = twin
    return made


def changed(value: Value, **news: object) -> Value:
    """Return a copy of a frozen dataclass with some fields changed, checked as when it was built.

    Notes
    -----
    `dataclasses.replace` walks over every field in Python: 17 calls for each leg of a drive, on
    values of two dozen fields, were a sixth of all driving. One `attrgetter` reads all of them at
    once, and `quick` makes the copy; the time falls to a fifth.

    Raises
    ------
    KeyError
        If there is no field of a name.
    """
    kind: Any = type(value)
    read, places, make = _form(kind)
    values = list(read(value))
    for name, new in news.items():
        values[places[name]] = new
    copy: Value = make(*values)
    return copy


@lru_cache(maxsize=256)
def _form(
    kind: type,
) -> tuple[Callable[[object], tuple[Any, ...]], dict[str, int], Callable[..., Any]]:
    """Return what reads all fields of a class, where each of them stands, and what makes one."""
    known: Any = kind
    every = fields(known)
    if len(every) < 2 or not all(one.init and not one.kw_only for one in every):
        raise TypeError(f"{kind.__name__} cannot be built from its fields in order")
    names = [one.name for one in every]
    has_slots = "__slots__" in vars(kind)
    make = quick(known) if has_slots else known
    return attrgetter(*names), {name: place for place, name in enumerate(names)}, make
