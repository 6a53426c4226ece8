"""Which craters there are: how many of which size, and the same in every list."""

import math

import numpy as np
import pytest

from game.world.crater_field import CraterField
from game.world.craters import crater_density_1_km2
from tests.world.worlds import spec

SIDE_M = 16384.0


def check_counts(seed: int) -> None:
    field = CraterField(spec(seed))
    box = (-SIDE_M / 2, -SIDE_M / 2, SIDE_M / 2, SIDE_M / 2)
    diameters_m = field.inside(box, 8.0).diameter_m
    for power in range(3, 9):
        low, high = 2.0**power, 2.0 ** (power + 1)
        density = crater_density_1_km2(spec().site, np.array([low, high]))
        expected = float(density[0] - density[1]) * (SIDE_M / 1000.0) ** 2
        count = int(np.sum((diameters_m >= low) & (diameters_m < high)))
        assert abs(count - expected) < 4.0 * math.sqrt(expected), f"{low} m"


@pytest.mark.parametrize("seed", [7])
def test_counts_per_octave_are_poisson(seed: int) -> None:
    check_counts(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_counts_per_octave_are_poisson_for_ten_seeds(seed: int) -> None:
    check_counts(seed)


def check_power(seed: int) -> None:
    # Slope of log N over log D from 10 to 100 m: -2.25 +- 0.1 (dossier 1.3).
    box = (-SIDE_M / 2, -SIDE_M / 2, SIDE_M / 2, SIDE_M / 2)
    diameters_m = CraterField(spec(seed)).inside(box, 10.0).diameter_m
    sizes_m = np.geomspace(10.0, 100.0, 9)
    counts = [int(np.sum(diameters_m >= size_m)) for size_m in sizes_m]
    assert counts[-1] > 200
    power = float(np.polyfit(np.log(sizes_m), np.log(counts), 1)[0])
    assert power == pytest.approx(-2.25, abs=0.1)


def test_the_number_of_small_craters_falls_with_the_published_power() -> None:
    check_power(7)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_the_number_of_small_craters_falls_with_that_power_for_ten_seeds(seed: int) -> None:
    check_power(seed)


def test_a_list_is_sorted_from_old_to_young_and_read_only() -> None:
    craters = CraterField(spec()).touching((0.0, 0.0, 500.0, 500.0), 8.0)
    assert np.all(np.diff(craters.age_frac) <= 0)
    assert not craters.x_m.flags.writeable


def test_a_box_finds_what_a_larger_box_finds_there() -> None:
    field = CraterField(spec())
    small = field.inside((100.0, 100.0, 300.0, 300.0), 5.0)
    large = field.inside((-900.0, -900.0, 1500.0, 1500.0), 5.0)
    is_in = (large.x_m >= 100) & (large.x_m < 300) & (large.y_m >= 100) & (large.y_m < 300)
    assert np.array_equal(np.sort(small.x_m), np.sort(large.x_m[is_in]))


@pytest.mark.parametrize("smallest_m", [5.0, 9.0, 20.0, 47.0, 48.0, 111.0, 256.0, 600.0])
def test_a_list_of_large_craters_is_what_is_left_of_the_list_of_all(smallest_m: float) -> None:
    # The larger the craters asked for, the more of the small ones are never drawn.
    box = (-9000.0, 20_000.0, 4000.0, 31_000.0)
    found, everything = (CraterField(spec()).touching(box, size) for size in (smallest_m, 5.0))
    left = everything.taken(everything.diameter_m >= smallest_m)
    assert len(found) > 0
    for name in ("x_m", "y_m", "diameter_m", "depth_ratio", "age_frac", "phase"):
        assert np.array_equal(getattr(found, name), getattr(left, name)), name
