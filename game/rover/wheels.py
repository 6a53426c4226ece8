"""Six wheels on uneven ground: attitude, and how they get on together."""

import math
from dataclasses import dataclass

from game.rng import Stream, normal
from game.rover.drive import Ground
from game.rover.slip import Traction, TractionCurve, WheelSpec, traction

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


def attitude(
    chassis: ChassisSpec, ground: Ground, x_m: float, y_m: float, heading_rad: float
) -> tuple[float, float]:
    """Pitch (nose up) and roll (right side down) from the ground under the six wheels [rad]."""
    places = wheel_places(chassis, x_m, y_m, heading_rad)
    heights_m = tuple(ground.height_m(*place) for place in places)
    front_m = (heights_m[0] + heights_m[1]) / 2.0
    rear_m = (heights_m[4] + heights_m[5]) / 2.0
    left_m = (heights_m[0] + heights_m[2] + heights_m[4]) / 3.0
    right_m = (heights_m[1] + heights_m[3] + heights_m[5]) / 3.0
    return (
        math.atan2(front_m - rear_m, chassis.base_m),
        math.atan2(left_m - right_m, chassis.track_m),
    )


def body_slope(chassis: ChassisSpec, ground: Ground, x_m: float, y_m: float) -> tuple[float, float]:
    """Rise to the east and to the north as a whole rover feels it, over its wheel base [-]."""
    half_m = chassis.base_m / 2.0
    east = ground.height_m(x_m + half_m, y_m) - ground.height_m(x_m - half_m, y_m)
    north = ground.height_m(x_m, y_m + half_m) - ground.height_m(x_m, y_m - half_m)
    return east / chassis.base_m, north / chassis.base_m


def soils_under(
    chassis: ChassisSpec, ground: Ground, x_m: float, y_m: float, heading_rad: float
) -> tuple[int, ...]:
    """Soil under each of the six wheels, as indices."""
    places = wheel_places(chassis, x_m, y_m, heading_rad)
    return tuple(int(ground.soil(*place)) for place in places)


def shared_traction(
    curves: tuple[TractionCurve, ...], under: tuple[int, ...], slope_rad: float
) -> Traction:
    """Mean slip, torque and sinkage of the wheels, each on its own soil, positive uphill."""
    first = under[0]
    if under.count(first) == len(under):
        return traction(curves[first], slope_rad)
    slip = torque_n_m = sinkage_m = 0.0
    for index in sorted(set(under)):
        share = under.count(index) / len(under)
        found = traction(curves[index], slope_rad)
        slip += share * found.slip_frac
        torque_n_m += share * found.torque_n_m
        sinkage_m += share * found.sinkage_m
    return Traction(slip, torque_n_m, sinkage_m)


def scatter_ratio(chassis: ChassisSpec, seed: int, x_m: float, y_m: float) -> float:
    """Factor on slip that belongs to a place: soil is never quite what it was two metres back [-].

    Notes
    -----
    Lognormal with median 1; a smooth field between random numbers on a square grid, scaled so
    that it is as uneven between the knots as on them.
    """
    column, row = x_m / chassis.scatter_cell_m, y_m / chassis.scatter_cell_m
    west, south = math.floor(column), math.floor(row)
    right, up = column - west, row - south
    total = square = 0.0
    for d_row, weight_row in ((0, 1.0 - up), (1, up)):
        for d_column, weight_column in ((0, 1.0 - right), (1, right)):
            weight = weight_row * weight_column
            total += weight * normal(seed, Stream.SLIP, south + d_row, west + d_column)
            square += weight * weight
    return math.exp(chassis.scatter_sigma * total / math.sqrt(square))
