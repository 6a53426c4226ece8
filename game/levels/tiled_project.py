"""levels/ninety-sols.tiled-project, written from the schema, so that Tiled offers what we read."""

import json
from dataclasses import MISSING, Field, fields
from enum import StrEnum
from typing import get_type_hints

from game.levels.schema import OBJECT_CLASSES, MapSheet, SoilName
from game.world.overlays import PlaceKind

FILE_NAME = "ninety-sols.tiled-project"
MAP_CLASS = "level"
MAP_COLOUR = "#ffbdb0a1"
_ENUMS: dict[str, type[StrEnum]] = {"soil": SoilName, "place_kind": PlaceKind}
_FOLDERS = [".", "campaign", "templates", "tilesets"]


def project_text() -> str:
    """Return the whole project file.

    Members are flat on purpose: Tiled loses class-typed properties when a map is saved without
    its project. Commands and extensions stay empty, because they can run programs.
    """
    kinds = [_enum(name, values) for name, values in _ENUMS.items()]
    for name, known in OBJECT_CLASSES.items():
        kinds.append(_class(name, known.record, known.colour, ["object"]))
    kinds.append(_class(MAP_CLASS, MapSheet, MAP_COLOUR, ["map"]))
    table = {
        "automappingRulesFile": "",
        "commands": [],
        "compatibilityVersion": 1100,
        "extensionsPath": "extensions",
        "folders": _FOLDERS,
        "properties": [],
        "propertyTypes": [{"id": number, **kind} for number, kind in enumerate(kinds, 1)],
    }
    return json.dumps(table, indent=4, sort_keys=True, ensure_ascii=False) + "\n"


def _enum(name: str, values: type[StrEnum]) -> dict[str, object]:
    return {
        "name": name,
        "type": "enum",
        "storageType": "string",
        "values": [str(value) for value in values],
        "valuesAsFlags": False,
    }


def _class(name: str, record: type, colour: str, uses: list[str]) -> dict[str, object]:
    hints = get_type_hints(record)
    return {
        "name": name,
        "type": "class",
        "color": colour,
        "drawFill": True,
        "useAs": uses,
        "members": [_member(each, hints[each.name]) for each in fields(record)],
    }


def _member(each: "Field[object]", kind: type) -> dict[str, object]:
    if each.default is MISSING:
        raise TypeError(f"a property of an object class needs a default: {each.name}")
    member: dict[str, object] = {"name": each.name, "value": each.default}
    if issubclass(kind, StrEnum):
        name = next(name for name, values in _ENUMS.items() if values is kind)
        return member | {"type": "string", "propertyType": name, "value": str(each.default)}
    return member | {"type": "string" if kind is str else kind.__name__}
