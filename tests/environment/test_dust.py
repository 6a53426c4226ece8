from dataclasses import replace
from statistics import fmean, pstdev

import numpy as np
import pytest

from game.environment.clock import lmst_h, sol_of
from game.environment.dust import autoregressive, constant_dust, season_tau, storms_near
from game.environment.nature import (
    EnvironmentSpec,
    cleanings,
    nature_table,
    storm_outlook,
    surroundings_at,
)
from game.environment.storms import StormKind, StormSpec, storm_forecast, storm_tau
from game.rng import Stream, uniform

REGIONAL = StormSpec(StormKind.REGIONAL, 12.5, 1.8, 2.5, 5.0, 12.0)


def noon_tau(spec: EnvironmentSpec, sol: int) -> float:
    return nature_table(spec, sol).rows[240][0]


def test_the_season_is_calm_where_zhurong_landed(nature: EnvironmentSpec) -> None:
    # Zhurong's camera: about 0.44 through Ls 45-90.
    for ls_deg, tau in ((45, 0.46), (60, 0.45), (75, 0.44), (90, 0.43), (150, 0.30)):
        assert float(season_tau(nature.dust, np.radians(ls_deg))) == pytest.approx(tau)


def test_the_season_joins_over_the_end_of_the_year(nature: EnvironmentSpec) -> None:
    before, after = (float(season_tau(nature.dust, np.radians(x))) for x in (359.99, 0.01))
    assert before == pytest.approx(after, abs=1e-3)


def test_sol_to_sol_noise_has_the_stated_size_and_memory() -> None:
    noise = [autoregressive(3, Stream.DUST, sol, 5.0) for sol in range(3000)]
    assert pstdev(noise) == pytest.approx(1.0, abs=0.12)
    lagged = fmean(a * b for a, b in zip(noise, noise[5:], strict=False))
    assert lagged == pytest.approx(np.exp(-1.0), abs=0.12)


def test_an_authored_storm_rises_stands_and_clears(nature: EnvironmentSpec) -> None:
    quiet = replace(nature.dust, noise_tau=0.0, storm_scale=0.0)
    stormy = replace(nature, dust=replace(quiet, storms=(REGIONAL,)))
    calm = replace(nature, dust=quiet)
    added = [noon_tau(stormy, sol) - noon_tau(calm, sol) for sol in range(11, 60)]
    assert added[0] == 0.0
    assert added[0:2] == [0.0, 0.0]
    assert max(added) == pytest.approx(1.75, abs=0.1)
    assert 15 <= 11 + added.index(max(added)) <= 18
    assert added[-1] < 0.1


def test_a_storm_dims_the_sun_but_the_sky_still_shines(nature: EnvironmentSpec) -> None:
    storm = replace(REGIONAL, rise_tau=4.0, start_sol=5.0)
    stormy = replace(nature, dust=replace(nature.dust, storms=(storm,)))
    tick = 9 * 88_775
    clear = surroundings_at(nature_table(nature, sol_of(nature.site, tick)), tick)
    dusty = surroundings_at(nature_table(stormy, sol_of(nature.site, tick)), tick)
    assert dusty.tau > clear.tau + 3
    assert dusty.beam_w_m2 < 0.1 * clear.beam_w_m2
    assert dusty.diffuse_w_m2 > clear.diffuse_w_m2 * 0.5


def test_seeded_storms_depend_on_the_seed_alone_and_spare_the_landing_season(
    nature: EnvironmentSpec,
) -> None:
    dust, site = nature.dust, nature.site
    first = [storms_near(dust, seed, site, 400) for seed in range(40)]
    again = [storms_near(dust, seed, site, 400) for seed in range(40)]
    assert first == again
    assert any(first)
    for seed in range(20):
        for storm in storms_near(dust, seed, site, 60):
            assert storm.kind is StormKind.LOCAL


