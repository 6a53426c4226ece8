from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from game.environment import julian
from game.environment.clock import sol_start_tick
from game.environment.earth import earth_at, mars_from_earth_rad
from game.orbiter.deep_space import (
    NEVER,
    StationSpec,
    View,
    blackout_end,
    blackouts,
    link_change,
    rate_bit_s,
    sent_tick,
    station_elevation_rad,
    windows_of_sol,
)
from game.orbiter.sight import is_behind_planet
from tests.orbiter.cases import SITE, mission_s, shipped_orbiter

ORBITER = shipped_orbiter()
SPEC = ORBITER.downlink
VIEW = View(ORBITER.body, ORBITER.orbit, SITE)


def light_s(ticks: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(earth_at(SITE, ticks).light_time_s)


def test_mars_stands_where_the_ephemeris_of_earth_has_it() -> None:
    # Mars in conjunction with the Sun on 8 October 2021, within 0.7 degrees (mission dossier,
    # section 1.1); the Sun stood at RA 12 h 56 m, declination -5.9 (equinox + 15.4 days)
    day = float(julian.tt_day(julian.tai_s("2021-10-08T04:00:00Z")))
    ascension, declination = mars_from_earth_rad(day)
    assert np.degrees(ascension) % 360.0 == pytest.approx(194.0, abs=1.0)
    assert np.degrees(declination) == pytest.approx(-5.3, abs=1.0)


def test_mars_stands_opposite_the_sun_in_december_2022() -> None:
    # opposition of 8 December 2022: right ascension 4 h 59 m, declination +25.0 (Astronomical
    # Almanac 2022); half a degree
    day = float(julian.tt_day(julian.tai_s("2022-12-08T06:00:00Z")))
    ascension, declination = mars_from_earth_rad(day)
    assert np.degrees(ascension) == pytest.approx(74.75, abs=0.5)
    assert np.degrees(declination) == pytest.approx(25.0, abs=0.3)


def test_mars_culminates_over_a_dish_once_a_sidereal_day() -> None:
    # highest at 90 - latitude + declination; back after 23 h 56 m and the planet's own way
    ticks = np.arange(2e6, 2e6 + 172_800.0, 60.0)
    height = np.degrees(station_elevation_rad(SPEC.station[0], VIEW, ticks, light_s(ticks)))
    day = float(julian.tt_day(julian.tai_s(SITE.epoch_utc) + 2e6))
    top = 90.0 - SPEC.station[0].latitude_deg + np.degrees(mars_from_earth_rad(day)[1])
    assert height.max() == pytest.approx(top, abs=0.2)
    peaks = ticks[1:-1][(height[1:-1] > height[:-2]) & (height[1:-1] > height[2:])]
    assert np.diff(peaks)[0] == pytest.approx(86_164.0, abs=200.0)


def test_a_signal_meets_the_dish_where_earth_has_turned_to_when_it_arrives() -> None:
    # Twenty minutes on the way are five degrees of Earth's turning; Mars itself moves by less
    # than a hundredth of a degree meanwhile.
    ticks, light_time_s = np.arange(2e6, 2e6 + 86_400.0, 3600.0), 1200.0
    sent = station_elevation_rad(SPEC.station[0], VIEW, ticks, light_time_s)
    heard = station_elevation_rad(SPEC.station[0], VIEW, ticks + light_time_s, 0.0)
    assert np.degrees(np.abs(sent - heard)).max() < 0.02


def test_a_single_dish_sees_mars_less_than_two_thirds_of_a_sol() -> None:
    # "at least half of each day without a link to Earth" (mission dossier, section 2.3)
    for sol in range(3, 91, 9):
        linked_s = sum(last - first for first, last in windows_of_sol(SPEC, VIEW, sol))
        assert 0.2 * 88_775.0 < linked_s < 0.65 * 88_775.0


def test_inside_a_window_the_dish_sees_mars_and_mars_hides_nothing() -> None:
    for first, last in windows_of_sol(SPEC, VIEW, 20):
        ticks = np.linspace(first + 2.0, last - 2.0, 50)
        heights = np.degrees(station_elevation_rad(SPEC.station[0], VIEW, ticks, light_s(ticks)))
        assert heights.min() > SPEC.station[0].mask_deg


def test_behind_the_planet_there_is_no_window() -> None:
    # a low orbit passes behind Mars every time around
    low = replace(ORBITER.orbit, semi_major_axis_m=3_800_000.0, eccentricity=0.0,
                  mean_anomaly_rate_deg_day=4_373.0)  # fmt: skip
    here = View(ORBITER.body, low, SITE)
    many = windows_of_sol(SPEC, here, 20)
    assert len(many) > len(windows_of_sol(SPEC, VIEW, 20)) + 3
    between = (many[1][1] + many[2][0]) / 2.0
    earth = earth_at(SITE, between)
    sky = (earth.elevation_rad, earth.azimuth_rad)
    assert bool(is_behind_planet(ORBITER.body, low, SITE, between, sky))


def test_rates_go_in_powers_of_two_with_the_square_of_the_distance() -> None:
    # 16 to 4096 kbit/s, falling with distance (mission dossier, section 2.3)
    assert rate_bit_s(SPEC, 0.373) == 4_096_000
    assert rate_bit_s(SPEC, 0.2) == 4_096_000
    assert rate_bit_s(SPEC, 0.746) == 1_024_000
    assert rate_bit_s(SPEC, 2.6) == 64_000
    assert rate_bit_s(SPEC, 50.0) == 16_000


def test_a_product_is_sent_inside_windows_and_in_the_time_its_size_needs() -> None:
    first, last = windows_of_sol(SPEC, VIEW, 20)[0]
    rate = 64_000
    assert sent_tick(SPEC, VIEW, first + 10, 100 * rate) == first + 110
    assert sent_tick(SPEC, VIEW, first - 500, rate) == first + 1
    # too large for what is left of a window: it goes on in the next one
    later = sent_tick(SPEC, VIEW, last - 10, 30 * rate)
    following = next(
        span for sol in (20, 21) for span in windows_of_sol(SPEC, VIEW, sol) if span[0] >= last
    )
    assert later == following[0] + 20


def test_sending_is_monotone_in_time_and_size() -> None:
    base = sol_start_tick(SITE, 30)
    ends = [sent_tick(SPEC, VIEW, base + 3_600 * hour, 40_000_000) for hour in range(48)]
    assert ends == sorted(ends)
    sizes = [sent_tick(SPEC, VIEW, base, size) for size in (1, 10**6, 10**8, 10**10)]
    assert sizes == sorted(sizes)


def test_what_can_never_be_sent_says_so() -> None:
    nowhere = replace(SPEC, station=(StationSpec("Pole", 90.0, 0.0, 80.0),))
    assert sent_tick(nowhere, VIEW, 1_000, 1) == NEVER


def test_conjunctions_are_those_of_the_almanac() -> None:
    # Sun-Earth-Mars below 3 degrees from 30 September to 17 October 2021; the next one is in
    # November 2023 (Mars conjunction of 18 November 2023); a day
    first = blackouts(SPEC, SITE, 0)
    assert len(first) == 1
    start, end = first[0]
    assert start == pytest.approx(mission_s("2021-09-30T00:00:00Z"), abs=86_400.0)
    assert end == pytest.approx(mission_s("2021-10-17T12:00:00Z"), abs=86_400.0)
    ((again, over),) = blackouts(SPEC, SITE, 1)
    assert again < mission_s("2023-11-18T00:00:00Z") < over
    assert blackout_end(SPEC, SITE, start) == end
    assert blackout_end(SPEC, SITE, start - 1) is None
    assert blackout_end(SPEC, SITE, end) is None
    assert windows_of_sol(SPEC, VIEW, 145) == ()


def test_specs_that_make_no_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="station"):
        replace(SPEC, station=())
    with pytest.raises(ValueError, match="conjunction_deg"):
        replace(SPEC, conjunction_deg=40.0)
    with pytest.raises(ValueError, match="slowest_bit_s"):
        replace(SPEC, slowest_bit_s=0)
    with pytest.raises(ValueError, match="not on Earth"):
        StationSpec("X", 91.0, 0.0, 10.0)


