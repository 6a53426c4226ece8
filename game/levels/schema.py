"""What can lie on the ground of a level: object classes with their properties and defaults.

A class is a frozen dataclass; its docstring and fields are what a person sees in Tiled and what a
`[[objects]]` table of a mission.toml may say. To add one, write the dataclass, add its line to
`OBJECT_CLASSES`, use it in `build.py` and run `python -m game level types`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from enum import StrEnum
from typing import TypeVar

from game.levels.tiled_objects import Shape
from game.world.overlays import PlaceKind

T = TypeVar("T", float, int)

MAX_TITLE = 80
MAX_TEXT = 2000


class SoilName(StrEnum):
    """Soil classes by the names that tiles and objects use."""

    BEDROCK = "bedrock"
    DURICRUST = "duricrust"
    CRUSTY_CLODDY = "crusty_cloddy"
    COMPACT_SAND = "compact_sand"
    TAR_CREST = "tar_crest"
    LOOSE_SAND = "loose_sand"
    DRIFT_DUST = "drift_dust"
    FRESH_EJECTA = "fresh_ejecta"


def ranged(default: T, low: float, high: float) -> T:
    """Declare a number with its bounds."""
    value: T = field(default=default, metadata={"low": low, "high": high})
    return value


def range_problems(record: object) -> tuple[str, ...]:
    """Name every number out of bounds and every text that is too long, in nested records, too."""
    found: list[str] = []
    if isinstance(record, tuple):
        for item in record:
            found += range_problems(item)
    if not is_dataclass(record) or isinstance(record, type):
        return tuple(found)
    for each in fields(record):
        value = getattr(record, each.name)
        found += range_problems(value)
        if "low" in each.metadata and not each.metadata["low"] <= value <= each.metadata["high"]:
            low, high = each.metadata["low"], each.metadata["high"]
            found.append(f"{each.name!r} must be from {low:g} to {high:g}, not {value:g}")
        limit = MAX_TITLE if each.name in ("title", "name") else MAX_TEXT
        if isinstance(value, str) and len(value) > limit:
            found.append(f"{each.name!r} is longer than {limit} characters")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Lander:
    """The landing platform; all metres count from here. Its ramp points along heading_deg."""

    heading_deg: float = ranged(180.0, -360.0, 360.0)


@dataclass(frozen=True, slots=True)
class Start:
    """Where the rover wakes up. On the lander it begins with the roll-off."""

    heading_deg: float = ranged(180.0, -360.0, 360.0)
    is_on_lander: bool = True


@dataclass(frozen=True, slots=True)
class Crater:
    """A crater. A diameter of 0 means: as large as drawn. Age 0 is sharp, 1 nearly gone."""

    diameter_m: float = ranged(0.0, 0.0, 400.0)
    depth_ratio: float = ranged(0.12, 0.005, 0.25)
    age_frac: float = ranged(0.3, 0.0, 1.0)


@dataclass(frozen=True, slots=True)
class Mound:
    """A smooth hill, or a hollow if height_m is negative. A diameter of 0 means: as drawn."""

    diameter_m: float = ranged(0.0, 0.0, 400.0)
    height_m: float = ranged(1.0, -20.0, 20.0)


@dataclass(frozen=True, slots=True)
class Rock:
    """One rock. A diameter of 0 means: as drawn."""

    diameter_m: float = ranged(0.0, 0.0, 6.0)


@dataclass(frozen=True, slots=True)
class RockField:
    """Ground with more or fewer rocks; rock_frac is the share of it that they cover, 0 clears it.

    A radius of 0 means: as drawn.
    """

    rock_frac: float = ranged(0.1, 0.0, 0.3)
    radius_m: float = ranged(0.0, 0.0, 500.0)


@dataclass(frozen=True, slots=True)
class SoilPatch:
    """An area of one soil class. A radius of 0 means: as drawn."""

    soil: SoilName = SoilName.LOOSE_SAND
    radius_m: float = ranged(0.0, 0.0, 200.0)


@dataclass(frozen=True, slots=True)
class SampleSite:
    """A place worth sampling; reaching it is a goal. A radius of 0 means: as drawn."""

    title: str = ""
    text: str = ""
    radius_m: float = ranged(0.0, 0.0, 100.0)
    points: float = ranged(100.0, 0.0, 1000.0)
    from_sol: int = ranged(1, 1, 669)


@dataclass(frozen=True, slots=True)
class Goal:
    """The place that the mission leads to. A radius of 0 means: as drawn."""

    title: str = ""
    text: str = ""
    radius_m: float = ranged(0.0, 0.0, 100.0)
    points: float = ranged(200.0, 0.0, 2000.0)
    from_sol: int = ranged(1, 1, 669)


@dataclass(frozen=True, slots=True)
class Landmark:
    """Something to see, with a name on the map and no points. A radius of 0 means: as drawn."""

    place_kind: PlaceKind = PlaceKind.OTHER
    title: str = ""
    text: str = ""
    radius_m: float = ranged(0.0, 0.0, 1000.0)


@dataclass(frozen=True, slots=True)
class KeepOut:
    """An area that self-driving stays out of; say why."""

    text: str = ""
    radius_m: float = ranged(0.0, 0.0, 500.0)


@dataclass(frozen=True, slots=True)
class MapSheet:
    """What a map says about itself. All but metres_per_tile yields to a mission.toml beside it."""

    metres_per_tile: float = ranged(2.0, 0.25, 100.0)
    title: str = ""
    description: str = ""
    author: str = ""
    licence: str = ""
    preset: str = "utopia-planitia"
    is_open_ground: bool = True
    seed: int = 1
    sols: int = ranged(20, 1, 669)
    opening_sol: int = ranged(8, 1, 669)
    opening_hour_lmst: float = ranged(9.5, 0.0, 23.999)
    difficulty: str = "operator"
    agent: str = "baseline"


ObjectRecord = (
    Lander
    | Start
    | Crater
    | Mound
    | Rock
    | RockField
    | SoilPatch
    | SampleSite
    | Goal
    | Landmark
    | KeepOut
)


@dataclass(frozen=True, slots=True)
class ObjectClass:
    """How a class is read and shown: its record, the shapes it may have, its colour in Tiled.

    `size` names the field that a point must set because it has no size of its own.
    """

    record: type[ObjectRecord]
    shapes: tuple[Shape, ...]
    colour: str
    size: str = ""


_ROUND = (Shape.POINT, Shape.ELLIPSE)
_AREA = (Shape.POINT, Shape.ELLIPSE, Shape.RECTANGLE, Shape.POLYGON)

OBJECT_CLASSES: Mapping[str, ObjectClass] = {
    "lander": ObjectClass(Lander, (Shape.POINT,), "#fff2eae0"),
    "start": ObjectClass(Start, (Shape.POINT,), "#ff86c98f"),
    "crater": ObjectClass(Crater, _ROUND, "#ff7a5236", "diameter_m"),
    "mound": ObjectClass(Mound, _ROUND, "#ffd2bc98", "diameter_m"),
    "rock": ObjectClass(Rock, _ROUND, "#ff615950", "diameter_m"),
    "rock_field": ObjectClass(RockField, _AREA, "#ff8b8fa3", "radius_m"),
    "soil_patch": ObjectClass(SoilPatch, _AREA, "#ffc49aac", "radius_m"),
    "sample_site": ObjectClass(SampleSite, _ROUND, "#fff2b04c", "radius_m"),
    "goal": ObjectClass(Goal, _ROUND, "#ffff8d78", "radius_m"),
    "landmark": ObjectClass(Landmark, _ROUND, "#ffb7afd4"),
    "keep_out": ObjectClass(KeepOut, _AREA, "#ffe0483a", "radius_m"),
}
