"""How far this rover's machines reach: the ends of every number that an activity may ask for.

Use: `reach(spec, kind, field)` for the ends; `lacks(spec, kind)` for what it has no machine for.
The window stops at these ends, plan files beyond them are refused, and what the rover itself
refuses when the time comes (`refusals.py`, `orders.py`, `housekeeping.py`) reads the same numbers.
"""

import math

from game.commands import ActivityKind, Navigation
from game.machine_commands import Heater
from game.rover.housekeeping import heater_of
from game.rover.instruments import OBSERVED, instrument_for
from game.rover.machine import RoverSpec
from game.rover.nonsense import LIMITS
from game.rover.orders import NO_WALK
from game.rover.refusals import NOT_ABOARD
from game.rover.wing_dust import tilt_limits_rad

Span = tuple[float, float]
_SPOTS = (ActivityKind.SOIL, ActivityKind.INFRARED)


def reach(spec: RoverSpec, kind: ActivityKind, field: str, heater: Heater = Heater.BOX) -> Span:
    """Return how far a number of such an activity may go, in its own unit.

    Parameters
    ----------
    spec : RoverSpec
        The machine.
    kind : ActivityKind
        What the activity does: two kinds may have a field of one name.
    field : str
        Name of the number, in the activity or in its command.
    heater : Heater
        Whose set point is meant by `on_k`.
    """
    wheels, spot, wings = spec.mobility, spec.instruments.spectrometer, spec.power.wings
    point = heater_of(spec, heater)
    mirror_rad = math.radians(spot.mirror_deg) if kind in _SPOTS else LIMITS["bearing_rad"][1]
    spans = {
        "distance_m": (-wheels.longest_order_m, wheels.longest_order_m),
        "curvature_1_m": (-wheels.largest_curvature_1_m, wheels.largest_curvature_1_m),
        "body_m": (wheels.posture.lowest_m, wheels.posture.highest_m),
        "range_m": (spot.least_range_m, spot.most_range_m),
        "bearing_rad": (-mirror_rad, mirror_rad),
        "compression": (1.0, spec.instruments.camera.most_compression),
        "on_k": (point.lowest_on_k, point.highest_on_k),
    }
    sides = ("left_rad", "right_rad")[: len(wings.wing)]
    spans |= {side: tilt_limits_rad(wings, at) for at, side in enumerate(sides)}
    return spans.get(field, LIMITS[field])


def lacks(
    spec: RoverSpec, kind: ActivityKind, navigation: Navigation = Navigation.AUTONOMOUS
) -> str:
    """Say what this rover has no machine for, in a sentence; empty if it has one."""
    if kind in OBSERVED and instrument_for(spec.instruments, kind) is None:
        return NOT_ABOARD
    walks = kind is ActivityKind.CREEP or navigation is Navigation.CREEP
    if walks and not spec.mobility.walk.can_walk():
        return NO_WALK
    return ""
