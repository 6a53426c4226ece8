"""Plates of duricrust: where they stand, and that they are level."""

import numpy as np
import pytest

from game.render.crust import paint_crust
from game.render.fields import Grid
from game.render.look import look
from tests.render.plain import plain_canvas

GRID = Grid(-6, 300, 200, 640, 640)


def share(cover: float, grid: Grid = GRID) -> float:
    return float((paint_crust(plain_canvas(grid, cover)) > 0.5).mean())


def test_plates_stand_on_firm_ground_and_sand_has_none() -> None:
    # Soil is duricrust under a cover of -0.10: terrain.toml.
    assert share(-1.2) > 0.45
    assert 0.08 < share(-0.15) < share(-1.2)
    assert share(0.6) == 0.0


def test_dust_has_drowned_some_of_them() -> None:
    wide = Grid(-4, 0, 0, 640, 640)
    assert share(-1.2, wide) < 0.9


def test_plates_fade_out_where_cells_are_too_wide() -> None:
    coarsest_m = look().crust.coarsest_cell_m
    assert share(-1.2, Grid(0, 0, 0, 64, 64)) == 0.0
    assert coarsest_m < 1.0


def test_the_small_relief_under_a_plate_is_gone() -> None:
    canvas = plain_canvas(GRID, -1.2)
    bump = 0.02 * np.sin(np.arange(640) * 1.3)[None, :] * np.ones((640, 1))
    canvas.height_m += bump.astype(np.float32)
    plain = plain_canvas(GRID, -1.2)
    plate = paint_crust(canvas)
    paint_crust(plain)
    rest = canvas.height_m - plain.height_m
    standing = plate > 0.95
    assert float(rest[standing].std()) < 0.45 * float(bump.std())
    assert float(rest[plate < 0.05].std()) == pytest.approx(float(bump.std()), rel=0.1)
