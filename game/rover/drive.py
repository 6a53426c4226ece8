"""Orders to the wheels, how far one has come, and what a drive would cost: plain values."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from game.commands import Navigation, Waypoints

ZONE_M = 100.0


class DriveKind(StrEnum):
    """What the wheels are asked to do."""

    ARC = "arc"
    GOTO = "goto"
    TURN = "turn"
    CRAB = "crab"
    CREEP = "creep"
    BODY = "body"
    LIFT = "lift"
    ROLL_OFF = "roll_off"


class Phase(StrEnum):
    """What an ordered drive is doing at this moment."""

    LOOK = "look"
    CHECK = "check"
    TURN = "turn"
    MOVE = "move"
    FACE = "face"
    STEER = "steer"
    FREE = "free"
    CREEP = "creep"
    BACK_OUT = "back_out"
    BODY = "body"
    LIFT = "lift"


@dataclass(frozen=True, slots=True)
class DriveOrder:
    """One thing to do with the wheels.

    ARC rolls `distance_m` of wheel travel (negative: backwards) with `curvature_1_m` (positive:
    to the right); GOTO goes to (`x_m`, `y_m`) by way of `waypoints`, led as `navigation` says; TURN
    turns in place to `heading_rad` (clockwise from north); CRAB rolls `distance_m` towards
    `heading_rad` from the nose without turning; CREEP walks `distance_m`; BODY brings the body to
    `body_m`; LIFT holds `wheel` up (-1: none); ROLL_OFF goes down the ramp. By hand means that
    somebody watches: steps are short and the player, not the rover, looks out for rocks.
    """

    kind: DriveKind
    distance_m: float = 0.0
    curvature_1_m: float = 0.0
    x_m: float = 0.0
    y_m: float = 0.0
    heading_rad: float = 0.0
    is_by_hand: bool = False
    waypoints: Waypoints = ()
    navigation: Navigation = Navigation.AUTONOMOUS
    body_m: float = 0.0
    wheel: int = -1

    def goal(self, passed_count: int) -> tuple[float, float]:
        """Return the place to go to after some waypoints have been passed [m]."""
        if passed_count < len(self.waypoints):
            return self.waypoints[passed_count]
        return self.x_m, self.y_m


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an order has come.

    `left_s` and `left_m` (wheel travel) are what remains of the phase. `wheel_m` and `ground_m`
    were rolled and covered in this leg (by hand: in this order), `since_check_m` rolled since the
    last slip check; for `sure_m` more its finding holds. `path` are the next places to go;
    `nearest_m` is the closest the rover has been to its goal, `detours_count` the checks since.
    `passed_count` waypoints are behind it.
    """

    phase: Phase
    left_s: float = 0.0
    left_m: float = 0.0
    wheel_m: float = 0.0
    ground_m: float = 0.0
    since_check_m: float = 0.0
    sure_m: float = 0.0
    path: tuple[tuple[float, float], ...] = ()
    nearest_m: float = 0.0
    detours_count: int = 0
    passed_count: int = 0


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A rock, the lander, or a place to stay away from: a circle on the ground.

    What is higher than any rock (`ZONE_M`) is a zone that is closed for other reasons.
    """

    x_m: float
    y_m: float
    radius_m: float
    height_m: float
    name: str = "rock"


class Ground(Protocol):
    """What wheels and cameras find around them. `soil` counts as in `world.soil.Soil`."""

    def height_m(self, x_m: float, y_m: float) -> float:
        """Height above the landing point [m]."""

    def slope(self, x_m: float, y_m: float) -> tuple[float, float]:
        """Rise to the east and to the north [-]."""

    def soil(self, x_m: float, y_m: float) -> int:
        """Kind of soil, as an index into `MobilitySpec.soil`."""

    def obstacles(self, x_m: float, y_m: float, radius_m: float) -> tuple[Obstacle, ...]:
        """Obstacles whose edges are nearer than a distance."""
