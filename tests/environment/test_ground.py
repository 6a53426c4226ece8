from dataclasses import replace
from math import exp, pi, sqrt

import numpy as np
import pytest

from game.environment.ground import (
    GroundSpec,
    GroundState,
    SolHeat,
    depth_k,
    run_ground,
    settled_ground,
)
from game.environment.marstime import MEAN_SOL_S
from game.environment.nature import EnvironmentSpec
from game.environment.series import GROUND_STRIDE, STEPS, ground_run, ground_start, sol_series
from game.environment.storms import StormKind, StormSpec
from game.rules import load_rules
from game.units import STEFAN_BOLTZMANN_W_M2_K4

STEPS_OF_GROUND = STEPS // GROUND_STRIDE


def alone(ground: GroundSpec) -> GroundSpec:
    return replace(ground, sensible_unstable_w_m2_k=0.0, sensible_stable_w_m2_k=0.0)


def test_small_waves_follow_the_analytic_solution(calm: EnvironmentSpec) -> None:
    # Carslaw & Jaeger (1959), 2.6: amplitude and lag of a surface that radiates linearly.
    ground = alone(calm.ground)
    mean_k, push_w_m2 = 220.0, 2.0
    turn = 2 * pi * np.arange(STEPS_OF_GROUND + 1) / STEPS_OF_GROUND
    steady = ground.emissivity * STEFAN_BOLTZMANN_W_M2_K4 * mean_k**4
    heat = SolHeat(steady + push_w_m2 * np.cos(turn), np.zeros(STEPS_OF_GROUND + 1), 100.0)
    run = run_ground(ground, calm.air, heat, settled_ground(ground, calm.air, heat))
    stiff = 4 * ground.emissivity * STEFAN_BOLTZMANN_W_M2_K4 * mean_k**3
    soil = ground.inertia_j_m2_k_s05 * sqrt(2 * pi / MEAN_SOL_S)
    answer = push_w_m2 / (stiff + soil * complex(0.5**0.5, 0.5**0.5))
    wave = np.real(answer * np.exp(1j * turn))
    assert float(np.max(np.abs(run.skin_k - mean_k - wave))) < 0.01 * abs(answer)


def test_the_daily_wave_dies_out_with_depth(calm: EnvironmentSpec) -> None:
    # Skin depth (I / rho c) sqrt(P / pi) = 4.0 cm.
    ground = alone(calm.ground)
    skin_m = ground.inertia_j_m2_k_s05 / ground.heat_capacity_j_m3_k * sqrt(MEAN_SOL_S / pi)
    assert skin_m == pytest.approx(0.040, abs=0.001)
    state = ground_start(replace(calm, ground=ground), 1)
    run = ground_run(replace(calm, ground=ground), 1)
    mean_k = float(run.skin_k[1:].mean())
    swing_k = float(np.ptp(run.skin_k)) / 2
    deep = depth_k(ground, state, STEPS_OF_GROUND, 6 * skin_m)
    assert abs(deep - mean_k) < 2 * swing_k * exp(-6) + 0.3


def test_a_settled_sol_repeats_itself(calm: EnvironmentSpec) -> None:
    run = ground_run(calm, 1)
    assert float(run.skin_k[-1]) == pytest.approx(float(run.skin_k[0]), abs=0.05)


def test_heat_in_is_heat_stored_plus_heat_out(calm: EnvironmentSpec) -> None:
    ground = alone(calm.ground)
    heat = sol_series(calm, 1).heat
    start = GroundState(settled_ground(ground, calm.air, heat).modes * 1.01, 215.0, 215.0, 0.0)
    run = run_ground(ground, calm.air, heat, start)

    def stored(state: GroundState) -> float:
        edges = ground.growth ** np.arange(ground.layers)
        skin = sqrt(MEAN_SOL_S / pi) * ground.inertia_j_m2_k_s05 / ground.heat_capacity_j_m3_k
        thick = ground.first_layer_frac * skin * edges
        middle = np.cumsum(thick) - thick / 2
        at = [depth_k(ground, state, STEPS_OF_GROUND, float(z)) for z in middle]
        return float(ground.heat_capacity_j_m3_k * np.sum(thick * np.array(at)))

    through = float(np.trapezoid(run.flux_w_m2, dx=MEAN_SOL_S / STEPS_OF_GROUND))
    assert stored(run.end) - stored(start) == pytest.approx(through, rel=1e-6, abs=10.0)


def test_light_soil_swings_more_and_heavy_soil_less(calm: EnvironmentSpec) -> None:
    # Fine model at Ls 70, tau 0.4: inertia 150 gives 97 K, 250 gives 82 K, 400 gives 65.5 K.
    for inertia, swing_k in ((150.0, 97.1), (250.0, 81.6), (400.0, 65.5)):
        soil = replace(alone(calm.ground), inertia_j_m2_k_s05=inertia)
        run = ground_run(replace(calm, ground=soil), 56)
        assert float(np.ptp(run.skin_k)) == pytest.approx(swing_k, abs=1.0)


def test_the_ground_remembers_a_storm_for_sols(nature: EnvironmentSpec) -> None:
    storm = StormSpec(StormKind.LOCAL, 10.0, 3.0, 0.3, 2.0, 0.3)
    stormy = replace(nature, dust=replace(nature.dust, storms=(storm,)))
    after = [
        float(np.mean(ground_run(stormy, sol).skin_k) - np.mean(ground_run(nature, sol).skin_k))
        for sol in (9, 11, 16, 18)
    ]
    assert after[0] == 0.0
    assert abs(after[1]) > 3.0
    assert 0.02 < abs(after[2]) < abs(after[1])
    assert abs(after[3]) < abs(after[2])


def test_asking_for_a_late_sol_first_gives_the_same_ground(nature: EnvironmentSpec) -> None:
    late = replace(nature, seed=101)
    direct = ground_run(late, 130).skin_k.copy()
    ground_run.cache_clear()
    for sol in range(1, 131):
        ground_run(late, sol)
    assert np.array_equal(ground_run(late, 130).skin_k, direct)


def test_polar_ground_stops_cooling_at_the_frost_of_carbon_dioxide(
    calm: EnvironmentSpec,
) -> None:
    polar = replace(calm, site=replace(calm.site, latitude_deg=-85.0, elevation_m=1500.0))
    run = ground_run(polar, 60)
    assert np.all(np.isfinite(run.skin_k))
    assert float(run.skin_k.min()) > 140.0


@pytest.mark.parametrize(
    "change",
    [
        {"emissivity": 1.5},
        {"inertia_j_m2_k_s05": 0.0},
        {"layers": 1},
        {"albedo": -0.1},
        {"albedo": 0.41},
        {"growth": 1.3},
    ],
)
def test_impossible_soil_is_refused(calm: EnvironmentSpec, change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"\w+ \w+"):
        replace(calm.ground, **change)  # type: ignore[arg-type]


def test_dust_drifts_burn_and_freeze_while_rock_stays_mild(calm: EnvironmentSpec) -> None:
    swings = {}
    for soil in load_rules().terrain(7, "utopia-planitia", ()).recipe.soils:
        ground = replace(calm.ground, inertia_j_m2_k_s05=soil.thermal_inertia, albedo=soil.albedo)
        swings[soil.name] = float(np.ptp(ground_run(replace(calm, ground=ground), 40).skin_k))
    order = ("bedrock", "fresh_ejecta", "duricrust", "crusty_cloddy", "loose_sand", "drift_dust")
    assert sorted(order, key=lambda name: swings[name]) == list(order)
    assert swings["drift_dust"] > 100
    assert swings["bedrock"] < 50
