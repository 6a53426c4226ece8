"""Tilesets: which tile number means what."""

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from game.levels.problems import Problems, quoted
from game.levels.properties import Value, read_properties
from game.levels.safe_xml import Attributes, confined, read_xml

MAX_TILES = 65_536
MAX_TILE_PX = 1024
MAX_PICTURE_PX = 4096
MAX_GID = 2**28
_PNG_HEADER = struct.Struct(">8s4s4sII")


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of a tileset: its class and its custom properties."""

    kind: str
    properties: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Tileset:
    """A tileset as a map uses it; `tiles` are keyed by number within the tileset."""

    name: str
    first_gid: int
    count: int
    tiles: Mapping[int, Tile]


def read_tileset(
    element: Element, folder: Path, roots: tuple[Path, ...], problems: Problems
) -> Tileset | None:
    """Read a `<tileset>` of a map, following it to its .tsx file."""
    first_gid = Attributes(element, problems).whole("firstgid", 1, MAX_GID)
    source = element.get("source")
    if source is None:
        return _tileset(element, folder, roots, first_gid, problems)
    if not source.lower().endswith((".tsx", ".xml")):
        problems.add(
            f"the tileset {quoted(source)} is not a .tsx file",
            "in Tiled open the tileset and save it as .tsx",
        )
        return None
    path = confined(source, folder, roots, problems)
    if path is None:
        return None
    inner = problems.elsewhere(f"{problems.where}: tileset {quoted(path.name)}")
    root = read_xml(path, "tileset", inner)
    return None if root is None else _tileset(root, path.parent, roots, first_gid, inner)


def _tileset(
    element: Element, folder: Path, roots: tuple[Path, ...], first_gid: int, problems: Problems
) -> Tileset:
    attributes = Attributes(element, problems)
    count = attributes.whole("tilecount", 1, MAX_TILES)
    attributes.whole("tilewidth", 1, MAX_TILE_PX)
    attributes.whole("tileheight", 1, MAX_TILE_PX)
    for image in element.iter("image"):
        _check_picture(image, folder, roots, problems)
    tiles: dict[int, Tile] = {}
    for child in element.findall("tile"):
        part = Attributes(child, problems)
        number = part.whole("id", 0, MAX_TILES)
        place = problems.within(f"tile {number}")
        if number in tiles or number >= count:
            place.add(f"is there twice, or beyond the {count} tiles of the set")
        kind = part.text("type") or part.text("class")
        tiles[number] = Tile(kind, read_properties(child, place))
    return Tileset(attributes.text("name"), first_gid, count, tiles)


def _check_picture(
    element: Element, folder: Path, roots: tuple[Path, ...], problems: Problems
) -> None:
    attributes = Attributes(element, problems)
    source = attributes.text("source")
    place = problems.within(f"picture {quoted(source)}")
    path = confined(source, folder, roots, place)
    if path is None:
        return
    size = _png_size_px(path)
    declared = (
        attributes.whole("width", 0, MAX_PICTURE_PX, 0),
        attributes.whole("height", 0, MAX_PICTURE_PX, 0),
    )
    if size is None:
        place.add("is not a PNG picture", "save it as PNG")
    elif max(size) > MAX_PICTURE_PX:
        place.add(f"is {size[0]} × {size[1]} pixels; at most {MAX_PICTURE_PX} each way are read")
    elif declared not in ((0, 0), size):
        place.add(
            f"is {size[0]} × {size[1]} pixels, but the tileset says {declared[0]} × {declared[1]}",
            "open the tileset in Tiled and save it again",
        )


def _png_size_px(path: Path) -> tuple[int, int] | None:
    """Return width and height by the header alone; the picture is never unpacked here."""
    with path.open("rb") as file:
        head = file.read(_PNG_HEADER.size)
    if len(head) < _PNG_HEADER.size:
        return None
    magic, _, chunk, width, height = _PNG_HEADER.unpack(head)
    return (width, height) if magic == b"\x89PNG\r\n\x1a\n" and chunk == b"IHDR" else None
