import math

import numpy as np
import pygame
import pytest

from game.render.colour import Grade
from game.ui.camera import View
from game.ui.draw.parts import Part, PartKind, Shape
from game.ui.draw.relief import build_relief
from game.ui.draw.rover import RoverPainter
from game.ui.draw.rover_shape import RoverPose, load_rover_shapes, moved, wheel_shape
from game.ui.draw.shading import SpriteLight, lit
from game.ui.draw.shadow import (
    PlacedShadow,
    cast,
    hull,
    shade_rgb,
    shadow_outlines,
    shadow_picture,
)

GREY = (128, 104, 80)
AFTERNOON = SpriteLight(
    (0.43, 0.44, 0.446),
    (0.23, 0.208, 0.176),
    math.radians(283.0),
    math.radians(34.0),
    Grade(2.0, 1.05, 0.02, (0.58, 0.42, 0.29)),
)


@pytest.fixture(scope="module")
def painter() -> RoverPainter:
    return RoverPainter(load_rover_shapes(), is_patient=True)


def changed(view: View, pose: RoverPose, painter: RoverPainter) -> pygame.Rect:
    target = pygame.Surface((400, 300), depth=32)
    target.fill(GREY)
    painter.draw(target, view, pose, AFTERNOON)
    pixels = pygame.surfarray.array3d(target).astype(int)
    different = np.abs(pixels - np.array(GREY)).sum(axis=2) > 90
    xs, ys = np.nonzero(different)
    left, top, right, low = (int(v) for v in (xs.min(), ys.min(), xs.max(), ys.max()))
    return pygame.Rect(left, top, right - left + 1, low - top + 1)


def test_the_rover_is_three_metres_across_its_wings(painter: RoverPainter) -> None:
    rect = changed(View(0.0, 0.0, 46.0, 400, 300), RoverPose(0.0, 0.0, 0.0), painter)
    assert rect.width == pytest.approx(3.04 * 46.0, abs=4)


def test_the_rover_turns_with_its_heading(painter: RoverPainter) -> None:
    view = View(0.0, 0.0, 46.0, 400, 300)
    north = changed(view, RoverPose(0.0, 0.0, 0.0), painter)
    east = changed(view, RoverPose(0.0, 0.0, math.pi / 2), painter)
    assert (north.width, north.height) == pytest.approx((east.height, east.width), abs=4)


def test_far_away_the_rover_is_an_arrow_of_24_pixels(painter: RoverPainter) -> None:
    rect = changed(View(0.0, 0.0, 2.0, 400, 300), RoverPose(0.0, 0.0, 0.0), painter)
    assert rect.height == pytest.approx(24 + 6, abs=4)


def test_wheels_turn_with_the_way(painter: RoverPainter) -> None:
    view = View(0.0, 0.0, 46.0, 400, 300)
    pictures = []
    for driven_m in (0.0, 0.0125):
        target = pygame.Surface((400, 300), depth=32)
        painter.draw(target, view, RoverPose(0.0, 0.0, 0.0, driven_m=driven_m), AFTERNOON)
        pictures.append(pygame.surfarray.array3d(target))
    assert (pictures[0] != pictures[1]).any()


def test_a_wheel_has_twenty_bars_on_its_rim() -> None:
    spec = load_rover_shapes().wheel
    shape = wheel_shape(spec, 0)
    bars = [part for part in shape.parts if part.kind is PartKind.LINE]
    assert 8 <= len(bars) <= spec.grouser_count // 2 + 1


def test_right_of_a_rover_that_looks_south_is_west() -> None:
    assert moved(0.0, 0.0, math.pi, (1.0, 2.0)) == pytest.approx((-2.0, -1.0))


def test_the_side_to_the_sun_is_brighter() -> None:
    east = Part(PartKind.POLYGON, ((1, -1), (1, 1), (-1, 1), (-1, -1)), "#808080", slope_right=0.5)
    west = Part(PartKind.POLYGON, ((1, -1), (1, 1), (-1, 1), (-1, -1)), "#808080", slope_right=-0.5)
    finish = load_rover_shapes().finish
    tones = []
    for part in (east, west):
        relief = build_relief(Shape(1.2, (part,)), 20.0)
        picture = lit(relief, finish, AFTERNOON, 0.0, 0.0)
        tones.append(sum(picture.get_at((24, 24))[:3]))
    assert tones[1] > tones[0] + 30


def test_dust_turns_the_cells_from_blue_to_brown(painter: RoverPainter) -> None:
    relief = build_relief(painter.shapes.body, 30.0)
    wing = (round(30.0 * (1.72 + 1.0)), round(30.0 * (1.72 - 0.33)))
    tones = [lit(relief, painter.shapes.finish, AFTERNOON, 0.0, d).get_at(wing) for d in (0.0, 0.9)]
    assert tones[0].b > tones[0].r
    assert tones[1].r > tones[1].b


def test_a_shadow_points_away_from_the_sun_and_is_as_long_as_its_height_says() -> None:
    mast = load_rover_shapes().shadow[6]
    sun = (math.radians(90.0), math.radians(45.0))
    (outline,) = shadow_outlines((mast,), 0.0, *sun)
    # Sun in the east at 45 degrees: the top at 1.72 m falls 1.72 m to the west.
    assert min(x for x, _ in outline) == pytest.approx(-1.72 - 0.045, abs=1e-6)
    assert max(abs(y - 0.5) for _, y in outline) == pytest.approx(0.045, abs=1e-6)


def test_a_shadow_is_lit_by_the_brown_sky() -> None:
    red, green, blue = shade_rgb(AFTERNOON)
    assert 90 < red < 200
    assert red > green > blue


def test_two_shadows_are_no_darker_than_one() -> None:
    outline = [[(-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)]]
    picture, corner = shadow_picture(outline, 20.0, (100, 90, 80))
    target = pygame.Surface((100, 100), depth=32)
    target.fill((200, 200, 200))
    one = PlacedShadow(picture, (50 + corner[0], 50 + corner[1]))
    cast(target, [one, PlacedShadow(picture, (58 + corner[0], 50 + corner[1]))])
    assert target.get_at((54, 50)) == target.get_at((36, 50))


def test_a_hull_leaves_out_what_is_inside() -> None:
    square = [(0.0, 0.0), (2.0, 0.0), (2.0, 2.0), (0.0, 2.0)]
    assert sorted(hull([*square, (1.0, 1.0), (0.5, 1.5)])) == sorted(square)
