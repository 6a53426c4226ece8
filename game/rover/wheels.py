"""Six wheels on uneven ground: attitude, and how they get on together."""

import math
from dataclasses import dataclass
from functools import lru_cache

from game.rng import Stream, normal
from game.rover.drive import Ground
from game.rover.slip import WheelSpec

WHEEL_COUNT = 6


@dataclass(frozen=True, slots=True)
class ChassisSpec:
    """Where the wheels are: three axles over `base_m`, `track_m` from left to right."""

    wheel: WheelSpec
    base_m: float
    track_m: float
    scatter_sigma: float
    scatter_cell_m: float


def wheel_places(
    chassis: ChassisSpec, x_m: float, y_m: float, heading_rad: float
) -> tuple[tuple[float, float], ...]:
    """Where the six wheels touch, front left, front right, middle, rear: east and north [m]."""
    ahead_x, ahead_y = math.sin(heading_rad), math.cos(heading_rad)
    half_m = chassis.track_m / 2.0
    places = []
    for along_m in (chassis.base_m / 2.0, 0.0, -chassis.base_m / 2.0):
        for right_m in (-half_m, half_m):
            places.append(
                (
                    x_m + ahead_x * along_m + ahead_y * right_m,
                    y_m + ahead_y * along_m - ahead_x * right_m,
                )
            )
    return tuple(places)


def contacts_m(
    chassis: ChassisSpec, ground: Ground, x_m: float, y_m: float, heading_rad: float
) -> tuple[float, ...]:
    """Heights of the ground under the six wheels [m]."""
    return tuple(ground.height_m(*place) for place in wheel_places(chassis, x_m, y_m, heading_rad))


def attitude(chassis: ChassisSpec, heights_m: tuple[float, ...]) -> tuple[float, float]:
    """Pitch (nose up) and roll (right side down) that six wheels give the body [rad].

    Notes
    -----
    Rocker and bogie: on each side the middle and the rear wheel share a bogie, whose pivot and
    the front wheel carry the rocker. The differential gives the body the mean pitch of the two
    rockers; each side stands as high as its three wheels on average. A single wheel on a stone
    of height h therefore lifts the body by h / 6 only.

    References
    ----------
    .. [1] D. Bickler, "Articulated suspension system", US patent 4,840,394, 1989.
    .. [2] R. A. Lindemann, C. J. Voorhees, "Mars Exploration Rover mobility assembly design, test
       and performance", IEEE SMC 2005.
    """
    front_left, front_right, left, right, rear_left, rear_right = heights_m
    half_m = chassis.base_m / 2.0
    rocker_m = half_m + half_m / 2.0  # from the front wheel to the pivot of the bogie
    rise_left_m = front_left - (left + rear_left) / 2.0
    rise_right_m = front_right - (right + rear_right) / 2.0
    pitch = (math.atan2(rise_left_m, rocker_m) + math.atan2(rise_right_m, rocker_m)) / 2.0
    across_m = (front_left + left + rear_left - front_right - right - rear_right) / 3.0
    return pitch, math.atan2(across_m, chassis.track_m)


def body_slope(chassis: ChassisSpec, ground: Ground, x_m: float, y_m: float) -> tuple[float, float]:
    """Rise to the east and to the north as a whole rover feels it, over its wheel base [-]."""
    half_m = chassis.base_m / 2.0
    east = ground.height_m(x_m + half_m, y_m) - ground.height_m(x_m - half_m, y_m)
    north = ground.height_m(x_m, y_m + half_m) - ground.height_m(x_m, y_m - half_m)
    return east / chassis.base_m, north / chassis.base_m


def scatter_ratio(chassis: ChassisSpec, seed: int, x_m: float, y_m: float) -> float:
    """Factor on slip that belongs to a place: soil is never quite what it was two metres back [-].

    Notes
    -----
    Lognormal with median 1; a smooth field between random numbers on a square grid, scaled so
    that it is as uneven between the knots as on them.
    """
    if chassis.scatter_sigma == 0.0:
        return 1.0
    column, row = x_m / chassis.scatter_cell_m, y_m / chassis.scatter_cell_m
    west, south = math.floor(column), math.floor(row)
    right, up = column - west, row - south
    left, down = 1.0 - right, 1.0 - up
    total = (
        down * (left * _knot(seed, south, west) + right * _knot(seed, south, west + 1))
        + up * (left * _knot(seed, south + 1, west) + right * _knot(seed, south + 1, west + 1))
    )  # fmt: skip
    square = (down * down + up * up) * (left * left + right * right)
    return math.exp(chassis.scatter_sigma * total / math.sqrt(square))


@lru_cache(maxsize=512)
def _knot(seed: int, row: int, column: int) -> float:
    return normal(seed, Stream.SLIP, row, column)
