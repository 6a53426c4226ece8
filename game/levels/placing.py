"""Objects of a map or of a mission.toml, checked against their class and put on the ground."""

import math
from collections.abc import Callable, Mapping
from dataclasses import fields
from enum import StrEnum
from typing import get_type_hints

from game.config import nearest
from game.levels.level import Placed, Points
from game.levels.problems import Problems, quoted
from game.levels.properties import Value
from game.levels.schema import OBJECT_CLASSES, ObjectRecord, range_problems
from game.levels.tiled_layers import MapObject
from game.levels.tiled_objects import Shape, label

# An ellipse counts as a circle if its two diameters differ by less than this share.
ROUND_TOLERANCE_FRAC = 0.02
MAX_POINTS = 200
MAX_WHOLE = 2**53
PLACE_KEYS = ("class", "name", "x_m", "y_m", "points_m")


def placed_from_map(
    item: MapObject, origin: tuple[float, float], problems: Problems
) -> Placed | None:
    """Return a map object with `origin` (the lander, in metres of the map) moved to zero."""
    place = problems.within(f"layer {quoted(item.layer)}").within(
        label(item.number, item.name, item.kind)
    )
    properties = record_of(item.kind, item.properties, place)
    if properties is None or not _shape_fits(item.kind, item.shape, place):
        return None
    points = tuple((x - origin[0], y - origin[1]) for x, y in item.points_m)
    is_round = item.shape is Shape.ELLIPSE and math.isclose(
        item.width_m, item.height_m, rel_tol=ROUND_TOLERANCE_FRAC
    )
    if item.shape is Shape.ELLIPSE and not is_round and Shape.POLYGON not in _shapes(item.kind):
        place.add(
            f"a {item.kind} is round, but this one is {item.width_m:.1f} m × {item.height_m:.1f} m",
            "make width and height equal",
        )
    drawn_m = (item.width_m + item.height_m) / 4.0 if is_round else 0.0
    radius = _radius_m(item.kind, properties, drawn_m, bool(points), place)
    outline = () if radius > 0.0 else points
    x_m, y_m = item.x_m - origin[0], item.y_m - origin[1]
    return Placed(item.kind, item.name, x_m, y_m, radius, outline, properties, place.where)


def placed_from_table(table: Mapping[str, object], problems: Problems) -> Placed | None:
    """Return an `[[objects]]` table of a mission.toml as an object."""
    kind, name = table.get("class"), table.get("name", "")
    if not isinstance(kind, str) or not isinstance(name, str):
        problems.add("'class' and 'name' must be texts", 'write class = "sample_site"')
        return None
    place = problems.within(f"{quoted(name)} ({kind[:40]})")
    rest = {key: value for key, value in table.items() if key not in PLACE_KEYS}
    properties = record_of(kind, rest, place)
    points = _table_points(table.get("points_m", []), place)
    middle = [_table_number(table, key, points, place) for key in ("x_m", "y_m")]
    if properties is None or not _shape_fits(kind, Shape.POLYGON if points else Shape.POINT, place):
        return None
    radius = _radius_m(kind, properties, 0.0, bool(points), place)
    return Placed(kind, name, middle[0], middle[1], radius, points, properties, place.where)


def record_of(
    kind: str, properties: Mapping[str, object], problems: Problems
) -> ObjectRecord | None:
    """Return the record of an object class with the given properties, defaults for the others."""
    known = OBJECT_CLASSES.get(kind)
    if known is None:
        said = "has no class" if not kind else f"unknown class {quoted(kind)}"
        problems.add(
            f"{said}{nearest(kind, OBJECT_CLASSES)}",
            f"set the class to one of {', '.join(OBJECT_CLASSES)}",
        )
        return None
    values = checked_values(known.record, properties, problems)
    if values is None:
        return None
    build: Callable[..., ObjectRecord] = known.record
    record = build(**values)
    for text in range_problems(record):
        problems.add(f"property {text}")
    return record


