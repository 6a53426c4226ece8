from dataclasses import replace

import pytest

from game.commands import ActivityKind
from game.rover.imaging import light_quality, packed_quality
from game.rover.instruments import (
    Conditions,
    InstrumentSpec,
    energy_j,
    instrument_for,
    refusal,
    size_bit,
)
from game.rover.weather_station import reading_ticks
from game.units import MBIT_BIT, WH_J
from tests.rover.payload_cases import shipped_payload

SPEC = shipped_payload().instruments
FINE = Conditions(box_k=280.0, light_w_m2=300.0, is_moving=False, is_on_lander=False)


def tool(kind: ActivityKind) -> InstrumentSpec:
    found = instrument_for(SPEC, kind)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "minutes", "wh", "mbit"),
    # mission dossier, section 4.2: minutes, Wh, Mbit sent (a third either way)
    [
        (ActivityKind.PICTURE, 2, 1.5, 8),
        (ActivityKind.PANORAMA, 25, 16, 95),
        (ActivityKind.SOIL, 14, 15, 5),
    ],
)
def test_costs_are_those_of_the_dossier(
    kind: ActivityKind, minutes: float, wh: float, mbit: float
) -> None:
    one = tool(kind)
    assert one.duration_s / 60 == pytest.approx(minutes, rel=0.34)
    assert energy_j(one, one.duration_s) / WH_J == pytest.approx(wh, rel=0.34)
    assert size_bit(one, one.duration_s) / MBIT_BIT == pytest.approx(mbit, rel=0.34)


@pytest.mark.parametrize(
    ("kind", "minutes", "wh", "mbit"),
    # mission dossier, section 4.2: minutes, Wh with the awake rover (35 W), Mbit sent
    [
        (ActivityKind.MULTISPECTRAL, 10, 8, 33),
        (ActivityKind.INFRARED, 8, 8, 1),
        (ActivityKind.MAGNETOMETER, 10, 6, 1.5),
    ],
)
def test_costs_of_the_other_tools_are_those_of_the_dossier(
    kind: ActivityKind, minutes: float, wh: float, mbit: float
) -> None:
    one = tool(kind)
    assert one.duration_s / 60 == pytest.approx(minutes, rel=0.01)
    all_wh = (energy_j(one, one.duration_s) + 35.0 * one.duration_s) / WH_J
    assert all_wh == pytest.approx(wh, rel=0.34)
    assert size_bit(one, one.duration_s) / MBIT_BIT == pytest.approx(mbit, rel=0.01)


def test_the_radar_makes_data_by_the_metre() -> None:
    # mission dossier, section 4.2: 4 Mbit for ten metres
    radar = tool(ActivityKind.RADAR)
    ten_bit = size_bit(radar, 5_400, way_m=10.0)
    assert ten_bit / MBIT_BIT == pytest.approx(4.0, rel=0.05)
    assert size_bit(radar, 60, way_m=20.0) - ten_bit == 4_000_000


def test_harder_packing_saves_bits_and_costs_quality_beyond_the_clean_ratio() -> None:
    look = tool(ActivityKind.PICTURE)
    usual_bit = size_bit(look, 120)
    assert size_bit(look, 120, compression=16.0) == usual_bit // 2
    assert size_bit(look, 120, compression=1.0) == 8 * usual_bit
    kept = [packed_quality(SPEC.camera, ratio) for ratio in (1.0, 8.0, 16.0, 32.0, 64.0)]
    assert kept[:2] == [1.0, 1.0]
    assert kept == sorted(kept, reverse=True)
    assert kept[-1] == pytest.approx(0.354, abs=0.001)  # the root of 8 over 64


def test_a_weather_session_grows_with_its_length() -> None:
    air = tool(ActivityKind.AIR)
    assert size_bit(air, 5_400) / MBIT_BIT == pytest.approx(1.0, rel=0.1)
    assert size_bit(air, 10_800) > 1.9 * size_bit(air, 5_400)


def test_only_observations_have_instruments() -> None:
    assert instrument_for(SPEC, ActivityKind.DRIVE) is None


@pytest.mark.parametrize(
    ("kind", "now", "words"),
    [
        (ActivityKind.PICTURE, replace(FINE, light_w_m2=0.0), "too dark"),
        (ActivityKind.PICTURE, replace(FINE, is_moving=True), "stop first"),
        (ActivityKind.SOIL, replace(FINE, is_on_lander=True), "roll off first"),
        (ActivityKind.SOIL, replace(FINE, box_k=230.0), "too cold (-43 °C"),
        (ActivityKind.SOIL, replace(FINE, box_k=330.0), "too warm"),
    ],
)
def test_a_refusal_says_why_and_what_to_do(kind: ActivityKind, now: Conditions, words: str) -> None:
    assert words in str(refusal(tool(kind), now))
    assert refusal(tool(kind), FINE) is None


def test_the_weather_station_works_by_night_and_on_the_move() -> None:
    night = Conditions(box_k=240.0, light_w_m2=0.0, is_moving=True, is_on_lander=True)
    assert refusal(tool(ActivityKind.AIR), night) is None


def test_readings_fall_on_the_same_ticks_however_a_session_begins() -> None:
    first, second = reading_ticks(SPEC.weather, 61, 400), reading_ticks(SPEC.weather, 400, 700)
    assert first + second == reading_ticks(SPEC.weather, 61, 700)
    assert reading_ticks(SPEC.weather, 61, 62) == (61,)


def test_pictures_are_best_in_clear_daylight() -> None:
    clear = light_quality(SPEC.camera, 400.0, 0.4)
    assert clear == 1.0
    assert light_quality(SPEC.camera, 400.0, 3.0) < clear
    assert light_quality(SPEC.camera, 10.0, 0.4) < 0.5
    assert light_quality(SPEC.camera, 0.0, 0.4) == 0.0
    assert light_quality(SPEC.camera, 400.0, 10.8) >= 0.0


def test_two_instruments_of_one_kind_are_refused() -> None:
    with pytest.raises(ValueError, match="same kind"):
        replace(SPEC, instrument=(*SPEC.instrument, SPEC.instrument[0]))
