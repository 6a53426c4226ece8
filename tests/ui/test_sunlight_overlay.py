"""How much of a sol's sunlight hills let through, laid over the ground."""

import math

import numpy as np
import pytest

from game.levels.open import OpenedLevel
from game.render.fields import Grid
from game.ui.draw.overlay_fields import Overlay, OverlayKind, overlay_values
from game.ui.draw.overlays import load_overlays, overlay_of
from tests.ui.small_ground import SmallGround


class Wall(SmallGround):
    """A plain with a wall of 20 m along the north-south axis, 40 m to the east."""

    def ground(self, level: int, i0: int, j0: int, nx: int, ny: int):  # type: ignore[no-untyped-def]
        made = super().ground(level, i0, j0, nx, ny)
        x_m = (i0 + np.arange(nx, dtype=np.float32)) * np.float32(2.0**level)
        made.height_m[:] = np.where(np.abs(x_m - 40.0) < 2.0, 20.0, 0.0)[None, :]
        return made


def test_a_wall_takes_the_morning_and_leaves_the_rest_of_the_sol() -> None:
    day = ((math.radians(90.0), math.radians(20.0)), (math.radians(270.0), math.radians(20.0)))
    overlay = Overlay(OverlayKind.SUN, sky=day)
    tile = Grid(-1, 0, 0, 256, 32)
    found = overlay_values(Wall(), overlay, tile)
    x_m = tile.x_m
    # The shadow of 20 m is 55 m long at 20 degrees: west of the wall by morning, east by evening.
    for low_m, high_m, share in ((0.0, 36.0, 0.5), (44.0, 90.0, 0.5), (99.0, 127.0, 1.0)):
        part = found[:, (x_m >= low_m) & (x_m <= high_m)]
        assert part == pytest.approx(share, abs=1e-6), (low_m, high_m)


def test_open_ground_has_all_sunlight_and_night_none() -> None:
    tile = Grid(-3, 0, 0, 40, 30)
    noon = ((math.pi, math.radians(70.0)),)
    assert (overlay_values(SmallGround(), Overlay(OverlayKind.SUN, sky=noon), tile) > 0.99).all()
    assert not overlay_values(SmallGround(), Overlay(OverlayKind.SUN), tile).any()


def test_the_sun_of_a_sol_goes_from_east_to_west_over_noon(ninety: OpenedLevel) -> None:
    overlay = overlay_of(ninety.setup, OverlayKind.SUN, 5 * 88775)
    azimuths = [math.degrees(azimuth_rad) % 360.0 for azimuth_rad, _ in overlay.sky]
    heights = [math.degrees(elevation_rad) for _, elevation_rad in overlay.sky]
    assert len(overlay.sky) == 13
    assert azimuths[0] < 120.0
    assert azimuths[-1] > 240.0
    assert min(heights) > 5.0
    assert heights.index(max(heights)) == 6
    assert overlay_of(ninety.setup, OverlayKind.SUN, 5 * 88775 + 3600) == overlay


def test_the_overlay_has_a_scale_from_half_to_all() -> None:
    scale = load_overlays().scale(OverlayKind.SUN)
    assert [stop.value for stop in scale.stops] == sorted(stop.value for stop in scale.stops)
    assert scale.stops[-1].words == "all"
