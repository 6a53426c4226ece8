import numpy as np
import pytest

from game.environment.clock import SiteSpec
from game.environment.sun import sun_position_rad
from game.orbiter.sight import (
    doppler_hz,
    ground_point_deg,
    is_in_shadow,
    look,
    range_rate_m_s,
    sine_and_range,
)
from tests.orbiter.cases import SITE, mission_s, rows, shipped_orbiter

ORBITER = shipped_orbiter()
EPOCH_S = mission_s(ORBITER.orbit.epoch_utc)


def test_directions_and_ranges_are_those_of_the_reference() -> None:
    # relay_track_stationkept.csv: azimuth, elevation, range from the site; 0.001 deg, 10 m
    table = rows("relay_track_stationkept")
    ticks = EPOCH_S + np.array([float(row["t_s"]) for row in table])
    seen = look(ORBITER.body, ORBITER.orbit, SITE, ticks)
    elevation = np.array([float(row["el_deg"]) for row in table])
    azimuth = np.array([float(row["az_deg"]) for row in table])
    far = np.array([float(row["range_km"]) for row in table]) * 1e3
    turn = (np.degrees(seen.azimuth_rad) - azimuth + 180.0) % 360.0 - 180.0
    assert np.abs(np.degrees(seen.elevation_rad) - elevation).max() < 1e-3
    assert np.abs(turn * np.cos(np.radians(elevation))).max() < 1e-3
    assert np.abs(np.asarray(seen.range_m) - far).max() < 10.0


def test_the_search_sees_the_same_sky_as_the_look() -> None:
    ticks = np.linspace(0.0, 1e6, 50)
    seen = look(ORBITER.body, ORBITER.orbit, SITE, ticks)
    sine, far = sine_and_range(ORBITER.body, ORBITER.orbit, SITE, ticks)
    assert np.allclose(np.sin(seen.elevation_rad), sine, atol=1e-12)
    assert np.array_equal(np.asarray(seen.range_m), np.asarray(far))


def test_doppler_near_periapsis_stays_below_the_published_bound() -> None:
    # at most 6.1 kHz at 401 MHz, 4.6 km/s (environment dossier, section 7.4); percent
    start = mission_s("2021-05-18T00:48:42.9Z")
    speed = range_rate_m_s(ORBITER.body, ORBITER.orbit, SITE, start + np.arange(0.0, 1152.0, 4.0))
    shift = np.abs(np.asarray(doppler_hz(ORBITER.link.frequency_hz, speed)))
    assert 4.5e3 < shift.max() < 6.2e3
    assert np.asarray(speed)[0] < 0.0 < np.asarray(speed)[-1]


def test_a_voice_that_comes_nearer_sounds_higher() -> None:
    # Doppler: 1 km/s at 401 MHz is 1.34 kHz, up while the orbiter comes and down when it goes.
    assert doppler_hz(401e6, -1000.0) == pytest.approx(1337.6, abs=0.1)
    assert doppler_hz(401e6, 1000.0) == pytest.approx(-1337.6, abs=0.1)


def test_the_ground_track_repeats_after_three_revolutions() -> None:
    # 1/3 of a sidereal day each: the same longitude a sidereal day later; 0.1 deg
    day_s = 360.0 / (350.89198226 + 0.019685) * 86_400.0
    first = ground_point_deg(ORBITER.body, ORBITER.orbit, SITE, 1e6)
    later = ground_point_deg(ORBITER.body, ORBITER.orbit, SITE, 1e6 + day_s)
    assert abs(float(first[1]) - float(later[1])) < 0.1
    assert abs(float(first[0]) - float(later[0])) < 1.0


def test_no_shadow_in_the_days_the_reference_covers() -> None:
    # relay_track_j2.csv: not one of 740 states of 3 to 8 June 2021 is eclipsed
    table = rows("relay_track_j2")
    assert {row["eclipsed"] for row in table} == {"0"}
    ticks = EPOCH_S + np.array([float(row["t_s"]) for row in table])
    assert not is_in_shadow(ORBITER.body, ORBITER.orbit, SITE, ticks).any()


def test_inside_the_shadow_the_ground_below_has_night() -> None:
    # two models: the shadow in space against the Sun's height where the orbiter stands overhead
    ticks = np.arange(3_600_000.0, 3_700_000.0, 600.0)
    dark = is_in_shadow(ORBITER.body, ORBITER.orbit, SITE, ticks)
    latitude, longitude, height = ground_point_deg(ORBITER.body, ORBITER.orbit, SITE, ticks)
    assert 0 < np.count_nonzero(dark) < dark.size
    for at in range(0, dark.size, 3):
        place = SiteSpec(
            "below",
            float(np.asarray(latitude)[at]),
            float(np.asarray(longitude)[at]),
            0.0,
            SITE.epoch_utc,
        )
        sun_rad = float(sun_position_rad(place, float(ticks[at]))[0])
        radius = 3_396_190.0 / (3_386_195.0 + float(np.asarray(height)[at]))
        horizon_rad = -np.arccos(min(1.0, radius))
        assert bool(dark[at]) == (sun_rad < horizon_rad) or abs(sun_rad - horizon_rad) < 0.01
