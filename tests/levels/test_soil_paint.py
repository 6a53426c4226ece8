"""Painted soil keeps what the author painted, but for the straight edges."""

import numpy as np
from numpy.typing import NDArray

from game.levels.level import SoilGrid
from game.levels.overlay_shapes import circle_points, covering_circles, inside
from game.levels.soil_paint import frayed, painted
from game.world.overlays import UNPAINTED, SoilPaint


def squares(paint: SoilPaint) -> NDArray[np.uint8]:
    return np.frombuffer(paint.soils, np.uint8).reshape(paint.rows, paint.columns)


def grid(codes: NDArray[np.uint8]) -> SoilGrid:
    return SoilGrid(-10.0, -20.0, 2.0, codes.shape[1], codes.shape[0], codes.tobytes())


def test_the_fine_grid_covers_the_same_ground() -> None:
    paint = frayed(grid(np.zeros((30, 40), np.uint8)))
    assert (paint.x0_m, paint.y0_m, paint.cell_m) == (-10.0, -20.0, 0.5)
    assert (paint.columns, paint.rows) == (160, 120)


def test_a_single_painted_tile_stays() -> None:
    codes = np.zeros((40, 40), np.uint8)
    codes[20, 20] = 5
    fine = squares(frayed(grid(codes)))
    assert fine[82, 82] == 5
    assert 4 <= np.count_nonzero(fine == 5) <= 36


def test_the_middle_is_painted_and_the_rim_thins_out() -> None:
    fine = squares(frayed(grid(np.full((40, 40), 3, np.uint8))))
    assert np.all(fine[24:-24, 24:-24] == 3)
    rim = np.concatenate([fine[0], fine[-1], fine[:, 0], fine[:, -1]])
    assert np.mean(rim == UNPAINTED) > 0.8


def test_the_same_map_always_gives_the_same_paint() -> None:
    soil = grid(np.arange(1200, dtype=np.uint8).reshape(30, 40) % 8)
    assert frayed(soil) == frayed(soil)


def test_an_outline_is_filled_to_its_area() -> None:
    paint = painted(circle_points(100.0, -50.0, 10.0), 4)
    area_m2 = np.count_nonzero(squares(paint) == 4) * paint.cell_m**2
    np.testing.assert_allclose(area_m2, np.pi * 100.0, rtol=0.05)


def test_a_very_large_outline_gets_larger_squares() -> None:
    paint = painted(((0.0, 0.0), (20_000.0, 0.0), (20_000.0, 20_000.0)), 1)
    assert paint.columns * paint.rows < 10**6


def test_circles_cover_an_outline() -> None:
    points = ((0.0, 0.0), (30.0, -4.0), (26.0, 12.0), (4.0, 20.0))
    circles = covering_circles(points, 6.0)
    x, y = np.meshgrid(np.linspace(-5.0, 35.0, 60), np.linspace(-8.0, 24.0, 60))
    covered = np.zeros(x.shape, dtype=bool)
    for cx, cy, radius in circles:
        covered |= np.hypot(x - cx, y - cy) <= radius
    is_inside = inside(points, x, y)
    assert np.all(covered[is_inside])
    assert np.count_nonzero(covered & ~is_inside) < 0.5 * np.count_nonzero(is_inside)
