"""Shadows that fall into an area, from near and from far."""

import math

import numpy as np
import pytest

from game.world import shade
from game.world.overlays import FlatOverlay, OpenGround
from game.world.shade import fallen_shadow_m, lit_area
from game.world.sightline import is_lit
from game.world.terrain import Terrain
from game.world.window import Window
from tests.world.worlds import SITES, spec, world

FLAT = FlatOverlay(-9000.0, -9000.0, 9000.0, 9000.0, 0.0, 1.0)


def walled(y0_m: float, height_m: float) -> Terrain:
    wall = FlatOverlay(-900.0, y0_m, 900.0, y0_m + 60.0, height_m, 0.5)
    return Terrain(spec(7, SITES[0], (OpenGround(), FLAT, wall)))


def test_a_lit_window_counts_shadows_from_outside() -> None:
    wall = FlatOverlay(-30.0, 25.0, 30.0, 35.0, 15.0, 0.5)
    flat = FlatOverlay(-400.0, -400.0, 400.0, 400.0, 0.0, 1.0)
    terrain = Terrain(spec(7, SITES[0], (OpenGround(), flat, wall)))
    window = Window(0, -10, 0, 21, 20)
    assert not lit_area(terrain, window, 0.0, math.radians(15.0)).any()
    assert lit_area(terrain, window, math.pi, math.radians(15.0)).all()
    alone = terrain.ground(0, -10, 0, 21, 20).height_m
    assert is_lit(alone, 1.0, 0.0, math.radians(15.0)).all()


@pytest.mark.parametrize("level", [-4, -2, 0, 3])
def test_the_shadow_of_a_far_wall_is_as_deep_as_it_must_be(level: int) -> None:
    # 60 m high, a kilometre to the north, the Sun at 3 degrees: 60 - 1000 tan 3 = 7.6 m.
    elevation_rad = math.radians(3.0)
    terrain, half = walled(1000.0, 60.0), 8
    window = Window(level, -half, -half, 2 * half, 2 * half)
    depth_m = fallen_shadow_m(terrain, window, (0.0, elevation_rad))
    y_m = window.y_m()
    expected_m = 60.0 - (1000.0 - y_m) * math.tan(elevation_rad)
    # The wall's edge is known to a cell of the ground that saw it.
    off_m = 2.0 * max(16.0, 2.0**level) * math.tan(elevation_rad)
    assert depth_m[:, half] == pytest.approx(expected_m, abs=off_m)
    assert lit_area(terrain, window, math.pi, elevation_rad).all()
    assert lit_area(terrain, window, 0.0, math.radians(4.5)).all()


@pytest.mark.parametrize("azimuth_deg", [0.0, 75.0, 160.0, 283.0])
def test_looking_coarser_far_away_changes_little(
    azimuth_deg: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The same area, all at its own level and with the far ground coarser: two models.
    terrain, azimuth_rad, elevation_rad = world(), math.radians(azimuth_deg), math.radians(7.0)
    window = Window(0, -120, -700, 240, 240)
    monkeypatch.setattr(shade, "_TALLEST_M", 12.0)
    whole = lit_area(terrain, window, azimuth_rad, elevation_rad)
    monkeypatch.setattr(shade, "_MOST_CELLS", 40)
    coarser = lit_area(terrain, window, azimuth_rad, elevation_rad)
    assert 0.3 < float(whole.mean()) < 0.999
    assert float(np.mean(whole == coarser)) > 0.985


def test_a_sun_that_is_nowhere_is_refused() -> None:
    with pytest.raises(ValueError, match="lit_area: the direction of the Sun"):
        lit_area(world(), Window(0, 0, 0, 4, 4), math.nan, 0.3)
    assert not lit_area(world(), Window(0, 0, 0, 4, 4), 0.0, -0.1).any()
