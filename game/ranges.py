"""What numbers may be written over those of `game/data`: by place, by key, by unit, by ours."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf, isfinite, isnan
from typing import Any

Table = Mapping[str, Any]
Place = tuple[str, ...]
_LARGEST = 1.7976931348623157e308
_BEFORE = frozenset(
    ("1", "per", "w", "j", "m", "m2", "m3", "km2", "k", "kg", "wh", "pa", "s", "deg", "bit")
)


@dataclass(frozen=True, slots=True)
class Range:
    """Lowest and highest of a number; `least` is how small one may be that is not 0."""

    lowest: float
    highest: float
    least: float = 0.0

    def admits(self, value: float) -> bool:
        """Tell whether a finite number lies inside."""
        return self.lowest <= value <= self.highest and (value == 0.0 or abs(value) >= self.least)

    def __str__(self) -> str:
        """Say the range as a sentence's object."""
        if self.least == 0.0:
            return _span(self.lowest, self.highest)
        spans = []
        if self.lowest < 0.0:
            spans.append(_span(self.lowest, -self.least))
        if self.highest > 0.0:
            spans.append(_span(max(self.lowest, self.least), self.highest))
        if self.lowest <= 0.0 <= self.highest:
            spans.append("0")
        return " or ".join((", ".join(spans[:-1]), spans[-1])) if spans[1:] else spans[0]


@dataclass(frozen=True, slots=True)
class Ranges:
    """`game/data/ranges.toml`: see there what is asked first."""

    place: Mapping[str, Sequence[float]]
    key: Mapping[str, Sequence[float]]
    unit: Mapping[str, Sequence[float]]
    times: float
    part: float
    may_vanish: frozenset[str]

    def of(self, place: Place, ours: Sequence[float]) -> Range:
        """Return the range of a number at a place, where we have the numbers `ours` (may be empty).

        Items of arrays share the place of their array.
        """
        key = place[-1]
        unit = _unit(key)
        for table, name in ((self.place, ".".join(place)), (self.key, key), (self.unit, unit)):
            if name in table:
                lowest, highest = table[name]
                return Range(lowest, highest)
        if not any(ours):
            return Range(-inf, inf)
        most = self.times * max(abs(value) for value in ours)
        least = self.part * min(abs(value) for value in ours if value)
        if min(ours) > 0.0 and not self.may_vanish & {unit, key.partition("_")[0]}:
            return Range(least, most)
        return Range(-most if min(ours) < 0.0 else 0.0, most if max(ours) > 0.0 else 0.0, least)


def ranges(table: Table) -> Ranges:
    """Return the ranges that a parsed `ranges.toml` holds."""
    ours = table["ours"]
    return Ranges(
        place=table["place"],
        key=table["key"],
        unit=table["unit"],
        times=ours["times"],
        part=ours["part"],
        may_vanish=frozenset(ours["may_vanish"]),
    )


def out_of_range(limits: Ranges, name: str, over: Any, ours: Any) -> list[str]:
    """Name every number of an override of the file `name` that lies outside its range.

    Parameters
    ----------
    over, ours
        The table laid over, and the shipped one.

    Returns
    -------
    list of str
        A sentence a number, with its place, its range and the shipped value. Words, truth values
        and numbers that are not finite are left to whoever reads the table.
    """
    known: dict[Place, list[float]] = {}
    for _, place, value in _numbers(ours, (name,), name):
        known.setdefault(place, []).append(value)
    problems = []
    for where, place, value in _numbers(over, (name,), name):
        found = known.get(place, [])
        limit = limits.of(place, found)
        if isfinite(value) and not limit.admits(value):
            told = f" (ours is {found[0]:g})" if len(found) == 1 else ""
            problems.append(f"rules.{where}: must be {limit}, got {value:g}{told}")
    return problems


def out_of_rows(rows: Mapping[str, Sequence[float]], table: Any, where: str) -> list[str]:
    """Name every number of a table that lies outside the row of its key, lowest and highest.

    Parameters
    ----------
    rows
        By key; an item of an array shares the row of its array.
    table, where
        What is asked about, and how messages name it.
    """
    problems = []
    for path, place, value in _numbers(table, (where,), where):
        limit = Range(*rows[place[-1]]) if place[-1] in rows else Range(-inf, inf)
        if not isnan(value) and not limit.admits(value):
            problems.append(f"{path}: must be {limit}, got {value:g}")
    return problems


def _numbers(table: Any, place: Place, where: str) -> Iterator[tuple[str, Place, float]]:
    """Return every number below a table: where it is in words, its place, its value."""
    if isinstance(table, Mapping):
        for key, value in table.items():
            yield from _numbers(value, (*place, str(key)), f"{where}.{key}")
    elif isinstance(table, list | tuple):
        for number, value in enumerate(table):
            yield from _numbers(value, place, f"{where}[{number}]")
    elif isinstance(table, int | float) and not isinstance(table, bool):
        yield where, place, inf if abs(table) > _LARGEST else float(table)


def _span(lowest: float, highest: float) -> str:
    return f"from {lowest:g} to {highest:g}"


def _unit(key: str) -> str:
    """Return the unit at a key's end; a part of a longer one, as in `rate_1_sol`, is none."""
    front, _, unit = key.rpartition("_")
    return "" if front.rpartition("_")[2] in _BEFORE else unit
