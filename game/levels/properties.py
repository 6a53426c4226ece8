"""Custom properties of Tiled: name and value, of the plain kinds only."""

from xml.etree.ElementTree import Element

from game.config import nearest
from game.levels.problems import Problems, quoted
from game.levels.safe_xml import MAX_TEXT, Attributes, parse_number, parse_whole

Value = str | int | float | bool

MAX_NAME = 64
MAX_PROPERTIES = 200
_REFUSED = {
    "class": (
        "is of the type class, which Tiled loses when a map is saved without its project",
        "set the class of the object instead and give it plain properties",
    ),
    "": (
        "has lost its type because the map was saved without its project",
        "open levels/ninety-sols.tiled-project first, delete the property and set it again",
    ),
    "list": ("is a list, which is not read here", "use plain properties"),
}
_KINDS = ("string", "int", "float", "bool", "color", "file", "object")


def read_properties(element: Element, problems: Problems) -> dict[str, Value]:
    """Return the custom properties below `element`; what cannot be read is noted and left out."""
    found: dict[str, Value] = {}
    children = element.findall("properties/property")
    if len(children) > MAX_PROPERTIES:
        problems.add(f"has more than {MAX_PROPERTIES} properties")
        return found
    for child in children:
        attributes = Attributes(child, problems)
        name = attributes.text("name")
        place = problems.within(f"property {quoted(name)}")
        if not name or len(name) > MAX_NAME:
            place.add(f"a property needs a name of 1 to {MAX_NAME} characters")
        elif name in found:
            place.add("is there twice")
        else:
            value = _value(child, place)
            if value is not None:
                found[name] = value
    return found


def _value(element: Element, problems: Problems) -> Value | None:
    kind = element.get("type", "string")
    text = element.get("value", element.text or "")
    match kind:
        case "string" | "color" | "file":
            return _text(text, problems)
        case "bool" if text in ("true", "false"):
            return text == "true"
        case "int" | "object" if (whole := parse_whole(text)) is not None:
            return whole
        case "float" if (number := parse_number(text)) is not None:
            return number
        case "bool" | "int" | "object" | "float":
            problems.add(f"{quoted(text)} is not a value of the type {kind}")
        case _:
            _refuse_kind(kind, problems)
    return None


def _refuse_kind(kind: str, problems: Problems) -> None:
    if kind in _REFUSED:
        problems.add(*_REFUSED[kind])
    else:
        problems.add(f"unknown property type {quoted(kind)}{nearest(kind, _KINDS)}")


def _text(text: str, problems: Problems) -> str | None:
    if len(text) <= MAX_TEXT:
        return text
    problems.add(f"is longer than {MAX_TEXT} characters")
    return None