def test_the_next_change_of_the_link_is_the_edge_of_a_window() -> None:
    first, last = windows_of_sol(SPEC, VIEW, 20)[-1]
    assert link_change(SPEC, VIEW, first - 1) == (False, first)
    is_seen, until = link_change(SPEC, VIEW, first)
    assert is_seen
    if last < sol_start_tick(SITE, 21):
        assert until == last
    is_seen, until = link_change(SPEC, VIEW, blackouts(SPEC, SITE, 0)[0][0] + 100)
    assert not is_seen
    assert until >= blackouts(SPEC, SITE, 0)[0][1]
    nowhere = replace(SPEC, station=(StationSpec("Pole", 90.0, 0.0, 80.0),))
    assert link_change(nowhere, VIEW, 1_000) == (False, NEVER)


def test_a_window_that_spans_midnight_is_one() -> None:
    for sol in range(3, 40):
        midnight = sol_start_tick(SITE, sol + 1)
        before, after = windows_of_sol(SPEC, VIEW, sol), windows_of_sol(SPEC, VIEW, sol + 1)
        if before and after and before[-1][1] == midnight == after[0][0]:
            assert link_change(SPEC, VIEW, midnight - 5) == (True, after[0][1])
            return
    pytest.fail("no window spans a midnight in forty sols")
