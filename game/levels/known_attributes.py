"""Every attribute that Tiled 1.4 to 1.12 writes, by element; anything else is a slip of the pen."""

_LAYER = (
    *("id", "name", "class", "x", "y", "width", "height", "opacity", "visible", "locked"),
    *("tintcolor", "offsetx", "offsety", "parallaxx", "parallaxy", "mode"),
)

KNOWN_ATTRIBUTES: dict[str, tuple[str, ...]] = {
    "map": (
        *("version", "tiledversion", "class", "orientation", "renderorder", "compressionlevel"),
        *("width", "height", "tilewidth", "tileheight", "hexsidelength", "staggeraxis"),
        *("staggerindex", "parallaxoriginx", "parallaxoriginy", "backgroundcolor"),
        *("nextlayerid", "nextobjectid", "infinite", "skewx", "skewy"),
    ),
    "layer": _LAYER,
    "group": _LAYER,
    "imagelayer": (*_LAYER, "repeatx", "repeaty"),
    "objectgroup": (*_LAYER, "color", "draworder"),
    "object": (
        *("id", "name", "type", "class", "x", "y", "width", "height", "rotation", "gid"),
        *("visible", "template", "opacity"),
    ),
    "property": ("name", "type", "propertytype", "value"),
    "tileset": (
        *("version", "tiledversion", "firstgid", "source", "name", "class", "tilewidth"),
        *("tileheight", "spacing", "margin", "tilecount", "columns", "backgroundcolor"),
        *("objectalignment", "tilerendersize", "fillmode"),
    ),
    "image": ("format", "id", "source", "trans", "width", "height"),
    "tile": ("id", "type", "class", "probability", "terrain", "x", "y", "width", "height"),
}
