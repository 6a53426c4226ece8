"""Fingerprint of a setup: whether a save or a recording belongs to this very world."""

from dataclasses import fields
from functools import lru_cache

from game.digest import digest
from game.state import Setup

# How a level is called and told does not change what happens in it; ground is what its spec says.
_APART = {"level", "title", "terrain"}


@lru_cache(maxsize=8)
def fingerprint(setup: Setup) -> str:
    """Return 16 hexadecimal digits over seed, rules, ground and goals: all that steps depend on."""
    rest = tuple(getattr(setup, f.name) for f in fields(setup) if f.name not in _APART)
    return digest((setup.terrain.spec, *rest))
