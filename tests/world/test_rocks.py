"""Rocks follow Golombek & Rapp (1997)."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from game.world.overlays import RockFieldOverlay, RockOverlay
from game.world.rocks import Rocks, rock_area_frac, rocks_1_m2
from tests.world.worlds import plain_rocks, spec, world

REFERENCE = Path(__file__).parent.parent / "reference"
SIDE_M = 256.0


def check_sizes(seed: int) -> None:
    rocks = plain_rocks(seed).rocks_in(5000.0, 0.0, 5000.0 + SIDE_M, SIDE_M, 0.1)
    area_m2 = SIDE_M * SIDE_M
    with (REFERENCE / "terrain_rock_sfd.csv").open(encoding="utf-8") as file:
        row = next(one for one in csv.DictReader(file) if float(one["k"]) == 0.04)
    covered = float(np.sum(math.pi / 4.0 * rocks.diameter_m**2)) / area_m2
    assert covered == pytest.approx(float(row["CFA_ge_0.1m"]), rel=0.03)
    count = int(np.sum(rocks.diameter_m >= 0.3)) / area_m2 * 100.0
    assert count == pytest.approx(float(row["N_ge_0.3m_per_100m2"]), rel=0.05)


@pytest.mark.parametrize("seed", [7])
def test_area_and_number_follow_the_law(seed: int) -> None:
    check_sizes(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_area_and_number_follow_the_law_for_ten_seeds(seed: int) -> None:
    check_sizes(seed)


@pytest.mark.parametrize("k", [0.02, 0.04, 0.07, 0.10])
def test_the_closed_form_agrees_with_the_table(k: float) -> None:
    rock = spec().recipe.rock
    with (REFERENCE / "terrain_rock_sfd.csv").open(encoding="utf-8") as file:
        row = next(one for one in csv.DictReader(file) if float(one["k"]) == k)
    assert float(rock_area_frac(rock, k, 0.3)) == pytest.approx(float(row["CFA_ge_0.3m"]), rel=0.01)
    number = rocks_1_m2(rock, k, 0.3, rock.largest_m) * 100.0
    assert number == pytest.approx(float(row["N_ge_0.3m_per_100m2"]), rel=0.01)


def test_the_plain_as_a_whole_has_the_abundance_of_the_site() -> None:
    # Patches, sand, ridges and ejecta move rocks about; the mean stays within 20 %.
    rocks = world().rocks_in(-500.0, -500.0, 500.0, 500.0, 0.5)
    per_100_m2 = len(rocks) / 1.0e6 * 100.0
    assert per_100_m2 == pytest.approx(0.78, rel=0.2)


def test_heights_are_a_third_to_two_thirds_of_the_diameter() -> None:
    rocks = world().rocks_in(0.0, 0.0, 60.0, 60.0, 0.1)
    ratio = rocks.height_m / rocks.diameter_m
    assert ratio.min() >= 0.35
    assert ratio.max() <= 0.6
    assert ratio.mean() == pytest.approx(0.475, abs=0.02)


def in_order(rocks: Rocks) -> list[tuple[float, float]]:
    return sorted(zip(rocks.x_m.tolist(), rocks.y_m.tolist(), strict=True))


def test_a_box_finds_what_a_larger_box_finds_there() -> None:
    terrain = world()
    small = terrain.rocks_in(10.0, 10.0, 40.0, 40.0, 0.1)
    large = terrain.rocks_in(-40.0, -40.0, 90.0, 90.0, 0.1)
    is_in = (large.x_m >= 10) & (large.x_m < 40) & (large.y_m >= 10) & (large.y_m < 40)
    assert in_order(small) == in_order(large.taken(is_in))
    big = terrain.rocks_in(10.0, 10.0, 40.0, 40.0, 0.3)
    assert in_order(big) == in_order(small.taken(small.diameter_m >= 0.3))


def test_places_and_sizes_are_independent() -> None:
    rocks = plain_rocks(7).rocks_in(5000.0, 0.0, 5100.0, 100.0, 0.1)
    columns = np.vstack([rocks.x_m % 32, rocks.y_m % 32, rocks.diameter_m, rocks.tone])
    apart = np.corrcoef(columns) - np.eye(4)
    assert np.abs(apart).max() < 0.05
    cells = np.histogram2d(rocks.x_m, rocks.y_m, bins=10)[0]
    assert cells.var() / cells.mean() == pytest.approx(1.0, abs=0.5)


def test_young_ejecta_are_rockier() -> None:
    terrain = world()
    craters = terrain.craters_in(-2000.0, -2000.0, 2000.0, 2000.0, 25.0)
    young = int(np.argmin(craters.age_frac))
    x, y = float(craters.x_m[young]), float(craters.y_m[young])
    reach = float(craters.diameter_m[young]) * 0.75
    near = len(terrain.rocks_in(x - reach, y - reach, x + reach, y + reach, 0.2))
    assert near / (4 * reach * reach) > 1.2 * rocks_1_m2(spec().recipe.rock, 0.04, 0.2, 4.0)


def test_a_level_can_clear_crowd_and_place_rocks() -> None:
    overlays = (
        RockFieldOverlay(500.0, 0.0, 20.0, 0.0),
        RockFieldOverlay(700.0, 0.0, 20.0, 0.2),
        RockOverlay(500.0, 3.0, 0.7),
    )
    terrain = world(7, "utopia-planitia", overlays)
    cleared = terrain.rocks_in(490.0, -10.0, 510.0, 10.0, 0.1)
    assert in_order(cleared) == [(500.0, 3.0)]
    assert float(cleared.diameter_m[0]) == 0.7
    crowded = terrain.rocks_in(690.0, -10.0, 710.0, 10.0, 0.1)
    plain = world().rocks_in(690.0, -10.0, 710.0, 10.0, 0.1)
    assert len(crowded) > 2 * len(plain)


def test_rocks_are_read_only() -> None:
    assert not world().rocks_in(0.0, 0.0, 10.0, 10.0, 0.1).diameter_m.flags.writeable
