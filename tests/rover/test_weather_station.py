"""Sound of the wind, and whirls in the pressure."""

import math
from dataclasses import replace

import pytest

from game.rover.records import AirSample
from game.rover.setting import Scene
from game.rover.weather_station import air, pressure_dips_pa, sound_level_db
from tests.rover.payload_cases import shipped_payload, sight, weather

SPEC = shipped_payload().instruments.weather
SOUND = SPEC.sound


def session(pressure_pa: list[float], wind_m_s: float = 5.0) -> AirSample:
    felt = tuple(
        weather(60 * at, wind_m_s)._replace(pressure_pa=one) for at, one in enumerate(pressure_pa)
    )
    return air(SPEC, 7, Scene(sight(), 60 * len(felt), felt, 273.0))[0]


def test_wind_noise_is_low_and_high_notes_are_swallowed() -> None:
    # Maurice et al. (2022), Nature 605: wind below 100 Hz, high notes die first
    levels = sound_level_db(SOUND, weather(), 0.0)
    assert list(levels) == sorted(levels, reverse=True)
    assert levels[0] - levels[2] > 20.0


def test_twice_the_wind_is_twelve_decibel_more_until_the_microphone_itself_is_heard() -> None:
    soft = sound_level_db(SOUND, weather(wind_m_s=5.0), 0.0)[0]
    loud = sound_level_db(SOUND, weather(wind_m_s=10.0), 0.0)[0]
    assert loud - soft == pytest.approx(40.0 * math.log10(2.0), abs=0.1)
    still = sound_level_db(SOUND, weather(wind_m_s=0.0), 0.0)
    assert still == pytest.approx(SOUND.still_db, abs=0.1)


def test_thinner_air_is_quieter() -> None:
    # loudness varies by about a fifth over the year with the pressure (ASA 2022 summary)
    thick = sound_level_db(SOUND, weather()._replace(pressure_pa=900.0), 0.0)[0]
    thin = sound_level_db(SOUND, weather()._replace(pressure_pa=720.0), 0.0)[0]
    assert thick - thin == pytest.approx(20.0 * math.log10(900.0 / 720.0), abs=0.05)


def test_a_whirl_overhead_is_counted_once_and_heard() -> None:
    calm = [740.0 + 0.01 * at for at in range(60)]
    whirl = list(calm)
    whirl[30] -= 3.0
    whirl[31] -= 1.5
    still, passed = session(calm), session(whirl)
    assert (still.whirls_count, passed.whirls_count) == (0, 1)
    assert passed.loudest_db > still.loudest_db + 3.0
    assert still.sound_db != passed.sound_db


def test_a_whirl_blows_with_the_root_of_its_drop_over_the_density() -> None:
    # Cyclostrophic balance (Renno, Burkett, Larkin 1998): air of 740 Pa and 220 K weighs 17.6 g a
    # cubic metre (R = 191 J/kg/K); 2.8 Pa then stand for 12.6 m/s.
    still = weather(wind_m_s=0.0)._replace(pressure_pa=740.0, air_k=220.0)
    whirl = sound_level_db(SOUND, still, 2.8)
    wind = sound_level_db(SOUND, still._replace(wind_m_s=12.6), 0.0)
    assert whirl == pytest.approx(wind, abs=0.1)
    both = sound_level_db(SOUND, still._replace(wind_m_s=5.0), 2.8)
    squares = sound_level_db(SOUND, still._replace(wind_m_s=math.hypot(5.0, 12.6)), 0.0)
    assert both == pytest.approx(squares, abs=0.1)


def test_a_slow_tide_is_no_whirl() -> None:
    tide = [740.0 + 12.0 * math.sin(at / 60.0) for at in range(180)]
    assert session(tide).whirls_count == 0
    assert pressure_dips_pa([740.0]) == [0.0]


def test_a_microphone_needs_a_level_for_each_band() -> None:
    with pytest.raises(ValueError, match="3 numbers"):
        replace(SOUND, wind_db=(1.0,))
