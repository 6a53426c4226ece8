from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from game.environment import clock, julian
from game.environment.clock import SiteSpec
from game.environment.marstime import mars_orbit
from game.environment.nature import EnvironmentSpec

SITE = SiteSpec("Utopia", 25.066, 109.925, -4099.4, "2021-05-14T23:00:00Z")


def test_the_landing_sol_is_sol_one_and_began_before_touchdown() -> None:
    assert clock.sol_of(SITE, 0) == 1
    assert clock.sol_start_tick(SITE, 1) < 0
    # Tianwen-1 landed at 23:18 UTC: 13.975 h of local mean time.
    assert clock.lmst_h(SITE, 18 * 60) == pytest.approx(13.975, abs=0.001)


@given(st.integers(-10_000, 10_000))
def test_a_sol_begins_at_its_first_tick_and_not_before(sol: int) -> None:
    start = clock.sol_start_tick(SITE, sol)
    assert clock.sol_of(SITE, start) == sol
    assert clock.sol_of(SITE, start - 1) == sol - 1
    assert clock.lmst_h(SITE, start) < 1 / 3600


@given(st.integers(1, 300), st.floats(0.0, 23.999))
def test_a_local_time_comes_back_from_its_tick(sol: int, hour: float) -> None:
    tick = clock.tick_at(SITE, sol, hour)
    assert clock.sol_of(SITE, tick) == sol
    assert clock.lmst_h(SITE, tick) == pytest.approx(hour, abs=1.1 / 3600)


@given(st.integers(-10_000_000, 200_000_000))
def test_utc_text_and_ticks_are_inverse(tick: int) -> None:
    assert clock.tick_of_utc(SITE, clock.utc_text(SITE, tick)) == tick


def test_a_leap_second_is_a_second_like_any_other() -> None:
    site = replace(SITE, epoch_utc="2016-12-31T23:59:58Z")
    assert [clock.utc_text(site, tick)[11:] for tick in range(4)] == [
        "23:59:58Z",
        "23:59:59Z",
        "23:59:60Z",
        "00:00:00Z",
    ]
    assert clock.tick_of_utc(site, "2017-01-01T00:00:00Z") == 3


def test_tai_minus_utc_is_37_s_in_the_mission_and_10_s_in_1972() -> None:
    # IERS Bulletin C.
    for utc, offset_s in (("2021-05-14T00:00:00Z", 37), ("1972-01-01T00:00:00Z", 10)):
        day = julian.day_number(date.fromisoformat(utc[:10]))
        assert julian.tai_s(utc) - day * 86_400 == offset_s


@pytest.mark.parametrize(
    "text",
    [
        "yesterday",
        "2021-02-30T00:00:00Z",
        "2021-13-01",
        "2021-05-14T24:00:00Z",
        "2021-05-14T23:59:60Z",
        "1969-07-20T20:17:40Z",
        "2050-01-01",
        "nan",
        "",
    ],
)
def test_what_is_no_supported_date_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        julian.tai_s(text)


@pytest.mark.parametrize("field", ["latitude_deg", "longitude_deg", "elevation_m"])
@pytest.mark.parametrize("value", [float("nan"), 1e9, -1e9])
def test_a_place_that_is_not_on_mars_is_refused(field: str, value: float) -> None:
    with pytest.raises(ValueError, match=field):
        replace(SITE, **{field: value})  # type: ignore[arg-type]


def test_dates_beyond_the_sky_we_know_are_refused(nature: EnvironmentSpec) -> None:
    with pytest.raises(ValueError, match="1972 to 2049"):
        mars_orbit(40_000.0)
    with pytest.raises(ValueError, match="1972 to 2049"):
        mars_orbit(float("nan"))
    assert nature.site.epoch_utc == SITE.epoch_utc