def test_seeded_storms_are_as_frequent_as_stated(nature: EnvironmentSpec) -> None:
    # Wang et al. (2021): under 3 % of sols at the site are stormy in this season. Ours are 0.0008
    # onsets a sol of storms that last two sols: 0.2 % of sols, and 7 % of missions meet one.
    dust = replace(nature.dust, storm_scale=10.0)
    begun = 0
    for seed in range(60):
        near = {s for sol in range(1, 91, 2) for s in storms_near(dust, seed, nature.site, sol)}
        begun += sum(1.0 <= storm.start_sol < 91.0 for storm in near)
    expected = 60 * 90 * 0.008
    assert abs(begun - expected) < 4 * expected**0.5


def test_steady_dust_stays_steady(nature: EnvironmentSpec) -> None:
    steady = replace(nature, dust=constant_dust(nature.dust, 0.9))
    assert {row[0] for sol in (1, 40) for row in nature_table(steady, sol).rows} == {0.9}


@pytest.mark.parametrize("tau", [-0.01, float("nan")])
def test_negative_dust_is_refused(nature: EnvironmentSpec, tau: float) -> None:
    with pytest.raises(ValueError, match="optical depth"):
        constant_dust(nature.dust, tau)


def test_a_storm_without_time_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        replace(REGIONAL, decay_sols=0.0)


def test_before_its_onset_a_storm_adds_nothing() -> None:
    assert float(storm_tau(REGIONAL, 12.49)) == 0.0


def test_coated_panels_lose_three_percent_in_ninety_sols(nature: EnvironmentSpec) -> None:
    # Zhurong: nothing noticeable in 110 sols; a bare panel would lose about a sixth.
    lost = bare = 1.0
    plain = replace(nature, dust=replace(nature.dust, coating_frac=1.0))
    for sol in range(1, 91):
        lost *= 1 - 88_775 * nature_table(nature, sol).rows[240][10]
        bare *= 1 - 88_775 * nature_table(plain, sol).rows[240][10]
    assert 1 - lost == pytest.approx(0.027, abs=0.005)
    assert 1 - bare == pytest.approx(0.17, abs=0.03)


def test_cleaning_gusts_come_as_often_as_stated_and_by_day(nature: EnvironmentSpec) -> None:
    cleaning = replace(nature.dust.cleaning, chance_1_sol=0.03)
    quiet = replace(nature.vortex, passes_1_sol=0.0)
    windy = replace(nature, dust=replace(nature.dust, cleaning=cleaning), vortex=quiet)
    events = [event for sol in range(1, 1001) for event in cleanings(windy, sol)]
    assert abs(len(events) - 30) < 4 * 30**0.5
    for tick, gain in events:
        assert 11 <= lmst_h(windy.site, tick) <= 15.01
        assert 0.01 <= gain <= 0.10


def test_the_storm_forecast_is_as_good_as_it_says(nature: EnvironmentSpec) -> None:
    skill = nature.dust.skill
    for lead in (0, 2, 5):
        said = [
            storm_forecast(skill, seed, 10, 10 + lead, is_stormy=is_stormy)
            for seed in range(2000)
            for is_stormy in (True, False)
        ]
        hits = fmean(one.is_warned for one in said[::2])
        alarms = fmean(one.is_warned for one in said[1::2])
        assert hits == pytest.approx(skill.hit_frac[lead], abs=0.04)
        assert alarms == pytest.approx(skill.false_frac[lead], abs=0.03)


def test_the_stated_chance_of_a_storm_comes_true_in_the_long_run(nature: EnvironmentSpec) -> None:
    # A world in which base_frac of all sols are stormy, drawn at random.
    skill = nature.dust.skill
    warned, stormy, stated = 0, 0, 0.0
    for seed in range(8000):
        truth = uniform(seed, Stream.STORM, 1) < skill.base_frac
        said = storm_forecast(skill, seed, 5, 7, is_stormy=truth)
        if said.is_warned:
            warned, stormy, stated = warned + 1, stormy + truth, stated + said.chance_frac
    assert stormy / warned == pytest.approx(stated / warned, abs=0.06)


def test_the_outlook_warns_of_an_authored_storm(nature: EnvironmentSpec) -> None:
    stormy = replace(nature, dust=replace(nature.dust, storms=(REGIONAL,)))
    warned = sum(storm_outlook(replace(stormy, seed=s), 15, 16).is_warned for s in range(50))
    assert warned > 35
