"""What the kinds of a plan file ask for besides the time: which keys each of them has.

A key that says nothing to a kind is a mistake, not a wish; `misplaced` names it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from typing import Any

from game.commands import COMMANDED, ActivityKind, PlannedCommand
from game.config import parse
from game.errors import ConfigError
from game.machine_commands import Heater, WingMode
from game.rover.nonsense import LIMITS, number_problem

Kind = ActivityKind
_LOOK = ("azimuth_deg", "elevation_deg", "compression")
_SPOT = ("range_m", "bearing_deg")
# Keys of the kinds that give no command of their own; all others have only times and conditions.
WORK_KEYS: dict[ActivityKind, tuple[str, ...]] = {
    Kind.DRIVE: ("x_m", "y_m", "waypoints", "navigation"),
    Kind.PICTURE: _LOOK,
    Kind.PANORAMA: _LOOK,
    Kind.MULTISPECTRAL: _LOOK,
    Kind.SOIL: _SPOT,
    Kind.INFRARED: _SPOT,
}


@dataclass(frozen=True, slots=True)
class TurnEntry:
    """Turn in place to a heading, clockwise from north."""

    heading_deg: float


@dataclass(frozen=True, slots=True)
class ArcEntry:
    """Roll an arc by the wheels alone; negative distance backs up, positive curvature is right."""

    distance_m: float
    curvature_1_m: float = 0.0


@dataclass(frozen=True, slots=True)
class CrabEntry:
    """Roll to a bearing from the nose, which keeps its heading."""

    distance_m: float
    bearing_deg: float


@dataclass(frozen=True, slots=True)
class CreepEntry:
    """Walk on the wheels."""

    distance_m: float


@dataclass(frozen=True, slots=True)
class BodyEntry:
    """Raise the body above its usual height."""

    body_m: float


@dataclass(frozen=True, slots=True)
class WheelEntry:
    """Hold one wheel up, or put it down again."""

    wheel: int
    is_lifted: bool = True


@dataclass(frozen=True, slots=True)
class WingsEntry:
    """Let the wings lie level, track the Sun, or shed their dust."""

    mode: WingMode


@dataclass(frozen=True, slots=True)
class TiltEntry:
    """Hold the side wings at angles; positive ones face right."""

    left_deg: float
    right_deg: float


@dataclass(frozen=True, slots=True)
class HeaterEntry:
    """Move the temperature at which a heater comes on."""

    heater: Heater
    on_k: float


@dataclass(frozen=True, slots=True)
class HibernateEntry:
    """Switch everything off until both wake-up keys turn."""


@dataclass(frozen=True, slots=True)
class SortEntry:
    """Order the queue of data by worth for each bit."""

    are_thumbnails_first: bool = True


ORDERS: dict[ActivityKind, type] = {
    Kind.TURN: TurnEntry,
    Kind.ARC: ArcEntry,
    Kind.CRAB: CrabEntry,
    Kind.CREEP: CreepEntry,
    Kind.BODY: BodyEntry,
    Kind.LIFT_WHEEL: WheelEntry,
    Kind.WINGS: WingsEntry,
    Kind.TILT_WINGS: TiltEntry,
    Kind.HEATER: HeaterEntry,
    Kind.HIBERNATE: HibernateEntry,
    Kind.SORT_QUEUE: SortEntry,
}
DETAILS = frozenset(key for keys in WORK_KEYS.values() for key in keys) | frozenset(
    each.name for entry in ORDERS.values() for each in fields(entry)
)


def keys_of(kind: ActivityKind) -> tuple[str, ...]:
    """Return the keys that only say something to such a kind."""
    if kind in ORDERS:
        return tuple(each.name for each in fields(ORDERS[kind]))
    return WORK_KEYS.get(kind, ())


def misplaced(kind: ActivityKind, table: Iterable[str]) -> list[str]:
    """Name every key that says nothing to a kind, and the kinds that it belongs to."""
    own = keys_of(kind)
    found: list[str] = []
    for key in table:
        if key in DETAILS and key not in own:
            owners = [str(one) for one in ActivityKind if key in keys_of(one)]
            has = f"it has {', '.join(own)}" if own else "it has none of its own"
            found.append(f".{key}: {kind} has no {key} ({', '.join(owners)} has); {has}")
    return found


def parse_order(kind: ActivityKind, table: Mapping[str, Any], path: str) -> PlannedCommand:
    """Read the keys of a kind that gives a command.

    Raises
    ------
    ConfigError
        With every problem, a line each.
    """
    entry: Any = parse(table, ORDERS[kind], path)
    problems = [f"{path}{text}" for text in absurd_numbers(entry)]
    if problems:
        raise ConfigError("\n".join(problems))
    given: dict[str, Any] = {}
    for each in fields(entry):
        value = getattr(entry, each.name)
        is_angle = each.name.endswith("_deg")
        name = f"{each.name.removesuffix('_deg')}_rad" if is_angle else each.name
        given[name] = math.radians(value) if is_angle else value
    command: PlannedCommand = COMMANDED[kind](**given)
    return command


def absurd_numbers(entry: Any) -> list[str]:
    """Return every number that no machine can do anything with, by key and range."""
    found: list[str] = []
    for each in fields(entry):
        name, value = each.name, getattr(entry, each.name)
        limits = LIMITS.get(name)
        if name.endswith("_deg"):
            low, high = LIMITS[f"{name.removesuffix('_deg')}_rad"]
            limits = (round(math.degrees(low), 1), round(math.degrees(high), 1))
        if limits is None or isinstance(value, str):  # the name of another activity, as in `after`
            continue
        if text := number_problem(name, value, limits):
            found.append(f".{name}: {text.rstrip('.')}")
    return found


def order_values(command: PlannedCommand) -> tuple[tuple[str, object, bool], ...]:
    """Return what a command says: key of a plan file, value, and whether that is the usual one.

    Angles stay in radians under their key in degrees; who writes them turns them round.
    """
    kind = next(kind for kind, cls in COMMANDED.items() if cls is type(command))
    found: list[tuple[str, object, bool]] = []
    for each in fields(ORDERS[kind]):
        name = each.name
        field = f"{name.removesuffix('_deg')}_rad" if name.endswith("_deg") else name
        value = getattr(command, field)
        found.append((name, value, _is_usual(each, value)))
    return tuple(found)


def _is_usual(each: Field[Any], value: object) -> bool:
    return each.default is not MISSING and bool(each.default == value)
