"""The published laws of ground and rocks belong to the plain; what craters and ridges add to them.

The law of heights is that of the noise alone (`test_relief.py`), that of rocks of one abundance
everywhere (`test_rocks.py`). Here is the ground that wheels meet, all of it, for ten seeds. The
table in `tests/reference/README.md` has the same numbers.
"""

import math
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from game.world.relief import Relief
from game.world.rocks import rock_area_frac, rocks_1_m2
from game.world.terrain import Terrain
from game.world.window import Window
from tests.world.test_relief import Heights, spread_m
from tests.world.worlds import spec

SEEDS = tuple(range(10))
HALF, BASELINES_M = 512, (1, 2, 5, 10, 20, 50, 100)
SMALLEST_M, OBSTACLE_M = 0.1, 0.3
# Of a normal law, the median of what lies on either side of zero is this part of its spread.
MEDIAN_OF_NORMAL = 0.6745
STEEP_DEG = 6.5


@dataclass(frozen=True, slots=True)
class Measured:
    """A square of 1,024 m round the lander; rocks as a share of what the law gives."""

    hurst: float
    slope_deg: float
    usual_slope_deg: float
    gentle_slope_deg: float
    steep_frac: float
    relief_m: float
    cover: float
    count: float
    calm_cover: float
    calm_count: float


def driven(terrain: Terrain, level: int) -> Heights:
    """Heights of 1,024 x 1,024 nodes less the regional plane, which no law of slopes counts."""
    window = Window(level, -HALF, -HALF, 2 * HALF, 2 * HALF)
    plane_m = Relief(terrain.spec).plane_m(window)
    return np.asarray(terrain.window(window).height_m - plane_m)


def rocks_over_law(terrain: Terrain) -> tuple[float, float, float, float]:
    """Area and number of rocks over those of the law: everywhere, and off young ejecta."""
    rock, k = terrain.spec.recipe.rock, terrain.spec.site.rock_frac
    area = rock_area_frac(rock, k, SMALLEST_M) - rock_area_frac(rock, k, rock.largest_m)
    number = rocks_1_m2(rock, k, OBSTACLE_M, rock.largest_m)
    rocks = terrain.rocks_in(-HALF, -HALF, HALF, HALF, SMALLEST_M)
    cells = terrain.ground(2, -HALF // 4, -HALF // 4, HALF // 2 + 1, HALF // 2 + 1).fresh <= 0.0
    i, j = (np.rint((at + HALF) / 4.0).astype(np.int64) for at in (rocks.x_m, rocks.y_m))
    everywhere = np.ones(len(rocks), np.bool_)
    found: list[float] = []
    for is_in, share in ((everywhere, 1.0), (cells[j, i], float(cells.mean()))):
        diameter_m, ground_m2 = rocks.diameter_m[is_in], share * (2.0 * HALF) ** 2
        found.append(float(np.sum(math.pi / 4.0 * diameter_m**2) / ground_m2 / area))
        found.append(int(np.sum(diameter_m >= OBSTACLE_M)) / ground_m2 / number)
    return found[0], found[1], found[2], found[3]


@lru_cache(maxsize=16)
def measured(seed: int) -> Measured:
    terrain = Terrain(spec(seed))
    z, wide = driven(terrain, 0), driven(terrain, 3)
    spreads_m = [spread_m(z, baseline_m) for baseline_m in BASELINES_M]
    rises_m = np.abs(np.concatenate([(z[:, 10:] - z[:, :-10]).ravel(), (z[10:] - z[:-10]).ravel()]))
    is_steep = rises_m > 10.0 * math.tan(math.radians(STEEP_DEG))
    gentle = math.sqrt(np.mean(rises_m[~is_steep] ** 2)) / 10.0
    lines_m = [np.ptp(wide[row, at : at + 230]) for row in range(0, 1024, 64) for at in (0, 400)]
    return Measured(
        float(np.polyfit(np.log(BASELINES_M), np.log(spreads_m), 1)[0]),
        math.degrees(math.atan(spreads_m[3] / 10.0)),
        math.degrees(math.atan(float(np.median(rises_m)) / MEDIAN_OF_NORMAL / 10.0)),
        math.degrees(math.atan(gentle)),
        float(is_steep.mean()),
        float(np.mean(lines_m)),
        *rocks_over_law(terrain),
    )


def all_of(name: str) -> NDArray[np.float64]:
    return np.array([getattr(measured(seed), name) for seed in SEEDS])


@pytest.mark.slow
def test_craters_leave_the_exponent_and_the_usual_slope_and_add_steep_walls() -> None:
    # Law: exponent 0.65, 2.0 degrees at 10 m, about 10 m over 1.84 km.
    assert all_of("hurst").mean() == pytest.approx(0.67, abs=0.02)
    assert np.abs(all_of("hurst") - 0.66).max() < 0.06
    assert all_of("usual_slope_deg") == pytest.approx(2.14, abs=0.2)
    # Walls are a few hundredths of the area, and count by their squares.
    assert all_of("steep_frac").max() < 0.04
    assert all_of("gentle_slope_deg") == pytest.approx(2.12, abs=0.15)
    assert all_of("slope_deg").mean() == pytest.approx(2.7, abs=0.1)
    assert np.abs(all_of("slope_deg") - 2.8).max() < 0.6
    assert all_of("relief_m").mean() == pytest.approx(15.7, abs=1.0)


@pytest.mark.slow
def test_rocks_follow_the_law_on_the_plain_and_are_more_on_young_ejecta() -> None:
    # The bars of the law, 3 % and 5 %, for the mean of ten squares: patches are 130 m wide.
    assert all_of("calm_cover").mean() == pytest.approx(1.0, abs=0.03)
    assert all_of("calm_count").mean() == pytest.approx(1.0, abs=0.05)
    assert all_of("cover").mean() == pytest.approx(1.074, abs=0.02)
    assert all_of("count").mean() == pytest.approx(1.075, abs=0.02)
    assert all_of("cover").min() > 1.0
    assert all_of("cover").max() < 1.25


def rocks_without_young_ejecta(seed: int) -> float:
    """Number of rocks on nine square kilometres over that of the law, had no crater thrown any."""
    made = spec(seed)
    rock = replace(made.recipe.rock, fresh_gain=1.0)
    terrain = Terrain(replace(made, recipe=replace(made.recipe, rock=rock)))
    rocks = terrain.rocks_in(-1500.0, -1500.0, 1500.0, 1500.0, 0.5)
    return len(rocks) / 9.0e6 / rocks_1_m2(rock, made.site.rock_frac, 0.5, rock.largest_m)


def test_patches_sand_and_ridges_only_move_rocks_about() -> None:
    assert rocks_without_young_ejecta(7) == pytest.approx(1.0, abs=0.05)


@pytest.mark.slow
def test_patches_sand_and_ridges_only_move_rocks_about_for_ten_seeds() -> None:
    found = [rocks_without_young_ejecta(seed) for seed in SEEDS]
    assert float(np.mean(found)) == pytest.approx(1.0, abs=0.03)
