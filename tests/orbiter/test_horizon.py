import math

import pytest

from game.orbiter.horizon import pass_behind
from game.orbiter.relay import Pass, volume_bit
from tests.orbiter.cases import SITE, pass_rising_at, shipped_orbiter

ORBITER = shipped_orbiter()
NEAR = pass_rising_at("2021-05-30T08:12:07.9Z")
NIGHT = pass_rising_at("2021-05-30T18:34:06.9Z")


def whole_bit(window: Pass) -> int:
    return volume_bit(window, window.rise_tick, window.set_tick)


@pytest.mark.parametrize("window", [NEAR, NIGHT], ids=["near", "night"])
def test_open_ground_changes_nothing(window: Pass) -> None:
    # the same mask, in angles instead of sines: a second
    flat = pass_behind(ORBITER, SITE, window, (0.0,) * 36)
    assert flat.usable_s == pytest.approx(window.usable_s, abs=1.0)
    assert whole_bit(flat) == pytest.approx(whole_bit(window), rel=0.002)


def test_hills_all_around_shorten_a_pass() -> None:
    walled = pass_behind(ORBITER, SITE, NEAR, (math.radians(30.0),) * 72)
    assert 0.0 < walled.usable_s < NEAR.usable_s
    assert whole_bit(walled) < whole_bit(NEAR)
    assert walled.usable_rise_tick > NEAR.usable_rise_tick


def test_a_hill_in_the_north_only_delays_a_pass_from_the_north() -> None:
    # near passes come from the north and leave to the south (relay tables)
    north = tuple(math.radians(40.0) if at < 9 or at > 27 else 0.0 for at in range(36))
    hidden = pass_behind(ORBITER, SITE, NEAR, north)
    assert hidden.usable_rise_tick > NEAR.usable_rise_tick + 30
    assert hidden.usable_set_tick == pytest.approx(NEAR.usable_set_tick, abs=2)


def test_a_pit_deeper_than_the_pass_is_silent() -> None:
    pit = pass_behind(ORBITER, SITE, NEAR, (math.radians(89.5),) * 8)
    assert whole_bit(pit) == 0
    assert pit.usable_rise_tick == pit.usable_set_tick


def test_a_hill_hides_the_side_on_which_it_stands_and_not_the_other() -> None:
    # the near pass goes from the north by the east to the south; bearings run clockwise from north
    for middle_deg, is_hidden in ((90.0, True), (270.0, False)):
        hill = tuple(
            math.radians(89.0) if abs(at - middle_deg) < 60.0 else 0.0 for at in range(360)
        )
        usable_s = pass_behind(ORBITER, SITE, NEAR, hill).usable_s
        assert (usable_s < 0.9 * NEAR.usable_s) == is_hidden
