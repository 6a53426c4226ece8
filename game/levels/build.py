"""A level turned into what the specs take: overlays of the ground and keep-out circles."""

import math

from game.levels.level import KeepOutArea, Level, Placed, Points, soil_code
from game.levels.overlay_shapes import Circle, circle_points, covering_circles
from game.levels.schema import Crater, Mound, Rock, RockField, SoilPatch
from game.levels.soil_paint import frayed, painted
from game.world.overlays import (
    CraterOverlay,
    MoundOverlay,
    OpenGround,
    Overlay,
    PlaceOverlay,
    RockFieldOverlay,
    RockOverlay,
)

# How many circles along its side stand for an area: see `covering_circles`.
ROCKS_FINENESS, KEEP_OUT_FINENESS = 4.0, 6.0


def level_overlays(level: Level) -> tuple[Overlay, ...]:
    """Return everything that a level lays over the ground made from the seed.

    Painted tiles come before patches, so that a patch drawn on top of them wins.
    """
    overlays: list[Overlay] = [OpenGround()] if level.is_open_ground else []
    if level.soil is not None:
        overlays.append(frayed(level.soil))
    for item in level.objects:
        overlays.extend(object_overlays(item))
    overlays.extend(
        PlaceOverlay(place.name, place.title, place.kind, place.x_m, place.y_m, place.radius_m)
        for place in level.places
    )
    return tuple(overlays)


def object_overlays(item: Placed) -> tuple[Overlay, ...]:
    """Return what one object does to the ground; most do nothing."""
    x, y, radius = item.x_m, item.y_m, item.radius_m
    match item.properties:
        case Crater(depth_ratio=depth_ratio, age_frac=age_frac):
            return (CraterOverlay(x, y, 2.0 * radius, depth_ratio, age_frac),)
        case Mound(height_m=height_m):
            return (MoundOverlay(x, y, radius, height_m),)
        case Rock():
            return (RockOverlay(x, y, 2.0 * radius),)
        case RockField(rock_frac=rock_frac):
            return tuple(
                RockFieldOverlay(*circle, rock_frac)
                for circle in circles_of(x, y, radius, item.points_m, ROCKS_FINENESS)
            )
        case SoilPatch(soil=soil):
            outline = item.points_m or circle_points(x, y, radius)
            return (painted(outline, soil_code(soil)),)
    return ()


def keep_out_circles(area: KeepOutArea) -> tuple[Circle, ...]:
    """Return circles (x, y, radius) that together cover a keep-out area [m]."""
    return circles_of(area.x_m, area.y_m, area.radius_m, area.points_m, KEEP_OUT_FINENESS)


def circles_of(
    x_m: float, y_m: float, radius_m: float, points_m: Points, fineness: float
) -> tuple[Circle, ...]:
    """Return a circle as it is, or the circles that cover an outline [m]."""
    return ((x_m, y_m, radius_m),) if radius_m > 0.0 else covering_circles(points_m, fineness)


def start_heading_rad(level: Level) -> float:
    """Return where the rover looks at the opening, clockwise from north [rad]."""
    return math.radians(level.start.heading_deg)
