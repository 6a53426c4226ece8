"""Objects of a Tiled map: points and outlines, with class, name and properties, in pixels."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from xml.etree.ElementTree import Element

from game.levels.problems import Problems, quoted
from game.levels.properties import Value, read_properties
from game.levels.safe_xml import Attributes, confined, parse_number, read_xml

MAX_POINTS = 400
MAX_TEMPLATES = 200
MAX_ID = 2**31 - 1
ELLIPSE_POINTS = 48
_SHAPES = ("ellipse", "point", "polygon", "polyline", "text", "capsule")
_CHILDREN = (*_SHAPES, "properties")

Points = tuple[tuple[float, float], ...]


class Shape(StrEnum):
    """How an object was drawn."""

    POINT = "point"
    RECTANGLE = "rectangle"
    ELLIPSE = "ellipse"
    POLYGON = "polygon"
    POLYLINE = "polyline"


@dataclass(frozen=True, slots=True)
class DrawnObject:
    """An object as the map file has it: pixels, y down.

    `points_px` is the outline of an area or the course of a line, empty for a point; `centre_px`
    its middle; `size_px` width and height of rectangle and ellipse before turning.
    """

    number: int
    name: str
    kind: str
    shape: Shape
    centre_px: tuple[float, float]
    size_px: tuple[float, float]
    points_px: Points
    properties: Mapping[str, Value]

    @property
    def label(self) -> str:
        """How messages name the object."""
        return label(self.number, self.name, self.kind)


def label(number: int, name: str, kind: str) -> str:
    """Return how messages name an object: `object 17 "B4" (crater)`."""
    return f"object {number} {quoted(name)} ({kind or 'no class'})"


class ObjectReader:
    """Reads the objects of one map; remembers templates opened and numbers used."""

    def __init__(self, folder: Path, roots: tuple[Path, ...]) -> None:
        self._folder = folder
        self._roots = roots
        self._templates: dict[str, Element | None] = {}
        self._seen: set[int] = set()

    def read(self, element: Element, problems: Problems) -> DrawnObject | None:
        """Return one object, or note why it cannot be read."""
        number = Attributes(element, problems).whole("id", 1, MAX_ID)
        name, kind = element.get("name", ""), _kind(element)
        place = problems.within(label(number, name, kind))
        if number in self._seen:
            place.add(
                f"the number {number} is used by another object, too",
                "delete one of the two in Tiled and draw it again",
            )
        self._seen.add(number)
        base = self._template(element, place)
        if base is None:
            return None
        merged = _merged(base, element)
        kind = _kind(merged)
        return self._drawn(
            merged, number, kind, problems.within(label(number, merged.get("name", ""), kind))
        )

    def _template(self, element: Element, problems: Problems) -> Element | None:
        source = element.get("template")
        if source is None:
            return Element("object")
        if source not in self._templates:
            self._templates[source] = self._open_template(source, problems)
        return self._templates[source]

    def _open_template(self, source: str, problems: Problems) -> Element | None:
        if len(self._templates) >= MAX_TEMPLATES:
            problems.add(f"the map uses more than {MAX_TEMPLATES} templates")
            return None
        path = confined(source, self._folder, self._roots, problems)
        if path is None:
            return None
        inner = problems.within(f"template {quoted(source)}")
        root = read_xml(path, "template", inner)
        base = None if root is None else root.find("object")
        if root is not None and base is None:
            inner.add("has no object")
        if base is not None and base.get("template") is not None:
            inner.add("is itself made from a template", "detach it in Tiled")
            return None
        return base

    def _drawn(
        self, element: Element, number: int, kind: str, problems: Problems
    ) -> DrawnObject | None:
        attributes = Attributes(element, problems)
        for child in element:
            if child.tag not in _CHILDREN:
                problems.add(f"contains an unknown element <{child.tag[:40]}>")
        properties = read_properties(element, problems)
        geometry = _geometry(element, attributes, problems)
        if geometry is None:
            return None
        shape, centre, size, points = geometry
        name = attributes.text("name")
        return DrawnObject(number, name, kind, shape, centre, size, points, properties)


def _kind(element: Element) -> str:
    """Return the class; Tiled 1.9 wrote `class`, all others write `type`."""
    return element.get("type") or element.get("class") or ""


def _merged(base: Element, element: Element) -> Element:
    """Return the object with everything it does not say itself taken from its template."""
    merged = Element("object", {**base.attrib, **element.attrib})
    has_shape = any(child.tag in _SHAPES for child in element)
    own = {child.get("name") for child in element.findall("properties/property")}
    properties = Element("properties")
    properties.extend(
        child for child in base.findall("properties/property") if child.get("name") not in own
    )
    properties.extend(element.findall("properties/property"))
    merged.append(properties)
    merged.extend(child for child in base if child.tag != "properties" and not has_shape)
    merged.extend(child for child in element if child.tag != "properties")
    return merged


_Geometry = tuple[Shape, tuple[float, float], tuple[float, float], Points]


def _geometry(element: Element, attributes: Attributes, problems: Problems) -> _Geometry | None:
    x, y = attributes.number("x", 0.0), attributes.number("y", 0.0)
    size = (attributes.number("width", 0.0), attributes.number("height", 0.0))
    turn_rad = math.radians(attributes.number("rotation", 0.0))
    tags = [child.tag for child in element if child.tag in _SHAPES]
    if attributes.has("gid") or "text" in tags or "capsule" in tags:
        problems.add(
            "is a picture, text or capsule, which means nothing on the ground",
            "draw a point, rectangle, ellipse or polygon instead",
        )
        return None
    if min(size) < 0.0:
        problems.add("has a negative width or height", "draw it again")
        return None
    if "polygon" in tags or "polyline" in tags:
        shape = Shape(tags[0])
        local = _points(element, shape, problems)
    elif "point" in tags or size == (0.0, 0.0):
        return Shape.POINT, (x, y), size, ()
    else:
        shape = Shape.ELLIPSE if "ellipse" in tags else Shape.RECTANGLE
        local = _ellipse(size) if shape is Shape.ELLIPSE else _rectangle(size)
    points = tuple(_turned(point, (x, y), turn_rad) for point in local)
    if not points:
        return None
    middle = (size[0] / 2.0, size[1] / 2.0) if size != (0.0, 0.0) else _mean(local)
    return shape, _turned(middle, (x, y), turn_rad), size, points


def _points(element: Element, shape: Shape, problems: Problems) -> Points:
    child = element.find(shape)
    words = (child.get("points", "") if child is not None else "").split()
    least = 3 if shape is Shape.POLYGON else 2
    if not least <= len(words) <= MAX_POINTS:
        problems.add(f"a {shape} has {least} to {MAX_POINTS} points, this one {len(words)}")
        return ()
    points = []
    for word in words:
        pair = [parse_number(part) for part in word.split(",")]
        if len(pair) != 2 or pair[0] is None or pair[1] is None:
            problems.add(f"the point {quoted(word)} is not a pair of numbers x,y")
            return ()
        points.append((pair[0], pair[1]))
    return tuple(points)


def _turned(
    point: tuple[float, float], origin: tuple[float, float], by_rad: float
) -> tuple[float, float]:
    """Turn a point clockwise on the screen (y down) and move it to the object's origin."""
    cosine, sine = math.cos(by_rad), math.sin(by_rad)
    return (
        origin[0] + cosine * point[0] - sine * point[1],
        origin[1] + sine * point[0] + cosine * point[1],
    )


def _rectangle(size: tuple[float, float]) -> Points:
    return ((0.0, 0.0), (size[0], 0.0), size, (0.0, size[1]))


def _ellipse(size: tuple[float, float]) -> Points:
    half_x, half_y = size[0] / 2.0, size[1] / 2.0
    angles = [math.tau * step / ELLIPSE_POINTS for step in range(ELLIPSE_POINTS)]
    return tuple(
        (half_x * (1.0 + math.cos(angle)), half_y * (1.0 + math.sin(angle))) for angle in angles
    )


def _mean(points: Points) -> tuple[float, float]:
    count = max(1, len(points))
    x_px, y_px = (math.fsum(point[axis] for point in points) / count for axis in (0, 1))
    return x_px, y_px
