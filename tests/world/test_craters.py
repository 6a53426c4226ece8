"""Craters: how many, how deep, how shaped."""

import csv
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from game.world.crater_form import (
    Shapes,
    Single,
    crater_fade,
    crater_profile_m,
    lobed_radius,
    shapes_of,
)
from game.world.crater_shape import crater_marks
from game.world.craters import (
    Craters,
    crater_density_1_km2,
    crater_diameter_m,
    crater_table,
)
from game.world.landform_specs import CraterSpec
from game.world.window import Window
from tests.world.worlds import spec, world

REFERENCE = Path(__file__).parent.parent / "reference"


def test_densities_follow_the_retained_population() -> None:
    # Ivanov (2001) production with infill of 0.03 m/Myr; the broken power law within 25 %.
    with (REFERENCE / "terrain_crater_density.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            diameter_m = float(row["D_m"])
            if 10.0 <= diameter_m <= 1000.0:
                expected = float(row["N_retained_0.03m_per_Myr"])
                found = float(crater_density_1_km2(spec().site, diameter_m))
                assert found == pytest.approx(expected, rel=0.26), diameter_m


def test_the_inverse_law_is_exact_across_its_breaks() -> None:
    diameters_m = np.array([5.0, 60.0, 199.9, 200.1, 999.0, 1001.0, 4000.0])
    density = crater_density_1_km2(spec().site, diameters_m)
    assert crater_diameter_m(spec().site, density) == pytest.approx(diameters_m, rel=1e-12)


def one_crater(diameter_m: float, ratio: float, age: float) -> Craters:
    columns = [0.0, 0.0, diameter_m, ratio, age, 0.3]
    return crater_table([np.array([value]) for value in columns])


def profile_m(u: Single, shapes: Shapes, crater: CraterSpec) -> Single:
    fade = crater_fade(u, u, shapes)
    return crater_profile_m(u, fade, np.zeros_like(u), shapes, crater)


def test_ejecta_thin_with_the_third_power() -> None:
    # terrain_crater_profile.csv: heights at the rim and at 1.5 and 2 radii; McGetchin 1973.
    crater = replace(spec().recipe.crater, reach_fresh=50.0, reach_old=50.0)
    shapes = shapes_of(one_crater(100.0, 0.2, 0.0), crater)
    u = np.array([1.5, 2.0], np.float32)
    height_m = profile_m(u, shapes, crater)
    # Per cent of the diameter, a tenth of the rim as tolerance for the soft rim and the fade.
    assert height_m / 100.0 == pytest.approx([0.01, 0.0025 * 2], abs=0.002)


@pytest.mark.parametrize("ratio", [0.20, 0.15, 0.10, 0.06])
def test_depth_and_rim_are_those_of_the_table(ratio: float) -> None:
    # Only the fill and the soft rim take something away from the ideal crater.
    with (REFERENCE / "terrain_crater_profile.csv").open(encoding="utf-8") as file:
        row = next(one for one in csv.DictReader(file) if float(one["depth_over_D"]) == ratio)
    crater = replace(spec().recipe.crater, fill_fresh=0.0, fill_old=0.0)
    shapes = shapes_of(one_crater(100.0, ratio, 0.0), crater)
    u = np.linspace(0, 2, 401, dtype=np.float32)
    height_m = profile_m(u, shapes, crater)
    assert float(height_m[0]) / 100.0 == pytest.approx(float(row["h_at_0"]), abs=0.12 * ratio)
    rim = float(row["h_at_R"])
    assert 0.3 * rim < float(height_m.max()) / 100.0 <= rim + 1e-6


def test_fresh_walls_stay_under_the_angle_of_repose() -> None:
    crater = spec().recipe.crater
    deepest = crater.ghost_depth_ratio + crater.fresh_depth_ratio
    shapes = shapes_of(one_crater(200.0, deepest, 0.0), crater)
    u = np.linspace(0, 3, 3001, dtype=np.float32)
    height_m = profile_m(u, shapes, crater)
    slope_deg = math.degrees(math.atan(float(np.abs(np.gradient(height_m, 0.1)).max())))
    assert slope_deg < 33.0


def test_the_outline_is_lobed_but_round_enough() -> None:
    shapes = shapes_of(one_crater(2.0, 0.1, 0.5), spec().recipe.crater)
    angle = np.linspace(0, math.tau, 360, dtype=np.float32)
    u, _ = lobed_radius(np.cos(angle), np.sin(angle), shapes)
    crater = spec().recipe.crater
    assert 0.02 < np.ptp(u) <= 2 * (crater.lobe2 + crater.lobe3) + 1e-5


@pytest.mark.parametrize("diameter_m", [6.0, 14.0, 90.0])
def test_a_crater_is_the_same_stamped_alone_or_together(diameter_m: float) -> None:
    # Small ones are stamped in squares, large ones alone: the level decides which.
    crater = spec().recipe.crater
    one = one_crater(diameter_m, 0.1, 0.1)
    flat = np.zeros((201, 201), np.float32)
    coarse = crater_marks(Window(0, -100, -100, 201, 201), one, crater, (1.0, 0.0), flat)
    fine_flat = np.zeros((801, 801), np.float32)
    fine = crater_marks(Window(-2, -400, -400, 801, 801), one, crater, (1.0, 0.0), fine_flat)
    assert fine.height_m[::4, ::4] == pytest.approx(coarse.height_m, abs=1e-4)
    assert fine.fresh[::4, ::4] == pytest.approx(coarse.fresh, abs=1e-4)


def test_young_craters_are_rocky_and_old_ones_are_not() -> None:
    crater = spec().recipe.crater
    window, flat = Window(0, -100, -100, 201, 201), np.zeros((201, 201), np.float32)
    young = crater_marks(window, one_crater(60.0, 0.18, 0.0), crater, (1.0, 0.0), flat)
    old = crater_marks(window, one_crater(60.0, 0.06, 0.8), crater, (1.0, 0.0), flat)
    assert young.fresh.max() > 0.7
    assert old.fresh.max() == 0.0
    # A worn crater keeps its sand: the floor is flatter than the bowl of a young one.
    floor = np.ptp(old.height_m[90:111, 90:111])
    assert floor < 0.25 * np.ptp(young.height_m[90:111, 90:111])


def test_pieces_of_a_crater_fit_together_to_the_last_bit() -> None:
    # Flanks, rims and floors take short cuts of their own.
    terrain = world()
    found = terrain.craters_in(0.0, 0.0, 400.0, 400.0, 8.0)
    young = int(np.argmin(found.age_frac + 0.1 * (found.diameter_m > 14.0)))
    i0, j0 = (round(float(one[young]) * 8) - 160 for one in (found.x_m, found.y_m))
    whole = terrain.ground(-3, i0, j0, 320, 320)
    for row in range(0, 320, 64):
        for column in range(0, 320, 64):
            piece = terrain.ground(-3, i0 + column, j0 + row, 64, 64)
            there = np.s_[row : row + 64, column : column + 64]
            for name in ("height_m", "fresh", "hollow"):
                assert np.array_equal(getattr(piece, name), getattr(whole, name)[there]), name
