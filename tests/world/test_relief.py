"""Statistics of the noise: authority is the dossier's law, H 0.65 and 2.0 degrees at 10 m."""

import csv
import math
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from game.world.relief import Cover, Relief, sand_share
from game.world.window import Window
from tests.world.worlds import spec

REFERENCE = Path(__file__).parent.parent / "reference"
FAST, SLOW = (7, -3), tuple(range(10))
Heights = NDArray[np.float64]


def bare_noise(seed: int, level: int = 0, nodes: int = 1024) -> Heights:
    relief = Relief(spec(seed))
    window = Window(level, -nodes // 2, -nodes // 2, nodes, nodes)
    height_m, _ = relief.height_m(window, np.zeros((nodes, nodes), np.float32))
    return np.asarray(height_m - relief.plane_m(window))


def spread_m(z: Heights, nodes: int) -> float:
    """Root mean square height difference over some nodes, along both axes."""
    east = np.mean((z[:, nodes:] - z[:, :-nodes]) ** 2)
    north = np.mean((z[nodes:] - z[:-nodes]) ** 2)
    return math.sqrt((east + north) / 2.0)


def check_law(seed: int) -> None:
    z = bare_noise(seed)
    baselines_m = (1, 2, 5, 10, 20, 50, 100)
    spreads_m = [spread_m(z, baseline_m) for baseline_m in baselines_m]
    hurst = float(np.polyfit(np.log(baselines_m), np.log(spreads_m), 1)[0])
    assert hurst == pytest.approx(0.65, abs=0.05)
    slope_deg = math.degrees(math.atan(spreads_m[3] / 10.0))
    assert slope_deg == pytest.approx(2.0, abs=0.2)


@pytest.mark.parametrize("seed", FAST)
def test_the_noise_is_self_affine_and_as_steep_as_measured(seed: int) -> None:
    check_law(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_the_noise_is_self_affine_for_ten_seeds(seed: int) -> None:
    check_law(seed)


def check_traverse(seed: int) -> None:
    # About 10 m over 1.84 km: RoSPR abstract. Mean over 32 lines, tolerance two metres.
    z = bare_noise(seed, level=3)
    lines = [
        np.ptp(z[row, first : first + 230]) for row in range(0, 1024, 64) for first in (0, 400)
    ]
    assert float(np.mean(lines)) == pytest.approx(10.0, abs=2.0)


def test_relief_over_the_radar_traverse_is_about_ten_metres() -> None:
    check_traverse(7)


@pytest.mark.slow
@pytest.mark.parametrize("seed", SLOW)
def test_relief_over_the_radar_traverse_is_about_ten_metres_for_ten_seeds(seed: int) -> None:
    check_traverse(seed)


def test_slopes_follow_the_table_from_two_to_a_hundred_metres() -> None:
    z = bare_noise(7)
    with (REFERENCE / "terrain_slope_vs_baseline.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["terrain"] == "default"]
    checked = 0
    for row in rows:
        baseline_m = float(row["baseline_m"])
        if 2.0 <= baseline_m <= 100.0:
            # 15 %: one patch of a square kilometre.
            assert spread_m(z, int(baseline_m)) == pytest.approx(float(row["rms_dz_m"]), rel=0.15)
            checked += 1
    assert checked == 5


def test_the_noise_has_no_direction() -> None:
    z = bare_noise(7)
    along, across = spread_m(z, 7), math.sqrt(np.mean((z[5:, 5:] - z[:-5, :-5]) ** 2))
    expected = (5 * math.sqrt(2.0) / 7) ** 0.65
    assert across / along == pytest.approx(expected, rel=0.03)


def test_no_power_of_two_stands_out() -> None:
    # A lattice shows as a dent in the correlation at its own spacing; a smooth curve has none.
    z = bare_noise(7)
    spreads = np.array([spread_m(z, nodes) for nodes in range(20, 45)])
    bend = np.diff(np.log(spreads), 2)
    assert np.abs(bend).max() < 0.004


def test_close_ground_still_has_relief_at_five_centimetres() -> None:
    z = bare_noise(7, level=-6, nodes=256)
    assert spread_m(z, 3) > 0.002


def test_the_plane_descends_to_the_north_north_east() -> None:
    # 0.12 degrees towards 16 degrees: plane fit to MOLA.
    plane_m = Relief(spec()).plane_m(Window(0, -500, -500, 1001, 1001))
    east = (plane_m[500, 1000] - plane_m[500, 0]) / 1000.0
    north = (plane_m[1000, 500] - plane_m[0, 500]) / 1000.0
    assert math.degrees(math.atan(math.hypot(east, north))) == pytest.approx(0.12, abs=0.001)
    assert math.degrees(math.atan2(-east, -north)) == pytest.approx(16.0, abs=0.1)


def test_heights_stay_within_single_precision_at_any_distance() -> None:
    far = Relief(spec()).plane_m(Window(6, 10**9, -(10**9), 50, 50))
    assert float(np.abs(far).max()) < 500.0
    assert float(np.abs(np.diff(far)).max()) < 64.0 * math.tan(math.radians(0.13))


def test_the_cover_is_about_normal() -> None:
    (cover,) = Cover(spec()).fields(Window(0, -800, -800, 1600, 1600), ())
    assert abs(float(cover.mean())) < 0.1
    assert float(cover.std()) == pytest.approx(1.0, abs=0.1)


def test_sand_grows_with_the_cover_from_none_to_all() -> None:
    cover = np.linspace(-2, 2, 41).astype(np.float32)
    sand = sand_share(cover)
    assert sand[0] == 0
    assert sand[-1] == 1
    assert np.all(np.diff(sand) >= 0)
