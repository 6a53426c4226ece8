"""Filters and their calibration, packing, thumbnails."""

import math
from dataclasses import replace
from statistics import fmean, pstdev

import pytest

from game.rover.imaging import (
    CameraSpec,
    ThumbnailSpec,
    band_sigma,
    calibration,
    ferric_depth,
    filters,
    packed_bit,
    picture,
    thumbnail,
)
from game.rover.records import FILTERS_NM, FilterRecord, Target, ThumbnailRecord
from game.rover.setting import Scene
from tests.rover.payload_cases import product, shipped_payload, sight, weather

SPEC = shipped_payload().instruments
ROCK = (0.06, 0.068, 0.105, 0.112, 0.116, 0.100, 0.105, 0.099)
DUST = (0.09, 0.115, 0.285, 0.325, 0.355, 0.359, 0.362, 0.366)


def scene(tick: int = 100_000, sols: float = 0.0, dust_frac: float = 0.0) -> Scene:
    rock = Target("rock", (), 0.0, 0.0, dust_frac, ROCK)
    dust = Target("dust", (), 0.0, 0.0, 1.0, DUST)
    return Scene(sight(tick), 600, (weather(tick),), 273.0, rock, dust, 3.0, calibrated_sols=sols)


def through_filters(tick: int = 100_000, sols: float = 0.0, dust_frac: float = 0.0) -> FilterRecord:
    seen = scene(tick, sols, dust_frac)
    return filters(SPEC.filters, SPEC.camera, 7, seen, 8.0)[0]


def test_the_filters_are_those_of_the_real_camera() -> None:
    # terrain constants: mscam_bands of the mission dossier, section 9
    assert FILTERS_NM == (480, 525, 650, 700, 800, 900, 950, 1000)


def test_reflectances_scatter_around_the_truth_by_their_sigma() -> None:
    taken = [through_filters(tick) for tick in range(100_000, 100_400)]
    for at, true in enumerate(ROCK):
        seen = [one.reflectance_frac[at] for one in taken]
        assert fmean(seen) == pytest.approx(true, rel=0.002)
        assert pstdev(seen) == pytest.approx(taken[0].sigma_frac[at], rel=0.2)
        assert taken[0].sigma_frac[at] == pytest.approx(SPEC.filters.calibrated_sigma * true)


def test_the_calibration_target_makes_the_filters_better_and_its_dust_undoes_it() -> None:
    fresh = band_sigma(SPEC.filters, SPEC.camera, 0.0, 8.0)
    old = band_sigma(SPEC.filters, SPEC.camera, 5.0, 8.0)
    never = band_sigma(SPEC.filters, SPEC.camera, -1.0, 8.0)
    assert fresh < old < never
    assert band_sigma(SPEC.filters, SPEC.camera, 500.0, 8.0) == never
    assert band_sigma(SPEC.filters, SPEC.camera, 0.0, 32.0) > 3.0 * fresh


def test_bands_show_in_rock_and_drown_in_dust() -> None:
    clean, dusty = through_filters(), through_filters(dust_frac=0.9)
    assert clean.ferric_depth == pytest.approx(ferric_depth(ROCK), abs=0.03)
    assert ferric_depth(ROCK) == pytest.approx(1.0 - 0.100 / (0.116 - 0.011 * 2 / 3))
    assert clean.water_drop == pytest.approx(1.0 - 0.099 / 0.105, abs=0.03)
    assert dusty.ferric_depth < 0.3 * clean.ferric_depth
    assert dusty.red_ratio > clean.red_ratio  # dust is red: 3.2 against 1.75


def test_dust_and_dim_light_cost_quality() -> None:
    _, clean = filters(SPEC.filters, SPEC.camera, 7, scene(), 8.0)
    _, dusty = filters(SPEC.filters, SPEC.camera, 7, scene(dust_frac=0.5), 8.0)
    assert dusty == pytest.approx(0.5 * clean)
    dim = replace(scene(), surroundings=(weather()._replace(global_w_m2=30.0),))
    assert filters(SPEC.filters, SPEC.camera, 7, dim, 8.0)[1] == pytest.approx(0.5 * clean)


def test_filters_without_a_target_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="target"):
        filters(SPEC.filters, SPEC.camera, 7, replace(scene(), target=None), 8.0)


def test_the_target_tells_the_haze() -> None:
    taus = [calibration(SPEC.filters, SPEC.camera, 7, scene(tick))[0].tau for tick in range(300)]
    assert fmean(taus) == pytest.approx(0.5, abs=0.01)
    assert pstdev(taus) == pytest.approx(SPEC.filters.tau_sigma, rel=0.2)


def test_a_thumbnail_is_small_goes_early_and_names_its_picture() -> None:
    taken, quality = picture(SPEC.camera, scene(), 8.0, 0.8)
    full = replace(
        product(7_000_000, 6, 14.0), record=taken, quality=quality, title="Picture, sol 3"
    )
    small = thumbnail(SPEC.thumbnail, full, 12)
    assert small is not None
    assert small.record == ThumbnailRecord(12, "picture", taken)
    assert small.size_bit == math.ceil(7_000_000 / 64)
    assert small.priority > full.priority
    assert small.value / small.size_bit > full.value / full.size_bit
    assert small.title == "Thumbnail of picture, sol 3"
    assert thumbnail(SPEC.thumbnail, product(100), 1) is None  # housekeeping is no picture


def test_packing_is_rounded_up_to_whole_bits() -> None:
    assert packed_bit(100, 8.0, 0.0) == packed_bit(100, 8.0, 8.0) == 100
    assert packed_bit(100, 8.0, 24.0) == 34


def test_impossible_numbers_of_cameras_are_refused() -> None:
    with pytest.raises(ValueError, match="most_compression"):
        CameraSpec(120.0, 0.12, 0.5, 46.5, 3.0, 8.0, 0.5, 4.0)
    with pytest.raises(ValueError, match="between 0 and 1"):
        ThumbnailSpec(0.0, 0.1, 8)
