import math
import time
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pygame
import pytest
from numpy.typing import NDArray

from game.ui.camera import View
from game.ui.draw.baker import (
    TILE_CELLS,
    Baker,
    OverlayJob,
    Quarry,
    SunPlace,
    TileJob,
    TrackRun,
    grid_of,
)
from game.ui.draw.blast import Blast, marked
from game.ui.draw.camera_view import draw_arriving, fitted
from game.ui.draw.effects import WheelDust
from game.ui.draw.ground import GroundView, load_ground_view_spec
from game.ui.draw.lander import HardwarePainter, load_blast, load_hardware
from game.ui.draw.overlay_fields import Overlay, OverlayKind, overlay_values
from game.ui.draw.overlays import coloured, load_overlays
from game.ui.draw.rover_shape import RoverPose, load_rover_shapes
from game.ui.draw.scene import Scene
from game.ui.draw.tiling import box_of, tiles_in
from game.world.places import Place, PlaceKind
from tests.ui.small_ground import Slope, SmallGround

VIEW = View(31.0, 31.0, 46.0, 240, 160)
AFTERNOON = SunPlace(math.radians(34.0), math.radians(283.0), 0.44)
SCENE = Scene(RoverPose(31.0, 31.0, 0.4), AFTERNOON)


@pytest.fixture(scope="module")
def ground() -> Iterator[GroundView]:
    pygame.display.init()
    made = GroundView(SmallGround, is_synchronous=True)
    yield made
    made.close()


def picture(ground: GroundView, view: View, scene: Scene) -> NDArray[np.float64]:
    target = pygame.Surface((view.width_px, view.height_px), depth=32)
    ground.fill(view, scene)
    ground.draw(target, view, scene, 1 / 60)
    return np.asarray(pygame.surfarray.array3d(target).swapaxes(0, 1), np.float64)


