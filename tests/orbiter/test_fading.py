import math
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from game.orbiter.fading import (
    NO_FADES,
    expected_repeat_frac,
    fades_of,
    loss_chance,
    lost_bits,
    mean_fades,
    pass_offset_db,
    repeat_bit,
)
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
    calm = replace(ORBITER, link=replace(ORBITER.link, fade_db=0.0, pass_db=0.0))
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
    assert 0.01 < expected < 0.05


def test_a_pass_below_the_mask_has_no_fades() -> None:
    low = next(one for one in mission_passes() if one.usable_s == 0.0)
    assert fades_of(ORBITER, SITE, low, 1) == NO_FADES
    assert expected_repeat_frac(ORBITER, SITE, low) == 0.0


def test_a_whole_pass_may_be_stronger_or_weaker_than_usual() -> None:
    offsets = [pass_offset_db(ORBITER.link, NEAR, seed) for seed in range(2000)]
    assert float(np.mean(offsets)) == pytest.approx(0.0, abs=0.1)
    assert float(np.std(offsets)) == pytest.approx(ORBITER.link.pass_db, rel=0.05)
    poor, good = sorted(range(2000), key=offsets.__getitem__)[::1999]
    lost = [fades_of(ORBITER, SITE, NEAR, seed).running_bit[-1] for seed in (poor, good)]
    assert lost[0] > 0.1 * whole_bit() > lost[1]


def test_a_forecast_loses_what_is_lost_on_the_average() -> None:
    usual = mean_fades(ORBITER, SITE, NEAR)
    expected = expected_repeat_frac(ORBITER, SITE, NEAR)
    assert usual.running_bit[-1] / whole_bit() == pytest.approx(expected, rel=1e-6)
    first, last = NEAR.usable_rise_tick, NEAR.usable_set_tick
    cuts = [first - 50, first, first + 1, first + 199, last, last + 50]
    parts = [repeat_bit(usual, a, b) for a, b in pairwise(cuts)]
    assert sum(parts) == usual.running_bit[-1]
    assert parts[0] == parts[-1] == 0


def test_what_a_planner_says_of_the_losses_is_how_they_come() -> None:
    # two models: the formula of the error model against 2,000 drawn passes
    span = (NEAR.usable_rise_tick + 60, NEAR.usable_set_tick)
    drawn = sorted(repeat_bit(fades_of(ORBITER, SITE, NEAR, seed), *span) for seed in range(2000))
    luck = np.random.default_rng(1).standard_normal((2, 2000))
    said = np.sort(lost_bits(ORBITER, SITE, NEAR, span, (luck[0], luck[1])))
    for part in (0.1, 0.5, 0.9):
        at = int(part * 2000)
        spread = 0.003 * whole_bit()
        assert said[at] == pytest.approx(drawn[at], abs=spread, rel=0.12)
