"""The layers of a Tiled map from bottom to top: tile numbers and objects, turned into metres.

Metres count from the south-west corner of the map. This is the only place where Tiled's y, which
points down, is turned round.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from xml.etree.ElementTree import Element

import numpy as np
from numpy.typing import NDArray

from game.levels.problems import Problems, quoted
from game.levels.properties import Value
from game.levels.safe_xml import Attributes
from game.levels.tile_data import COUNT_FIX, tile_numbers
from game.levels.tiled_objects import DrawnObject, ObjectReader, Shape

MAX_SIDE_TILES = 1024
MAX_LAYERS = 64
MAX_GROUP_DEPTH = 16
MAX_OBJECTS = 20_000

Points = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class MapObject:
    """An object on the ground.

    `x_m`, `y_m` is its middle; `width_m`, `height_m` the size of a rectangle or ellipse before
    turning; `points_m` the outline of an area (counter-clockwise) or the course of a line, empty
    for a point.
    """

    number: int
    name: str
    kind: str
    layer: str
    shape: Shape
    x_m: float
    y_m: float
    width_m: float
    height_m: float
    points_m: Points
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True, eq=False)
class TileLayer:
    """A tile layer: `gids` has shape (rows, columns), row 0 in the south, 0 for an empty cell."""

    name: str
    gids: NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sizes of the map that turn pixels into metres."""

    columns: int
    rows: int
    tile_px: int
    metres_per_tile: float

    def metres(self, point_px: tuple[float, float]) -> tuple[float, float]:
        """Return x (east) and y (north) of a point of the sheet."""
        scale = self.metres_per_tile / self.tile_px
        return point_px[0] * scale, self.rows * self.metres_per_tile - point_px[1] * scale


class LayerReader:
    """Walks the layers of a map from bottom to top, groups included."""

    def __init__(self, sheet: Sheet, objects: ObjectReader, problems: Problems) -> None:
        self.sheet = sheet
        self.problems = problems
        self.tile_layers: list[TileLayer] = []
        self.objects: list[MapObject] = []
        self._reader = objects
        self._count = 0

    def read(self, parent: Element, shift_px: tuple[float, float], depth: int) -> None:
        """Read every layer below `parent`, moved by the offset of the groups around it."""
        if depth > MAX_GROUP_DEPTH:
            self.problems.add(f"nests group layers deeper than {MAX_GROUP_DEPTH}")
            return
        for child in parent:
            if child.tag not in ("layer", "objectgroup", "group", "imagelayer"):
                continue
            self._count += 1
            if self._count > MAX_LAYERS:
                if self._count == MAX_LAYERS + 1:
                    self.problems.add(f"has more than {MAX_LAYERS} layers")
                return
            self._layer(child, shift_px, depth)

    def _layer(self, element: Element, shift_px: tuple[float, float], depth: int) -> None:
        place = self.problems.within(f"layer {quoted(element.get('name', ''))}")
        attributes = Attributes(element, place)
        shift = (
            shift_px[0] + attributes.number("offsetx", 0.0),
            shift_px[1] + attributes.number("offsety", 0.0),
        )
        match element.tag:
            case "layer":
                self._tile_layer(element, attributes, shift, place)
            case "objectgroup":
                self._object_layer(element, shift, place)
            case "group":
                self.read(element, shift, depth + 1)

    def _tile_layer(
        self,
        element: Element,
        attributes: Attributes,
        shift_px: tuple[float, float],
        problems: Problems,
    ) -> None:
        columns, rows = self.sheet.columns, self.sheet.rows
        size = (
            attributes.whole("width", 1, MAX_SIDE_TILES),
            attributes.whole("height", 1, MAX_SIDE_TILES),
        )
        if size != (columns, rows):
            problems.add(
                f"is {size[0]} × {size[1]} tiles, but the map is {columns} × {rows}", COUNT_FIX
            )
            return
        if shift_px != (0.0, 0.0):
            problems.add("is shifted", 'in Tiled set the layer\'s "Offset" to 0, 0')
        numbers = tile_numbers(element.find("data"), columns * rows, problems)
        gids = np.flipud(numbers.reshape(rows, columns)).copy()
        gids.flags.writeable = False
        self.tile_layers.append(TileLayer(attributes.text("name"), gids))

    def _object_layer(
        self, element: Element, shift_px: tuple[float, float], problems: Problems
    ) -> None:
        found = element.findall("object")
        if len(self.objects) + len(found) > MAX_OBJECTS:
            problems.add(f"the map has more than {MAX_OBJECTS} objects")
            return
        for child in found:
            drawn = self._reader.read(child, problems)
            if drawn is not None:
                self.objects.append(self._placed(drawn, element.get("name", ""), shift_px))

    def _placed(self, drawn: DrawnObject, layer: str, shift_px: tuple[float, float]) -> MapObject:
        def metres(point_px: tuple[float, float]) -> tuple[float, float]:
            return self.sheet.metres((point_px[0] + shift_px[0], point_px[1] + shift_px[1]))

        points = tuple(metres(point) for point in drawn.points_px)
        if drawn.shape is not Shape.POLYLINE and _area_m2(points) < 0.0:
            points = points[::-1]
        x_m, y_m = metres(drawn.centre_px)
        scale = self.sheet.metres_per_tile / self.sheet.tile_px
        return MapObject(
            drawn.number,
            drawn.name,
            drawn.kind,
            layer,
            drawn.shape,
            x_m,
            y_m,
            drawn.size_px[0] * scale,
            drawn.size_px[1] * scale,
            points,
            drawn.properties,
        )


def _area_m2(points: Points) -> float:
    """Return the signed area of an outline, positive when it runs counter-clockwise."""
    pairs = zip(points, points[1:] + points[:1], strict=True)
    return math.fsum(a[0] * b[1] - b[0] * a[1] for a, b in pairs) / 2.0