def checked_values(
    record: type, properties: Mapping[str, object], problems: Problems
) -> dict[str, Value] | None:
    """Return the values for the fields of a record, or note what is unknown or of another type."""
    hints = get_type_hints(record)
    names = [each.name for each in fields(record)]
    values: dict[str, Value] = {}
    wrong = len(problems.found)
    for name, value in properties.items():
        if name not in names:
            problems.add(f"unknown property {name!r}{nearest(name, names)}")
            continue
        good = _typed(value, hints[name], problems.within(f"property {name!r}"))
        if good is not None:
            values[name] = good
    return values if len(problems.found) == wrong else None


def _typed(value: object, kind: type, problems: Problems) -> Value | None:
    if kind is float and type(value) is int and abs(value) < MAX_WHOLE:
        value = float(value)
    if kind is float and isinstance(value, float) and not math.isfinite(value):
        problems.add(f"must be a finite number, not {value!r}")
        return None
    if issubclass(kind, StrEnum):
        names = [str(member) for member in kind]
        if isinstance(value, str) and value in names:
            return kind(value)
        hint = nearest(value, names) if isinstance(value, str) else ""
        problems.add(f"must be one of {', '.join(names)}, not {value!r}{hint}")
        return None
    if type(value) is not kind:
        word = {"str": "string"}.get(kind.__name__, kind.__name__)
        problems.add(
            f"must be a {word}, not {value!r}",
            f"delete the property in Tiled and add it again with the type {word}",
        )
        return None
    return value  # type: ignore[return-value]


def _shapes(kind: str) -> tuple[Shape, ...]:
    return OBJECT_CLASSES[kind].shapes


def _shape_fits(kind: str, shape: Shape, problems: Problems) -> bool:
    if shape in _shapes(kind):
        return True
    good = " or ".join(_shapes(kind))
    problems.add(f"is drawn as a {shape}, but a {kind} is a {good}", f"draw a {good} instead")
    return False


def _radius_m(
    kind: str, properties: ObjectRecord, drawn_m: float, has_outline: bool, problems: Problems
) -> float:
    """Return the radius: the property if set, else as drawn; points that need one must set it."""
    field = OBJECT_CLASSES[kind].size or "radius_m"
    said = float(getattr(properties, field, 0.0))
    said_m = said / 2.0 if field == "diameter_m" else said
    if said_m > 0.0 or drawn_m > 0.0 or has_outline:
        return said_m or drawn_m
    if OBJECT_CLASSES[kind].size:
        problems.add(f"has no size: {field!r} is 0", f"set {field!r}, or draw a circle in Tiled")
    return 0.0


def _table_points(value: object, problems: Problems) -> Points:
    if value == []:
        return ()
    pairs = value if isinstance(value, list) else []
    good = 3 <= len(pairs) <= MAX_POINTS and all(
        isinstance(pair, list) and len(pair) == 2 and all(_is_number(part) for part in pair)
        for pair in pairs
    )
    if not good:
        problems.add(f"'points_m' must be 3 to {MAX_POINTS} pairs of numbers, [[x, y], …]")
        return ()
    return tuple((float(x), float(y)) for x, y in pairs)


def _table_number(
    table: Mapping[str, object], key: str, points: Points, problems: Problems
) -> float:
    if points and key not in table:
        axis = 0 if key == "x_m" else 1
        return math.fsum(point[axis] for point in points) / len(points)
    value = table.get(key)
    if isinstance(value, int | float) and _is_number(value):
        return float(value)
    said = "is missing" if key not in table else f"is {value!r}"
    problems.add(f"{key!r} must be a number of metres from the lander, but {said}")
    return 0.0


def _is_number(value: object) -> bool:
    limit_m = 1.0e5
    good = isinstance(value, int | float) and not isinstance(value, bool)
    return good and abs(float(str(value))) <= limit_m
