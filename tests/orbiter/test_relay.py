import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from game.environment.clock import sol_of, sol_start_tick
from game.orbiter.link import rate_bit_s
from game.orbiter.relay import (
    boundaries,
    next_pass,
    pass_at,
    passes_of_sol,
    rate_at_bit_s,
    tick_when_bit,
    volume_between_bit,
    volume_bit,
)
from game.orbiter.sight import look
from tests.orbiter.cases import (
    SITE,
    mission_passes,
    mission_s,
    pass_rising_at,
    rows,
    shipped_orbiter,
)

ORBITER = shipped_orbiter()
PASSES = rows("relay_passes_stationkept")
VOLUMES = rows("uhf_pass_volume")


@pytest.mark.parametrize("row", PASSES, ids=lambda row: row["aos_utc"])
def test_passes_are_those_of_the_reference(row: dict[str, str]) -> None:
    # relay_passes_stationkept.csv (sols from 0); 0.5 s, 0.02 deg, 0.1 km
    found = pass_rising_at(row["aos_utc"])
    assert found.rise_s == pytest.approx(mission_s(row["aos_utc"]), abs=0.5)
    assert found.set_s == pytest.approx(mission_s(row["los_utc"]), abs=0.5)
    assert math.degrees(found.max_elevation_rad) == pytest.approx(
        float(row["max_el_deg"]), abs=0.02
    )
    assert found.min_range_m / 1e3 == pytest.approx(float(row["min_range_km"]), abs=0.1)
    assert found.max_range_m / 1e3 == pytest.approx(float(row["max_range_km"]), abs=0.1)
    assert found.sol == int(row["sol_aos"]) + 1


@pytest.mark.parametrize("row", VOLUMES, ids=lambda row: row["aos_utc"])
def test_volumes_are_those_of_the_reference(row: dict[str, str]) -> None:
    # uhf_pass_volume.csv, mask 10 deg; 15 s, 1 %
    found = pass_rising_at(row["aos_utc"])
    whole_bit = volume_bit(found, found.rise_tick, found.set_tick)
    assert found.usable_s == pytest.approx(float(row["usable_s_el10"]), abs=15.0)
    assert whole_bit == pytest.approx(float(row["volume_Mbit"]) * 1e6, rel=0.01)
    assert max(found.step_bit_s, default=0) == float(row["peak_rate_kbps"]) * 1e3


def test_no_pass_is_added_between_those_of_the_reference() -> None:
    # The table is sampled, so only sols it holds in full (sol 6, counted from 0: 5) can tell.
    listed = [row for row in PASSES if row["sol_aos"] == "5"]
    assert len(passes_of_sol(ORBITER, SITE, 6)) == len(listed)


def test_nothing_is_heard_before_the_orbiter_is_on_station() -> None:
    start = mission_s("2021-05-17T00:28:32Z")
    assert min(one.rise_s for one in mission_passes()) > start
    assert passes_of_sol(ORBITER, SITE, 1) == passes_of_sol(ORBITER, SITE, 2) == ()
    assert passes_of_sol(ORBITER, SITE, -20) == ()


def test_a_volume_is_the_same_however_time_is_split() -> None:
    rng = np.random.default_rng(5)
    for window in mission_passes()[::17]:
        start, end = window.rise_tick, window.set_tick
        whole = volume_bit(window, start, end)
        cuts = np.unique(rng.integers(start, end, 40)).tolist()
        edges = [start, *cuts, end]
        parts = [volume_bit(window, a, b) for a, b in pairwise(edges)]
        assert sum(parts) == whole == math.floor((window.step_bit or (0.0,))[-1])
        assert all(type(part) is int and part >= 0 for part in parts)


def test_the_steps_follow_the_link_second_by_second() -> None:
    # two models: the steps of a pass against the rate of every second; half a percent
    near = pass_rising_at("2021-05-30T08:12:07.9Z")
    ticks = np.arange(near.usable_rise_tick, near.usable_set_tick) + 0.5
    ranges_m = look(ORBITER.body, ORBITER.orbit, SITE, ticks.astype(np.float64)).range_m
    slow = float(np.sum(rate_bit_s(ORBITER.link, ranges_m)))
    assert volume_bit(near, near.rise_tick, near.set_tick) == pytest.approx(slow, rel=0.005)


def test_outside_its_window_a_pass_carries_nothing() -> None:
    window = next(one for one in mission_passes() if one.sol == 30 and one.usable_s > 0.0)
    assert volume_bit(window, window.rise_tick - 5000, window.usable_rise_tick - 1) == 0
    assert volume_bit(window, window.usable_set_tick, window.set_tick + 5000) == 0
    assert rate_at_bit_s(window, window.usable_rise_tick - 1) == 0
    assert rate_at_bit_s(window, window.usable_rise_tick) > 0
    assert rate_at_bit_s(window, window.usable_set_tick) == 0


def test_the_pass_of_a_tick_and_the_next_one_are_found() -> None:
    usable = [one for one in mission_passes() if one.usable_s > 0.0]
    for window, later in pairwise(usable[:40]):
        assert pass_at(ORBITER, SITE, window.usable_rise_tick) == window
        assert pass_at(ORBITER, SITE, window.usable_set_tick - 1) == window
        assert pass_at(ORBITER, SITE, window.usable_set_tick) is None
        assert next_pass(ORBITER, SITE, window.usable_rise_tick) == later
        assert next_pass(ORBITER, SITE, window.usable_rise_tick - 1) == window


def test_boundaries_hold_every_opening_and_closing_of_the_sol() -> None:
    tick = sol_start_tick(SITE, 30) + 40_000
    marks = boundaries(ORBITER, SITE, tick)
    assert list(marks) == sorted(marks)
    for window in passes_of_sol(ORBITER, SITE, 30):
        if window.usable_s:
            assert window.usable_rise_tick in marks
            assert window.usable_set_tick in marks


def test_volumes_of_several_passes_add_up() -> None:
    start, end = sol_start_tick(SITE, 20), sol_start_tick(SITE, 23)
    inside = [one for one in mission_passes() if start <= one.rise_s and one.set_s < end]
    total = sum(volume_bit(one, one.rise_tick, one.set_tick) for one in inside)
    assert volume_between_bit(ORBITER, SITE, start, end) >= total > 0


def test_the_moment_a_product_is_through_is_told_beforehand() -> None:
    near = pass_rising_at("2021-05-30T08:12:07.9Z")
    start = near.usable_rise_tick + 30
    done = tick_when_bit(near, start, 50_000_000)
    assert done is not None
    assert volume_bit(near, start, done) >= 50_000_000 > volume_bit(near, start, done - 1)
    assert tick_when_bit(near, start, 10**12) is None


def test_passes_belong_to_the_sol_in_which_they_rise() -> None:
    for one in mission_passes():
        assert one.sol == sol_of(SITE, math.floor(one.rise_s))
        assert one.rise_s < one.culmination_s < one.set_s


def test_a_mask_of_zero_uses_the_whole_flight() -> None:
    bare = replace(ORBITER, link=replace(ORBITER.link, mask_deg=0.0))
    window = passes_of_sol(bare, SITE, 30)[0]
    assert window.usable_s == pytest.approx(window.set_s - window.rise_s, abs=0.5)


def test_the_shortest_grazing_flight_is_found() -> None:
    # The evening flight sinks under the horizon around sol 36: its last sol lasts minutes.
    flights = [one for one in mission_passes() if one.max_elevation_rad < math.radians(0.5)]
    assert flights
    assert min(one.set_s - one.rise_s for one in flights) < 900.0
