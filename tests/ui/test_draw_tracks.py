import math
import tracemalloc

import pytest

from game.ui.draw.baker import TileKey
from game.ui.draw.tracks import PRESSED_LEVELS, REACH_M, TrackIndex, tiles_near


def test_only_tiles_that_the_track_touches_are_pressed_again() -> None:
    index = TrackIndex()
    index.follow(((0.5, 0.5), (1.0, 0.5), (1.5, 0.5)))
    assert index.revision((-6, 0, 0)) == 3
    assert index.revision((-6, 3, 0)) == 0
    index.follow(((0.5, 0.5), (1.0, 0.5), (1.5, 0.5), (12.5, 0.5)))
    assert index.revision((-6, 3, 0)) > 0
    assert index.revision((-6, 9, 9)) == 0


def test_a_track_that_comes_back_is_two_runs() -> None:
    index = TrackIndex()
    there = [(0.5 * k, 2.0) for k in range(40)]
    back = [(20.0 - 0.5 * k, 6.0) for k in range(40)]
    index.follow((*there, *back))
    runs = index.runs((-6, 0, 0))
    assert len(runs) == 1
    assert runs[0].start_m == 0.0
    wide = index.runs((-5, 0, 0))
    assert len(wide) == 2
    assert wide[1].start_m == pytest.approx(index.way_m[index.points_m.index(wide[1].points_m[0])])


def test_tiles_know_their_points_whenever_they_are_asked() -> None:
    # A winding way with a gap; half of the tiles are asked about before the track goes on.
    track = tuple((30.0 * math.sin(k / 17.0) + (60.0 if k > 150 else 0.0), -0.4 * k)
                  for k in range(300))  # fmt: skip
    plain: dict[TileKey, list[int]] = {}
    for number, point in enumerate(track):
        step_m = math.dist(point, track[number - 1]) if number else 0.0
        for key in tiles_near(point, 0.5 * step_m + REACH_M, PRESSED_LEVELS):
            plain.setdefault(key, []).append(number)
    index = TrackIndex()
    index.follow(track[:170])
    keys = sorted(plain)[:: max(1, len(plain) // 500)]
    for key in keys[::2]:
        assert index.revision(key) == sum(number < 170 for number in plain[key])
    index.follow(track)
    for key in keys:
        assert index._numbers(key) == plain[key], key


def test_a_long_track_takes_little_memory() -> None:
    index = TrackIndex()
    tracemalloc.start()
    index.follow(tuple((0.8 * k, 0.1 * k) for k in range(5000)))  # four kilometres
    for number in range(4000):
        index.revision((-8, number, number // 8))
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert taken < 4e6


def test_another_mission_forgets_the_old_track() -> None:
    index = TrackIndex()
    index.follow(((0.5, 0.5), (1.0, 0.5)))
    index.follow(((50.0, 50.0),))
    assert index.revision((-6, 0, 0)) == 0
