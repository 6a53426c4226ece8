"""Machines in a picture: where they stand, what they hide, how they are lit."""

import math
from dataclasses import replace

import numpy as np
import pytest

from game.render.camera import Picture, camera_picture
from game.render.false_colour import packed, stretched
from game.render.own_shadow import Pose
from game.render.rings import height_at
from game.render.sky import Air
from game.render.solids import BoxSpec, Solid, solids
from game.render.view import View
from tests.render.stand_in import StandInTerrain

TERRAIN = StandInTerrain()
NOON = Air(math.radians(55.0), math.radians(200.0), 0.44)
VIEW = View(
    0.0, 0.0, 0.0, elevation_rad=0.0, fov_rad=math.radians(90), width=160, height=90, eye_m=0.3
)


def cube(x_m: float, y_m: float, half_m: float = 0.5, turn_rad: float = 0.0) -> Solid:
    box = BoxSpec((0.0, 0.0, half_m), (half_m, half_m, half_m), 0.9, 0.0)
    ground_m = height_at(TERRAIN, replace(VIEW, x_m=x_m, y_m=y_m))
    return Solid((box,), Pose(x_m, y_m, turn_rad), ground_m)


def seen(*machines: Solid) -> Picture:
    return camera_picture(TERRAIN, VIEW, NOON, solids=machines)


def changed(*machines: Solid) -> np.ndarray[tuple[int, ...], np.dtype[np.bool_]]:
    bare, full = seen().astype(int), seen(*machines).astype(int)
    return np.asarray(np.abs(full - bare).max(axis=2) > 12)


def test_a_cube_stands_where_it_is_and_as_large_as_it_is() -> None:
    columns = np.flatnonzero(changed(cube(0.0, 5.0)).any(axis=0))
    # one metre wide, its front 4.5 m away, in the middle of the picture
    width_px = 2.0 * VIEW.focal * 0.5 / 4.5
    assert columns.max() - columns.min() + 1 == pytest.approx(width_px, abs=3)
    assert (columns.max() + columns.min()) / 2 == pytest.approx(VIEW.width / 2, abs=1.5)
    right = np.flatnonzero(changed(cube(4.0, 5.0)).any(axis=0))
    assert right.min() > VIEW.width / 2


def test_what_is_behind_the_camera_or_too_far_is_not_in_the_picture() -> None:
    assert not changed(cube(0.0, -5.0)).any()
    assert changed(cube(0.0, 5.0)).sum() > 20 * changed(cube(0.0, 60.0)).sum()


def test_a_turned_cube_shows_more_of_itself() -> None:
    straight = changed(cube(0.0, 5.0)).any(axis=0).sum()
    turned = changed(cube(0.0, 5.0, turn_rad=math.pi / 4)).any(axis=0).sum()
    assert turned > 1.15 * straight


def test_the_nearer_machine_hides_the_other_whatever_their_order() -> None:
    near, far = cube(0.0, 4.0), cube(0.0, 8.0)
    assert np.array_equal(seen(near, far), seen(far, near))


def test_the_side_towards_the_sun_is_brighter() -> None:
    high = math.radians(35.0)
    lit = camera_picture(TERRAIN, VIEW, Air(high, math.pi, 0.44), solids=(cube(0.0, 5.0),)).astype(
        int
    )
    dark = camera_picture(TERRAIN, VIEW, Air(high, 0.0, 0.44), solids=(cube(0.0, 5.0),)).astype(int)
    row, column = VIEW.height // 2 - 1, VIEW.width // 2
    assert lit[row, column].sum() > dark[row, column].sum() + 60


def test_the_shipped_machines_are_as_large_as_the_real_ones() -> None:
    # mission dossier, section 9: rover 2.6 x 3.0 x 1.85 m unfolded
    def reach(axis: int) -> float:
        return max(abs(box.middle_m[axis]) + box.half_m[axis] for box in solids().rover)

    assert 2.0 * reach(0) == pytest.approx(2.6, abs=0.3)
    assert reach(2) == pytest.approx(1.85, abs=0.1)
    assert all(box.middle_m[2] - box.half_m[2] > -0.01 for box in solids().lander)
    with pytest.raises(ValueError, match="above zero"):
        BoxSpec((0.0, 0.0, 0.0), (1.0, 0.0, 1.0), 0.5, 0.0)


def test_false_colours_are_pulled_apart() -> None:
    plain = seen()
    strong = stretched(plain)

    def links(picture: Picture) -> float:
        return float(np.corrcoef(picture.reshape(-1, 3).T.astype(float))[0, 2])

    assert strong.shape == plain.shape
    assert links(strong) < links(plain) - 0.2
    flat = np.full((8, 8, 3), 90, np.uint8)
    assert stretched(flat).std() == 0.0


def test_hard_packing_loses_detail_and_light_packing_none() -> None:
    plain = seen(cube(0.0, 5.0))
    assert packed(plain, 8.0, 8.0) is plain
    errors = [
        float(np.abs(packed(plain, ratio, 8.0).astype(int) - plain.astype(int)).mean())
        for ratio in (16.0, 32.0, 64.0)
    ]
    assert 0.0 < errors[0] < errors[1] < errors[2]
