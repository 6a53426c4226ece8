"""The shadow that a standing thing throws on the ground: real Sun, real heights, exact outlines."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pygame

from game.render.colour import develop, ramp
from game.render.look import look
from game.ui.draw.shading import SpriteLight

Point = tuple[float, float]

LOWEST_RISE = 0.19  # a longer shadow than that of an 11 degree Sun would be lost in the haze
OVERSAMPLING = 2


@dataclass(frozen=True, slots=True)
class Prism:
    """A flat thing with upright sides: outline (forward, right) and the two heights [m]."""

    points_m: tuple[Point, ...]
    low_m: float
    high_m: float
    is_mirrored: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class PlacedShadow:
    """A picture to multiply the ground with, and where its corner goes [px]."""

    picture: pygame.Surface
    corner_px: tuple[int, int]

    def rect_px(self) -> pygame.Rect:
        """Return where it lies."""
        return self.picture.get_rect(topleft=self.corner_px)


def cast(target: pygame.Surface, shadows: Sequence[PlacedShadow]) -> None:
    """Darken the ground; where shadows lie over each other it is no darker than under one."""
    waiting = list(shadows)
    while waiting:
        first = waiting.pop()
        area = first.rect_px()
        touching = [other for other in waiting if area.colliderect(other.rect_px())]
        picture = first.picture
        if touching:
            waiting = [other for other in waiting if other not in touching]
            area = area.unionall([other.rect_px() for other in touching])
            picture = pygame.Surface(area.size, depth=32)
            picture.fill((255, 255, 255))
            for shadow in (first, *touching):
                corner = shadow.rect_px().move(-area.x, -area.y)
                picture.blit(shadow.picture, corner, special_flags=pygame.BLEND_RGB_MIN)
        target.blit(picture, area, special_flags=pygame.BLEND_MULT)


def hull(points: Iterable[Point]) -> list[Point]:
    """Return the corners of the convex hull, counter-clockwise.

    References
    ----------
    .. [1] A. M. Andrew, "Another efficient algorithm for convex hulls in two dimensions",
       Information Processing Letters 9, 1979.
    """
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves = []
    for half in (ordered, ordered[::-1]):
        chain: list[Point] = []
        for point in half:
            while len(chain) > 1 and _turn(chain[-2], chain[-1], point) <= 0:
                chain.pop()
            chain.append(point)
        halves.append(chain[:-1])
    return halves[0] + halves[1]


def shadow_outlines(
    prisms: Sequence[Prism], heading_rad: float, azimuth_rad: float, elevation_rad: float
) -> list[list[Point]]:
    """Return the shadow of each prism as a polygon, east and north of its middle [m].

    Parameters
    ----------
    prisms : sequence of Prism
        What throws the shadow.
    heading_rad : float
        Where its front points, clockwise from north. [rad]
    azimuth_rad, elevation_rad : float
        Where the Sun is. [rad]
    """
    reach = 1.0 / max(math.tan(max(elevation_rad, 0.0)), LOWEST_RISE)
    away = (-math.sin(azimuth_rad) * reach, -math.cos(azimuth_rad) * reach)
    sine, cosine = math.sin(heading_rad), math.cos(heading_rad)
    outlines = []
    for prism in prisms:
        for side in (1.0, -1.0) if prism.is_mirrored else (1.0,):
            corners = [
                (
                    forward * sine + side * right * cosine + away[0] * height_m,
                    forward * cosine - side * right * sine + away[1] * height_m,
                )
                for forward, right in prism.points_m
                for height_m in (prism.low_m, prism.high_m)
            ]
            outlines.append(hull(corners))
    return outlines


@lru_cache(maxsize=8)
def shade_rgb(light: SpriteLight) -> tuple[int, int, int]:
    """Return what a shadow multiplies sunlit ground with, 8 bit: the sky alone over all light."""
    numbers = look()
    soil = ramp(
        numbers.ramp,
        np.array(numbers.light.reference_albedo),
        np.array(numbers.light.reference_redness),
    )
    sky = np.array(light.sky_rgb)
    sun = np.array(light.sun_rgb) * max(math.sin(light.elevation_rad), 0.0)
    dark = develop(soil * sky * 0.86, light.grade)
    bright = develop(soil * (sky + sun), light.grade)
    red, green, blue = (
        int(v) for v in np.clip(255.0 * dark / np.maximum(bright, 1.0), 40.0, 255.0)
    )
    return red, green, blue


def shadow_picture(
    outlines: Sequence[Sequence[Point]], scale_px_m: float, colour: tuple[int, int, int]
) -> tuple[pygame.Surface, tuple[int, int]]:
    """Return a picture to multiply the ground with, and its corner from the thing's middle [px]."""
    xs = [x * scale_px_m for outline in outlines for x, _ in outline]
    ys = [-y * scale_px_m for outline in outlines for _, y in outline]
    left, top = math.floor(min(xs)) - 2, math.floor(min(ys)) - 2
    wide, high = math.ceil(max(xs)) + 2 - left, math.ceil(max(ys)) + 2 - top
    k = OVERSAMPLING
    fine = pygame.Surface((wide * k, high * k), depth=32)
    fine.fill((255, 255, 255))
    for outline in outlines:
        points = [((x * scale_px_m - left) * k, (-y * scale_px_m - top) * k) for x, y in outline]
        pygame.draw.polygon(fine, colour, points)
    return pygame.transform.smoothscale(fine, (wide, high)), (left, top)


def contact_picture(radius_px: int, strength_frac: float) -> pygame.Surface:
    """Return the soft dark under a thing, to multiply the ground with."""
    axis = np.linspace(-1.0, 1.0, 2 * radius_px, dtype=np.float32)
    away = axis[:, None] ** 2 + axis[None, :] ** 2
    fade = np.clip(1.0 - away, 0.0, 1.0) ** 2
    level = np.rint(255.0 * (1.0 - strength_frac * fade)).astype(np.uint8)
    return pygame.surfarray.make_surface(np.repeat(level[:, :, None], 3, axis=2))


def _turn(first: Point, second: Point, third: Point) -> float:
    return (second[0] - first[0]) * (third[1] - first[1]) - (second[1] - first[1]) * (
        third[0] - first[0]
    )
