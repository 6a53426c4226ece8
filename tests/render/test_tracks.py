import numpy as np
import pytest

from game.render.fields import Grid
from game.render.look import look
from game.render.surface import tile_fields
from game.render.tracks import press_tracks, track_marks, track_of
from tests.render.stand_in import StandInTerrain

WAY = np.arange(0.0, 12.0, 0.25)
TRACK = track_of(WAY * 0.8 - 2.0, WAY * 0.6 - 2.0 + 0.3 * np.sin(WAY))


def test_standing_still_leaves_no_track() -> None:
    assert track_of([3.0], [4.0]) is None
    assert track_of([3.0, 3.0, 3.0], [4.0, 4.0, 4.0]) is None


def test_tracks_are_the_same_over_tile_borders() -> None:
    assert TRACK is not None
    whole = track_marks(Grid(-6, 0, 0, 128, 128), TRACK)
    part = track_marks(Grid(-6, 64, 32, 64, 96), TRACK)
    assert whole is not None
    assert part is not None
    for a, b in zip(whole, part, strict=True):
        assert np.abs(a[32:, 64:] - b).max() < 1e-4


def test_the_bands_lie_half_a_gauge_to_both_sides() -> None:
    track = track_of(np.zeros(20), np.linspace(-5.0, 5.0, 20))
    assert track is not None
    grid = Grid(-5, -48, -8, 97, 16)
    marks = track_marks(grid, track)
    assert marks is not None
    dark = marks[1].mean(0) > 0.5
    middles = np.abs(grid.x_m[dark])
    assert middles.mean() == pytest.approx(look().tracks.gauge_m, abs=0.02)
    width = dark.sum() / 2 * grid.cell_m
    assert width == pytest.approx(2 * look().tracks.half_width_m, abs=2 * grid.cell_m)


def test_wheels_press_in_and_throw_up_berms() -> None:
    assert TRACK is not None
    fields = tile_fields(StandInTerrain(), -6, 0, 0, 96, 96)
    pressed = press_tracks(fields, TRACK)
    change = pressed.height_m - fields.height_m
    assert -0.06 < change.min() < -0.008
    assert 0.004 < change.max() < 0.03
    assert (pressed.albedo - fields.albedo).min() < -0.05


def test_tiles_off_the_track_are_left_alone() -> None:
    assert TRACK is not None
    fields = tile_fields(StandInTerrain(), -6, 9000, 9000, 32, 32)
    assert press_tracks(fields, TRACK) is fields


def test_a_track_fades_with_the_zoom_but_stays_visible() -> None:
    assert TRACK is not None
    darkest = []
    for level in (-6, -4, -2, -1):
        marks = track_marks(Grid(level, -8, -8, 40, 40), TRACK)
        assert marks is not None
        darkest.append(float(marks[1].max()))
    assert darkest[0] == pytest.approx(1.0, abs=0.05)
    assert darkest == sorted(darkest, reverse=True)
    assert darkest[-1] > 0.2