def luma(pixels: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(pixels @ np.array([0.2126, 0.7152, 0.0722]), np.float64)


def test_the_same_scene_is_the_same_picture(ground: GroundView) -> None:
    assert np.array_equal(picture(ground, VIEW, SCENE), picture(ground, VIEW, SCENE))


def test_no_step_shows_where_tiles_meet(ground: GroundView) -> None:
    away = replace(SCENE, rover=RoverPose(500.0, 500.0, 0.0))
    tones = luma(picture(ground, VIEW, away))
    steps = np.abs(np.diff(tones, axis=1)).mean(axis=0)
    wests = {round(VIEW.to_px(box_of(key)[0], 0.0)[0]) for key in tiles_in(VIEW, -6)}
    edges = [west for west in wests if 2 < west < VIEW.width_px - 2]
    assert len(edges) > 0
    for edge in edges:
        # the design allows a step of 1.15 of the others
        assert steps[edge - 2 : edge + 1].mean() < 1.15 * np.quantile(steps, 0.9)


def test_at_night_the_lamp_lights_what_is_ahead(ground: GroundView) -> None:
    night = SunPlace(math.radians(-20.0), 5.0, 0.44)
    dark = replace(SCENE, sun=night, rover=RoverPose(31.0, 30.0, 0.0, mast_rad=0.0))
    unlit = luma(picture(ground, VIEW, dark))
    lamp = luma(picture(ground, VIEW, replace(dark, is_lamp_on=True)))
    assert np.median(unlit) < 30.0
    gain = lamp - unlit
    assert gain[10:60, 100:140].mean() > 15.0
    assert gain[130:, :].mean() < 1.0


def test_the_rover_throws_its_shadow_away_from_the_sun(ground: GroundView) -> None:
    west = SunPlace(math.radians(34.0), math.radians(270.0), 0.44)
    here = replace(SCENE, sun=west, rover=RoverPose(31.0, 31.0, 0.0))
    gone = replace(here, rover=RoverPose(500.0, 500.0, 0.0))
    loss = luma(picture(ground, VIEW, gone)) - luma(picture(ground, VIEW, here))
    assert loss[60:100, 200:225].mean() > loss[60:100, 15:40].mean() + 10.0


def test_hardware_is_drawn_where_its_place_is(ground: GroundView) -> None:
    camera = Place("camera", "Dropped camera", PlaceKind.HARDWARE, 29.5, 31.0, 3.0)
    bare = picture(ground, VIEW, replace(SCENE, rover=RoverPose(500.0, 500.0, 0.0)))
    with_it = picture(
        ground, VIEW, replace(SCENE, rover=RoverPose(500.0, 500.0, 0.0), places=(camera,))
    )
    ys, xs = np.nonzero(np.abs(with_it - bare).sum(axis=2) > 30)
    x_px, y_px = VIEW.to_px(29.5, 31.0)
    assert abs(xs.mean() - x_px) < 12
    assert abs(ys.mean() - y_px) < 12


def test_every_thing_left_by_the_landing_has_a_shape_and_a_shadow() -> None:
    assert {"lander", "camera", "parachute", "backshell"} <= set(load_hardware())
    for thing in load_hardware().values():
        assert thing.shape.parts
        assert thing.prisms


def test_the_landing_darkened_the_ground_but_not_far_away() -> None:
    baker = Baker(Quarry(SmallGround, 20_000_000))
    plain = baker.fields((-1, 0, 0))
    blast = Blast(load_blast(), 20.0, 20.0)
    touched = marked(plain, blast)
    m = plain.margin
    at = (slice(m + 50, m + 56), slice(m + 50, m + 56))
    assert touched.albedo[at].mean() < plain.albedo[at].mean() - 0.03
    assert np.array_equal(touched.albedo[-20:, -20:], plain.albedo[-20:, -20:])
    assert marked(plain, Blast(load_blast(), 4000.0, 0.0)) is plain


def test_tracks_are_pressed_where_the_wheels_went() -> None:
    baker = Baker(Quarry(SmallGround, 20_000_000))
    points = tuple((0.5 * k, 2.0) for k in range(9))
    bare = baker.bake(TileJob((-6, 0, 0), AFTERNOON, 0, ()))
    pressed = baker.bake(TileJob((-6, 0, 0), AFTERNOON, 9, (TrackRun(points, 0.0),)))
    rows = np.nonzero((bare.pixels != pressed.pixels).mean(axis=1) > 0.5)[0]  # type: ignore[union-attr]
    north_m = (TILE_CELLS - 1 - rows) / 64.0
    assert north_m.min() == pytest.approx(2.0 - 0.74, abs=0.2)
    assert north_m.max() == pytest.approx(2.0 + 0.74, abs=0.2)


def test_the_slope_of_a_plane_is_its_slope() -> None:
    baker = Baker(Quarry(Slope, 20_000_000))
    baked = baker.bake(OverlayJob((-3, 0, 0), Overlay(OverlayKind.SLOPE)))
    assert baked.values == pytest.approx(math.degrees(math.atan(0.1)), abs=0.02)  # type: ignore[union-attr]


def test_a_steeper_slope_costs_more_energy() -> None:
    table = tuple(tuple(3600.0 * (1.0 + degree) for degree in range(36)) for _ in range(8))
    overlay = Overlay(OverlayKind.ENERGY, drive_j_m=table)
    values = overlay_values(Slope(), overlay, grid_of((-3, 0, 0)))
    assert values == pytest.approx(7.0)  # 5.7 degrees are nearest to row six


def test_an_overlay_is_clear_where_nothing_is_wrong() -> None:
    scale = load_overlays().slope
    shown = coloured(np.array([[0.0, 20.0]], np.float32), scale)
    assert shown.get_at((0, 0)).a == 0
    assert shown.get_at((1, 0)).a > 120


def test_dust_rises_only_behind_turning_wheels() -> None:
    spec = load_ground_view_spec().effects
    dust = WheelDust(spec, load_rover_shapes().assembly)
    pose = RoverPose(31.0, 31.0, 0.0, driven_m=5.0)
    for k in range(30):
        dust.update(pose, k / 60)
    assert not dust._puffs
    for k in range(30):
        dust.update(replace(pose, driven_m=5.0 + 0.05 * k), 0.5 + k / 60)
    assert dust._puffs


def test_a_picture_comes_home_line_by_line() -> None:
    image = pygame.Surface((64, 36))
    image.fill((200, 60, 40))
    target = pygame.Surface((64, 36))
    colours = ((22, 18, 15), (134, 184, 232))
    draw_arriving(target, target.get_rect(), image, 0.5, colours)
    assert tuple(target.get_at((30, 5))) == (200, 60, 40, 255)
    low = target.get_at((30, 30))
    assert max(low[:3]) - min(low[:3]) < 12


def test_a_picture_is_cut_and_never_stretched() -> None:
    assert fitted(pygame.Surface((640, 360)), (100, 100)).get_size() == (100, 100)


def test_a_view_is_ready_only_with_its_light_and_the_lander() -> None:
    beside = GroundView(SmallGround, is_synchronous=True)
    beside.hardware = HardwarePainter(load_hardware())  # painted beside the game, as in play
    lander = Place("lander", "Lander", PlaceKind.HARDWARE, 31.0, 31.0, 3.0)
    scene = replace(SCENE, places=(lander,))
    beside.store.fill(VIEW, SCENE.sun)
    assert beside.readiness_frac(VIEW, scene) < 0.99
    for _ in range(400):
        if beside.readiness_frac(VIEW, scene) >= 1.0:
            break
        time.sleep(0.02)
    assert beside.readiness_frac(VIEW, scene) == 1.0
    beside.close()
