"""Reading XML that a stranger wrote: no entities, no surprises, nothing outside the folder."""

import math
import re
from pathlib import Path, PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from game.config import nearest
from game.levels.known_attributes import KNOWN_ATTRIBUTES
from game.levels.problems import Problems, quoted

# Limits that keep a hostile file from filling the memory; far above what an honest map needs.
MAX_FILE_BYTES = 16 * 1024 * 1024
MAX_ELEMENTS = 200_000
MAX_DEPTH = 32
MAX_TEXT = 4000
MAX_NUMBER = 1.0e7

_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_NUMBER = re.compile(r"[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_DEVICES = frozenset({"con", "prn", "aux", "nul"}) | {
    f"{port}{number}" for port in ("com", "lpt") for number in range(10)
}


class Attributes:
    """The attributes of one element; a name that Tiled does not write is a problem."""

    def __init__(self, element: Element, problems: Problems) -> None:
        known = KNOWN_ATTRIBUTES[element.tag]
        self._table = element.attrib
        self._problems = problems
        for name in element.attrib:
            if name not in known:
                problems.add(
                    f"<{element.tag}>: unknown attribute {quoted(name)}{nearest(name, known)}"
                )

    def has(self, name: str) -> bool:
        """Say whether the attribute is written in the file."""
        return name in self._table

    def text(self, name: str, default: str = "") -> str:
        """Return an attribute as text of bounded length."""
        value = self._table.get(name, default)
        if len(value) > MAX_TEXT:
            self._problems.add(f"{name}: longer than {MAX_TEXT} characters")
            return default
        return value

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return an attribute as a whole number within bounds; without default it must be there."""
        value = self._table.get(name)
        if value is None and default is not None:
            return default
        number = int(value) if value is not None and _WHOLE.fullmatch(value) else None
        if number is None or not low <= number <= high:
            said = "is missing" if value is None else f"is {quoted(value)}"
            self._problems.add(f"{name}: must be a whole number from {low} to {high}, but {said}")
            return low if default is None else default
        return number

    def number(self, name: str, default: float) -> float:
        """Return an attribute as a finite number."""
        value = self._table.get(name)
        if value is None:
            return default
        number = parse_number(value)
        if number is None:
            self._problems.add(f"{name}: must be a plain number, but is {quoted(value)}")
            return default
        return number


def parse_number(text: str) -> float | None:
    """Return a finite number of sensible size, or nothing."""
    if len(text) > 40 or not _NUMBER.fullmatch(text.strip()):
        return None
    value = float(text)
    return value if math.isfinite(value) and abs(value) <= MAX_NUMBER else None


def parse_whole(text: str) -> int | None:
    """Return a whole number of at most 18 digits, or nothing."""
    return int(text) if _WHOLE.fullmatch(text.strip()) else None


def read_xml(path: Path, root_tag: str, problems: Problems) -> Element | None:
    """Parse a file; on trouble note why and return nothing.

    DTDs, entities and external references are refused, and depth, size and number of elements
    are bounded while reading.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            problems.add("is not a file")
        elif size > MAX_FILE_BYTES:
            problems.add(f"is larger than {MAX_FILE_BYTES // 1024 // 1024} MiB")
        else:
            return _checked_root(_bounded(path, problems), root_tag, problems)
    except OSError as error:
        problems.add(f"cannot be read: {error.strerror or error}")
    except DefusedXmlException:
        problems.add(
            "contains a DOCTYPE or entities, which no Tiled file needs",
            "save the file again with Tiled",
        )
    except ParseError as error:
        problems.add(f"is not well-formed XML: {error}", "save the file again with Tiled")
    except (ValueError, LookupError):
        problems.add("has an encoding that cannot be read", "save the file as UTF-8")
    return None


def _bounded(path: Path, problems: Problems) -> Element | None:
    depth = count = 0
    root: Element | None = None
    with path.open("rb") as file:
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "end":
                depth -= 1
                continue
            root = element if root is None else root
            depth, count = depth + 1, count + 1
            if depth > MAX_DEPTH or count > MAX_ELEMENTS:
                problems.add(
                    f"has more than {MAX_ELEMENTS} elements or nests deeper than {MAX_DEPTH}",
                    "split the map or flatten its group layers",
                )
                return None
    return root


def _checked_root(root: Element | None, tag: str, problems: Problems) -> Element | None:
    if root is not None and root.tag != tag:
        problems.add(f"begins with <{root.tag[:40]}>, but <{tag}> is expected here")
        return None
    return root


def confined(source: str, folder: Path, roots: tuple[Path, ...], problems: Problems) -> Path | None:
    """Return the file that `source` names, if it lies inside one of the root folders."""
    fix = "keep it in the folder of the level or of its project and use a relative path"
    parts = PurePosixPath(source).parts
    device = any(part.split(".")[0].strip().lower() in _DEVICES for part in parts)
    strange = any(sign in source for sign in '\\:\0*?"<>|') or not source.isprintable()
    if not source or source.startswith("/") or strange or device or len(source) > 400:
        problems.add(f"the path {quoted(source)} cannot be used", fix)
        return None
    try:
        path = (folder / source).resolve()
        inside = any(path.is_relative_to(root.resolve()) for root in roots)
        exists = inside and path.is_file()
    except (OSError, RuntimeError):
        inside = exists = False
    if not inside:
        problems.add(
            f"the path {quoted(source)} leads outside the project",
            "copy it, and the pictures it names, into the folder of the level; then use a relative "
            "path",
        )
    elif not exists:
        problems.add(f"the file {quoted(source)} does not exist", "check its name and folder")
    return path if exists else None
