"""Numbers in commands that no machine can do anything with, named with their range."""

import math

from game.commands import Activity, Command, DriveTo
from game.rover.sequencer import rings

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
    "left_rad": (-math.pi, math.pi),
    "right_rad": (-math.pi, math.pi),
    "on_k": (0.0, 1000.0),
    "compression": (0.0, 1000.0),
    "range_m": (0.0, 1000.0),
    "bearing_rad": (-1000.0, 1000.0),
    "gap_s": (-100_000, 100_000),
    "after": (0, 10**9),
    "instead_of": (0, 10**9),
    "before": (0, 10**9),
}


def nonsense(command: Command | Activity) -> str:
    """Name the first number of a command that is not finite or far beyond sense; else empty."""
    for name, (low, high) in LIMITS.items():
        value = getattr(command, name, None)
        if value is None:
            continue
        is_whole = isinstance(low, int)
        if not isinstance(value, int if is_whole else int | float) or not low <= value <= high:
            kind = "a whole number" if is_whole else "a number"
            return f"{name} must be {kind} from {low:g} to {high:g}, got {value!r}."
    problem = _lost(getattr(command, "waypoints", ()))
    if problem:
        return problem
    activities = getattr(command, "activities", ())
    for activity in activities:
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
