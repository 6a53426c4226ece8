"""The spread of a forecast, each uncertainty alone, against what its law says."""

import math
from dataclasses import replace

import numpy as np
import pytest

from game.mission.chances import place_luck
from game.mission.data_outlook import Memory
from game.mission.drive_outlook import Slowness, Stand, Trip, drive_ends, stands
from game.mission.outlook import STEP_S, Bands, Errands, ForecastSpec, Nominal, bands
from game.units import SOL_S

MEMBERS = 200
COUNT = 1 + 2 * round(SOL_S / STEP_S)  # two sols
CAPACITY_J = 1e9
SURE = ForecastSpec(
    MEMBERS,
    storm_sols=10.0,
    storm_growth_1_sol=0.0,
    light_frac=0.0,
    load_frac=0.0,
    heater_w_per_tau=0.0,
    heater_j=0.0,
    box_k_per_tau=0.0,
    box_noise_k=0.0,
    box_noise_s=3600.0,
    box_s=3600.0,
    slip_frac=0.0,
    way_m=0.0,
    way_frac=0.0,
    drive_s=0.0,
)


def foreseen(
    spec: ForecastSpec, way_m: float = 0.0, made_w: float = 0.0, dust_tau: float = 0.0
) -> Bands:
    """Forecast two sols with a steady income and a steady drive."""
    tick = STEP_S * np.arange(float(COUNT))
    none, share = np.zeros(COUNT), np.linspace(0.0, 1.0, COUNT)
    made_j = made_w * tick
    nominal = Nominal(
        tick, 5e8 + none, made_j, made_j, none, none, none, 270.0 + none, none, none,
        1000.0 + way_m * share,
    )  # fmt: skip
    errands = Errands(
        Memory(np.zeros((MEMBERS, COUNT)), np.zeros(MEMBERS)), None, Slowness(*(0.0,) * 6)
    )
    grid = np.zeros((MEMBERS, COUNT))
    return bands(spec, nominal, grid + dust_tau, grid + 1.0, CAPACITY_J, errands)


def test_errors_of_a_way_that_know_nothing_of_each_other_add_up_in_squares() -> None:
    # 3 m where it stops and 4 % of 100 m on the way: 5 m.
    spec = replace(SURE, way_m=3.0, way_frac=0.04)
    assert np.std(foreseen(spec, way_m=100.0).outcomes.way_m) == pytest.approx(5.0, rel=0.05)
    assert np.std(foreseen(SURE, way_m=100.0).outcomes.way_m) == 0.0


def test_doubt_of_the_light_grows_as_the_root_of_time() -> None:
    # As of a random walk: 10 % of 100 W after a sol; over two sols the integral of root t,
    # 2/3 x 2^1.5 sols.
    charge_j = foreseen(replace(SURE, light_frac=0.1), made_w=100.0).outcomes.charge_j
    assert np.std(charge_j) == pytest.approx(10.0 * SOL_S * 2.0 / 3.0 * 2.0**1.5, rel=0.05)


def test_a_lost_picture_is_taken_again_until_it_succeeds() -> None:
    # 4 checks of which every second try fails: 4 more on average, a geometric series, 60 s each.
    trip = Trip(0, 10_000, 99_999, 50.0, 0.0, 0.0, 4.0, 60.0, 0.0)
    slowness = Slowness(0.0, 0.0, lost_frac=0.5, again_frac=1.0, slow_s_m=0.0, other_s=0.0)
    luck = np.tile(np.linspace(-3.0, 3.0, 400), (5, 1))
    late_s = drive_ends(trip, slowness, luck, np.zeros(400)) - 10_000.0
    assert np.mean(late_s) == pytest.approx(4.0 * 60.0, rel=0.02)


def test_the_box_follows_a_dustier_sky_with_its_own_time() -> None:
    # One node: 10 K a tau, 63 % of that after its e-folding time.
    spec = replace(SURE, box_k_per_tau=10.0, box_s=20.0 * STEP_S, box_noise_s=STEP_S)
    warmer_k = foreseen(spec, dust_tau=0.5).box_k[1] - 270.0
    assert warmer_k[0] == 0.0
    assert warmer_k[20] == pytest.approx(5.0 * (1.0 - math.exp(-1.0)))
    assert warmer_k[-1] == pytest.approx(5.0, abs=0.01)


def test_where_a_drive_truly_ends_spreads_as_the_belief_is_unsure() -> None:
    """Variances and their cross term come back from the members; a stop adds its own, all round."""
    stand = Stand(10.0, -20.0, (4.0, 1.0, 1.2))
    east_m, north_m = stands(stand, place_luck(2000), 0.5)
    found = np.cov(east_m, north_m)
    assert np.mean(east_m) == pytest.approx(10.0, abs=0.01)
    assert np.mean(north_m) == pytest.approx(-20.0, abs=0.05)
    assert found[0, 0] == pytest.approx(4.25, rel=0.02)
    assert found[1, 1] == pytest.approx(1.25, rel=0.1)
    assert found[0, 1] == pytest.approx(1.2, abs=0.15)


def test_a_rover_that_is_sure_and_stays_stands_where_it_is() -> None:
    east_m, north_m = stands(Stand(3.0, 4.0), place_luck(50), 0.0)
    assert set(east_m.tolist()) == {3.0}
    assert set(north_m.tolist()) == {4.0}
