"""The strict reader of Tiled maps: one file in, plain records in metres with y up out.

Metres count from the south-west corner of the map. Everything wrong in the file is noted before
the map is refused.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

import numpy as np

from game.levels.problems import Problems, quoted
from game.levels.properties import Value, read_properties
from game.levels.safe_xml import Attributes, read_xml
from game.levels.tile_data import INFINITE_FIX
from game.levels.tiled_layers import MAX_SIDE_TILES, LayerReader, MapObject, Sheet, TileLayer
from game.levels.tiled_objects import ObjectReader
from game.levels.tilesets import MAX_TILE_PX, Tile, Tileset, read_tileset

METRES_PER_TILE = "metres_per_tile"
MAX_TILESETS = 16
MIN_METRES_PER_TILE, MAX_METRES_PER_TILE = 0.25, 100.0
_MAP_CHILDREN = ("properties", "tileset", "layer", "objectgroup", "imagelayer", "group")
_IGNORED_CHILDREN = ("editorsettings", "export")


@dataclass(frozen=True, slots=True, eq=False)
class TiledMap:
    """What a map file says, in metres; `tiles` gives the meaning of each tile number.

    Without `are_tiles_known` a tileset could not be read, and no cell can be blamed for that.
    """

    columns: int
    rows: int
    metres_per_tile: float
    properties: Mapping[str, Value]
    tile_layers: tuple[TileLayer, ...]
    objects: tuple[MapObject, ...]
    tiles: Mapping[int, Tile]
    are_tiles_known: bool = True

    @property
    def width_m(self) -> float:
        """Extent from west to east."""
        return self.columns * self.metres_per_tile

    @property
    def height_m(self) -> float:
        """Extent from south to north."""
        return self.rows * self.metres_per_tile


def read_map(path: Path, roots: tuple[Path, ...], problems: Problems) -> TiledMap | None:
    """Read a .tmx file; nothing comes back if the file as a whole cannot be understood.

    Parameters
    ----------
    path : Path
        The map.
    roots : tuple of Path
        Folders that tilesets, pictures and templates may lie in.
    problems : Problems
        Takes one sentence for each thing that is wrong.
    """
    root = read_xml(path, "map", problems)
    if root is None:
        return None
    sheet, properties = _sheet(root, problems)
    reader = LayerReader(sheet, ObjectReader(path.parent, roots), problems)
    reader.read(root, (0.0, 0.0), 0)
    named = root.findall("tileset")
    if len(named) > MAX_TILESETS:
        problems.add(f"has {len(named)} tilesets, at most {MAX_TILESETS} are read")
    read = [read_tileset(child, path.parent, roots, problems) for child in named[:MAX_TILESETS]]
    sets = [tileset for tileset in read if tileset is not None]
    tiles = _tiles(sets, problems)
    are_tiles_known = len(sets) == len(named)
    for layer in reader.tile_layers if are_tiles_known else ():
        _check_gids(layer, sets, problems)
    return TiledMap(
        sheet.columns,
        sheet.rows,
        sheet.metres_per_tile,
        properties,
        tuple(reader.tile_layers),
        tuple(reader.objects),
        tiles,
        are_tiles_known,
    )


def _sheet(root: Element, problems: Problems) -> tuple[Sheet, dict[str, Value]]:
    attributes = Attributes(root, problems)
    for child in root:
        if child.tag not in _MAP_CHILDREN + _IGNORED_CHILDREN:
            problems.add(f"contains an unknown element <{child.tag[:40]}>")
    orientation = attributes.text("orientation", "orthogonal")
    if orientation != "orthogonal":
        problems.add(
            f"is {quoted(orientation)}, but only orthogonal maps are read",
            'in Tiled set Map > Map Properties > "Orientation" to Orthogonal',
        )
    if attributes.text("infinite", "0") != "0":
        problems.add("is an infinite map, which is not read here", INFINITE_FIX)
    properties = read_properties(root, problems)
    sheet = Sheet(
        attributes.whole("width", 1, MAX_SIDE_TILES),
        attributes.whole("height", 1, MAX_SIDE_TILES),
        _tile_px(attributes, problems),
        _metres_per_tile(properties, problems),
    )
    return sheet, properties


def _tile_px(attributes: Attributes, problems: Problems) -> int:
    width, height = (attributes.whole(name, 1, MAX_TILE_PX) for name in ("tilewidth", "tileheight"))
    if width != height:
        problems.add(
            f"has tiles of {width} × {height} pixels, but a metre is as long both ways",
            "make tile width and tile height equal in Map > Map Properties",
        )
    return width


def _metres_per_tile(properties: Mapping[str, Value], problems: Problems) -> float:
    value = properties.get(METRES_PER_TILE)
    low, high = MIN_METRES_PER_TILE, MAX_METRES_PER_TILE
    if isinstance(value, float | int) and low <= value <= high:
        return float(value)
    said = "is missing" if value is None else f"is {value!r}"
    problems.add(
        f"map property {METRES_PER_TILE!r} must be a number from {low} to {high}, but {said}",
        f"in Tiled choose Map > Map Properties and add {METRES_PER_TILE!r} as a float",
    )
    return 1.0


def _tiles(sets: list[Tileset], problems: Problems) -> dict[int, Tile]:
    tiles: dict[int, Tile] = {}
    end = 0
    for tileset in sorted(sets, key=lambda each: each.first_gid):
        if tileset.first_gid < end:
            problems.add(
                f"tileset {quoted(tileset.name)} begins at tile number {tileset.first_gid}, inside "
                "the one before",
                "remove one of them from the map in Tiled and add it again",
            )
        end = max(end, tileset.first_gid + tileset.count)
        tiles |= {tileset.first_gid + number: tile for number, tile in tileset.tiles.items()}
    return tiles


def _check_gids(layer: TileLayer, sets: list[Tileset], problems: Problems) -> None:
    known = layer.gids == 0
    for tileset in sets:
        last = tileset.first_gid + tileset.count
        known |= (layer.gids >= tileset.first_gid) & (layer.gids < last)
    wrong = np.argwhere(~known)
    if wrong.size:
        row, column = (int(index) for index in wrong[-1])
        problems.within(f"layer {quoted(layer.name)}").add(
            f"{len(wrong)} cells have a tile number of no tileset, such as "
            f"{int(layer.gids[row, column])} in column {column}, "
            f"row {layer.gids.shape[0] - 1 - row} (counted from the top left)",
            "add the missing tileset to the map, or erase these cells",
        )
