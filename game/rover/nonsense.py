"""Values in commands that no machine can do anything with, named with what they may be."""

import math
from enum import Enum
from functools import lru_cache
from typing import Any, cast, get_type_hints

from game.commands import COMMANDED, Activity, ActivityKind, Command, DriveTo
from game.config import nearest
from game.rover.plan_links import rings

LIMITS: dict[str, tuple[float, float]] = {
    "distance_m": (-1000.0, 1000.0),
    "curvature_1_m": (-10.0, 10.0),
    "heading_rad": (-1000.0, 1000.0),
    "body_m": (-1.0, 1.0),
    "wheel": (0, 5),
    "azimuth_rad": (-1000.0, 1000.0),
    "elevation_rad": (-math.pi / 2.0, math.pi / 2.0),
    "x_m": (-1.0e6, 1.0e6),
    "y_m": (-1.0e6, 1.0e6),
    "duration_s": (1, 100_000),
    "start_tick": (-(10**9), 10**9),
    "number": (-(10**9), 10**9),
    "priority": (-1000, 1000),
    "product": (0, 10**9),
    "fault": (-(10**9), 10**9),
    "left_rad": (-math.pi, math.pi),
    "right_rad": (-math.pi, math.pi),
    "on_k": (0.0, 1000.0),
    "compression": (0.001, 1000.0),  # from a picture a thousand times its raw size
    "range_m": (0.0, 1000.0),
    "bearing_rad": (-1000.0, 1000.0),
    "gap_s": (-100_000, 100_000),
    "after": (0, 10**9),
    "instead_of": (0, 10**9),
    "before": (0, 10**9),
}
HAS_USUAL = frozenset({"range_m", "compression"})  # zero asks for the usual number


def nonsense(command: Command | Activity) -> str:
    """Name the first value of a command that is of no use at all; else empty.

    That is a number that is not finite or far beyond sense, and whatever is of another kind than
    the command asks for.
    """
    for name, kind in _kinds(cast(Any, type(command))).items():
        problem = value_problem(name, kind, getattr(command, name))
        if problem:
            return problem
    return pairing_problem(command.kind, command.command) if isinstance(command, Activity) else ""


def pairing_problem(kind: ActivityKind, command: object) -> str:
    """Say why an activity of a kind cannot give a command, or must give one; else empty."""
    wanted = COMMANDED.get(kind)
    if wanted is None:
        return "" if command is None else f"{kind} gives no command, got {command!r}."
    if type(command) is not wanted:
        return f"{kind} needs the command {wanted.__name__}, got {command!r}."
    return nonsense(cast(Command, command))


def value_problem(name: str, kind: Any, value: object) -> str:
    """Say what is wrong with one value of a command by the name of its field; else empty."""
    if name in LIMITS:
        return number_problem(name, value, LIMITS[name])
    if name == "waypoints":
        return _lost(value)
    if name == "activities":
        return _unplanned(value)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _unknown_word(name, kind, value)
    if kind in (bool, str) and type(value) is not kind:
        wanted = "text" if kind is str else "true or false"
        return f"{name} must be {wanted}, got {value!r}."
    return ""


def number_problem(name: str, value: object, limits: tuple[float, float]) -> str:
    """Say what is wrong with a number that must lie between limits; whole ones ask for such."""
    low, high = limits
    is_whole = isinstance(low, int)
    is_number = isinstance(value, int if is_whole else int | float) and type(value) is not bool
    has_usual = name in HAS_USUAL and low > 0.0
    if is_number and (low <= value <= high or (has_usual and value == 0.0)):  # type: ignore[operator]
        return ""
    kind = "a whole number" if is_whole else "a number"
    usual = ", or 0 for the usual one" if has_usual else ""
    return f"{name} must be {kind} from {low:g} to {high:g}{usual}, got {value!r}."


@lru_cache(maxsize=128)
def _kinds(command: Any) -> dict[str, Any]:
    """Return the type of every field of a kind of command."""
    return get_type_hints(command)


def _unknown_word(name: str, kind: type[Enum], value: object) -> str:
    if isinstance(value, kind):
        return ""
    words = tuple(str(one.value) for one in kind)
    hint = nearest(value, words) if isinstance(value, str) else ""
    return f"{name} must be one of {', '.join(words)}, got {value!r:.80}{hint}{'' if hint else '.'}"


def _unplanned(activities: object) -> str:
    """Name the first activity of a plan that is none, or those that wait for each other."""
    if not isinstance(activities, tuple):
        return f"activities must be a tuple of activities, got {activities!r}."
    for place, activity in enumerate(activities, 1):
        if not isinstance(activity, Activity):
            return f"Activity {place} of the plan is none, but {activity!r}."
        problem = nonsense(activity)
        if problem:
            return f"Activity {activity.number}: {problem}"
    ring = rings(activities)
    if ring:
        return f"Activities {', '.join(map(str, ring))} wait for each other."
    return ""


def _lost(waypoints: object) -> str:
    """Name the first waypoint that is none; else empty."""
    if not isinstance(waypoints, tuple):
        return f"waypoints must be pairs of east and north, got {waypoints!r}."
    for number, place in enumerate(waypoints, 1):
        if not isinstance(place, tuple) or len(place) != 2:
            return f"Waypoint {number} must be a pair, east and north, got {place!r}."
        problem = nonsense(DriveTo(*place))
        if problem:
            return f"Waypoint {number}: {problem}"
    return ""
