import math
from dataclasses import replace
from statistics import fmean, pstdev

import pytest

from game.commands import ActivityKind
from game.digest import digest
from game.rover.measuring import HEALTH, MEASURE, health_report, measure
from game.rover.radio import direct_bit
from game.rover.records import OXIDES, AirSample, PictureRecord, SoilSample, Target
from game.rover.setting import Scene
from tests.rover.payload_cases import shipped_payload, sight, weather

SPEC = shipped_payload().instruments
# Rocknest sand and global dust, terrain_science_soil_composition.csv
SAND = (42.9, 1.2, 9.4, 19.2, 0.42, 8.7, 7.3, 2.7, 0.49, 0.95, 0.49, 5.5, 0.69, 2.0)
DUST = (44.8, 0.9, 9.3, 17.8, 0.33, 7.9, 6.4, 2.6, 0.48, 0.92, 0.32, 7.4, 0.83, 2.5)


def scene(tick: int = 100_000, dust_frac: float = 0.3) -> Scene:
    return Scene(
        sight=sight(tick),
        duration_s=840,
        surroundings=(weather(tick),),
        box_k=273.15,
        target=Target("sand", SAND, 0.055, 0.0, dust_frac),
        dust=Target("dust", DUST, 0.010, 0.0, 1.0),
    )


def soil(tick: int, dust_frac: float = 0.3) -> SoilSample:
    record = measure(SPEC, 7, ActivityKind.SOIL, scene(tick, dust_frac)).record
    assert isinstance(record, SoilSample)
    return record


def test_every_observation_has_an_instrument_and_a_measurement() -> None:
    assert {one.kind for one in SPEC.instrument} == set(MEASURE)


def test_a_product_tells_where_when_and_what() -> None:
    found = measure(SPEC, 7, ActivityKind.PICTURE, scene())
    assert (found.kind, found.title, found.sol) == ("picture", "Picture, sol 3", 3)
    assert (found.x_m, found.y_m, found.azimuth_rad) == (12.0, -4.0, 1.5)
    assert isinstance(found.record, PictureRecord)
    assert found.quality == 1.0
    assert found.value > 0.0
    assert digest(found) == digest(measure(SPEC, 7, ActivityKind.PICTURE, scene()))


def test_oxides_scatter_around_the_truth_by_their_sigma() -> None:
    samples = [soil(tick, dust_frac=0.0) for tick in range(100_000, 100_400)]
    for index, true_wt in enumerate(SAND):
        seen = [sample.oxides_wt[index] for sample in samples]
        sigma = samples[0].sigma_wt[index]
        assert fmean(seen) == pytest.approx(true_wt, abs=0.25 * sigma), OXIDES[index]
        assert pstdev(seen) == pytest.approx(sigma, rel=0.2), OXIDES[index]


def test_band_depth_noise_is_as_stated() -> None:
    depths = [soil(tick, dust_frac=0.0).hydration_depth for tick in range(100_000, 100_400)]
    assert fmean(depths) == pytest.approx(0.055, abs=0.001)
    assert pstdev(depths) == pytest.approx(soil(1).depth_sigma, rel=0.2)


def test_dust_pulls_a_reading_towards_dust_and_costs_quality() -> None:
    clean, dusty = scene(dust_frac=0.0), scene(dust_frac=1.0)
    first = measure(SPEC, 7, ActivityKind.SOIL, clean)
    second = measure(SPEC, 7, ActivityKind.SOIL, dusty)
    assert isinstance(first.record, SoilSample)
    assert isinstance(second.record, SoilSample)
    assert second.record.hydration_depth < first.record.hydration_depth
    assert second.quality < first.quality


def test_a_warm_instrument_is_noisier() -> None:
    cold = measure(SPEC, 7, ActivityKind.SOIL, scene())
    warm = measure(SPEC, 7, ActivityKind.SOIL, replace(scene(), box_k=303.15))
    assert isinstance(cold.record, SoilSample)
    assert isinstance(warm.record, SoilSample)
    assert warm.record.sigma_wt[0] > cold.record.sigma_wt[0]


def test_the_air_is_averaged_over_its_readings() -> None:
    felt = tuple(weather(tick, wind_m_s=4.0 + tick / 60 % 3) for tick in range(0, 5_400, 60))
    found = measure(
        SPEC, 7, ActivityKind.AIR, replace(scene(), surroundings=felt, duration_s=5_400)
    )
    record = found.record
    assert isinstance(record, AirSample)
    assert record.readings_count == 90
    assert record.wind_m_s.mean == pytest.approx(5.0, abs=0.5)
    assert record.wind_m_s.least < record.wind_m_s.mean < record.wind_m_s.most
    assert record.wind_from_rad == pytest.approx(0.5)
    assert record.air_k.mean == pytest.approx(fmean(one.air_k for one in felt), abs=0.5)
    assert found.quality == 1.0


def test_wind_from_both_sides_of_north_averages_to_north() -> None:
    felt = (weather(0, wind_from_rad=0.2), weather(60, wind_from_rad=-0.2))
    record = measure(SPEC, 7, ActivityKind.AIR, replace(scene(), surroundings=felt)).record
    assert isinstance(record, AirSample)
    assert math.cos(record.wind_from_rad) == pytest.approx(1.0)


def test_a_short_session_is_worth_less() -> None:
    short = measure(SPEC, 7, ActivityKind.AIR, replace(scene(), duration_s=600))
    full = measure(SPEC, 7, ActivityKind.AIR, replace(scene(), duration_s=5_400))
    assert 0.0 < short.value < full.value


def test_a_morning_of_the_slow_line_takes_the_housekeeping_home() -> None:
    # X-band 16 bit/s (mission dossier, section 2.3); Earth is up about eleven hours a sol
    report = health_report(SPEC, sight())
    assert report.kind == HEALTH
    assert report.size_bit < direct_bit(shipped_payload().radio, 0, 5 * 3_600)


def test_firing_at_nothing_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="target"):
        measure(SPEC, 7, ActivityKind.SOIL, replace(scene(), target=None))
    with pytest.raises(ValueError, match="no instrument"):
        measure(SPEC, 7, ActivityKind.DRIVE, scene())
