import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from game.orbiter.fading import NO_FADES, expected_repeat_frac, fades_of, loss_chance, repeat_bit
from game.orbiter.relay import volume_bit
from tests.orbiter.cases import SITE, mission_passes, pass_rising_at, shipped_orbiter

ORBITER = shipped_orbiter()
NEAR = pass_rising_at("2021-05-30T08:12:07.9Z")


def whole_bit() -> int:
    return volume_bit(NEAR, NEAR.usable_rise_tick, NEAR.usable_set_tick)


def test_the_chance_of_loss_is_the_tail_of_the_normal_law() -> None:
    # right after a step up the link has margin_db in hand, 3 dB over 1.5 dB: Q(2) = 0.02275
    # (Abramowitz & Stegun, table 26.1); just before the next step 6 dB: Q(4) = 3.17e-5
    ranges = np.geomspace(4e5, 9e6, 20_001)
    chance = loss_chance(ORBITER.link, ranges)
    assert chance.max() == pytest.approx(0.02275, rel=0.02)
    assert chance.min() == pytest.approx(3.17e-5, rel=0.1)


def test_a_link_without_fades_loses_nothing() -> None:
    calm = replace(ORBITER, link=replace(ORBITER.link, fade_db=0.0))
    assert fades_of(calm, SITE, NEAR, 7) == NO_FADES
    assert expected_repeat_frac(calm, SITE, NEAR) == 0.0


def test_losses_add_up_however_time_is_split() -> None:
    fades = fades_of(ORBITER, SITE, NEAR, 3)
    first, last = NEAR.usable_rise_tick, NEAR.usable_set_tick
    cuts = [first, first + 1, first + 40, first + 41, first + 333, last]
    parts = [repeat_bit(fades, a, b) for a, b in pairwise(cuts)]
    assert sum(parts) == repeat_bit(fades, first, last) == fades.running_bit[-1]
    assert 0 <= sum(parts) <= whole_bit()


def test_each_lost_second_costs_what_the_link_would_have_carried() -> None:
    fades = next(f for seed in range(9) if (f := fades_of(ORBITER, SITE, NEAR, seed)).ticks)
    tick = fades.ticks[0]
    assert repeat_bit(fades, tick, tick + 1) == volume_bit(NEAR, tick, tick + 1)
    assert repeat_bit(fades, tick - 1, tick) in (0, volume_bit(NEAR, tick - 1, tick))


def test_luck_belongs_to_the_seed() -> None:
    drawn = {fades_of(ORBITER, SITE, NEAR, seed).ticks for seed in range(12)}
    assert len(drawn) > 6
    assert fades_of(ORBITER, SITE, NEAR, 5) == fades_of(ORBITER, SITE, NEAR, 5)


def test_on_the_average_a_pass_loses_what_was_expected() -> None:
    seeds = range(400)
    lost = [fades_of(ORBITER, SITE, NEAR, seed).running_bit[-1] / whole_bit() for seed in seeds]
    spread = float(np.std(lost)) / math.sqrt(len(lost))
    expected = expected_repeat_frac(ORBITER, SITE, NEAR)
    assert float(np.mean(lost)) == pytest.approx(expected, abs=4.0 * spread)
    assert 0.001 < expected < 0.01  # within the percent that volumes are known to


def test_a_pass_below_the_mask_has_no_fades() -> None:
    low = next(one for one in mission_passes() if one.usable_s == 0.0)
    assert fades_of(ORBITER, SITE, low, 1) == NO_FADES
    assert expected_repeat_frac(ORBITER, SITE, low) == 0.0
